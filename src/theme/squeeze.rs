//! HTML without the space that templates leave between their lines.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;

/// A tag in which white space is text: how it opens, and how it closes.
type Kept = (Finder<'static>, Finder<'static>);

// One automaton for both would stop at every `<`: two passes are a third of its work.
static KEPT: LazyLock<[Kept; 2]> = LazyLock::new(|| {
    [("<pre", "</pre>"), ("<textarea", "</textarea>")]
        .map(|(open, close)| (Finder::new(open), Finder::new(close)))
});

/// Takes indentation and empty lines out of a page. The breaks themselves stay, so that no two words
/// meet, and what stands in `pre` and `textarea` stays as it is.
///
/// Readers on a phone would pay for the space: about 200 bytes of an article after it is packed.
pub(super) fn squeeze(html: &mut Vec<u8>) {
    let mut squeezed = Squeezed { end: 0 };
    let mut start = 0;
    while let Some(kept) = next_kept(html, start) {
        squeezed.take_lines(html, start..kept.start);
        start = kept.end;
        squeezed.take(html, kept);
    }
    let end = html.len();
    squeezed.take_lines(html, start..end);
    html.truncate(squeezed.end);
}

/// Where the next text stands whose space is kept.
fn next_kept(html: &[u8], start: usize) -> Option<Range<usize>> {
    let rest = &html[start..];
    let found = KEPT.iter().filter_map(|(open, close)| Some((open.find(rest)?, close)));
    let (kept, close) = found.min_by_key(|(kept, _)| *kept)?;
    let end = close.find(&rest[kept..]).map_or(rest.len(), |at| kept + at + close.needle().len());
    Some(start + kept..start + end)
}

/// The beginning of a page that is squeezed where it is: what stays moves up.
struct Squeezed {
    end: usize,
}

impl Squeezed {
    fn take(&mut self, html: &mut [u8], piece: Range<usize>) {
        let length = piece.len();
        html.copy_within(piece, self.end);
        self.end += length;
    }

    fn take_lines(&mut self, html: &mut [u8], lines: Range<usize>) {
        // Most lines go on where they are: what is between two idle spaces is moved at once.
        let (mut start, mut at) = (lines.start, lines.start);
        while let Some(line) = memchr(b'\n', &html[at..lines.end]) {
            let end = at + line;
            at = end + 1;
            let is_space_before = end == lines.start || html[end - 1].is_ascii_whitespace();
            let is_space_after = at < lines.end && html[at].is_ascii_whitespace();
            if is_space_before || is_space_after {
                self.take(html, start..end);
                self.end = html[..self.end].trim_ascii_end().len();
                at = lines.end - html[at..lines.end].trim_ascii_start().len();
                start = at;
                if self.end > 0 {
                    html[self.end] = b'\n';
                    self.end += 1;
                }
            }
        }
        self.take(html, start..lines.end);
    }
}

#[cfg(test)]
mod tests {
    fn squeeze(html: &str) -> String {
        let mut html = html.as_bytes().to_vec();
        super::squeeze(&mut html);
        String::from_utf8(html).expect("it was text")
    }

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
