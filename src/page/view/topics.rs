//! All topics.

use serde::Serialize;

use super::drawn::Drawn;
use super::parts::{Crumb, Meta};

/// All topics.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TopicsView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The topics from A to Z; the meta line says how many articles.
    pub topics: Vec<Drawn>,
}
