//! Parts about pain and what helps: red flags, zones, candidates, techniques, services.

use serde::Serialize;

use super::body_map::BodyMapView;
use super::drawn::Drawn;
use super::on_many_pages::Shared;
use super::parts::{Link, MaybeLink, Picture, PriceView};
use crate::model::common::CareLevel;
use crate::model::muscle::{Intensity, Side};
use crate::model::technique::{Performer, Setting};

/// Signs of one level, under an action that ends in "if:".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareCard {
    /// How soon to get help.
    pub level: CareLevel,
    /// The string below `care.titles` that is the heading, such as `emergency`.
    pub title_key: String,
    /// The signs, each as the end of the heading.
    pub items: Vec<String>,
}

/// The signs that go with one part of the body, soonest help first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagGroup {
    /// What the signs go with, such as "Headache".
    pub title: String,
    /// One card per level that has signs.
    pub cards: Vec<CareCard>,
}

/// A region in which a trigger point is felt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Zone {
    /// The region.
    pub region: Shared<MaybeLink>,
    /// Its name, as `link_or_text` drew it.
    pub link: Drawn,
    /// On which side, seen from the trigger point.
    pub side: Side,
    /// Whether it is a main area.
    pub intensity: Intensity,
}

/// A trigger point and where it is felt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerPointView {
    /// Its id within the muscle, which is its anchor, such as `tp1`.
    pub id: String,
    /// Its number within the muscle, from 1.
    pub number: u32,
    /// What it is called, such as "central".
    pub label: Option<String>,
    /// Where in the muscle it lies.
    pub place: String,
    /// Where it is felt, main areas first.
    pub zones: Vec<Zone>,
    /// What else is worth knowing.
    pub notes: Option<String>,
    /// What else may be felt.
    pub other_sensations: Vec<String>,
    /// Muscles whose trigger points tend to follow this one.
    pub satellites: Vec<MaybeLink>,
}

/// A muscle's referral picture with the same in words; also what `::referral-map` shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReferralMap {
    /// The muscle (or the region) that is shown.
    pub subject: MaybeLink,
    /// The picture, to be drawn in the page.
    pub map: BodyMapView,
    /// The same as a file of its own, for texts: it is fetched when readers come near.
    pub image: Option<Picture>,
    /// The same in words, for a muscle.
    pub trigger_points: Vec<TriggerPointView>,
    /// The same in words, for a region: the muscles that can be felt there, ranked.
    pub candidates: Vec<MuscleCandidate>,
}

/// A muscle that may be the source of a pain, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MuscleCandidate {
    /// The muscle's page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// Its short answer.
    pub summary: Option<String>,
    /// The best intensity with which it reaches the region; `None` if it reaches none, and the author of
    /// a symptom names it.
    pub intensity: Option<Intensity>,
    /// How many of its trigger points reach the region.
    pub reaching: u32,
    /// How many it has.
    pub trigger_points: u32,
    /// Those that do, as links to their anchors on the muscle's page.
    pub points: Vec<Link>,
    /// How many of them do, in words, such as "2 of its 4 trigger points"; `None` if none does.
    pub share: Option<Shared<String>>,
}

/// One step of a technique.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StepView {
    /// What to do.
    pub text: String,
    /// For how many seconds.
    pub seconds: Option<u32>,
    /// How many times.
    pub repetitions: Option<u32>,
}

/// A range of seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct HoldView {
    /// At least so many.
    pub min: u32,
    /// At most so many.
    pub max: u32,
}

/// A technique in a list, with enough to try it if it is for oneself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TechniqueCard {
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Who performs it; names the string `performers.<performer>`.
    pub performer: Performer,
    /// Where it belongs; names the string `settings.<setting>`.
    pub setting: Setting,
    /// What is needed.
    pub tools: Vec<String>,
    /// What to do, in order; empty where the page alone shows it.
    pub steps: Vec<StepView>,
    /// How long to hold.
    pub hold: Option<HoldView>,
    /// How long the whole of it takes, where nothing is held.
    pub lasts: Option<HoldView>,
    /// How often a day at the most.
    pub per_day: Option<u32>,
    /// Whether readers press a muscle with it themselves.
    pub is_pressure: bool,
    /// When not to do it, or only with care.
    pub cautions: Vec<String>,
    /// When to stop.
    pub stop_if: String,
    /// The muscles that it is for, on the page of a pain; empty elsewhere.
    pub muscles: Vec<MaybeLink>,
}

/// What to mind before pressing, on the page of a pain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PressureView {
    /// What asks for care near the muscles that techniques of the page press.
    pub cautions: Vec<MuscleCaution>,
    /// Muscles that may be the source too, and that readers should not press.
    pub not_by_oneself: Vec<MaybeLink>,
}

/// What asks for care near a muscle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MuscleCaution {
    /// The muscle.
    pub muscle: MaybeLink,
    /// A vessel, nerve or organ nearby, and what to do about it.
    pub text: String,
}

/// A service in a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ServiceCard {
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What it costs.
    pub price: Option<PriceView>,
    /// Where to book it.
    pub booking_href: Option<String>,
}
