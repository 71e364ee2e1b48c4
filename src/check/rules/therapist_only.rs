//! Self-care listed on muscles that only a therapist should press.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::muscle::{Muscle, SelfPressure};
use crate::model::technique::Technique;
use crate::model::{Entry, Kind};

pub(crate) const RULE: Rule = Rule {
    code: "therapist-only",
    default: Level::Error,
    summary: "pressure by oneself on a muscle that only a therapist should press",
    explanation: "\
Some muscles lie beside a vessel, a nerve or an organ. A muscle is for a therapist only if it says
`self_pressure: therapist-only`, or if it has a `pressure_caution` and does not say
`self_pressure: with-care`: what is not known to be safe is not offered.

A technique with `performer: self` is taken to press, unless it says `pressure: false`, as warmth and
stretching do.

No words are interpreted, so this holds in every language.

Wrong:

```yaml
pressure_caution: Armpit holds large nerves and vessels.
techniques: [finger-pressure]
```

Right: offer what does not press,

```yaml
pressure_caution: Armpit holds large nerves and vessels.
techniques: [focused-pressure, heat-and-stretch]
```

or say that readers may, with the care that the caution asks for:

```yaml
pressure_caution: Stop if the arm tingles.
self_pressure: with-care
techniques: [finger-pressure]
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        if !muscle.is_for_therapists_only() {
            continue;
        }
        let entry = base.entry(record);
        for (index, reference) in muscle.techniques.iter().enumerate() {
            let technique = base
                .find(Kind::Technique, &reference.id)
                .and_then(|technique| base.get::<Technique>(technique));
            if technique.is_some_and(Technique::is_pressure_by_oneself) {
                let place = entry.value(FieldPath::key("techniques").at(index));
                let message = format!(
                    "`{}` is pressure by oneself, on a muscle for therapists",
                    reference.id
                );
                found.push(explained(RULE.finding(place, message), entry, muscle));
            }
        }
    }
}

fn explained(finding: Diagnostic, entry: &Entry, muscle: &Muscle) -> Diagnostic {
    if muscle.self_pressure == Some(SelfPressure::TherapistOnly) {
        let place = entry.value(FieldPath::key("self_pressure"));
        return finding
            .related(place, "a therapist only")
            .help("leave the technique out, or name one that does not press");
    }
    let place = entry.value(FieldPath::key("pressure_caution"));
    finding
        .related(place, "a caution without `self_pressure` means a therapist only")
        .help("leave the technique out, or add `self_pressure: with-care` if readers may press it")
}
