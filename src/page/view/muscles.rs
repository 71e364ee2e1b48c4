//! All muscles.

use serde::Serialize;

use super::parts::{CardGroup, Crumb, Meta};

/// All muscles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MusclesView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The muscles by area, from head to toe; last those of no area.
    pub areas: Vec<CardGroup>,
    /// The muscles from A to Z, each letter with its names and other names.
    pub letters: Vec<CardGroup>,
}
