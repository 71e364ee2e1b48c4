//! The one place where text becomes HTML.

use std::io;

/// Appends text with the characters escaped that mean something in HTML text and attributes.
pub fn push_escaped(out: &mut String, text: &str) {
    with_escapes(text, is_special, entity, |piece| out.push_str(piece));
}

/// The same for a page that the engine of templates draws: its own way goes byte by byte, which took
/// 1 % of a build.
pub(crate) fn write_escaped(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut written = Ok(());
    with_escapes(text, is_special, entity, |piece| {
        if written.is_ok() {
            written = out.write_all(piece.as_bytes());
        }
    });
    written
}

/// Whether a byte is a character that means something in HTML, and in XML.
pub(crate) fn is_special(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'')
}

/// The entity of the character at the beginning, if it is one of those, and how many bytes it stands for.
pub(crate) fn entity(bytes: &[u8]) -> Option<(usize, &'static str)> {
    Some(match bytes {
        [b'<', ..] => (1, "&lt;"),
        [b'>', ..] => (1, "&gt;"),
        [b'&', ..] => (1, "&amp;"),
        [b'"', ..] => (1, "&quot;"),
        [b'\'', ..] => (1, "&#39;"),
        _ => return None,
    })
}

/// Hands on a text piece by piece, with an escape for each character that needs one.
///
/// `may_need_escape` says whether a byte is the first of such a character, or may be. Most of a text
/// is not: it is passed over in blocks, which the compiler turns into a few instructions each, if
/// there are no branches in it. `escape_of` is asked for the rest: the escape of the character at the
/// beginning of some bytes, and how many of them it stands for.
#[inline]
pub(crate) fn with_escapes(
    text: &str,
    may_need_escape: impl Fn(u8) -> bool,
    escape_of: impl Fn(&[u8]) -> Option<(usize, &'static str)>,
    mut push: impl FnMut(&str),
) {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    let mut rest = 0;
    for (number, block) in bytes.chunks(BLOCK).enumerate() {
        if !block.iter().fold(false, |found, byte| found | may_need_escape(*byte)) {
            continue;
        }
        let start = number * BLOCK;
        for at in start..start + block.len() {
            if let Some((length, escape)) = escape_of(&bytes[at..]) {
                push(&text[rest..at]);
                push(escape);
                rest = at + length;
            }
        }
    }
    push(&text[rest..]);
}

/// Text with the characters escaped that mean something in HTML text and attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_in_blocks_is_what_needs_no_escape() {
        for character in (0..128).map(char::from) {
            let short = escaped(&character.to_string());
            assert_eq!(escaped(&character.to_string().repeat(100)), short.repeat(100));
        }
    }
}
