//! HTML without the space that templates leave between their lines.

use std::ops::Range;

use memchr::{memchr, memmem};

/// Tags in which white space is text: how they open, and how they close.
const KEPT: [(&[u8], &[u8]); 2] = [(b"<pre", b"</pre>"), (b"<textarea", b"</textarea>")];

/// How much of a page is looked at in one step, in bytes.
const BLOCK: usize = 64;

/// The same with the bytes behind it that say what its last ones are.
const SEEN: usize = BLOCK + 2;

/// Takes indentation and empty lines out of a page. The breaks themselves stay, so that no two words
/// meet, and what stands in `pre` and `textarea` stays as it is.
///
/// Readers on a phone would pay for the space: about 200 bytes of an article after it is packed.
pub(super) fn squeeze(html: &mut Vec<u8>) {
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

/// A template without the indentation of its lines, which would be idle on all pages. Tags stay as they are.
pub(super) fn without_indentation(template: &str) -> String {
    let mut drawn = String::with_capacity(template.len());
    let mut open = None;
    for line in template.split_inclusive('\n') {
        drawn.push_str(if open.is_none() { line.trim_start_matches([' ', '\t']) } else { line });
        open = left_open(line, open);
    }
    drawn
}

/// What closes the tag of the engine that is open at the end of a line, after what was open before it.
fn left_open(mut line: &str, mut open: Option<&'static str>) -> Option<&'static str> {
    const TAGS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    while let Some((rest, next)) = match open {
        Some(close) => line.split_once(close).map(|(_, rest)| (rest, None)),
        None => {
            let close_of = |at: usize| {
                let opened = TAGS.iter().find(|(tag, _)| line[at..].starts_with(tag));
                opened.map(|(_, close)| (&line[at + 2..], Some(*close)))
            };
            line.match_indices('{').find_map(|(at, _)| close_of(at))
        }
    } {
        (line, open) = (rest, next);
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_template_loses_its_indentation_but_not_what_stands_in_its_tags() {
        let template = "  {# a\n  b #}\n  <p>\n    {{ \"\n  \" }} c\n\t{% d %}\n";
        let expected = "{# a\n  b #}\n<p>\n{{ \"\n  \" }} c\n{% d %}\n";
        assert_eq!(without_indentation(template), expected);
    }
}
