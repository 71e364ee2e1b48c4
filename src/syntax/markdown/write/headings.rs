//! Headings: their anchors, unique on the page.

use super::Writer;
use crate::source::Span;
use crate::syntax::escape::push_escaped;
use crate::syntax::markdown::document::{Heading, Oddity};
use crate::syntax::markdown::quotes::Quote;
use crate::syntax::slug::anchor;

/// Ids that name something of the browser's: a heading takes another. Those of the page itself have two
/// hyphens, as no slug has.
const RESERVED: [&str; 10] =
    ["location", "document", "window", "forms", "body", "head", "name", "top", "parent", "self"];

pub(super) struct OpenHeading {
    pub(super) start: usize,
    /// How many holes there were before it: one may be at its very start.
    pub(super) holes: usize,
    pub(super) level: u8,
    pub(super) given: Option<String>,
    /// Whether it ends with braces that give no id, such as "Pain {0-10}": the parser swallows them.
    pub(super) has_braces: bool,
    pub(super) text: String,
    pub(super) quotes: Vec<(u32, Quote)>,
    pub(super) span: Span,
}

impl Writer<'_> {
    pub(super) fn end_heading(&mut self) {
        self.say_braces();
        let Some(heading) = self.heading.take() else { return };
        let is_given = heading.given.is_some();
        let wanted = heading.given.unwrap_or_else(|| anchor(&heading.text));
        let base = if RESERVED.contains(&&*wanted) { format!("{wanted}-section") } else { wanted };
        let id = match self.free_anchor(&base) {
            None => base,
            Some(free) => {
                let oddity = || Oddity::DuplicateAnchor(base, heading.span);
                self.document.outline.oddities.extend(is_given.then(oddity));
                free
            }
        };
        let (open, close) = tags(heading.level);
        let mut tag = String::with_capacity(open.len() + id.len() + 2);
        tag.push_str(open);
        push_escaped(&mut tag, &id);
        tag.push_str("\">");
        self.insert(heading.start, heading.holes, &tag);
        self.close_block(close);
        self.document.outline.headings.push(Heading {
            level: heading.level,
            id,
            text: trimmed(heading.text),
            quotes: heading.quotes,
            span: heading.span,
        });
    }

    fn say_braces(&mut self) {
        let Some(heading) = self.heading.as_ref().filter(|heading| heading.has_braces) else {
            return;
        };
        let range = heading.span.range();
        let line = self.text[range.clone()].lines().next().unwrap_or_default().trim_end();
        if let Some(at) = line.rfind('{') {
            let start = range.start + at;
            self.text(&format!(" {}", &line[at..]), &(start..range.start + line.len()));
        }
    }

    /// Inserts HTML before what was written since `start`, when there were `holes` of them.
    fn insert(&mut self, start: usize, holes: usize, html: &str) {
        let prose = &mut self.document.prose;
        prose.html.insert_str(start, html);
        let by = html.len() as u32;
        for hole in prose.holes.iter_mut().skip(holes) {
            hole.at += by;
        }
        for run in prose.runs.iter_mut().rev().take_while(|run| run.start as usize >= start) {
            run.start += by;
            run.end += by;
        }
    }

    /// An anchor instead of one that is taken, if it is.
    fn free_anchor(&mut self, base: &str) -> Option<String> {
        let Some(uses) = self.anchors.get(base) else {
            self.anchors.insert(base.to_owned(), 1);
            return None;
        };
        let mut number = *uses + 1;
        loop {
            let candidate = format!("{base}-{number}");
            if !self.anchors.contains_key(&candidate) {
                self.anchors.insert(candidate.clone(), 1);
                // The next of this name goes on from here, past those that others have taken.
                self.anchors.insert(base.to_owned(), number);
                return Some(candidate);
            }
            number += 1;
        }
    }
}

/// How the tags of a heading begin and end. Documents begin below the title of their page, which is the
/// only `h1`.
fn tags(level: u8) -> (&'static str, &'static str) {
    match level {
        0..=2 => ("<h2 id=\"", "</h2>\n"),
        3 => ("<h3 id=\"", "</h3>\n"),
        4 => ("<h4 id=\"", "</h4>\n"),
        5 => ("<h5 id=\"", "</h5>\n"),
        _ => ("<h6 id=\"", "</h6>\n"),
    }
}

fn trimmed(text: String) -> String {
    let trimmed = text.trim();
    if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
}
