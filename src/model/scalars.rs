//! The smallest things that authors write: text, ids, references, dates, numbers.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Kind;
use super::declare::{Declared, Shape, Visitor};
use crate::diagnostic::FieldPath;
use crate::syntax::markdown::Markdown;
use crate::syntax::scalar::{read_scalar, something};
use crate::syntax::slug::slug;

/// Text that is not empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(Box<str>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_scalar(deserializer, |text| Ok(Self(something(text, "text")?.trim().into())))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Declared for Text {
    const SHAPE: Shape = Shape::Text;

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.text(path, self);
    }
}

impl Declared for Markdown {
    const SHAPE: Shape = Shape::Markdown;

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.markdown(path, self);
    }
}

/// The id of a record: the stem of its file, or its key in the file of its kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Memos hold ids from names of files, whatever those are.
        let is_written = deserializer.is_human_readable();
        read_scalar(deserializer, |id| {
            let id = if is_written { something(id, "an id")?.trim() } else { id };
            Ok(Self::new(id))
        })
    }
}

impl Id {
    /// An id as it was written, well formed or not.
    pub fn new(id: impl AsRef<str>) -> Self {
        Self(Arc::from(id.as_ref()))
    }

    /// How many characters it may have.
    pub const LONGEST: usize = 100;

    /// The nearest id that is well formed; none for a text without letters and digits.
    pub fn like(text: &str) -> Option<Self> {
        let slug = slug(text)?;
        // Slugs are ASCII.
        let start = &slug[..slug.len().min(Self::LONGEST)];
        Some(Self::new(start.trim_end_matches('-')))
    }

    /// Whether it can stand in an address on every system: lower-case letters, digits and single
    /// hyphens, and not too many of them.
    pub fn is_well_formed(&self) -> bool {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !self.0.is_empty()
            && self.0.len() <= Self::LONGEST
            && self.0.chars().all(allowed)
            && !self.0.starts_with('-')
            && !self.0.ends_with('-')
            && !self.0.contains("--")
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Declared for Id {
    const SHAPE: Shape = Shape::Text;
}

/// A kind of record as a type, so that a reference can say what it refers to.
pub trait OfKind {
    /// The kind.
    const KIND: Kind;
}

/// A reference to a record of one kind, by its id.
pub struct Ref<K> {
    /// The id that was written.
    pub id: Id,
    kind: PhantomData<fn() -> K>,
}

impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), kind: PhantomData }
    }
}

impl<K> PartialEq for Ref<K> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<K> fmt::Debug for Ref<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.id, f)
    }
}

impl<K> Serialize for Ref<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(serializer)
    }
}

impl<'de, K> Deserialize<'de> for Ref<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = |id: &str| Ok(Id::new(something(id, "an id")?.trim()));
        read_scalar(deserializer, id).map(|id| Self { id, kind: PhantomData })
    }
}

impl<K: OfKind> Declared for Ref<K> {
    const SHAPE: Shape = Shape::Reference(K::KIND);

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.reference(path, K::KIND, &self.id);
    }
}

/// The address of any record, written as in a link: `kind:id`, `id`, or either with `#section`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Target(pub Text);

impl Declared for Target {
    const SHAPE: Shape = Shape::Target;

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.target(path, &self.0);
    }
}

/// An address: a web address, or a file below `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(pub Text);

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Declared for Address {
    const SHAPE: Shape = Shape::Address;

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.address(path, self);
    }
}

/// A day of the calendar, written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Reads a day that exists, in the form `2026-11-23`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_iso = text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
        if !is_iso {
            return Err(format!("expected a date such as `2026-11-23`, found `{text}`"));
        }
        text.parse::<jiff::civil::Date>()
            .map(Self)
            .map_err(|_| format!("`{text}` is not a day of the calendar"))
    }

    /// The day as the library's type, for reckoning.
    pub fn civil(self) -> jiff::civil::Date {
        self.0
    }

    /// A day from the library's type.
    pub fn from_civil(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, month, day] = [self.0.year(), self.0.month().into(), self.0.day().into()];
        if year < 0 {
            return fmt::Display::fmt(&self.0, f);
        }
        // The library knows many forms, and takes ten times as long for this one; a page says ten days.
        let mut text = *b"0000-00-00";
        let whole = [(3, year), (2, year / 10), (1, year / 100), (0, year / 1000)];
        let rest = [(5, month / 10), (6, month), (8, day / 10), (9, day)];
        for (at, number) in whole.into_iter().chain(rest) {
            text[at] += (number % 10) as u8;
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

impl Declared for Date {
    const SHAPE: Shape = Shape::Date;
}

impl Declared for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl Declared for u32 {
    const SHAPE: Shape = Shape::Count;
}

/// A list with at least one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Many<T>(Vec<T>);

impl<T> Deref for Many<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Many<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::deserialize(deserializer)?;
        if items.is_empty() {
            return Err(D::Error::custom("expected at least one item"));
        }
        Ok(Self(items))
    }
}

impl<T: Declared> Declared for Many<T> {
    const SHAPE: Shape = Shape::Many(&T::SHAPE);

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        self.0.walk(path, visitor);
    }
}

/// A value whose form somebody else knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Anything(pub serde_json::Value);

impl Declared for Anything {
    const SHAPE: Shape = Shape::Anything;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_like_a_text_is_well_formed_whatever_its_length() {
        let like = |text: &str| Id::like(text).map(|id| id.to_string());
        assert_eq!(like("Teres Minor"), Some("teres-minor".to_owned()));
        assert_eq!(like("?"), None);
        for length in Id::LONGEST - 2..Id::LONGEST + 3 {
            let id = Id::like(&format!("{} z", "a".repeat(length))).expect("it has letters");
            assert!(id.is_well_formed(), "{id}");
        }
        assert!(!Id::new("a".repeat(Id::LONGEST + 1)).is_well_formed());
    }
}
