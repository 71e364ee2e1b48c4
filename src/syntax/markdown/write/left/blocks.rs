//! What is left of headings, tables and bold text.

use super::{Mark, Read, unread};
use crate::source::Span;
use crate::syntax::markdown::document::Oddity;
use crate::syntax::markdown::unread::Meant;

/// Code that no fence closes: all that follows has become code.
pub(in crate::syntax::markdown::write) fn unclosed(code: Span, text: &str) -> Option<Oddity> {
    let lines = text.get(code.range())?.trim_end();
    let opening = lines.split('\n').next()?;
    let sign = opening.chars().next()?;
    let fence = &opening[..opening.len() - opening.trim_start_matches(sign).len()];
    let (_, last) = lines.rsplit_once('\n').unwrap_or_default();
    let after = last.trim_start_matches(['>', ' ', '\t']).strip_prefix(fence);
    let is_closed = after.is_some_and(|after| after.trim_start_matches(sign).trim().is_empty());
    let length = opening.trim_end().len();
    (!is_closed).then(|| unread(text, Meant::Code, code.range().start, length))
}

impl Mark<'_> {
    /// `##Heading`, without a space.
    pub(super) fn hash(self) -> Read {
        if !self.begins_line() || self.is_escaped(self.at) {
            return None;
        }
        let line = self.line().trim_end();
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        let is_heading = match level {
            // One sign alone is mostly a hashtag, or a number.
            1 => words.starts_with(char::is_uppercase) && self.is_title(words),
            2..=6 => words.starts_with(char::is_alphanumeric),
            _ => false,
        };
        is_heading.then(|| self.unread(Meant::Heading, self.at, line.len()))?
    }

    /// Whether some words are a paragraph of their own, and no sentence.
    fn is_title(self, words: &str) -> bool {
        let (before, after) = (&self.text[..self.at], &self.text[self.at + self.line().len()..]);
        let is_alone = (before.trim_start().is_empty() || before.ends_with("\n\n"))
            && (after.trim_end().is_empty() || after.starts_with("\n\n"));
        let is_sentence = words.ends_with(['.', '!', '?', ':', ',']);
        is_alone && words.contains(' ') && !words.contains('#') && !is_sentence
    }

    /// Lines of cells that are no table.
    pub(super) fn bar(self) -> Read {
        if !self.begins_line() || self.is_escaped(self.at) {
            return None;
        }
        let lines = self.text[self.at..].split('\n');
        let rows: Vec<&str> = lines.take_while(|line| is_row(line)).collect();
        let first = rows.first().filter(|_| rows.len() > 1)?;
        let (found, _) = self.unread(Meant::Table, self.at, first.trim_end().len())?;
        Some((found, self.at + rows.iter().map(|row| row.len() + 1).sum::<usize>()))
    }

    /// `**text **`, and what else stands between two stars and is not bold.
    pub(super) fn stars(self) -> Read {
        let rest = self.rest();
        let inside = rest.strip_prefix("**")?;
        let before = &self.text[self.piece.start..self.at];
        if inside.starts_with('*') || before.ends_with('*') {
            return None;
        }
        let length = inside.find(['\n', '*'])?;
        let (inside, after) = inside.split_at(length);
        let after = after.strip_prefix("**")?;
        let next = self.at + 2 + length;
        let first = |c: char| c.is_alphanumeric() || c.is_whitespace() || "\"'“‘„«»([".contains(c);
        let is_spaced = inside.starts_with(' ') && inside.ends_with(' ');
        let is_meant = !self.is_escaped(self.at)
            && !before.ends_with(char::is_alphanumeric)
            && !after.starts_with('*')
            && !inside.trim().is_empty()
            && inside.starts_with(first)
            && !is_spaced;
        match is_meant {
            true => self.unread(Meant::Strong, self.at, length + 4),
            // What closes nothing may open.
            false => Some((None, next)),
        }
    }
}

fn is_row(line: &str) -> bool {
    let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    row.len() > 1 && row.starts_with('|') && row.ends_with('|') && !row.ends_with("\\|")
}
