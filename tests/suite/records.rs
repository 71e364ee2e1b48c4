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
