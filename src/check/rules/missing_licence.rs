//! Studios that have to show their licence and do not.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::KnowledgeBase;
use crate::source::SourcePath;

pub(crate) const RULE: Rule = Rule {
    code: "missing-licence",
    default: Level::Error,
    summary: "a studio without its licence number, where the law asks for it",
    explanation: "\
Some states want the number of a massage therapist's or an establishment's licence in every advertisement; a
website is one. Where `jurisdiction` is such a state, `[studio]` must name the `licence`.

Wrong:

```toml
[studio]
jurisdiction = \"US-LA\"
```

Right:

```toml
[studio]
jurisdiction = \"US-LA\"
licence = \"LA 0000\"
```

It knows `US-FL` (Florida, Statutes 480.0465) and `US-LA` (Louisiana, R.S. 37:3564). Any other jurisdiction
is not checked: ask your board whether it wants the number too. This is no legal advice.
",
    find: Find::Base(find),
};

/// A place that asks for the number.
struct Jurisdiction {
    code: &'static str,
    name: &'static str,
    /// Where that is written.
    law: &'static str,
}

const JURISDICTIONS: [Jurisdiction; 2] = [
    Jurisdiction { code: "US-FL", name: "Florida", law: "Statutes 480.0465" },
    Jurisdiction { code: "US-LA", name: "Louisiana", law: "R.S. 37:3564" },
];

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let studio = &base.settings().studio;
    let Some(jurisdiction) = studio.jurisdiction.as_deref().filter(|_| studio.licence.is_none())
    else {
        return;
    };
    let field = FieldPath::key("studio").then("jurisdiction");
    let place = Place::value(&SourcePath::new("site.toml"), field);
    let is = |word: &str| word.eq_ignore_ascii_case(jurisdiction.trim());
    if let Some(Jurisdiction { code, name, law }) = JURISDICTIONS.iter().find(|one| is(one.code)) {
        let message = format!("a studio in {code} has to show its licence number");
        let note = format!("{name} asks for the number in advertisements: {law}");
        found.push(RULE.finding(place, message).note(note).help("add `licence` to `[studio]`"));
    } else if let Some(Jurisdiction { code, name, .. }) =
        JURISDICTIONS.iter().find(|one| is(one.name) || is(one.code.trim_start_matches("US-")))
    {
        let message = format!("`{jurisdiction}` is not how a jurisdiction is written");
        found.push(RULE.finding(place, message).help(format!("write {name} as `{code}`")));
    }
}
