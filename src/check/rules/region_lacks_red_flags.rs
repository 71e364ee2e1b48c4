//! Regions without signs that one of their symptoms has.

use std::collections::BTreeMap;

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::region::Region;
use crate::model::symptom::Symptom;

pub(crate) const RULE: Rule = Rule {
    code: "region-lacks-red-flags",
    default: Level::Allow,
    summary: "a region without a set of signs that one of its symptoms has",
    explanation: "\
A reader who finds a pain on the map sees the signs of the region, one who finds it among the symptoms those
of the symptom as well. Where an ache of the arm may come from the heart, both have to be told so.

A symptom may be felt in several regions, and its signs may belong to one of them only. So this rule is a
list to be looked through, and not run unless `[check]` asks for it: `region-lacks-red-flags = \"warn\"`.

Wrong, where the symptom `arm-ache` is felt in this region and has `red_flags: [chest]`:

```yaml
upper-arm:
  name: Upper arm
  red_flags: [limb]
```

Right:

```yaml
upper-arm:
  name: Upper arm
  red_flags: [chest, limb]
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, region) in base.all::<Region>() {
        let own = base.all_found(&region.red_flags);
        // A region without any is the business of `no-red-flags`.
        if own.is_empty() {
            continue;
        }
        let mut lacking: BTreeMap<RecordId, Vec<String>> = BTreeMap::new();
        for symptom in base.relations.region_symptoms.of(record) {
            let Some(data) = base.get::<Symptom>(*symptom) else { continue };
            let sets = base.all_found(&data.red_flags).into_iter();
            for set in sets.filter(|set| !own.contains(set)) {
                lacking.entry(set).or_default().push(format!("`{}`", base.entry(*symptom).id));
            }
        }
        if lacking.is_empty() {
            continue;
        }
        let entry = base.entry(record);
        let sets = lacking.iter().map(|(set, symptoms)| {
            format!("`{}` of {}", base.entry(*set).id, symptoms.join(" and "))
        });
        let sets = sets.collect::<Vec<_>>().join(", ");
        let message = format!("the region `{}` lacks red flags of its symptoms: {sets}", entry.id);
        let help = "add those that a reader with a pain here may have to its `red_flags`";
        let place = entry.value(FieldPath::key("red_flags"));
        found.push(RULE.finding(place, message).help(help));
    }
}
