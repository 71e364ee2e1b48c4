//! What the YAML library says of a text that is not YAML, with the bytes that it speaks of.

use serde::de::IgnoredAny;

use super::front_matter::line_ranges;

/// Why a text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong, without the place.
    pub message: String,
    /// The byte at which it is wrong.
    pub at: usize,
    /// The byte of the quote or the bracket that was open there.
    pub opened_at: Option<usize>,
}

impl YamlError {
    /// What the library says, with the byte at which it says it.
    pub fn new(error: &serde_yaml::Error, text: &str) -> Self {
        let full = error.to_string();
        let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
        let opened_at = opened_at(&full, text).or_else(|| opened_before_the_end(&full, text));
        Self { message, at: byte(error, text).unwrap_or(0), opened_at }
    }
}

/// The byte at which the library stopped.
pub(super) fn byte(error: &serde_yaml::Error, text: &str) -> Option<usize> {
    Some(crate::source::floor_char_boundary(text, error.location()?.index()))
}

/// The library ends with what it was at: `…, while scanning a quoted scalar at line 2 column 9`.
fn opened_at(full: &str, text: &str) -> Option<usize> {
    let (_, context) = full.rsplit_once(", while ")?;
    let (what, place) = context.split_once(" at line ")?;
    let opening: &[char] = match what {
        "scanning a quoted scalar" => &['"', '\''],
        "parsing a flow sequence" => &['['],
        "parsing a flow mapping" => &['{'],
        _ => return None,
    };
    let (line, column) = place.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let line = line_ranges(text, 0).nth(line.checked_sub(1)?)?;
    let (at, first) = text[line.clone()].char_indices().nth(column.checked_sub(1)?)?;
    opening.contains(&first).then_some(line.start + at)
}

/// Of a bracket with nothing after it the library says only that something is missing: with something
/// there it says what was opened.
fn opened_before_the_end(full: &str, text: &str) -> Option<usize> {
    if !full.contains("expected node content") || !full.contains("while parsing a flow node") {
        return None;
    }
    let with_something = format!("{text}\n~");
    let error = serde_yaml::from_str::<IgnoredAny>(&with_something).err()?;
    opened_at(&error.to_string(), text)
}
