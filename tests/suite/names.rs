//! What names in texts mean, and what they are that mean nothing.

use sinew::authoring::change::changed;
use sinew::authoring::rename::{Request, rename};
use sinew::model::Kind;

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

fn helps(project: &Project) -> Vec<&str> {
    project.diagnostics().iter().flat_map(|found| &found.help).map(String::as_str).collect()
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

#[test]
fn no_name_is_linked_within_what_is_a_link_or_code_already() {
    let terms = "knot: {name: Knot, definition: A.}\n";
    let text = "See <a href=\"/us/\">the knot</a>, <code>knot</code> and https://x.org/knot, knot.\n\n\
                <button>\n\nA knot.\n\n</button>\n\n## Next\n\nA <b>knot</b>.";
    let mut project = project(terms, text);
    project
        .write("site.toml", "[content]\nhtml = \"allow\"\n[check]\ndefault = \"allow\"\n")
        .build();
    let page = project.page("us/index.html");
    assert!(page.contains("<a href=\"/us/\">the knot</a>, <code>knot</code>"), "{page}");
    assert!(page.contains("https://x.org/knot, <a class"), "{page}");
    assert!(page.contains("A knot."), "{page}");
    assert_eq!(mentions(&project), ["knot: knot", "knot: knot"]);
}

#[test]
fn a_name_that_is_no_id_says_which_record_has_it() {
    let mut project = Project::small();
    let text = "[[front of the shoulder]], [[Front of my shoulder]] and [[shoulder-frond]].";
    project.write("content/pages/ways.md", format!("---\ntitle: Ways\nmenu: 9\n---\n\n{text}\n"));
    project.build();
    let expected = [
        "`front of the shoulder` is the region `shoulder-front`",
        "`Front of the shoulder` is the region `shoulder-front`",
        "a record with a similar name exists: `shoulder-front`",
    ];
    assert_eq!(helps(&project), expected, "{}", project.findings());
}

#[test]
fn a_topic_that_nobody_declares_takes_no_name_from_a_record() {
    let article = |topics: &str| {
        format!(
            "---\ntitle: Sleep\nsummary: S\nauthor: bo\npublished: 2026-11-02\ntopics: {topics}\n---\n\nText.\n"
        )
    };
    let mut project = Project::small();
    project.edit("content/terms.yaml", |text| {
        format!("{text}tender:\n  name: Tender band\n  aliases: [muscle band]\n  definition: A.\n")
    });
    project.write("content/articles/sleep.md", article("[muscle-band]")).build().expect_clean();
    project.write("content/topics.yaml", "muscle-band: {name: Muscle band}\n").build();
    assert!(project.findings().contains("ambiguous-alias"), "{}", project.findings());
}

#[test]
fn works_that_are_parted_by_a_comma_and_after_an_exclamation_are_told_apart() {
    let mut project = Project::new([
        (
            "content/citations.yaml",
            "aaa: {title: A, year: 2001, was: [old]}\nbbb: {title: B, year: 2002}\n",
        ),
        ("content/pages/us.md", "---\ntitle: Us\n---\n\nStop![@aaa] Go [@aaa; @old].\n"),
    ]);
    project.build().expect_clean();
    let page = project.page("us/index.html").to_owned();
    assert!(page.contains("Stop!<"), "{page}");
    assert_eq!(page.matches("<a id=\"cite-1-").count(), 2, "{page}");
    project.write("content/pages/us.md", "---\ntitle: Us\n---\n\nStop [@aaa, @bbb].\n").build();
    assert_eq!(helps(&project), ["several works are parted by `;`: `[@aaa; @bbb]`"]);
}

#[test]
fn a_former_id_that_another_record_has_is_reported() {
    let terms = "a: {name: A, was: [b, a, old], definition: A.}\nb: {name: B, definition: B.}\n";
    let project = project(terms, "Text.");
    project.expect_findings([
        "content/terms.yaml:1:20: error[redirect-over-page] there is a term `b`: the id leads to it",
        "content/terms.yaml:1:23: error[redirect-over-page] `a` is the id that the term has today",
    ]);
}

#[test]
fn a_link_to_a_former_address_is_told_where_it_leads_in_the_end() {
    let page = "---\ntitle: Us\n---\n\n[a](/one/)\n";
    let redirects = "[[redirect]]\nfrom = \"/one/\"\nto = \"/two/\"\n\
                     [[redirect]]\nfrom = \"/two/\"\nto = \"/us/\"\n";
    let mut project = Project::new([("content/pages/us.md", page), ("site.toml", redirects)]);
    project.build();
    assert!(helps(&project).contains(&"it has moved to `/us/`"), "{}", project.findings());
}

#[test]
fn fields_beside_a_record_say_that_it_stands_elsewhere() {
    let mut project = Project::small();
    project.edit("content/muscles/infraspinatus.md", |text| {
        format!("---\naliases: [Delta]\n---\n{text}")
    });
    project.build();
    project.expect_findings([
        "content/muscles/infraspinatus.md:1:1: error[duplicate-record] the muscle `infraspinatus` is defined a second time",
    ]);
}

const SLEEP: &str = "content/articles/sleep.md";

/// An article that leaves records alone.
fn leaving_alone(list: &str) -> Project {
    let mut project = Project::small();
    let text = format!(
        "---\ntitle: Sleep\nsummary: S\nauthor: bo\npublished: 2026-11-02\nauto_link: {list}\n---\n\n\
         The infraspinatus and the trapezius.\n"
    );
    project.write(SLEEP, text).build();
    project
}

#[test]
fn what_an_article_leaves_alone_is_renamed_with_its_record() {
    for (list, renamed) in [
        ("[trapezius, infraspinatus]", "[trapezius, teres]"),
        ("['muscle:infraspinatus']", "['muscle:teres']"),
    ] {
        let mut project = leaving_alone(list);
        project.edit("content/muscles/infraspinatus.yaml", |text| {
            let name = text.lines().find(|line| line.starts_with("name:")).expect("it has one");
            text.replace(name, "name: Flat one")
        });
        let request = Request { kind: Kind::Muscle, old: "infraspinatus", new: "teres" };
        let done = rename(&project.input(), request).expect("it is safe");
        let after = changed(&project.input().sources, &done.changes);
        let text = after.text_lossy(&SLEEP.into()).expect("it is there");
        assert!(text.contains(&format!("auto_link: {renamed}\n")), "{text}");
    }
}

#[test]
fn an_article_leaves_a_record_alone_by_a_former_id() {
    let mut project = leaving_alone("[flat-one]");
    assert!(project.findings().contains("unknown-name"), "{}", project.findings());
    project.edit("content/muscles/infraspinatus.yaml", |text| format!("{text}was: [flat-one]\n"));
    project.build().expect_clean();
    let page = project.page("articles/sleep/index.html");
    assert_eq!(page.matches("class=\"mention\"").count(), 1, "{page}");
}
