//! Antagonists of which one does not know the other.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::Kind;
use crate::model::muscle::Muscle;

pub(crate) const RULE: Rule = Rule {
    code: "antagonists-not-mutual",
    default: Level::Warn,
    summary: "an antagonist that does not name this muscle in turn",
    explanation: "\
If one muscle works against another, the other works against the one. Name each on the other's record.

Wrong: `antagonists: [pectoralis-major]` on the infraspinatus alone.

Right: that, and `antagonists: [infraspinatus]` on the pectoralis major.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let entry = base.entry(record);
        for (index, reference) in muscle.antagonists.iter().enumerate() {
            let Some(other) = base.find(Kind::Muscle, &reference.id) else { continue };
            // A name that leads nowhere is reported already, and may be meant for this muscle.
            let may_name_this = base.get::<Muscle>(other).is_some_and(|other| {
                let mut named =
                    other.antagonists.iter().map(|one| base.find(Kind::Muscle, &one.id));
                named.any(|named| named.is_none_or(|named| named == record))
            });
            if other == record || may_name_this {
                continue;
            }
            let place = entry.value(FieldPath::key("antagonists").at(index));
            let other = base.entry(other);
            let message = format!("`{}` does not name `{}` as an antagonist", other.id, entry.id);
            found.push(
                RULE.finding(place, message)
                    .related(other.place(), "the other muscle")
                    .help(format!("add `{}` to `antagonists` in {}", entry.id, other.path)),
            );
        }
    }
}
