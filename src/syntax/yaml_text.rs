//! The lines of a text that is not YAML, looked at without reading it.

use super::yaml_error::open_bracket;

/// One line, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'text> {
    /// The byte at which it begins.
    pub(super) start: usize,
    /// What stands in it.
    pub(super) text: &'text str,
}

impl<'text> Line<'text> {
    /// The line of a byte.
    pub(super) fn at(text: &'text str, byte: usize) -> Self {
        let start = text[..byte].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
        Self { start, text: line }
    }

    /// How many spaces it begins with.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The column of its key, behind the hyphens of lists.
    pub(super) fn key_column(&self) -> usize {
        self.text.trim_ascii_end().len() - content(self.text).len()
    }

    /// Whether it is a key whose value stands below.
    pub(super) fn ends_with_colon(&self) -> bool {
        content(self.text).ends_with(':')
    }
}

/// The nearest line above the one that begins at a byte, without blank lines and comments.
pub(super) fn line_above(text: &str, start: usize) -> Option<Line<'_>> {
    let mut start = start;
    while start > 0 {
        let end = if text[..start].ends_with("\r\n") { start - 2 } else { start - 1 };
        let line = Line::at(text, end);
        let written = line.text.trim();
        if !written.is_empty() && !written.starts_with('#') {
            return Some(line);
        }
        start = line.start;
    }
    None
}

/// What stands in a line, behind its indentation and the hyphens of lists.
pub(super) fn content(line: &str) -> &str {
    let mut rest = line.trim_ascii();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_ascii_start();
    }
    rest
}

/// Whether a line begins with a key, as YAML sees it.
pub(super) fn is_key(line: &str) -> bool {
    let written = content(line);
    written.contains(": ") || written.ends_with(':')
}

/// The key of a line whose text stands on the lines below it, after `|` or `>`.
pub(super) fn block_key(line: &str) -> Option<&str> {
    let written = content(line);
    let written = written.split(" #").next().unwrap_or(written).trim_end();
    let key = written.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
    let key = key.strip_suffix(['|', '>'])?;
    if key.is_empty() { Some("-") } else { key.trim_end().strip_suffix(':') }
}

/// The text from a byte to the end of its line or its item, in backticks and in quotes that hold it.
pub(super) fn in_quotes(text: &str, at: usize) -> String {
    let rest = text[at..].split(['\n', '\r']).next().unwrap_or_default();
    let rest = rest.split(" #").next().unwrap_or_default();
    let is_item = open_bracket(text, at).is_some();
    let end = rest.find([',', ']', '}']).filter(|_| is_item).unwrap_or(rest.len());
    let written = without_quotes(rest[..end].trim_end());
    let quote = if written.contains(['"', '\\']) { '\'' } else { '"' };
    let shown = beginning(written);
    let shown = if quote == '\'' { shown.replace('\'', "''") } else { shown };
    format!("`{quote}{shown}{quote}`")
}

/// A text without the quotes that its author put around it.
fn without_quotes(written: &str) -> &str {
    let Some(quote) = written.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
        return written;
    };
    let inner = &written[1..];
    // In `"Why" your` a word stands in quotes; in `'Don't` and `"say "no" now"` the quotes are around all.
    let after = inner.find(quote).and_then(|close| inner[close + 1..].chars().next());
    match after {
        Some(next) if next.is_alphanumeric() => inner.strip_suffix(quote).unwrap_or(inner),
        _ => written,
    }
}

/// As much of a text as a message shows.
pub(super) fn beginning(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
