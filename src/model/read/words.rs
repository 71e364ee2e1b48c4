//! Which words stand in which record and which text, for the search: gathered when a file is read, and
//! small enough to be kept from run to run.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::parts::Bytes;
use super::tally::Tally;
use super::{FileContent, Read};
use crate::diagnostic::FieldPath;
use crate::model::{Data, Text, Visitor};
use crate::syntax::markdown::{Markdown, Prose};
use crate::syntax::words::{Word, WordReader};

/// A word that stands this many times in a text says what the text is about.
const OFTEN: u32 = 4;

/// More often than any word stands in a text.
const NAMED: u32 = 1 << 24;

/// How a word stands in a record or a text, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// It is part of a name.
    Named,
    /// It is part of a heading or a summary, or stands there again and again.
    About,
    /// It stands there.
    Said,
}

impl Stands {
    /// All ways, the best first.
    pub const ALL: [Self; 3] = [Self::Named, Self::About, Self::Said];

    fn of_weight(weight: u32) -> Self {
        match weight {
            NAMED.. => Self::Named,
            OFTEN.. => Self::About,
            _ => Self::Said,
        }
    }
}

/// All words that were met, each with a number. The numbers depend on what was read first, so nothing
/// that is published may; words that have gone from the texts stay until the memo is made anew.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Word>", into = "Vec<Word>")]
pub struct Lexicon {
    words: Vec<Word>,
    numbers: FxHashMap<Word, u32>,
}

impl Lexicon {
    /// All words, each at its number.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The number of a word, which is taken in if it is new.
    fn number(&mut self, word: Word) -> u32 {
        self.numbers.get(&word).copied().unwrap_or_else(|| self.take_in(word))
    }

    fn take_in(&mut self, word: Word) -> u32 {
        let number = u32::try_from(self.words.len()).expect("there are fewer words than bytes");
        self.words.push(word);
        self.numbers.insert(word, number);
        number
    }
}

impl From<Vec<Word>> for Lexicon {
    fn from(words: Vec<Word>) -> Self {
        let numbers = (0..).zip(&words).map(|(number, word)| (*word, number)).collect();
        Self { words, numbers }
    }
}

impl From<Lexicon> for Vec<Word> {
    fn from(lexicon: Lexicon) -> Self {
        lexicon.words
    }
}

/// The words of one record or text, each once: its number and how it stands there, in as few bytes as
/// each pair takes. Those that are met first everywhere have small numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextWords(Arc<[u8]>);

impl TextWords {
    fn new(words: impl Iterator<Item = (u32, Stands)>) -> Self {
        let mut bytes = Vec::new();
        for (number, stands) in words {
            let mut code = number * 3 + stands as u32;
            while code >= 1 << 7 {
                bytes.push((code & 0x7f) as u8 | 1 << 7);
                code >>= 7;
            }
            bytes.push(code as u8);
        }
        Self(bytes.into())
    }

    /// The numbers of the words, and how each stands there.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Stands)> {
        let mut bytes = self.0.iter();
        std::iter::from_fn(move || {
            let (mut code, mut shift) = (0, 0);
            loop {
                let byte = *bytes.next()?;
                code |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 1 << 7 || shift > 28 {
                    return Some((code / 3, Stands::ALL[(code % 3) as usize]));
                }
            }
        })
    }
}

impl Default for TextWords {
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

impl Serialize for TextWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Bytes(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TextWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Bytes::deserialize(deserializer).map(|bytes| Self(bytes.0.into()))
    }
}

/// Gathers the words of many files, with numbers of its own: threads do not wait for each other.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    lexicon: Lexicon,
    met: Met,
}

/// The words of what is being read.
#[derive(Debug, Default)]
struct Met {
    reader: WordReader,
    words: Tally,
}

impl Gathering {
    /// Gathers the words of all that was read of a file.
    pub(super) fn take_in(&mut self, file: &mut FileContent) {
        for record in &mut file.records {
            self.met.read_record(&record.data);
            record.words = self.end();
        }
        if let (Some((_, outline, _)), Some(prose)) = (&file.outline, &file.prose) {
            outline.headings.iter().for_each(|heading| self.met.read(&heading.text, OFTEN));
            self.met.read_prose(prose);
            file.words = self.end();
        }
    }

    /// What was met since the last end.
    fn end(&mut self) -> TextWords {
        let Self { lexicon, met } = self;
        let stands = |(word, weight)| (lexicon.number(word), Stands::of_weight(weight));
        TextWords::new(met.words.drain().map(stands))
    }
}

impl Met {
    fn read_record(&mut self, data: &Data) {
        data.names().for_each(|name| self.read(name, NAMED));
        data.summary().into_iter().for_each(|summary| self.read(summary, OFTEN));
        data.walk(&mut FieldPath::root(), self);
    }

    fn read_prose(&mut self, prose: &Prose) {
        let Self { reader, words } = self;
        let mut meet = |word: Word| words.meet(word, 1);
        let mut last = 0;
        for (block, text) in prose.pieces() {
            if last != block {
                reader.end(&mut meet);
            }
            last = block;
            reader.read(&text, &mut meet);
        }
        reader.end(meet);
    }

    fn read(&mut self, text: &str, weight: u32) {
        let Self { reader, words } = self;
        let mut meet = |word: Word| words.meet(word, weight);
        reader.read(text, &mut meet);
        reader.end(meet);
    }
}

/// Takes in what the fields of a record say.
impl Visitor<'_> for Met {
    fn text(&mut self, _: &FieldPath, text: &Text) {
        self.read(text, 1);
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &Markdown) {
        self.read_prose(&markdown.prose);
    }
}

/// Gives the words of files that were gathered together the numbers of the lexicon.
pub(super) fn number(files: &mut [Read], gathering: Gathering, lexicon: &mut Arc<Lexicon>) {
    let number = |word: Word| {
        let known = lexicon.numbers.get(&word).copied();
        known.unwrap_or_else(|| Arc::make_mut(lexicon).take_in(word))
    };
    let numbers: Vec<u32> = gathering.lexicon.words.into_iter().map(number).collect();
    if (0..).zip(&numbers).all(|(own, number)| own == *number) {
        return;
    }
    let renumber = |words: &mut TextWords| {
        let all = words.iter().map(|(own, stands)| (numbers[own as usize], stands));
        *words = TextWords::new(all);
    };
    files.par_iter_mut().for_each(|(_, (_, file))| {
        file.records.iter_mut().for_each(|record| renumber(&mut record.words));
        renumber(&mut file.words);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Fingerprint;
    use crate::syntax::markdown::parse;

    fn gathered(gathering: &mut Gathering, text: &str) -> TextWords {
        let document = parse(text);
        let mut file = FileContent {
            outline: Some((0, Arc::new(document.outline), Fingerprint::default())),
            prose: Some(Arc::new(document.prose)),
            ..FileContent::default()
        };
        gathering.take_in(&mut file);
        file.words
    }

    fn shown(lexicon: &Lexicon, text: &TextWords) -> Vec<String> {
        let shown = text.iter().map(|(number, stands)| {
            let word = lexicon.words[number as usize].text();
            format!("{word}{}", if stands == Stands::About { "!" } else { "" })
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn words_of_headings_and_words_said_often_are_marked() {
        let mut gathering = Gathering::default();
        let first = gathered(&mut gathering, "## Neck\n\nache ache Ache ache stop & go\n");
        assert_eq!(shown(&gathering.lexicon, &first), ["ache!", "neck!", "stop"]);
        let second = gathered(&mut gathering, "An *ach*es in\n\nthe neck.\n");
        assert_eq!(shown(&gathering.lexicon, &second), ["aches", "neck"]);
    }

    #[test]
    fn a_text_may_have_any_number_of_words() {
        let many: Vec<String> = (1000..5000).map(|number| format!("word{number}")).collect();
        let mut gathering = Gathering::default();
        for _ in 0..2 {
            let words = gathered(&mut gathering, &format!("{0} {0}", many.join(" ")));
            assert_eq!(shown(&gathering.lexicon, &words), many);
        }
    }

    #[test]
    fn a_lexicon_that_was_kept_goes_on_where_it_was() {
        let mut lexicon = Lexicon::default();
        let word = |text: &str| {
            let mut word = None;
            WordReader::default().read(&format!("{text} "), |read| word = Some(read));
            word.expect("it is one")
        };
        let (one, two) = (lexicon.number(word("one")), lexicon.number(word("two")));
        let bytes = postcard::to_stdvec(&lexicon).expect("it serialises");
        let mut kept: Lexicon = postcard::from_bytes(&bytes).expect("it is read");
        assert_eq!(
            [kept.number(word("two")), kept.number(word("six")), kept.number(word("one"))],
            [two, 2, one]
        );
    }

    #[test]
    fn the_words_of_a_text_are_kept_as_they_are() {
        let pairs = [
            (0, Stands::Said),
            (41, Stands::Named),
            (42, Stands::About),
            (u32::MAX / 3 - 1, Stands::Said),
        ];
        let words = TextWords::new(pairs.into_iter());
        let bytes = postcard::to_stdvec(&words).expect("it serialises");
        let kept: TextWords = postcard::from_bytes(&bytes).expect("it is read");
        assert_eq!(kept.iter().collect::<Vec<_>>(), pairs);
    }
}
