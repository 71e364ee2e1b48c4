//! HTML without the space that templates leave between their lines.

use std::io::{self, Write};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};

/// Tags in which white space is text: how they open, and how they close.
const KEPT: [(&[u8], &[u8]); 2] = [(b"<pre", b"</pre>"), (b"<textarea", b"</textarea>")];

/// How much of a page is looked at in one step, in bytes.
const BLOCK: usize = 64;

/// The same with the bytes behind it that say what its last ones are.
const SEEN: usize = BLOCK + 2;

/// How long a piece is that may have lines of its own, in bytes. Shorter ones are of a template, or a few words.
const LONG: usize = 128;

/// A page that is squeezed while it is drawn, piece by piece.
///
/// Templates of the built-in theme have no idle space of their own when they are drawn ([`without_idle_space`]):
/// nearly all that a page has is where two pieces meet. Pages of others are squeezed at the end.
pub(super) struct Squeezed {
    html: Vec<u8>,
    /// Whether a piece has idle space within it, unless that stands in a tag in which it is kept.
    is_idle_within: bool,
}

impl Squeezed {
    /// An empty page with room for so many bytes, and whether its templates have no idle space of their own.
    pub(super) fn new(room: usize, are_tidy: bool) -> Self {
        Self { html: Vec::with_capacity(room), is_idle_within: !are_tidy }
    }

    /// The page, squeezed.
    pub(super) fn into_page(mut self) -> Vec<u8> {
        if self.is_idle_within {
            squeeze(&mut self.html);
        } else if self.html.starts_with(b"\n") {
            self.html.remove(0);
        }
        self.html
    }

    /// What stands in a page, to be squeezed with that: space before it keeps it apart from other words.
    pub(super) fn into_part(self) -> Vec<u8> {
        self.html
    }

    /// Adds a piece that begins with space, where such may stand already.
    fn meet(&mut self, piece: &[u8]) {
        let end = self.html.trim_ascii_end().len();
        let rest = piece.trim_ascii_start();
        let space = [&self.html[end..], &piece[..piece.len() - rest.len()]];
        if space.iter().any(|space| space.contains(&b'\n')) {
            self.html.truncate(end);
            self.html.push(b'\n');
            self.html.extend_from_slice(rest);
        } else {
            self.html.extend_from_slice(piece);
        }
    }
}

impl Write for Squeezed {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece).map(|()| piece.len())
    }

    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        if piece.len() > LONG && !self.is_idle_within {
            self.is_idle_within = memchr_iter(b'\n', piece).any(|at| is_idle_break(piece, at));
        }
        match piece.first() {
            Some(first) if first.is_ascii_whitespace() && !self.is_idle_within => self.meet(piece),
            _ => self.html.extend_from_slice(piece),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes indentation and empty lines out of a page. The breaks themselves stay, so that no two words
/// meet, and what stands in `pre` and `textarea` stays as it is.
///
/// Readers on a phone would pay for the space: about 200 bytes of an article after it is packed.
fn squeeze(html: &mut Vec<u8>) {
    // What stays moves up to what is squeezed already; what is between two idle spaces, at once.
    let mut squeezed = 0;
    let mut start = if html.starts_with(b"\n") { end_of_space(html, 0) } else { 0 };
    let mut at = start;
    while let Some(next) = next_notable(html, at) {
        if let Some(close) = close_of(&html[next..]) {
            let end = memmem::find(&html[next..], close).map(|end| next + end + close.len());
            at = end.unwrap_or(html.len());
            continue;
        }
        html.copy_within(start..next, squeezed);
        squeezed = html[..squeezed + next - start].trim_ascii_end().len();
        at = end_of_space(html, next);
        start = at;
        if squeezed > 0 {
            html[squeezed] = b'\n';
            squeezed += 1;
        }
    }
    let length = squeezed + html.len() - start;
    html.copy_within(start.., squeezed);
    html.truncate(length);
}

/// The end of the white space that begins at a byte.
fn end_of_space(html: &[u8], start: usize) -> usize {
    html.len() - html[start..].trim_ascii_start().len()
}

/// What closes the tag at the beginning, if white space in it is text.
fn close_of(html: &[u8]) -> Option<&'static [u8]> {
    KEPT.iter().find(|(open, _)| html.starts_with(open)).map(|(_, close)| *close)
}

/// Where the next line ends with idle space beside its end, or the next tag opens in which it is kept.
fn next_notable(html: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while let Some(block) = html.get(at..).and_then(|rest| rest.first_chunk()) {
        // Of two spaces, the last of one block may be the first, and the break the second.
        let end = at + BLOCK + 1;
        let found = match suspects(block) {
            (false, false) => None,
            (true, false) => next_idle_break(html, at..end),
            (_, true) => (at..end).find(|at| is_idle_break(html, *at) || is_kept(html, *at)),
        };
        if found.is_some() {
            return found;
        }
        at += BLOCK;
    }
    (at..html.len()).find(|at| is_idle_break(html, *at) || is_kept(html, *at))
}

/// Whether two spaces stand beside each other in a block, and whether a tag begins there whose name may be
/// one of those.
// No branches, so that the compiler makes a few instructions of it for sixteen bytes at once: where a page
// has nothing to take out, it takes less than half the time that searches for both tags and all breaks took.
fn suspects(block: &[u8; SEEN]) -> (bool, bool) {
    let (mut has_spaces, mut has_tag) = (false, false);
    for at in 0..BLOCK {
        let [first, second, third] = [block[at], block[at + 1], block[at + 2]];
        let is_pre = (second == b'p') & (third == b'r');
        let is_textarea = (second == b't') & (third == b'e');
        has_spaces |= first.max(second) <= b' ';
        has_tag |= (first == b'<') & (is_pre | is_textarea);
    }
    (has_spaces, has_tag)
}

fn next_idle_break(html: &[u8], mut range: Range<usize>) -> Option<usize> {
    while let Some(at) = memchr(b'\n', &html[range.clone()]) {
        let at = range.start + at;
        if is_idle_break(html, at) {
            return Some(at);
        }
        range.start = at + 1;
    }
    None
}

fn is_idle_break(html: &[u8], at: usize) -> bool {
    let is_space = |at: usize| html.get(at).is_some_and(u8::is_ascii_whitespace);
    html[at] == b'\n' && (is_space(at + 1) || at.checked_sub(1).is_some_and(is_space))
}

fn is_kept(html: &[u8], at: usize) -> bool {
    html[at] == b'<' && close_of(&html[at..]).is_some()
}

/// A template without space that would be idle on all pages. Tags of the engine stay as they are.
pub(super) fn without_idle_space(template: &str) -> String {
    const TAGS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let mut drawn = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((at, close)) = rest.match_indices('{').find_map(|(at, _)| {
        let tag = TAGS.iter().find(|(open, _)| rest[at..].starts_with(open));
        tag.map(|(_, close)| (at, close))
    }) {
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
        push_without_idle_space(&mut drawn, &rest[..at]);
        drawn.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    push_without_idle_space(&mut drawn, rest);
    drawn
}

fn push_without_idle_space(out: &mut String, mut text: &str) {
    while let Some(at) = text.find(|c: char| c.is_ascii_whitespace()) {
        let rest = text[at..].trim_ascii_start();
        let space = &text[at..text.len() - rest.len()];
        out.push_str(&text[..at]);
        out.push_str(if space.contains('\n') { "\n" } else { space });
        text = rest;
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::theme::embedded;

    fn squeezed(html: &str) -> String {
        let mut html = html.as_bytes().to_vec();
        squeeze(&mut html);
        String::from_utf8(html).expect("it was text")
    }

    #[test]
    fn indentation_and_empty_lines_go_and_words_stay_apart() {
        let html = "\n<p>\n  one\n\n  <b>two</b>  three  \n</p>\n\n";
        assert_eq!(squeezed(html), "<p>\none\n<b>two</b>  three\n</p>\n");
    }

    #[test]
    fn text_whose_space_counts_stays_as_it_is() {
        let html = "  <p>a\n\n  <pre>\n  x\n\n    y  \n</pre>\n\n  <textarea>\n  z</textarea>\n  b";
        assert_eq!(
            squeezed(html),
            "  <p>a\n<pre>\n  x\n\n    y  \n</pre>\n<textarea>\n  z</textarea>\nb"
        );
    }

    #[test]
    fn a_text_that_is_never_closed_keeps_its_space() {
        assert_eq!(squeezed("a\n  <pre>\n  b"), "a\n<pre>\n  b");
    }

    #[test]
    fn it_does_not_matter_where_in_a_long_page_a_space_stands() {
        for length in 0..3 * BLOCK {
            let words = "x".repeat(length);
            let [long, short] =
                [" \n", "\n"].map(|end| format!("{words}{end}{words}\n<pre> \n</pre>"));
            assert_eq!(squeezed(&long), squeezed(&short));
            assert_eq!(squeezed(&short), short.trim_start());
            let rest = "\n  <i>".repeat(2 * BLOCK);
            let tidy = "\n<i>".repeat(2 * BLOCK);
            assert_eq!(squeezed(&format!("a{words}{rest}")), format!("a{words}{tidy}"));
        }
    }

    #[test]
    fn a_template_loses_idle_space_but_not_what_stands_in_its_tags() {
        let template = "  {# a\n  b #}\n  <p>\n\n    {{ \"\n  \" }} c  d\n\t{% d %}\n e{";
        let expected = "  {# a\n  b #}\n<p>\n{{ \"\n  \" }} c  d\n{% d %}\ne{";
        assert_eq!(without_idle_space(template), expected);
    }

    #[test]
    fn a_part_keeps_the_space_before_it_and_a_page_does_not() {
        let drawn = || {
            let mut html = Squeezed::new(0, true);
            for piece in ["\n", "  <b>", "word"] {
                html.write_all(piece.as_bytes()).expect("there is room");
            }
            html
        };
        assert_eq!(drawn().into_part(), b"\n<b>word");
        assert_eq!(drawn().into_page(), b"<b>word");
    }

    #[test]
    fn no_pieces_of_the_built_in_templates_meet_where_space_is_kept() {
        for (path, text) in embedded::layer().files {
            let is_drawn = path.starts_with("templates/") || path.starts_with("components/");
            let holds = |(open, _): &(&[u8], _)| memmem::find(&text, open).is_some();
            assert!(!is_drawn || !KEPT.iter().any(holds), "{path}");
        }
    }

    proptest! {
        #[test]
        fn what_is_squeezed_piece_by_piece_is_what_is_squeezed_at_once(
            pieces in vec("[ \n\t]{0,3}a{0,3}[ \n\t]{0,3}|<pre>a{125}[ \na]{0,4}</pre>|a{129}[ \n]{0,3}a", 0..9),
            are_tidy: bool,
        ) {
            let mut page = Squeezed::new(0, are_tidy);
            let is_of_template = |piece: &str| are_tidy && piece.len() <= LONG;
            let pieces = pieces.into_iter();
            let pieces: Vec<String> = pieces
                .map(|piece| if is_of_template(&piece) { without_idle_space(&piece) } else { piece })
                .collect();
            for piece in &pieces {
                page.write_all(piece.as_bytes()).expect("there is room");
            }
            let html = String::from_utf8(page.into_page()).expect("it was text");
            prop_assert_eq!(html, squeezed(&pieces.concat()));
        }
    }
}
