//! Headings that leave out a level.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "skipped-heading",
    default: Level::Warn,
    summary: "a heading that leaves out a level",
    explanation: "\
Readers who hear the page find their way by the levels of headings. The page's title is the first level, so a
text begins with `##`, and each heading is at most one level below the one before it.

Wrong: `## Causes`, then `#### At work`.

Right: `## Causes`, then `### At work`.
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    // A field is shown somewhere in a page: only what follows its first heading can be judged.
    let first = writing.outline.headings.first().map_or(1, |heading| heading.level);
    let mut before = if writing.is_body() { 1 } else { first.saturating_sub(1) };
    for heading in &writing.outline.headings {
        let place = || writing.place(heading.span);
        let right = "#".repeat(usize::from(before) + 1);
        let help = format!("write `{right} {}`", heading.text);
        if heading.level == 1 && writing.is_body() {
            let message = "a heading of the first level inside the text";
            let note = "the title of the page is the only one of that level";
            found.push(RULE.finding(place(), message).note(note).help("begin it with `##`"));
        } else if heading.level > before + 1 {
            let message = match before {
                1 if writing.is_body() => {
                    format!("the first heading is of level {}, expected 2", heading.level)
                }
                _ => format!("a heading of level {} after one of level {before}", heading.level),
            };
            found.push(RULE.finding(place(), message).help(help));
        }
        before = heading.level;
    }
}
