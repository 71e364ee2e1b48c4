//! Every code that the program can raise is explained.

use std::collections::BTreeSet;

use crate::files;

/// What stands before a code in the sources.
const MARKS: [&str; 6] = [
    "Diagnostic::error(",
    "Diagnostic::warn(",
    "Diagnostic::new(",
    "self.error(",
    "self.report(",
    "code: ",
];

#[test]
fn every_code_has_an_explanation_and_every_explanation_a_code() {
    let mut raised = BTreeSet::new();
    for (path, bytes) in files::read(&files::repository("src")) {
        if path.ends_with(".rs") {
            let text = String::from_utf8(bytes).expect("our sources are text");
            for mark in MARKS {
                let after = text.split(mark).skip(1).map(str::trim_start);
                raised.extend(after.filter_map(code).map(str::to_owned));
            }
        }
    }
    let explained: BTreeSet<String> =
        sinew::check::codes().into_iter().map(str::to_owned).collect();
    let missing: Vec<_> = raised.difference(&explained).collect();
    assert!(missing.is_empty(), "without an explanation in src/check/structural.rs: {missing:?}");
    let stale: Vec<_> = explained.difference(&raised).collect();
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
        assert!(!explanation.summary.ends_with('.'), "{code}: one line, without a full stop");
    }
    assert!(sinew::check::explain("no-such-code").is_none());
}
