//! An A–Z of everything, which is also where search begins.

use serde::Serialize;

use super::parts::{Crumb, Meta};

/// An A–Z of everything, which is also where search begins.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Everything that has a page or an anchor, by first letter.
    pub groups: Vec<SearchGroup>,
}

/// What begins with one letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchGroup {
    /// The anchor of the heading.
    pub id: String,
    /// The letter.
    pub title: String,
    /// The names and other names, sorted.
    pub entries: Vec<SearchEntry>,
}

/// A name and what it leads to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchEntry {
    /// Where it leads.
    pub href: String,
    /// The name, or another name.
    pub name: String,
    /// The name proper, if `name` is another one.
    pub see: Option<String>,
    /// The word of its kind, such as `muscle`.
    pub kind: String,
}
