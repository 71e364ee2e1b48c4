//! Health pages that nobody has reviewed.

use super::HEALTH;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::KnowledgeBase;

pub(crate) const RULE: Rule = Rule {
    code: "missing-review",
    default: Level::Warn,
    summary: "a health page that nobody has reviewed",
    explanation: "\
Articles and the pages of muscles, regions, symptoms and techniques give health advice. Somebody has to
have read the whole page, and readers should see who and when.

Wrong: no `reviewed` at all. Right:

```yaml
reviewed: {by: studio-team, on: 2026-11-23, next: 2027-11-23}
```

`scope: clinical` says that a clinician checked it; without it, the review is an editorial one.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (_, entry) in base.records() {
        if HEALTH.contains(&entry.kind) && entry.data.common().reviewed.is_none() {
            let message = format!("nobody has reviewed the {} `{}`", entry.kind.word(), entry.id);
            let today = base.circumstances.as_of;
            let help = format!("read all of it, then add `reviewed: {{by: …, on: {today}}}`");
            found.push(RULE.finding(entry.place(), message).help(help));
        }
    }
}
