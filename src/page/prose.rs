//! Fills the holes of a text: links, names that become links, pictures, citations, directives.
//!
//! What fills them is found first and has a fingerprint; the HTML is put together only when the
//! page has to be rendered.

use std::sync::Arc;

use serde::Serialize;

use super::sentence;
use super::view::Picture;
use crate::diagnostic::Diagnostic;
use crate::syntax::address::push_address;
use crate::syntax::escape::push_escaped;
use crate::syntax::markdown::{Directive, Hole, Outline, Prose, Quote, Quotes, What};

/// All that goes into the holes of one text.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Fillings {
    /// For each link.
    pub(crate) links: Vec<LinkFilling>,
    /// For each picture.
    pub(crate) pictures: Vec<Picture>,
    /// For each citation, its numbers.
    pub(crate) citations: Vec<Vec<CitationMark>>,
    /// For each directive.
    pub(crate) directives: Vec<DirectiveFilling>,
    /// The names that become links.
    pub(crate) mentions: Vec<MentionFilling>,
    /// Whether HTML is passed through.
    pub(crate) allows_html: bool,
    /// The quotation marks of the language.
    pub(crate) quotes: Arc<Quotes>,
}

/// Where a link leads, and what its target is called.
#[derive(Debug, Serialize)]
pub(crate) struct LinkFilling {
    pub(crate) href: Option<String>,
    pub(crate) name: String,
    /// The name within a sentence, where it is another.
    pub(crate) name_within: Option<String>,
    pub(crate) is_external: bool,
}

/// One number of a citation.
#[derive(Debug, Serialize)]
pub(crate) struct CitationMark {
    /// The number.
    pub(crate) number: u32,
    /// The anchor of this mark.
    pub(crate) anchor: String,
    /// Where the work is listed.
    pub(crate) href: String,
}

/// The component that shows a directive, with its arguments. Without a component nothing is shown.
#[derive(Debug, Serialize)]
pub(crate) struct DirectiveFilling {
    pub(crate) component: Option<String>,
    pub(crate) arguments: Vec<(String, tera::Value)>,
    pub(crate) is_block: bool,
}

impl DirectiveFilling {
    /// What shows nothing but the text inside it.
    pub(crate) fn nothing(directive: &Directive) -> Self {
        Self { component: None, arguments: Vec::new(), is_block: directive.is_block }
    }
}

/// A name that becomes a link.
#[derive(Debug, Serialize)]
pub(crate) struct MentionFilling {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) href: String,
    pub(crate) kind: &'static str,
}

/// Shows a directive: its component around the HTML of its body.
pub(crate) type RenderDirective<'a> =
    &'a dyn Fn(&DirectiveFilling, &str) -> Result<String, Box<Diagnostic>>;

/// Puts the HTML together.
///
/// # Errors
/// A mistake in the template of a directive.
pub(crate) fn splice(
    prose: &Prose,
    outline: &Outline,
    fillings: &Fillings,
    render: RenderDirective<'_>,
) -> Result<String, Box<Diagnostic>> {
    let mut splicer = Splicer {
        html: &prose.html,
        at: 0,
        out: vec![String::with_capacity(prose.html.len() * 5 / 4)],
        open: Vec::new(),
    };
    let mut mentions = fillings.mentions.iter().peekable();
    for hole in &prose.holes {
        while let Some(mention) = mentions.next_if(|mention| mention.start < hole.at) {
            splicer.mention(mention);
        }
        splicer.copy_to(hole.at);
        splicer.fill(*hole, outline, fillings, render)?;
    }
    for mention in mentions {
        splicer.mention(mention);
    }
    splicer.copy_to(u32::MAX);
    // Every opening hole has its closing one; the outermost text is what is left.
    Ok(splicer.out.swap_remove(0))
}

struct Splicer<'a> {
    html: &'a str,
    at: usize,
    out: Vec<String>,
    open: Vec<u32>,
}

impl Splicer<'_> {
    fn out(&mut self) -> &mut String {
        self.out.last_mut().expect("the outermost text is never closed")
    }

    fn copy_to(&mut self, end: u32) {
        let end = (end as usize).min(self.html.len());
        if end > self.at {
            let piece = &self.html[self.at..end];
            self.out().push_str(piece);
            self.at = end;
        }
    }

    fn mention(&mut self, mention: &MentionFilling) {
        if (mention.start as usize) < self.at {
            return;
        }
        self.copy_to(mention.start);
        let out = self.out();
        out.push_str("<a class=\"mention\" data-kind=\"");
        out.push_str(mention.kind);
        out.push_str("\" href=\"");
        push_address(out, &mention.href);
        out.push_str("\">");
        self.copy_to(mention.end);
        self.out().push_str("</a>");
    }

    fn fill(
        &mut self,
        hole: Hole,
        outline: &Outline,
        fillings: &Fillings,
        render: RenderDirective<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        match hole.what {
            What::LinkOpen(number) => open_link(self.out(), fillings.links.get(number as usize)),
            What::LinkName(number) => {
                if let Some(link) = fillings.links.get(number as usize) {
                    let within = link.name_within.as_ref();
                    let within = within.filter(|_| sentence::is_within(self.out()));
                    push_escaped(self.out(), within.unwrap_or(&link.name));
                }
            }
            What::LinkClose(_) => self.out().push_str("</a>"),
            What::Image(number) => {
                if let Some(picture) = fillings.pictures.get(number as usize) {
                    push_image(self.out(), picture);
                }
            }
            What::Figure(number) => {
                if let Some(picture) = fillings.pictures.get(number as usize) {
                    push_figure(self.out(), picture);
                }
            }
            What::Citation(number) => {
                if let Some(marks) = fillings.citations.get(number as usize) {
                    push_citation(self.out(), marks);
                }
            }
            What::RawHtml(number) => {
                if let Some(raw) = outline.raw_html.get(number as usize) {
                    push_raw_html(self.out(), &raw.html, raw.is_block, fillings.allows_html);
                }
            }
            What::Quote(quote) => self.quote(hole.at, quote, &fillings.quotes),
            What::Open(number) => match fillings.directives.get(number as usize) {
                Some(directive) if !directive.is_block => {
                    let html = render(directive, "")?;
                    self.out().push_str(&html);
                }
                _ => {
                    self.open.push(number);
                    self.out.push(String::new());
                }
            },
            What::Close(_) => self.close(fillings, render)?,
        }
        Ok(())
    }

    fn quote(&mut self, at: u32, quote: Quote, quotes: &Quotes) {
        // A mark within a name that is a link by now was shown with it.
        if self.at != at as usize {
            return;
        }
        // The quotes of a theme are text; only these two would not be shown as they are.
        let mark = quotes.of(quote).replace('&', "&amp;").replace('<', "&lt;");
        self.out().push_str(&mark);
        self.at += quote.parsed().len_utf8();
    }

    fn close(
        &mut self,
        fillings: &Fillings,
        render: RenderDirective<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(number) = self.open.pop() else { return Ok(()) };
        let body = self.out.pop().unwrap_or_default();
        let html = match fillings.directives.get(number as usize) {
            Some(directive) => render(directive, &body)?,
            None => body,
        };
        self.out().push_str(&html);
        Ok(())
    }
}

fn open_link(out: &mut String, link: Option<&LinkFilling>) {
    out.push_str("<a");
    if let Some(link) = link {
        if let Some(href) = &link.href {
            out.push_str(" href=\"");
            push_address(out, href);
            out.push('"');
        }
        if link.is_external {
            out.push_str(" rel=\"external noopener\"");
        }
    }
    out.push('>');
}

fn push_image(out: &mut String, picture: &Picture) {
    if picture.sources.is_empty() {
        return push_img(out, picture);
    }
    out.push_str("<picture>");
    for source in &picture.sources {
        out.push_str("<source type=\"");
        push_escaped(out, &source.format);
        out.push('"');
        push_choice(out, Some(&source.srcset), picture.sizes.as_deref());
        out.push('>');
    }
    push_img(out, picture);
    out.push_str("</picture>");
}

/// The files to choose from; how wide the picture is shown says nothing without them.
fn push_choice(out: &mut String, srcset: Option<&str>, sizes: Option<&str>) {
    let Some(srcset) = srcset else { return };
    for (name, value) in [("srcset", Some(srcset)), ("sizes", sizes)] {
        if let Some(value) = value {
            out.push_str(&format!(" {name}=\""));
            push_escaped(out, value);
            out.push('"');
        }
    }
}

fn push_img(out: &mut String, picture: &Picture) {
    out.push_str("<img src=\"");
    push_address(out, &picture.src);
    out.push_str("\" alt=\"");
    push_escaped(out, &picture.alt);
    out.push('"');
    push_choice(out, picture.srcset.as_deref(), picture.sizes.as_deref());
    for (name, size) in [("width", picture.width), ("height", picture.height)] {
        if let Some(size) = size {
            out.push_str(&format!(" {name}=\"{size}\""));
        }
    }
    out.push_str(" loading=\"lazy\" decoding=\"async\">");
}

fn push_figure(out: &mut String, picture: &Picture) {
    out.push_str("<figure class=\"figure\">");
    push_image(out, picture);
    if let Some(credit) = &picture.credit {
        out.push_str("<figcaption>");
        push_escaped(out, credit);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
}

fn push_citation(out: &mut String, marks: &[CitationMark]) {
    if marks.is_empty() {
        // Nor is there a space before what stands after it.
        return out.truncate(out.trim_end().len());
    }
    out.push_str("<sup class=\"citation\">");
    for (position, mark) in marks.iter().enumerate() {
        if position > 0 {
            out.push_str(", ");
        }
        out.push_str("<a id=\"");
        push_escaped(out, &mark.anchor);
        out.push_str("\" href=\"");
        push_address(out, &mark.href);
        out.push_str(&format!("\">{}</a>", mark.number));
    }
    out.push_str("</sup>");
}

fn push_raw_html(out: &mut String, html: &str, is_block: bool, is_allowed: bool) {
    if is_allowed {
        out.push_str(html);
    } else if is_block {
        out.push_str("<p>");
        push_escaped(out, html.trim_end());
        out.push_str("</p>\n");
    } else {
        push_escaped(out, html);
    }
}
