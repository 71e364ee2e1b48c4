//! Names and texts as they are compared: in small letters of any script, each put together with its accents,
//! in one line and with typographic apostrophes.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as it is compared with others.
pub(super) fn folded(name: &str) -> String {
    let small = match name.is_ascii() {
        true => name.to_ascii_lowercase(),
        false => name.nfc().flat_map(small).collect(),
    };
    if small.contains('\'') { small.replace('\'', "\u{2019}") } else { small }
}

/// A piece of HTML in which folded names stand, but for capitals of ASCII: the finder passes over these.
pub(super) struct Folded<'text> {
    pub(super) text: Cow<'text, str>,
    /// Where each byte of it stands in what was folded, and where that ends; none if all stay in place.
    places: Vec<u32>,
}

impl<'text> Folded<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        if !may_differ(text.as_bytes()) || !text.chars().any(differs) {
            return Self { text: on_one_line(text), places: Vec::new() };
        }
        let (mut out, mut places) = (String::with_capacity(text.len()), Vec::new());
        let mut rest = text.char_indices().peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            while let Some((_, mark)) = rest.next_if(|(_, next)| is_combining_mark(*next)) {
                end += mark.len_utf8();
            }
            match first {
                '\n' => out.push(' '),
                _ if end == start + 1 => out.push(first),
                _ => out.extend(text[start..end].nfc().flat_map(small)),
            }
            places.resize(out.len(), start as u32);
        }
        places.push(text.len() as u32);
        Self { text: Cow::Owned(out), places }
    }

    /// The byte of what was folded that stands at one of the text.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places.get(at).map_or(at, |place| *place as usize)
    }
}

/// A letter in small; of the two small sigmas of Greek, the one that may stand anywhere.
fn small(letter: char) -> impl Iterator<Item = char> {
    letter.to_lowercase().map(|small| if small == 'ς' { 'σ' } else { small })
}

/// Whether there are letters beyond ASCII, which is found out for many bytes at once: most texts have none,
/// but typographic signs (U+0080 to U+00BF, U+2000 to U+2FFF).
fn may_differ(text: &[u8]) -> bool {
    text.iter().fold(false, |any, byte| any | ((*byte >= 0xc3) & (*byte != 0xe2)))
}

fn differs(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || !small(c).eq([c]))
}

/// A text of which no line ends in the midst of a name. Every position stays true.
fn on_one_line(text: &str) -> Cow<'_, str> {
    match text.contains('\n') {
        true => Cow::Owned(text.replace('\n', " ")),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_any_case_and_spelling_of_its_letters() {
        assert_eq!(folded("Golfer's ELBOW"), "golfer\u{2019}s elbow");
        assert_eq!(folded("RU\u{308}CKEN"), folded("rücken"));
        assert_eq!(folded("ΠΟΝΟΣ"), folded("πονος"));
    }

    #[test]
    fn every_place_in_a_folded_text_leads_back() {
        let text = "A\ncafe\u{301} İ É";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "A café i\u{307} é");
        let places: Vec<usize> =
            folded.text.char_indices().map(|(at, _)| folded.place(at)).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 8, 9, 9, 11, 12]);
        assert_eq!(folded.place(folded.text.len()), text.len());
    }
}
