//! What each form looks like, in full.

use std::sync::Arc;

use super::*;
use crate::diagnostic::{FieldPath, Place};

fn located(path: &str, text: &str, shown: &str) -> Located {
    let start = text.find(shown).expect("the text holds what is shown");
    Located {
        path: path.into(),
        text: Some(Lines::new(text).into()),
        range: start..start + shown.len(),
    }
}

fn duplicate() -> Finding {
    let first = located("content/regions.yaml", "# Regions\nneck:\n  name: Neck\n", "neck");
    let main = located("content/regions/neck.yaml", "name: \"Hals\"\nview: back\n", "\"Hals\"");
    let place = Place::file(&main.path);
    let diagnostic =
        Diagnostic::error("duplicate-record", place, "the region `neck` is defined twice")
            .label("a second time")
            .note("ids come from paths")
            .help("give one of the two another id");
    Finding { diagnostic, main, related: vec![(first, "first defined here".to_owned())] }
}

fn warning_at(located: Located, message: &str) -> Finding {
    let diagnostic = Diagnostic::warn("stale-review", Place::file(&located.path), message);
    Finding { diagnostic, main: located, related: Vec::new() }
}

fn plain(finding: Finding) -> String {
    full(&[finding], Colour::Off)
}

#[test]
fn full_shows_the_lines_of_every_file_with_notes_and_help() {
    let expected = r#"error[duplicate-record]: the region `neck` is defined twice
 --> content/regions/neck.yaml:1:7
  |
1 | name: "Hals"
  |       ^^^^^^ a second time
  |
 ::: content/regions.yaml:2:1
  |
2 | neck:
  | ---- first defined here
  |
  = note: ids come from paths
  = help: give one of the two another id

"#;
    assert_eq!(plain(duplicate()), expected);
}

#[test]
fn places_in_one_file_share_a_snippet() {
    let text = "name: A\nview: back\nname: B\n";
    let mut finding = warning_at(located("a.yaml", text, "name: B"), "`name` stands twice");
    finding.related.push((located("a.yaml", text, "name: A"), "first here".to_owned()));
    let expected = "warning[stale-review]: `name` stands twice
 --> a.yaml:3:1
  |
1 | name: A
  | ------- first here
2 | view: back
3 | name: B
  | ^^^^^^^

";
    assert_eq!(plain(finding), expected);
}

#[test]
fn a_file_as_a_whole_has_no_snippet() {
    let mut finding = warning_at(located("a.yaml", "name: A\n", ""), "the page is an orphan");
    let expected = "warning[stale-review]: the page is an orphan\n--> a.yaml:1:1\n\n";
    assert_eq!(plain(finding.clone()), expected);
    finding.main.text = None;
    let expected = "warning[stale-review]: the page is an orphan\n--> a.yaml\n\n";
    assert_eq!(plain(finding), expected);
}

#[test]
fn concise_is_one_line_each() {
    let expected = "content/regions/neck.yaml:1:7: error[duplicate-record] the region `neck` is defined twice\n";
    assert_eq!(concise(&[duplicate()]), expected);
}

#[test]
fn json_holds_everything_that_is_known() {
    let expected = concat!(
        r#"{"code":"duplicate-record","level":"error","message":"the region `neck` is defined twice","#,
        r#""path":"content/regions/neck.yaml","line":1,"column":7,"end_line":1,"end_column":13,"#,
        r#""byte_start":6,"byte_end":12,"label":"a second time","notes":["ids come from paths"],"help":["give one of the two another id"],"#,
        r#""related":[{"path":"content/regions.yaml","line":2,"column":1,"end_line":2,"end_column":5,"#,
        r#""byte_start":10,"byte_end":14,"label":"first defined here"}]}"#,
        "\n",
    );
    assert_eq!(json(&[duplicate()]), expected);
}

#[test]
fn github_escapes_what_its_commands_are_made_of() {
    let mut finding = warning_at(located("a,b:c.yaml", "é: 100 %\n", "100 %"), "100 % of\n`x`::y");
    finding.diagnostic = finding.diagnostic.help("write `%25`").note("seen");
    let expected = "::warning file=a%2Cb%3Ac.yaml,line=1,col=4,endLine=1,endColumn=9,\
        title=stale-review::100 %25 of `x`::y%0Anote: seen%0Ahelp: write `%2525`\n";
    assert_eq!(github(&[finding]), expected);
}

#[test]
fn control_characters_and_turned_text_are_shown_but_do_nothing() {
    let text = "a: \u{1b}[31m\u{202e}x\u{9b}\u{7f}\n";
    let mut finding = warning_at(located("a\u{1b}.yaml", text, "x"), "bad \u{1b}[2J \u{202e} name");
    finding.diagnostic.label = "\u{2066}here".to_owned();
    finding.diagnostic = finding.diagnostic.help("\u{7}beep");
    let findings = [finding];
    let expected = "warning[stale-review]: bad ␛[2J \u{fffd} name
 --> a␛.yaml:1:10
  |
1 | a: ␛[31m\u{fffd}x\u{fffd}␡
  |          ^ \u{fffd}here
  |
  = help: ␇beep

";
    assert_eq!(full(&findings, Colour::Off), expected);
    for shown in [full(&findings, Colour::Off), concise(&findings), github(&findings)] {
        let is_safe =
            |c: char| c == '\n' || (!c.is_control() && !('\u{202a}'..='\u{2069}').contains(&c));
        assert!(shown.chars().all(is_safe), "{shown:?}");
    }
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_its_mistake() {
    let text = format!("{}needle{}", "é".repeat(300_000), "x".repeat(500_000));
    let finding = warning_at(located("a.md", &text, "needle"), "too long");
    let shown = plain(finding);
    assert!(shown.len() < 1_000, "{} bytes", shown.len());
    assert!(shown.contains("a.md:1:300001"), "{shown}");
    assert!(shown.contains("needle"), "{shown}");
}

#[test]
fn any_range_of_any_text_is_safe_in_every_form() {
    let texts = [
        "",
        "\n",
        "é",
        "a\r\nb\rc\r\n",
        "\u{feff}a: é\n",
        "a\tb\n\tc",
        "\u{200d}e\u{301}👩‍👩‍👧\n",
        "\r\r\n\n\r",
    ];
    for text in texts {
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let lines = Arc::new(Lines::new(text));
                let place =
                    |range| Located { path: "a.md".into(), text: Some(Arc::clone(&lines)), range };
                let mut finding = warning_at(place(start..end), "m");
                finding.related.push((place(end..start), "there".to_owned()));
                let findings = [finding];
                for shown in [
                    full(&findings, Colour::On),
                    concise(&findings),
                    json(&findings),
                    github(&findings),
                ] {
                    assert!(!shown.is_empty());
                }
            }
        }
    }
}

#[test]
fn line_ends_of_windows_and_tabs_keep_their_columns() {
    let text = "a: 1\r\nb:\tx y\r\n";
    let expected = "warning[stale-review]: no
 --> a.yaml:2:4
  |
2 | b:    x y
  |       ^^^

";
    assert_eq!(plain(warning_at(located("a.yaml", text, "x y"), "no")), expected);
    assert_eq!(located("a.yaml", text, "x y").position().end, LineColumn { line: 2, column: 7 });
    assert_eq!(located("a.yaml", "\u{feff}a: 1", "1").position().start.column, 4);
}

#[test]
fn findings_are_sorted_by_place_and_said_once() {
    let at = |path: &str, shown: &str| warning_at(located(path, "one two", shown), "m");
    let mut findings = vec![at("b", "one"), at("a", "two"), at("a", "one"), at("b", "one")];
    let mut allowed = at("a", "one");
    allowed.diagnostic.level = Level::Allow;
    findings.push(allowed);
    sort(&mut findings);
    assert_eq!(findings, [at("a", "one"), at("a", "two"), at("b", "one")]);
    // The ways to a place do not matter: an alias leads to what stands at its anchor.
    let mut other_way = at("a", "one");
    other_way.diagnostic.place = Place::value(&other_way.main.path, FieldPath::key("alias"));
    let mut other_cure = at("a", "one");
    other_cure.diagnostic.help.push("do so".to_owned());
    let mut findings = vec![at("a", "one"), other_way, other_cure.clone()];
    sort(&mut findings);
    assert_eq!(findings, [at("a", "one"), other_cure]);
}

#[test]
fn the_summary_counts_errors_and_warnings() {
    let warning = || warning_at(located("a", "x", "x"), "m");
    assert_eq!(summary(&[]), "no mistakes");
    assert_eq!(summary(&[warning()]), "1 warning");
    assert_eq!(summary(&[warning(), duplicate(), duplicate()]), "2 errors, 1 warning");
}

#[test]
fn a_narrow_terminal_shows_what_surrounds_the_mistake() {
    let text = format!("summary: {}here {}\n", "before it ".repeat(12), "after it ".repeat(12));
    let main = located("a.yaml", &text, "here");
    let diagnostic = Diagnostic::error("code", Place::file(&"a.yaml".into()), "wrong");
    let shown = full_within(&[Finding { diagnostic, main, related: Vec::new() }], Colour::Off, 60);
    let longest = shown.lines().map(|line| line.chars().count()).max();
    assert!(shown.contains("here") && longest.is_some_and(|longest| longest <= 66), "{shown}");
}
