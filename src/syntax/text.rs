//! From bytes to text: marks of order, line ends and broken bytes.

use std::borrow::Cow;

use memchr::memchr;

use crate::source::Span;

/// What is wrong with the bytes of a file that should be text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotText {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// The cure.
    pub help: &'static str,
}

/// The text of a file. Positions in it are positions in the file, byte for byte.
///
/// A mark of byte order at the start becomes spaces, so that it is neither seen nor counted away.
///
/// # Errors
/// Says what is wrong where the bytes are not UTF-8, or hold NUL.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    const UTF8: &str = "save the file as UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(NotText {
            message: "the file is in UTF-16".into(),
            span: Span::new(0..2),
            help: UTF8,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = start + error.error_len().unwrap_or(1);
        NotText {
            message: format!("the byte 0x{:02x} is not UTF-8", bytes[start]),
            span: Span::new(start..end),
            help: UTF8,
        }
    })?;
    if let Some(at) = memchr(0, bytes) {
        return Err(NotText {
            message: "the file holds a NUL byte".into(),
            span: Span::new(at..at + 1),
            help: "remove it",
        });
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("   {rest}")),
        None => Cow::Borrowed(text),
    })
}

/// How many bytes of a text are a mark of byte order: spaces in its place would indent YAML.
pub fn mark_length(bytes: &[u8]) -> usize {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

/// Replaces lone `\r` by `\n`, keeping every position, for parsers that do not know it.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let is_lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if !(0..bytes.len()).any(is_lone) {
        return Cow::Borrowed(text);
    }
    let mut at = 0;
    let mended = text.chars().map(|c| {
        let mended = if c == '\r' && is_lone(at) { '\n' } else { c };
        at += c.len_utf8();
        mended
    });
    Cow::Owned(mended.collect())
}

/// What is wrong with a text that holds a character of terminals, which no page or feed can show.
pub fn unprintable(text: &str) -> Option<String> {
    // The first byte of such a character, or of a few others: hardly any text holds one, which is found out
    // for many bytes at once.
    let may_begin = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0x7f) | (byte == 0xc2);
    if !text.bytes().fold(false, |any, byte| any | may_begin(byte)) {
        return None;
    }
    let control = text.chars().find(|c| c.is_control() && !c.is_whitespace())?;
    Some(format!("the text holds the control character U+{:04X}", u32::from(control)))
}

/// Whether a byte lies between two of ASCII, or is one of them. The last one becomes the largest number that a
/// byte with a sign can hold: for many bytes at once that is half as many instructions as to look at both.
#[inline]
pub(crate) fn is_within(byte: u8, first: u8, last: u8) -> bool {
    let by = i8::MAX as u8 - last;
    byte.wrapping_add(by) as i8 >= (first + by) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_within_the_bounds_that_hold_it() {
        for (first, last) in [(b'a', b'z'), (b'\t', b'\r'), (0, 0x7f), (b'@', b'@')] {
            for byte in 0..=255 {
                assert_eq!(is_within(byte, first, last), (first..=last).contains(&byte), "{byte}");
            }
        }
    }
}
