//! What names in texts mean, and what they are that mean nothing.


use crate::project::Project;

/// A project of terms and of a page with a text.
fn project(terms: &str, text: &str) -> Project {
    let page = format!("---\ntitle: Us\n---\n\n{text}\n");
    let mut project = Project::new([("content/terms.yaml", terms), ("content/pages/us.md", &page)]);
    project.build();
    project
}

/// Where the links of a text lead that names became, and what they show.
fn mentions(project: &Project) -> Vec<String> {
    let pieces = project.page("us/index.html").split("<a class=\"mention\" ").skip(1);
    let shown = pieces.filter_map(|piece| {
        let (_, after) = piece.split_once("glossary/#")?;
        let (id, after) = after.split_once('"')?;
        let (_, after) = after.split_once('>')?;
        Some(format!("{id}: {}", after.split_once("</a>")?.0))
    });
    shown.collect()
}

const COLD: &str = "\
kalt: {name: Kalte Übung, definition: A.}
u: {name: Übung, definition: B.}
hals: {name: Мышца шеи, definition: C.}
cafe: {name: Café, definition: D.}
";

#[test]
fn the_longest_name_is_linked_in_any_case_of_any_script() {
    let text = "Eine Kalte Übung, und ÜBUNG. CAFÉ: МЫШЦА ШЕИ.\n\n## Next\n\nCafe\u{301}.";
    let project = project(COLD, text);
    let expected =
        ["kalt: Kalte Übung", "u: ÜBUNG", "cafe: CAFÉ", "hals: МЫШЦА ШЕИ", "cafe: Cafe\u{301}"];
    assert_eq!(mentions(&project), expected);
}

#[test]
fn a_name_comes_before_the_plural_of_another_one() {
    let terms = "a: {name: Knot, definition: A.}\nb: {name: Knots, definition: B.}\n";
    let project = project(terms, "Knots here, and a knot.");
    assert_eq!(mentions(&project), ["b: Knots", "a: knot"]);
}

#[test]
fn names_that_differ_by_their_apostrophe_are_one_name() {
    let terms = "a: {name: A, aliases: [golfer’s elbow], definition: A.}\n\
                 b: {name: B, aliases: [\"golfer's elbow\"], definition: B.}\n";
    let project = project(terms, "Text.");
    let findings = project.findings();
    assert!(findings.contains("error[ambiguous-alias] `golfer’s elbow` is the name"), "{findings}");
}

