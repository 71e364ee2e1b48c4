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

A jurisdiction that this rule does not know is not checked. This is no legal advice.
",
    find: Find::Base(find),
};

/// Jurisdictions that ask for the number, with where that is written.
const JURISDICTIONS: &[(&str, &str)] =
    &[("US-LA", "Louisiana asks for the number in advertisements: R.S. 37:3564")];

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let studio = &base.settings().studio;
    let Some(jurisdiction) = studio.jurisdiction.as_deref() else { return };
    let asking = JURISDICTIONS.iter().find(|(code, _)| code.eq_ignore_ascii_case(jurisdiction));
    if let (Some((code, law)), None) = (asking, &studio.licence) {
        let field = FieldPath::key("studio").then("jurisdiction");
        let place = Place::value(&SourcePath::new("site.toml"), field);
        let message = format!("a studio in {code} has to show its licence number");
        found.push(RULE.finding(place, message).note(*law).help("add `licence` to `[studio]`"));
    }
}
