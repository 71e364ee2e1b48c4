//! Runs through the events of the markdown parser once and writes HTML, holes and outline.

mod footnotes;
mod headings;
mod left;
mod links;
mod marks;
mod text;

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag,
    TagEnd,
};

use super::directive::{self, Mark};
use super::document::{Block, Document, Hole, Image, Oddity, RawHtml, What};
use crate::source::Span;
use crate::syntax::text::with_line_feeds;

use footnotes::Footnotes;
use headings::OpenHeading;
use links::OpenLink;
use text::OpenCode;

/// Parses markdown. Places in the document count from the start of `text`.
pub fn parse(text: &str) -> Document {
    let text = with_line_feeds(text);
    let hidden = directive::hide(&text);
    let mut undefined = Vec::new();
    let broken = |link: BrokenLink<'_>| label_target(&link, &mut undefined);
    let parser = Parser::new_with_broken_link_callback(&hidden.text, options(), Some(broken))
        .into_offset_iter();
    let mut writer = Writer::new(&hidden.marks);
    // Tags make a text about a fifth longer.
    writer.document.prose.html.reserve(text.len() + text.len() / 4);
    writer.document.outline.oddities = hidden.oddities;
    for (event, range) in parser {
        writer.event(event, range);
    }
    let mut document = writer.finish(undefined);
    let left = left::left(&document.prose, &text);
    document.outline.oddities.extend(left);
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

/// The mark of a link that is a citation.
const CITE: &str = "\u{1}cite";

/// What to make of a label that is not defined: a citation if it is `@id`, else nothing.
fn label_target(
    link: &BrokenLink<'_>,
    undefined: &mut Vec<Oddity>,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    let label = link.reference.trim();
    if label.starts_with('@') && label.split(';').all(|id| id.trim().starts_with('@')) {
        return Some((CITE.into(), CowStr::from("")));
    }
    if link.link_type == LinkType::Reference {
        undefined.push(Oddity::UndefinedLabel(label.to_owned(), Span::new(link.span.clone())));
    }
    None
}

struct Writer<'marks> {
    document: Document,
    marks: &'marks [(usize, Mark)],
    next_mark: usize,
    open_directives: Vec<u32>,
    heading: Option<OpenHeading>,
    links: Vec<OpenLink>,
    image: Option<Image>,
    code: Option<OpenCode>,
    html: Option<RawHtml>,
    quotes: usize,
    block: Option<u32>,
    section: u16,
    alignments: Vec<pulldown_cmark::Alignment>,
    cell: usize,
    in_head: bool,
    in_word: bool,
    anchors: BTreeMap<String, u32>,
    notes: Footnotes,
}

impl<'marks> Writer<'marks> {
    fn new(marks: &'marks [(usize, Mark)]) -> Self {
        Self {
            document: Document::default(),
            marks,
            next_mark: 0,
            open_directives: Vec::new(),
            heading: None,
            links: Vec::new(),
            image: None,
            code: None,
            html: None,
            quotes: 0,
            block: None,
            section: 0,
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            in_word: false,
            anchors: BTreeMap::new(),
            notes: Footnotes::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::SoftBreak => self.text("\n", &range),
            Event::HardBreak => self.push(if self.image.is_some() { "" } else { "<br>\n" }),
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_reference(&label, &range),
            Event::TaskListMarker(is_done) => self.push(if is_done {
                "<input type=\"checkbox\" disabled checked> "
            } else {
                "<input type=\"checkbox\" disabled> "
            }),
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
        self.document.prose.blocks.push(block);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let span = Span::new(range.clone());
        match tag {
            Tag::Paragraph => {
                self.open_block(span);
                self.push("<p>");
            }
            Tag::Heading { level, id, .. } => {
                self.section = self.section.saturating_add(1);
                self.open_block(span);
                self.heading = Some(OpenHeading {
                    start: self.document.prose.html.len(),
                    holes: self.document.prose.holes.len(),
                    level: level as u8,
                    given: id.map(|id| id.to_string()),
                    text: String::new(),
                    span,
                });
            }
            Tag::BlockQuote(kind) => {
                self.quotes += 1;
                self.push(match kind {
                    None => "<blockquote>\n",
                    Some(BlockQuoteKind::Note) => "<blockquote class=\"callout note\">\n",
                    Some(BlockQuoteKind::Tip) => "<blockquote class=\"callout tip\">\n",
                    Some(BlockQuoteKind::Important) => "<blockquote class=\"callout important\">\n",
                    Some(BlockQuoteKind::Warning) => "<blockquote class=\"callout warning\">\n",
                    Some(BlockQuoteKind::Caution) => "<blockquote class=\"callout caution\">\n",
                });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(OpenCode { language, text: String::new() });
            }
            Tag::HtmlBlock => {
                if self.take_mark(range.start) {
                    return;
                }
                self.html = Some(RawHtml { html: String::new(), is_block: true, span });
            }
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.push("<ul>\n"),
            Tag::Item => {
                self.open_block(span);
                self.push("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                let around = mem::take(&mut self.document.prose);
                self.notes.around.push((label.to_string(), around, span));
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.open_block(span);
                self.push("<dt>");
            }
            Tag::DefinitionListDefinition => {
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
            Tag::Image { dest_url, title, .. } => {
                if self.image.is_none() {
                    if dest_url.is_empty() {
                        self.document.outline.oddities.push(Oddity::EmptyTarget(span));
                    }
                    self.image = Some(Image {
                        target: dest_url.to_string(),
                        alt: String::new(),
                        title: title.to_string(),
                        span,
                    });
                }
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
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.push("</blockquote>\n");
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
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
            TagEnd::Image => {
                if let Some(image) = self.image.take() {
                    let number = self.document.outline.images.len() as u32;
                    self.document.outline.images.push(image);
                    self.hole(What::Image(number));
                }
            }
            TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A paragraph that holds nothing but a picture is a figure.
    fn end_paragraph(&mut self) {
        let start = self.here().saturating_sub(3);
        let prose = &mut self.document.prose;
        let is_alone = prose.html.ends_with("<p>")
            // Holes are in order: the last but one is the nearest.
            && prose.holes.iter().rev().nth(1).is_none_or(|hole| hole.at <= start);
        if let (true, Some(Hole { at, what })) = (is_alone, prose.holes.last_mut())
            && let What::Image(number) = *what
        {
            *at = start;
            *what = What::Figure(number);
            prose.html.truncate(start as usize);
            return self.close_block("");
        }
        self.close_block("</p>\n");
    }

    fn close_block(&mut self, html: &str) {
        self.push(html);
        self.block = None;
    }

    fn finish(mut self, undefined: Vec<Oddity>) -> Document {
        while let Some(number) = self.open_directives.pop() {
            self.hole(What::Close(number));
        }
        let notes = mem::take(&mut self.notes);
        let Footnotes { numbers, mut texts, .. } = notes;
        let mut ordered: Vec<_> = numbers.into_iter().collect();
        ordered.sort_by_key(|(_, (number, _, _))| *number);
        if !ordered.is_empty() && !texts.is_empty() {
            self.push("<section class=\"footnotes\">\n<ol>\n");
            for (label, (number, _, span)) in &ordered {
                match texts.remove(label) {
                    Some((text, _)) => self.append_footnote(*number, text),
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
        self.document.outline.oddities.extend(undefined);
        self.document
    }
}
