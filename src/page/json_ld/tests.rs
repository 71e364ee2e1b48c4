//! What the graphs of a small project say, whole where it matters.

use serde_json::{Value, json};

use super::vocabulary::complaints;
use super::{JsonLd, PageSubject};
use crate::graph::{INDEX_PAGES, KnowledgeBase};
use crate::model::Kind;
use crate::page::sample::{knowledge_base, small_project, strings};
use crate::theme::for_script;

fn graph_of(base: &KnowledgeBase, page: PageSubject) -> Value {
    let text = JsonLd::new(base, &strings()).graph_of(page);
    let graph: Value = serde_json::from_str(&text).expect("it is JSON");
    // Compact, and nothing said twice: a second member of the same name would be lost here.
    assert_eq!(for_script(&graph.to_string()), text);
    graph
}

fn graph(kind: Kind, id: &str) -> Value {
    let base = small_project();
    let record = base.find(kind, id).expect("the project has it");
    graph_of(&base, PageSubject::Record(record))
}

/// The node of a graph with an identity, given without the address of the site.
fn node(graph: &Value, id: &str) -> Value {
    let id = format!("https://x.org/kb{id}");
    let nodes = graph["@graph"].as_array().expect("it is a list");
    nodes.iter().find(|node| node["@id"] == id).expect("it is in the graph").clone()
}

fn index(path: &'static str) -> Value {
    graph_of(&small_project(), PageSubject::Index(path))
}

#[test]
fn no_page_says_what_the_vocabulary_does_not_know() {
    let base = small_project();
    let records = base.records().map(|(record, _)| PageSubject::Record(record));
    let indexes = INDEX_PAGES.iter().map(|(path, _)| PageSubject::Index(path));
    for page in records.chain(indexes) {
        let found = complaints(&graph_of(&base, page));
        assert!(found.is_empty(), "{page:?}: {found:#?}");
    }
}

#[test]
fn an_empty_site_has_a_graph_of_itself_and_no_studio() {
    let base = knowledge_base(&[("site.toml", "title = \"A\"\n")]);
    assert_eq!(
        graph_of(&base, PageSubject::Index("/404.html")),
        json!({
            "@context": "https://schema.org",
            "@graph": [
                {
                    "@type": "WebPage", "@id": "/404.html#webpage", "url": "/404.html",
                    "inLanguage": "en", "isPartOf": {"@id": "/#website"},
                    "breadcrumb": {"@id": "/404.html#breadcrumb"}, "name": "There is no such page",
                },
                {
                    "@type": "BreadcrumbList", "@id": "/404.html#breadcrumb",
                    "itemListElement": [
                        {"@type": "ListItem", "position": 1, "name": "Home", "item": "/"},
                        {"@type": "ListItem", "position": 2, "name": "There is no such page", "item": "/404.html"},
                    ],
                },
                {"@type": "WebSite", "@id": "/#website", "name": "A", "url": "/"},
            ],
        }),
    );
}

#[test]
fn the_studio_says_what_the_settings_say() {
    assert_eq!(
        node(&index("/"), "/#business"),
        json!({
            "@type": "HealthAndBeautyBusiness", "@id": "https://x.org/kb/#business",
            "name": "Knot Studio", "url": "https://x.org/kb/", "telephone": "+1 555 0100",
            "openingHours": "Mo-Fr 09:00-18:00",
            "identifier": {"@type": "PropertyValue", "name": "licence", "value": "LA 1"},
            "potentialAction": {
                "@type": "ReserveAction",
                "target": {"@type": "EntryPoint", "urlTemplate": "https://book.example/?a=1&b=2"},
            },
            "sameAs": ["https://social.example/knot"],
        }),
    );
}

#[test]
fn the_studio_is_described_where_it_is_asked_for_and_named_elsewhere() {
    let studio = |graph: &Value| node(graph, "/#business");
    assert_eq!(
        studio(&graph(Kind::Muscle, "infra")),
        json!({
            "@type": "Organization", "@id": "https://x.org/kb/#business",
            "name": "Knot Studio", "url": "https://x.org/kb/",
        }),
    );
    assert_eq!(studio(&graph(Kind::Service, "session")), studio(&index("/")));
}

#[test]
fn the_page_of_a_muscle_says_who_reviewed_it_and_on_what_it_rests() {
    assert_eq!(
        node(&graph(Kind::Muscle, "infra"), "/muscles/infra/#webpage"),
        json!({
            "@type": "MedicalWebPage",
            "@id": "https://x.org/kb/muscles/infra/#webpage",
            "url": "https://x.org/kb/muscles/infra/",
            "inLanguage": "en",
            "isPartOf": {"@id": "https://x.org/kb/#website"},
            "publisher": {"@id": "https://x.org/kb/#business"},
            "breadcrumb": {"@id": "https://x.org/kb/muscles/infra/#breadcrumb"},
            "name": "Infraspinatus",
            "description": "It turns the arm outward.",
            "lastReviewed": "2026-03-01",
            "reviewedBy": {
                "@type": "Person", "@id": "https://x.org/kb/team/ann/#person", "name": "Ann Doe",
                "url": "https://x.org/kb/team/ann/",
            },
            "specialty": "https://schema.org/Musculoskeletal",
            "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
            "mainEntity": {"@id": "https://x.org/kb/muscles/infra/#muscle"},
            "mentions": [{
                "@type": "SuperficialAnatomy", "@id": "https://x.org/kb/pain/front/#region",
            }],
            "citation": [{"@type": "Book", "@id": "https://x.org/kb/references/#simons"}],
        }),
    );
}

#[test]
fn who_checked_the_wording_alone_reviewed_no_medical_page() {
    let region = "side: {name: Side, area: leg, view: both, reviewed: {by: ann, on: 2026-03-01}}\n";
    let base = knowledge_base(&[
        ("content/areas.yaml", "leg: {name: Leg}\n"),
        ("content/people.yaml", "ann: {name: Ann Doe, role: Editor}\n"),
        ("content/regions.yaml", region),
    ]);
    let record = base.find(Kind::Region, "side").expect("the project has it");
    let page = &graph_of(&base, PageSubject::Record(record))["@graph"][0];
    assert_eq!(page["@type"], "MedicalWebPage");
    assert_eq!((&page["lastReviewed"], &page["reviewedBy"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_muscle_is_connected_to_its_origin_and_known_by_its_names_elsewhere() {
    assert_eq!(
        node(&graph(Kind::Muscle, "infra"), "/muscles/infra/#muscle"),
        json!({
            "@type": "Muscle",
            "@id": "https://x.org/kb/muscles/infra/#muscle",
            "name": "Infraspinatus",
            "alternateName": ["Musculus infraspinatus"],
            "description": "It turns the arm outward.",
            "url": "https://x.org/kb/muscles/infra/",
            "bodyLocation": "Shoulder",
            "muscleAction": ["turns the arm outward"],
            "connectedTo": {"@type": "AnatomicalStructure", "name": "infraspinous fossa"},
            "insertion": {"@type": "AnatomicalStructure", "name": "greater tubercle"},
            "nerve": {"@type": "Nerve", "name": "suprascapular nerve (C5, C6)"},
            "bloodSupply": [{"@type": "Vessel", "name": "suprascapular artery"}],
            "antagonist": [{
                "@type": "Muscle", "@id": "https://x.org/kb/muscles/sub/#muscle",
                "name": "Subscapularis",
            }],
            "sameAs": [
                "http://purl.obolibrary.org/obo/UBERON_0001477",
                "http://purl.org/sig/ont/fma/fma32546",
                "http://www.wikidata.org/entity/Q1",
            ],
            "code": [{"@type": "MedicalCode", "codeValue": "A04.6.02.008", "codingSystem": "TA98"}],
        }),
    );
}

#[test]
fn a_region_lists_its_muscles_the_most_likely_first_below_its_area() {
    let graph = graph(Kind::Region, "front");
    let related = &node(&graph, "/pain/front/#region")["relatedAnatomy"];
    let list = node(&graph, "/pain/front/#muscles");
    let names: Vec<&Value> = list["itemListElement"]
        .as_array()
        .expect("it is a list")
        .iter()
        .map(|item| &item["item"]["name"])
        .collect();
    assert_eq!(names, ["Infraspinatus", "Subscapularis"]);
    assert_eq!(related.as_array().map(Vec::len), Some(2));
    let trail = node(&graph, "/pain/front/#breadcrumb");
    let steps: Vec<&Value> = (0..4).map(|at| &trail["itemListElement"][at]["name"]).collect();
    assert_eq!(steps, ["Home", "Where does it hurt?", "Shoulder", "Front of the shoulder"]);
}

#[test]
fn what_readers_do_themselves_is_a_how_to_and_the_rest_a_therapy() {
    let own = node(&graph(Kind::Technique, "ball"), "/techniques/ball/#technique");
    assert_eq!(own["@type"], "HowTo");
    assert_eq!(own["tool"], json!([{"@type": "HowToTool", "name": "a ball"}]));
    assert_eq!(
        own["step"],
        json!([
            {
                "@type": "HowToStep", "name": "Not for you, or only with care",
                "text": "Not on a bruise. Not on the neck.", "position": 1,
            },
            {
                "@type": "HowToStep",
                "itemListElement": {
                    "@type": "HowToDirection", "text": "Lean on it.", "performTime": "PT30S",
                },
                "position": 2,
            },
            {"@type": "HowToStep", "text": "Breathe.", "position": 3},
            {"@type": "HowToStep", "name": "Stop if", "text": "It tingles.", "position": 4},
        ]),
    );
    let other = node(&graph(Kind::Technique, "pressing"), "/techniques/pressing/#technique");
    assert_eq!(
        other,
        json!({
            "@type": "MedicalTherapy",
            "@id": "https://x.org/kb/techniques/pressing/#technique",
            "name": "Held pressure",
            "description": "The therapist presses.",
            "url": "https://x.org/kb/techniques/pressing/",
            "howPerformed": "Press.",
            "followup": "Rest.",
            "procedureType": "https://schema.org/NoninvasiveProcedure",
            "contraindication": ["Not over open skin."],
            "adverseOutcome": [{"@type": "MedicalEntity", "name": "A bruise"}],
        }),
    );
}

#[test]
fn an_article_owns_its_own_questions_and_cites_its_sources_and_its_text() {
    let article = node(&graph(Kind::Article, "nine"), "/articles/nine/#article");
    let ids = |property: &str| -> Vec<String> {
        let list = article[property].as_array().cloned().unwrap_or_default();
        let ids = list.iter().filter_map(|one| one["@id"].as_str());
        ids.map(|id| id.replace("https://x.org/kb", "")).collect()
    };
    assert_eq!(article["headline"], "Nine ways");
    assert_eq!(article["dateModified"], "2026-02-03");
    assert_eq!(article["author"][0]["@type"], "Organization");
    assert_eq!(article["wordCount"], 5);
    assert_eq!(article["keywords"], json!(["Care"]));
    assert_eq!(ids("about"), ["/muscles/infra/#muscle"]);
    assert_eq!(ids("mentions"), ["/muscles/sub/#muscle", "/glossary/#knot"]);
    let cited = article["citation"].as_array().cloned().unwrap_or_default();
    let kinds: Vec<_> = cited.iter().map(|work| work["@type"].as_str().unwrap_or("")).collect();
    assert_eq!(kinds, ["Book", "ScholarlyArticle", "WebPage"]);
    assert_eq!(cited[2]["@id"], "https://x.org/kb/references/#office");
    assert_eq!(article["image"]["contentUrl"], "https://x.org/kb/media/band.svg");
    assert_eq!(article["image"]["caption"], "A band");
    assert_eq!(
        article["hasPart"],
        json!([{
            "@type": "Question", "@id": "https://x.org/kb/articles/nine/#question-does-it-hurt",
            "name": "Does it hurt?", "acceptedAnswer": {"@type": "Answer", "text": "A little."},
        }]),
    );
}

#[test]
fn the_page_of_questions_owns_each_question_with_its_answer_in_plain_text() {
    let page = node(&index("/faq/"), "/faq/#webpage");
    assert_eq!(page["@type"], json!(["FAQPage", "MedicalWebPage"]));
    assert_eq!(
        page["mainEntity"],
        json!([{
            "@type": "Question", "@id": "https://x.org/kb/faq/#how-many",
            "name": "How many sessions?",
            "acceptedAnswer": {"@type": "Answer", "text": "One to see if it helps. </script>"},
        }]),
    );
}

#[test]
fn the_page_of_references_says_who_made_a_work_and_where_it_appeared() {
    let list = node(&index("/references/"), "/references/#list");
    let works = list["itemListElement"].as_array().cloned().unwrap_or_default();
    let work = |name: &str| {
        let found = works.iter().map(|item| &item["item"]).find(|work| work["name"] == name);
        found.cloned().unwrap_or_default()
    };
    assert_eq!(
        work("Trigger points"),
        json!({
            "@type": "Book", "@id": "https://x.org/kb/references/#simons",
            "name": "Trigger points", "author": [{"name": "D. Simons"}], "datePublished": "1999",
        }),
    );
    let journal = json!({"@type": "Periodical", "name": "Letters"});
    assert_eq!(work("A review")["isPartOf"], journal);
    let office = json!({"@type": "Organization", "name": "Health Office"});
    assert_eq!(work("Cramps")["publisher"], office);
}

#[test]
fn a_service_has_a_price_and_the_studio_for_its_provider() {
    let service = node(&graph(Kind::Service, "session"), "/services/session/#service");
    assert_eq!(service["provider"], json!({"@id": "https://x.org/kb/#business"}));
    assert_eq!(
        service["offers"],
        json!({
            "@type": "Offer", "price": 90, "priceCurrency": "USD",
            "url": "https://book.example/?a=1&b=2",
        }),
    );
}

#[test]
fn who_holds_a_licence_is_a_person_and_who_holds_nothing_a_group() {
    assert_eq!(
        node(&graph(Kind::Person, "ann"), "/team/ann/#person"),
        json!({
            "@type": "Person", "@id": "https://x.org/kb/team/ann/#person", "name": "Ann Doe",
            "url": "https://x.org/kb/team/ann/", "sameAs": ["https://ann.example"],
            "jobTitle": "Massage therapist", "worksFor": {"@id": "https://x.org/kb/#business"},
            "hasCredential": [{"@type": "EducationalOccupationalCredential", "name": "LMT"}],
            "identifier": {"@type": "PropertyValue", "propertyID": "Louisiana Board", "value": "42"},
        }),
    );
    let team = node(&graph(Kind::Person, "team"), "/team/team/#person");
    assert_eq!(team["@type"], "Organization");
    assert_eq!(team["jobTitle"], Value::Null);
}

#[test]
fn lists_hold_their_records_and_the_home_page_the_lists() {
    let articles = node(&index("/articles/"), "/articles/#list");
    assert_eq!(articles["itemListElement"][0]["item"]["name"], "Nine ways");
    assert_eq!(articles["numberOfItems"], 2);
    let home = node(&index("/"), "/#list");
    let way = |one: &Value| one["@type"] == "BreadcrumbList" || !one["breadcrumb"].is_null();
    let nodes = index("/")["@graph"].as_array().cloned().unwrap_or_default();
    assert!(!nodes.iter().any(way), "nothing leads to the page where ways begin");
    assert_eq!(home["itemListElement"][0]["url"], "https://x.org/kb/articles/");
    let terms = node(&index("/glossary/"), "/glossary/#terms");
    assert_eq!(terms["hasDefinedTerm"][0]["termCode"], "knot");
}

#[test]
fn a_graph_can_stand_in_a_script_element() {
    let script = JsonLd::new(&small_project(), &strings()).graph_of(PageSubject::Index("/faq/"));
    assert!(!script.contains('<') && !script.contains('>') && !script.contains('&'));
    assert_eq!(for_script(&script), script, "the filter of the theme finds nothing to escape");
}
