//! A page that leads elsewhere, for hosts without redirects of their own.

use serde::Serialize;

use super::parts::{Crumb, Meta};

/// A page that leads elsewhere, for hosts without redirects of their own.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RedirectView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Where it leads.
    pub target: String,
    /// What the target is called.
    pub target_title: String,
}
