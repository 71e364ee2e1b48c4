//! What a code means, for `sinew explain`.

use super::{rules, structural};
use crate::diagnostic::Level;

/// What there is to say about the code of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// The level where nothing is set; `None` where the level cannot be set.
    pub default: Option<Level>,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why it matters and how to mend it; markdown.
    pub text: &'static str,
}

/// What a code means; `None` if there is no such code.
pub fn explain(code: &str) -> Option<Explanation> {
    all().find(|explanation| explanation.code == code)
}

/// All codes, sorted.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<_> = all().map(|explanation| explanation.code).collect();
    codes.sort_unstable();
    codes
}

fn all() -> impl Iterator<Item = Explanation> {
    let rules = rules::ALL.iter().map(|rule| Explanation {
        code: rule.code,
        default: Some(rule.default),
        summary: rule.summary,
        text: rule.explanation,
    });
    let structural = structural::ALL.iter().map(|(code, summary, text)| Explanation {
        code,
        default: None,
        summary,
        text,
    });
    rules.chain(structural)
}
