//! Directives: `:::name{key=value}` … `:::` for blocks, `::name{key=value}` for a line.
//!
//! The markdown parser has no such thing. Their lines are found first and stand in the text as
//! processing instructions of the same length, so that every position stays true.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::document::Oddity;
use crate::source::Span;
use crate::syntax::front_matter::line_ranges;

/// A directive as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Directive {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// Whether it has a body, closed by `:::`.
    pub is_block: bool,
}

impl Directive {
    /// The value of an argument.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments
            .iter()
            .find(|argument| argument.name == name)
            .map(|argument| argument.value.as_str())
    }
}

/// One argument of a directive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

impl Argument {
    /// The ids in its value: one, or a list such as `ids="finger-pressure, heat"`.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.id_ranges().map(|range| &self.value[range])
    }

    /// The bytes of each of these ids within the value.
    pub fn id_ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        let pieces = self.value.split_inclusive([',', ' ', '\n']).map(move |piece| {
            let start = at;
            at += piece.len();
            start..start + piece.trim_end_matches([',', ' ', '\n']).len()
        });
        pieces.filter(|range| !range.is_empty())
    }
}

/// A line that the markdown parser is not to see.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// A directive begins.
    Open(Directive),
    /// The body of the innermost open directive ends.
    Close(Span),
}

/// The text with directive lines hidden, the marks by the byte at which they stood (in order), and
/// what is wrong with them.
pub(crate) struct Hidden<'text> {
    pub(crate) text: Cow<'text, str>,
    pub(crate) marks: Vec<(usize, Mark)>,
    pub(crate) oddities: Vec<Oddity>,
}

/// How deep directives may stand in each other.
const DEEPEST: usize = 16;

pub(crate) fn hide(text: &str) -> Hidden<'_> {
    let mut hidden = Hidden { text: Cow::Borrowed(text), marks: Vec::new(), oddities: Vec::new() };
    if !text.contains("::") {
        return hidden;
    }
    let mut fence: Option<(u8, usize)> = None;
    let mut open: Vec<Span> = Vec::new();
    let mut replaced: Vec<(usize, usize)> = Vec::new();
    for range in line_ranges(text, 0) {
        let line = text[range.clone()].trim_end();
        let content = line.trim_start_matches(' ');
        let at = range.start + (line.len() - content.len());
        if let Some(mark) = fence_mark(content) {
            fence = next_fence(fence, mark, content);
            continue;
        }
        if fence.is_some() || line.len() - content.len() > 3 || !content.starts_with("::") {
            continue;
        }
        let span = Span::new(at..at + content.len());
        let colons = content.len() - content.trim_start_matches(':').len();
        if content.len() == colons && colons >= 3 {
            match open.pop() {
                Some(_) => hidden.marks.push((at, Mark::Close(span))),
                None => {
                    hidden.oddities.push(Oddity::StrayClose(span));
                    continue;
                }
            }
        } else {
            let Some((directive, oddity)) = parse(&content[colons..], at + colons, colons >= 3)
            else {
                continue;
            };
            if directive.is_block && open.len() >= DEEPEST {
                hidden.oddities.push(Oddity::UnclosedDirective(span));
                continue;
            }
            if directive.is_block {
                open.push(directive.span);
            }
            hidden.oddities.extend(oddity);
            hidden.marks.push((at, Mark::Open(directive)));
        }
        replaced.push((at, content.len()));
    }
    hidden.oddities.extend(open.into_iter().map(Oddity::UnclosedDirective));
    hidden.text = Cow::Owned(replace(text, &replaced));
    hidden
}

/// Puts `<?  ?>` over each of the given places (byte and length).
fn replace(text: &str, places: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, len) in places {
        out.push_str(&text[rest..*at]);
        out.push_str("<?");
        out.extend(std::iter::repeat_n(' ', len.saturating_sub(4)));
        out.push_str(if *len >= 4 { "?>" } else { ">" });
        rest = at + len;
    }
    out.push_str(&text[rest..]);
    out
}

/// The character and length of a code fence, if the line begins with one.
fn fence_mark(content: &str) -> Option<(u8, usize)> {
    let first = *content.as_bytes().first()?;
    if first != b'`' && first != b'~' {
        return None;
    }
    let length = content.bytes().take_while(|byte| *byte == first).count();
    (length >= 3).then_some((first, length))
}

fn next_fence(
    fence: Option<(u8, usize)>,
    (mark, length): (u8, usize),
    content: &str,
) -> Option<(u8, usize)> {
    match fence {
        None => Some((mark, length)),
        Some((open, at_least)) => {
            let closes = mark == open && length >= at_least && content[length..].trim().is_empty();
            if closes { None } else { fence }
        }
    }
}

/// Parses `name{arguments}`; `at` is the byte of the name.
fn parse(text: &str, at: usize, is_block: bool) -> Option<(Directive, Option<Oddity>)> {
    let text_start = text.len() - text.trim_start().len();
    let (text, at) = (text.trim_start(), at + text_start);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name_end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    if name_end == 0 {
        return None;
    }
    let rest = text[name_end..].trim();
    let mut directive = Directive {
        name: text[..name_end].to_owned(),
        span: Span::new(at..at + name_end),
        arguments: Vec::new(),
        is_block,
    };
    if rest.is_empty() {
        return Some((directive, None));
    }
    let rest_at = at + text.len() - text[name_end..].trim_start().len();
    let malformed = Oddity::MalformedArguments(Span::new(rest_at..rest_at + rest.len()));
    let inner = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let arguments = inner.and_then(|inner| arguments(inner, rest_at + 1));
    let oddity = arguments.is_none().then_some(malformed);
    directive.arguments = arguments.unwrap_or_default();
    Some((directive, oddity))
}

/// Parses `key=value key="a value"`; `at` is the byte of the first character.
fn arguments(text: &str, at: usize) -> Option<Vec<Argument>> {
    let mut arguments = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(arguments);
        }
        let (name, after) = rest.split_once('=')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        let (value, next, quote) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"')?;
                (&quoted[..end], &quoted[end + 1..], 1)
            }
            None => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                (&after[..end], &after[end..], 0)
            }
        };
        let start = at + (text.len() - after.len()) + quote;
        let span = Span::new(start..start + value.len());
        arguments.push(Argument { name: name.to_owned(), value: value.to_owned(), span });
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_keep_their_places() {
        let text = "::technique{id=finger-pressure title=\"Two words\"}\n";
        let hidden = hide(text);
        let [(0, Mark::Open(directive))] = hidden.marks.as_slice() else { panic!("one mark") };
        assert_eq!(directive.argument("title"), Some("Two words"));
        assert_eq!(&text[directive.arguments[0].span.range()], "finger-pressure");
        assert_eq!(&text[directive.arguments[1].span.range()], "Two words");
        assert_eq!(hidden.text.len(), text.len());
    }

    #[test]
    fn code_keeps_its_colons() {
        let text = "```\n:::note\n:::\n```\n";
        assert!(hide(text).marks.is_empty());
    }
}
