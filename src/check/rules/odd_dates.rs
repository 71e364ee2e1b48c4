//! Days on which a page cannot have been published or updated.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;

pub(crate) const RULE: Rule = Rule {
    code: "odd-dates",
    default: Level::Warn,
    summary: "published or updated on a day that has not come yet, or updated before it was published",
    explanation: "\
Readers, the feed and search engines are told when a page was published and updated, and articles stand in
that order. A day in the future puts one on top of the site until it comes; sinew does not wait with
publishing. The day by which this is judged is today, or `--as-of`.

Wrong, in 2026:

```yaml
published: 2027-11-23
updated: 2026-11-23
```

Right:

```yaml
published: 2026-10-01
updated: 2026-11-23
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let as_of = base.circumstances.as_of;
    for (_, entry) in base.records() {
        let common = entry.data.common();
        let days = [("published", common.published), ("updated", common.updated)];
        let first_ahead = days
            .iter()
            .find_map(|(field, day)| Some((*field, (*day)?)).filter(|(_, day)| *day > as_of));
        if let Some((field, day)) = first_ahead {
            let message = format!("the page is {field} on {day}, and today is {as_of}");
            let place = entry.value(FieldPath::key(field));
            let help = "a page that has to wait is a draft until then: `draft: true`";
            found.push(RULE.finding(place, message).help(help));
        } else if let (Some(published), Some(updated)) = (common.published, common.updated)
            && updated < published
        {
            let message = format!("the page is updated on {updated}, and published on {published}");
            let place = entry.value(FieldPath::key("updated"));
            let first = entry.value(FieldPath::key("published"));
            let finding = RULE.finding(place, message).related(first, "published on this day");
            found.push(finding.help("`updated` is the day of the last change after that"));
        }
    }
}
