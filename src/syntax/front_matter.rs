//! Splits a markdown file into its front matter and its text.

use std::ops::Range;

use crate::source::line_ranges;

/// The two parts of a markdown file, as ranges of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the two lines of `---`.
    pub front_matter: Option<Range<usize>>,
    /// The markdown.
    pub body: Range<usize>,
    /// The first line, if it opens a front matter that is never closed.
    pub unclosed: Option<Range<usize>>,
}

/// Finds the front matter: it opens with `---` on the first line and closes with `---` or `...`.
pub fn split(text: &str) -> Split {
    let whole = Split { front_matter: None, body: 0..text.len(), unclosed: None };
    // A mark of byte order, or the spaces in its place.
    let start = text.len() - text.trim_start_matches([' ', '\u{feff}']).len();
    let mut lines = line_ranges(text, start);
    let Some(first) = lines.next() else { return whole };
    if text[first.clone()].trim_end() != "---" {
        return whole;
    }
    for line in lines {
        let content = text[line.clone()].trim_end();
        if content == "---" || content == "..." {
            return Split {
                front_matter: Some(first.end..line.start),
                body: line.end..text.len(),
                unclosed: None,
            };
        }
    }
    Split { unclosed: Some(start..start + 3), ..whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_whatever_the_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("---{end}a: 1{end}---{end}body{end}");
            let split = split(&text);
            let front = split.front_matter.expect("there is one");
            assert_eq!(&text[front], format!("a: 1{end}"));
            assert_eq!(&text[split.body], format!("body{end}"));
        }
    }

    #[test]
    fn an_unclosed_front_matter_is_told_apart_from_none() {
        assert!(split("---\na: 1\n").unclosed.is_some());
        assert_eq!(split("text").front_matter, None);
        assert_eq!(split("text").unclosed, None);
    }
}
