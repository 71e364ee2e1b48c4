//! What a piece of markdown becomes: an outline that others may see, and prose with holes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;
use serde::{Deserialize, Serialize};

use super::directive::Directive;
use super::quotes::{Quote, Quotes};
use super::unread::Unread;
use crate::source::{Fingerprint, Fingerprinter, Span};

/// A parsed piece of markdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What is in it, with places.
    pub outline: Outline,
    /// Its HTML, with holes.
    pub prose: Prose,
}

/// All that a document holds that leads elsewhere or can be led to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// Its pictures, in order.
    pub images: Vec<Image>,
    /// Its citations, in order.
    pub citations: Vec<Citation>,
    /// Its directives, in the order in which they open.
    pub directives: Vec<Directive>,
    /// Its HTML, in order.
    pub raw_html: Vec<RawHtml>,
    /// What is wrong with it by itself.
    pub oddities: Vec<Oddity>,
    /// How many words it has.
    pub words: u32,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique in the document.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// The quotation marks of its text that another language sets otherwise, with their places there.
    pub quotes: Vec<(u32, Quote)>,
    /// Where it stands.
    pub span: Span,
}

/// A link to be resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Its target, as it was written.
    pub target: String,
    /// How it was written.
    pub form: LinkForm,
    /// Where it stands.
    pub span: Span,
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkForm {
    /// `[[target]]` or `[[target|text]]`.
    Wiki,
    /// `[text](target)`, `[text][label]` or `<target>`.
    Inline,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Its file, as it was written.
    pub target: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Its title; the credit.
    pub title: String,
    /// Where it stands.
    pub span: Span,
}

/// A citation: `[@simons-1999]`, or several: `[@a; @b]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The ids, in order.
    pub ids: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// HTML that stands in the markdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawHtml {
    /// The HTML.
    pub html: String,
    /// Whether it stands on lines of its own.
    pub is_block: bool,
    /// Where it stands.
    pub span: Span,
}

/// Something wrong with a document that can be seen in it alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Oddity {
    /// `:::name` that is never closed.
    UnclosedDirective(Span),
    /// `:::` that closes nothing.
    StrayClose(Span),
    /// A directive where none can be, so that readers see its line: in HTML, in a paragraph.
    MisplacedDirective(Span),
    /// The arguments of a directive, as they are written, are not `{key=value key="value"}`.
    MalformedArguments(String, Span),
    /// The name of a directive stands in braces, as it is written elsewhere: `:::{name} title`.
    BracedName(String, Span),
    /// `:::steps` around what is no list.
    StepsWithoutList(Span),
    /// `[text][label]` with a label that is nowhere defined.
    UndefinedLabel(String, Span),
    /// `[^label]` that is nowhere defined.
    UndefinedFootnote(String, Span),
    /// `[^label]: …` that nothing refers to.
    UnusedFootnote(String, Span),
    /// `[^label]: …` that is written before: the first one is shown.
    RepeatedFootnote(String, Span),
    /// `[[` that no `]]` closes, so that readers see the brackets.
    UnclosedLink(Span),
    /// `[[|text]]`: a link in brackets without a target, so that readers see these.
    EmptyLink(Span),
    /// A link or picture without a target.
    EmptyTarget(Span),
    /// A mark that nothing reads.
    Unread(Unread),
    /// An anchor that was given to two headings.
    DuplicateAnchor(String, Span),
}

/// HTML with holes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Prose {
    /// The HTML between the holes.
    pub html: String,
    /// What goes where, in order.
    pub holes: Vec<Hole>,
    /// The pieces of plain text in which names may become links, in order.
    pub runs: Vec<Run>,
    /// The paragraphs and the like that the runs belong to.
    pub blocks: Vec<Block>,
}

/// A hole in the HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// The byte of the HTML at which to fill it.
    pub at: u32,
    /// What to fill it with.
    pub what: What,
}

/// What fills a hole; the numbers count within the list of the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// The opening tag of a link.
    LinkOpen(u32),
    /// The name of a link's target.
    LinkName(u32),
    /// The closing tag of a link.
    LinkClose(u32),
    /// A picture in a line of text.
    Image(u32),
    /// A picture that stands alone.
    Figure(u32),
    /// The numbers of a citation.
    Citation(u32),
    /// HTML, by the project's policy.
    RawHtml(u32),
    /// A quotation mark that its author wrote straight: the language's takes the place of the one that
    /// stands there.
    Quote(Quote),
    /// A directive begins; without a body it ends here as well.
    Open(u32),
    /// The body of a directive ends.
    Close(u32),
}

/// A piece of the HTML without tags, entities aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The block it belongs to.
    pub block: u32,
    /// Whether names in it may become links: it is not in a heading, a link or a quote.
    pub is_linkable: bool,
}

impl Run {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it only marks a place: that of a name which the text does not say itself.
    fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// A paragraph, an item, a cell or a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// The section it belongs to: 0 before the first heading, then one more for each heading.
    pub section: u16,
    /// Whether a citation stands in it.
    pub is_cited: bool,
}

impl Outline {
    /// The fingerprint of what other pages can see of a text: its anchors, and where it leads.
    /// Neither its words nor the places of things are part of it.
    pub fn interface(&self) -> Fingerprint {
        let mut interface = Fingerprinter::new();
        for heading in &self.headings {
            interface.add_value(&(heading.level, &heading.id, &heading.text));
        }
        for link in &self.links {
            interface.add_value(&(&link.target, link.form));
        }
        for image in &self.images {
            interface.add_value(&(&image.target, &image.alt, &image.title));
        }
        for citation in &self.citations {
            interface.add_value(&citation.ids);
        }
        for directive in &self.directives {
            interface.add_value(&(&directive.name, directive.is_block));
            for argument in &directive.arguments {
                interface.add_value(&(&argument.name, &argument.value));
            }
        }
        interface.finish()
    }
}

impl Document {
    /// The plain text of its runs, with a space between blocks. `name` says what a link shows that has
    /// no text of its own, after the words of its block that stand before it; `quotes` are those of the
    /// language.
    pub fn plain_text(&self, quotes: &Quotes, name: impl Fn(&Link, &str) -> String) -> String {
        let mut text = String::with_capacity(self.prose.html.len());
        let mut names = self.prose.holes.iter().filter_map(|hole| match hole.what {
            What::LinkName(number) => Some((hole.at, number)),
            _ => None,
        });
        let mut marks = self.prose.holes.iter().filter_map(|hole| match hole.what {
            What::Quote(quote) => Some((hole.at, quote)),
            _ => None,
        });
        let mut mark = marks.next();
        let (mut last, mut start) = (None, 0);
        for (run, said) in self.prose.said() {
            if last.is_some_and(|last| last != run.block) {
                text.push(' ');
                start = text.len();
            } else if text.ends_with([' ', '\n'])
                && said.starts_with([' ', '.', ',', ';', ':', '!', '?', ')'])
            {
                // A citation stood between the two.
                text.pop();
            }
            last = Some(run.block);
            // A run ends at a hole, so that a mark is the first of its own.
            while mark.is_some_and(|(at, _)| at < run.start) {
                mark = marks.next();
            }
            match mark.filter(|(at, _)| *at == run.start && !run.is_empty()) {
                Some((_, quote)) => text.push_str(&quotes.set_in(&said, &[(0, quote)])),
                None => text.push_str(&said),
            }
            if run.is_empty()
                && let Some((_, number)) = names.find(|(at, _)| *at == run.start)
                && let Some(link) = self.outline.links.get(number as usize)
            {
                let name = name(link, &text[start..]);
                text.push_str(&name);
            }
        }
        text
    }
}

impl Prose {
    /// Whether a run is code within a text, which says nothing by itself.
    pub fn is_code(&self, run: &Run) -> bool {
        self.html[..run.start as usize].ends_with("<code>")
    }

    /// All runs, each with its plain text.
    pub fn said(&self) -> impl Iterator<Item = (&Run, Cow<'_, str>)> {
        let bytes = self.html.as_bytes();
        let entity_from = |at: usize| memchr(b'&', &bytes[at..]).map_or(bytes.len(), |by| at + by);
        // The next one is looked for once for all runs before it: hardly any holds one.
        let mut entity = entity_from(0);
        self.runs.iter().map(move |run| {
            let range = run.range();
            if entity < range.start {
                entity = entity_from(range.start);
            }
            let (is_plain, text) = (range.end <= entity, &self.html[range]);
            (run, if is_plain { Cow::Borrowed(text) } else { Cow::Owned(unescaped(text)) })
        })
    }
}

/// Takes back what [`crate::syntax::escape::push_escaped`] did.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (entity, character) = known.copied().unwrap_or(("&", '&'));
        plain.push(character);
        rest = &rest[entity.len()..];
    }
    plain.push_str(rest);
    plain
}

/// What [`crate::syntax::escape::push_escaped`] writes, and what it stands for.
const ENTITIES: [(&str, char); 5] =
    [("&#39;", '\''), ("&quot;", '"'), ("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
