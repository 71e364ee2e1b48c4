//! Quotation marks that authors write straight: each language has its own.

use serde::{Deserialize, Serialize};

/// A quotation mark that its author wrote straight, by what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quote {
    /// It begins a quote.
    Open,
    /// It ends one.
    Close,
    /// It begins a quote within a quote: a single one.
    OpenWithin,
    /// It ends one of these.
    CloseWithin,
}

impl Quote {
    /// The mark that the parser makes of it, which holds its place.
    pub fn parsed(self) -> char {
        match self {
            Self::Open => '“',
            Self::Close => '”',
            Self::OpenWithin => '‘',
            Self::CloseWithin => '’',
        }
    }

    /// The mark as its author wrote it.
    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Open | Self::Close => "\"",
            Self::OpenWithin | Self::CloseWithin => "'",
        }
    }
}

/// The quotation marks of a language: one that is not known is shown as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Quotes {
    /// What begins a quote.
    pub open: Option<String>,
    /// What ends one.
    pub close: Option<String>,
    /// What begins a quote within a quote.
    pub open_within: Option<String>,
    /// What ends one of these.
    pub close_within: Option<String>,
}

impl Quotes {
    /// What stands for a mark in this language.
    pub fn of(&self, quote: Quote) -> &str {
        let mark = match quote {
            Quote::Open => &self.open,
            Quote::Close => &self.close,
            Quote::OpenWithin => &self.open_within,
            Quote::CloseWithin => &self.close_within,
        };
        mark.as_deref().unwrap_or(quote.written())
    }

    /// A text in which marks stand at some bytes, with those of this language.
    pub fn set_in(&self, text: &str, marks: &[(u32, Quote)]) -> String {
        let mut set = String::with_capacity(text.len());
        let mut at = 0;
        for (start, quote) in marks {
            let start = *start as usize;
            let Some(before) = text.get(at..start) else { continue };
            if text[start..].starts_with(quote.parsed()) {
                set.push_str(before);
                set.push_str(self.of(*quote));
                at = start + quote.parsed().len_utf8();
            }
        }
        set.push_str(&text[at..]);
        set
    }
}
