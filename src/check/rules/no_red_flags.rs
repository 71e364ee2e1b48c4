//! Pages about pain without the signs that ask for help.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::region::Region;
use crate::model::{Id, Kind};

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
        if may_have_signs(base, region) {
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

/// Whether a region shows signs, or would if a set that it names could be found and read: what is wrong
/// with that is reported where it is.
fn may_have_signs(base: &KnowledgeBase, region: &Region) -> bool {
    let is_draft = |id: &Id| base.content.drafts.contains(&(Kind::RedFlagSet, id.clone()));
    region.red_flags.iter().any(|set| !is_draft(&set.id))
}

/// The muscles and symptoms that can be felt in a region and have no signs from elsewhere.
fn bare_pages(base: &KnowledgeBase, region: RecordId) -> String {
    let has_signs = |region: RecordId| {
        base.get::<Region>(region).is_some_and(|region| may_have_signs(base, region))
    };
    let candidates = base.relations.candidates.of(region).iter().map(|one| one.muscle);
    let is_bare = |muscle: &RecordId| {
        !base.relations.reaches.of(*muscle).iter().any(|reach| has_signs(reach.region))
    };
    let bare = candidates.filter(is_bare).map(|muscle| format!("`{}`", base.entry(muscle).id));
    bare.collect::<Vec<_>>().join(", ")
}
