//! How rules are run: their levels, and what is remembered.

use sinew::diagnostic::Level;
use sinew::graph::Circumstances;
use sinew::model::Date;
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

use crate::files;

const PAGE: &str = "content/pages/aftercare.md";

/// A small project with a page of some text, and settings.
fn project(text: &str, check: &str) -> Input {
    let mut sources = Sources::default();
    let page = format!("---\ntitle: Aftercare\nmenu: 1\n---\n\n{text}\n");
    sources.insert(SourcePath::new(PAGE), page.into_bytes());
    let settings = format!("base_url = \"https://a.example\"\n[check]\n{check}\n");
    sources.insert(SourcePath::new("site.toml"), settings.into_bytes());
    let as_of = Date::parse("2026-11-23").expect("it is a day");
    let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
    Input { sources, circumstances }
}

#[test]
fn a_rule_has_its_own_level_and_default_is_for_all_others() {
    let text = "A cure.\n\n### Rest";
    let levels = |check: &str| {
        let analysis = analyze(&project(text, check), &mut Memo::default());
        analysis.diagnostics.iter().map(|one| one.level).collect::<Vec<_>>()
    };
    assert_eq!(levels(""), [Level::Warn, Level::Warn]);
    assert_eq!(levels("default = \"allow\""), []);
    assert_eq!(levels("default = \"allow\"\npromising-words = \"error\""), [Level::Error]);
}

#[test]
fn what_is_remembered_is_what_is_found_anew() {
    let mut memo = Memo::default();
    let inputs = [
        project("A cure.", ""),
        project("A cure.", ""),
        project("A cure, or a miracle.", ""),
        project("A cure, or a miracle.", "promising-words = \"error\""),
        project("A cure, or a miracle.", "promising-words = \"allow\""),
        project("A cure.", ""),
    ];
    for input in inputs {
        let remembered = analyze(&input, &mut memo).diagnostics;
        let anew = analyze(&input, &mut Memo::default()).diagnostics;
        assert_eq!(files::lines(&remembered), files::lines(&anew));
    }
}

#[test]
fn the_same_word_twice_has_two_places() {
    let text = "A cure, a `cure`, and a *cure*. [Cure](/).";
    let analysis = analyze(&project(text, ""), &mut Memo::default());
    let whole = files::lines(&analysis.diagnostics);
    let places: Vec<_> = whole.lines().filter(|line| line.contains("warn[")).collect();
    assert_eq!(places.len(), 3, "{whole}");
    assert!(places.windows(2).all(|pair| pair[0] != pair[1]), "{whole}");
}

#[test]
fn a_mistake_in_the_settings_hides_no_other_and_changes_no_level() {
    let found = |settings: &str| {
        let mut input = project("A cure.\n\n### Rest", "");
        input.sources.insert(SourcePath::new("site.toml"), settings);
        let found = analyze(&input, &mut Memo::default()).diagnostics;
        found.iter().map(|one| format!("{:?} {}", one.level, one.code)).collect::<Vec<_>>()
    };
    // What could not be read of the studio may be its licence.
    assert_eq!(
        found(
            "base_url = \"https://a.example\"\n[studio]\njurisdiction = \"US-LA\"\nlicense = \"x\"\n[check]\nskipped-heading = \"allow\"\n"
        ),
        ["Error unknown-key", "Warn promising-words"]
    );
    // The level of one rule is not known; all else is.
    let several = "base_url = \"https://a.example\"\n[check]\nskipped-heading = \"off\"\nstale-reveiw = \"warn\"\n\
                   promising-words = \"error\"\n[[redirect]]\nfrom = \"/a/\"\nto = \"/nope/\"\n\
                   [theme.settings]\naccent = \"zzz\"\n";
    let mut several = found(several);
    several.sort();
    assert_eq!(
        several,
        [
            "Error promising-words",
            "Error redirect-to-nowhere",
            "Error unknown-choice",
            "Error unknown-rule",
            "Error wrong-type"
        ]
    );
    assert_eq!(found("title = \"x"), ["Error invalid-toml"]);
}
