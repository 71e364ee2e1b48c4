//! The home page.

use serde::Serialize;

use super::body_map::BodyMapView;
use super::drawn::Drawn;
use super::parts::{Card, Crumb, Meta, Question};

/// The home page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HomeView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// One sentence about the site.
    pub intro: Option<String>,
    /// The areas of the body, from head to toe.
    pub areas: Vec<Card>,
    /// The body map.
    pub map: Option<BodyMapView>,
    /// Common symptoms.
    pub symptoms: Vec<Drawn>,
    /// The page of all symptoms, if there are more of them.
    pub symptoms_href: Option<String>,
    /// The newest articles.
    pub articles: Vec<Drawn>,
    /// What the studio offers.
    pub services: Vec<Drawn>,
    /// A few questions; their answers stand on the page of all questions.
    pub questions: Vec<Question>,
}
