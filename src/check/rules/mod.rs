//! The rules, one per file.

mod antagonists_not_mutual;
mod duplicate_region_in_point;
mod duplicate_title;
mod linked_draft;
mod long_alt;
mod long_summary;
mod missing_alt;
mod missing_base_url;
mod missing_credit;
mod missing_licence;
mod missing_review;
mod missing_sources;
mod no_cautions;
mod no_red_flags;
mod odd_dates;
mod orphan_page;
mod pictures;
mod promising_words;
mod raw_html;
mod region_lacks_red_flags;
pub(super) mod region_without_shape;
mod review_in_future;
mod same_question;
mod service_in_emergency;
pub(super) mod shape_without_region;
mod skipped_heading;
mod spillover_only;
mod stale_review;
mod therapist_only;
mod unchecked_facts;
mod uncited_number;
mod uncited_research;
mod undeclared_topic;
mod unread_markup;
mod unsafe_self_care;
mod unshown_text;
mod vanished_address;
mod vanished_anchor;

pub use missing_base_url::placeholders;
pub(crate) use orphan_page::orphans;
pub(crate) use stale_review::due;

use super::Rule;
use crate::model::Kind;

/// The kinds whose pages give health advice.
pub(crate) const HEALTH: [Kind; 5] =
    [Kind::Article, Kind::Muscle, Kind::Region, Kind::Symptom, Kind::Technique];

/// All rules, in the order in which they run: what is safe, what is known, what is whole, what is
/// well made.
pub(super) const ALL: &[Rule] = &[
    no_red_flags::RULE,
    region_lacks_red_flags::RULE,
    no_cautions::RULE,
    unsafe_self_care::RULE,
    therapist_only::RULE,
    service_in_emergency::RULE,
    missing_licence::RULE,
    missing_review::RULE,
    stale_review::RULE,
    review_in_future::RULE,
    odd_dates::RULE,
    missing_sources::RULE,
    promising_words::RULE,
    uncited_research::RULE,
    uncited_number::RULE,
    spillover_only::RULE,
    duplicate_region_in_point::RULE,
    antagonists_not_mutual::RULE,
    same_question::RULE,
    duplicate_title::RULE,
    orphan_page::RULE,
    linked_draft::RULE,
    vanished_address::RULE,
    vanished_anchor::RULE,
    undeclared_topic::RULE,
    missing_base_url::RULE,
    missing_alt::RULE,
    long_alt::RULE,
    missing_credit::RULE,
    skipped_heading::RULE,
    unshown_text::RULE,
    raw_html::RULE,
    unread_markup::RULE,
    unchecked_facts::RULE,
    long_summary::RULE,
    region_without_shape::RULE,
    shape_without_region::RULE,
];
