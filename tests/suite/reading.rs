//! What is read of files that are not quite right, and where their mistakes are shown.

use crate::project::Project;

/// The findings of a project with one file beside what it needs.
fn findings(path: &str, text: &str) -> String {
    let mut project = Project::small();
    project.write(path, text).build();
    project.findings()
}

const TERMS: &str = "content/terms.yaml";
const CALM: &str = "calm:\n  name: Calm\n  definition: It is quiet.\n";

#[test]
fn a_mark_of_byte_order_indents_no_yaml_and_moves_no_place() {
    let one = "name: Calm\ndefinition: It is quiet.\n";
    let mut project = Project::new([
        (TERMS, &*format!("\u{feff}{CALM}")),
        ("content/terms/rest.yaml", &*format!("\u{feff}{one}")),
        ("content/pages/us.md", "\u{feff}---\ntitle: Us\n---\n\nCalm.\n"),
    ]);
    project.build().expect_clean();
    project.write(TERMS, format!("\u{feff}{}", CALM.replace("definition", "definitio"))).build();
    let findings = project.findings();
    assert!(findings.contains("content/terms.yaml:3:3: error[unknown-key]"), "{findings}");
}

#[test]
fn a_file_of_yaml_may_stand_between_two_marks_and_holds_one_document() {
    let mut project = Project::new([
        (TERMS, &*format!("---\n{CALM}---\n")),
        ("content/terms/rest.yaml", "---\nname: Rest\ndefinition: It is good.\n---\n\n"),
    ]);
    project.build().expect_clean();
    project.write("content/terms/rest.yaml", "---\nname: Rest\n---\nIt is good.\n").build();
    let help = &project.diagnostics()[0].help;
    let cure = "remove the line of `---` that begins the second one; text stands in a `.md` file";
    assert_eq!(help, &[cure.to_owned()]);
}

#[test]
fn a_mistake_of_one_record_is_none_of_those_beside_it() {
    let people = "ann: {name: Ann, role: 12345}\nbo: {name: 1.10, role: Writer}\n\
                  cy: {name: Cy, rle: Reader}\n";
    let mut project = Project::new([
        ("content/people.yaml", people),
        (
            "content/articles/a.md",
            "---\ntitle: A\nsummary: B\nauthor: bo\npublished: 2026-01-01\n---\n",
        ),
    ]);
    project.build();
    project.expect_findings(["content/people.yaml:3:16: error[unknown-key] unknown key `rle`"]);
}

#[test]
fn an_open_quote_or_bracket_is_shown_where_it_opens() {
    let quote = "calm:\n  name: \"Calm\n  definition: It is quiet.\n";
    let found = findings(TERMS, quote);
    let expected = "content/terms.yaml:2:9: error[invalid-yaml] the quote is never closed";
    assert!(found.contains(expected), "{found}");
    for (bracket, close) in [
        ("calm:\n  name: Calm\n  aliases: [é, rest\n  definition: It is quiet.\n", ']'),
        ("calm:\n  name: Calm\n  aliases: [é,\n", ']'),
        ("calm: {name: Calm, definition: Quiet., aliases: [", ']'),
        ("calm: {name: Calm, # so far", '}'),
    ] {
        let mut project = Project::small();
        project.write(TERMS, bracket).build();
        let found = project.diagnostics().iter().find(|one| one.code == "invalid-yaml");
        let found = found.expect("it is no YAML");
        let related: Vec<&str> = found.related.iter().map(|(_, label)| &**label).collect();
        assert_eq!(related, ["the bracket opens here"], "{bracket}");
        let help = format!("part items by commas, and close the bracket with `{close}`");
        assert_eq!(found.help, [help], "{bracket}");
    }
}

#[test]
fn a_line_that_is_not_indented_like_its_neighbours_is_not_taken_for_a_colon_in_a_text() {
    let help = |text: &str| {
        let mut project = Project::new([(TERMS, text)]);
        project.build();
        project.diagnostics()[0].help.join("\n")
    };
    assert!(help("calm:\n  name: Calm\n    definition: Quiet.\n").starts_with("indent the line"));
    assert!(help("calm:\n  name: Calm\n definition: Quiet.\n").starts_with("indent the line"));
    let colon = help("calm:\n  name: Calm: quiet\n  definition: Quiet.\n");
    assert_eq!(colon, "put quotes around text that holds a colon");
}

#[test]
fn numbers_out_of_their_bounds_are_mistakes() {
    for amount in [".nan", ".inf", "-80"] {
        let mut project = Project::small();
        let price = format!("price: {{amount: {amount}, currency: USD}}\nname:");
        project.replace("content/services/massage.yaml", "name:", &price).build();
        let found = project.findings();
        assert!(
            found.contains("1:17: error[wrong-type] expected an amount of 0 or more"),
            "{found}"
        );
    }
    let mut project = Project::small();
    let marker = "- id: tp1\n    marker: {view: back, x: 5000, y: .nan}";
    project.replace("content/muscles/infraspinatus.yaml", "- id: tp1", marker).build();
    let found = project.findings();
    for number in ["5000", "NaN"] {
        let expected = format!("expected a fraction from 0 to 1, found {number}");
        assert!(found.contains(&expected), "{found}");
    }
}

#[test]
fn the_ids_of_trigger_points_are_anchors_of_their_own() {
    let two = |ids: [&str; 2]| {
        let mut project = Project::small();
        project.edit("content/muscles/infraspinatus.yaml", |text| {
            let (before, rest) = text.split_once("  - id: tp1\n").expect("there is a point");
            let (point, after) = rest.split_once("antagonists").expect("it ends");
            let [one, other] = ids.map(|id| format!("  - id: {id}\n{point}"));
            format!("{before}{one}{other}antagonists{after}")
        });
        project.build();
        project.findings()
    };
    assert_eq!(two(["tp1", "tp2"]), "");
    let found = two(["tp1", "tp1"]);
    assert!(found.contains("[duplicate-anchor] two trigger points have the id `tp1`"), "{found}");
    let found = two(["tp1", "TP 2!"]);
    assert!(found.contains("[invalid-id] `TP 2!` cannot be the id of a trigger point"), "{found}");
}

#[test]
fn a_former_id_that_cannot_be_one_is_reported_where_it_stands() {
    let knot = "knot: {name: Knot, definition: It is., was: [old, Old_Knot, 12, \"Old knot\"]}\n";
    let page = "title: Rest\nwas:\n  - resting\n  - Rest\n";
    let mut project = Project::new([
        (TERMS, knot),
        ("content/pages/rest.md", &*format!("---\n{page}---\n\nRest.\n")),
        ("content/pages/calm.yaml", "title: Calm\nwas: [CALM]\n"),
        ("content/pages/calm.md", "Calm.\n"),
    ]);
    project.build().expect_findings([
        "content/pages/calm.yaml:2:7: error[invalid-id] `CALM` cannot be a former id",
        "content/pages/rest.md:5:5: error[invalid-id] `Rest` cannot be a former id",
        "content/terms.yaml:1:51: error[invalid-id] `Old_Knot` cannot be a former id",
        "content/terms.yaml:1:65: error[invalid-id] `Old knot` cannot be a former id",
    ]);
    let help = "lead an old address of another form on by `[[redirect]]` in `site.toml`";
    assert_eq!(project.diagnostics()[0].help, [help]);
    // What is right of them leads on all the same.
    project.expect_page("resting/index.html", ["/rest/"]);
    project.replace("content/pages/rest.md", "  - Rest\n", "").build();
    project.replace("content/pages/calm.yaml", "CALM", "quiet").build();
    project.replace(TERMS, "Old_Knot, 12, \"Old knot\"", "12").build().expect_clean();
}

#[test]
fn a_former_id_that_is_nothing_is_reported_and_an_empty_key_breaks_no_other_record() {
    for nothing in ["\"\"", "~", "\" \""] {
        let text = format!("knot: {{name: Knot, definition: It is., was: [old, {nothing}]}}\n");
        let mut project = Project::new([(TERMS, &*text)]);
        project.build().expect_findings([
            "content/terms.yaml:1:51: error[wrong-type] expected text, found nothing",
        ]);
    }
    let text = "\"\": {name: Knot, definition: It is.}\ncalm: {name: 12, definition: It is.}\n";
    let mut project = Project::new([(TERMS, text)]);
    project
        .build()
        .expect_findings(["content/terms.yaml:1:1: error[invalid-id] `` cannot be an id"]);
}

#[test]
fn no_id_is_proposed_for_what_has_no_letter() {
    let mut project = Project::small();
    project.replace("content/muscles/trapezius.yaml", "- id: tp1", "- id: \"…\"");
    project.write("content/faqs/why.yaml", "question: Why?\nanswer: So.\ntopics: [\"¿\"]\n");
    project
        .edit("content/terms.yaml", |text| format!("{text}\"…\": {{name: A, definition: B.}}\n"));
    project.build();
    let found: Vec<_> =
        project.diagnostics().iter().map(|one| (one.message.as_str(), &one.help[..])).collect();
    let expected: [(&str, &[String]); 3] = [
        ("`…` cannot be an id", &[]),
        ("no topic is called `¿`", &[]),
        ("`…` cannot be the id of a trigger point", &[]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_target_in_a_field_is_followed_to_its_section() {
    let faq = |see: &str| {
        let text = format!("q: {{question: Why?, answer: It is so., see: '{see}'}}\n");
        findings("content/faqs.yaml", &text)
    };
    assert!(!faq("knots").contains("content/faqs.yaml"), "{}", faq("knots"));
    assert!(
        faq("knots#no-such-section").contains("no-such-section"),
        "{}",
        faq("knots#no-such-section")
    );
}

#[test]
fn an_address_without_its_scheme_is_reported() {
    let found = findings("content/citations.yaml", "x: {title: X, year: 2020, url: www.x.org/a}\n");
    assert!(found.contains("[broken-link] `www.x.org/a` is not an address for a link"), "{found}");
    let mut project =
        Project::new([("site.toml", "[studio]\nsocial = [\"x.org/us\", \"/team/\"]\n")]);
    project.build();
    let found = project.findings();
    assert!(found.contains("[unsafe-address] `x.org/us` is not an address for a link"), "{found}");
    assert_eq!(found.matches("x.org/us").count(), 1, "{found}");
}

#[test]
fn paths_of_the_site_in_works_people_and_settings_are_checked_and_lie_below_its_folder() {
    let project = |path: &str| {
        let mut project = Project::small();
        project.write("content/media/a.pdf", "x");
        project.edit("content/citations.yaml", |text| {
            format!("{text}\nx: {{title: X, year: 2020, url: '{path}'}}\n")
        });
        project.edit("content/people.yaml", |text| {
            format!("{text}\nzoe: {{name: Zoe, role: Writer, links: ['{path}']}}\n")
        });
        project
            .edit("site.toml", |text| format!("{text}\n[studio]\nsocial = ['{path}']\n"))
            .build();
        project
    };
    for (path, title) in
        [("/about/", "About us"), ("/media/a.pdf", "a.pdf"), ("/muscles/", "Muscles")]
    {
        let project = project(path);
        project.expect_clean();
        let link = format!("href=\"/kb{path}\"");
        project.expect_page("references/index.html", [&link]);
        project.expect_page("team/zoe/index.html", [&format!("{link}>{title}</a>")]);
        project.expect_page("index.html", [&format!("{link} rel=\"me\">{title}</a>")]);
    }
    for path in ["/media/none.pdf", "media/a.pdf"] {
        let found = project(path).findings();
        let message = format!("error[broken-link] no page has the address `{path}`");
        assert_eq!(found.matches(&message).count(), 3, "{found}");
        assert_eq!(found.lines().count(), 3, "{found}");
    }
}

#[test]
fn an_address_for_booking_without_its_scheme_is_one_mistake() {
    let mut project = Project::small();
    project.edit("content/services/massage.yaml", |text| {
        format!("{text}\nbooking_url: example.com/book\n")
    });
    project.build();
    assert_eq!(project.findings().lines().count(), 1, "{}", project.findings());
}

#[test]
fn a_currency_is_a_code_of_three_capital_letters() {
    let found = |currency: &str| {
        let mut project = Project::small();
        project.edit("content/services/massage.yaml", |text| {
            format!("{text}\nprice: {{amount: 90, currency: {currency}}}\n")
        });
        project.build();
        project.findings()
    };
    assert_eq!(found("CHF"), "");
    for wrong in ["usd", "€", "USDT"] {
        let message = format!(
            "error[wrong-type] expected the code of a currency in three capital letters, found `{wrong}`"
        );
        assert!(found(wrong).contains(&message), "{}", found(wrong));
    }
}

#[test]
fn a_doi_may_be_written_as_an_address() {
    for doi in ["10.1/x", "https://doi.org/10.1/x", "doi:10.1/x", "http://dx.doi.org/10.1/x"] {
        let citation = format!("x: {{title: X, year: 2020, doi: '{doi}'}}\n");
        let mut project = Project::new([("content/citations.yaml", &*citation)]);
        project.build().expect_clean();
        project.expect_page("references/index.html", ["\"https://doi.org/10.1/x\""]);
    }
}

#[test]
fn what_is_no_doi_is_reported() {
    let citation = "x: {title: X, year: 2020, doi: hello}\n";
    Project::new([("content/citations.yaml", citation)])
        .build()
        .expect_findings(["content/citations.yaml:1:32: error[broken-link] `hello` is no DOI"]);
}

#[test]
fn a_record_that_names_itself_is_reported_unless_it_says_who_wrote_it() {
    let mut project = Project::small();
    let muscle = "content/muscles/infraspinatus.yaml";
    project.replace(muscle, "antagonists: [trapezius]", "synergists: [infraspinatus]").build();
    let found = project.findings();
    assert!(found.contains("[self-reference] the muscle `infraspinatus` names itself"), "{found}");
    let review = "reviewed: {by: ann, on: 2026-01-01, next: 2027-01-01}";
    let people = format!("ann: {{name: Ann, role: Writer, {review}}}\n");
    Project::new([("content/people.yaml", &*people)]).build().expect_clean();
}

#[test]
fn helps_name_what_is_meant() {
    let help = |files: &[(&str, &str)], code: &str| {
        let mut project = Project::new(files.iter().copied());
        project.build();
        let found = project.diagnostics().iter().find(|one| one.code == code);
        found.unwrap_or_else(|| panic!("no {code}: {}", project.findings())).help.join("\n")
    };
    let menu = help(&[("site.toml", "[menu]\nlabel = \"A\"\nurl = \"/\"\n")], "wrong-type");
    assert_eq!(menu, "write a table for each item: `[[menu]]`");
    let bare = help(&[("content/articles/a.md", "A text.\n")], "missing-record");
    assert!(bare.ends_with("title, summary, author, published"), "{bare}");
    let article =
        "---\ntitle: A\nsummary: B\nauthor: ann\npublished: 2026-01-01\ntopics: [Neck pain]\n---\n";
    let files = [
        ("content/articles/a.md", article),
        ("content/people.yaml", "ann: {name: Ann, role: Writer}\n"),
    ];
    assert_eq!(help(&files, "unknown-reference"), "write it as an id: `neck-pain`");
}

#[test]
fn each_mistake_in_the_text_of_a_field_has_its_own_place() {
    let answer = "No: see the neck.\n    A nerv, or [[nerv]], and\n    [[nerv]] it\u{2019}s not.\n\n    :::note\n    \
                  Note this.\n    :::\n\n    :::note\n    And this.\n";
    let faqs = format!("does-it-hurt:\n  question: \"Does it?\"\n  answer: |\n    {answer}");
    let found = findings("content/faqs.yaml", &faqs);
    let places: Vec<&str> = found.lines().filter(|line| line.contains("faqs.yaml")).collect();
    assert_eq!(
        places,
        [
            "content/faqs.yaml:5:16: error[broken-link] no record is called `nerv`",
            "content/faqs.yaml:6:5: error[broken-link] no record is called `nerv`",
            "content/faqs.yaml:12:8: error[unclosed-directive] the directive is never closed",
        ]
    );
}

#[test]
fn a_directive_within_a_line_is_reported_wherever_it_stands() {
    let text = "Try ::service{id=massage} now.\n\n- [ ] ::service{id=a}\n\n| a |\n|---|\n| ::service{id=b} |\n\n\
                **::note{title=c}** and `::service{id=d}`, see a::b.\n\n<div>\n::service{id=e}\n</div>\n";
    let mut project = Project::small();
    let page = format!("---\ntitle: Odd\nmenu: 1\n---\n\n{text}");
    project.write("content/pages/odd.md", page).build();
    let found = project.findings();
    let places: Vec<&str> = found
        .lines()
        .filter(|line| line.contains("misplaced-directive"))
        .filter_map(|line| line.split(" error").next())
        .collect();
    assert_eq!(
        places,
        [
            "content/pages/odd.md:6:5:",
            "content/pages/odd.md:8:7:",
            "content/pages/odd.md:12:3:",
            "content/pages/odd.md:14:3:",
            "content/pages/odd.md:17:1:",
        ]
    );
}

#[test]
fn of_two_questions_that_are_the_same_the_one_further_down_is_the_second() {
    let faqs = "zeal: {question: Should it hurt?, answer: No.}\nacid: {question: Should it hurt?, answer: No.}\n";
    let mut project = Project::small();
    project.write("site.toml", "[check]\ndefault = \"allow\"\nsame-question = \"warn\"\n");
    project.edit("content/faqs.yaml", |text| format!("{text}{faqs}")).build();
    let lines =
        project.contents()["content/faqs.yaml"].iter().filter(|byte| **byte == b'\n').count();
    let found = project.findings();
    assert!(found.contains(&format!("faqs.yaml:{lines}:18: warning[same-question]")), "{found}");
}

#[test]
fn a_text_that_is_there_twice_is_one_mistake() {
    let mut project = Project::small();
    let text = project.contents()["content/articles/sleep.md"].clone();
    project.write("content/articles/old/sleep.md", text).build();
    let found = project.findings();
    let found: Vec<&str> = found.lines().filter(|line| line.contains("duplicate-record")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
}
