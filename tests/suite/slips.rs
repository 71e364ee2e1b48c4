//! The commonest slips of files that are not YAML: the place, the words and the cure of each.

use crate::project::Project;

/// The findings of a project with one file, with their cures.
fn said(path: &str, text: &str) -> String {
    let mut project = Project::new([(path, text)]);
    project.build();
    let cures = project.diagnostics().iter().flat_map(|found| &found.help);
    let cures: Vec<&str> = cures.map(String::as_str).collect();
    format!("{}\n{}", project.findings().trim_end(), cures.join("\n"))
}

/// Holds what is said of terms against a place, a message and the cures.
fn expect(text: &str, place: &str, message: &str, cures: &str) {
    let path = "content/terms.yaml";
    let expected = format!("{path}:{place}: error[invalid-yaml] {message}\n{cures}");
    assert_eq!(said(path, text), expected, "{text}");
}

#[test]
fn a_space_that_is_missing_after_a_colon_or_a_hyphen_is_shown_where_it_is_missing() {
    let missing = "there is no space after the colon";
    let cure = "write it as `name: Calm`";
    expect("calm:\n  name:Calm\n  definition: Quiet.\n", "2:7", missing, cure);
    expect("calm:\n  definition: Quiet.\n  name:Calm\n", "3:7", missing, cure);
    expect("calm:\r\n  name:Calm\r\n  definition: Quiet.\r\n", "2:7", missing, cure);
    expect(
        "calm:\n  name: Calm\n  aliases:\n    - rest\n    -peace\n  definition: Quiet.\n",
        "5:5",
        "there is no space after the hyphen",
        "write it as `- peace`",
    );
    let article = "---\ntitle:Why é?\nsummary: A b\nauthor: team\n---\n\nText.\n";
    assert_eq!(
        said("content/articles/a.md", article),
        "content/articles/a.md:2:6: error[invalid-yaml] there is no space after the colon\n\
         write it as `title: Why é?`"
    );
}

#[test]
fn a_colon_that_is_missing_is_shown_at_its_key() {
    let missing = |key: &str| format!("there is no colon after `{key}`");
    let (calm, name, aliases) = (missing("calm"), missing("name"), missing("aliases"));
    expect("calm\n  name: Calm\n  definition: Quiet.\n", "1:1", &calm, "write it as `calm:`");
    let second = "rest: {name: Rest, definition: Good.}\ncalm\n  name: Calm\n";
    expect(second, "2:1", &calm, "write it as `calm:`");
    let text = "calm:\n  name Calm\n  definition: Quiet.\n";
    expect(text, "2:3", &name, "write it as `name: Calm`");
    let text = "calm:\n  name: Calm\n  aliases [rest]\n  definition: Quiet.\n";
    expect(text, "3:3", &aliases, "write it as `aliases: [rest]`");
    expect(
        "calm:\n  name: Calm\n  and it is quiet\n  definition: Quiet.\n",
        "3:3",
        "there is no colon after `and`",
        "write it as `and: it is quiet`\n\
         if the line goes on with the text above, indent it further than its key",
    );
}

#[test]
fn a_hyphen_that_is_missing_is_shown_at_its_item() {
    expect(
        "calm:\n  name: Calm\n  aliases:\n    - rest\n    peace of mind\n  definition: Quiet.\n",
        "5:5",
        "the line stands among the items of a list",
        "write it as `- peace of mind`",
    );
    expect(
        "calm:\n  name: Calm\n  definition: Quiet.\n---\nrest:\n  name: Rest\n",
        "4:1",
        "a second document begins here",
        "remove the line of `---` that begins the second one; text stands in a `.md` file",
    );
}

#[test]
fn a_text_of_several_lines_that_is_not_indented_is_shown_where_it_begins() {
    expect(
        "calm:\n  definition: |\n  It is.\n  Quiet.\n  name: Calm\n",
        "3:3",
        "the text of `definition` is not indented further than its key",
        "indent each line of the text by 4 spaces",
    );
    expect(
        "calm:\n  definition: |\n    It is.\n   Quiet.\n  name: Calm\n",
        "4:4",
        "the line is indented less than the text of `definition` above it",
        "indent it by 4 spaces, as the first line of the text",
    );
    expect(
        "calm:\n  definition: | It is.\n  name: Calm\n",
        "2:17",
        "text stands on the line of `|` or `>`",
        "begin the text on the next line, indented further than its key\n\
         put quotes around it: `\"| It is.\"`",
    );
}

#[test]
fn a_quote_that_is_never_closed_is_shown_where_it_opens_though_another_follows() {
    let message = "the quote is never closed";
    let double = "close it with `\"` at the end of the text";
    let single = "close it with `'` at the end of the text";
    let text = "calm:\n  name: \"Calm\n  definition: \"Quiet.\"\n";
    expect(text, "2:9", message, double);
    let text = "calm:\n  name: 'Calm\n  aliases: [a]\n  definition: It's quiet.\n";
    expect(text, "2:9", message, single);
    let text = "calm:\n  name: Calm\n  aliases: [\"a,\n    \"b\"]\n";
    expect(text, "3:13", message, double);
}

#[test]
fn a_text_that_begins_with_what_means_something_else_is_shown_in_quotes() {
    let ends = |name: &str, place: &str, bracket: &str, cure: &str| {
        let message = format!("the text goes on after the closing {bracket}");
        expect(&format!("calm:\n  name: {name}\n  definition: Quiet.\n"), place, &message, cure);
    };
    let around = "put other quotes around all of it:";
    ends("'Don't move", "2:14", "quote", &format!("{around} `\"Don't move\"`"));
    ends("\"Be\" calm", "2:14", "quote", &format!("{around} `'\"Be\" calm'`"));
    ends("\"Say \"be\" calm\"", "2:15", "quote", &format!("{around} `'Say \"be\" calm'`"));
    ends("[[be]] calm", "2:16", "bracket", "put quotes around a text: `\"[[be]] calm\"`");
    for (first, name) in [('*', "*Be* calm"), ('@', "@calm"), ('%', "%calm"), ('&', "& calm")] {
        let message = format!("a text without quotes cannot begin with `{first}`");
        let cure = format!("put quotes around it: `\"{name}\"`");
        let text = format!("calm:\n  name: {name} # c\n  definition: Quiet.\n");
        expect(&text, "2:9", &message, &cure);
    }
    expect(
        "calm:\n  name: - Calm\n  definition: Quiet.\n",
        "2:9",
        "a list cannot begin on the line of its key",
        "begin the list on the next line, each item with `- `\n\
         put quotes around a text: `\"- Calm\"`",
    );
    expect(
        "calm:\n  name: \"C:\\Calm\"\n  definition: Quiet.\n",
        "2:12",
        "`\\C` stands for no character in double quotes",
        "write `\\\\` for a backslash, or put single quotes around the text",
    );
}

#[test]
fn a_line_that_is_indented_as_nothing_beside_it_is_told_by_how_much() {
    expect(
        "calm:\n  aliases:\n    - id: a\n      name: b\n     text: c\n    - id: d\n",
        "5:6",
        "the line is indented by 5 spaces, unlike the lines beside it",
        "indent the line by 6 spaces, as the keys of its item",
    );
    expect(
        "calm:\n  name: Calm\n definition: Quiet.\n",
        "3:2",
        "the line is indented by 1 space, unlike the lines beside it",
        "indent the line as far as the keys beside it",
    );
    expect(
        "calm:\n  name: Calm\n\tdefinition: Quiet.\n",
        "3:1",
        "the line is indented with a tab",
        "indent with spaces, not with tabs",
    );
}

#[test]
fn a_control_character_is_shown_itself() {
    let article = "---\ntitle: Why\u{b} your neck\nsummary: A b\n---\n\nText.\n";
    assert_eq!(
        said("content/articles/a.md", article),
        "content/articles/a.md:2:11: error[invalid-yaml] the text holds the control character \
         U+000B\nremove it"
    );
    let message = "the text holds the control character U+0080";
    expect("calm:\n  name: é\u{80}\n", "2:10", message, "remove it");
}

#[test]
fn a_mistake_within_brackets_over_several_lines_is_shown_alone() {
    let mut project = Project::new([(
        "content/terms.yaml",
        "calm:\n  name: Calm\n  definition: Quiet.\n  reviewed: {\n    by: ann,\n    \
         on: 2026-11-3, next: x }\n",
    )]);
    project.write("content/people.yaml", "ann: {name: Ann, role: Writer}\n").build();
    project.expect_findings([
        "content/terms.yaml:6:9: error[wrong-type] expected a date such as `2026-11-23`, found `2026-11-3`",
        "content/terms.yaml:6:26: error[wrong-type] expected a date such as `2026-11-23`, found `x`",
    ]);
}

#[test]
fn what_is_no_record_is_said_once() {
    let wrong = "error[wrong-type] expected keys and values, found";
    for (path, text, found) in [
        ("content/citations.yaml", "x: A text\n", "content/citations.yaml:1:4"),
        ("content/articles/a.md", "---\nA text\n---\n\nB\n", "content/articles/a.md:2:1"),
        ("content/articles/a.md", "---\n- A\n---\n\nB\n", "content/articles/a.md:2:1"),
    ] {
        let mut project = Project::new([(path, text)]);
        project.build();
        let findings = project.findings();
        assert_eq!(findings.lines().count(), 1, "{findings}");
        assert!(findings.starts_with(&format!("{found}: {wrong}")), "{findings}");
    }
}

#[test]
fn an_alias_repeats_no_finding_of_its_anchor() {
    let mut project = Project::new([(
        "content/terms.yaml",
        "calm: {name: Calm, definition: Quiet., see_also: [&a rset, *a]}\n",
    )]);
    project.build();
    let findings = project.findings();
    assert_eq!(findings.lines().count(), 1, "{findings}");
}

#[test]
fn a_table_of_the_settings_that_is_no_toml_is_the_only_mistake() {
    for settings in ["[check\nuncited-number = \"allow\"\n\n[studio]\nname = \"S\"\n", "check:\n"] {
        let mut project = Project::new([("site.toml", settings)]);
        project.build();
        let findings = project.findings();
        assert_eq!(findings.lines().count(), 1, "{settings}: {findings}");
        assert!(findings.contains("error[invalid-toml]"), "{findings}");
    }
}
