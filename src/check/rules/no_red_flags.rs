//! Pages about pain without the signs that ask for help.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::red_flags::RedFlagSet;
use crate::model::region::Region;
use crate::model::symptom::Symptom;
use crate::model::{Id, Kind, Ref};

pub(crate) const RULE: Rule = Rule {
    code: "no-red-flags",
    default: Level::Error,
    summary: "a region without signs that ask for help",
    explanation: "\
Some pains only look like a muscle's. A reader with one of them has to see, before anything else, when
to get help. The pages of muscles and symptoms show the signs of their regions, so it is the region
that must name at least one set, and not drafts alone.

Wrong:

```yaml
chest-front:
  name: Front of the chest
```

Right:

```yaml
chest-front:
  name: Front of the chest
  red_flags: [chest]
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, region) in base.all::<Region>() {
        if may_have_signs(base, &region.red_flags) {
            continue;
        }
        let id = &base.entry(record).id;
        let sets: Vec<_> = base.ids(Kind::RedFlagSet).map(|id| format!("`{id}`")).collect();
        let finding = match region.red_flags.first() {
            Some(_) => {
                let place = base.entry(record).value(FieldPath::key("red_flags"));
                let message = format!("all red flags of the region `{id}` are drafts");
                RULE.finding(place, message).help("publish one of them, or name another set")
            }
            None => {
                let message = format!("the region `{id}` has no red flags");
                let help = match sets.is_empty() {
                    true => {
                        "add `red_flags`, and a set of signs in `content/red-flags.yaml`".to_owned()
                    }
                    false => format!("add `red_flags` with one or more of {}", sets.join(", ")),
                };
                RULE.finding(base.entry(record).place(), message).help(help)
            }
        };
        let bare = bare_pages(base, record);
        found.push(match bare.is_empty() {
            true => finding,
            false => finding.note(format!("so these pages show no signs either: {bare}")),
        });
    }
}

/// Whether readers are shown signs, or would be if a set could be found and read: what is wrong with
/// that is reported where it is.
fn may_have_signs(base: &KnowledgeBase, sets: &[Ref<RedFlagSet>]) -> bool {
    let is_draft = |id: &Id| base.content.drafts.contains(&(Kind::RedFlagSet, id.clone()));
    sets.iter().any(|set| !is_draft(&set.id))
}

/// The muscles and symptoms that can be felt in a region and have no signs from elsewhere.
fn bare_pages(base: &KnowledgeBase, region: RecordId) -> String {
    let relations = &base.relations;
    let has_signs = |region: RecordId| {
        base.get::<Region>(region).is_some_and(|region| may_have_signs(base, &region.red_flags))
    };
    let muscles = relations.candidates.of(region).iter().map(|one| one.muscle);
    let muscles = muscles.filter(|muscle| {
        !relations.reaches.of(*muscle).iter().any(|reach| has_signs(reach.region))
    });
    let symptoms = relations.region_symptoms.of(region).iter().copied().filter(|symptom| {
        base.get::<Symptom>(*symptom).is_some_and(|symptom| {
            !may_have_signs(base, &symptom.red_flags)
                && !base.all_found(&symptom.regions).into_iter().any(has_signs)
        })
    });
    let bare = muscles.chain(symptoms).map(|record| format!("`{}`", base.entry(record).id));
    bare.collect::<Vec<_>>().join(", ")
}
