//! Texts in YAML that end earlier than their author meant: ` #` begins a comment, also in ` #1`.
//! Found by the lines alone, without reading them.

use std::ops::Range;

use memchr::memchr_iter;

use super::yaml_text::{Line, beginning, block_key, content};

/// A text that a comment cuts off.
#[derive(Debug, PartialEq, Eq)]
pub struct CutText {
    /// Where the rest of it stands.
    pub rest: Range<usize>,
    /// The whole of it, in quotes.
    pub whole: String,
}

/// All texts without quotes that are followed by ` #` and something else than a space.
pub fn cut_texts(text: &str) -> Vec<CutText> {
    let signs = memchr_iter(b'#', text.as_bytes()).filter(|at| text[..*at].ends_with(' '));
    let candidates = signs.filter(|at| {
        text[at + 1..].starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '!'))
    });
    candidates.filter_map(|at| cut_text(text, at - 1)).collect()
}

fn cut_text(text: &str, at: usize) -> Option<CutText> {
    let line = Line::at(text, at);
    let before = line.text[..at - line.start].trim_end();
    // What stands on a line of its own, or behind another comment, is a comment.
    if before.trim_start().is_empty()
        || before.contains(" #")
        || before.trim_start().starts_with('#')
    {
        return None;
    }
    let value = value(before);
    let is_text =
        value.contains(char::is_alphabetic) && !matches!(value, "true" | "false" | "null");
    let begins_plain = !value.starts_with(['"', '\'', '|', '>', '[', '{', '&', '*', '!', '#']);
    if !is_text || !begins_plain || is_within_text(text, line) {
        return None;
    }
    let rest = line.text[at - line.start..].trim_end();
    let whole = format!("{value}{rest}").replace('"', "'");
    let start = at + 1;
    Some(CutText { rest: start..at + rest.len(), whole: format!("\"{}\"", beginning(&whole)) })
}

/// What stands behind the key of a line, if it has one.
fn value(line: &str) -> &str {
    let written = content(line);
    match written.split_once(": ") {
        Some((_, value)) => value.trim(),
        None if written.ends_with(':') => "",
        None => written.trim(),
    }
}

/// Whether a line belongs to a text that begins further up: a block, in which `#` means nothing, or one in
/// quotes. One that goes on without either is cut off as any other.
fn is_within_text(text: &str, line: Line<'_>) -> bool {
    let (mut indent, mut start) = (line.indent(), line.start);
    while indent > 0
        && let Some(above) = above(text, start)
    {
        start = above.start;
        let value = value(above.text);
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        if quote.is_some_and(|quote| !value[1..].contains(quote)) {
            return true;
        }
        if above.indent() < indent {
            if block_key(above.text).is_some() {
                return true;
            }
            indent = above.indent();
        }
    }
    false
}

/// The line above the one that begins at a byte, if any is there that is not blank.
fn above(text: &str, start: usize) -> Option<Line<'_>> {
    let mut end = start.checked_sub(1)?;
    loop {
        let line = Line::at(text, end);
        if !line.text.trim().is_empty() {
            return Some(line);
        }
        end = line.start.checked_sub(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wholes(text: &str) -> Vec<String> {
        cut_texts(text).into_iter().map(|cut| cut.whole).collect()
    }

    #[test]
    fn a_text_that_a_comment_cuts_off_is_found() {
        let cut = cut_texts("name: Platz #1 der Welt.\n");
        assert_eq!(cut, [CutText { rest: 12..24, whole: "\"Platz #1 der Welt.\"".to_owned() }]);
        assert_eq!(
            wholes("a:\n  cautions:\n    - With fever #tell us\n"),
            ["\"With fever #tell us\""]
        );
        assert_eq!(wholes("a: One\n  and #2\r\nb: x\n"), ["\"and #2\""]);
    }

    #[test]
    fn comments_and_texts_that_hold_the_sign_are_left_alone() {
        for text in [
            "#a\n  #b\n- #c\na: b # c\na: b ## c #d\nname: x#1\n",
            "a: \"b #1\"\nc: 'd #2'\ne: 3 #4\nf: true #g\nh: #i\n",
            "a: |\n  b #1\n\n  c: d #2\n- >-\n  e #3\n",
            "a: \"b\n  c #1\n  d: e #2\"\n",
            "a: [b, c] #d\n",
        ] {
            assert_eq!(wholes(text), [""; 0], "{text}");
        }
    }
}
