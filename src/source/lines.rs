//! Where lines begin: from a byte to the line and column that an editor shows.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr2_iter;

/// A place as editors count it, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A text with the starts of its lines. `\n`, `\r\n` and a lone `\r` each end a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line =
                *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1).copied() != Some(b'\n'));
            if ends_line {
                starts.push(at + 1);
            }
        }
        Self { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte; past the end is the end.
    pub fn locate(&self, byte: usize) -> LineColumn {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        LineColumn { line, column: self.text[start..byte].chars().count() + 1 }
    }

    /// The bytes of a line (from 1), with the end of the line; nothing past the last line.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.len());
        start(line.saturating_sub(1))..start(line)
    }
}

/// The lines of a text from `start`, each with its end of line.
pub(crate) fn line_ranges(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let (bytes, mut at) = (text.as_bytes(), start);
    std::iter::from_fn(move || {
        let begin = at;
        let rest = bytes.get(begin..).filter(|rest| !rest.is_empty())?;
        let mut ends = memchr2_iter(b'\n', b'\r', rest);
        let end = ends.find(|end| rest[*end] == b'\n' || rest.get(end + 1) != Some(&b'\n'));
        at = end.map_or(bytes.len(), |end| begin + end + 1);
        Some(begin..at)
    })
}

/// The range, kept inside the text and on the boundaries of its characters.
pub(crate) fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts_once() {
        let lines = Lines::new("aé\r\nb\rc\n");
        assert_eq!(lines.locate(3), LineColumn { line: 1, column: 3 });
        assert_eq!(lines.locate(5), LineColumn { line: 2, column: 1 });
        assert_eq!(lines.locate(7), LineColumn { line: 3, column: 1 });
        assert_eq!(lines.locate(99), LineColumn { line: 4, column: 1 });
    }
}
