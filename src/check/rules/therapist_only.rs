//! Self-care listed on muscles that only a therapist should press.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::muscle::{Muscle, SelfPressure};
use crate::model::technique::Technique;
use crate::model::{Entry, Id, Kind};
use crate::syntax::markdown::{Argument, Directive};

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

/// The techniques that a directive in the text of a muscle shows, but for those that the muscle lists.
fn shown(base: &KnowledgeBase, own: RecordId, directive: &Directive) -> Vec<RecordId> {
    let argument = |name| directive.arguments.iter().find(|one: &&Argument| one.name == name);
    let named = |argument: &Argument| {
        argument.ids().filter_map(|id| base.find(Kind::Technique, id)).collect()
    };
    let of_muscle = |muscle: RecordId| {
        let listed = base.get::<Muscle>(muscle).into_iter().flat_map(|one| &one.techniques);
        listed.filter_map(|one| base.find(Kind::Technique, &one.id))
    };
    let is_open = |muscle: &RecordId| {
        base.get::<Muscle>(*muscle).is_some_and(|one| !one.is_for_therapists_only())
    };
    let mut shown: Vec<RecordId> = match directive.name.as_str() {
        "technique" => return argument("id").map(named).unwrap_or_default(),
        "techniques" => {
            if let Some(ids) = argument("ids") {
                named(ids)
            } else if let Some(muscle) = argument("muscle") {
                let muscle = base.find(Kind::Muscle, &muscle.value);
                muscle.filter(|muscle| *muscle != own).into_iter().flat_map(of_muscle).collect()
            } else if let Some(region) = argument("region") {
                let region = base.find(Kind::Region, &region.value).into_iter();
                let ranked = region.flat_map(|region| base.relations.candidates.of(region));
                ranked.map(|one| one.muscle).filter(is_open).flat_map(of_muscle).collect()
            } else {
                base.of_kind(Kind::Technique).map(|(technique, _)| technique).collect()
            }
        }
        _ => Vec::new(),
    };
    let setting = directive.argument("setting");
    shown.retain(|one| {
        let technique = base.get::<Technique>(*one);
        setting.is_none_or(|word| technique.is_some_and(|one| one.setting.word() == word))
    });
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
