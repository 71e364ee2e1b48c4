//! The rules, one per file.

mod missing_review;
mod missing_sources;
mod no_cautions;
mod no_red_flags;
mod promising_words;
pub(super) mod region_without_shape;
mod review_in_future;
pub(super) mod shape_without_region;
mod stale_review;
mod uncited_number;
mod uncited_research;
mod unsafe_self_care;

use super::Rule;
use crate::model::Kind;

/// The kinds whose pages give health advice.
const HEALTH: [Kind; 5] =
    [Kind::Article, Kind::Muscle, Kind::Region, Kind::Symptom, Kind::Technique];

/// All rules, in the order in which they run.
pub(super) const ALL: &[Rule] = &[
    no_red_flags::RULE,
    no_cautions::RULE,
    unsafe_self_care::RULE,
    missing_review::RULE,
    stale_review::RULE,
    review_in_future::RULE,
    missing_sources::RULE,
    promising_words::RULE,
    uncited_research::RULE,
    uncited_number::RULE,
    region_without_shape::RULE,
    shape_without_region::RULE,
];
