//! Footnotes: numbered as they are first referred to, written after the text.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::mem;
use std::ops::Range;

use super::Writer;
use crate::source::Span;
use crate::syntax::markdown::document::{Hole, Oddity, Prose, Run};

/// With what the footnotes of a text begin.
pub(crate) const FOOTNOTES: &str = "<section class=\"footnotes\">\n<ol>\n";

/// Footnotes, numbered as they are first referred to and written after the text.
#[derive(Default)]
pub(super) struct Footnotes {
    pub(super) numbers: BTreeMap<String, (usize, u32, Span)>,
    pub(super) texts: BTreeMap<String, (Prose, Span)>,
    /// The texts around the definitions that are being written: one may stand in another.
    pub(super) around: Vec<(String, Prose, Span)>,
    /// The blocks of the text that refer to a footnote, with its label.
    referring: Vec<(u32, String)>,
}

impl Footnotes {
    /// The blocks of the text for which a footnote names a source.
    pub(super) fn citing(&self) -> impl Iterator<Item = u32> {
        let cites = |label: &str| {
            let text = self.texts.get(label);
            text.is_some_and(|(text, _)| text.blocks.iter().any(|block| block.is_cited))
        };
        self.referring.iter().filter(move |(_, label)| cites(label)).map(|(block, _)| *block)
    }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str, range: &Range<usize>) {
        let next = self.notes.numbers.len() + 1;
        let span = Span::new(range.clone());
        let (number, uses, _) =
            self.notes.numbers.entry(label.to_owned()).or_insert((next, 0, span));
        *uses += 1;
        // The blocks of a footnote are counted anew.
        if let Some(block) = self.block.filter(|_| self.notes.around.is_empty()) {
            self.notes.referring.push((block, label.to_owned()));
        }
        let place = place(*number, *uses);
        let html = format!(
            "<sup class=\"footnote\"><a id=\"{place}\" href=\"#fn{number}\">{number}</a></sup>"
        );
        self.push(&html);
    }

    pub(super) fn end_footnote(&mut self) {
        let Some((label, around, span)) = self.notes.around.pop() else { return };
        let text = mem::replace(&mut self.document.prose, around);
        match self.notes.texts.entry(label) {
            Entry::Vacant(place) => {
                place.insert((text, span));
            }
            Entry::Occupied(first) => {
                let oddity = Oddity::RepeatedFootnote(first.key().clone(), span);
                self.document.outline.oddities.push(oddity);
            }
        }
        self.block = None;
    }

    /// Writes the footnotes that the text refers to, and reports those that are missing or not used.
    pub(super) fn append_footnotes(&mut self) {
        let notes = mem::take(&mut self.notes);
        for block in notes.citing() {
            self.document.prose.blocks[block as usize].is_cited = true;
        }
        let Footnotes { numbers, mut texts, .. } = notes;
        let mut ordered: Vec<_> = numbers.into_iter().collect();
        ordered.sort_by_key(|(_, (number, _, _))| *number);
        if !ordered.is_empty() && !texts.is_empty() {
            self.push(FOOTNOTES);
            for (label, (number, uses, span)) in &ordered {
                match texts.remove(label) {
                    Some((text, _)) => self.append_footnote(*number, *uses, text),
                    None => {
                        let oddity = Oddity::UndefinedFootnote(label.clone(), *span);
                        self.document.outline.oddities.push(oddity);
                    }
                }
            }
            self.push("</ol>\n</section>\n");
        }
        let unused =
            texts.into_iter().map(|(label, (_, span))| Oddity::UnusedFootnote(label, span));
        self.document.outline.oddities.extend(unused);
    }

    /// Writes a footnote, with a way back to each place that refers to it.
    fn append_footnote(&mut self, number: usize, uses: u32, text: Prose) {
        self.push(&format!("<li id=\"fn{number}\">"));
        let by = self.here();
        let blocks = self.document.prose.blocks.len() as u32;
        let prose = &mut self.document.prose;
        let back: String = (1..=uses)
            .map(|of| {
                let (place, nth) = (place(number, of), if uses > 1 { format!(" {of}") } else { String::new() });
                format!(
                    " <a class=\"back\" href=\"#{place}\" aria-label=\"Back to the text{nth}\">\u{21a9}\u{fe0e}</a>"
                )
            })
            .collect();
        let (inner, tail) = match text.html.strip_suffix("</p>\n") {
            Some(inner) => (inner, "</p>\n"),
            None => (text.html.as_str(), ""),
        };
        prose.html.push_str(inner);
        prose.html.push_str(&back);
        prose.html.push_str(tail);
        // What stands after the last paragraph stands after the way back as well.
        let after = |at: u32| if at as usize > inner.len() { back.len() as u32 } else { 0 };
        let moved = |hole: &Hole| Hole { at: hole.at + by + after(hole.at), ..*hole };
        prose.holes.extend(text.holes.iter().map(moved));
        prose.blocks.extend(text.blocks);
        prose.runs.extend(text.runs.iter().map(|run| Run {
            start: run.start + by,
            end: run.end + by,
            block: run.block + blocks,
            is_linkable: run.is_linkable,
        }));
        self.push("</li>\n");
    }
}

/// The anchor of where a footnote is referred to for the nth time.
fn place(number: usize, nth: u32) -> String {
    if nth > 1 { format!("fnref{number}-{nth}") } else { format!("fnref{number}") }
}
