//! Techniques for readers themselves that do not say how much is enough.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::technique::{Performer, Technique};

pub(crate) const RULE: Rule = Rule {
    code: "unsafe-self-care",
    default: Level::Error,
    summary: "a technique for readers themselves that does not say what to do, how long or how often",
    explanation: "\
Nobody watches over somebody who presses alone at home. So a technique with `performer: self` needs, beside
`stop_if`: the `steps`, how long to `hold`, and how often a day at the most.

Wrong: `performer: self` with `stop_if` alone. Right:

```yaml
performer: self
steps:
  - text: Press slowly until it feels strong but bearable.
hold: {min: 30, max: 60}
per_day: 2
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, technique) in base.all::<Technique>() {
        let entry = base.entry(record);
        if technique.performer == Performer::Oneself {
            let missing = missing(technique);
            if !missing.is_empty() {
                let place = entry.value(FieldPath::key("performer"));
                let message = format!("a technique for oneself needs {}", missing.join(" and "));
                let finding = RULE.finding(place, message);
                found.push(finding.help("a range such as `hold: {min: 30, max: 60}`, in seconds"));
            }
        }
        if let Some(hold) = technique.hold.as_ref().filter(|hold| hold.min > hold.max) {
            let place = entry.value(FieldPath::key("hold"));
            let message =
                format!("at least {} seconds is more than at most {}", hold.min, hold.max);
            found.push(RULE.finding(place, message).help("write the smaller number as `min`"));
        }
    }
}

fn missing(technique: &Technique) -> Vec<&'static str> {
    let has = [
        (!technique.steps.is_empty(), "`steps`"),
        (technique.hold.is_some(), "`hold`"),
        (technique.per_day.is_some(), "`per_day`"),
    ];
    has.into_iter().filter(|(is_there, _)| !is_there).map(|(_, name)| name).collect()
}
