//! The corners of a region as a theme writes them: a list of pairs, or a text, as a polygon of SVG has them.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// Reads the corners, written in either way. A text takes less time: to TOML it is one value.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<[f64; 2]>, D::Error> {
    deserializer.deserialize_any(Corners)
}

struct Corners;

impl<'de> Visitor<'de> for Corners {
    type Value = Vec<[f64; 2]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("corners, such as `[[120, 8.5], [97, 22]]` or `\"120,8.5 97,22\"`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let numbers = text.split([' ', ',', '\n', '\r', '\t']).filter(|one| !one.is_empty());
        let number =
            |one: &str| one.parse().map_err(|_| E::custom(format!("`{one}` is no number")));
        let numbers: Vec<f64> = numbers.map(number).collect::<Result<_, _>>()?;
        match numbers.as_chunks() {
            (corners, []) => Ok(corners.to_vec()),
            _ => Err(E::custom(format!(
                "expected two numbers for each corner, found {} in all",
                numbers.len()
            ))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list))
    }
}
