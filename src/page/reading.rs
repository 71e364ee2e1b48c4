//! What a text says without markup, and how it begins.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::sentence::{is_within, name_within};
use crate::graph::{Destination, KnowledgeBase, RecordId, Unresolved};
use crate::syntax::markdown::{Document, Link, LinkForm};
use crate::theme::Strings;

/// A knowledge base, and the words of the language in which it is shown.
pub(crate) type InWords<'a> = (&'a KnowledgeBase, &'a Strings);

/// A piece of markdown in a field of a record as plain text on one line.
pub(crate) fn plain_text(
    (base, strings): InWords<'_>,
    record: RecordId,
    document: &Document,
) -> String {
    let file = base.entry(record).home();
    let text = document.plain_text(strings.quotes(), |link, before| {
        let found = base.destination(record, file, &link.target, link.form);
        let (name, within) = link_name((base, strings), found.as_ref(), link);
        within.filter(|_| is_within(before)).unwrap_or(name)
    });
    let line = match on_one_line(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(line) => Some(line),
    };
    line.unwrap_or(text)
}

/// What a link to a destination is called that has no text of its own, and within a sentence, where
/// that is another in this language. One to a draft leads nowhere, and shows its name.
pub(crate) fn link_name(
    (base, strings): InWords<'_>,
    found: Result<&Destination, &Unresolved>,
    link: &Link,
) -> (String, Option<String>) {
    let named = match found {
        Ok(Destination::Record { record, .. }) => Some(base.entry(*record)),
        Err(Unresolved::Draft { kind, id }) => base.draft(*kind, id),
        _ => None,
    };
    match named.filter(|_| link.form == LinkForm::Wiki) {
        Some(entry) => {
            let within = strings.writes_names_small().then(|| name_within(&entry.data)).flatten();
            (entry.data.name().to_string(), within)
        }
        None => (link.target.clone(), None),
    }
}

/// The beginning of a text on one line: at most `longest` characters, cut between words, with an
/// ellipsis where something was cut.
pub fn shortened(text: &str, longest: usize) -> String {
    let line = on_one_line(text);
    if line.chars().count() <= longest {
        return line.into_owned();
    }
    // The ellipsis takes one place.
    let mut ends = line.char_indices().skip(longest.saturating_sub(1));
    let (end, next) = ends.next().unwrap_or((0, ' '));
    let head = &line[..end];
    let cut = match (next, head.rfind(' ')) {
        (next, _) if " ,;:.!?)".contains(next) => head,
        (_, Some(space)) => &head[..space],
        // One long word, or a script without spaces.
        (next, None) if is_combining_mark(next) => without_last_letter(head),
        (_, None) => head,
    };
    let cut = cut.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-(".contains(c));
    format!("{cut}…")
}

/// A text with single spaces for all white space.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if is_on_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether all white space in a text is single spaces between words, as in most fields.
fn is_on_one_line(text: &str) -> bool {
    let is_single = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
    // Other white space is one of these bytes or begins with one. They are asked for all at once.
    let begins_other = |byte| matches!(byte, b'\t'..=b'\r' | 0xc2 | 0xe1..=0xe3);
    let has_none = || !text.bytes().fold(false, |found, byte| found | begins_other(byte));
    is_single && (has_none() || text.chars().all(|c| c == ' ' || !c.is_whitespace()))
}

/// A text without its last character and the marks that belong to it.
fn without_last_letter(text: &str) -> &str {
    let last = text.char_indices().rfind(|(_, c)| !is_combining_mark(*c));
    &text[..last.map_or(0, |(at, _)| at)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown::{Quotes, parse};

    #[test]
    fn an_excerpt_ends_between_words_and_holds_no_markup() {
        let document = parse("# One\n\nA *tender*, small spot & [more](/a/).\n\n- two\n- three\n");
        let text =
            document.plain_text(&Quotes::default(), |_, _| unreachable!("its links have a text"));
        assert_eq!(shortened(&text, 200), "One A tender, small spot & more. two three");
        assert_eq!(shortened(&text, 14), "One A tender…");
        assert_eq!(shortened(&text, 13), "One A tender…");
        assert_eq!(shortened(&text, 12), "One A…");
        assert_eq!(shortened(&text, 0), "…");
    }

    #[test]
    fn a_plain_text_says_what_links_without_a_text_show() {
        let document =
            parse("[[deltoid]][[knot]] and [[a|that]].\n\n- See [[deltoid#parts]]\n- []\n");
        let text = document
            .plain_text(&Quotes::default(), |link, before| format!("<{}|{before}>", link.target));
        assert_eq!(text, "<deltoid|><knot|<deltoid|>> and that. See <deltoid#parts|See > []");
    }

    #[test]
    fn a_text_without_spaces_is_cut_between_letters() {
        assert_eq!(shortened("肩が痛いときの対処法", 5), "肩が痛い…");
        assert_eq!(shortened("e\u{301}e\u{301}e\u{301}", 4), "e\u{301}…");
    }

    #[test]
    fn texts_on_one_line_have_single_spaces_between_words() {
        for text in ["", "a", "a b", "é – “b”", "a\u{301} b", "あ b"] {
            assert!(matches!(on_one_line(text), Cow::Borrowed(_)), "{text:?}");
        }
        let other =
            [" ", " a", "a ", "a  b", "a\tb", "a\n b", "a\u{a0}b", "a\u{2009}b", "a\u{3000}b"];
        for text in other {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(on_one_line(text), words.join(" "), "{text:?}");
        }
    }
}
