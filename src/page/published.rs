//! What the files for machines are made from, and how one waits to be made.

use std::sync::OnceLock;

use super::address::SiteAddress;
use super::json::Said;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Entry;

/// Everything that files for machines are made from.
pub struct Published<'a> {
    /// The records.
    pub base: &'a KnowledgeBase,
    /// Where the site is published.
    pub site: SiteAddress,
    /// The names of all records, by number: popular ones are named by thousands of others.
    names: OnceLock<Vec<Written>>,
}

/// A text that was written as JSON.
pub struct Written(String);

impl Said for Written {
    fn push_json(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl<'a> Published<'a> {
    /// What is published of a knowledge base.
    pub fn new(base: &'a KnowledgeBase) -> Self {
        Self { base, site: SiteAddress::of(base), names: OnceLock::new() }
    }

    /// The name of a record, such as `muscle:infraspinatus`.
    pub fn name(&self, record: RecordId) -> &Written {
        let written = |entry: &Entry| {
            let mut text = String::new();
            format!("{}:{}", entry.kind.word(), entry.id).push_json(&mut text);
            Written(text)
        };
        let all = || self.base.content.entries.iter().map(written).collect();
        &self.names.get_or_init(all)[record.index()]
    }

    /// The names of records.
    pub fn names(&self, records: &[RecordId]) -> Vec<&Written> {
        records.iter().map(|record| self.name(*record)).collect()
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
