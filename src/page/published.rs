//! What the files for machines are made from, and how one waits to be made.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::address::SiteAddress;
use super::json::Said;
use super::search::Search;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Entry;
use crate::source::{Fingerprint, Fingerprinter};
use crate::theme::Strings;

/// Everything that files for machines are made from.
pub struct Published<'a> {
    /// The records.
    pub base: &'a KnowledgeBase,
    /// Where the site is published.
    pub site: SiteAddress,
    /// The names of all records, by number: popular ones are named by thousands of others.
    names: OnceLock<Vec<Written>>,
    /// The words of the theme.
    pub strings: &'a Strings,
    /// The number that readers call in an emergency.
    pub emergency_number: Option<&'a str>,
    /// What the files of the search have in common.
    pub search: Search,
    /// The records that have a picture of where they can hurt.
    pub pictured: BTreeSet<RecordId>,
    texts: OnceLock<Fingerprint>,
}

/// A text that was written as JSON.
pub struct Written(String);

impl Said for Written {
    fn push_json(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Written {
    /// A value as JSON; nothing is `null`.
    pub fn of(value: Option<&serde_json::Value>) -> Self {
        Self(value.map_or_else(|| "null".to_owned(), serde_json::Value::to_string))
    }
}

impl<'a> Published<'a> {
    /// What is published of a knowledge base, in the words of a theme.
    pub fn new(base: &'a KnowledgeBase, strings: &'a Strings) -> Self {
        let (names, texts) = (OnceLock::new(), OnceLock::new());
        let (site, search, pictured) = (SiteAddress::of(base), Search::default(), BTreeSet::new());
        Self { base, site, names, strings, emergency_number: None, search, pictured, texts }
    }

    /// The same with the records that have a picture.
    pub fn with_pictures(self, pictured: BTreeSet<RecordId>) -> Self {
        Self { pictured, ..self }
    }

    /// The same with the number that readers call in an emergency.
    pub fn with_emergency_number(self, emergency_number: Option<&'a str>) -> Self {
        Self { emergency_number, ..self }
    }

    /// The fingerprint of all texts, for files that show their words.
    pub fn texts(&self) -> Fingerprint {
        *self.texts.get_or_init(|| {
            let bodies = self.base.content.entries.iter().filter_map(|entry| entry.body.as_ref());
            let mut all = Fingerprinter::new();
            for body in bodies {
                all.add_value(&body.fingerprint);
            }
            all.finish()
        })
    }

    /// The name of a record, such as `muscle:infraspinatus`.
    pub fn name(&self, record: RecordId) -> &Written {
        let written = |entry: &Arc<Entry>| {
            let mut text = String::new();
            entry.kind.with_id(&entry.id).push_json(&mut text);
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
    /// Whether it is made from the words of texts, and not only from what pages see of each other.
    pub reads_texts: bool,
    make: Make<'a>,
}

impl<'a> TextFile<'a> {
    /// A file that is made when it is asked for.
    pub fn new(
        path: impl Into<String>,
        make: impl Fn(&Published<'a>) -> String + Send + Sync + 'a,
    ) -> Self {
        Self { path: path.into(), reads_texts: false, make: Box::new(make) }
    }

    /// A file that is made from the words of texts, when it is asked for.
    pub fn of_texts(
        path: impl Into<String>,
        make: impl Fn(&Published<'a>) -> String + Send + Sync + 'a,
    ) -> Self {
        Self { reads_texts: true, ..Self::new(path, make) }
    }

    /// Makes the text.
    pub fn text(&self, published: &Published<'a>) -> String {
        (self.make)(published)
    }
}
