//! A standing page.

use serde::Serialize;

use super::parts::{Crumb, Meta, ReviewLine, SourceItem, TocEntry};

/// A standing page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PageView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The title.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// The contents.
    pub toc: Vec<TocEntry>,
    /// The body: safe HTML.
    pub content: String,
    /// The day of the last edit, as an ISO date.
    pub updated: Option<String>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
