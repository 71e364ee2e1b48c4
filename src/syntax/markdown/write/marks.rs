//! Directives, where their hidden lines come up again.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag};

use super::Writer;
use crate::source::Span;
use crate::syntax::markdown::directive::{Argument, Directive, HIDDEN_COLON, Mark, Sort};
use crate::syntax::markdown::document::{Oddity, What};

/// How deep directives may stand in each other.
const DEEPEST: usize = 16;

/// A directive whose body has begun.
pub(super) struct OpenDirective {
    number: u32,
    name: Span,
    /// Where its body begins in the HTML.
    start: usize,
    /// In how many items, quotes and the like it stands: its body ends there at the latest.
    depth: usize,
}

impl<'text> Writer<'text> {
    /// Writes the directive that was hidden where a block of HTML begins, if there is one.
    pub(super) fn take_mark(&mut self, block: &Range<usize>) -> bool {
        let text = self.text;
        let begins_with = |mark: &&Mark| text[block.start..start(mark)].trim().is_empty();
        let Some(mark) = self.advance_to(block).filter(begins_with) else { return false };
        self.next_mark += 1;
        self.document.outline.oddities.extend(mark.oddity.clone());
        match &mark.sort {
            Sort::Open(directive) => self.open_directive(directive),
            Sort::Close => match self.open_directives.pop_if(|open| open.depth == self.depth) {
                Some(open) => {
                    self.hole(What::Close(open.number));
                    self.steps(&open);
                }
                // It was meant for one that had to end before.
                None if self.ended_directives > 0 => self.ended_directives -= 1,
                None => self.document.outline.oddities.push(Oddity::StrayClose(mark.span)),
            },
        }
        true
    }

    fn open_directive(&mut self, directive: &Directive) {
        if directive.is_block && self.open_directives.len() >= DEEPEST {
            return self.document.outline.oddities.push(Oddity::UnclosedDirective(directive.span));
        }
        self.begin(directive.clone());
    }

    fn begin(&mut self, directive: Directive) {
        let number = self.document.outline.directives.len() as u32;
        self.hole(What::Open(number));
        if directive.is_block {
            let (name, depth) = (directive.span, self.depth);
            let start = self.document.prose.html.len();
            self.open_directives.push(OpenDirective { number, name, start, depth });
        }
        self.document.outline.directives.push(directive);
    }

    /// Steps are the items of a list.
    fn steps(&mut self, open: &OpenDirective) {
        let body = self.document.prose.html.get(open.start..).unwrap_or_default();
        let is_steps = self.text.get(open.name.range()) == Some("steps");
        if is_steps && !body.contains("<li") {
            self.document.outline.oddities.push(Oddity::StepsWithoutList(open.name));
        }
    }

    /// `> [!WARNING]` is a note of a kind: what it is about follows as the text of a quote.
    pub(super) fn open_note(&mut self, kind: BlockQuoteKind, quote: Range<usize>) {
        let value = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let line = self.text[quote.clone()].lines().next().map_or(0, str::len);
        let name = Span::new(quote.start..quote.start + line);
        let (key, value, span) = ("kind".to_owned(), value.to_owned(), name);
        let argument = Argument { name: key, name_span: span, value, span };
        let (arguments, is_block) = (vec![argument], true);
        self.begin(Directive { name: "note".to_owned(), span: name, arguments, is_block });
    }

    /// The quote that is a note ends; what was opened inside has ended with it.
    pub(super) fn close_note(&mut self) {
        if let Some(note) = self.open_directives.pop() {
            self.hole(What::Close(note.number));
        }
    }

    /// An item, a quote or the like begins.
    pub(super) fn enter(&mut self) {
        self.depth += 1;
    }

    /// It ends, and with it what was opened inside.
    pub(super) fn leave(&mut self) {
        self.close_directives(self.depth);
        self.depth -= 1;
    }

    /// Closes the directives that are still open so deep.
    pub(super) fn close_directives(&mut self, depth: usize) {
        while let Some(open) = self.open_directives.pop_if(|open| open.depth >= depth) {
            self.hole(What::Close(open.number));
            self.ended_directives += 1;
            self.document.outline.oddities.push(Oddity::UnclosedDirective(open.name));
        }
    }

    /// What stands in the text where the parser saw `seen`, which is text in code or HTML, and the marks
    /// in it, which are none.
    pub(super) fn as_written<'seen>(
        &mut self,
        seen: &'seen str,
        range: &Range<usize>,
    ) -> (&'seen str, &'text [Mark])
    where
        'text: 'seen,
    {
        let first = self.next_mark;
        while self.advance_to(range).is_some() {
            self.next_mark += 1;
        }
        let marks = &self.marks[first..self.next_mark];
        let is_as_seen = |hidden: &str| {
            hidden == seen || self.has_hidden_colons && hidden.replace(HIDDEN_COLON, ":") == seen
        };
        let is_hidden = !marks.is_empty() && self.hidden.get(range.clone()).is_some_and(is_as_seen);
        (if is_hidden { &self.text[range.clone()] } else { seen }, marks)
    }

    /// Reports lines that look like directives, and stand where none can be.
    pub(super) fn misplaced(&mut self, marks: &[Mark]) {
        let oddities = marks.iter().map(|mark| Oddity::MisplacedDirective(mark.span));
        self.document.outline.oddities.extend(oddities);
    }

    /// The next mark, if it stands in this range; marks before it are passed, and reported.
    fn advance_to(&mut self, range: &Range<usize>) -> Option<&'text Mark> {
        let passed = self.marks[self.next_mark..].iter();
        let passed = passed.take_while(|mark| start(mark) < range.start).count();
        self.pass(passed);
        self.marks.get(self.next_mark).filter(|mark| start(mark) < range.end)
    }

    /// Goes on after marks that did not come up: they stand where markdown shows nothing.
    pub(super) fn pass(&mut self, count: usize) {
        let passed = &self.marks[self.next_mark..][..count];
        self.misplaced(passed);
        self.next_mark += count;
    }
}

/// What the parser saw, with the colons that were hidden from it.
pub(super) fn with_colons(event: Event<'_>) -> Event<'_> {
    let whole = |text: CowStr<'_>| text.replace(HIDDEN_COLON, ":").into();
    match event {
        Event::Text(text) => Event::Text(whole(text)),
        Event::Code(code) => Event::Code(whole(code)),
        Event::Html(html) => Event::Html(whole(html)),
        Event::InlineHtml(html) => Event::InlineHtml(whole(html)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (whole(dest_url), whole(title));
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (whole(dest_url), whole(title));
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    }
}

fn start(mark: &Mark) -> usize {
    mark.span.range().start
}
