//! Runs through the events of the markdown parser once and writes HTML, holes and outline.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag,
    TagEnd,
};

use super::directive::{self, Mark};
use super::document::{
    Block, Citation, Document, Heading, Hole, Image, Link, LinkForm, Oddity, Prose, RawHtml, Run,
    What,
};
use crate::source::Span;
use crate::syntax::escape::push_escaped;
use crate::syntax::highlight::push_highlighted;
use crate::syntax::slug::slug;
use crate::syntax::text::with_line_feeds;

/// Parses markdown. Places in the document count from the start of `text`.
pub fn parse(text: &str) -> Document {
    let text = with_line_feeds(text);
    let hidden = directive::hide(&text);
    let mut undefined = Vec::new();
    let broken = |link: BrokenLink<'_>| label_target(&link, &mut undefined);
    let parser = Parser::new_with_broken_link_callback(&hidden.text, options(), Some(broken))
        .into_offset_iter();
    let mut writer = Writer::new(&hidden.marks);
    writer.document.outline.oddities = hidden.oddities;
    for (event, range) in parser {
        writer.event(event, range);
    }
    writer.finish(undefined)
}

fn options() -> Options {
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

/// Ids that the page itself uses, or that name something of the browser's: a heading takes another.
const RESERVED: [&str; 20] = [
    "main",
    "search",
    "contents",
    "sources",
    "references",
    "questions",
    "trigger-points",
    "review",
    "location",
    "document",
    "window",
    "forms",
    "body",
    "head",
    "name",
    "top",
    "parent",
    "self",
    "related",
    "services",
];

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
    anchors: BTreeMap<String, u32>,
    notes: Footnotes,
}

struct OpenHeading {
    start: usize,
    /// How many holes there were before it: one may be at its very start.
    holes: usize,
    level: u8,
    given: Option<String>,
    text: String,
    span: Span,
}

struct OpenLink {
    number: Option<u32>,
    is_empty: bool,
    citation: Option<Range<usize>>,
}

struct OpenCode {
    language: String,
    text: String,
}

/// Footnotes, numbered as they are first referred to and written after the text.
#[derive(Default)]
struct Footnotes {
    numbers: BTreeMap<String, (usize, u32, Span)>,
    texts: BTreeMap<String, (Prose, Span)>,
    /// The texts around the definitions that are being written: one may stand in another.
    around: Vec<(String, Prose, Span)>,
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

    fn start_link(&mut self, link_type: LinkType, target: &str, range: Range<usize>) {
        let span = Span::new(range.clone());
        let mut open = OpenLink { number: None, is_empty: true, citation: None };
        if target == CITE {
            open.citation = Some(range);
        } else if self.image.is_none() {
            let form = match link_type {
                LinkType::WikiLink { .. } => LinkForm::Wiki,
                _ => LinkForm::Inline,
            };
            let target = match link_type {
                LinkType::Email if !target.starts_with("mailto:") => format!("mailto:{target}"),
                // In a table, the bar before the text of a link has to be escaped.
                LinkType::WikiLink { .. } => target.trim_end_matches('\\').trim().to_owned(),
                _ => target.to_owned(),
            };
            if target.is_empty() {
                self.document.outline.oddities.push(Oddity::EmptyTarget(span));
            }
            let number = self.document.outline.links.len() as u32;
            self.document.outline.links.push(Link { target, form, span });
            self.hole(What::LinkOpen(number));
            open.number = Some(number);
            // `[[target]]` without a text shows the target's name.
            if link_type == (LinkType::WikiLink { has_pothole: false }) {
                self.hole(What::LinkName(number));
                open.is_empty = false;
                self.links.push(open);
                return;
            }
        }
        self.links.push(open);
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

    fn end_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        if open.citation.is_some() {
            return;
        }
        if let Some(number) = open.number {
            if open.is_empty {
                self.hole(What::LinkName(number));
            }
            self.hole(What::LinkClose(number));
        }
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let is_given = heading.given.is_some();
        let wanted = heading.given.unwrap_or_else(|| slug(&heading.text));
        let id = self.unique_anchor(&wanted, is_given, heading.span);
        // Documents begin below the title of their page, which is the only `h1`.
        let level = heading.level.max(2);
        let mut open = format!("<h{level} id=\"");
        push_escaped(&mut open, &id);
        open.push_str("\">");
        self.insert(heading.start, heading.holes, &open);
        self.close_block(&format!("</h{level}>\n"));
        self.document.outline.headings.push(Heading {
            level: heading.level,
            id,
            text: heading.text.trim().to_owned(),
            span: heading.span,
        });
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

    fn unique_anchor(&mut self, wanted: &str, is_given: bool, span: Span) -> String {
        let mut base = if is_given { wanted.to_owned() } else { slug(wanted) };
        if RESERVED.contains(&base.as_str()) {
            base.push_str("-section");
        }
        let uses = self.anchors.entry(base.clone()).or_insert(0);
        *uses += 1;
        if *uses == 1 {
            return base;
        }
        if is_given {
            self.document.outline.oddities.push(Oddity::DuplicateAnchor(base.clone(), span));
        }
        let mut number = *uses;
        loop {
            let candidate = format!("{base}-{number}");
            if !self.anchors.contains_key(&candidate) {
                self.anchors.insert(candidate.clone(), 1);
                // The next of this name goes on from here, past those that others have taken.
                self.anchors.insert(base, number);
                return candidate;
            }
            number += 1;
        }
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.push("<pre tabindex=\"0\"><code");
        if !code.language.is_empty() {
            self.push(" class=\"language-");
            push_escaped(&mut self.document.prose.html, &code.language);
            self.push("\"");
        }
        self.push(">");
        push_highlighted(&mut self.document.prose.html, &code.text, &code.language);
        self.push("</code></pre>\n");
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        if let Some(html) = &mut self.html {
            html.html.push_str(text);
            return;
        }
        if let Some(open) = self.links.last_mut() {
            if let Some(citation) = open.citation.take() {
                self.citation(text, citation, range);
                return;
            }
            // The text of `[[target]]` is the target itself; its name is shown instead.
            let is_wiki_name = self
                .document
                .prose
                .holes
                .last()
                .is_some_and(|hole| Some(hole.what) == open.number.map(What::LinkName));
            if is_wiki_name {
                return;
            }
            open.is_empty = false;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.block.is_none() {
            self.open_block(Span::new(range.clone()));
        }
        self.document.outline.words += words(text);
        let start = self.here();
        push_escaped(&mut self.document.prose.html, text);
        self.push_run(start);
    }

    /// Adds what was written since `start` to the runs, to the last one if it goes on.
    fn push_run(&mut self, start: u32) {
        let end = self.here();
        let Some(block) = self.block else { return };
        let is_linkable = self.links.is_empty() && self.heading.is_none() && self.quotes == 0;
        // A run ends at a hole, though nothing stands between it and the next.
        let after_hole = self.document.prose.holes.last().is_some_and(|hole| hole.at == start);
        let runs = &mut self.document.prose.runs;
        if let Some(last) = runs.last_mut()
            && !after_hole
            && last.end == start
            && last.block == block
            && last.is_linkable == is_linkable
        {
            last.end = end;
            return;
        }
        runs.push(Run { start, end, block, is_linkable });
    }

    fn citation(&mut self, text: &str, whole: Range<usize>, range: &Range<usize>) {
        let _ = range;
        let ids = text
            .split(';')
            .map(|id| id.trim().trim_start_matches('@').to_owned())
            .filter(|id| !id.is_empty())
            .collect();
        let number = self.document.outline.citations.len() as u32;
        self.document.outline.citations.push(Citation { ids, span: Span::new(whole) });
        if let Some(block) = self.block {
            self.document.prose.blocks[block as usize].is_cited = true;
        }
        self.hole(What::Citation(number));
        // What else is in the brackets belongs to the citation.
        if let Some(open) = self.links.last_mut() {
            open.citation = None;
            open.is_empty = false;
            open.number = None;
        }
    }

    fn inline_code(&mut self, code: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(code);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(code);
        }
        if let Some(open) = self.links.last_mut() {
            open.is_empty = false;
        }
        self.document.outline.words += words(code);
        self.push("<code>");
        push_escaped(&mut self.document.prose.html, code);
        self.push("</code>");
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        if let Some(open) = &mut self.html {
            open.html.push_str(html);
            return;
        }
        if self.was_mark(range.start) {
            return;
        }
        if let Some(image) = &mut self.image {
            image.alt.push_str(html);
            return;
        }
        let span = Span::new(range);
        self.push_raw_html(RawHtml { html: html.to_owned(), is_block: false, span });
    }

    fn push_raw_html(&mut self, html: RawHtml) {
        let number = self.document.outline.raw_html.len() as u32;
        self.document.outline.raw_html.push(html);
        self.hole(What::RawHtml(number));
    }

    /// Writes the directive that was hidden at this byte, if there is one.
    fn take_mark(&mut self, at: usize) -> bool {
        // A directive in a place that markdown passes over is never met; go on to the next.
        while self.marks.get(self.next_mark).is_some_and(|(byte, _)| *byte < at) {
            self.skip_mark();
        }
        let Some((byte, mark)) = self.marks.get(self.next_mark) else { return false };
        if *byte != at {
            return false;
        }
        self.next_mark += 1;
        match mark {
            Mark::Open(directive) => {
                let number = self.document.outline.directives.len() as u32;
                self.document.outline.directives.push(directive.clone());
                self.hole(What::Open(number));
                if directive.is_block {
                    self.open_directives.push(number);
                }
            }
            Mark::Close(_) => {
                if let Some(number) = self.open_directives.pop() {
                    self.hole(What::Close(number));
                }
            }
        }
        true
    }

    fn skip_mark(&mut self) {
        if let (_, Mark::Open(directive)) = &self.marks[self.next_mark]
            && !directive.is_block
        {
            self.document.outline.oddities.push(Oddity::StrayClose(directive.span));
        }
        self.next_mark += 1;
    }

    fn was_mark(&self, at: usize) -> bool {
        self.next_mark > 0 && self.marks[self.next_mark - 1].0 == at
    }

    fn footnote_reference(&mut self, label: &str, range: &Range<usize>) {
        let next = self.notes.numbers.len() + 1;
        let span = Span::new(range.clone());
        let (number, uses, _) =
            self.notes.numbers.entry(label.to_owned()).or_insert((next, 0, span));
        *uses += 1;
        let suffix = if *uses > 1 { format!("-{uses}") } else { String::new() };
        let html = format!(
            "<sup class=\"footnote\"><a id=\"fnref{number}{suffix}\" href=\"#fn{number}\">{number}</a></sup>"
        );
        self.push(&html);
    }

    fn end_footnote(&mut self) {
        let Some((label, around, span)) = self.notes.around.pop() else { return };
        let text = mem::replace(&mut self.document.prose, around);
        self.notes.texts.insert(label, (text, span));
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
        self.document.prose.html.shrink_to_fit();
        self.document
    }

    fn append_footnote(&mut self, number: usize, text: Prose) {
        self.push(&format!("<li id=\"fn{number}\">"));
        let by = self.here();
        let blocks = self.document.prose.blocks.len() as u32;
        let prose = &mut self.document.prose;
        let back = format!(
            " <a class=\"back\" href=\"#fnref{number}\" aria-label=\"Back to the text\">\u{21a9}\u{fe0e}</a>"
        );
        let (inner, tail) = match text.html.strip_suffix("</p>\n") {
            Some(inner) => (inner, "</p>\n"),
            None => (text.html.as_str(), ""),
        };
        prose.html.push_str(inner);
        prose.html.push_str(&back);
        prose.html.push_str(tail);
        prose.holes.extend(text.holes.iter().map(|hole| Hole { at: hole.at + by, ..*hole }));
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

/// How many words begin in a piece of text.
fn words(text: &str) -> u32 {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() as u32
}
