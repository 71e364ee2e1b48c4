//! An area of the body with its regions and muscles.

use serde::Serialize;

use super::body_map::BodyMapView;
use super::care::{CareCard, FlagGroup};
use super::drawn::Drawn;
use super::parts::{Crumb, Meta};

/// An area of the body with its regions and muscles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PainAreaView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The name.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// The body map, cut to the area.
    pub map: Option<BodyMapView>,
    /// Its regions.
    pub regions: Vec<Drawn>,
    /// Red flags of its regions that need help now or today: they come first.
    pub first_help: Vec<CareCard>,
    /// Red flags of its regions that can wait for some days: whom to see.
    pub red_flags: Vec<FlagGroup>,
    /// The muscles that lie here.
    pub muscles: Vec<Drawn>,
    /// Symptoms that are felt here.
    pub symptoms: Vec<Drawn>,
    /// Services for it.
    pub services: Vec<Drawn>,
    /// Articles about it.
    pub articles: Vec<Drawn>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
}
