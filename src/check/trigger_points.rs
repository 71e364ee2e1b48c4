//! The ids of trigger points: each is the anchor of its point on the page of the muscle.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, FieldPath};
use crate::graph::KnowledgeBase;
use crate::model::muscle::Muscle;
use crate::syntax::slug::slug;

/// Every id that cannot be an anchor, or is that of another point of the muscle.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let entry = base.entry(record);
        let place = |index| entry.value(FieldPath::key("trigger_points").at(index).then("id"));
        let mut first = BTreeMap::new();
        for (index, point) in muscle.trigger_points.iter().enumerate() {
            let id = &point.id;
            if !id.is_well_formed() {
                let message = format!("`{id}` cannot be the id of a trigger point");
                found.push(
                    Diagnostic::error("invalid-id", place(index), message)
                        .note(
                            "an id is made of lower-case letters a to z, digits and single hyphens",
                        )
                        .maybe_help(slug(id).map(|slug| format!("call it `{slug}`"))),
                );
            } else if let Some(first) = first.get(id) {
                let message = format!("two trigger points have the id `{id}`");
                found.push(
                    Diagnostic::warn("duplicate-anchor", place(index), message)
                        .related(place(*first), "the first one")
                        .help("give one of them another id"),
                );
            } else {
                first.insert(id, index);
            }
        }
    }
}
