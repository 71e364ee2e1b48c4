//! Self-care listed on muscles that only a therapist should press.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::muscle::{Muscle, SelfPressure};
use crate::model::technique::Technique;
use crate::model::{Entry, Id, Kind};
use crate::syntax::markdown::Directive;

pub(crate) const RULE: Rule = Rule {
    code: "therapist-only",
    default: Level::Error,
    summary: "pressure by oneself on a muscle that only a therapist should press",
    explanation: "\
Some muscles lie beside a vessel, a nerve or an organ. A muscle is for a therapist only if it says
`self_pressure: therapist-only`, or if it has a `pressure_caution` and does not say
`self_pressure: with-care`: what is not known to be safe is not offered.

This holds for the muscle's `techniques`, and for those that directives of its text show.

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
            let technique = base.find(Kind::Technique, &reference.id);
            if technique.is_some_and(|technique| presses(base, technique)) {
                let place = entry.value(FieldPath::key("techniques").at(index));
                found.push(finding(place, &[&reference.id], entry, muscle));
            }
        }
        let Some(body) = &entry.body else { continue };
        for directive in &body.outline.directives {
            let mut shown = shown(base, record, directive);
            shown.retain(|technique| presses(base, *technique));
            let ids: Vec<&Id> = shown.iter().map(|one| &base.entry(*one).id).collect();
            if !ids.is_empty() {
                found.push(finding(body.place(directive.span), &ids, entry, muscle));
            }
        }
    }
}

fn presses(base: &KnowledgeBase, technique: RecordId) -> bool {
    base.get::<Technique>(technique).is_some_and(Technique::is_pressure_by_oneself)
}

/// The techniques that a directive in the text of a muscle shows, but for those that the muscle lists:
/// they have been looked at.
fn shown(base: &KnowledgeBase, own: RecordId, directive: &Directive) -> Vec<RecordId> {
    let muscle = directive.argument("muscle").and_then(|id| base.find(Kind::Muscle, id));
    if muscle == Some(own) && directive.argument("ids").is_none() {
        return Vec::new();
    }
    let mut shown = base.techniques_shown(directive);
    shown.sort_unstable();
    shown.dedup();
    shown
}

fn finding(place: Place, techniques: &[&Id], entry: &Entry, muscle: &Muscle) -> Diagnostic {
    let names: Vec<String> = techniques.iter().map(|id| format!("`{id}`")).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let names = names.join(" and ");
    let message = format!("{names} {is} pressure by oneself, on a muscle for therapists");
    explained(RULE.finding(place, message), entry, muscle)
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
