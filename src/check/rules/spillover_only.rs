//! Muscles with spillover zones and no primary one.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::muscle::{Intensity, Muscle};

pub(crate) const RULE: Rule = Rule {
    code: "spillover-only",
    default: Level::Warn,
    summary: "a muscle with spillover zones and no primary one",
    explanation: "\
Spillover is where some people feel the pain beside the main zone. A muscle without any main zone ranks last
everywhere, and is mostly a slip.

A muscle that really has none says so in the `notes` of a trigger point, and is left alone.

Wrong: every `intensity` of a muscle is `spillover`, without a word on it. Right:

```yaml
refers_to:
  - {region: shoulder-front, side: same, intensity: primary}
  - {region: thumb, side: same, intensity: spillover}
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let is_noted = muscle.trigger_points.iter().any(|point| point.notes.is_some());
        let mut referrals = muscle.trigger_points.iter().flat_map(|point| &point.refers_to);
        if is_noted || referrals.any(|referral| referral.intensity == Intensity::Primary) {
            continue;
        }
        let entry = base.entry(record);
        let point = FieldPath::key("trigger_points").at(0);
        let place = entry.value(point.then("refers_to").at(0).then("intensity"));
        let message = format!("the muscle `{}` has spillover zones and no primary one", entry.id);
        let help = "make the zone that most people feel `intensity: primary`, or say in `notes` why there is none";
        found.push(RULE.finding(place, message).help(help));
    }
}
