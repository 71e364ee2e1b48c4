//! Every code that the program can raise is explained.

use std::collections::BTreeSet;

use crate::files;

/// What stands before a code in the sources.
const MARKS: [&str; 9] = [
    "Diagnostic::error(",
    "Diagnostic::warn(",
    "Diagnostic::new(",
    "self.error(",
    "self.report(",
    "code: ",
    "CODE: &str = ",
    "(Error, ",
    "(Warn, ",
];

#[test]
fn every_code_has_an_explanation_and_every_explanation_a_code() {
    let (mut raised, mut sources) = (BTreeSet::new(), String::new());
    for (path, bytes) in files::read(&files::repository("src")) {
        let is_explanation = ["structural.rs", "explain.rs"].iter().any(|one| path.ends_with(one));
        if path.ends_with(".rs") && !is_explanation {
            let text = String::from_utf8(bytes).expect("our sources are text");
            for mark in MARKS {
                let after = text.split(mark).skip(1).map(str::trim_start);
                raised.extend(after.filter_map(code).map(str::to_owned));
            }
            sources.push_str(&text);
        }
    }
    let of_files = sinew::edge::disk::EXPLANATIONS.iter().map(|explanation| explanation.code);
    let explained: BTreeSet<String> =
        sinew::check::codes().into_iter().chain(of_files).map(str::to_owned).collect();
    let missing: Vec<_> = raised.difference(&explained).collect();
    assert!(missing.is_empty(), "without an explanation in src/check/structural.rs: {missing:?}");
    let is_stale = |code: &&String| !sources.contains(&format!("\"{code}\""));
    let stale: Vec<_> = explained.iter().filter(is_stale).collect();
    assert!(stale.is_empty(), "explained, and never raised: {stale:?}");
}

fn code(text: &str) -> Option<&str> {
    let (code, _) = text.strip_prefix('"')?.split_once('"')?;
    let is_kebab = code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    (is_kebab && code.contains('-')).then_some(code)
}

#[test]
fn codes_are_unique_and_explanations_say_something() {
    let codes = sinew::check::codes();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "a code stands twice");
    for code in codes {
        let explanation = sinew::check::explain(code).expect("it is a code");
        assert!(explanation.text.len() > 40, "{code} is not explained");
        let summary = explanation.rule.map_or("", |(_, summary)| summary);
        assert!(!summary.ends_with('.'), "{code}: one line, without a full stop");
    }
    assert!(sinew::check::explain("no-such-code").is_none());
}
