//! The part of schema.org 30 that is used, by hand: which type may have which property.
//!
//! `schemaorg-validate` knows all of it, and brings an HTML parser along; this is what we emit.

use serde_json::Value;

const THING: &[&str] = &[
    "name",
    "alternateName",
    "description",
    "url",
    "sameAs",
    "image",
    "identifier",
    "mainEntityOfPage",
    "potentialAction",
];
const CREATIVE_WORK: &[&str] = &[
    "headline",
    "inLanguage",
    "isPartOf",
    "hasPart",
    "publisher",
    "author",
    "datePublished",
    "dateModified",
    "citation",
    "about",
    "mentions",
    "mainEntity",
    "keywords",
    "text",
    "position",
    "creditText",
];
const WEB_PAGE: &[&str] =
    &["breadcrumb", "primaryImageOfPage", "lastReviewed", "reviewedBy", "specialty"];
const MEDICAL_ENTITY: &[&str] = &["code", "relevantSpecialty"];
const ANATOMY: &[&str] =
    &["bodyLocation", "connectedTo", "subStructure", "relatedCondition", "diagram"];
const ORGANIZATION: &[&str] =
    &["address", "telephone", "email", "legalName", "parentOrganization", "areaServed"];
const LIST: &[&str] = &["itemListElement", "numberOfItems", "itemListOrder"];
const LIST_ITEM: &[&str] = &["position", "item"];
const PROCEDURE: &[&str] = &["howPerformed", "followup", "preparation", "procedureType"];

/// The groups of properties that a type has beyond those of `Thing`.
fn properties(kind: &str) -> Option<Vec<&'static [&'static str]>> {
    creative_work(kind).or_else(|| other_thing(kind))
}

fn creative_work(kind: &str) -> Option<Vec<&'static [&'static str]>> {
    Some(match kind {
        "WebSite" | "CreativeWork" | "Book" | "Periodical" => vec![CREATIVE_WORK],
        "ScholarlyArticle" | "Article" => vec![CREATIVE_WORK, &["wordCount", "articleBody"]],
        "WebPage" | "CollectionPage" | "FAQPage" | "ProfilePage" | "SearchResultsPage" => {
            vec![CREATIVE_WORK, WEB_PAGE]
        }
        "MedicalWebPage" => vec![CREATIVE_WORK, WEB_PAGE, &["medicalAudience"]],
        "Question" => vec![CREATIVE_WORK, &["acceptedAnswer"]],
        "Answer" => vec![CREATIVE_WORK],
        "HowTo" => vec![CREATIVE_WORK, &["step", "tool", "supply", "totalTime", "performTime"]],
        "HowToStep" => vec![CREATIVE_WORK, LIST, LIST_ITEM],
        "HowToDirection" => vec![CREATIVE_WORK, LIST_ITEM, &["performTime"]],
        "ImageObject" => vec![CREATIVE_WORK, &["contentUrl", "caption", "width", "height"]],
        "DefinedTermSet" => vec![CREATIVE_WORK, &["hasDefinedTerm"]],
        "EducationalOccupationalCredential" => vec![CREATIVE_WORK, &["credentialCategory"]],
        _ => return None,
    })
}

fn other_thing(kind: &str) -> Option<Vec<&'static [&'static str]>> {
    Some(match kind {
        "HowToTool" | "ListItem" => vec![LIST_ITEM],
        "DefinedTerm" => vec![&["termCode", "inDefinedTermSet"]],
        "BreadcrumbList" | "ItemList" => vec![LIST],
        "HealthAndBeautyBusiness" => vec![ORGANIZATION, &["openingHours", "priceRange"]],
        "Organization" => vec![ORGANIZATION],
        "Person" => {
            vec![&["jobTitle", "worksFor", "hasCredential", "knowsAbout", "honorificSuffix"]]
        }
        "Muscle" => vec![
            MEDICAL_ENTITY,
            ANATOMY,
            &["insertion", "muscleAction", "nerve", "antagonist", "bloodSupply"],
        ],
        "AnatomicalStructure" | "Nerve" | "Vessel" => vec![MEDICAL_ENTITY, ANATOMY],
        "SuperficialAnatomy" => {
            vec![MEDICAL_ENTITY, &["relatedAnatomy", "relatedCondition", "relatedTherapy"]]
        }
        "MedicalSymptom" => vec![MEDICAL_ENTITY, &["associatedAnatomy", "possibleTreatment"]],
        "MedicalTherapy" => {
            vec![MEDICAL_ENTITY, PROCEDURE, &["contraindication", "adverseOutcome"]]
        }
        "MedicalEntity" => vec![MEDICAL_ENTITY],
        "MedicalCode" => vec![MEDICAL_ENTITY, &["codeValue", "codingSystem"]],
        "MedicalAudience" => vec![&["audienceType"]],
        "Service" => vec![&["serviceType", "provider", "offers", "areaServed"]],
        "Offer" => vec![&["price", "priceCurrency"]],
        "PropertyValue" => vec![&["propertyID", "value"]],
        "QuantitativeValue" => vec![&["value", "unitCode"]],
        "ReserveAction" => vec![&["target"]],
        "EntryPoint" => vec![&["urlTemplate"]],
        _ => return None,
    })
}

/// The types that a property may lead to, where they are few.
fn range(property: &str) -> Option<&'static [&'static str]> {
    Some(match property {
        "isPartOf" => &["WebSite", "Periodical"],
        "breadcrumb" => &["BreadcrumbList"],
        "reviewedBy" | "author" => &["Person", "Organization"],
        "publisher" => &["HealthAndBeautyBusiness", "Organization"],
        "worksFor" | "parentOrganization" => &["HealthAndBeautyBusiness", "Organization"],
        "provider" => &["HealthAndBeautyBusiness", "Person", "Organization"],
        "image" | "primaryImageOfPage" => &["ImageObject"],
        "antagonist" => &["Muscle"],
        "insertion" | "connectedTo" => &["AnatomicalStructure"],
        "relatedAnatomy" => &["Muscle"],
        "associatedAnatomy" => &["SuperficialAnatomy"],
        "relatedCondition" => &["MedicalSymptom"],
        "nerve" => &["Nerve"],
        "bloodSupply" => &["Vessel"],
        "citation" => &["Book", "ScholarlyArticle", "WebPage", "CreativeWork"],
        "step" => &["HowToStep"],
        "tool" => &["HowToTool"],
        "adverseOutcome" => &["MedicalEntity"],
        "offers" => &["Offer"],
        "acceptedAnswer" => &["Answer"],
        "hasDefinedTerm" => &["DefinedTerm"],
        "inDefinedTermSet" => &["DefinedTermSet"],
        _ => return None,
    })
}

/// The types of a node.
fn types(node: &Value) -> Vec<&str> {
    match &node["@type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What in a graph the vocabulary does not know, as sentences.
pub(super) fn complaints(graph: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for node in graph["@graph"].as_array().into_iter().flatten() {
        if types(node).is_empty() || node["@id"].as_str().is_none() {
            found.push(format!("a node of the graph has no type or no identity: {node}"));
        }
        complain(node, graph, &mut found);
    }
    found
}

fn complain(node: &Value, graph: &Value, found: &mut Vec<String>) {
    let kinds = types(node);
    let known: Vec<_> = kinds.iter().map(|kind| (kind, properties(kind))).collect();
    for (kind, properties) in &known {
        if properties.is_none() {
            found.push(format!("`{kind}` is not a type that is used"));
        }
    }
    for (property, value) in node.as_object().into_iter().flatten() {
        let mut all = known.iter().flat_map(|(_, groups)| groups.iter().flatten());
        let is_known = property.starts_with('@')
            || THING.contains(&property.as_str())
            || all.any(|group| group.contains(&property.as_str()));
        if !is_known {
            found.push(format!("`{property}` is not a property of {kinds:?}"));
        }
        for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            if value.is_object() {
                check_range(property, value, graph, found);
                complain(value, graph, found);
            }
        }
    }
}

/// A reference must lead to a node of the same graph, and to one of a type that is allowed.
fn check_range(property: &str, value: &Value, graph: &Value, found: &mut Vec<String>) {
    let mut kinds = types(value);
    if kinds.is_empty() && value["@id"].is_string() {
        match find(graph, &value["@id"]) {
            Some(node) => kinds = types(node),
            None => found.push(format!("`{property}` leads to nothing: {value}")),
        }
    }
    // An author of a cited work has a name only.
    if let Some(range) = range(property).filter(|_| !kinds.is_empty())
        && !kinds.iter().any(|kind| range.contains(kind))
    {
        found.push(format!("`{property}` cannot be {kinds:?}"));
    }
}

/// The node of an identity, wherever in the graph it is described.
fn find<'a>(value: &'a Value, id: &Value) -> Option<&'a Value> {
    if value["@id"] == *id && !types(value).is_empty() {
        return Some(value);
    }
    match value {
        Value::Array(list) => list.iter().find_map(|one| find(one, id)),
        Value::Object(map) => map.values().find_map(|one| find(one, id)),
        _ => None,
    }
}
