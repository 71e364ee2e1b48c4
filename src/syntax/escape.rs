//! The one place where text becomes HTML.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Appends text with the characters escaped that mean something in HTML text and attributes.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, entity)) = first_entity(rest) {
        out.push_str(&rest[..at]);
        out.push_str(entity);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The first character that has to be escaped: where it stands, and what it becomes.
fn first_entity(text: &str) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let plain = plain(bytes, |byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\''));
    let entity = |byte: &u8| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    };
    let mut rest = bytes[plain..].iter().enumerate();
    rest.find_map(|(at, byte)| Some((plain + at, entity(byte)?)))
}

/// How many bytes are looked at together.
pub(crate) const PLAIN_BLOCK: usize = 32;

/// How many bytes at the beginning are not special, in whole blocks. Most of a text is plain: it is
/// passed over in blocks, which the compiler turns into a few instructions each.
pub(crate) fn plain(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> usize {
    let is_plain =
        |block: &&[u8]| !block.iter().fold(false, |found, byte| found | is_special(*byte));
    bytes.chunks_exact(PLAIN_BLOCK).take_while(is_plain).count() * PLAIN_BLOCK
}

/// Text with the characters escaped that mean something in HTML text and attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// The schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The scheme of an address if it has one, in lower case: `https` of `HTTPS://example.com`.
///
/// White space and control characters are passed over, as browsers do.
pub fn scheme(address: &str) -> Option<String> {
    if !address.contains(':') {
        return None;
    }
    let visible: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = visible.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether an address may be the target of a link: no scheme, or one of a few.
pub fn is_safe_address(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// What an address cannot hold, whether or not it is encoded already.
pub(crate) const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// Appends an address as the value of an attribute: what a URL cannot hold is percent-encoded.
pub fn push_address(out: &mut String, address: &str) {
    for piece in utf8_percent_encode(address, UNSAFE) {
        push_escaped(out, piece);
    }
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

    #[test]
    fn a_scheme_is_seen_through_white_space_and_case() {
        assert_eq!(scheme("java\tscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme(" HTTPS://a"), Some("https".into()));
        assert_eq!(scheme("/a:b"), None);
        assert!(!is_safe_address("JaVaScRiPt:x"));
        assert!(is_safe_address("../muscles/a.yaml#x"));
    }
}
