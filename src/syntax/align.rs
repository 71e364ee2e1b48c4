//! Where the characters of a YAML scalar stand in its file: from what it says back to what was written.
//! Knows quotes, escapes and folded lines, and nothing of what the scalar means.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// The bytes in `text` of the piece `range` of a scalar's value; the scalar begins at byte `start`.
///
/// White space is not compared, since lines are folded. `None` where what is written does not say
/// the value: at an alias, or an escape that nobody needs.
pub fn written(text: &str, start: usize, value: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut scalar = Scalar::new(text, start)?;
    let mut found: Option<Range<usize>> = None;
    for (at, c) in value.char_indices().take_while(|(at, _)| *at < range.end) {
        if c.is_whitespace() {
            continue;
        }
        let bytes = scalar.next().filter(|(_, written)| *written == c)?.0;
        if at >= range.start {
            found = Some(found.map_or(bytes.start, |found| found.start)..bytes.end);
        }
    }
    found
}

/// The characters of a scalar that are no white space, each with its bytes.
struct Scalar<'text> {
    style: Style,
    start: usize,
    rest: Peekable<CharIndices<'text>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Plain, or a block: every character stands for itself.
    Plain,
    SingleQuoted,
    DoubleQuoted,
}

impl<'text> Scalar<'text> {
    fn new(text: &'text str, start: usize) -> Option<Self> {
        let rest = text.get(start..)?;
        let (style, skipped) = match rest.chars().next()? {
            '\'' => (Style::SingleQuoted, 1),
            '"' => (Style::DoubleQuoted, 1),
            // The first line of a block says how its lines are joined.
            '|' | '>' => (Style::Plain, rest.find('\n')?),
            _ => (Style::Plain, 0),
        };
        let rest = rest[skipped..].char_indices().peekable();
        Some(Self { style, start: start + skipped, rest })
    }

    fn next(&mut self) -> Option<(Range<usize>, char)> {
        loop {
            let (at, c) = self.rest.next()?;
            let from = self.start + at;
            let (c, more) = match (self.style, c) {
                (Style::SingleQuoted, '\'') => {
                    self.rest.next_if(|(_, next)| *next == '\'')?;
                    ('\'', 1)
                }
                (Style::DoubleQuoted, '\\') => match self.rest.next()?.1 {
                    c @ ('"' | '\\' | '/') => (c, 1),
                    // Those of white space, and the end of a line that is joined to the next.
                    'n' | 't' | 'r' | ' ' | '\n' | '\r' => continue,
                    _ => return None,
                },
                (Style::DoubleQuoted, '"') => return None,
                (_, c) => (c, 0),
            };
            if !c.is_whitespace() {
                return Some((from..from + c.len_utf8() + more, c));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of `piece` of `value`, as they are written in `text` after `a: `.
    fn found<'text>(text: &'text str, value: &str, piece: &str) -> Option<&'text str> {
        let start = text.find("a: ").map_or(0, |at| at + 3);
        let at = value.find(piece).expect("it is a piece of the value");
        written(text, start, value, at..at + piece.len()).map(|range| &text[range])
    }

    #[test]
    fn a_piece_is_found_in_every_style() {
        let value = "it's the neck [[neck]]";
        for text in [
            "a: it's the neck [[neck]]\n",
            "a: it's the\n  neck [[neck]]\n",
            "a: 'it''s the neck\n  [[neck]]'\n",
            "a: \"it's the neck\\\n  \\ [[neck]]\" # neck\n",
            "a: >-\n  it's\n  the neck\n  [[neck]]\nb: neck\n",
            "a: |2\r\n  it's the neck\r\n  [[neck]]\r\n",
        ] {
            assert_eq!(found(text, value, "neck]]"), Some("neck]]"), "{text}");
            let (start, _) = value.rmatch_indices("neck").next().expect("it is there");
            let from = text.find("a: ").expect("it is there") + 3;
            let range = written(text, from, value, start..start + 4).expect("it is there");
            assert!(text[..range.start].ends_with("[["), "{text}");
        }
    }

    #[test]
    fn what_does_not_say_the_value_is_not_found() {
        assert_eq!(found("a: *neck\n", "neck", "neck"), None);
        assert_eq!(found("a: \"ne\\x63k\"\n", "neck", "neck"), None);
        assert_eq!(found("a: 'ne'\nb: ck\n", "neck", "neck"), None);
        assert_eq!(written("", 0, "x", 0..1), None);
    }
}
