//! Every work that a page rests on.

use serde::Serialize;

use super::parts::{Crumb, Meta, SourceItem};

/// Every work that a page rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReferencesView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The works by author and year, each with the pages that cite it.
    pub sources: Vec<SourceItem>,
}
