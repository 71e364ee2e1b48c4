//! A service.

use serde::Serialize;

use super::care::{ServiceCard, TechniqueCard};
use super::drawn::Drawn;
use super::parts::{Crumb, MaybeLink, Meta, Question, ReviewLine, SourceItem};

/// A service.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ServiceView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Name, summary, duration, price, and where to book.
    pub card: ServiceCard,
    /// When it is not for you, or only with care.
    pub cautions: Vec<String>,
    /// Who performs it.
    pub performed_by: Vec<MaybeLink>,
    /// The techniques that are used.
    pub techniques: Vec<TechniqueCard>,
    /// The areas of the body it is for.
    pub areas: Vec<MaybeLink>,
    /// The regions it can help with.
    pub regions: Vec<Drawn>,
    /// The muscles it can help with.
    pub muscles: Vec<Drawn>,
    /// The symptoms it can help with.
    pub symptoms: Vec<Drawn>,
    /// Articles about it.
    pub articles: Vec<Drawn>,
    /// Questions about it.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
