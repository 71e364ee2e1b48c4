//! What records show of each other, and of what they rest on.

use crate::project::Project;

const TERMS: &str = "\
knot: {name: Knot, definition: A tender spot.}
tens: {name: TENS, definition: Current on the skin.}
achilles: {name: Achilles tendon, aliases: [Achilles], definition: A tendon.}
";

fn page_of(text: &str) -> Project {
    let text = format!("---\ntitle: About Knots\n---\n\n{text}\n");
    let mut project = Project::new([("content/terms.yaml", TERMS), ("content/pages/us.md", &text)]);
    project.build().expect_clean();
    project
}

#[test]
fn a_name_within_a_sentence_has_no_capital_and_at_its_start_has_one() {
    let project = page_of("[[knot]] is a word. [[knot]] or *[[knot]]*, said of a [[knot]].\n\n- [[knot]]");
    let page = project.page("us/index.html");
    let names: Vec<&str> = page
        .split("href=\"/glossary/#knot\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(names, ["Knot", "Knot", "knot", "knot", "Knot"]);
}

#[test]
fn acronyms_proper_names_titles_and_words_of_the_author_stay_as_they_are() {
    let project = page_of("See [[tens]], [[achilles]], [[page:us]] and [[knot|Knots]].");
    let parts = [">TENS</a>", ">Achilles tendon</a>", ">About Knots</a>", ">Knots</a>"];
    project.expect_page("us/index.html", parts);
}

#[test]
fn a_citation_shows_who_published_it_and_when_it_was_read() {
    let mut project = Project::new([(
        "content/citations.yaml",
        "nhs: {title: Cramps, accessed: 2026-11-20, publisher: Health Office, kind: web-page, authors: [A. Doe], and_others: true}\n",
    )]);
    project.build().expect_clean();
    project.expect_page(
        "references/index.html",
        ["A. Doe and others.", "</cite>, Health Office (web page).", "Read on November 20, 2026."],
    );
}

#[test]
fn a_citation_has_a_year_or_the_day_it_was_read() {
    let mut project = Project::new([("content/citations.yaml", "nhs: {title: Cramps}\n")]);
    project.build();
    let findings = project.findings();
    assert!(findings.contains("missing field `year`"), "{findings}");
}

#[test]
fn myths_and_questions_stand_on_the_pages_that_they_concern() {
    let mut project = Project::small();
    project.write(
        "content/myths/salt.yaml",
        "claim: Salt helps.\nverdict: unclear\nexplanation: Nobody knows.\nmuscles: [infraspinatus]\n\
         regions: [shoulder-front]\nsymptoms: [stiff-neck]\ntechniques: [finger-pressure]\n",
    );
    project.write(
        "content/faqs/turn.yaml",
        "question: Why does it not turn?\nanswer: It may be stiff.\nsymptoms: [stiff-neck]\n",
    );
    project.build().expect_clean();
    for page in [
        "muscles/infraspinatus/index.html",
        "pain/shoulder-front/index.html",
        "symptoms/stiff-neck/index.html",
        "techniques/finger-pressure/index.html",
    ] {
        project.expect_page(page, ["Salt helps.", "/myths/#salt", "Nobody knows yet"]);
    }
    project.expect_page("symptoms/stiff-neck/index.html", ["Why does it not turn?"]);
}
