//! A technique.

use serde::Serialize;

use super::care::TechniqueCard;
use super::drawn::Drawn;
use super::parts::{Crumb, Meta, Question, ReviewLine, SourceItem};

/// A technique.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TechniqueView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Name, performer, setting, tools, steps, hold, daily maximum, and when to stop.
    pub card: TechniqueCard,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// What it should feel like.
    pub feel: Option<String>,
    /// What comes after it.
    pub then: Option<String>,
    /// When not to do it, or only with care.
    pub cautions: Vec<String>,
    /// What may go wrong.
    pub risks: Vec<String>,
    /// What happens if nothing is done.
    pub if_nothing: Option<String>,
    /// How it compares with another way.
    pub compared_with: Option<String>,
    /// How good the evidence is.
    pub evidence: Option<String>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// The muscles it is used for.
    pub muscles: Vec<Drawn>,
    /// The services that use it.
    pub services: Vec<Drawn>,
    /// Articles about it.
    pub articles: Vec<Drawn>,
    /// Questions about it.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
