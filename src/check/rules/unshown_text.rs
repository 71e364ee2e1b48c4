//! Texts of records that no page shows.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Kind;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "unshown-text",
    default: Level::Warn,
    summary: "a text beside a record of a kind whose pages show none",
    explanation: "\
Questions, terms, myths and works are shown in lists, people by what they say of themselves, groups and sets of
red flags as parts of pages. What they say stands in their fields: a markdown file of theirs has front matter, and
a text below it is shown nowhere.

Wrong: `faqs/how-hard.md` with `question` and `answer`, and another paragraph below.

Right: all of it in `answer`.
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    if !writing.is_body() || writing.outline.words == 0 {
        return;
    }
    let (what, field) = match writing.entry.kind {
        Kind::Faq => ("a question", "answer"),
        Kind::Term => ("a term", "definition"),
        Kind::Myth => ("a myth", "explanation"),
        Kind::Person => ("a person", "bio"),
        Kind::Citation => ("a work", "takeaway"),
        Kind::Group => ("a group", "name"),
        Kind::RedFlagSet => ("a set of red flags", "flags"),
        _ => return,
    };
    let first = writing.prose().blocks.first().map_or(Span::default(), |block| block.span);
    let message = format!("the text of {what} is shown nowhere");
    let help = match field {
        "name" | "flags" => "move it to the page of an area or a region".to_owned(),
        field => format!("write it as `{field}`"),
    };
    found.push(RULE.finding(writing.place(first), message).help(help));
}
