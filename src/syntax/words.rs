//! The words of a text as a search knows them: in lower case, without accents and apostrophes.
//!
//! `themes/default/assets/search/find.js` folds what a reader types in the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are addresses and the like, which nobody types.
const LONGEST: usize = 32;

/// Reads the words of a text that comes in pieces: a word may go on in the next one.
#[derive(Debug, Default)]
pub struct WordReader {
    word: String,
}

impl WordReader {
    /// Hands on the words of a piece in their order; those of a single letter and endless ones are
    /// left out. The last one is kept for what comes next.
    pub fn read(&mut self, text: &str, mut take: impl FnMut(&str)) {
        let mut rest = text;
        while !rest.is_empty() {
            // Nearly all words are ASCII; they are taken in as a whole.
            let is_other = |byte: u8| !byte.is_ascii_alphanumeric();
            let end = rest.bytes().position(is_other).unwrap_or(rest.len());
            self.word.push_str(&rest[..end]);
            let Some(c) = rest[end..].chars().next() else { return };
            rest = &rest[end + c.len_utf8()..];
            if matches!(c, '\'' | '\u{2019}') || is_combining_mark(c) {
                // Part of the word, and not heard.
            } else if !c.is_ascii() && c.is_alphanumeric() {
                let plain = c.nfd().filter(|part| !is_combining_mark(*part));
                self.word.extend(plain.flat_map(char::to_lowercase));
            } else {
                self.end(&mut take);
            }
        }
    }

    /// Says that no word goes on here.
    pub fn end(&mut self, mut take: impl FnMut(&str)) {
        if self.word.len() > 1 && self.word.len() <= LONGEST {
            self.word.make_ascii_lowercase();
            take(&self.word);
        }
        self.word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pieces: &[&str]) -> Vec<String> {
        let (mut reader, mut words) = (WordReader::default(), Vec::new());
        for piece in pieces {
            reader.read(piece, |word| words.push(word.to_owned()));
        }
        reader.end(|word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn a_word_is_plain_and_whole_whatever_its_spelling() {
        assert_eq!(words(&["The body’s C5-C6, don't!"]), ["the", "bodys", "c5", "c6", "dont"]);
        assert_eq!(words(&["Übertragung E\u{301}tude ÉTUDE"]), ["ubertragung", "etude", "etude"]);
        assert_eq!(words(&["a ß"]), ["ß"]);
    }

    #[test]
    fn a_word_goes_on_from_piece_to_piece() {
        assert_eq!(words(&["two W", "ord", "s"]), ["two", "words"]);
    }

    #[test]
    fn endless_words_and_single_letters_are_no_words() {
        let endless = "x".repeat(LONGEST + 1);
        assert!(words(&[&format!("a {endless} — 1")]).is_empty());
    }
}
