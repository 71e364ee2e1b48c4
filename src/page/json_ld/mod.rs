//! What each page is about, in the vocabulary of schema.org (version 30), as JSON-LD.
//!
//! Only properties that the vocabulary gives to a type are said of it, and only what the page shows.

mod article;
mod body;
mod care;
mod index;
mod linked;
mod node;
mod people;
mod site;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vocabulary;
mod web_page;

use super::json::Said;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Data, Kind};
use crate::theme::Strings;
use linked::Linked;
use node::Node;

/// Room for most graphs, in bytes.
const ROOM: usize = 8192;

/// The page that is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSubject {
    /// The page of a record.
    Record(RecordId),
    /// A page that lists records, by its path in [`crate::graph::INDEX_PAGES`].
    Index(&'static str),
    /// A further page of the list of articles, from 2.
    Articles(u32),
}

/// Writes the graphs of a site. What many pages say alike is written once.
pub struct JsonLd<'a> {
    linked: Linked<'a>,
    /// The end of the graphs of pages that speak for the studio: the site and the studio.
    site: String,
    /// The end of all other graphs: what these are called, and where more is said of them.
    names: String,
}

impl<'a> JsonLd<'a> {
    /// Prepares what pages share.
    pub fn new(base: &'a KnowledgeBase, strings: &'a Strings) -> Self {
        let linked = Linked::new(base, strings);
        let end = |nodes: &[Node]| {
            let mut end = String::new();
            push_nodes(&mut end, nodes);
            end.push_str("]}");
            end
        };
        let site = end(&site::nodes(&linked));
        let names = end(&site::names(&linked));
        Self { linked, site, names }
    }

    /// One graph for a page: the way to the page, the page, what it is about, the site, the studio.
    /// It is JSON that can stand in a script element.
    ///
    /// A record without a page of its own has the site and the studio only.
    pub fn graph_of(&self, page: PageSubject) -> String {
        let nodes = match page {
            PageSubject::Record(record) => record_nodes(&self.linked, record),
            PageSubject::Index(path) => index::nodes(&self.linked, path),
            PageSubject::Articles(number) => index::articles(&self.linked, number),
        };
        let mut graph = String::with_capacity(ROOM);
        graph.push_str(r#"{"@context":"https://schema.org","@graph":["#);
        push_nodes(&mut graph, &nodes);
        if !nodes.is_empty() {
            graph.push(',');
        }
        graph.push_str(if self.is_for_the_studio(page) { &self.site } else { &self.names });
        graph
    }

    /// Whether a page says all that is known of the studio: the home page does, and so do services,
    /// which have it for their provider.
    fn is_for_the_studio(&self, page: PageSubject) -> bool {
        match page {
            PageSubject::Record(record) => self.linked.base.entry(record).kind == Kind::Service,
            PageSubject::Index(path) => path == "/",
            PageSubject::Articles(_) => false,
        }
    }
}

fn push_nodes(out: &mut String, nodes: &[Node]) {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        node.push_json(out);
    }
}

fn record_nodes(linked: &Linked<'_>, record: RecordId) -> Vec<Node> {
    match &*linked.base.entry(record).data {
        Data::Article(article) => article::nodes(linked, record, article),
        Data::Page(_) => web_page::plain(linked, record),
        Data::Muscle(muscle) => body::muscle(linked, record, muscle),
        Data::Area(_) => index::of_area(linked, record),
        Data::Region(region) => body::region(linked, record, region),
        Data::Symptom(symptom) => body::symptom(linked, record, symptom),
        Data::Technique(technique) => care::technique(linked, record, technique),
        Data::Service(service) => care::service(linked, record, service),
        Data::Person(person) => people::page(linked, record, person),
        Data::Topic(_) => index::of_topic(linked, record),
        Data::Group(_)
        | Data::Faq(_)
        | Data::Term(_)
        | Data::Myth(_)
        | Data::RedFlagSet(_)
        | Data::Citation(_) => Vec::new(),
    }
}
