//! Marks that the parser leaves in the text, because nothing makes them what their author meant.

use crate::source::Span;
use crate::syntax::markdown::document::{Oddity, Prose};

/// References to footnotes that are nowhere defined, `[[` that nothing closes or that has no target, and
/// directives within a line. Brackets that are meant have backslashes.
pub(super) fn left(prose: &Prose, text: &str) -> Vec<Oddity> {
    let mut found = Vec::new();
    for_each(prose, text, "[^", |after, at| {
        let Some((label, _)) = after.split_once(']') else { return };
        if !label.is_empty() && !label.contains(char::is_whitespace) {
            let span = at.find(&format!("[^{label}]")).unwrap_or(at.block);
            found.push(Oddity::UndefinedFootnote(label.to_owned(), span));
        }
    });
    for_each(prose, text, "[[", |after, at| {
        // What is escaped in HTML cannot be found again in the text.
        let end = after.find(['[', ']', '&', '\n']).unwrap_or(after.len());
        let written = format!("[[{}", &after[..end]);
        if after[end..].starts_with("]]") {
            return found.extend(at.find(&format!("{written}]]")).map(Oddity::EmptyLink));
        }
        found.extend(at.find(written.trim_end()).map(Oddity::UnclosedLink));
    });
    for_each(prose, text, "::", |after, at| {
        let after = after.trim_start_matches(':');
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(0);
        if end > 0 && after[end..].starts_with('{') {
            let span = at.find(&format!("::{}{{", &after[..end])).unwrap_or(at.block);
            found.push(Oddity::MisplacedDirective(span));
        }
    });
    found
}

/// A block of a text.
struct At<'a> {
    text: &'a str,
    block: Span,
}

impl At<'_> {
    /// Where something is written in it first.
    fn find(&self, written: &str) -> Option<Span> {
        let at = self.text.get(self.block.range())?.find(written)?;
        let start = self.block.start as usize + at;
        Some(Span::new(start..start + written.len()))
    }
}

/// What follows each mark, of two characters, in the plain text, and where that stands.
fn for_each(prose: &Prose, text: &str, mark: &str, mut tell: impl FnMut(&str, &At<'_>)) {
    if !text.contains(mark) {
        return;
    }
    let (first, second) = (mark.as_bytes()[0] as char, &mark[1..]);
    for run in prose.runs.iter().filter(|run| !prose.is_code(run)) {
        let at = At { text, block: prose.blocks[run.block as usize].span };
        let mut rest = &prose.html[run.start as usize..run.end as usize];
        // One byte is found much faster than two, and these are rare.
        while let Some((_, after)) = rest.split_once(first) {
            rest = after;
            if let Some(after) = after.strip_prefix(second) {
                rest = after;
                tell(after, &at);
            }
        }
    }
}
