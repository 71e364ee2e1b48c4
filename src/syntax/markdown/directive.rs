//! Directives: `:::name{key=value}` … `:::` for blocks, `::name{key=value}` for a line.
//!
//! The markdown parser has no such thing. Their lines are found first and stand in the text as
//! processing instructions of the same length, so that every position stays true.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};
use serde::{Deserialize, Serialize};

use super::document::Oddity;
use crate::source::{Span, line_ranges};

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
    /// Where the name stands.
    pub name_span: Span,
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
pub(crate) struct Mark {
    /// Where it is written.
    pub(crate) span: Span,
    /// What it says.
    pub(crate) sort: Sort,
    /// What is wrong with its arguments.
    pub(crate) oddity: Option<Oddity>,
}

/// What a mark says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sort {
    /// A directive begins.
    Open(Directive),
    /// The body of the innermost open directive ends.
    Close,
}

/// The text with all lines hidden that look like directives, and their marks in order. Some stand in code
/// or HTML: only the parser knows where those begin and end.
pub(crate) struct Hidden<'text> {
    pub(crate) text: Cow<'text, str>,
    pub(crate) marks: Vec<Mark>,
    /// Whether there are colons that stand as [`HIDDEN_COLON`].
    pub(crate) has_hidden_colons: bool,
}

/// What stands for a colon that begins a line and no definition: after that of one is a space.
pub(crate) const HIDDEN_COLON: char = '\u{2}';

pub(crate) fn hide(text: &str) -> Hidden<'_> {
    if !may_hide(text) {
        return Hidden { text: Cow::Borrowed(text), marks: Vec::new(), has_hidden_colons: false };
    }
    let marks = marks(text);
    let replaced = replace(text, &marks);
    match without_colons(&replaced) {
        Some(text) => Hidden { text: Cow::Owned(text), marks, has_hidden_colons: true },
        None => Hidden { text: replaced, marks, has_hidden_colons: false },
    }
}

/// Whether a colon stands in the text next to another one, or at the beginning of a line.
fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b':', bytes)
        .any(|at| bytes[..at].ends_with(b"\n") || bytes[at + 1..].starts_with(b":"))
}

/// The text with the colons hidden with which words begin that begin a line, such as `:)`, if there are any.
fn without_colons(text: &str) -> Option<String> {
    let is_first = |at: &usize| {
        let after = text[at + 2..].chars().next();
        // `:---` may be the second line of a table.
        after.is_some_and(|after| !after.is_whitespace() && !matches!(after, ':' | '-'))
    };
    let colons = memmem::find_iter(text.as_bytes(), "\n:").filter(is_first);
    let mut out = String::new();
    let mut rest = 0;
    for at in colons {
        out.push_str(&text[rest..=at]);
        out.push(HIDDEN_COLON);
        rest = at + 2;
    }
    (rest > 0 && !text.contains(HIDDEN_COLON)).then(|| out + &text[rest..])
}

fn marks(text: &str) -> Vec<Mark> {
    let marks = line_ranges(text, 0).filter_map(|range| {
        let line = text[range.clone()].trim_end();
        let content = content_of(line);
        mark(content, range.start + (line.len() - content.len()))
    });
    marks.collect()
}

/// A line without what stands before its content: white space, and the signs of quotes and items.
fn content_of(line: &str) -> &str {
    let mut content = line.trim_start_matches([' ', '\t']);
    while let Some(inner) = inside_container(content) {
        content = inner.trim_start_matches([' ', '\t']);
    }
    content
}

fn inside_container(line: &str) -> Option<&str> {
    if let Some(quoted) = line.strip_prefix('>') {
        return Some(quoted);
    }
    if let Some(defined) = line.strip_prefix(':').or_else(|| after_label(line)) {
        return defined.starts_with([' ', '\t']).then_some(defined);
    }
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = match after_digits.len() == line.len() {
        true => line.strip_prefix(['-', '*', '+'])?,
        false => after_digits.strip_prefix(['.', ')'])?,
    };
    after.starts_with([' ', '\t']).then_some(after)
}

/// What a footnote says: `[^label]: text`.
fn after_label(line: &str) -> Option<&str> {
    let (label, after) = line.strip_prefix("[^")?.split_once("]:")?;
    (!label.contains(['[', ']'])).then_some(after)
}

/// The mark that a line is, if its content begins at byte `at`.
fn mark(content: &str, at: usize) -> Option<Mark> {
    if !content.starts_with("::") {
        return None;
    }
    let span = Span::new(at..at + content.len());
    let colons = content.len() - content.trim_start_matches(':').len();
    if content.len() == colons && colons >= 3 {
        return Some(Mark { span, sort: Sort::Close, oddity: None });
    }
    let (directive, oddity) = parse(&content[colons..], at + colons, colons >= 3)?;
    Some(Mark { span, sort: Sort::Open(directive), oddity })
}

/// Puts `<?  ?>` over each mark.
fn replace<'text>(text: &'text str, marks: &[Mark]) -> Cow<'text, str> {
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for range in marks.iter().map(|mark| mark.span.range()) {
        out.push_str(&text[rest..range.start]);
        out.push_str("<?");
        out.extend(std::iter::repeat_n(' ', range.len().saturating_sub(4)));
        out.push_str(if range.len() >= 4 { "?>" } else { ">" });
        rest = range.end;
    }
    out.push_str(&text[rest..]);
    Cow::Owned(out)
}

/// Parses `name{arguments}`; `at` is the byte of the name.
fn parse(text: &str, at: usize, is_block: bool) -> Option<(Directive, Option<Oddity>)> {
    let text_start = text.len() - text.trim_start().len();
    let (text, at) = (text.trim_start(), at + text_start);
    let name_end = end_of_name(text);
    if name_end == 0 {
        return braced(text, at, is_block);
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
    let span = Span::new(rest_at..rest_at + rest.len());
    let malformed = Oddity::MalformedArguments(rest.to_owned(), span);
    let inner = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let arguments = inner.and_then(|inner| arguments(inner, rest_at + 1));
    let oddity = arguments.is_none().then_some(malformed);
    directive.arguments = arguments.unwrap_or_default();
    Some((directive, oddity))
}

/// Where the name ends with which a text begins.
fn end_of_name(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len())
}

/// Reads `{name} title` and `{.name}`, as other programs have it.
fn braced(text: &str, at: usize, is_block: bool) -> Option<(Directive, Option<Oddity>)> {
    let inner = text.strip_prefix('{')?;
    let name = inner.trim_start_matches('.');
    let start = at + 1 + inner.len() - name.len();
    let end = end_of_name(name);
    let (name, rest) = name.split_at(end);
    if name.is_empty() || !rest.starts_with(['}', ' ']) {
        return None;
    }
    let (name, span) = (name.to_owned(), Span::new(start..start + end));
    let oddity = Oddity::BracedName(text.to_owned(), Span::new(at..at + text.len()));
    Some((Directive { name, span, arguments: Vec::new(), is_block }, Some(oddity)))
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
        let after = at + (text.len() - after.len());
        let name_span = Span::new(after - 1 - name.len()..after - 1);
        let span = Span::new(after + quote..after + quote + value.len());
        let (name, value) = (name.to_owned(), value.to_owned());
        arguments.push(Argument { name, name_span, value, span });
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
        let [Mark { sort: Sort::Open(directive), .. }] = hidden.marks.as_slice() else {
            panic!("one mark")
        };
        assert_eq!(directive.argument("title"), Some("Two words"));
        assert_eq!(&text[directive.arguments[0].span.range()], "finger-pressure");
        assert_eq!(&text[directive.arguments[1].span.range()], "Two words");
        assert_eq!(&text[directive.arguments[1].name_span.range()], "title");
        assert_eq!(hidden.text.len(), text.len());
    }

    #[test]
    fn directives_are_found_in_items_and_quotes() {
        let text = "- ::a\n> :::b\n  12) \t> ::c\n-::d\n. ::e\n::f\r\n";
        let written = |mark: &Mark| text[mark.span.range()].to_owned();
        let found: Vec<String> = hide(text).marks.iter().map(written).collect();
        assert_eq!(found, ["::a", ":::b", "::c", "::f"]);
    }
}
