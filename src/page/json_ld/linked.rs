//! The knowledge base with the identity of each of its things.

use std::sync::OnceLock;

use crate::graph::{Destination, KnowledgeBase, RecordId, media_address};
use crate::model::citation::{Citation, CitationKind};
use crate::model::person::Person;
use crate::model::technique::Performer;
use crate::model::{Data, Kind, OfKind, Ref};
use crate::syntax::markdown::{Document, LinkForm};
use crate::theme::Strings;

use super::super::address::SiteAddress;
use super::super::reading::plain_text;
use super::node::{Node, Reference};
use super::web_page::Alike;

/// The knowledge base, seen by addresses.
pub(super) struct Linked<'a> {
    pub(super) base: &'a KnowledgeBase,
    /// The words of the theme.
    pub(super) strings: &'a Strings,
    pub(super) site: SiteAddress,
    /// The identity of the studio, if the settings name one.
    business_id: Option<String>,
    /// The records by number, each once a page asked for it.
    things: Box<[OnceLock<Thing>]>,
    alike: OnceLock<Alike>,
}

/// What every page says alike of a record.
struct Thing {
    url: Option<String>,
    id: Option<String>,
    /// What is said of it where it is listed.
    reference: Option<Node>,
    /// What is said of it where it belongs to something: enough to know it by. Its own page says the rest.
    part: Option<Node>,
    /// What is said of it where it is mentioned or cited: its type and which one it is. Its own page, or
    /// that of references, says the rest, and a page on a phone is not made longer by it.
    mention: Option<Node>,
    /// What is said of it on the page of references, if it is a work.
    work: Option<Node>,
}

/// The type and the mark of the thing that a record describes: `Muscle`, `muscle`.
fn thing(data: &Data) -> Option<(&'static str, &'static str)> {
    Some(match data {
        Data::Article(_) => ("Article", "article"),
        Data::Page(_) => ("WebPage", "webpage"),
        Data::Muscle(_) => ("Muscle", "muscle"),
        Data::Area(_) | Data::Topic(_) => ("CollectionPage", "webpage"),
        Data::Region(_) => ("SuperficialAnatomy", "region"),
        Data::Symptom(_) => ("MedicalSymptom", "symptom"),
        Data::Technique(technique) if technique.performer == Performer::Oneself => {
            ("HowTo", "technique")
        }
        // Never `PhysicalTherapy`: most of them are massage, which is not.
        Data::Technique(_) => ("MedicalTherapy", "technique"),
        Data::Service(_) => ("Service", "service"),
        Data::Person(person) => (person_type(person), "person"),
        Data::Faq(_) => ("Question", ""),
        Data::Term(_) => ("DefinedTerm", ""),
        Data::Citation(citation) => (citation_type(citation), ""),
        Data::Myth(_) => ("CreativeWork", ""),
        Data::Group(_) | Data::RedFlagSet(_) => return None,
    })
}

/// A record of people may be a group that signs as one ("The studio's team"), and the model does not
/// say which. Only a person can hold a licence or a credential, so whoever has neither is taken for a
/// group: an organization is the weaker claim.
fn person_type(person: &Person) -> &'static str {
    match person.licence.is_some() || !person.credentials.is_empty() {
        true => "Person",
        false => "Organization",
    }
}

fn citation_type(citation: &Citation) -> &'static str {
    match citation.kind {
        Some(CitationKind::Book) => "Book",
        Some(
            CitationKind::Trial
            | CitationKind::Review
            | CitationKind::Survey
            | CitationKind::CaseReport,
        ) => "ScholarlyArticle",
        Some(CitationKind::WebPage) => "WebPage",
        // `MedicalGuideline` is no creative work, and cannot be cited.
        Some(CitationKind::Guideline | CitationKind::Opinion) | None => "CreativeWork",
    }
}

impl<'a> Linked<'a> {
    pub(super) fn new(base: &'a KnowledgeBase, strings: &'a Strings) -> Self {
        let things = base.content.entries.iter().map(|_| OnceLock::new()).collect();
        let site = SiteAddress::of(base);
        let studio = &base.settings().studio;
        let name = studio.name.as_ref().or(studio.legal_name.as_ref());
        let business_id = name.map(|_| site.url("/#business"));
        Self { base, strings, site, business_id, things, alike: OnceLock::new() }
    }

    /// What pages say alike, whatever they are about.
    pub(super) fn alike(&self) -> &Alike {
        self.alike.get_or_init(|| Alike::new(self))
    }

    fn thing(&self, record: RecordId) -> &Thing {
        self.things[record.index()].get_or_init(|| self.described(record))
    }

    fn described(&self, record: RecordId) -> Thing {
        let address = self.base.routes.address(record);
        let url = address.map(|address| self.site.url(&address.href()));
        let described = thing(&self.base.entry(record).data);
        let id = described.zip(url.as_deref()).map(|((_, mark), url)| match mark {
            "" => url.to_owned(),
            mark => [url, "#", mark].concat(),
        });
        let node = described.zip(id.as_deref()).map(|((kind, _), id)| Node::of(kind).id(id));
        let work = node.as_ref().and_then(|node| self.described_work(record, node));
        let part = node.clone().map(|node| node.with("name", self.base.name(record)));
        let reference = part.clone().map(|node| node.with("url", &url));
        Thing { url, id, reference, part, mention: node, work }
    }

    /// The address of a record, with its anchor.
    pub(super) fn url(&self, record: RecordId) -> Option<&str> {
        self.thing(record).url.as_deref()
    }

    /// The identity of the thing that a record describes. What stands on a page of many is known by
    /// its anchor.
    pub(super) fn id(&self, record: RecordId) -> Option<&str> {
        self.thing(record).id.as_deref()
    }

    /// The type of the thing that a record describes.
    pub(super) fn kind(&self, record: RecordId) -> Option<&'static str> {
        thing(&self.base.entry(record).data).map(|(kind, _)| kind)
    }

    /// The thing that a record describes, with its identity.
    pub(super) fn node(&self, record: RecordId) -> Option<Node> {
        Some(Node::large(self.kind(record)?).id(self.id(record)?))
    }

    /// A thing of another page, with its address.
    pub(super) fn reference(&self, record: RecordId) -> Option<&Node> {
        self.thing(record).reference.as_ref()
    }

    /// Things of other pages, by their names.
    pub(super) fn references(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<&Node> {
        records.into_iter().filter_map(|record| self.thing(record).part.as_ref()).collect()
    }

    /// Things of other pages, by their types and identities.
    pub(super) fn mentions(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<&Node> {
        records.into_iter().filter_map(|record| self.thing(record).mention.as_ref()).collect()
    }

    /// The records that are referred to, each once.
    pub(super) fn found<K: OfKind>(&self, references: &[Ref<K>]) -> Vec<RecordId> {
        self.base.all_found(references)
    }

    /// The person of a reference.
    pub(super) fn person(&self, reference: &Ref<Person>) -> Option<&Node> {
        self.reference(self.base.find(Kind::Person, &reference.id)?)
    }

    /// A piece of markdown of a record as plain text.
    pub(super) fn said(&self, record: RecordId, text: &Document) -> String {
        plain_text((self.base, self.strings), record, text)
    }

    /// The web site.
    pub(super) fn website_id(&self) -> String {
        self.site.url("/#website")
    }

    /// The studio, if the settings name one.
    pub(super) fn business_id(&self) -> Option<&str> {
        self.business_id.as_deref()
    }

    /// A mere reference to the studio.
    pub(super) fn business(&self) -> Option<Reference<&str>> {
        self.business_id().map(Node::reference)
    }

    /// A picture of a record, by the address that its author wrote.
    pub(super) fn image(&self, record: RecordId, address: &str) -> Option<Node> {
        let entry = self.base.entry(record);
        let file = entry.home();
        match self.base.destination(record, file, address, LinkForm::Inline).ok()? {
            Destination::Media(path) => {
                let url = self.site.url(&media_address(&path));
                let size = self.base.content.media.get(&path).and_then(|media| media.size);
                let pixels = |value: u32| {
                    Node::of("QuantitativeValue").with("value", value).with("unitCode", "E37")
                };
                Some(
                    Node::of("ImageObject")
                        .with("contentUrl", url)
                        .with("width", size.map(|(width, _)| pixels(width)))
                        .with("height", size.map(|(_, height)| pixels(height))),
                )
            }
            Destination::Elsewhere(url) => Some(Node::of("ImageObject").with("contentUrl", url)),
            _ => None,
        }
    }

    /// The works that a record rests on: its sources, then those that its text cites.
    pub(super) fn citations(&self, record: RecordId) -> Vec<&Node> {
        let entry = self.base.entry(record);
        let mut works = self.found(entry.data.common().sources);
        let cited = entry.body.iter().flat_map(|body| &body.outline.citations);
        for id in cited.flat_map(|citation| &citation.ids) {
            works.extend(self.base.find(Kind::Citation, id));
        }
        let mut seen = std::collections::BTreeSet::new();
        works.retain(|work| seen.insert(*work));
        self.mentions(works)
    }

    /// All that is known of a work.
    pub(super) fn work(&self, record: RecordId) -> Option<&Node> {
        self.thing(record).work.as_ref()
    }

    fn described_work(&self, record: RecordId, node: &Node) -> Option<Node> {
        let citation = self.base.get::<Citation>(record)?;
        // An author may be a person or an organization, and the model does not say which.
        let authors = citation.authors.iter().map(|name| Node::untyped().with("name", &**name));
        let publisher = citation.publisher.as_deref();
        // A paper names its journal there, which publishes nothing itself.
        let (role, kind) = match citation_type(citation) {
            "ScholarlyArticle" => ("isPartOf", "Periodical"),
            _ => ("publisher", "Organization"),
        };
        Some(
            node.clone()
                .with("name", &*citation.title)
                .with("author", authors.collect::<Vec<_>>())
                .with("datePublished", citation.year.map(|year| year.to_string()))
                .with(role, publisher.map(|name| Node::of(kind).with("name", name)))
                .with("url", citation.url.as_deref().map(|url| self.site.url(url)))
                .with("sameAs", citation.doi_address()),
        )
    }

    /// The names of a record beside the one it goes by.
    pub(super) fn other_names<'b>(&'b self, record: RecordId, more: &[&'b str]) -> Vec<&'b str> {
        let aliases = self.base.entry(record).data.common().aliases;
        more.iter().copied().chain(aliases.iter().map(|alias| &**alias)).collect()
    }
}
