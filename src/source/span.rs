//! A range of bytes in one file.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of bytes in a file, from `start` up to but not including `end`.
///
/// Spans take no part in equality, order or hash: two records that differ only in where they
/// stand are the same record, so a blank line at the top of a file renders nothing anew.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of a range of bytes.
    pub fn new(range: Range<usize>) -> Self {
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same span, moved down by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + clamp(offset), end: self.end + clamp(offset) }
    }

    /// The range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn clamp(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_take_no_part_in_equality() {
        assert_eq!(("a", Span::new(0..1)), ("a", Span::new(5..9)));
        assert_ne!(("a", Span::new(0..1)), ("b", Span::new(0..1)));
    }
}
