//! Findings as rustc shows its own: the message, the lines it is about, notes and help.
//!
//! All use of the library that draws snippets is here. It panics on ranges past the end and inside
//! a character; those that it gets come from a [`Window`], which keeps them inside.

use std::ops::Range;

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Drawn, Origin, Renderer, Snippet,
};

use super::window::{Window, window};
use super::{Finding, Located, clean};
use crate::diagnostic::Level;

/// In fewer columns than these nothing of a line would be left.
const NARROWEST: usize = 40;

/// Whether findings are shown in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With the escapes of terminals.
    On,
    /// Plain text.
    Off,
}

/// The findings with snippets, a blank line after each.
pub fn full(findings: &[Finding], colour: Colour) -> String {
    full_within(findings, colour, DEFAULT_TERM_WIDTH)
}

/// The same for a terminal of so many columns: of longer lines only what surrounds a mistake is shown.
pub fn full_within(findings: &[Finding], colour: Colour, columns: usize) -> String {
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    }
    .term_width(columns.clamp(NARROWEST, DEFAULT_TERM_WIDTH));
    findings.iter().map(|finding| renderer.render(&[group(finding)]) + "\n\n").collect()
}

/// A range of a file with what is drawn at it.
struct Mark<'finding> {
    kind: AnnotationKind,
    located: &'finding Located,
    label: &'finding str,
}

fn group(finding: &Finding) -> Group<'static> {
    let diagnostic = &finding.diagnostic;
    let drawn = match diagnostic.level {
        Level::Error => Drawn::ERROR,
        Level::Warn | Level::Allow => Drawn::WARNING,
    };
    let title = drawn.primary_title(clean(&diagnostic.message)).id(clean(&diagnostic.code));
    let mut group = Group::with_title(title);
    for marks in by_file(finding) {
        group = with_lines(group, &marks);
    }
    let notes = diagnostic.notes.iter().map(|note| Drawn::NOTE.message(clean(note)));
    let help = diagnostic.help.iter().map(|help| Drawn::HELP.message(clean(help)));
    group.elements(notes).elements(help)
}

/// The places of a finding, file by file, that of the finding itself first.
fn by_file(finding: &Finding) -> Vec<Vec<Mark<'_>>> {
    let label = &finding.diagnostic.label;
    let main = Mark { kind: AnnotationKind::Primary, located: &finding.main, label };
    let mut files = vec![vec![main]];
    for (located, label) in &finding.related {
        let mark = Mark { kind: AnnotationKind::Context, located, label };
        match files.iter_mut().find(|marks| marks[0].located.path == located.path) {
            Some(marks) => marks.push(mark),
            None => files.push(vec![mark]),
        }
    }
    files
}

/// Adds the path of a file and the lines with some marks; no lines for a file as a whole.
fn with_lines(group: Group<'static>, marks: &[Mark<'_>]) -> Group<'static> {
    let is_file = |mark: &Mark<'_>| mark.label.is_empty() && mark.located.range == (0..0);
    let shown: Vec<&Mark<'_>> = marks.iter().filter(|mark| !is_file(mark)).collect();
    let located: Vec<&Located> = shown.iter().map(|mark| mark.located).collect();
    let Some(Window { text, line, ranges, is_cut }) = window(&located) else {
        return group.element(origin(marks[0].located));
    };
    let annotations = shown.iter().zip(ranges).map(|(mark, range)| annotation(mark, range));
    let snippet = Snippet::source(text).line_start(line).annotations(annotations);
    if is_cut || shown.len() < marks.len() {
        // The library would count the column in what is left of the line.
        return group.element(origin(marks[0].located)).element(snippet);
    }
    group.element(snippet.path(clean(marks[0].located.path.as_str())))
}

fn origin(located: &Located) -> Origin<'static> {
    let origin = Origin::path(clean(located.path.as_str()));
    if located.text.is_none() {
        return origin;
    }
    let start = located.position().start;
    origin.line(start.line).char_column(start.column)
}

fn annotation(mark: &Mark<'_>, range: Range<usize>) -> Annotation<'static> {
    let annotation = mark.kind.span(range);
    if mark.label.is_empty() { annotation } else { annotation.label(clean(mark.label)) }
}
