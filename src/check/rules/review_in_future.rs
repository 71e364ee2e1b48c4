//! Reviews that have not happened yet.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;

pub(crate) const RULE: Rule = Rule {
    code: "review-in-future",
    default: Level::Error,
    summary: "a review on a day that has not come yet",
    explanation: "\
The page shows readers when it was last reviewed. A day in the future is a slip, or a promise that
nobody has kept yet. The day by which this is judged is today, or `--as-of`.

Wrong, in 2026:

```yaml
reviewed: {by: studio-team, on: 2027-11-23}
```

Right:

```yaml
reviewed: {by: studio-team, on: 2026-11-23, next: 2027-11-23}
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let as_of = base.circumstances.as_of;
    for (_, entry) in base.records() {
        let Some(review) = entry.data.common().reviewed else { continue };
        if review.on > as_of {
            let place = entry.value(FieldPath::key("reviewed").then("on"));
            let message = format!("the review is dated {}, and today is {as_of}", review.on);
            let help = "`on` is the day of the last review; the day of the next one is `next`";
            found.push(RULE.finding(place, message).help(help));
        }
    }
}
