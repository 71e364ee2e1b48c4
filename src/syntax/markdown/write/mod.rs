//! Runs through the events of the markdown parser once and writes HTML, holes and outline.

mod footnotes;
mod headings;
mod images;
mod left;
mod links;
mod marks;
mod quotes;
mod tasks;
mod text;
mod unlinked;

use std::mem;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use rustc_hash::FxHashMap;

use super::directive::{self, Hidden, Mark};
use super::document::{Block, Document, Hole, Oddity, RawHtml, What};
use crate::source::Span;
use crate::syntax::text::with_line_feeds;

pub(crate) use footnotes::FOOTNOTES;
use footnotes::Footnotes;
use headings::OpenHeading;
use images::OpenImage;
use left::Plain;
use links::OpenLink;
use marks::{OpenDirective, with_colons};
use text::OpenCode;
use unlinked::Unlinked;

/// Parses markdown. Places in the document count from the start of `text`.
pub fn parse(text: &str) -> Document {
    let text = with_line_feeds(text);
    let hidden = directive::hide(&text);
    let mut undefined = Vec::new();
    let broken = |link: BrokenLink<'_>| label_target(&link, &mut undefined);
    let parser = Parser::new_with_broken_link_callback(&hidden.text, options(), Some(broken))
        .into_offset_iter();
    let mut writer = Writer::new(&text, &hidden);
    let prose = &mut writer.document.prose;
    // Tags make a text about a fifth longer. Runs of a hundred bytes are usual, and three in two paragraphs.
    prose.html.reserve(text.len() + text.len() / 4);
    prose.runs.reserve(text.len() / 100);
    prose.blocks.reserve(text.len() / 150);
    for (event, range) in parser {
        writer.event(event, range);
    }
    let plain = mem::take(&mut writer.plain);
    let mut document = writer.finish(undefined);
    let left = left::left(&plain, &text, &document.outline.oddities);
    document.outline.oddities.extend(left);
    // It is kept until its page is drawn.
    document.prose.html.shrink_to_fit();
    document
}

/// What markdown is taken to be.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM
}

/// With what the target of a link begins that is a citation; its label follows.
const CITE: &str = "\u{1}cite";

/// What to make of a label that is not defined: a citation if it is `@id`, else nothing.
fn label_target(
    link: &BrokenLink<'_>,
    undefined: &mut Vec<Oddity>,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    let label = link.reference.trim();
    let is_id = |id: &str| id.trim().strip_prefix('@').is_some_and(|id| !id.is_empty());
    if label.split(';').all(is_id) {
        return Some((format!("{CITE}{label}").into(), CowStr::from("")));
    }
    if link.link_type == LinkType::Reference {
        undefined.push(Oddity::UndefinedLabel(label.to_owned(), Span::new(link.span.clone())));
    }
    None
}

struct Writer<'text> {
    document: Document,
    /// The text, and what the parser sees of it.
    text: &'text str,
    hidden: &'text str,
    has_hidden_colons: bool,
    marks: &'text [Mark],
    next_mark: usize,
    /// Whether a hidden line is passing by.
    in_mark: bool,
    open_directives: Vec<OpenDirective>,
    /// How many ended with what they stand in, and not where they are closed.
    ended_directives: usize,
    /// In how many items, quotes and the like this stands.
    depth: usize,
    heading: Option<OpenHeading>,
    links: Vec<OpenLink>,
    image: Option<OpenImage>,
    code: Option<OpenCode>,
    html: Option<RawHtml>,
    unlinked: Unlinked,
    quotes: usize,
    is_quote_within_open: bool,
    block: Option<u32>,
    section: u16,
    alignments: Vec<pulldown_cmark::Alignment>,
    cell: usize,
    in_head: bool,
    in_word: bool,
    is_in_task: bool,
    anchors: FxHashMap<String, u32>,
    notes: Footnotes,
    plain: Plain,
}

impl<'text> Writer<'text> {
    fn new(text: &'text str, hidden: &'text Hidden<'_>) -> Self {
        Self {
            document: Document::default(),
            text,
            hidden: &hidden.text,
            has_hidden_colons: hidden.has_hidden_colons,
            marks: &hidden.marks,
            next_mark: 0,
            in_mark: false,
            open_directives: Vec::new(),
            ended_directives: 0,
            depth: 0,
            heading: None,
            links: Vec::new(),
            image: None,
            code: None,
            html: None,
            unlinked: Unlinked::default(),
            quotes: 0,
            is_quote_within_open: false,
            block: None,
            section: 0,
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            in_word: false,
            is_in_task: false,
            anchors: FxHashMap::default(),
            notes: Footnotes::default(),
            plain: Plain::with_room(text.len() / 100),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let event = if self.has_hidden_colons { with_colons(event) } else { event };
        self.end_task(&event);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::SoftBreak => self.text("\n", &range),
            Event::HardBreak => {
                self.push_unless_image("<br>");
                self.text("\n", &range);
            }
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_reference(&label, &range),
            Event::TaskListMarker(is_done) => self.open_task(is_done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
        }
    }

    fn push(&mut self, html: &str) {
        self.document.prose.html.push_str(html);
    }

    fn here(&self) -> u32 {
        self.document.prose.html.len() as u32
    }

    fn hole(&mut self, what: What) {
        let at = self.here();
        self.document.prose.holes.push(Hole { at, what });
    }

    fn open_block(&mut self, span: Span) {
        let block = Block { span, section: self.section, is_cited: false };
        self.block = Some(self.document.prose.blocks.len() as u32);
        self.in_word = false;
        self.unlinked.begin_block();
        self.document.prose.blocks.push(block);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let span = Span::new(range.clone());
        match tag {
            Tag::Paragraph => {
                self.open_block(span);
                self.push("<p>");
            }
            Tag::Heading { level, id, classes, attrs } => {
                let is_said = id.is_none() && !(classes.is_empty() && attrs.is_empty());
                self.section = self.section.saturating_add(1);
                self.open_block(span);
                self.heading = Some(OpenHeading {
                    start: self.document.prose.html.len(),
                    holes: self.document.prose.holes.len(),
                    level: level as u8,
                    given: id.map(|id| id.to_string()),
                    has_braces: is_said,
                    text: String::with_capacity(range.len()),
                    quotes: Vec::new(),
                    span,
                });
            }
            Tag::BlockQuote(Some(kind)) => {
                self.open_note(kind, range);
                self.enter();
            }
            Tag::BlockQuote(None) => {
                self.enter();
                self.quotes += 1;
                self.push("<blockquote>\n");
            }
            Tag::CodeBlock(kind) => {
                let (language, fence) = match kind {
                    CodeBlockKind::Fenced(info) => (
                        info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
                        Some(span),
                    ),
                    CodeBlockKind::Indented => (String::new(), None),
                };
                self.code = Some(OpenCode { language, text: String::new(), fence });
            }
            Tag::HtmlBlock => {
                self.in_mark = self.take_mark(&range);
                if self.in_mark {
                    return;
                }
                self.html = Some(RawHtml { html: String::new(), is_block: true, span });
            }
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.push("<ul>\n"),
            Tag::Item => {
                self.enter();
                self.open_block(span);
                self.push("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                self.enter();
                let around = mem::take(&mut self.document.prose);
                self.document.prose.html.reserve(range.len());
                self.notes.around.push((label.to_string(), around, span));
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.open_block(span);
                self.push("<dt>");
            }
            Tag::DefinitionListDefinition => {
                self.enter();
                self.open_block(span);
                self.push("<dd>");
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.push("<div class=\"table\" tabindex=\"0\">\n<table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.start_cell(span),
            Tag::Emphasis => self.push_unless_image("<em>"),
            Tag::Strong => self.push_unless_image("<strong>"),
            Tag::Strikethrough => self.push_unless_image("<del>"),
            Tag::Superscript => self.push_unless_image("<sup>"),
            Tag::Subscript => self.push_unless_image("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, range),
            Tag::Image { link_type, dest_url, .. } if dest_url.starts_with(CITE) => {
                self.start_exclaimed(link_type, &dest_url, range);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.start_image(link_type, &dest_url, &title, span);
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn push_unless_image(&mut self, html: &str) {
        if self.image.is_none() {
            self.push(html);
        }
    }

    fn start_cell(&mut self, span: Span) {
        use pulldown_cmark::Alignment;
        self.open_block(span);
        let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
        let alignment = match self.alignments.get(self.cell) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.cell += 1;
        self.push("<");
        self.push(tag);
        self.push(alignment);
        self.push(">");
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition => self.leave(),
            _ => {}
        }
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(Some(_)) => self.close_note(),
            TagEnd::BlockQuote(None) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.push("</blockquote>\n");
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                self.in_mark = false;
                if let Some(html) = self.html.take() {
                    self.push_raw_html(html);
                }
            }
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::Item => self.close_block("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::Table => self.push("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.close_block(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.push_unless_image("</em>"),
            TagEnd::Strong => self.push_unless_image("</strong>"),
            TagEnd::Strikethrough => self.push_unless_image("</del>"),
            TagEnd::Superscript => self.push_unless_image("</sup>"),
            TagEnd::Subscript => self.push_unless_image("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::MetadataBlock(_) => {}
        }
    }

    fn close_block(&mut self, html: &str) {
        self.push(html);
        self.block = None;
    }

    fn finish(mut self, undefined: Vec<Oddity>) -> Document {
        self.pass(self.marks.len() - self.next_mark);
        self.close_directives(0);
        self.append_footnotes();
        self.document.outline.oddities.extend(undefined);
        self.document
    }
}
