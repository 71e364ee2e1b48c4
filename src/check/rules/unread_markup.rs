//! Markdown that readers see as it is written: all of it in fields of plain text, and in texts what
//! nothing reads.

use std::ops::Range;

use crate::check::cures::note_of;
use crate::check::passage::Passage;
use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Kind;
use crate::model::directives::{ArgumentValue, Form, argument_value, directive};
use crate::source::Span;
use crate::syntax::markdown::{Argument, Meant, Oddity, Unread};

pub(crate) const RULE: Rule = Rule {
    code: "unread-markup",
    default: Level::Warn,
    summary: "markdown that readers see as it is written",
    explanation: "\
Summaries, steps, captions, signs and most other fields are plain text: readers, the search and lists show
them as they stand, with their asterisks and brackets, and nothing in them is checked. Only texts, answers,
explanations, definitions, takeaways and what is told of a person are markdown.

Wrong: `summary: A **flat** muscle below the [[scapula]] [@simons-1999].`

Right: `summary: A flat muscle below the shoulder blade.`, with `sources: [simons-1999]`

In markdown, marks that are not whole are text as well, and so is what other programs read: their shortcodes,
attributes and boxes. The message says how to write what was meant. A sign that readers shall see has a
backslash before it.

Wrong: `Call [us](tel:+1 555 0100) before the **first **visit.`

Right: `Call [us](tel:+15550100) before the **first** visit.`
",
    find: Find::Marks(find, find_unread),
};

fn find(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for (bytes, help) in markup(passage.text) {
        let message = format!("readers see `{}` as it is written", &passage.text[bytes.clone()]);
        found.push(RULE.finding(passage.place(&bytes), message).help(help));
    }
}

/// All pieces of markdown in a text, and what to write in their place.
fn markup(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (at, _) in text.match_indices(['*', '[', ']', ':', '`', '_']) {
        let after = found.last().map_or(0, |(bytes, _)| bytes.end);
        if at >= after {
            found.extend(mark(text, at, after));
        }
    }
    found
}

const CITE: &str = "name the work in `sources`";

/// The piece of markdown that has a sign at `at`, and does not begin before `after`.
fn mark(text: &str, at: usize, after: usize) -> Option<(Range<usize>, &'static str)> {
    let rest = &text[at..];
    let link = "write the name alone; a link has its place in texts and answers";
    let plain = "write it without marks";
    let kinds = [
        ("[@", "]", CITE),
        ("[[", "]]", link),
        ("](", ")", link),
        ("**", "**", plain),
        ("*", "*", plain),
        ("__", "__", plain),
        ("`", "`", plain),
        ("::", "}", "a directive has its place in texts and answers"),
    ];
    let (open, close, help) = kinds.into_iter().find(|(open, ..)| rest.starts_with(open))?;
    let inside = &rest[open.len()..];
    let length = inside.find(close).filter(|length| *length > 0)?;
    let inside = &inside[..length];
    let end = at + open.len() + length + close.len();
    let is_markup = match open {
        "::" => {
            let name = inside.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
            name.len() < inside.len() && name.starts_with('{')
        }
        "**" | "*" | "__" | "`" => {
            let is_apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '*')
                && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '*');
            let is_spaced =
                inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
            !is_spaced && (is_apart || open == "**") && inside.contains(char::is_alphanumeric)
        }
        _ => true,
    };
    // The words of a link stand before its address.
    let start = if open == "](" { after + text[after..at].rfind('[')? } else { at };
    is_markup.then_some((start..end, help))
}

/// Markdown in what directives say in plain words, such as their captions and titles.
fn find_in_arguments(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    for directive in &writing.outline.directives {
        let is_text = |one: &&Argument| argument_value(directive, one) == Some(ArgumentValue::Text);
        for argument in directive.arguments.iter().filter(is_text) {
            for (bytes, help) in markup(&argument.value) {
                let message =
                    format!("readers see `{}` as it is written", &argument.value[bytes.clone()]);
                let start = argument.span.range().start;
                let span = Span::new(start + bytes.start..start + bytes.end);
                let help = match help {
                    CITE => "cite the work in the text around",
                    help => help,
                };
                found.push(RULE.finding(writing.place(span), message).help(help));
            }
        }
    }
}

/// What nothing reads in a piece of markdown.
fn find_unread(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    find_in_arguments(writing, found);
    for oddity in &writing.outline.oddities {
        let Oddity::Unread(unread) = oddity else { continue };
        let written = &*unread.written;
        let is_mark = match unread.meant {
            Meant::Citation => writing.base.find(Kind::Citation, &written[1..]).is_some(),
            Meant::Directive => directive(directive_name(written)).is_some(),
            _ => true,
        };
        if is_mark {
            let message = match unread.meant {
                Meant::Code => "the code is never closed".to_owned(),
                _ => format!("readers see `{written}` as it is written"),
            };
            let finding = RULE.finding(writing.place(unread.span), message);
            found.push(finding.help(cure(unread)));
        }
    }
}

/// The name in `:name{…}`.
fn directive_name(written: &str) -> &str {
    written.trim_start_matches(':').split('{').next().unwrap_or_default()
}

/// How to write what was meant.
fn cure(unread: &Unread) -> String {
    let written = &*unread.written;
    match unread.meant {
        Meant::Link => link(written),
        Meant::LinkApart => "leave out the space before the parenthesis".to_owned(),
        Meant::LinkTurned => "the text stands in square brackets: `[text](address)`".to_owned(),
        Meant::Citation => format!("works stand alone in their brackets: `[{written}]`"),
        Meant::Directive => {
            let name = directive_name(written);
            let is_block = directive(name).is_some_and(|shape| shape.form == Form::Block);
            match is_block {
                true => format!(
                    "open it on a line of its own with `:::{name}`, and close it with `:::`"
                ),
                false => format!("write it on a line of its own, with two colons: `::{name}{{…}}`"),
            }
        }
        Meant::Note => note(written),
        Meant::Admonition => {
            let (word, title) = written[4..].split_once(' ').unwrap_or((&written[4..], ""));
            let note = note_of(word, title.trim().trim_matches('"')).unwrap_or_default();
            format!("open it with `{note}` and close it with a line of `:::`")
        }
        Meant::Heading => {
            let words = written.trim_start_matches('#');
            let signs = &written[..written.len() - words.len()];
            format!("put a space after the signs: `{signs} {words}`")
        }
        Meant::Strong => strong(written),
        Meant::Table => {
            let cells = written.matches('|').count().saturating_sub(1);
            let line = "| --- ".repeat(cells.clamp(1, 8));
            format!("the second line of a table has as many cells as its first: `{line}|`")
        }
        Meant::Code => {
            let fence = written.trim_end_matches(|c| c != '`' && c != '~');
            format!("close it with a line of `{fence}`")
        }
        Meant::Template => template(written),
        Meant::Attributes => {
            "leave it out: links, pictures and paragraphs take no attributes".to_owned()
        }
        Meant::Contents => "leave it out: pages list their headings by themselves".to_owned(),
    }
}

fn link(written: &str) -> String {
    let (words, after) = written.rsplit_once("](").unwrap_or_default();
    let Some(inside) = after.strip_suffix(')') else {
        return "close the address with `)`, on the same line".to_owned();
    };
    if inside.contains(['“', '”', '„', '‘', '’']) {
        return "straight quotes stand around what follows the address: `\"…\"`".to_owned();
    }
    let title = inside.find(" \"").unwrap_or(inside.len());
    let (address, title) = inside.split_at(title);
    if !address.contains(' ') {
        return "no link stands within the text of another one".to_owned();
    }
    if address.starts_with("tel:") {
        let number: String = address.split_whitespace().collect();
        return format!("write the number without spaces: `{words}]({number})`");
    }
    format!("an address with spaces stands in angle brackets: `{words}](<{address}>{title})`")
}

fn note(written: &str) -> String {
    let (word, after) = written.trim_start_matches("[!").split_once(']').unwrap_or_default();
    let title = after.trim_start_matches(['-', '+']).trim();
    let kinds = "kinds are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, alone on their line";
    match note_of(word, title) {
        Some(note) => {
            format!("{kinds}; or open it with `{note}` and close it with a line of `:::`")
        }
        None => kinds.to_owned(),
    }
}

fn strong(written: &str) -> String {
    let inside = written.trim_matches('*');
    match inside.trim() {
        trimmed if trimmed.len() < inside.len() => {
            format!("leave out the space within the stars: `**{trimmed}**`")
        }
        _ => "put a space between the stars and the word beside them".to_owned(),
    }
}

fn template(written: &str) -> String {
    let name = written.trim_start_matches(|c: char| !c.is_alphabetic());
    let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match name {
        "figure" | "image" | "img" | "resize" => {
            "write `::figure{src=media/file.jpg alt=\"…\" caption=\"…\" credit=\"…\"}`".to_owned()
        }
        "ref" | "relref" => "link to a page by its id: `[[id]]`".to_owned(),
        "youtube" | "vimeo" => "link to the page instead: `[text](address)`".to_owned(),
        "note" | "notice" | "tip" | "warning" | "hint" | "callout" | "admonition" | "alert" => {
            "write `:::note` and close it with a line of `:::`".to_owned()
        }
        _ => "texts hold no templates; the README lists the directives".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pieces_of_markdown_are_found_and_signs_of_other_sorts_are_none() {
        for (text, expected) in [
            ("A **flat** muscle, [[neck]].", &["**flat**", "[[neck]]"][..]),
            ("See [the neck](/pain/neck/) first.", &["[the neck](/pain/neck/)"]),
            ("Some say so [@simons-1999].", &["[@simons-1999]"]),
            ("See [[muscle:soleus|it]] and [x](y).", &["[[muscle:soleus|it]]", "[x](y)"]),
            ("See [a](a), [sic].", &["[a](a)"]),
            ("Do ::technique{id=a} now.", &["::technique{id=a}"]),
            (
                "2 ** 3 and **bold** (*flat*), `code` and __it__",
                &["**bold**", "*flat*", "`code`", "__it__"],
            ),
            (
                "2 ** 3 ** 4, [sic], a: [b] (c), std::b, {d}, 2*3*4, it`s, that`s, 5* or 6*, a__b__c",
                &[],
            ),
            ("[[]] [@] **** * a * ** `` __", &[]),
        ] {
            let found: Vec<_> = markup(text).into_iter().map(|(bytes, _)| &text[bytes]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
