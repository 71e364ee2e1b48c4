//! Addresses as they are written: whether they lead out, may be linked to, and how they are encoded.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::escape::push_escaped;

/// The schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The scheme of an address if it has one, in lower case: `https` of `HTTPS://example.com`.
///
/// White space and control characters are passed over, as browsers do.
pub fn scheme(address: &str) -> Option<String> {
    // None begins with a slash, as most links do.
    if address.starts_with('/') || !address.contains(':') {
        return None;
    }
    let visible: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = visible.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether an address is a whole one of the web.
pub fn is_web(address: &str) -> bool {
    matches!(scheme(address).as_deref(), Some("http" | "https"))
}

/// Whether an address begins like one of the web, but for its scheme: `www.example.com/x`. As a link
/// it would lead to a file beside the page.
pub fn lacks_scheme(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme(host).is_none() && host.contains('.') && !host.starts_with('.')
}

/// A part of an address without its encoding.
pub fn decoded(part: &str) -> Cow<'_, str> {
    // Few have any, and to look for it is a tenth of decoding nothing.
    match part.contains('%') {
        true => percent_decode_str(part).decode_utf8_lossy(),
        false => Cow::Borrowed(part),
    }
}

/// Whether an address leads out of the site.
pub fn is_elsewhere(address: &str) -> bool {
    match address.strip_prefix('/') {
        // No scheme begins with a slash.
        Some(rest) => rest.starts_with('/'),
        None => scheme(address).is_some(),
    }
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

/// A name as part of an address, such as the path of a file on disk, `/media/50 %.png`: what means
/// something else in an address is encoded.
pub fn encoded_name(name: &str) -> String {
    const IN_NAMES: &AsciiSet = &UNSAFE.add(b'%').add(b'?').add(b'#');
    utf8_percent_encode(name, IN_NAMES).to_string()
}

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
    fn a_scheme_is_seen_through_white_space_and_case() {
        assert_eq!(scheme("java\tscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme(" HTTPS://a"), Some("https".into()));
        assert_eq!(scheme("/a:b"), None);
        assert!(!is_safe_address("JaVaScRiPt:x"));
        assert!(is_safe_address("../muscles/a.yaml#x"));
    }
}
