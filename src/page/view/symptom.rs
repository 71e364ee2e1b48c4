//! A symptom.

use serde::Serialize;

use super::body_map::BodyMapView;
use super::care::{CareCard, FlagGroup, MuscleCandidate, PressureView, TechniqueCard};
use super::drawn::Drawn;
use super::parts::{Crumb, Meta, Question, ReviewLine, SourceItem, TocEntry};

/// A symptom.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SymptomView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The everyday name.
    pub title: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// The short answer.
    pub summary: String,
    /// Red flags that need help now or today: they come first.
    pub first_help: Vec<CareCard>,
    /// Where it is felt.
    pub map: Option<BodyMapView>,
    /// Where it is felt, in words.
    pub regions: Vec<Drawn>,
    /// The muscles that may be involved, ranked.
    pub candidates: Vec<MuscleCandidate>,
    /// What else can feel like it.
    pub can_feel_like: Vec<String>,
    /// What to mind before pressing, where one of the techniques presses.
    pub pressure: Option<PressureView>,
    /// What readers can do themselves; safe techniques only.
    pub techniques: Vec<TechniqueCard>,
    /// Red flags that can wait for some days: whom to see.
    pub who_to_see: Vec<FlagGroup>,
    /// Services that can help.
    pub services: Vec<Drawn>,
    /// Articles about it.
    pub articles: Vec<Drawn>,
    /// Questions about it.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// The contents of its prose.
    pub toc: Vec<TocEntry>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
