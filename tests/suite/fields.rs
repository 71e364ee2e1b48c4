//! Names of records in answers, explanations, definitions and all other fields that are markdown.

use crate::project::Project;

const SLEEP: &str = "content/articles/sleep.md";
const FAQS: &str = "content/faqs.yaml";
const MUSCLE: &str = "content/muscles/infraspinatus.yaml";

/// The small site with an article that has a few fields more.
fn with_article(fields: &str) -> Project {
    let mut project = Project::small();
    let head = "title: Sleep\nsummary: S\nauthor: bo\npublished: 2026-11-02";
    project.write(SLEEP, format!("---\n{head}\n{fields}\n---\n\nA knot.\n"));
    project.build();
    project
}

/// What the names on a page show that became links.
fn mentions<'a>(project: &'a Project, page: &str) -> Vec<&'a str> {
    let pieces = project.page(page).split("<a class=\"mention\" ").skip(1);
    let shown = |piece: &'a str| Some(piece.split_once('>')?.1.split_once("</a>")?.0);
    pieces.filter_map(shown).collect()
}

const FIELDS: &str = "\
takeaways: [{lead: Rest, text: 'A knot, and a knot, rests.'}]
faqs:
  - {question: Is a knot sore?, answer: 'KNOTS are, and a knot is.'}
  - {question: What else?, answer: 'The trapezius and its knot.'}";

#[test]
fn the_first_name_in_each_field_becomes_a_link() {
    let project = with_article(FIELDS);
    project.expect_clean();
    let expected = ["knot", "knot", "KNOTS", "trapezius", "knot"];
    assert_eq!(mentions(&project, "articles/sleep/index.html"), expected);
}

#[test]
fn an_article_leaves_alone_in_its_fields_what_it_does_in_its_text() {
    for (list, expected) in [("[trigger-point]", &["trapezius"][..]), ("false", &[])] {
        let project = with_article(&format!("{FIELDS}\nauto_link: {list}"));
        assert_eq!(mentions(&project, "articles/sleep/index.html"), expected, "{list}");
    }
}

#[test]
fn a_definition_leads_to_other_terms_and_not_to_its_own() {
    let mut project = Project::small();
    project.write(
        "content/terms.yaml",
        "a: {name: Trigger point, definition: 'A trigger point is in a taut band.'}\n\
         b: {name: Taut band, definition: 'A taut band has a trigger point; see [[a]].'}\n",
    );
    project.build().expect_clean();
    assert_eq!(mentions(&project, "glossary/index.html"), ["trigger point", "taut band"]);
}

#[test]
fn headings_links_code_and_quotes_of_an_answer_stay_as_they_are() {
    let answer = "|\n    [A knot](/faq/) and `knot`.\n\n    > A knot.\n\n    #### A knot\n\n    [[trigger-point]], a knot.\n";
    let mut project = Project::small();
    project.write(FAQS, format!("a:\n  question: What is it?\n  answer: {answer}"));
    project.build();
    assert_eq!(mentions(&project, "faq/index.html"), [""; 0]);
    project.write(
        FAQS,
        format!("a:\n  question: What is it?\n  answer: {answer}\n    ## Next\n\n    Knots.\n"),
    );
    project.build();
    assert_eq!(mentions(&project, "faq/index.html"), ["Knots"]);
}

#[test]
fn names_become_links_in_what_people_and_myths_say() {
    let mut project = Project::small();
    project.write(
        "content/people.yaml",
        "ada: {name: Ada, role: R, bio: On knots.}\nbo: {name: Bo, role: R}\n",
    );
    project.replace("content/myths.yaml", "Bearable is", "A knot says what is");
    project.build().expect_clean();
    for page in ["team/index.html", "team/ada/index.html", "articles/knots/index.html"] {
        assert!(mentions(&project, page).contains(&"knots"), "{page}");
    }
    assert_eq!(mentions(&project, "myths/index.html"), ["knot", "infraspinatus"]);
}

#[test]
fn questions_and_myths_that_mention_a_muscle_stand_on_its_page() {
    let mut project = Project::small();
    project.build();
    let page = "muscles/trapezius/index.html";
    let sections = ["section--questions", "section--myths"];
    for section in sections {
        project.expect_page_without(page, section);
    }
    project.replace(FAQS, "It should", "The trap muscle should");
    project.replace("content/myths.yaml", "Bearable", "The TRAPEZIUS says what").build();
    project.expect_clean().expect_page(page, sections);
    project.expect_page(page, ["Does pressing hurt?", "More pressure is better"]);
    project.expect_page("data/muscles.json", ["\"faq:does-it-hurt\",\"myth:more-is-better\""]);
    project.replace(FAQS, "The trap muscle should", "It should").build();
    project.expect_page_without(page, "section--questions").expect_page(page, ["section--myths"]);
}

#[test]
fn an_answer_within_a_text_leads_neither_to_its_page_nor_past_an_emergency_to_a_service() {
    let mut project = Project::small();
    project.replace(FAQS, "See the [[infraspinatus]]", "The infraspinatus likes a massage");
    let text = "content/muscles/infraspinatus.md";
    project.edit(text, |text| format!("{text}\n## Pressing\n\n::faq{{id=does-it-hurt}}\n")).build();
    let page = "muscles/infraspinatus/index.html";
    project.expect_page(page, ["The infraspinatus likes a <a class=\"mention\""]);
    project.expect_page("faq/index.html", [">infraspinatus</a> likes a <a class=\"mention\""]);
    let card = ":::care{level=emergency}\nCall now.\n:::\n";
    project.edit(text, |text| format!("{text}\n{card}")).build();
    project.expect_page(page, ["The infraspinatus likes a massage"]);
}

/// Each change is made in a process that goes on and after a restart.
fn in_both_ways(mut project: impl FnMut() -> Project, steps: impl Fn(&mut Project)) {
    for builds in 0..2 {
        let mut project = project();
        for _ in 0..builds {
            project.build();
        }
        steps(&mut project);
    }
}

#[test]
fn a_new_name_becomes_a_link_in_answers_that_had_it_as_a_word() {
    let fields = "faqs: [{question: What is that?, answer: 'A zigzag, or a zigzag line.'}]";
    let page = "articles/sleep/index.html";
    in_both_ways(
        || with_article(fields),
        |project| {
            assert_eq!(mentions(project, page), ["knot"]);
            project.replace(MUSCLE, "name: Infraspinatus", "name: Zigzag").build();
            assert_eq!(mentions(project, page), ["knot", "zigzag"]);
            assert!(project.rendered().contains(page));
            // The longer name wins, and is another record's.
            let other = "content/muscles/trapezius.yaml";
            project.replace(other, "[trap muscle]", "[zigzag line]").build();
            assert_eq!(mentions(project, page), ["knot", "zigzag", "zigzag line"]);
            project.replace(MUSCLE, "name: Zigzag", "name: Infraspinatus").build();
            assert_eq!(mentions(project, page), ["knot", "zigzag line"]);
            project.replace(other, "[zigzag line]", "[trap muscle]").build();
            assert_eq!(mentions(project, page), ["knot"]);
        },
    );
}

#[test]
fn an_answer_is_read_anew_when_it_or_what_its_article_leaves_alone_is_edited() {
    let page = "articles/sleep/index.html";
    in_both_ways(
        || with_article(FIELDS),
        |project| {
            project.replace(SLEEP, "'KNOTS are, and a knot is.'", "The trapezius is.").build();
            assert_eq!(mentions(project, page), ["knot", "knot", "trapezius", "trapezius", "knot"]);
            project.expect_page("muscles/trapezius/index.html", ["articles/sleep/"]);
            project.edit(SLEEP, |text| text.replacen("faqs:", "auto_link: [trapezius]\nfaqs:", 1));
            project.build();
            assert_eq!(mentions(project, page), ["knot", "knot", "knot"]);
            project.expect_page_without("muscles/trapezius/index.html", "articles/sleep/");
            project.replace(SLEEP, "auto_link: [trapezius]", "auto_link: false").build();
            assert_eq!(mentions(project, page), [""; 0]);
            project.replace(SLEEP, "auto_link: false", "auto_link: true").build();
            assert_eq!(mentions(project, page), ["knot", "knot", "trapezius", "trapezius", "knot"]);
        },
    );
}
