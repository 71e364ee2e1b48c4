//! Turns findings into the forms in which they are shown, one file per form.
//! Knows the bytes of a finding; how they were found is somebody else's business.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod window;

use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, Level};
use crate::source::{LineColumn, Lines, SourcePath, clamp};

pub use concise::concise;
pub use full::{Colour, full, full_within};
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;

/// A diagnostic with its places found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// Where.
    pub main: Located,
    /// The other places that matter, each with what stands there.
    pub related: Vec<(Located, String)>,
}

/// A place with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file.
    pub path: SourcePath,
    /// The text of the file, if it can be shown.
    pub text: Option<Arc<Lines>>,
    /// The bytes. Any range is safe: it is kept inside the text where it is shown.
    pub range: Range<usize>,
}

/// From where to where a finding goes, as editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    start: LineColumn,
    end: LineColumn,
}

impl Located {
    /// The line and column at which it starts.
    pub fn start(&self) -> LineColumn {
        self.position().start
    }

    /// The range, kept inside the text and on the boundaries of its characters.
    fn bytes(&self) -> Range<usize> {
        let text = self.text.as_ref().map_or("", |lines| lines.text());
        let Range { start, end } = clamp(text, self.range.clone());
        // The parser counts the empty lines after a paragraph as its own; nobody looks for a mistake there.
        let seen = text[start..end].trim_end_matches([' ', '\n', '\r']).len();
        start..if seen > 0 { start + seen } else { end }
    }

    /// The lines and columns; the start of the file if its text is not known.
    fn position(&self) -> Position {
        let Some(lines) = &self.text else {
            let start = LineColumn { line: 1, column: 1 };
            return Position { start, end: start };
        };
        let bytes = self.bytes();
        let locate = |byte| {
            let mut place = lines.locate(byte);
            // Editors do not count a mark of byte order.
            if place.line == 1 && byte > 0 && lines.text().starts_with('\u{feff}') {
                place.column -= 1;
            }
            place
        };
        Position { start: locate(bytes.start), end: locate(bytes.end) }
    }
}

/// Puts findings in the order in which they are read, without those that say the same twice.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.retain(|finding| finding.diagnostic.level != Level::Allow);
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    // Two ways may lead to one place, such as an anchor of YAML and its alias.
    findings.dedup_by(|a, b| order(a) == order(b) && a.related == b.related && said(a) == said(b));
}

/// What a finding says beside its message.
fn said(finding: &Finding) -> (Level, &str, &[String], &[String]) {
    let diagnostic = &finding.diagnostic;
    (diagnostic.level, &diagnostic.label, &diagnostic.notes, &diagnostic.help)
}

fn order(finding: &Finding) -> (&SourcePath, usize, &str, usize, &str) {
    let main = &finding.main;
    let diagnostic = &finding.diagnostic;
    (&main.path, main.range.start, &diagnostic.code, main.range.end, &diagnostic.message)
}

/// How many mistakes there are, in one line: `2 errors, 1 warning`.
pub fn summary(findings: &[Finding]) -> String {
    let counted = |level, word: &str| {
        let count = findings.iter().filter(|finding| finding.diagnostic.level == level).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    };
    let parts = [counted(Level::Error, "error"), counted(Level::Warn, "warning")];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    if told.is_empty() { "no mistakes".to_owned() } else { told.join(", ") }
}

/// The word for a level.
fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

/// A line of text that is safe to show: no control characters, nothing that turns its direction.
fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => cleaned.push(' '),
            c => push_visible(&mut cleaned, c),
        }
    }
    cleaned
}

/// Adds a character, or a picture of it if it would do something to a terminal.
fn push_visible(shown: &mut String, c: char) {
    match c {
        '\0'..='\u{1f}' => {
            shown.push(
                char::from_u32(0x2400 + u32::from(c)).expect("0x2400 to 0x241f are characters"),
            );
        }
        '\u{7f}' => shown.push('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => shown.push('\u{fffd}'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => shown.push('\u{fffd}'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => shown.push('\u{fffd}'),
        c => shown.push(c),
    }
}

#[cfg(test)]
mod tests;
