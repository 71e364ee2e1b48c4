//! The words of a text as a search knows them: in lower case, without accents and apostrophes.
//!
//! `themes/default/assets/search/find.js` folds what a reader types in the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are addresses and the like, which nobody types.
const LONGEST: usize = 32;

/// Hands on the words of a text in their order; those of a single letter and endless ones are left out.
pub fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::with_capacity(LONGEST);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '\u{2019}') || is_combining_mark(c) {
            // Part of the word, and not heard.
        } else if !c.is_ascii() && c.is_alphanumeric() {
            let plain = c.nfd().filter(|part| !is_combining_mark(*part));
            word.extend(plain.flat_map(char::to_lowercase));
        } else {
            hand_on(&mut word, &mut take);
        }
    }
    hand_on(&mut word, &mut take);
}

fn hand_on(word: &mut String, take: &mut impl FnMut(&str)) {
    if word.len() > 1 && word.len() <= LONGEST {
        take(word);
    }
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn a_word_is_plain_and_whole_whatever_its_spelling() {
        assert_eq!(words("The body’s C5-C6, don't!"), ["the", "bodys", "c5", "c6", "dont"]);
        assert_eq!(words("Übertragung E\u{301}tude ÉTUDE"), ["ubertragung", "etude", "etude"]);
        assert_eq!(words("a ß"), ["ß"]);
    }

    #[test]
    fn endless_words_and_single_letters_are_no_words() {
        let endless = "x".repeat(LONGEST + 1);
        assert!(words(&format!("a {endless} — 1")).is_empty());
    }
}
