//! What the files for machines are made from, and how one waits to be made.

use std::sync::Arc;

use super::address::SiteAddress;
use crate::graph::{Kinship, KnowledgeBase};

/// Everything that files for machines are made from.
pub struct Published<'a> {
    /// The records.
    pub base: &'a KnowledgeBase,
    /// What articles have in common.
    pub kinship: Arc<Kinship>,
    /// Where the site is published.
    pub site: SiteAddress,
}

impl<'a> Published<'a> {
    /// What is published of a knowledge base.
    pub fn new(base: &'a KnowledgeBase, kinship: Arc<Kinship>) -> Self {
        Self { base, kinship, site: SiteAddress::of(base) }
    }
}

type Make<'a> = Box<dyn Fn(&Published<'a>) -> String + Send + Sync + 'a>;

/// A file for machines: where it is, and how its text is made once somebody asks for it.
pub struct TextFile<'a> {
    /// The path below the output, such as `data/muscles.json`.
    pub path: String,
    make: Make<'a>,
}

impl<'a> TextFile<'a> {
    /// A file that is made when it is asked for.
    pub fn new(
        path: impl Into<String>,
        make: impl Fn(&Published<'a>) -> String + Send + Sync + 'a,
    ) -> Self {
        Self { path: path.into(), make: Box::new(make) }
    }

    /// Makes the text.
    pub fn text(&self, published: &Published<'a>) -> String {
        (self.make)(published)
    }
}
