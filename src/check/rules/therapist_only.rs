//! Self-care listed on muscles that only a therapist should press, and for pain that such muscles alone may
//! cause.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::muscle::{Muscle, SelfPressure};
use crate::model::region::Region;
use crate::model::symptom::Symptom;
use crate::model::technique::Technique;
use crate::model::{Entry, Id, Kind, Ref};
use crate::syntax::markdown::Directive;

pub(crate) const RULE: Rule = Rule {
    code: "therapist-only",
    default: Level::Error,
    summary: "pressure by oneself on a muscle that only a therapist should press",
    explanation: "\
Some muscles lie beside a vessel, a nerve or an organ. A muscle is for a therapist only if it says
`self_pressure: therapist-only`, or if it has a `pressure_caution` and does not say
`self_pressure: with-care`: what is not known to be safe is not offered.

This holds for the muscle's `techniques`, and for those that directives of its text show, or answers that its
text shows. It holds for symptoms and regions as well, if none of the muscles that may be involved may be
pressed: those that their pages list. Where some may, the page says for which of them a technique is.

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
        if muscle.is_for_therapists_only() {
            of_record(base, record, &muscle.techniques, found, |place, techniques| {
                explained(finding(place, techniques, "a muscle"), base.entry(record), muscle)
            });
        }
    }
    for (record, symptom) in base.all::<Symptom>() {
        let muscles = base.relations.symptom_muscles.of(record);
        of_pain(base, record, muscles, &symptom.techniques, found);
    }
    for (record, _) in base.all::<Region>().filter(|(record, _)| base.entry(*record).body.is_some())
    {
        let candidates = base.relations.candidates.of(record).iter();
        let muscles: Vec<RecordId> = candidates.map(|candidate| candidate.muscle).collect();
        of_pain(base, record, &muscles, &[], found);
    }
}

/// Looks at what is offered for a pain, if readers should press none of the muscles that may cause it.
fn of_pain(
    base: &KnowledgeBase,
    record: RecordId,
    muscles: &[RecordId],
    named: &[Ref<Technique>],
    found: &mut Vec<Diagnostic>,
) {
    let Some(first) = muscles.first().filter(|_| are_for_therapists(base, muscles)) else { return };
    let Some(muscle) = base.get::<Muscle>(*first) else { return };
    of_record(base, record, named, found, |place, techniques| {
        let names: Vec<String> =
            muscles.iter().map(|one| format!("`{}`", base.entry(*one).id)).collect();
        let (kind, names) = (base.entry(record).kind.word(), names.join(", "));
        explained(finding(place, techniques, "muscles"), base.entry(*first), muscle)
            .note(format!("the muscles of this {kind}: {names}"))
    });
}

/// Whether readers should press none of some muscles.
fn are_for_therapists(base: &KnowledgeBase, muscles: &[RecordId]) -> bool {
    muscles.iter().all(|muscle| base.is_for_therapists_only(*muscle))
}

/// Reports pressure by oneself among the techniques that a record names, and those that its text shows.
fn of_record(
    base: &KnowledgeBase,
    record: RecordId,
    named: &[Ref<Technique>],
    found: &mut Vec<Diagnostic>,
    finding: impl Fn(Place, &[&Id]) -> Diagnostic,
) {
    let entry = base.entry(record);
    let presses = |technique: &RecordId| base.is_pressure_by_oneself(*technique);
    for (index, reference) in named.iter().enumerate() {
        if base.find(Kind::Technique, &reference.id).filter(presses).is_some() {
            let place = entry.value(FieldPath::key("techniques").at(index));
            found.push(finding(place, &[&reference.id]));
        }
    }
    let Some(body) = &entry.body else { return };
    for directive in &body.outline.directives {
        let mut shown = shown(base, record, directive);
        shown.retain(presses);
        let ids: Vec<&Id> = shown.iter().map(|one| &base.entry(*one).id).collect();
        if !ids.is_empty() {
            found.push(finding(body.place(directive.span), &ids));
        }
    }
}

/// The techniques that a directive in the text of a record shows, itself or in the answer that it shows.
fn shown(base: &KnowledgeBase, own: RecordId, directive: &Directive) -> Vec<RecordId> {
    let mut shown: Vec<RecordId> = match base.question_shown(directive) {
        Some((_, faq)) => {
            let directives = faq.answer.outline.directives.iter();
            directives.flat_map(|one| shown_itself(base, own, one)).collect()
        }
        None => shown_itself(base, own, directive),
    };
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// Those that a directive shows itself, but for those of the lists that have been looked at: the muscle's
/// own, and in the text of a symptom or a region those of any muscle.
fn shown_itself(base: &KnowledgeBase, own: RecordId, directive: &Directive) -> Vec<RecordId> {
    let muscle = directive.argument("muscle").and_then(|id| base.find(Kind::Muscle, id));
    let is_of_pain = matches!(base.entry(own).kind, Kind::Symptom | Kind::Region);
    let is_looked_at = muscle.is_some_and(|muscle| muscle == own || is_of_pain);
    if is_looked_at && directive.argument("ids").is_none() {
        return Vec::new();
    }
    base.techniques_shown(directive)
}

fn finding(place: Place, techniques: &[&Id], what: &str) -> Diagnostic {
    let names: Vec<String> = techniques.iter().map(|id| format!("`{id}`")).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let names = names.join(" and ");
    RULE.finding(place, format!("{names} {is} pressure by oneself, on {what} for therapists"))
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
