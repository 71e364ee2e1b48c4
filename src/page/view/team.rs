//! Everybody who writes, reviews and treats.

use serde::Serialize;

use super::parts::{Crumb, Meta, PersonCard};

/// Everybody who writes, reviews and treats.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TeamView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The people.
    pub people: Vec<PersonCard>,
}
