//! Markdown in fields whose text is shown as it is.

use std::ops::Range;

use crate::check::passage::Passage;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "unread-markup",
    default: Level::Warn,
    summary: "markdown in a field that is shown as it is",
    explanation: "\
Summaries, steps, captions, signs and most other fields are plain text: readers, the search and lists show
them as they stand, with their asterisks and brackets, and nothing in them is checked. Only texts, answers,
explanations, definitions, takeaways and what is told of a person are markdown.

Wrong: `summary: A **flat** muscle below the [[scapula]] [@simons-1999].`

Right: `summary: A flat muscle below the shoulder blade.`, with `sources: [simons-1999]`
",
    find: Find::Plain(find),
};

fn find(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if let Some((bytes, help)) = markup(passage.text) {
        let message = format!("readers see `{}` as it is written", &passage.text[bytes.clone()]);
        found.push(RULE.finding(passage.place(&bytes), message).help(help));
    }
}

/// The first piece of markdown in a text, and what to write in its place.
fn markup(text: &str) -> Option<(Range<usize>, &'static str)> {
    if !text.contains(['*', '[', ':']) {
        return None;
    }
    let cite = "name the work in `sources`";
    let link = "write the name alone; a link has its place in texts and answers";
    let plain = "write it without marks";
    let kinds = [
        ("[@", "]", cite),
        ("[[", "]]", link),
        ("](", ")", link),
        ("**", "**", plain),
        ("::", "}", "a directive has its place in texts and answers"),
    ];
    let found = kinds.iter().filter_map(|(open, close, help)| {
        let opened = text.find(open)?;
        let inside = &text[opened + open.len()..];
        let length = inside.find(close).filter(|length| *length > 0)?;
        let inside = &inside[..length];
        let is_markup = match *open {
            "::" => {
                let name = inside.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
                name.len() < inside.len() && name.starts_with('{')
            }
            "**" => {
                !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace)
            }
            _ => true,
        };
        // The words of a link stand before its address.
        let start = if *open == "](" { text[..opened].rfind('[')? } else { opened };
        let end = opened + open.len() + length + close.len();
        is_markup.then_some((start..end, *help))
    });
    found.min_by_key(|(bytes, _)| bytes.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_piece_of_markdown_is_found_and_signs_of_other_sorts_are_none() {
        for (text, found) in [
            ("A **flat** muscle, [[neck]].", Some("**flat**")),
            ("See [the neck](/pain/neck/) first.", Some("[the neck](/pain/neck/)")),
            ("Some say so [@simons-1999].", Some("[@simons-1999]")),
            ("See [[muscle:soleus|it]].", Some("[[muscle:soleus|it]]")),
            ("See [a](a).", Some("[a](a)")),
            ("Do ::technique{id=a} now.", Some("::technique{id=a}")),
            ("2 ** 3 ** 4, [sic], a: [b] (c), std::b, {d}", None),
            ("[[]] [@] ****", None),
        ] {
            let bytes = markup(text).map(|(bytes, _)| bytes);
            assert_eq!(bytes.map(|bytes| &text[bytes]), found, "{text}");
        }
    }
}
