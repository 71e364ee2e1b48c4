//! People, and groups that sign as one.

use super::linked::Linked;
use super::node::Node;
use super::web_page::about;
use crate::graph::RecordId;
use crate::model::person::Person;
use crate::syntax::address::is_web;

pub(super) fn page(linked: &Linked<'_>, record: RecordId, person: &Person) -> Vec<Node> {
    let image = person.photo.as_ref().and_then(|photo| linked.image(record, photo));
    let mut nodes =
        about(linked, record, "ProfilePage", |page| page.with("primaryImageOfPage", &image));
    nodes.extend(node(linked, record, person, image.as_ref()));
    nodes
}

fn node(
    linked: &Linked<'_>,
    record: RecordId,
    person: &Person,
    image: Option<&Node>,
) -> Option<Node> {
    let bio = person.bio.as_ref().map(|bio| linked.said(record, bio));
    let links = person.links.iter().filter(|url| is_web(url)).map(|url| linked.site.url(url));
    let node = linked
        .node(record)?
        .with("name", &*person.name)
        .with("alternateName", linked.other_names(record, &[]))
        .with("description", bio)
        .with("url", linked.url(record))
        .with("image", image)
        .with("sameAs", links.collect::<Vec<_>>());
    Some(match linked.kind(record) {
        Some("Person") => personal(linked, node, person),
        _ => node.with("parentOrganization", linked.business()),
    })
}

/// What only a person has.
fn personal(linked: &Linked<'_>, node: Node, person: &Person) -> Node {
    let credentials = person
        .credentials
        .iter()
        .map(|name| Node::of("EducationalOccupationalCredential").with("name", &**name));
    let licence = person.licence.as_ref().map(|licence| {
        Node::of("PropertyValue")
            .with("propertyID", &*licence.authority)
            .with("value", &*licence.number)
    });
    node.with("jobTitle", &*person.role)
        .with("worksFor", linked.business())
        .with("hasCredential", credentials.collect::<Vec<_>>())
        .with("identifier", licence)
}
