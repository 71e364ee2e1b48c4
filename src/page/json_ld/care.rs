//! Techniques and services.

use serde_json::Number;

use super::linked::Linked;
use super::node::Node;
use super::web_page::about;
use crate::graph::RecordId;
use crate::model::service::{Price, Service};
use crate::model::technique::{Performer, Setting, Step, Technique};

pub(super) fn technique(linked: &Linked<'_>, record: RecordId, technique: &Technique) -> Vec<Node> {
    let muscles = linked.base.relations.technique_muscles.of(record).iter().copied();
    let mut nodes = about(linked, record, "MedicalWebPage", |page| {
        page.with("mentions", linked.mentions(muscles)).with("citation", linked.citations(record))
    });
    nodes.extend(linked.node(record).map(|node| {
        let node = node
            .with("name", &*technique.name)
            .with("alternateName", linked.other_names(record, &[]))
            .with("description", &*technique.summary)
            .with("url", linked.url(record));
        match technique.performer {
            Performer::Oneself => how_to(linked, node, technique),
            _ => therapy(node, technique),
        }
    }));
    nodes
}

/// Steps are what machines read aloud, and often all that they read: so when not to begin is the first of
/// them, and when to stop the last.
fn how_to(linked: &Linked<'_>, node: Node, technique: &Technique) -> Node {
    let tools = technique.tools.iter().map(|tool| Node::of("HowToTool").with("name", &**tool));
    let named = |name, text: &str| {
        Node::of("HowToStep").with("name", linked.strings.get(name)).with("text", text)
    };
    let cautions = technique.cautions.iter().map(|one| &**one).collect::<Vec<_>>().join(" ");
    let before = (!cautions.is_empty()).then(|| named("technique.cautions", &cautions));
    let after = named("technique.stop_if", &technique.stop_if);
    let steps = before.into_iter().chain(technique.steps.iter().map(step)).chain([after]);
    let steps = steps.enumerate().map(|(at, step)| step.with("position", at + 1));
    node.with("tool", tools.collect::<Vec<_>>()).with("step", steps.collect::<Vec<_>>())
}

/// Only a direction has a time; a step without one says its text itself.
fn step(step: &Step) -> Node {
    let node = Node::of("HowToStep");
    match step.seconds {
        None => node.with("text", &*step.text),
        Some(seconds) => {
            let direction = Node::of("HowToDirection")
                .with("text", &*step.text)
                .with("performTime", format!("PT{seconds}S"));
            node.with("itemListElement", direction)
        }
    }
}

fn therapy(node: Node, technique: &Technique) -> Node {
    let how = technique.steps.iter().map(|step| &*step.text).collect::<Vec<_>>().join(" ");
    let risks = technique.risks.iter().map(|risk| Node::of("MedicalEntity").with("name", &**risk));
    let hands_on = technique.setting == Setting::HandsOn;
    node.with("howPerformed", how)
        .with("followup", technique.then.as_deref())
        .with("procedureType", hands_on.then_some("https://schema.org/NoninvasiveProcedure"))
        .with("contraindication", &*technique.cautions)
        .with("adverseOutcome", risks.collect::<Vec<_>>())
}

pub(super) fn service(linked: &Linked<'_>, record: RecordId, service: &Service) -> Vec<Node> {
    let mut nodes =
        about(linked, record, "WebPage", |page| page.with("citation", linked.citations(record)));
    let performers = linked.references(linked.found(&service.performed_by));
    let offer = service.price.as_ref().map(|price| offer(linked, service, price));
    nodes.extend(linked.node(record).map(|node| {
        let node = node
            .with("name", &*service.name)
            .with("alternateName", linked.other_names(record, &[]))
            .with("description", &*service.summary)
            .with("url", linked.url(record))
            .with("serviceType", &*service.name);
        let node = match linked.business() {
            Some(business) => node.with("provider", business),
            None => node.with("provider", performers),
        };
        node.with("offers", offer)
    }));
    nodes
}

fn offer(linked: &Linked<'_>, service: &Service, price: &Price) -> Node {
    let studio = &linked.base.settings().studio;
    let booking = service.booking_url.as_deref().or(studio.booking_url.as_deref());
    Node::of("Offer")
        .with("price", amount(price.amount.get()))
        .with("priceCurrency", &*price.currency)
        .with("url", booking.map(|url| linked.site.url(url)))
}

/// An amount of money, without a fraction where it has none.
fn amount(amount: f64) -> Option<Number> {
    let is_whole = amount.fract() == 0.0 && amount.abs() < 1e15;
    if is_whole {
        // Whole and small, so that nothing is lost.
        return Some(Number::from(amount as i64));
    }
    Number::from_f64(amount)
}
