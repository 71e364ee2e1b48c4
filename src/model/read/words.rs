//! Which words stand in which text, for the search: small enough to be kept from run to run.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::FileContent;
use crate::syntax::markdown::Document;
use crate::syntax::words::each_word;

/// A word that stands this many times in a text says what the text is about.
const OFTEN: u32 = 4;

/// Marks a word that says what its text is about; no word holds it.
const MARK: char = '+';

/// All words of all texts, each with a number. The numbers depend on what was read first, so nothing
/// that is published may; words that have gone from the texts stay until the memo is made anew.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lexicon {
    words: Vec<Arc<str>>,
    /// Made when the first text asks.
    #[serde(skip)]
    numbers: FxHashMap<Arc<str>, u32>,
}

/// The words of one text, each once: by number, as steps from one to the next.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TextWords(Arc<[u32]>);

/// The words of a text that was just read, without numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct FreshWords(Box<str>);

impl FreshWords {
    /// The words of a document; those of headings, and those that it says again and again, are marked.
    pub(super) fn of(document: &Document) -> Self {
        let mut counts: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut count = |word: &str, times: u32| match counts.get_mut(word) {
            Some(count) => *count += times,
            None => drop(counts.insert(word.into(), times)),
        };
        each_word(&document.plain_text(), |word| count(word, 1));
        for heading in &document.outline.headings {
            each_word(&heading.text, |word| count(word, OFTEN));
        }
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_unstable();
        let mut words = String::with_capacity(sorted.len() * 8);
        for (word, count) in sorted {
            if count >= OFTEN {
                words.push(MARK);
            }
            words.push_str(&word);
            words.push(' ');
        }
        Self(words.into())
    }
}

impl Lexicon {
    /// The word of a number.
    pub fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |word| word)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Gives the words of a text their numbers.
    pub(super) fn take_in(&mut self, fresh: &FreshWords) -> TextWords {
        if self.numbers.len() != self.words.len() {
            let numbered = (0..).zip(&self.words).map(|(number, word)| (word.clone(), number));
            self.numbers = numbered.collect();
        }
        let mut codes: Vec<u32> =
            fresh.0.split_ascii_whitespace().map(|word| self.code(word)).collect();
        codes.sort_unstable();
        let mut last = 0;
        for code in &mut codes {
            (*code, last) = (*code - last, *code);
        }
        TextWords(codes.into())
    }

    /// Twice the number of a word, and one more if it is marked.
    fn code(&mut self, marked: &str) -> u32 {
        let word = marked.trim_start_matches(MARK);
        let number = self.numbers.get(word).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.words.len()).expect("there are fewer words than bytes");
            let word: Arc<str> = word.into();
            self.words.push(Arc::clone(&word));
            self.numbers.insert(word, number);
            number
        });
        number * 2 + u32::from(word.len() < marked.len())
    }
}

/// Gives the words of all files that were just read their numbers.
pub(super) fn number<'a>(
    files: impl Iterator<Item = &'a mut FileContent>,
    lexicon: &mut Arc<Lexicon>,
) {
    for file in files {
        if let Some(words) = file.fresh_words.take() {
            file.words = Arc::make_mut(lexicon).take_in(&words);
        }
    }
}

impl TextWords {
    /// The numbers of the words, and whether each says what the text is about.
    pub fn iter(&self) -> impl Iterator<Item = (usize, bool)> {
        self.0.iter().scan(0_u32, |code, step| {
            *code += step;
            Some(((*code / 2) as usize, *code % 2 == 1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown::parse;

    fn words(lexicon: &Lexicon, text: &TextWords) -> Vec<String> {
        let shown = text.iter().map(|(number, is_marked)| {
            format!("{}{}", lexicon.word(number), if is_marked { "!" } else { "" })
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn words_of_headings_and_words_said_often_are_marked() {
        let mut lexicon = Lexicon::default();
        let text = parse("## Neck\n\nache ache Ache ache on & on\n");
        let first = lexicon.take_in(&FreshWords::of(&text));
        assert_eq!(words(&lexicon, &first), ["ache!", "neck!", "on"]);
        let second = lexicon.take_in(&FreshWords::of(&parse("An *ache* in the neck.\n")));
        assert_eq!(words(&lexicon, &second), ["ache", "an", "in", "neck", "the"]);
        assert_eq!(words(&lexicon, &first), ["ache!", "neck!", "on"]);
    }

    #[test]
    fn a_lexicon_that_was_kept_goes_on_where_it_was() {
        let mut lexicon = Lexicon::default();
        let first = lexicon.take_in(&FreshWords::of(&parse("one two\n")));
        let bytes = postcard::to_stdvec(&lexicon).expect("it serialises");
        let mut kept: Lexicon = postcard::from_bytes(&bytes).expect("it is read");
        let second = kept.take_in(&FreshWords::of(&parse("two three\n")));
        assert_eq!(words(&kept, &first), ["one", "two"]);
        assert_eq!(words(&kept, &second), ["three", "two"]);
        assert_eq!(kept.len(), 3);
    }
}
