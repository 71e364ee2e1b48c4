//! All techniques.

use serde::Serialize;

use super::care::TechniqueCard;
use super::parts::{Crumb, Meta};
use crate::model::technique::Performer;

/// All techniques.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TechniquesView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The techniques by who performs them, oneself first.
    pub groups: Vec<TechniqueGroup>,
}

/// The techniques of one kind of performer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TechniqueGroup {
    /// The performer; names the string `performers.<performer>` and is the heading's anchor.
    pub performer: Performer,
    /// The techniques.
    pub techniques: Vec<TechniqueCard>,
}
