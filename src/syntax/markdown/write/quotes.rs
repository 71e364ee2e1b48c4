//! Quotation marks: which of them their author wrote straight, for another language to set.

use std::ops::Range;

use super::Writer;
use crate::syntax::markdown::quotes::Quote;

impl Writer<'_> {
    /// Whether a quotation mark is the sign of inches, as in `a 6" ball`. The parser takes it for the start
    /// of a quotation where it ends none, though none starts behind a digit.
    pub(super) fn is_inches(&self, text: &str, range: &Range<usize>) -> bool {
        text == "“"
            && self.hidden.get(range.clone()) == Some("\"")
            && self.hidden[..range.start].ends_with(|c: char| c.is_ascii_digit())
    }

    /// What a quotation mark does that its author wrote straight. The parser has made a curly English
    /// one of it, which an author may also have written so, or as an entity, and meant.
    pub(super) fn straight_quote(&mut self, text: &str, range: &Range<usize>) -> Option<Quote> {
        match (text, self.hidden.get(range.clone())?) {
            ("“", "\"") => Some(Quote::Open),
            ("”", "\"") => Some(Quote::Close),
            ("‘", "'") => {
                self.is_quote_within_open = true;
                Some(Quote::OpenWithin)
            }
            // Any other one is an apostrophe, which is the same in all languages.
            ("’", "'") if self.is_quote_within_open && !self.goes_on_at(range.end) => {
                self.is_quote_within_open = false;
                Some(Quote::CloseWithin)
            }
            _ => None,
        }
    }

    /// Whether a word goes on there.
    fn goes_on_at(&self, at: usize) -> bool {
        self.hidden.get(at..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    }
}
