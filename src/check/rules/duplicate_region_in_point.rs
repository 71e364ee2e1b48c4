//! Trigger points that name a region twice.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::Kind;
use crate::model::muscle::{Muscle, Referral};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-region-in-point",
    default: Level::Error,
    summary: "a trigger point that names the same region and side twice",
    explanation: "\
A zone is either the main one or spillover. A region that stands twice on the same side is both, or counted
twice in rankings.

Wrong:

```yaml
refers_to:
  - {region: thumb, side: same, intensity: primary}
  - {region: thumb, side: same, intensity: spillover}
```

Right: one of the two lines. The same region on the other side is another zone.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let entry = base.entry(record);
        let region = |of: &Referral| base.find(Kind::Region, &of.region.id);
        for (number, point) in muscle.trigger_points.iter().enumerate() {
            let field = FieldPath::key("trigger_points").at(number).then("refers_to");
            for (index, referral) in point.refers_to.iter().enumerate() {
                // One that there is no region for has been reported where it stands.
                let Some(known) = region(referral) else { continue };
                let is_same =
                    |other: &Referral| region(other) == Some(known) && other.side == referral.side;
                let Some(first) = point.refers_to[..index].iter().position(is_same) else {
                    continue;
                };
                let place = entry.value(field.at(index).then("region"));
                let first = entry.value(field.at(first).then("region"));
                let (region, side) = (&referral.region.id, referral.side.word());
                let message = format!("`{region}` on the side `{side}` stands here a second time");
                let finding = RULE.finding(place, message).related(first, "first named here");
                found.push(finding.help("keep one of the two"));
            }
        }
    }
}
