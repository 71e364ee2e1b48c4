//! What other programs would read: their templates, attributes and boxes; and directives within a line.

use super::{Mark, Read};
use crate::source::Span;
use crate::syntax::markdown::document::Oddity;
use crate::syntax::markdown::unread::Meant;

/// The words with which Material for MkDocs begins its boxes.
const BOXES: [&str; 16] = [
    "note",
    "tip",
    "info",
    "warning",
    "danger",
    "important",
    "caution",
    "attention",
    "hint",
    "abstract",
    "success",
    "question",
    "failure",
    "bug",
    "example",
    "quote",
];

impl Mark<'_> {
    pub(super) fn brace(self) -> Read {
        if self.is_escaped(self.at) {
            return None;
        }
        let line = self.line();
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            if let Some(inside) = line.strip_prefix(open) {
                let length = inside.find(close).filter(|length| *length > 0)?;
                return self.unread(Meant::Template, self.at, length + 4);
            }
        }
        self.directive().or_else(|| self.attributes())
    }

    /// `:name{` and `::name{`.
    fn directive(self) -> Read {
        let before = &self.text[self.piece.start..self.at];
        let colons = before.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '-');
        let bare = colons.trim_end_matches(':');
        let (name, count) = (before.len() - colons.len(), colons.len() - bare.len());
        if name == 0 || count == 0 {
            return None;
        }
        let start = self.piece.start + bare.len();
        if self.is_escaped(start) {
            return Some((None, self.at + 1));
        }
        if count > 1 {
            let span = Span::new(start.max(self.at - name - 2)..self.at + 1);
            return Some((Some(Oddity::MisplacedDirective(span)), self.at + 1));
        }
        let length = self.line().find('}').map_or(1, |length| length + 1);
        self.unread(Meant::Directive, start, self.at - start + length)
    }

    /// `{.class}`, `{#id}`, `{width=300}`, and the same after a colon.
    fn attributes(self) -> Read {
        let length = self.line().find('}')?;
        let inside = self.line()[1..length].trim_start_matches(':').trim();
        let name = inside.trim_start_matches(['.', '#']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let after = &name[end.unwrap_or(name.len())..];
        let is_meant = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && match inside.len() - name.len() {
                0 => after.starts_with('=') && after.len() > 1,
                1 => after.is_empty() || after.starts_with(' '),
                _ => false,
            };
        is_meant.then(|| self.unread(Meant::Attributes, self.at, length + 1))?
    }

    /// `!!! note`.
    pub(super) fn exclamation(self) -> Read {
        let after = self.rest().strip_prefix("!!! ").filter(|_| self.begins_line())?;
        let word = after.split(char::is_whitespace).next().unwrap_or_default();
        let rest = self.line()[4 + word.len()..].trim();
        let is_meant = BOXES.contains(&word)
            && (rest.is_empty() || rest.starts_with('"'))
            && !self.is_escaped(self.at);
        is_meant.then(|| self.unread(Meant::Admonition, self.at, self.line().trim_end().len()))?
    }
}
