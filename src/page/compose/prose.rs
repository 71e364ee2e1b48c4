//! Finds what fills the holes of texts, with citations numbered through the whole page.

use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use super::Composer;
use super::site::dialled;
use crate::graph::{Destination, Mention, RecordId};
use crate::model::citation::Citation;
use crate::model::settings::HtmlPolicy;
use crate::model::{Kind, Ref};
use crate::page::prose::{
    CitationMark, DirectiveFilling, Fillings, LinkFilling, MentionFilling, splice,
};
use crate::page::reading::link_name;
use crate::page::view::{Picture, SourceItem, TocEntry};
use crate::source::{Fingerprint, Fingerprinter, SourcePath};
use crate::syntax::address::decoded;
use crate::syntax::markdown::{Directive, FOOTNOTES, Image, Link, Markdown, Outline};

/// Finds notes in a field. To prepare for it costs more than to look.
static NOTES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(FOOTNOTES));

/// The text of a record, ready to be put together.
pub(crate) struct Text {
    /// Whose text it is.
    pub(crate) record: RecordId,
    /// What fills its holes.
    pub(crate) fillings: Fillings,
}

impl Text {
    /// The fingerprint of the HTML that it becomes.
    pub(crate) fn fingerprint(&self, body: Fingerprint) -> Fingerprint {
        let mut fingerprint = Fingerprinter::new();
        fingerprint.add_value(&body).add_value(&self.fillings).finish()
    }
}

/// The works that a page cites, in the order in which they are first cited, and its notes.
#[derive(Default)]
pub(super) struct Cited {
    works: Vec<(RecordId, u32)>,
    marks: Marks,
    /// How many fields with footnotes the page has so far.
    annotated: u32,
}

/// Where the numbers of citations lead.
#[derive(Default, PartialEq, Eq)]
enum Marks {
    /// To the sources of the page.
    #[default]
    Here,
    /// To the page of references, from a page that lists no sources.
    Elsewhere,
    /// There are none.
    Nowhere,
}

impl Cited {
    /// The works cited on a page that does not list its sources.
    pub(super) fn listed_elsewhere() -> Self {
        Self { marks: Marks::Elsewhere, ..Self::default() }
    }

    /// The works cited in a part of a page that stands there without its numbers.
    pub(super) fn without_marks() -> Self {
        Self { marks: Marks::Nowhere, ..Self::default() }
    }

    /// The number of a work, and how often it was cited up to now.
    fn cite(&mut self, work: RecordId) -> (u32, u32) {
        let at = match self.works.iter().position(|(known, _)| *known == work) {
            Some(at) => at,
            None => {
                self.works.push((work, 0));
                self.works.len() - 1
            }
        };
        self.works[at].1 += 1;
        (at as u32 + 1, self.works[at].1)
    }
}

impl Composer<'_> {
    /// The text of a record with what fills its holes.
    pub(super) fn text(&self, record: RecordId, cited: &mut Cited) -> Option<Text> {
        let body = self.base.entry(record).body.as_ref()?;
        let mentions = self.base.mentions(record);
        let shown = |directive: &Directive, cited: &mut Cited| {
            self.directive(record, &body.path, directive, cited)
        };
        let fillings = self.fillings(record, &body.path, &body.outline, mentions, cited, shown);
        Some(Text { record, fillings })
    }

    /// A piece of markdown in a field of a record, as HTML.
    pub(super) fn markdown(
        &self,
        record: RecordId,
        markdown: &Markdown,
        cited: &mut Cited,
    ) -> String {
        self.markdown_with(self.base.mentions_in(record, markdown), record, markdown, cited)
    }

    /// The same with these names as links.
    pub(super) fn markdown_with(
        &self,
        mentions: &[Mention],
        record: RecordId,
        markdown: &Markdown,
        cited: &mut Cited,
    ) -> String {
        let path = self.base.entry(record).home();
        let shown = |directive: &Directive, cited: &mut Cited| match directive.name.as_str() {
            // Its answer is such a field, and might show this one.
            "faq" => DirectiveFilling::nothing(directive),
            _ => self.directive(record, path, directive, cited),
        };
        let fillings = self.fillings(record, path, &markdown.outline, mentions, cited, shown);
        let draw =
            |directive: &DirectiveFilling, body: &str| Ok(self.draw_directive(directive, body));
        let html = splice(&markdown.prose, &markdown.outline, &fillings, &draw).unwrap_or_default();
        if NOTES.find(markdown.prose.html.as_bytes()).is_none() {
            return html;
        }
        cited.annotated += 1;
        with_own_notes(&html, cited.annotated)
    }

    /// The same, without the paragraph around it.
    pub(super) fn inline(
        &self,
        record: RecordId,
        markdown: &Markdown,
        cited: &mut Cited,
    ) -> String {
        let html = self.markdown(record, markdown, cited);
        let inner = html.trim_end().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
        match inner {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => html,
        }
    }

    /// What fills the holes of a piece of markdown; `shown` says what its directives show.
    fn fillings(
        &self,
        record: RecordId,
        file: &SourcePath,
        outline: &Outline,
        mentions: &[Mention],
        cited: &mut Cited,
        mut shown: impl FnMut(&Directive, &mut Cited) -> DirectiveFilling,
    ) -> Fillings {
        Fillings {
            links: outline.links.iter().map(|link| self.link(record, file, link)).collect(),
            pictures: outline.images.iter().map(|image| self.image(record, file, image)).collect(),
            citations: outline
                .citations
                .iter()
                .map(|citation| self.citation(&citation.ids, cited))
                .collect(),
            directives: outline.directives.iter().map(|one| shown(one, cited)).collect(),
            mentions: mentions.iter().filter_map(|mention| self.mention(mention)).collect(),
            allows_html: self.base.settings().html_policy() == HtmlPolicy::Allow,
            quotes: Arc::clone(self.strings.quotes()),
        }
    }

    fn link(&self, record: RecordId, file: &SourcePath, link: &Link) -> LinkFilling {
        let found = self.base.destination(record, file, &link.target, link.form);
        let (name, name_within) = link_name((self.base, self.strings), found.as_ref(), link);
        let is_external = matches!(&found, Ok(Destination::Elsewhere(to)) if to.contains("//"));
        let href = found.ok().map(|destination| match destination {
            Destination::Elsewhere(address) => number_of(&address).unwrap_or(address),
            here => with_query(self.destination(&here), &link.target),
        });
        LinkFilling { href, name, name_within, is_external }
    }

    fn destination(&self, destination: &Destination) -> String {
        if let Destination::Record { record, anchor: None } = destination {
            return self.href(*record).unwrap_or_default();
        }
        let href = self.base.href(destination);
        if href.starts_with('/') && !href.starts_with("//") { self.at(&href) } else { href }
    }

    fn image(&self, record: RecordId, file: &SourcePath, image: &Image) -> Picture {
        let credit = (!image.title.is_empty()).then(|| image.title.clone());
        let mut picture = self.picture(record, file, &image.target).unwrap_or_default();
        picture.alt.clone_from(&image.alt);
        picture.credit = credit;
        picture
    }

    fn citation(&self, ids: &[String], cited: &mut Cited) -> Vec<CitationMark> {
        if cited.marks == Marks::Nowhere {
            return Vec::new();
        }
        let mut works: Vec<RecordId> = Vec::new();
        for work in ids.iter().filter_map(|id| self.base.find(Kind::Citation, id)) {
            // A former id and that of today are one work.
            if !works.contains(&work) {
                works.push(work);
            }
        }
        let marks = works.into_iter().map(|work| {
            let (number, use_number) = cited.cite(work);
            CitationMark {
                number,
                anchor: format!("cite-{number}-{use_number}"),
                href: if cited.marks == Marks::Elsewhere {
                    self.href(work).unwrap_or_default()
                } else {
                    format!("#{}", source_anchor(&self.base.entry(work).id))
                },
            }
        });
        marks.collect()
    }

    fn mention(&self, mention: &Mention) -> Option<MentionFilling> {
        let record = self.base.mentioned(mention);
        Some(MentionFilling {
            start: mention.start,
            end: mention.end,
            href: self.href(record)?,
            kind: self.base.entry(record).kind.word(),
        })
    }

    /// The works that a page rests on: those cited in its text by their numbers, then the others.
    pub(super) fn source_list(&self, named: &[Ref<Citation>], cited: &Cited) -> Vec<SourceItem> {
        let numbered = cited.works.iter().enumerate().map(|(at, (work, uses))| {
            let number = at as u32 + 1;
            let backlinks = (1..=*uses).map(|nth| format!("#cite-{number}-{nth}")).collect();
            SourceItem { number: Some(number), backlinks, ..self.source_in_short(*work) }
        });
        let mut items: Vec<SourceItem> = numbered.collect();
        for reference in named {
            let Some(work) = self.base.find(Kind::Citation, &reference.id) else { continue };
            if !cited.works.iter().any(|(known, _)| *known == work) {
                let number = items.len() as u32 + 1;
                items.push(SourceItem { number: Some(number), ..self.source_in_short(work) });
            }
        }
        items
    }

    /// A work at the foot of a page. The page of references says the rest: of many authors all, and what
    /// the work found, which a text that cites it mostly says itself.
    fn source_in_short(&self, work: RecordId) -> SourceItem {
        let mut source = self.source(work);
        let citation = self.base.get::<Citation>(work);
        if let Some([first, _, _, _, ..]) = citation.map(|citation| &*citation.authors) {
            source.authors = Some(first.to_string());
            source.and_others = true;
        }
        if let Some(href) = self.href(work).filter(|_| source.takeaway.is_some()) {
            source.takeaway = None;
            source.takeaway_href = Some(href);
        }
        source
    }

    /// A work in a list of sources.
    pub(super) fn source(&self, work: RecordId) -> SourceItem {
        let entry = self.base.entry(work);
        let Some(citation) = self.base.get::<Citation>(work) else { return SourceItem::default() };
        let authors: Vec<&str> = citation.authors.iter().map(|author| &**author).collect();
        let doi = citation.bare_doi().map(str::to_owned);
        let url = citation.url.as_ref().map(|url| self.standing(url));
        SourceItem {
            id: source_anchor(&entry.id),
            number: None,
            authors: (!authors.is_empty()).then(|| authors.join(", ")),
            and_others: citation.and_others,
            title: citation.title.to_string(),
            publisher: citation.publisher.as_ref().map(ToString::to_string),
            year: citation.year,
            accessed: citation.accessed.map(|day| day.to_string()),
            kind: citation.kind.map(|kind| kind.word().to_owned()),
            href: citation.doi_address().or(url),
            doi,
            takeaway: citation.takeaway.as_ref().map(ToString::to_string),
            takeaway_href: None,
            backlinks: Vec::new(),
            cited_by: Vec::new(),
        }
    }

    /// The contents of a text: its sections, with the sections below them.
    pub(super) fn contents(&self, record: RecordId) -> Vec<TocEntry> {
        let body = self.base.entry(record).body.as_ref();
        let headings = body.map_or(&[][..], |body| &body.outline.headings);
        let mut contents: Vec<TocEntry> = Vec::with_capacity(headings.len());
        for heading in headings.iter().filter(|heading| !heading.text.is_empty()) {
            let entry = TocEntry {
                href: ["#", &heading.id].concat(),
                title: self.strings.quotes().set_in(&heading.text, &heading.quotes),
                children: Vec::new(),
            };
            match (heading.level, contents.last_mut()) {
                (0..=2, _) | (3, None) => contents.push(entry),
                (3, Some(section)) => section.children.push(entry),
                _ => {}
            }
        }
        contents
    }
}

/// The HTML of a field with footnotes, their anchors being of this field alone: the text of the page and
/// other fields count theirs from 1 as well.
fn with_own_notes(html: &str, field: u32) -> String {
    let own = |html: String, before: &str| {
        html.replace(&format!("{before}fn"), &format!("{before}field-{field}-fn"))
    };
    own(own(html.to_owned(), "<li id=\""), "<a id=\"")
        .replace(" href=\"#fn", &format!(" href=\"#field-{field}-fn"))
}

/// The address of a telephone number that was written with spaces, which no address may hold.
fn number_of(address: &str) -> Option<String> {
    let number = decoded(address.strip_prefix("tel:")?);
    number.contains(char::is_whitespace).then(|| dialled(&number))?
}

/// An address with what a link to a page of the site asks of it: `/search/?q=neck`.
fn with_query(href: String, target: &str) -> String {
    let path = target.split('#').next().unwrap_or_default();
    match path.split_once('?').filter(|_| path.starts_with('/')) {
        Some((_, query)) => {
            let (page, anchor) = href.split_at(href.find('#').unwrap_or(href.len()));
            format!("{page}?{query}{anchor}")
        }
        None => href,
    }
}

fn source_anchor(id: &str) -> String {
    format!("source-{id}")
}
