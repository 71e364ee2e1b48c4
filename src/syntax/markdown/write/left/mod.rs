//! Marks that the parser leaves in the text, because nothing makes them what their author meant.
//!
//! They are looked for in what is written and not in the HTML: there alone stand the backslashes before signs
//! that are meant.

mod blocks;
mod brackets;
mod foreign;

use std::ops::Range;

use memchr::{memchr2, memchr3};

use crate::source::Span;
use crate::syntax::markdown::document::Oddity;
use crate::syntax::markdown::unread::{Meant, Unread};
use crate::syntax::text::is_within;

pub(super) use blocks::unclosed;

/// The plain text of a document: the bytes of its source that readers see as they are written.
#[derive(Default)]
pub(super) struct Plain {
    pieces: Vec<Range<usize>>,
    /// Which of them may hold a mark.
    suspects: Vec<usize>,
}

impl Plain {
    pub(super) fn with_room(pieces: usize) -> Self {
        Self { pieces: Vec::with_capacity(pieces), suspects: Vec::new() }
    }

    /// Text goes on, or begins after something that is no text, such as a backslash.
    pub(super) fn push(&mut self, range: &Range<usize>) {
        match self.pieces.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(range.clone()),
        }
    }

    /// The text that was pushed last may hold a mark.
    pub(super) fn suspect(&mut self) {
        let last = self.pieces.len().saturating_sub(1);
        if self.suspects.last() != Some(&last) {
            self.suspects.push(last);
        }
    }
}

/// Whether a text may hold a sign of a mark, or one that means something in HTML. Most texts hold none, which
/// is found out for many bytes at once: these signs lie close together.
pub(super) fn may_hold_sign(text: &str) -> bool {
    let may_be_sign = |byte: u8| {
        is_within(byte, b'!', b'*')
            | is_within(byte, b'<', b'@')
            | is_within(byte | 0x20, b'{', b'}')
    };
    text.bytes().fold(false, |any, byte| any | may_be_sign(byte))
}

/// All marks in the plain text of `text`, but for those in lines that are known to be misplaced.
pub(super) fn left(plain: &Plain, text: &str, known: &[Oddity]) -> Vec<Oddity> {
    let lines = known.iter().filter_map(misplaced);
    let lines: Vec<Span> = lines.collect();
    let mut found = marks(plain, text);
    found.retain(|oddity| {
        let span = match oddity {
            Oddity::Unread(unread) => Some(unread.span),
            other => misplaced(other),
        };
        let is_within =
            |line: &Span| span.is_some_and(|span| line.start <= span.start && span.end <= line.end);
        !lines.iter().any(is_within)
    });
    found
}

fn misplaced(oddity: &Oddity) -> Option<Span> {
    match oddity {
        Oddity::MisplacedDirective(span) => Some(*span),
        _ => None,
    }
}

fn marks(plain: &Plain, text: &str) -> Vec<Oddity> {
    let mut found = Vec::new();
    let mut after = 0;
    for piece in plain.suspects.iter().map(|number| &plain.pieces[*number]) {
        let Some(first) = first_sign(&text.as_bytes()[piece.clone()]) else { continue };
        for at in piece.start + first..piece.end {
            if at >= after
                && let Some((oddity, end)) = (Mark { text, piece, at }).read()
            {
                found.extend(oddity);
                after = end;
            }
        }
    }
    found
}

/// Where the first sign stands in a piece that may belong to a mark.
fn first_sign(piece: &[u8]) -> Option<usize> {
    let signs = [
        memchr3(b'[', b']', b'{', piece),
        memchr3(b'@', b'*', b'|', piece),
        memchr2(b'#', b'!', piece),
    ];
    signs.into_iter().flatten().min()
}

/// A byte in a piece of plain text, and what it may begin.
#[derive(Clone, Copy)]
struct Mark<'a> {
    text: &'a str,
    piece: &'a Range<usize>,
    at: usize,
}

/// What a sign turned out to be, and where to go on after it.
type Read = Option<(Option<Oddity>, usize)>;

impl<'a> Mark<'a> {
    fn read(self) -> Read {
        match self.text.as_bytes()[self.at] {
            b'[' => self.opening_bracket(),
            b']' => self.closing_bracket(),
            b'{' => self.brace(),
            b'@' => self.citation(),
            b'*' => self.stars(),
            b'|' => self.bar(),
            b'#' => self.hash(),
            b'!' => self.exclamation(),
            _ => None,
        }
    }

    /// The rest of the piece, from the sign on.
    fn rest(self) -> &'a str {
        within_reach(&self.text[self.at..self.piece.end])
    }

    /// The rest of the line as it is written, from the sign on.
    fn line(self) -> &'a str {
        let rest = within_reach(&self.text[self.at..]);
        rest.split('\n').next().unwrap_or(rest)
    }

    /// Whether the sign at a byte has a backslash before it: a piece begins behind one.
    fn is_escaped(self, at: usize) -> bool {
        at == self.piece.start && self.text[..at].ends_with('\\')
    }

    /// Whether only the signs of quotes stand before it on its line.
    fn begins_line(self) -> bool {
        let is_first = self.at == self.piece.start || self.text[..self.at].ends_with('\n');
        let before = &self.text.as_bytes()[self.at.saturating_sub(REACH)..self.at];
        let mut before = before.iter().rev().take_while(|byte| **byte != b'\n');
        is_first && before.all(|byte| b"> \t".contains(byte))
    }

    /// A mark from `start` on, of some length.
    fn unread(self, meant: Meant, start: usize, length: usize) -> Read {
        Some((Some(unread(self.text, meant, start, length)), start + length))
    }
}

fn unread(text: &str, meant: Meant, start: usize, length: usize) -> Oddity {
    let written = &text[start..start + length];
    let first = written.split('\n').next().unwrap_or(written).trim_end();
    let shown: String = first.chars().take(SHOWN).collect();
    let is_whole = shown.len() == written.len();
    let written = if is_whole { shown } else { format!("{}…", shown.trim_end()) };
    Oddity::Unread(Unread { meant, written, span: Span::new(start..start + length) })
}

/// How many bytes around a sign are looked at: what is looked for at each sign may not take longer, the
/// longer a text is.
const REACH: usize = 1000;

fn within_reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// How many characters of a mark a message repeats.
const SHOWN: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_mark_or_of_html_is_passed_over() {
        for sign in "[]{@*|#!<>&\"'".chars() {
            assert!(may_hold_sign(&format!("{}{sign}", "Words, 2 – ".repeat(9))), "{sign}");
        }
        assert!(!may_hold_sign("It’s 20 – or ‘more’; “see” A.-Z, a/b: c."));
    }
}
