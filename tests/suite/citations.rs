//! Works, their numbers through a page, and notes.

use crate::project::Project;

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
    project.write("content/citations.yaml", "nhs: {title: Cramps, year: }\n").build();
    let findings = project.findings();
    assert!(findings.contains("expected a year, found nothing"), "{findings}");
    project.write("content/citations.yaml", "nhs: {title: Cramps, acessed: 2026-11-20}\n").build();
    let findings = project.findings();
    assert!(findings.contains("unknown key `acessed`"), "{findings}");
    assert!(!findings.contains("missing field"), "one mistake is said once: {findings}");
}

#[test]
fn a_doi_may_have_any_sign_in_it() {
    let work = "a-1999: {title: A, year: 1999, doi: \"10.1002/(SICI)18:2<1::AID>3.0.CO;2-#\"}\n";
    let mut project = Project::new([("content/citations.yaml", work)]);
    project.build().expect_clean();
    let address = "href=\"https://doi.org/10.1002/(SICI)18:2%3C1::AID%3E3.0.CO;2-%23\"";
    project.expect_page("references/index.html", [address]);
}

const WORKS: &str = "\
a: {title: Work A, year: 2001}
b: {title: Work B, year: 2002}
";

#[test]
fn works_are_numbered_once_through_the_whole_page() {
    let article = "---\ntitle: Neck\nsummary: Why it hurts.\nauthor: us\npublished: 2026-01-10\n\
                   takeaways:\n  - {lead: First, text: \"So [@b].\"}\n---\n\nThus [@a].\n\n::faq{id=why}\n";
    let mut project = Project::new([
        ("content/citations.yaml", WORKS),
        ("content/people.yaml", "us: {name: Us, role: Writers}\n"),
        ("content/faqs.yaml", "why: {question: Why?, answer: \"Since [@a; @b].\"}\n"),
        ("content/articles/neck.md", article),
    ]);
    project.build();
    assert!(!project.has_errors(), "{}", project.findings());
    let page = project.page("articles/neck/index.html");
    let marks: Vec<&str> =
        page.split("<a id=\"cite-").skip(1).filter_map(|rest| rest.split("</a>").next()).collect();
    assert_eq!(
        marks,
        [
            "1-1\" href=\"#source-b\">1",
            "2-1\" href=\"#source-a\">2",
            "2-2\" href=\"#source-a\">2",
            "1-2\" href=\"#source-b\">1",
        ]
    );
}

#[test]
fn the_footnotes_of_each_answer_are_its_own() {
    let answer =
        |note: &str| format!("{{question: {note}?, answer: \"So[^1].\\n\\n[^1]: {note}.\"}}");
    let faqs = format!("one: {}\ntwo: {}\n", answer("One"), answer("Two"));
    let mut project = Project::new([("content/faqs.yaml", faqs.as_str())]);
    project.build();
    assert!(!project.has_errors(), "{}", project.findings());
    project.expect_page(
        "faq/index.html",
        [
            "<a id=\"field-1-fnref1\" href=\"#field-1-fn1\">",
            "<li id=\"field-1-fn1\"><p>One. <a class=\"back\" href=\"#field-1-fnref1\"",
            "<li id=\"field-2-fn1\"><p>Two.",
        ],
    );
}

#[test]
fn what_a_person_cites_has_marks_on_the_own_page_only() {
    let article =
        "---\ntitle: A\nsummary: It is.\nauthor: ann\npublished: 2026-01-01\n---\n\nYes [@work].\n";
    let mut project = Project::new([
        ("content/citations.yaml", "work: {title: Work, year: 2000}\n"),
        ("content/people.yaml", "ann: {name: Ann, role: Writer, bio: \"Wrote it [@work].\"}\n"),
        ("content/articles/a.md", article),
    ]);
    project.build();
    let page = project.page("articles/a/index.html");
    assert_eq!(page.matches("id=\"cite-1-1\"").count(), 1, "{page}");
    project.expect_page("articles/a/index.html", ["<p>Wrote it.</p>"]);
    project.expect_page_without("team/index.html", "class=\"citation\"");
    project.expect_page("team/ann/index.html", ["href=\"#source-work\""]);
}

#[test]
fn a_full_stop_at_the_end_of_a_publisher_is_not_followed_by_another() {
    let citations = "a: {title: A, accessed: 2026-01-02, publisher: Pub.}\n\
                     b: {title: B, year: 2000, publisher: Pub.}\n";
    let mut project = Project::new([("content/citations.yaml", citations)]);
    project.build();
    project.expect_page("references/index.html", [", Pub. Read on", ", Pub., 2000."]);
}

#[test]
fn pages_of_many_records_list_the_works_that_they_cite_as_readers_meet_them() {
    let mut project = Project::new([
        ("content/citations.yaml", WORKS),
        ("content/topics.yaml", "early: {name: Early}\nlate: {name: Late}\n"),
        (
            "content/faqs.yaml",
            "a: {question: One?, answer: \"So [@a].\", topics: [late]}\n\
             b: {question: Two?, answer: \"So [@b].\", topics: [early]}\n",
        ),
        ("content/terms.yaml", "t: {name: Term, definition: \"So [@b].\"}\n"),
        ("content/people.yaml", "us: {name: Us, role: Writers, bio: \"So [@a].\"}\n"),
    ]);
    project.build();
    assert!(!project.has_errors(), "{}", project.findings());
    project.expect_page("faq/index.html", ["<a href=\"/references/#b\">Work B</a></cite>, 2002."]);
    let page = project.page("faq/index.html");
    let places = [
        "#source-b\">1<",
        "#source-a\">2<",
        "id=\"source-b\" value=\"1\"",
        "id=\"source-a\" value=\"2\"",
    ];
    let places = places.map(|part| page.find(part).unwrap_or_else(|| panic!("no {part}:\n{page}")));
    assert!(places.is_sorted(), "{page}");
    project.expect_page("glossary/index.html", ["#source-b\">1<", "id=\"source-b\" value=\"1\""]);
    project.expect_page("team/us/index.html", ["#source-a\">1<", "id=\"source-a\" value=\"1\""]);
}
