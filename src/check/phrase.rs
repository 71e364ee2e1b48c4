//! Finds phrases in text: whole words, any case, with words of choice and gaps.
//! A phrase is written `break|breaks up|down … adhesion|scar`: `|` parts words of which one is
//! enough, and `…` stands for up to five words of the same sentence.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// How many words a gap may hold.
const WIDEST_GAP: usize = 5;

/// How far back a denial is looked for, in words.
const LONGEST_SENTENCE: usize = 50;

/// A text in lower case with the places of its words. Places are those of the text as written.
pub(super) struct Words {
    lower: String,
    words: Vec<Range<usize>>,
}

impl Words {
    pub(super) fn new(text: &str) -> Self {
        // Only ASCII is folded: every byte keeps its place.
        let lower = text.to_ascii_lowercase();
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in lower.char_indices().chain([(lower.len(), ' ')]) {
            let is_inside = c.is_alphanumeric() || (start.is_some() && matches!(c, '\'' | '’'));
            match (start, is_inside) {
                (None, true) => start = Some(at),
                (Some(begin), false) => {
                    let end = begin + lower[begin..at].trim_end_matches(['\'', '’']).len();
                    words.push(begin..end);
                    start = None;
                }
                _ => {}
            }
        }
        Self { lower, words }
    }

    fn word(&self, index: usize) -> Option<&str> {
        self.words.get(index).map(|range| &self.lower[range.clone()])
    }

    /// Whether a sentence ends between a word and the next.
    fn ends_sentence(&self, index: usize) -> bool {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(one), Some(next)) => {
                self.lower[one.end..next.start].contains(['.', '!', '?', ';', ':'])
            }
            _ => true,
        }
    }

    /// Whether the words up to `end` stand in a sentence that has denied something before them.
    fn is_denied(&self, words: &Range<usize>) -> bool {
        let mut at = words.start;
        let mut is_after_comma = false;
        while at > words.start.saturating_sub(LONGEST_SENTENCE) && !self.ends_sentence(at - 1) {
            at -= 1;
            is_after_comma |= self.gap(at).contains(',');
            let word = self.word(at).unwrap_or_default();
            let is_denial =
                DENIALS.contains(&word) || word.ends_with("n’t") || word.ends_with("n't");
            let is_out_of_reach = is_after_comma && OF_ONE_THING.contains(&word);
            if is_denial && !is_out_of_reach && self.word(at + 1) != Some("only") {
                return !(BOASTS.contains(&word) && self.praises(words.end));
            }
        }
        false
    }

    /// Whether the rest of a sentence compares with those who speak: "nothing cures it faster than we do".
    fn praises(&self, start: usize) -> bool {
        let mut rest = (start..self.words.len()).take_while(|at| !self.ends_sentence(at - 1));
        rest.any(|at| {
            matches!(self.word(at), Some("than" | "like"))
                && self.word(at + 1).is_some_and(|word| OURS.contains(&word))
        })
    }

    /// What stands between a word and the next.
    fn gap(&self, index: usize) -> &str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(one), Some(next)) => &self.lower[one.end..next.start],
            _ => "",
        }
    }

    /// The bytes from one word to another.
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].start..self.words[words.end - 1].end
    }

    /// How often the words of a phrase stand here.
    pub(super) fn count(&self, phrase: &str) -> usize {
        self.places(&Words::new(phrase)).count()
    }

    /// The bytes of the `nth` place where the same words stand as in `phrase`.
    pub(super) fn find_again(&self, phrase: &str, nth: usize) -> Option<Range<usize>> {
        let wanted = Words::new(phrase);
        let at = self.places(&wanted).nth(nth).or_else(|| self.places(&wanted).next())?;
        (!wanted.words.is_empty()).then(|| self.bytes(&(at..at + wanted.words.len())))
    }

    /// The positions at which the wanted words stand.
    fn places(&self, wanted: &Words) -> impl Iterator<Item = usize> {
        let count = wanted.words.len();
        let ends = (self.words.len() + 1).saturating_sub(count);
        (0..ends).filter(move |at| (0..count).all(|n| self.word(at + n) == wanted.word(n)))
    }
}

const DENIALS: [&str; 10] =
    ["no", "not", "never", "nobody", "none", "nothing", "cannot", "without", "neither", "nor"];

/// Those that deny what stands next to them: "no drugs, no needles, guaranteed relief".
const OF_ONE_THING: [&str; 2] = ["no", "without"];

/// Those with which a comparison praises.
const BOASTS: [&str; 3] = ["no", "none", "nothing"];

/// How those speak of themselves who are compared with.
const OURS: [&str; 9] = ["our", "ours", "us", "we", "my", "mine", "me", "this", "these"];

/// Phrases that are looked for together, each with something that is said of it.
pub(super) struct Phrases<T> {
    by_first_word: FxHashMap<&'static str, Vec<(Vec<Step>, T)>>,
}

enum Step {
    /// One of these words.
    Word(Vec<&'static str>),
    /// Up to [`WIDEST_GAP`] words.
    Gap,
}

/// A phrase that was found.
pub(super) struct Match<T> {
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// Whether the sentence has denied it: "nobody can promise a cure".
    pub(super) is_denied: bool,
    /// What is said of the phrase.
    pub(super) said: T,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first_word: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (phrase, said) in phrases {
            let first = phrase.split(' ').next().unwrap_or_default();
            for word in first.split('|') {
                by_first_word.entry(word).or_default().push((steps(phrase), said));
            }
        }
        Self { by_first_word }
    }

    /// All places where one of them stands; of several at one place, the longest.
    pub(super) fn find(&self, words: &Words) -> Vec<Match<T>> {
        let mut found = Vec::new();
        let mut denied: Option<usize> = None;
        let mut at = 0;
        while let Some(word) = words.word(at) {
            let candidates = self.by_first_word.get(word).into_iter().flatten();
            let longest = candidates
                .filter_map(|(steps, said)| Some((end_of(words, at, &steps[1..])?, *said)))
                .max_by_key(|(end, _)| *end);
            if let Some((end, said)) = longest {
                // A list goes on with what was denied: "no massage cures, heals or flushes".
                let goes_on = denied.is_some_and(|end| {
                    at - end <= WIDEST_GAP && !(end..=at).any(|at| words.ends_sentence(at - 1))
                });
                let is_denied = goes_on || words.is_denied(&(at..end));
                denied = is_denied.then_some(end);
                found.push(Match { bytes: words.bytes(&(at..end)), is_denied, said });
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }
}

fn steps(phrase: &'static str) -> Vec<Step> {
    let step = |part: &'static str| match part {
        "…" => Step::Gap,
        words => Step::Word(words.split('|').collect()),
    };
    phrase.split(' ').map(step).collect()
}

/// The position after the last word, if the steps can be taken after the word `at`.
fn end_of(words: &Words, at: usize, steps: &[Step]) -> Option<usize> {
    match steps.split_first() {
        None => Some(at + 1),
        Some((_, _)) if words.ends_sentence(at) => None,
        Some((Step::Word(choices), rest)) => {
            let word = words.word(at + 1)?;
            choices.contains(&word).then(|| end_of(words, at + 1, rest))?
        }
        Some((Step::Gap, rest)) => (at..=at + WIDEST_GAP)
            .take_while(|next| *next == at || !words.ends_sentence(*next - 1))
            .find_map(|next| end_of(words, next, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &'static str, text: &str) -> Vec<(String, bool)> {
        let matches = Phrases::new([(phrase, ())]).find(&Words::new(text));
        matches.into_iter().map(|one| (text[one.bytes].to_owned(), one.is_denied)).collect()
    }

    #[test]
    fn a_phrase_is_made_of_whole_words_in_any_case() {
        assert_eq!(found("cure|cures", "It CURES; secure, cured"), [("CURES".to_owned(), false)]);
        assert_eq!(found("gold standard", "The gold-standard way")[0].0, "gold-standard");
    }

    #[test]
    fn a_gap_stays_within_a_sentence() {
        let phrase = "break|breaks up … scar";
        assert_eq!(found(phrase, "It breaks up the old scar.")[0].0, "breaks up the old scar");
        assert!(found(phrase, "They break up. The scar stays.").is_empty());
    }

    #[test]
    fn a_sentence_may_deny_what_it_says() {
        assert!(found("cure", "We cannot promise a cure")[0].1);
        assert!(found("cure", "It doesn’t cure")[0].1);
        assert!(!found("cure", "It does not matter. A cure")[0].1);
        assert!(!found("cure", "Not only a cure")[0].1);
        assert!(found("cure", "Nothing has been shown to cure better than rest")[0].1);
        assert!(!found("cures", "Nothing cures faster than our massage")[0].1);
        assert!(!found("guaranteed", "No drugs, no needles, guaranteed relief")[0].1);
        assert!(!found("guaranteed", "Relief without side effects, guaranteed")[0].1);
        let list = found("cures|heals", "No massage cures pain, heals it or both");
        assert!(list.iter().all(|(_, is_denied)| *is_denied), "{list:?}");
    }

    #[test]
    fn the_same_words_are_found_again_across_markup_and_lines() {
        let words = Words::new("a *gold*\nstandard, a gold standard");
        assert_eq!(words.find_again("Gold standard", 0), Some(3..17));
        assert_eq!(words.find_again("gold standard", 1), Some(21..34));
        assert_eq!(words.find_again("gold standard", 7), Some(3..17));
        assert_eq!(words.find_again("silver", 0), None);
    }
}
