//! The page for addresses that lead nowhere.

use serde::Serialize;

use super::parts::{Crumb, Link, Meta};

/// The page for addresses that lead nowhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NotFoundView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Where readers may have wanted to go.
    pub suggestions: Vec<Link>,
}
