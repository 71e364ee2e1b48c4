//! How hard an English text is to read: the Flesch–Kincaid grade, the years of school that it takes.
//!
//! grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Syllables are counted by
//! rule, not looked up: right for nine words in ten, and wrong both ways.

use rustc_hash::FxHashMap;

/// Names that are left out: those of muscles, which are Latin and cannot be put more simply.
#[derive(Debug, Default)]
pub(crate) struct Foreign {
    by_first_word: FxHashMap<String, Vec<Vec<String>>>,
}

impl Foreign {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut foreign = Self::default();
        for name in names {
            let words: Vec<String> = words(name).map(str::to_lowercase).collect();
            if let Some(first) = words.first() {
                foreign.by_first_word.entry(first.clone()).or_default().push(words);
            }
        }
        foreign
    }

    /// How many of the words at the start of a list are a name.
    fn length(&self, words: &[String]) -> usize {
        let names = words.first().and_then(|first| self.by_first_word.get(first));
        let fitting = names.into_iter().flatten().filter(|name| words.starts_with(name));
        fitting.map(Vec::len).max().unwrap_or_default()
    }
}

/// What was counted of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) sentences: usize,
    pub(crate) words: usize,
    pub(crate) syllables: usize,
}

impl Counts {
    /// Adds a piece of text that ends its last sentence: a paragraph, an item, a field.
    pub(crate) fn add(&mut self, text: &str, foreign: &Foreign) {
        for sentence in sentences(text) {
            let words: Vec<String> = words(sentence).map(str::to_lowercase).collect();
            let before = self.words;
            let mut at = 0;
            while at < words.len() {
                let name = foreign.length(&words[at..]);
                if name == 0 {
                    self.words += 1;
                    self.syllables += syllables(&words[at]);
                }
                at += name.max(1);
            }
            self.sentences += usize::from(self.words > before);
        }
    }

    /// The grade; nothing for no text.
    pub(crate) fn grade(&self) -> Option<f64> {
        let (sentences, words, syllables) =
            (self.sentences as f64, self.words as f64, self.syllables as f64);
        (self.words > 0).then(|| 0.39 * words / sentences + 11.8 * syllables / words - 15.59)
    }
}

/// The sentences of a text: each ends with `.`, `!` or `?` before white space, or with the text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.trim().is_empty() {
            return None;
        }
        let ends = rest.char_indices().find(|(at, c)| {
            let after = rest[at + c.len_utf8()..].trim_start_matches(['"', '\'', ')', '”', '’']);
            matches!(c, '.' | '!' | '?' | '…')
                && after.chars().next().is_none_or(char::is_whitespace)
        });
        let end = ends.map_or(rest.len(), |(at, c)| at + c.len_utf8());
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence)
    })
}

/// The words of a text: letters and digits, with apostrophes inside. A hyphen parts two words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let pieces = text.split(move |c: char| !is_inside(c));
    pieces.map(|word| word.trim_matches(['\'', '’'])).filter(|word| !word.is_empty())
}

/// The syllables of a word in lower case, by its groups of vowels; at least one.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |at: usize| matches!(letters.get(at), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    // A `y` before a vowel is a consonant, as in "you" and "beyond".
    let sounds = |at: usize| is_vowel(at) && !(letters[at] == 'y' && is_vowel(at + 1));
    let groups = (0..letters.len()).filter(|at| sounds(*at) && (*at == 0 || !sounds(at - 1)));
    let mut count = groups.count() + parted(&letters);
    let ends_with = |end: &str| word.ends_with(end);
    let before_last = |back: usize| letters.len().checked_sub(back).map(|at| letters[at]);
    let is_silent = if ends_with("le") {
        // "Table" sounds it, "scale" does not.
        before_last(3).is_some_and(|c| "aeiouy".contains(c))
    } else if ends_with("ed") {
        before_last(3).is_some_and(|c| !"aeiouytdl".contains(c) || c == 'l')
    } else if ends_with("es") {
        // "Aches" end as they do alone, "touches" and "reaches" do not.
        let is_ache =
            word == "aches" || ["daches", "haches", "kaches"].iter().any(|end| ends_with(end));
        is_ache || before_last(3).is_some_and(|c| !"aeiouyscxzghl".contains(c))
    } else {
        ends_with("e") && before_last(2).is_some_and(|c| !"aeiouy".contains(c))
    };
    count -= usize::from(is_silent && count > 1);
    count.max(1)
}

/// Vowels side by side that are said apart, as in "area", "radio" and "being".
fn parted(letters: &[char]) -> usize {
    let pairs = letters.windows(3).filter(|three| match three {
        // "Patient", "motion" and "special" say them as one.
        [before, 'i', 'a' | 'o' | 'u'] => !matches!(before, 't' | 's' | 'c' | 'x' | 'g'),
        [_, 'e', 'o'] => true,
        _ => false,
    });
    // "Area", "being" and "going", "experience".
    let ends = match letters {
        [.., 'e', 'a'] => letters.len() > 3,
        [.., 'e' | 'o', 'i', 'n', 'g'] => letters.len() > 4,
        [.., 'r' | 'd', 'i', 'e', 'n', 'c', 'e'] => true,
        _ => false,
    };
    pairs.count() + usize::from(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_said() {
        let known = [
            (1, "the ache hurts rest pressed aches through scale times hold you make moved"),
            (2, "muscle shoulder table needed pressure tender being doing outward painful places"),
            (3, "area radio position exercise physical beginning however shoulders-blade-of"),
            (5, "rehabilitate"),
            (4, "information experience emergency"),
        ];
        for (count, words) in known {
            for word in words.split(' ').filter(|word| !word.contains('-')) {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
        assert_eq!(syllables("30"), 1);
    }

    #[test]
    fn names_of_muscles_are_left_out() {
        let foreign = Foreign::new(["Infraspinatus", "Levator scapulae", "Upper trapezius"]);
        let mut counts = Counts::default();
        counts.add("The levator scapulae lifts. Infraspinatus! The upper back aches", &foreign);
        assert_eq!(counts, Counts { sentences: 2, words: 6, syllables: 7 });
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        let mut counts = Counts::default();
        counts
            .add("The cat sat on the mat. It is 3.5 feet long (or so.) Yes?", &Foreign::default());
        assert_eq!((counts.sentences, counts.words, counts.syllables), (3, 15, 15));
        let grade = counts.grade().expect("there are words");
        assert!((grade - (0.39 * 5.0 + 11.8 - 15.59)).abs() < 1e-9);
        assert_eq!(Counts::default().grade(), None);
    }
}
