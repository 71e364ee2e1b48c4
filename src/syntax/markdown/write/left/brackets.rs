//! What is left of links, footnotes, notes and citations.

use super::{Mark, REACH, Read};
use crate::source::Span;
use crate::syntax::markdown::document::Oddity;
use crate::syntax::markdown::unread::Meant;

impl Mark<'_> {
    /// `[^label]` that is nowhere defined, `[[` that nothing closes or that has no target, and what
    /// else begins with a bracket.
    pub(super) fn opening_bracket(self) -> Read {
        let (at, rest) = (self.at, self.rest());
        if rest.starts_with("[[") {
            let end = at + 2;
            return (!self.is_escaped(at)).then(|| (self.double(), end));
        }
        if self.is_escaped(at) {
            return None;
        }
        if let Some(after) = rest.strip_prefix("[^") {
            let (label, _) = after.split_once(']')?;
            let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
            let span = Span::new(at..at + 3 + label.len());
            return is_label
                .then(|| (Some(Oddity::UndefinedFootnote(label.to_owned(), span)), at + 2));
        }
        if let Some(after) = rest.strip_prefix("[!") {
            let (word, _) = after.split_once(']')?;
            let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
            let line = self.line().trim_end();
            return (is_word && self.is_quoted())
                .then(|| self.unread(Meant::Note, at, line.len()))?;
        }
        if matches!(self.line().trim_end(), "[TOC]" | "[toc]") && self.begins_line() {
            return self.unread(Meant::Contents, at, self.line().trim_end().len());
        }
        self.turned()
    }

    /// Whether it is the first of a line of a quote.
    fn is_quoted(self) -> bool {
        let before = self.text[..self.at].trim_end_matches([' ', '\t']);
        self.at == self.piece.start && before.ends_with('>')
    }

    fn double(self) -> Option<Oddity> {
        let after = &self.rest()[2..];
        let end = after.find(['[', ']', '\n']).unwrap_or(after.len());
        let span = |length: usize| Span::new(self.at..self.at + length);
        if after[end..].starts_with("]]") {
            return Some(Oddity::EmptyLink(span(2 + end + 2)));
        }
        Some(Oddity::UnclosedLink(span(2 + after[..end].trim_end().len())))
    }

    /// `(text)[address]`.
    fn turned(self) -> Read {
        let is_behind = self.at > self.piece.start && self.text[..self.at].ends_with(')');
        let (address, _) = self.line()[1..].split_once(']').filter(|_| is_behind)?;
        let start = opening(self.text, self.at - 1, b'(', b')')?;
        let is_meant = is_address(address) && !self.text[..start].ends_with('\\');
        let length = self.at - start + address.len() + 2;
        is_meant.then(|| self.unread(Meant::LinkTurned, start, length))?
    }

    /// `](an address)` and `] (address)`.
    pub(super) fn closing_bracket(self) -> Read {
        let (rest, line) = (self.rest(), self.line());
        let is_apart = rest.starts_with("] (");
        if !is_apart && !rest.starts_with("](") || self.is_escaped(self.at) {
            return None;
        }
        let mut start = opening(self.text, self.at, b'[', b']')?;
        let before = &self.text[..start];
        // The brackets of `[[a]](b)` are whole by themselves.
        if before.ends_with(['\\', '[']) {
            return None;
        }
        let from = if is_apart { 3 } else { 2 };
        let length = closing(&line[from..]);
        let address = line[from..from + length.unwrap_or(line.len() - from)].trim();
        if before.ends_with('!') && !before.ends_with("\\!") {
            start -= 1;
        }
        let is_meant = match length {
            // `[sic] (see below)` is prose, and so is what nothing closes.
            None => is_address(address),
            Some(_) if is_apart => is_address(address) && !address.contains(' '),
            Some(_) => !address.contains('`'),
        };
        let meant = if is_apart { Meant::LinkApart } else { Meant::Link };
        let end = self.at + from + length.map_or(line.len() - from, |length| length + 1);
        is_meant.then(|| self.unread(meant, start, end - start))?
    }

    /// `@id` outside of brackets of its own.
    pub(super) fn citation(self) -> Read {
        let before = &self.text[self.piece.start..self.at];
        let is_first = before.is_empty() || before.ends_with([' ', '\n', '[', '(', '-', ';']);
        let id = &self.rest()[1..];
        let is_in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let id = &id[..id.find(|c| !is_in_id(c)).unwrap_or(id.len())].trim_end_matches('-');
        let is_meant = is_first && !id.is_empty() && !self.is_escaped(self.at);
        let (found, end) =
            is_meant.then(|| self.unread(Meant::Citation, self.at, 1 + id.len()))??;
        // Several works in the same brackets are one mistake.
        let mut before = before.bytes().rev().take(REACH);
        let is_open = before.find(|byte| b"[]".contains(byte)) == Some(b'[');
        let close = self.line().find(']').filter(|_| is_open);
        Some((found, close.map_or(end, |length| self.at + length)))
    }
}

/// Where the bracket stands that the one at `close` closes, in the same paragraph.
fn opening(text: &str, close: usize, open_sign: u8, close_sign: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    for at in (close.saturating_sub(REACH)..=close).rev() {
        match bytes[at] {
            sign if sign == close_sign => depth += 1,
            sign if sign == open_sign => depth -= 1,
            b'\n' if bytes[..at].ends_with(b"\n") => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// How long a line goes on before the parenthesis that closes what began before it.
fn closing(line: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, sign) in line.bytes().enumerate() {
        match sign {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether something can only be meant as an address.
fn is_address(written: &str) -> bool {
    let begins = |start: &&str| {
        let rest = written.strip_prefix(*start);
        rest.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '+')
        })
    };
    ["/", "./", "../", "#", "https:", "http:", "mailto:", "tel:", "www."].iter().any(begins)
}
