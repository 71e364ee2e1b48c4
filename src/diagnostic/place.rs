//! Where a mistake stands: a file, and a way to the bytes in it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::source::{SourcePath, Span};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// Where in it.
    pub at: At,
}

/// Where in a file. A field is found in the text only when the diagnostic is shown: files that
/// are right never pay for positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// The file as a whole.
    File,
    /// These bytes.
    Bytes(Span),
    /// The value of a field of the file's data (or front matter).
    Value(FieldPath),
    /// The key of a field.
    Key(FieldPath),
    /// A piece of the text that a field says.
    Within(FieldPath, Piece),
}

/// A piece of the text of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What the field says, up to the end of the piece.
    pub said: String,
    /// The byte of it at which the piece begins.
    pub start: usize,
}

impl Piece {
    /// The bytes `range` of what a field says; kept inside of it.
    pub fn new(said: &str, range: Range<usize>) -> Self {
        let end = said.floor_char_boundary(range.end);
        let start = said.floor_char_boundary(range.start).min(end);
        Self { said: said[..end].to_owned(), start }
    }

    /// The piece itself.
    pub fn text(&self) -> &str {
        &self.said[self.start..]
    }
}

/// The way to a value in a YAML or TOML file, such as `trigger_points[1].where`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldPath(Vec<Segment>);

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// The value at a key.
    Key(Cow<'static, str>),
    /// The value at a position of a list, from 0.
    Index(usize),
    /// The value at a key that stands more than once: how many stand before it.
    Repeated(Cow<'static, str>, usize),
}

impl FieldPath {
    /// The root: the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path of one key at the root.
    pub fn key(key: impl Into<String>) -> Self {
        Self::root().then(key)
    }

    /// This path, and then a key.
    #[must_use]
    pub fn then(&self, key: impl Into<String>) -> Self {
        let mut path = self.clone();
        path.0.push(Segment::Key(Cow::Owned(key.into())));
        path
    }

    /// This path, and then a position.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.0.push(Segment::Index(index));
        path
    }

    /// Goes one step down, in place.
    pub fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    /// Goes one step up, in place.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// This path below another one.
    #[must_use]
    pub fn below(&self, base: &FieldPath) -> Self {
        Self(base.0.iter().chain(&self.0).cloned().collect())
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) | Segment::Repeated(key, _) if position == 0 => {
                    write!(f, "{key}")?;
                }
                Segment::Key(key) | Segment::Repeated(key, _) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), at: At::File }
    }

    /// Some bytes of a file.
    pub fn bytes(path: &SourcePath, span: Span) -> Self {
        Self { path: path.clone(), at: At::Bytes(span) }
    }

    /// The value of a field.
    pub fn value(path: &SourcePath, field: FieldPath) -> Self {
        Self { path: path.clone(), at: At::Value(field) }
    }

    /// The key of a field.
    pub fn key(path: &SourcePath, field: FieldPath) -> Self {
        Self { path: path.clone(), at: At::Key(field) }
    }

    /// A piece of the text that a field says.
    pub fn within(path: &SourcePath, field: FieldPath, piece: Piece) -> Self {
        Self { path: path.clone(), at: At::Within(field, piece) }
    }
}
