//! Reads a text out of a file or a memo, without a copy of it in between.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

use super::text::unprintable;
use super::yaml::is_nothing;

/// Makes something of a text, or says what is wrong with it. A site has a hundred thousand ids: each would be
/// a text of its own first.
pub(crate) fn read_scalar<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    make: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    deserializer.deserialize_string(Made(make))
}

/// The text, if it says something that can be printed.
pub(crate) fn something<'a>(text: &'a str, expected: &str) -> Result<&'a str, String> {
    if is_nothing(text) {
        return Err(format!("expected {expected}, found nothing"));
    }
    unprintable(text).map_or(Ok(text), Err)
}

struct Made<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Made<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}
