//! The paragraphs of a project, one after the other, for rules on wording.
//! What was found in a text is remembered by the text's fingerprint and the set of rules.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::again::Kept;
use super::levels::Levels;
use super::phrase::{Match, Phrases, Words};
use super::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place, Segment};
use crate::graph::KnowledgeBase;
use crate::model::{Body, Entry, Kind, Text, Visitor};
use crate::source::{Fingerprint, Fingerprinter, SourcePath, Sources, Span};
use crate::syntax::markdown::{Markdown, Outline, Prose, What};

/// What was found in texts before, by the same rules. It only saves work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CheckMemo {
    rules: Fingerprint,
    texts: Known,
    #[serde(skip)]
    pub(super) kept: Kept,
}

/// A paragraph, an item, a cell or a heading; or a field of plain text.
pub(super) struct Passage<'a> {
    /// What readers read.
    pub(super) text: &'a str,
    /// Whether a source is named for it.
    pub(super) is_cited: bool,
    words: Words,
    home: &'a Home<'a>,
    span: Span,
}

/// What a passage stands in.
enum Home<'a> {
    Body { body: &'a Body, sources: &'a Sources, text: OnceCell<String> },
    Markdown { entry: &'a Entry, field: FieldPath, source: &'a str },
    Field { entry: &'a Entry, field: FieldPath, is_words_of_others: bool },
}

impl Passage<'_> {
    /// Where one of the phrases stands.
    pub(super) fn find<T: Copy>(&self, phrases: &Phrases<T>) -> Vec<Match<T>> {
        phrases.find(&self.words)
    }

    /// Some words of the passage, on one line.
    pub(super) fn words(&self, bytes: &Range<usize>) -> String {
        self.text[bytes.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The place of some bytes of the passage.
    pub(super) fn place(&self, bytes: &Range<usize>) -> Place {
        let phrase = &self.text[bytes.clone()];
        // A phrase that stands twice has two places.
        let before = Words::new(&self.text[..bytes.start]).count(phrase);
        match self.home {
            Home::Field { entry, field, .. } => {
                entry.within(field.clone(), self.text, bytes.clone())
            }
            Home::Markdown { entry, field, source } => {
                let block = source.get(self.span.range()).unwrap_or_default();
                let start = self.span.start as usize;
                let again = Words::new(block).find_again(phrase, before);
                let again = again.map(|found| start + found.start..start + found.end);
                entry.within(field.clone(), source, again.unwrap_or(self.span.range()))
            }
            Home::Body { body, sources, text } => {
                let text = text.get_or_init(|| sources.text_lossy(&body.path).unwrap_or_default());
                let block = self.span.shifted(body.start as usize).range();
                let words = text.get(block).map(Words::new);
                let again = words.and_then(|words| words.find_again(phrase, before));
                let start = self.span.start as usize;
                let span = again.map(|found| Span::new(start + found.start..start + found.end));
                body.place(span.unwrap_or(self.span))
            }
        }
    }
}

/// Runs the rules on wording over all texts and fields.
pub(super) fn check(
    base: &KnowledgeBase,
    sources: &Sources,
    levels: &Levels<'_>,
    memo: &mut CheckMemo,
) -> Vec<Diagnostic> {
    let is_text = |(rule, _): &(&Rule, Level)| {
        matches!(rule.find, Find::Text(_) | Find::English(_) | Find::Marks(..))
    };
    let rules: Vec<(&Rule, Level)> = levels.active().filter(is_text).collect();
    let known = memo.take(&rules);
    if rules.is_empty() {
        return Vec::new();
    }
    let found: Vec<_> = base
        .content
        .entries
        .par_iter()
        .map(|entry| (entry, in_fields(entry, &rules), in_text(entry, sources, &rules, &known)))
        .collect();
    let mut all = Vec::new();
    for (entry, in_fields, in_text) in found {
        all.extend(in_fields);
        all.extend(in_text.iter().cloned());
        if let Some(body) = &entry.body {
            memo.texts.insert(body.path.clone(), (body.fingerprint, in_text));
        }
    }
    all
}

/// What was found in texts, by path and fingerprint.
type Known = FxHashMap<SourcePath, (Fingerprint, Arc<Vec<Diagnostic>>)>;

impl CheckMemo {
    /// What is known of texts by these rules; the memo is left empty.
    fn take(&mut self, rules: &[(&Rule, Level)]) -> Known {
        let mut fingerprinter = Fingerprinter::new();
        for (rule, level) in rules {
            fingerprinter.add(rule.code.as_bytes()).add_value(level);
        }
        let fingerprint = fingerprinter.finish();
        let known = std::mem::take(&mut self.texts);
        if std::mem::replace(&mut self.rules, fingerprint) == fingerprint {
            known
        } else {
            FxHashMap::default()
        }
    }
}

fn in_text(
    entry: &Entry,
    sources: &Sources,
    rules: &[(&Rule, Level)],
    known: &Known,
) -> Arc<Vec<Diagnostic>> {
    let Some(body) = &entry.body else { return Arc::default() };
    match known.get(&body.path) {
        Some((fingerprint, findings)) if *fingerprint == body.fingerprint => Arc::clone(findings),
        _ => Arc::new(in_body(body, sources, rules)),
    }
}

fn in_body(body: &Body, sources: &Sources, rules: &[(&Rule, Level)]) -> Vec<Diagnostic> {
    let prose = body.prose(sources);
    let home = Home::Body { body, sources, text: OnceCell::new() };
    let mut found = Vec::new();
    paragraphs(&prose, &body.outline, &home, &mut |passage| run(rules, passage, &mut found));
    found
}

fn in_fields(entry: &Entry, rules: &[(&Rule, Level)]) -> Vec<Diagnostic> {
    // What a topic is called that nobody declares, nobody wrote.
    if entry.is_implied() {
        return Vec::new();
    }
    let mut fields = Fields { entry, rules, found: Vec::new() };
    entry.data.walk(&mut FieldPath::root(), &mut fields);
    fields.found
}

fn run(rules: &[(&Rule, Level)], passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for (rule, level) in rules {
        let before = found.len();
        match (rule.find, passage.home) {
            (Find::Text(_) | Find::English(_), Home::Field { is_words_of_others: true, .. }) => {}
            (Find::Text(find) | Find::English(find), _)
            | (Find::Marks(find, _), Home::Field { .. }) => find(passage, found),
            _ => {}
        }
        found[before..].iter_mut().for_each(|finding| finding.level = *level);
    }
}

/// Shows every paragraph of a piece of prose, without the claims of myths, and what directives say beside
/// it.
fn paragraphs(
    prose: &Prose,
    outline: &Outline,
    home: &Home<'_>,
    show: &mut dyn FnMut(&Passage<'_>),
) {
    let claims = claims(prose, outline);
    let is_claimed = |at: u32| {
        let after = claims.partition_point(|claim| claim.start <= at as usize);
        after > 0 && claims[after - 1].contains(&(at as usize))
    };
    for runs in prose.runs.chunk_by(|one, next| one.block == next.block) {
        let said = runs.iter().filter(|run| !is_claimed(run.start) && !prose.is_code(run));
        let text: String =
            said.map(|run| &prose.html[run.start as usize..run.end as usize]).collect();
        let Some(block) = runs.first().and_then(|run| prose.blocks.get(run.block as usize)) else {
            continue;
        };
        let words = Words::new(&text);
        let (is_cited, span) = (block.is_cited, block.span);
        show(&Passage { text: &text, is_cited, words, home, span });
    }
    let arguments = outline.directives.iter().flat_map(|directive| &directive.arguments);
    for argument in arguments.filter(|one| matches!(&*one.name, "title" | "caption")) {
        let (text, span, words) = (&*argument.value, argument.span, Words::new(&argument.value));
        // It cannot cite; the text around it does.
        show(&Passage { text, is_cited: true, words, home, span });
    }
}

/// The bytes of the HTML where a myth is told before it is answered: what stands in bold at the
/// start of a `:::myth`, else its first paragraph.
fn claims(prose: &Prose, outline: &Outline) -> Vec<Range<usize>> {
    let mut claims = Vec::new();
    for hole in &prose.holes {
        let What::Open(number) = hole.what else { continue };
        if outline.directives.get(number as usize).is_none_or(|one| one.name != "myth") {
            continue;
        }
        let start = hole.at as usize;
        let rest = prose.html.get(start..).unwrap_or_default();
        let is_bold = rest.trim_start().trim_start_matches("<p>").starts_with("<strong>");
        let end = rest.find(if is_bold { "</strong>" } else { "</p>" });
        let close = prose.holes.iter().find(|hole| hole.what == What::Close(number));
        let close = close.map_or(prose.html.len(), |hole| hole.at as usize);
        claims.push(start..end.map_or(close, |end| close.min(start + end)));
    }
    claims
}

/// Shows the text of every field to the rules.
struct Fields<'a, 'r> {
    entry: &'a Entry,
    rules: &'r [(&'r Rule, Level)],
    found: Vec<Diagnostic>,
}

impl<'a> Visitor<'a> for Fields<'a, '_> {
    fn text(&mut self, path: &FieldPath, text: &'a Text) {
        let is_words_of_others = is_words_of_others(self.entry.kind, path);
        let home = Home::Field { entry: self.entry, field: path.clone(), is_words_of_others };
        // Plain text cannot cite: the sources of the record stand for it.
        let is_cited = !self.entry.data.common().sources.is_empty();
        let (words, span) = (Words::new(text), Span::default());
        let passage = Passage { text, is_cited, words, home: &home, span };
        run(self.rules, &passage, &mut self.found);
    }

    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        let (entry, field, source) = (self.entry, path.clone(), &*markdown.source);
        let home = Home::Markdown { entry, field, source };
        let (rules, found) = (self.rules, &mut self.found);
        paragraphs(&markdown.prose, &markdown.outline, &home, &mut |passage| {
            run(rules, passage, found);
        });
    }
}

/// Whether a field holds what others say: a myth's claim, a reader's question, a work's title.
fn is_words_of_others(kind: Kind, path: &FieldPath) -> bool {
    let last = path.segments().iter().rev().find_map(|segment| match segment {
        Segment::Key(key) => Some(&**key),
        Segment::Index(_) | Segment::Repeated(..) => None,
    });
    match last {
        Some("question" | "claim" | "aliases" | "synonyms") => true,
        Some(field) => kind == Kind::Citation && field != "takeaway",
        None => false,
    }
}
