//! Markdown → a document: HTML with holes for what only the graph knows, and an outline of all
//! headings, links, citations and directives with their places.

mod directive;
mod document;
mod quotes;
mod targets;
#[cfg(test)]
mod tests;
mod unread;
mod write;

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use directive::{Argument, Directive};
pub use document::{
    Block, Citation, Document, Heading, Hole, Image, Link, LinkForm, Oddity, Outline, Prose,
    RawHtml, Run, What,
};
pub use quotes::{Quote, Quotes};
pub use targets::{definitions, ids_in, target_in};
pub use unread::{Meant, Unread};
pub(crate) use write::FOOTNOTES;
pub use write::parse;

use super::scalar::{read_scalar, something};

/// A piece of markdown in a field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Markdown {
    /// What the author wrote.
    pub source: Box<str>,
    /// What it says. Its places count from the start of `source`.
    pub document: Document,
}

impl Deref for Markdown {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.document
    }
}

impl From<&str> for Markdown {
    fn from(source: &str) -> Self {
        Self { source: source.into(), document: parse(source) }
    }
}

// People write and read the source; a memo keeps the document as well.
impl Serialize for Markdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.source.serialize(serializer);
        }
        (&self.source, &self.document).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Markdown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (source, document) = Deserialize::deserialize(deserializer)?;
            return Ok(Self { source, document });
        }
        let markdown = |source: &str| Ok(Self::from(something(source, "text")?.trim_end()));
        read_scalar(deserializer, markdown)
    }
}
