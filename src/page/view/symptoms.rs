//! All symptoms.

use serde::Serialize;

use super::parts::{CardGroup, Crumb, Meta};

/// All symptoms.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SymptomsView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The symptoms by the area where they are felt; last those of no area.
    pub areas: Vec<CardGroup>,
}
