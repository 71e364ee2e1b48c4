//! Turns the knowledge base into findings: what health content needs, and what each text needs.
//! Knows nothing about rendering: no page, no template, no theme.
//!
//! A rule is one file below `rules/`. It says what it found; how much that matters is decided here,
//! from its default level and the `[check]` settings. A rule that is allowed is not run.

mod again;
mod body_map;
mod cures;
mod directives;
mod elsewhere;
mod explain;
mod left_alone;
mod levels;
mod oddities;
mod passage;
mod phrase;
mod promised;
mod rules;
mod standing;
mod structural;
mod trigger_points;
mod writing;

use std::cell::LazyCell;

use crate::diagnostic::{Diagnostic, Level, Place};
use crate::graph::KnowledgeBase;
use crate::source::Sources;

pub use body_map::{Drawings, body_map, of_no_region};
pub use elsewhere::{LinkElsewhere, links_elsewhere};
pub use explain::{Explained, codes, explain};
pub use passage::CheckMemo;
pub use promised::{PROMISED, promised_addresses};
pub use rules::placeholders;
pub(crate) use rules::{HEALTH, due, orphans};

use levels::Levels;
use passage::Passage;
use promised::Broken;
use writing::Writing;

/// A rule: what it is called, how much it matters, why, and how its findings are found.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in kebab-case; reads after "allow". Never renamed.
    pub code: &'static str,
    /// Its level where `[check]` says nothing.
    pub default: Level,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why it matters, with a wrong example and the right one; markdown.
    pub explanation: &'static str,
    find: Find,
}

/// How the findings of a rule are found.
#[derive(Debug, Clone, Copy)]
enum Find {
    /// In the whole knowledge base at once.
    Base(fn(&KnowledgeBase, &mut Vec<Diagnostic>)),
    /// In the whole knowledge base, by the promises that it does not keep.
    Promised(fn(&KnowledgeBase, &[Broken], &mut Vec<Diagnostic>)),
    /// In one piece of markdown after the other: its headings, links, pictures and directives.
    Writing(fn(&Writing<'_>, &mut Vec<Diagnostic>)),
    /// In one paragraph after the other. What is found must follow from the file alone: it is
    /// remembered until the file changes.
    Text(fn(&Passage<'_>, &mut Vec<Diagnostic>)),
    /// The same, by words that are English: not looked for in other languages.
    English(fn(&Passage<'_>, &mut Vec<Diagnostic>)),
    /// In one field of plain text after the other, also where it holds what others say; and in one
    /// piece of markdown after the other.
    Marks(fn(&Passage<'_>, &mut Vec<Diagnostic>), fn(&Writing<'_>, &mut Vec<Diagnostic>)),
    /// By a later floor, which knows what the rule needs.
    Later,
}

impl Rule {
    /// A finding of this rule; its level is settled by whoever runs the rule.
    fn finding(&self, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.default, place, message)
    }
}

/// All rules, in the order in which they run.
pub fn rules() -> &'static [Rule] {
    rules::ALL
}

/// Looks at a piece of markdown.
type Look = dyn Fn(&Writing<'_>, &mut Vec<Diagnostic>) + Sync;

/// Everything that is wrong with the content, given that it could be read and resolved.
pub fn check(base: &KnowledgeBase, sources: &Sources, memo: &mut CheckMemo) -> Vec<Diagnostic> {
    let levels = Levels::new(&base.content);
    let mut found = levels.unknown_rules();
    let broken = LazyCell::new(|| promised::broken(base, sources));
    standing::check(base, &mut found);
    trigger_points::check(base, &mut found);
    left_alone::check(base, &mut found);
    let records = memo.kept.open(base);
    let writings = writing::of(base, sources, &records);
    let mut turn = 0;
    let mut look = |find: &Look| {
        turn += 1;
        memo.kept.with(turn - 1, &records, writing::found_in(&writings, find))
    };
    found.extend(look(&|writing, found| {
        directives::check(writing, found);
        oddities::check(writing, found);
    }));
    for (rule, level) in levels.active() {
        let before = found.len();
        match rule.find {
            Find::Base(find) => find(base, &mut found),
            Find::Promised(find) => find(base, &broken, &mut found),
            Find::Writing(find) | Find::Marks(_, find) => found.extend(look(&find)),
            Find::Text(_) | Find::English(_) | Find::Later => {}
        }
        found[before..].iter_mut().for_each(|finding| finding.level = level);
    }
    found.extend(passage::check(base, sources, &levels, memo));
    found
}
