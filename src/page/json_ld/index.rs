//! The pages that list records, and those of areas and topics, which are lists too.

use super::super::sections::{areas, articles_name, index_name, listed_indexes};
use super::article::site_questions;
use super::linked::Linked;
use super::node::Node;
use super::web_page::{list, medical, of_record, plain, started, trail};
use crate::graph::{INDEX_PAGES, RecordId, articles_path};
use crate::model::term::Term;

pub(super) fn nodes(linked: &Linked<'_>, path: &str) -> Vec<Node> {
    let url = linked.site.url(path);
    // The home page is called as the site, and the step that leads there is not.
    let (name, steps) = match path {
        "/" => (linked.base.settings().title(), Vec::new()),
        _ => {
            let name = index_name(linked.strings, path);
            (name, vec![(name, url.as_str())])
        }
    };
    let mut nodes = match path {
        "/faq/" => vec![questions(linked, &url, name)],
        "/glossary/" => glossary(linked, &url, name),
        "/search/" => vec![started(linked, &["SearchResultsPage"], &url).with("name", name)],
        "/404.html" => vec![started(linked, &["WebPage"], &url).with("name", name)],
        _ => collection(linked, path, &url, name),
    };
    // A way of one step is none.
    if path != "/" {
        nodes.push(trail(linked, &steps));
    }
    nodes
}

/// The one page that owns the questions of the site.
fn questions(linked: &Linked<'_>, url: &str, name: &str) -> Node {
    let page = started(linked, &["FAQPage", "MedicalWebPage"], url).with("name", name);
    medical(linked, page).with("mainEntity", site_questions(linked))
}

fn glossary(linked: &Linked<'_>, url: &str, name: &str) -> Vec<Node> {
    let id = format!("{url}#terms");
    let terms = linked.base.all::<Term>().filter_map(|(record, term)| {
        Some(
            linked
                .node(record)?
                .with("name", &*term.name)
                .with("alternateName", linked.other_names(record, &[]))
                .with("description", linked.said(record, &term.definition))
                .with("termCode", &*linked.base.entry(record).id)
                .with("inDefinedTermSet", Node::reference(&*id)),
        )
    });
    let set = Node::of("DefinedTermSet")
        .id(&*id)
        .with("name", name)
        .with("inLanguage", linked.base.settings().language())
        .with("hasDefinedTerm", terms.collect::<Vec<_>>());
    let page = started(linked, &["CollectionPage"], url).with("name", name);
    vec![page.with("mainEntity", Node::reference(id)), set]
}

fn collection(linked: &Linked<'_>, path: &str, url: &str, name: &str) -> Vec<Node> {
    let list_id = format!("{url}#list");
    let page = gathering(linked, url, name);
    if path == "/" {
        let description = linked.base.settings().description.as_deref();
        return vec![page.with("description", description), sections(linked, list_id)];
    }
    vec![page, list(linked, list_id, &listed(linked, path))]
}

/// A page about a list with the address of the page.
fn gathering(linked: &Linked<'_>, url: &str, name: &str) -> Node {
    let list = Node::reference(format!("{url}#list"));
    started(linked, &["CollectionPage"], url).with("name", name).with("mainEntity", list)
}

/// A page of the list of articles by its number.
pub(super) fn articles(linked: &Linked<'_>, number: u32) -> Vec<Node> {
    let url = linked.site.url(&articles_path(number));
    let strings = linked.strings;
    let name = articles_name(strings, number, linked.base.routes.article_pages);
    let list = list(linked, format!("{url}#list"), linked.base.articles_on(number));
    let step = (index_name(strings, "/articles/"), url.as_str());
    vec![gathering(linked, &url, &name), list, trail(linked, &[step])]
}

/// The home page lists the lists.
fn sections(linked: &Linked<'_>, id: String) -> Node {
    let items: Vec<Node> = listed_indexes(linked.base)
        .enumerate()
        .map(|(at, path)| {
            Node::of("ListItem")
                .with("position", at + 1)
                .with("name", index_name(linked.strings, path))
                .with("url", linked.site.url(path))
        })
        .collect();
    Node::of("ItemList").id(id).with("numberOfItems", items.len()).with("itemListElement", items)
}

/// The records that a page lists: for articles, those of the first page.
fn listed(linked: &Linked<'_>, path: &str) -> Vec<RecordId> {
    let base = linked.base;
    match path {
        "/articles/" => base.articles_on(1).to_vec(),
        "/pain/" => areas(base),
        _ => {
            let page = INDEX_PAGES.iter().find(|(index, _)| *index == path);
            let kinds = page.map_or(&[][..], |(_, kinds)| kinds);
            let records = kinds.iter().flat_map(|kind| base.of_kind(*kind));
            records.map(|(record, _)| record).collect()
        }
    }
}

/// The page of an area: its regions from head to toe.
pub(super) fn of_area(linked: &Linked<'_>, record: RecordId) -> Vec<Node> {
    gathered(linked, record, linked.base.relations.area_regions.of(record))
}

/// The page of a topic: its articles and questions.
pub(super) fn of_topic(linked: &Linked<'_>, record: RecordId) -> Vec<Node> {
    gathered(linked, record, linked.base.relations.topic_records.of(record))
}

fn gathered(linked: &Linked<'_>, record: RecordId, records: &[RecordId]) -> Vec<Node> {
    let Some(url) = linked.url(record) else { return Vec::new() };
    if records.is_empty() {
        return plain(linked, record);
    }
    let id = format!("{url}#list");
    let page = of_record(linked, record, "CollectionPage");
    let mut nodes = plain(linked, record);
    nodes[0] = page.with("mainEntity", Node::reference(&*id));
    nodes.push(list(linked, id, records));
    nodes
}
