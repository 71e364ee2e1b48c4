//! Techniques that do not say for whom they are not.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::technique::Technique;

pub(crate) const RULE: Rule = Rule {
    code: "no-cautions",
    default: Level::Warn,
    summary: "a technique that does not say for whom it is not",
    explanation: "\
`stop_if` says when to stop; `cautions` say who should not begin: people with blood thinners, fragile
bones, fever, in pregnancy. A technique needs both.

Wrong: a technique with `stop_if` alone. Right:

```yaml
stop_if: The pain is sharp or shoots, or anything tingles or goes numb.
cautions:
  - Ask your doctor first with a clotting problem or blood thinners.
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, technique) in base.all::<Technique>() {
        if technique.cautions.is_empty() {
            let entry = base.entry(record);
            let message = format!("the technique `{}` has no cautions", entry.id);
            let place = entry.key(FieldPath::key("stop_if"));
            found.push(
                RULE.finding(place, message)
                    .help("add `cautions`: for whom it is not, or only with care"),
            );
        }
    }
}
