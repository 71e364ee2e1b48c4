//! What a code means, for `sinew explain`.

use super::{rules, structural};
use crate::diagnostic::Level;
use crate::model;

/// What there is to say about the code of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// The code.
    pub code: &'static str,
    /// The level and the one line of a rule; `None` where the level cannot be set.
    pub rule: Option<(Level, &'static str)>,
    /// Why it matters and how to mend it; markdown.
    pub text: &'static str,
}

/// What a code of this floor or of one below means, or of the theme; `None` if there is none.
pub fn explain(code: &str) -> Option<Explained> {
    all().find(|explanation| explanation.code == code)
}

/// All codes that [`explain`] knows, sorted.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<_> = all().map(|explanation| explanation.code).collect();
    codes.sort_unstable();
    codes
}

fn all() -> impl Iterator<Item = Explained> {
    let rules = rules::ALL.iter().map(|rule| Explained {
        code: rule.code,
        rule: Some((rule.default, rule.summary)),
        text: rule.explanation,
    });
    let structural = structural::ALL.iter().chain(model::EXPLANATIONS);
    rules.chain(structural.map(|one| Explained { code: one.code, rule: None, text: one.text }))
}
