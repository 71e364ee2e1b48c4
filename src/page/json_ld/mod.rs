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

use serde_json::{Value, json};

use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Data;
use linked::Linked;
use node::Node;

/// The page that is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSubject {
    /// The page of a record.
    Record(RecordId),
    /// A page that lists records, by its path in [`crate::graph::INDEX_PAGES`].
    Index(&'static str),
}

/// One graph for a page: the site, the studio, the way to the page, the page, and what it is about.
///
/// A record without a page of its own has the site and the studio only.
pub fn graph_of(base: &KnowledgeBase, page: PageSubject) -> Value {
    let linked = Linked::new(base);
    let nodes = match page {
        PageSubject::Record(record) => record_nodes(&linked, record),
        PageSubject::Index(path) => index::nodes(&linked, path),
    };
    let graph: Vec<Value> =
        nodes.into_iter().chain(site::nodes(&linked)).map(Value::from).collect();
    json!({ "@context": "https://schema.org", "@graph": graph })
}

/// A graph as the text of a script element.
pub fn to_script(graph: &Value) -> String {
    super::json::written(graph)
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
