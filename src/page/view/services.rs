//! All services.

use serde::Serialize;

use super::drawn::Drawn;
use super::parts::{Crumb, Meta, Question};

/// All services.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ServicesView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The services.
    pub services: Vec<Drawn>,
    /// Questions about booking and sessions.
    pub questions: Vec<Question>,
}
