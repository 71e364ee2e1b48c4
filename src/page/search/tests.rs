//! Tests of the search's files.

use serde_json::{Value, json};

use super::documents::{Documents, ROOM};
use crate::graph::KnowledgeBase;
use crate::model::Kind;
use crate::page::sample::{SMALL_PROJECT, knowledge_base, made, small_project};

fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
    made(base, super::files)
}

fn file(files: &[(String, String)], name: &str) -> Value {
    let (_, text) = files.iter().find(|(path, _)| path == name).expect("the file is there");
    serde_json::from_str(text).expect("it is JSON")
}

/// The names of the kind whose addresses begin so.
fn names(files: &[(String, String)], start: &str) -> Value {
    let all = file(files, "search/names.json");
    let mut kinds = all["kinds"].as_array().expect("a list").iter();
    kinds.find(|kind| kind["start"] == start).expect("it is there").clone()
}

/// Where a word stands, in whichever piece: named, about, said.
fn places(files: &[(String, String)], word: &str) -> Vec<String> {
    let pieces = files.iter().filter(|(path, _)| path.starts_with("search/texts/"));
    let lines = pieces.flat_map(|(_, text)| text.lines().skip(1));
    let mut lines = lines.filter_map(|line| line.split_once('|')).filter(|(one, _)| *one == word);
    let places = lines.next().map_or("", |(_, places)| places);
    assert_eq!(lines.next(), None, "the word stands once");
    places.split('|').map(str::to_owned).collect()
}

/// A project with this many articles more.
fn with_articles(count: usize, title: &str) -> KnowledgeBase {
    let article = |number: usize| {
        let text = format!(
            "---\ntitle: {title} {number}\nsummary: Sum.\nauthor: ann\npublished: 2025-01-01\n---\n\nPlain unique{number}.\n"
        );
        (format!("content/articles/many-{number}.md"), text)
    };
    let made: Vec<_> = (0..count).map(article).collect();
    let mut all = SMALL_PROJECT.to_vec();
    all.extend(made.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    knowledge_base(&all)
}

#[test]
fn every_name_by_which_readers_look_is_fetched_at_once() {
    let files = files(&small_project());
    assert_eq!(
        names(&files, "/kb/muscles/")["names"],
        json!([["infra", "Infraspinatus", "Musculus infraspinatus"], ["sub", "Subscapularis"]])
    );
    let knot = json!([["knot", "Knot", "taut spot"]]);
    assert_eq!(names(&files, "/kb/glossary/#")["names"], knot);
    let articles = json!([["nine", "Nine ways"], ["older", "Older"]]);
    assert_eq!(names(&files, "/kb/articles/")["names"], articles);
    let region =
        json!(["front", "Front of the shoulder", "ball of the shoulder", "Regio deltoidea"]);
    assert_eq!(names(&files, "/kb/pain/")["names"], json!([region]));
}

#[test]
fn a_word_is_found_where_it_names_heads_and_stands() {
    let files = files(&small_project());
    // The numbers begin: front, shoulder, stiff, infra, sub.
    assert_eq!(places(&files, "musculus"), ["3"]);
    assert_eq!(places(&files, "outward"), ["", "3"]);
    // In the attachment of one muscle, and nowhere else.
    assert_eq!(places(&files, "infraspinous"), ["", "", "3"]);
    // The name of a muscle, and a word of an article's text.
    let subscapularis = places(&files, "subscapularis");
    assert_eq!((subscapularis[0].as_str(), subscapularis.len()), ("4", 3));
    assert!(places(&files, "nowhere").concat().is_empty());
}

#[test]
fn titles_wait_in_files_of_their_own_once_names_are_too_many() {
    let title = "A title that is as long as titles of articles are";
    let files = files(&with_articles(ROOM / title.len() + 1, title));
    let articles = names(&files, "/kb/articles/");
    assert_eq!(articles["names"], json!([]));
    let first = file(&files, "search/titles/0.json");
    assert_eq!(first["names"][0], json!(["nine", "Nine ways"]));
    assert_eq!(names(&files, "/kb/muscles/")["names"][1], json!(["sub", "Subscapularis"]));
    let pieces = files.iter().filter(|(path, _)| path.starts_with("search/titles/")).count();
    let titles = articles["titles"].as_u64().expect("a number");
    assert_eq!(pieces as u64, (titles + 2).div_ceil(32), "the question and the myth wait, too");
}

#[test]
fn lists_of_places_are_cut_and_rare_words_are_kept() {
    let files = files(&with_articles(100, "Title"));
    assert_eq!(places(&files, "unique7").len(), 3);
    assert_eq!(places(&files, "title")[0].split(' ').count(), 64);
    assert_eq!(places(&files, "plain")[2].split(' ').count(), 64);
}

#[test]
fn pieces_say_to_which_numbers_they_belong() {
    let (few, many) = (files(&small_project()), files(&with_articles(3, "Title")));
    let version = |files: &[(String, String)]| file(files, "search/names.json")["version"].clone();
    assert_ne!(version(&few), version(&many));
    for (_, text) in many.iter().filter(|(path, _)| path.starts_with("search/texts/")) {
        assert_eq!(json!(text.lines().next()), version(&many));
    }
}

#[test]
fn cards_lie_by_section_and_first_letter() {
    let files = files(&small_project());
    let infra = json!([["infra", "Infraspinatus", "Muscle", "It turns the arm outward."]]);
    assert_eq!(file(&files, "search/cards/muscles-i.json"), infra);
    let knot = json!([["knot", "Knot", "Word", "A tender spot."]]);
    assert_eq!(file(&files, "search/cards/glossary-k.json"), knot);
    let simons = json!([["simons", "Trigger points", "book, 1999", ""]]);
    assert_eq!(file(&files, "search/cards/references-s.json"), simons);
}

#[test]
fn a_warning_sign_leads_to_the_places_and_symptoms_whose_pages_show_it() {
    let flags = "numb:\n  title: Numbness\n  flags:\n    - {level: emergency, text: you cannot feel the saddle}\n";
    let symptom =
        "stiff: {name: Stiff, summary: It is stiff., regions: [front], red_flags: [numb]}\n";
    let mut all = SMALL_PROJECT.to_vec();
    all.retain(|(path, _)| *path != "content/symptoms.yaml");
    all.extend([("content/symptoms.yaml", symptom), ("content/red-flags.yaml", flags)]);
    let base = knowledge_base(&all);
    let stiff = base.find(Kind::Symptom, "stiff").expect("it is there");
    let number = Documents::of(&base).records().position(|record| record == stiff);
    let number = number.expect("it can be found").to_string();
    assert_eq!(places(&files(&base), "saddle"), ["", "", &*number]);
    assert_eq!(places(&files(&base), "stiff"), [&*number]);
}

#[test]
fn warning_signs_come_with_the_names_each_with_the_places_whose_pages_show_it() {
    let flags = "arm:\n  title: The shoulder\n  flags:\n    - {level: doctor, text: it aches}\n    \
        - {level: emergency, text: it is numb, synonyms: [can't feel it]}\n\
        nobody:\n  title: Nobody\n  flags:\n    - {level: urgent, text: none}\n";
    let regions = "back: {name: Behind, area: shoulder, view: back, red_flags: [arm]}\n\
        front: {name: Front of the shoulder, area: shoulder, view: front, red_flags: [arm]}\n";
    let mut all = SMALL_PROJECT.to_vec();
    all.retain(|(path, _)| *path != "content/regions.yaml");
    all.extend([("content/regions.yaml", regions), ("content/red-flags.yaml", flags)]);
    let files = files(&knowledge_base(&all));
    let signs = json!([["doctor", "it aches"], ["emergency", "it is numb", "can't feel it"]]);
    let named = file(&files, "search/names.json");
    // The place that is called like the set comes first: 1 is the front.
    assert_eq!(named["sets"], json!([{"places": [1, 0], "signs": signs}]));
    let levels = named["levels"].as_array().expect("a list");
    let said = |key: &str| levels.iter().map(|one| one[key].clone()).collect::<Vec<_>>();
    assert_eq!(said("level"), ["emergency", "urgent", "doctor"]);
    assert_eq!(said("first"), [true, true, false]);
    assert_eq!(levels[0]["title"], "Call 911 or go to an emergency room if:");
    assert_eq!(levels[2]["anchor"], "section--who-to-see");
    let kinds = named["kinds"].as_array().expect("a list").iter();
    let plain = kinds.filter(|kind| kind["plain"] == true).map(|kind| kind["label"].clone());
    let expected =
        ["Where it hurts", "Areas of the body", "Symptoms", "Muscles", "Techniques", "Services"];
    assert_eq!(plain.collect::<Vec<_>>(), expected);
}

#[test]
fn without_warning_signs_nothing_is_said_of_their_levels() {
    let named = file(&files(&small_project()), "search/names.json");
    assert_eq!((&named["levels"], &named["sets"]), (&json!([]), &json!([])));
    assert_eq!(named["emergency"], "In an emergency, call 911.");
    let ways: Vec<_> =
        named["ways"].as_array().expect("a list").iter().map(|way| &way[1]).collect();
    assert_eq!(ways, ["/kb/pain/", "/kb/muscles/", "/kb/search/"]);
}
