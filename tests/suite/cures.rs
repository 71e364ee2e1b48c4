//! Values and keys as people and other programs write them: what to write instead.

use crate::project::Project;

/// The place, message and cures of the only finding of a project with one file.
fn only(path: &str, text: &str) -> (String, String) {
    let mut project = Project::small();
    project.write(path, text).build();
    let findings = project.findings();
    assert_eq!(findings.lines().count(), 1, "{text}\n{findings}");
    let cures = project.diagnostics().iter().flat_map(|found| found.help.clone());
    (findings.trim_end().to_owned(), cures.collect::<Vec<_>>().join("\n"))
}

#[test]
fn prices_are_cured_in_the_currency_in_which_they_are_written() {
    for (price, cure) in [
        ("{amount: 79, currency: eur}", "write it as `EUR`"),
        ("{amount: 79, currency: €}", "write it as `EUR`"),
        ("{amount: 79, currency: Franken}", "write it as `CHF`"),
        ("{amount: 79, currency: money}", "write its code, such as `EUR` or `USD`"),
        ("{amount: \"79,5\", currency: EUR}", "write it as a number: 79.5"),
        ("{amount: 79,50, currency: EUR}", "an amount has a point: `79.50`"),
        ("79,50 €", "write it as `{amount: 79.50, currency: EUR}`"),
        ("$ 90", "write it as `{amount: 90, currency: USD}`"),
        ("90", "write it as `{amount: 90, currency: EUR}`"),
    ] {
        let text = format!(
            "name: Massage\nsummary: An hour.\ntechniques: [finger-pressure]\nprice: {price}\n"
        );
        assert_eq!(only("content/services/an-hour.yaml", &text).1, cure, "{price}");
    }
}

#[test]
fn days_and_flags_are_cured_as_what_they_mean() {
    for (field, cure) in [
        ("published: 30.11.2026", "write it as `2026-11-30`"),
        ("published: 2026-1-3", "write it as `2026-01-03`"),
        ("published: 30/11/2026", "write it as `2026-11-30`"),
        ("published: 3/4/2026", "write year, month and day: `2026-11-23`"),
        ("draft: yes", "write `true`"),
        ("draft: off", "write `false`"),
    ] {
        let text = format!("name: Calm\n{field}\n");
        assert_eq!(only("content/topics/calm.yaml", &text).1, cure, "{field}");
    }
}

#[test]
fn keys_of_other_programs_lead_to_those_of_sinew() {
    for (field, cure) in [
        ("date: 2026-01-01", "it is called `published` here"),
        ("published: 2026-01-01\nlastmod: 2026-01-02", "it is called `updated` here"),
        ("published: 2026-01-01\ntags: [a]", "it is called `topics` here"),
        (
            "published: 2026-01-01\nslug: b",
            "leave it out: the address follows from the name of the file",
        ),
    ] {
        let text = format!("---\ntitle: A\nsummary: B\nauthor: team\n{field}\n---\n\nC\n");
        let mut project = Project::new([
            ("content/articles/a.md", text.as_str()),
            ("content/people.yaml", "team: {name: Team, role: Writer}\n"),
        ]);
        project.build();
        let help: Vec<_> = project.diagnostics().iter().map(|one| one.help.join("\n")).collect();
        assert_eq!(help, [cure], "{field}");
    }
}

#[test]
fn a_text_that_a_comment_cuts_off_is_reported_where_it_ends() {
    let (found, cure) = only("content/topics/calm.yaml", "name: Number #1 of all\n");
    assert_eq!(
        found,
        "content/topics/calm.yaml:1:14: warning[cut-text] the text ends before this: ` #` begins a comment"
    );
    assert_eq!(
        cure,
        "put quotes around it: `\"Number #1 of all\"`\n\
         put a space behind the sign of a comment that is one"
    );
    let page = "---\ntitle: Number #1\n---\n\nText #1.\n";
    assert!(only("content/pages/odd.md", page).0.starts_with("content/pages/odd.md:2:15: "));
}

#[test]
fn pages_show_no_comments_say_what_a_note_is_and_keep_what_links_ask() {
    let text = "---\ntitle: Odd\n---\n\n<!-- ask Jane -->\n\n:::note{kind=warning title=\"Stop\"}\na\n:::\n\n\
                [b](<tel:+1 (555) 0100>) [c](/muscles/?x=1#section--a-z)\n";
    let mut project = Project::small();
    project.write("content/pages/odd.md", text).build();
    project.expect_page_without("odd/index.html", "Jane");
    project.expect_page(
        "odd/index.html",
        [
            "<p class=\"note-title\">Warning: Stop</p>",
            "href=\"tel:+15550100\"",
            "href=\"/kb/muscles/?x=1#section--a-z\"",
        ],
    );
}
