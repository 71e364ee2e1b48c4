//! Health pages that rest on nothing.

use super::HEALTH;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::{Entry, Visitor};
use crate::syntax::markdown::Markdown;

pub(crate) const RULE: Rule = Rule {
    code: "missing-sources",
    default: Level::Warn,
    summary: "a health page that names no source",
    explanation: "\
Readers, and whoever reviews the page next, should be able to see what it rests on. Name works of
`citations` in `sources`, or cite them where they are used.

Wrong: neither. Right:

```yaml
sources: [simons-1999]
```

or in the text: `Pressing the spot may hurt elsewhere [@simons-1999].`
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (_, entry) in base.records() {
        if HEALTH.contains(&entry.kind) && !has_source(entry) {
            let message = format!("the {} `{}` names no source", entry.kind.word(), entry.id);
            let help = "add `sources` with ids of citations, or cite one in the text: `[@id]`";
            found.push(RULE.finding(entry.place(), message).help(help));
        }
    }
}

fn has_source(entry: &Entry) -> bool {
    let mut cites = Cites(false);
    entry.data.walk(&mut FieldPath::root(), &mut cites);
    let in_text = entry.body.as_ref().is_some_and(|body| !body.outline.citations.is_empty());
    !entry.data.common().sources.is_empty() || in_text || cites.0
}

/// Whether a citation stands in a field.
struct Cites(bool);

impl<'a> Visitor<'a> for Cites {
    fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
        self.0 |= !markdown.outline.citations.is_empty();
    }
}
