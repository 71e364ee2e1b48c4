//! Muscles, the regions where pain is felt, and symptoms.

use super::linked::Linked;
use super::node::Node;
use super::web_page::{self, about};
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::region::Region;
use crate::model::symptom::Symptom;
use crate::syntax::address::is_web;

pub(super) fn muscle(linked: &Linked<'_>, record: RecordId, muscle: &Muscle) -> Vec<Node> {
    let reached = linked.base.relations.reaches.of(record).iter().map(|reach| reach.region);
    let mut nodes = about(linked, record, "MedicalWebPage", |page| {
        page.with("mentions", linked.mentions(reached)).with("citation", linked.citations(record))
    });
    nodes.extend(muscle_node(linked, record, muscle));
    nodes
}

fn muscle_node(linked: &Linked<'_>, record: RecordId, muscle: &Muscle) -> Option<Node> {
    let area = linked.base.find(Kind::Area, &muscle.area.id);
    let named = |kind: &str, name: &str| Node::of(kind).with("name", name);
    let vessels = muscle.blood_supply.iter().map(|name| named("Vessel", name));
    let members = muscle.members.iter().map(|name| named("Muscle", name));
    let nerve = match muscle.roots.as_slice() {
        [] => muscle.nerve.to_string(),
        roots => {
            let roots: Vec<&str> = roots.iter().map(|root| &**root).collect();
            format!("{} ({})", muscle.nerve, roots.join(", "))
        }
    };
    let latin: Vec<&str> = muscle.latin.iter().map(|latin| &**latin).collect();
    Some(
        linked
            .node(record)?
            .with("name", &*muscle.name)
            .with("alternateName", linked.other_names(record, &latin))
            .with("description", &*muscle.summary)
            .with("url", linked.url(record))
            .with("bodyLocation", area.map(|area| &**linked.base.name(area)))
            .with("muscleAction", &*muscle.actions)
            // The vocabulary has no origin: the muscle is connected to it.
            .with("connectedTo", named("AnatomicalStructure", &muscle.attachments.origin))
            .with("insertion", named("AnatomicalStructure", &muscle.attachments.insertion))
            .with("nerve", named("Nerve", &nerve))
            .with("bloodSupply", vessels.collect::<Vec<_>>())
            .with("antagonist", linked.references(linked.found(&muscle.antagonists)))
            .with("subStructure", members.collect::<Vec<_>>())
            .with("sameAs", same_as(muscle))
            .with("code", codes(muscle)),
    )
}

/// The pages of other systems that stand for the same muscle.
fn same_as(muscle: &Muscle) -> Vec<String> {
    let known = muscle.xrefs.0.iter();
    known.filter_map(|(system, name)| page_elsewhere(system, name)).collect()
}

fn page_elsewhere(system: &str, name: &str) -> Option<String> {
    if is_web(name) {
        return Some(name.to_owned());
    }
    // `UBERON:0001477` and `0001477` are written for the same thing.
    let local = name.rsplit(':').next().unwrap_or(name).trim();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    match system.to_ascii_lowercase().as_str() {
        "uberon" if digits(local) => Some(format!("http://purl.obolibrary.org/obo/UBERON_{local}")),
        "fma" if digits(local) => Some(format!("http://purl.org/sig/ont/fma/fma{local}")),
        "wikidata" if local.strip_prefix('Q').is_some_and(digits) => {
            Some(format!("http://www.wikidata.org/entity/{local}"))
        }
        _ => None,
    }
}

/// The names in systems that have no page for each thing.
fn codes(muscle: &Muscle) -> Vec<Node> {
    let written = muscle.xrefs.0.iter();
    let coded = written.filter(|(system, name)| page_elsewhere(system, name).is_none());
    coded
        .map(|(system, name)| {
            Node::of("MedicalCode")
                .with("codeValue", &**name)
                .with("codingSystem", system.to_ascii_uppercase())
        })
        .collect()
}

pub(super) fn region(linked: &Linked<'_>, record: RecordId, region: &Region) -> Vec<Node> {
    let candidates = linked.base.relations.candidates.of(record);
    let muscles: Vec<RecordId> = candidates.iter().map(|candidate| candidate.muscle).collect();
    let list_id = linked.url(record).map(|url| format!("{url}#muscles")).unwrap_or_default();
    let list = (!muscles.is_empty()).then(|| {
        let list = web_page::list(linked, list_id.clone(), &muscles);
        // The most likely muscle comes first.
        list.with("itemListOrder", "https://schema.org/ItemListOrderDescending")
    });
    let mut nodes = about(linked, record, "MedicalWebPage", |page| {
        page.with("mentions", list.as_ref().map(|_| Node::reference(list_id)))
            .with("citation", linked.citations(record))
    });
    nodes.extend(region_node(linked, record, region, muscles));
    nodes.extend(list);
    nodes
}

fn region_node(
    linked: &Linked<'_>,
    record: RecordId,
    region: &Region,
    muscles: Vec<RecordId>,
) -> Option<Node> {
    let names: Vec<&str> = region.term.iter().chain(&region.synonyms).map(|name| &**name).collect();
    let related = muscles.into_iter().filter_map(|muscle| linked.id(muscle)).map(Node::reference);
    let symptoms = linked.base.relations.region_symptoms.of(record).iter().copied();
    Some(
        linked
            .node(record)?
            .with("name", &*region.name)
            .with("alternateName", linked.other_names(record, &names))
            .with("description", region.summary.as_deref())
            .with("url", linked.url(record))
            .with("relatedAnatomy", related.collect::<Vec<_>>())
            .with("relatedCondition", linked.references(symptoms)),
    )
}

/// A symptom. What helps is not said: `possibleTreatment` is a claim of treatment.
pub(super) fn symptom(linked: &Linked<'_>, record: RecordId, symptom: &Symptom) -> Vec<Node> {
    let muscles = linked.base.relations.symptom_muscles.of(record).iter().copied();
    let mut nodes = about(linked, record, "MedicalWebPage", |page| {
        page.with("mentions", linked.mentions(muscles)).with("citation", linked.citations(record))
    });
    nodes.extend(linked.node(record).map(|node| {
        node.with("name", &*symptom.name)
            .with("alternateName", linked.other_names(record, &[]))
            .with("description", &*symptom.summary)
            .with("url", linked.url(record))
            .with("associatedAnatomy", linked.references(linked.found(&symptom.regions)))
    }));
    nodes
}
