//! The glossary.

use serde::Serialize;

use super::parts::{Crumb, Link, Meta, SourceItem};

/// The glossary.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GlossaryView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The terms, from A to Z.
    pub terms: Vec<TermEntry>,
    /// The works that the definitions cite, in that order, and the others they rest on.
    pub sources: Vec<SourceItem>,
}

/// A word and what it means.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TermEntry {
    /// Its anchor.
    pub id: String,
    /// The word.
    pub name: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means: safe HTML.
    pub definition: String,
    /// Words that belong to it.
    pub see_also: Vec<Link>,
}
