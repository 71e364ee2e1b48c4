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
`stop_if`: the `steps`, how long to `hold` (or how long it `lasts`, where nothing is held), and how often a
day at the most.

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
                let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
                let message = format!("a technique for oneself needs {}", names.join(" and "));
                let helps: Vec<_> = missing.iter().map(|(_, help)| *help).collect();
                let help = format!("add {}", helps.join(", "));
                found.push(RULE.finding(place, message).help(help));
            }
        }
        for (field, hold) in [("hold", &technique.hold), ("lasts", &technique.lasts)] {
            let Some(hold) = hold else { continue };
            let place = entry.value(FieldPath::key(field));
            if hold.max == 0 {
                let help = "write the longest time in seconds as `max`";
                found.push(RULE.finding(place, "at most 0 seconds is no time at all").help(help));
                continue;
            }
            if hold.min <= hold.max {
                continue;
            }
            let message =
                format!("at least {} seconds is more than at most {}", hold.min, hold.max);
            found.push(RULE.finding(place, message).help("write the smaller number as `min`"));
        }
        if technique.per_day == Some(0) {
            let place = entry.value(FieldPath::key("per_day"));
            let help = "write how often a day at the most: `per_day: 2`";
            found.push(RULE.finding(place, "at most 0 times a day is never").help(help));
        }
    }
}

/// What is missing, with what to add.
fn missing(technique: &Technique) -> Vec<(&'static str, &'static str)> {
    let fields = [
        (technique.steps.is_empty(), "`steps`", "what to do in `steps`"),
        (
            technique.hold.is_none() && technique.lasts.is_none(),
            "`hold` or `lasts`",
            "a range of seconds such as `hold: {min: 30, max: 60}`",
        ),
        (technique.per_day.is_none(), "`per_day`", "how often a day at the most: `per_day: 2`"),
    ];
    let missing = fields.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, name, help)| (name, help)).collect()
}
