//! Where does it hurt?

use serde::Serialize;

use super::body_map::BodyMapView;
use super::drawn::Drawn;
use super::parts::{CardGroup, Crumb, Meta};

/// Where does it hurt?
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PainView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The regions by area, from head to toe, last those of no area; the meta line says how many muscles.
    pub areas: Vec<CardGroup>,
    /// The body map, every region a link.
    pub map: Option<BodyMapView>,
    /// Common symptoms.
    pub symptoms: Vec<Drawn>,
}
