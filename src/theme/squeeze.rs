//! HTML without the space that templates leave between their lines.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// A tag in which white space is text: how it opens, and how it closes.
type Kept = (Finder<'static>, &'static str);

static KEPT: LazyLock<[Kept; 2]> =
    LazyLock::new(|| [(Finder::new("<pre"), "</pre>"), (Finder::new("<textarea"), "</textarea>")]);

/// A page without indentation and empty lines. The breaks themselves stay, so that no two words meet,
/// and what stands in `pre` and `textarea` stays as it is.
///
/// Readers on a phone would pay for the space: about 200 bytes of an article after it is packed.
pub(super) fn squeeze(html: &str) -> String {
    let mut small = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((start, end)) = next_kept(rest) {
        push_lines(&mut small, &rest[..start]);
        small.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    push_lines(&mut small, rest);
    small
}

/// Where the next text begins whose space is kept, and where it ends.
fn next_kept(html: &str) -> Option<(usize, usize)> {
    let found = KEPT.iter().filter_map(|(open, close)| Some((open.find(html.as_bytes())?, close)));
    let (start, close) = found.min_by_key(|(start, _)| *start)?;
    let end = html[start..].find(close).map_or(html.len(), |at| start + at + close.len());
    Some((start, end))
}

fn push_lines(small: &mut String, html: &str) {
    // Most lines go on where they are: what is between two idle spaces is copied at once.
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', html.as_bytes()) {
        let after = html.as_bytes().get(end + 1).is_some_and(u8::is_ascii_whitespace);
        let before = match end.checked_sub(1) {
            Some(last) => html.as_bytes()[last].is_ascii_whitespace(),
            None => true,
        };
        if end < start || !(before || after) {
            continue;
        }
        small.push_str(&html[start..end]);
        small.truncate(small.trim_ascii_end().len());
        if !small.is_empty() {
            small.push('\n');
        }
        start = html.len() - html[end..].trim_ascii_start().len();
    }
    small.push_str(&html[start..]);
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn indentation_and_empty_lines_go_and_words_stay_apart() {
        let html = "\n<p>\n  one\n\n  <b>two</b> three  \n</p>\n\n";
        assert_eq!(squeeze(html), "<p>\none\n<b>two</b> three\n</p>\n");
    }

    #[test]
    fn text_whose_space_counts_stays_as_it_is() {
        let html = "  <p>a\n\n  <pre>\n  x\n\n    y  \n</pre>\n\n  <textarea>\n  z</textarea>\n  b";
        assert_eq!(
            squeeze(html),
            "  <p>a\n<pre>\n  x\n\n    y  \n</pre>\n<textarea>\n  z</textarea>\nb"
        );
    }

    #[test]
    fn a_text_that_is_never_closed_keeps_its_space() {
        assert_eq!(squeeze("a\n  <pre>\n  b"), "a\n<pre>\n  b");
    }
}
