//! "Research shows", without the research.

use std::sync::LazyLock;

use crate::check::phrase::Phrases;
use crate::check::{Find, Passage, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "uncited-research",
    default: Level::Warn,
    summary: "an appeal to research without a citation in the paragraph",
    explanation: "\
Whoever says that research shows something should say which. Without it, readers cannot check it and
reviewers cannot keep it true.

Wrong: `Studies show that pressure raises the pain threshold.`

Right: `Held pressure raised the pressure that people could bear [@lu-2022].`

In a field of plain text, which cannot cite, the record's `sources` are enough.

It knows English words only: where `language` is another one, nothing is looked for.
",
    find: Find::English(find),
};

const APPEALS: &[&str] = &[
    "research|studies|study|evidence|science|trials|trial … show|shows|showed|shown",
    "research|studies|study|evidence|science|trials|trial suggest|suggests|suggested",
    "research|studies|study|evidence|science|trials|trial prove|proves|proved|confirm|confirms|confirmed",
    "research|studies|study|trials|trial find|finds|found|demonstrate|demonstrates|demonstrated",
    "research|studies|study|trials|trial have|has found|demonstrated|suggested|proved|proven|confirmed",
    "evidence|science have|has suggested|proved|proven|confirmed|demonstrated",
    "research finds|found|demonstrates|demonstrated",
    "researchers|scientists|experts say|agree|believe|found|find|discovered|proved",
    "researchers|scientists|experts have shown|found|proved|discovered",
    "scientists|researchers",
    "according to research|studies|science",
];

static PHRASES: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(APPEALS.iter().map(|phrase| (*phrase, ()))));

fn find(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if passage.is_cited {
        return;
    }
    // One paragraph, one missing citation. "We know of no good study that shows it" appeals to none.
    let mut appeals = passage.find(&PHRASES).into_iter();
    let is_appeal = |start: usize| !is_asked(&passage.text[..start]);
    if let Some(appeal) = appeals.find(|one| !one.is_denied && is_appeal(one.bytes.start)) {
        let words = passage.words(&appeal.bytes).to_lowercase();
        let message = format!("`{words}` without a citation in the paragraph");
        let place = passage.place(&appeal.bytes);
        found.push(
            RULE.finding(place, message).help("cite the work: `[@id]`, or say who thinks so"),
        );
    }
}

/// Whether the text before asks what was found: "what studies found" claims nothing.
fn is_asked(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "what" | "whether" | "which" | "if" | "until" | "unless")
}
