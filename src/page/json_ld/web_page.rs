//! The page itself: its name, its review, and the way to it.

use std::collections::BTreeMap;

use super::super::json::{Joined, Said};
use super::super::sections::index_name;
use super::linked::Linked;
use super::node::{Node, Reference};
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::common::{Review, ReviewScope};
use crate::model::region::Region;

/// The page of a standing page, which is about no thing of the vocabulary.
pub(super) fn plain(linked: &Linked<'_>, record: RecordId) -> Vec<Node> {
    vec![of_record(linked, record, "WebPage"), trail_of(linked, record)]
}

/// The page of a record, which is about the thing that the record describes, and the way to it;
/// `more` says what only such a page says.
pub(super) fn about(
    linked: &Linked<'_>,
    record: RecordId,
    kind: &'static str,
    more: impl FnOnce(Node) -> Node,
) -> Vec<Node> {
    let page = of_record(linked, record, kind).with("mainEntity", reference(linked, record));
    vec![more(page), trail_of(linked, record)]
}

fn reference<'a>(linked: &'a Linked<'_>, record: RecordId) -> Option<Reference<&'a str>> {
    linked.id(record).map(Node::reference)
}

/// The page of a record.
pub(super) fn of_record(linked: &Linked<'_>, record: RecordId, kind: &'static str) -> Node {
    let common = linked.base.entry(record).data.common();
    // In this vocabulary a review is one of the medical contents. Who checked wording stands on the page.
    let is_clinical = |review: &&Review| review.scope == Some(ReviewScope::Clinical);
    let clinical = common.reviewed.filter(is_clinical);
    let url = linked.url(record).unwrap_or_default();
    let page = started(linked, &[kind], url)
        .with("name", &**linked.base.name(record))
        .with("description", linked.base.summary(record).map(|summary| &**summary))
        .with("datePublished", common.published)
        .with("dateModified", common.updated)
        .with("lastReviewed", clinical.map(|review| review.on))
        .with("reviewedBy", clinical.and_then(|review| linked.person(&review.by)));
    if kind == "MedicalWebPage" { medical(linked, page) } else { page }
}

/// What every page says of itself, whatever it shows.
pub(super) fn started(linked: &Linked<'_>, kinds: &[&str], url: &str) -> Node {
    let is_below_home = url != linked.alike().home_url;
    Node::page(kinds)
        .id(Joined([url, "#webpage"]))
        .with("url", url)
        .and(&linked.alike().page)
        .with("breadcrumb", is_below_home.then(|| Node::reference(Joined([url, "#breadcrumb"]))))
}

/// What a page about health says beyond others.
pub(super) fn medical(linked: &Linked<'_>, page: Node) -> Node {
    page.and(&linked.alike().medical_page)
}

/// What pages say alike: it is written once.
pub(super) struct Alike {
    home_url: String,
    /// The first step on the way to each page.
    home: Node,
    /// The second step on the way to a record: the list of its kind.
    lists: BTreeMap<Kind, Node>,
    page: Node,
    medical_page: Node,
}

impl Alike {
    pub(super) fn new(linked: &Linked<'_>) -> Self {
        let home_url = linked.site.url("/");
        let page = Node::untyped()
            .with("inLanguage", linked.base.settings().language())
            .with("isPartOf", Node::reference(linked.website_id()))
            .with("publisher", linked.business());
        // `MedicalAudienceType` knows clinicians and researchers only, and these pages are for neither.
        let audience = Node::of("MedicalAudience").with("audienceType", "Patient");
        let medical_page = Node::untyped()
            .with("specialty", "https://schema.org/Musculoskeletal")
            .with("medicalAudience", audience);
        let step = |at, path| {
            let (name, url) = (index_name(linked.strings, path), linked.site.url(path));
            named_step(at, (name, &url))(Node::of("ListItem"))
        };
        let list = |kind: &Kind| Some((*kind, step(2, linked.base.index_of(*kind)?)));
        let (home, lists) = (step(1, "/"), Kind::ALL.iter().filter_map(list).collect());
        Self { home_url, home, lists, page, medical_page }
    }
}

/// The way to the page of a record: home, the list of its kind, for a region its area, the record.
fn trail_of(linked: &Linked<'_>, record: RecordId) -> Node {
    let base = linked.base;
    let list = linked.alike().lists.get(&base.entry(record).kind);
    let area = base.get::<Region>(record).and_then(|one| base.find(Kind::Area, &one.area.id));
    let step = |record| -> Step<'_> { (base.name(record), linked.url(record).unwrap_or_default()) };
    let steps: Vec<Step<'_>> = area.into_iter().chain([record]).map(step).collect();
    trail_by(linked, list, &steps)
}

/// A step on the way to a page: its name and its address.
pub(super) type Step<'a> = (&'a str, &'a str);

/// The way to a page: home first, then the steps, the page itself last.
pub(super) fn trail(linked: &Linked<'_>, steps: &[Step<'_>]) -> Node {
    trail_by(linked, None, steps)
}

/// The same, over a list between home and the steps.
fn trail_by(linked: &Linked<'_>, list: Option<&Node>, steps: &[Step<'_>]) -> Node {
    let Alike { home, home_url, .. } = linked.alike();
    let last = steps.last().map_or(home_url.as_str(), |(_, url)| url);
    let first = if list.is_some() { 3 } else { 2 };
    let later = (first..).zip(steps);
    let later = later.map(|(at, step)| Node::inner("ListItem", named_step(at, *step)));
    let later: Vec<_> = later.collect();
    let mut items: Vec<&dyn Said> = vec![home];
    items.extend(list.map(|list| -> &dyn Said { list }));
    items.extend(later.iter().map(|step| -> &dyn Said { step }));
    Node::large("BreadcrumbList").id(Joined([last, "#breadcrumb"])).with("itemListElement", items)
}

fn named_step(position: usize, (name, url): Step<'_>) -> impl Fn(Node) -> Node {
    move |node| node.with("position", position).with("name", name).with("item", url)
}

/// A list of records in the order in which the page shows them.
pub(super) fn list(linked: &Linked<'_>, id: String, records: &[RecordId]) -> Node {
    let items = records.iter().filter_map(|record| match linked.base.entry(*record).kind {
        Kind::Citation => linked.work(*record),
        _ => linked.reference(*record),
    });
    let items = (1_usize..).zip(items).map(|(position, item)| {
        Node::inner("ListItem", move |node| node.with("position", position).with("item", item))
    });
    let items: Vec<_> = items.collect();
    Node::of("ItemList").id(id).with("numberOfItems", items.len()).with("itemListElement", items)
}
