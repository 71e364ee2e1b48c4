//! A region where pain is felt.

use serde::Serialize;

use super::body_map::BodyMapView;
use super::care::{CareCard, FlagGroup, MuscleCandidate, PressureView, TechniqueCard};
use super::drawn::Drawn;
use super::parts::{Crumb, Link, Meta, Question, ReviewLine, SourceItem, TocEntry};

/// A region where pain is felt.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RegionView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The everyday name.
    pub title: String,
    /// The anatomical term.
    pub term: Option<String>,
    /// What people say for it.
    pub synonyms: Vec<String>,
    /// The short answer.
    pub summary: Option<String>,
    /// Red flags that need help now or today: they come first.
    pub first_help: Vec<CareCard>,
    /// Where it is.
    pub map: Option<BodyMapView>,
    /// The muscles that may be the source, ranked.
    pub candidates: Vec<MuscleCandidate>,
    /// What to mind before pressing, where one of the techniques presses.
    pub pressure: Option<PressureView>,
    /// What readers can do at home; safe techniques only.
    pub techniques: Vec<TechniqueCard>,
    /// Red flags that can wait for some days: whom to see.
    pub who_to_see: Vec<FlagGroup>,
    /// Services that can help.
    pub services: Vec<Drawn>,
    /// Symptoms that are felt here.
    pub symptoms: Vec<Drawn>,
    /// Articles about it.
    pub articles: Vec<Drawn>,
    /// Questions about it.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// Other regions of the area.
    pub neighbours: Vec<Link>,
    /// The contents of its prose.
    pub toc: Vec<TocEntry>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
