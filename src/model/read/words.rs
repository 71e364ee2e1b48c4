//! Which words stand in which record and which text, for the search: gathered when a file is read, and
//! small enough to be kept from run to run.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::FileContent;
use super::parts::Bytes;
use super::tally::Tally;
use crate::diagnostic::FieldPath;
use crate::model::{Data, Text, Visitor};
use crate::syntax::markdown::{Markdown, Prose};
use crate::syntax::words::{Word, WordReader};

/// Shorter words say little.
const SHORTEST: usize = 3;

/// Of those that only stand in a text, shorter ones say little: a third of a text is words like "the".
const SHORTEST_SAID: usize = 4;

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
    /// Writes them to `bytes` first, which is empty before and after.
    fn new(words: impl Iterator<Item = (u32, Stands)>, bytes: &mut Vec<u8>) -> Self {
        for (number, stands) in words {
            let mut code = number * 3 + stands as u32;
            while code >= 1 << 7 {
                bytes.push((code & 0x7f) as u8 | 1 << 7);
                code >>= 7;
            }
            bytes.push(code as u8);
        }
        let words = Self(bytes.as_slice().into());
        bytes.clear();
        words
    }

    /// Takes one number for each word: three times its own, and the place of how it stands there among
    /// [`Stands::ALL`].
    pub fn each_code(&self, mut take: impl FnMut(u32)) {
        let (mut code, mut shift) = (0, 0);
        for byte in self.0.iter() {
            code |= u32::from(byte & 0x7f) << shift;
            if *byte < 1 << 7 || shift > 21 {
                take(code);
                (code, shift) = (0, 0);
            } else {
                shift += 7;
            }
        }
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

/// The lexicon while many files are read side by side.
#[derive(Debug)]
pub(super) struct GrowingLexicon {
    known: Arc<Lexicon>,
    new: Mutex<Lexicon>,
}

impl GrowingLexicon {
    pub(super) fn new(known: &Arc<Lexicon>) -> Self {
        Self { known: Arc::clone(known), new: Mutex::default() }
    }

    fn number(&self, word: Word) -> u32 {
        self.known.numbers.get(&word).copied().unwrap_or_else(|| {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            self.known.words.len() as u32 + new.number(word)
        })
    }

    /// Adds what is new to what was known.
    pub(super) fn end(self, lexicon: &mut Arc<Lexicon>) {
        drop(self.known);
        for word in self.new.into_inner().unwrap_or_else(PoisonError::into_inner).words {
            Arc::make_mut(lexicon).take_in(word);
        }
    }
}

/// Gathers the words of many files, one after another.
#[derive(Debug)]
pub(super) struct Gathering<'a> {
    lexicon: &'a GrowingLexicon,
    /// It knows the numbers of all words that were met: threads hardly wait for each other.
    words: Tally,
    bytes: Vec<u8>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(lexicon: &'a GrowingLexicon) -> Self {
        Self { lexicon, words: Tally::new(), bytes: Vec::new() }
    }

    /// Gathers the words of all that was read of a file.
    pub(super) fn take_in(&mut self, file: &mut FileContent) {
        for record in &mut file.records {
            self.read_record(&record.data);
            record.words = self.end();
        }
        if let (Some((_, outline, _)), Some(prose)) = (&file.outline, &file.prose) {
            outline.headings.iter().for_each(|heading| self.read(&heading.text, OFTEN));
            self.read_prose(prose);
            file.words = self.end();
        }
    }

    /// What was met since the last end.
    fn end(&mut self) -> TextWords {
        let words = self.words.drain();
        let words = words.map(|(number, weight)| (number, Stands::of_weight(weight)));
        TextWords::new(words, &mut self.bytes)
    }

    fn read_record(&mut self, data: &Data) {
        data.names().for_each(|name| self.read(name, NAMED));
        data.summary().into_iter().for_each(|summary| self.read(summary, OFTEN));
        data.walk(&mut FieldPath::root(), self);
    }

    fn read_prose(&mut self, prose: &Prose) {
        let mut reader = WordReader::new(SHORTEST_SAID);
        let mut last = 0;
        for (run, said) in prose.said() {
            if last != run.block {
                reader.end(|word| self.meet(word, 1));
            }
            last = run.block;
            let meet = |word: Word| self.meet(word, 1);
            match said {
                Cow::Borrowed(_) => reader.read(&prose.html, run.range(), meet),
                Cow::Owned(text) => reader.read(&text, 0..text.len(), meet),
            }
        }
        reader.end(|word| self.meet(word, 1));
    }

    fn read(&mut self, text: &str, weight: u32) {
        let mut reader = WordReader::new(if weight > 1 { SHORTEST } else { SHORTEST_SAID });
        reader.read(text, 0..text.len(), |word| self.meet(word, weight));
        reader.end(|word| self.meet(word, weight));
    }

    #[inline]
    fn meet(&mut self, word: Word, weight: u32) {
        self.words.meet(word, weight, |word| self.lexicon.number(word));
    }
}

/// Takes in what the fields of a record say.
impl Visitor<'_> for Gathering<'_> {
    fn text(&mut self, _: &FieldPath, text: &Text) {
        self.read(text, 1);
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &Markdown) {
        self.read_prose(&markdown.prose);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Fingerprint;
    use crate::syntax::markdown::parse;

    fn gathered(gathering: &mut Gathering<'_>, text: &str) -> TextWords {
        let document = parse(text);
        let mut file = FileContent {
            outline: Some((0, Arc::new(document.outline), Fingerprint::default())),
            prose: Some(Arc::new(document.prose)),
            ..FileContent::default()
        };
        gathering.take_in(&mut file);
        file.words
    }

    fn pairs(words: &TextWords) -> Vec<(u32, Stands)> {
        let mut pairs = Vec::new();
        words.each_code(|code| pairs.push((code / 3, Stands::ALL[(code % 3) as usize])));
        pairs
    }

    fn shown(lexicon: &GrowingLexicon, text: &TextWords) -> Vec<String> {
        let lexicon = lexicon.new.lock().expect("nothing went wrong");
        let shown = pairs(text).into_iter().map(|(number, stands)| {
            let word = lexicon.words[number as usize].text();
            format!("{word}{}", if stands == Stands::About { "!" } else { "" })
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn words_of_headings_and_words_said_often_are_marked() {
        let lexicon = GrowingLexicon::new(&Arc::default());
        let mut gathering = Gathering::new(&lexicon);
        let first = gathered(&mut gathering, "## Neck\n\nache ache Ache ache stop & go\n");
        assert_eq!(shown(&lexicon, &first), ["ache!", "neck!", "stop"]);
        let second = gathered(&mut gathering, "An *ach*es in\n\nthe neck.\n");
        assert_eq!(shown(&lexicon, &second), ["aches", "neck"]);
    }

    #[test]
    fn a_text_may_have_any_number_of_words() {
        let many: Vec<String> = (1000..5000).map(|number| format!("word{number}")).collect();
        let lexicon = GrowingLexicon::new(&Arc::default());
        let mut gathering = Gathering::new(&lexicon);
        for _ in 0..2 {
            let words = gathered(&mut gathering, &format!("{0} {0}", many.join(" ")));
            assert_eq!(shown(&lexicon, &words), many);
        }
    }

    #[test]
    fn a_lexicon_that_was_kept_goes_on_where_it_was() {
        let mut lexicon = Lexicon::default();
        let word = |text: &str| {
            let mut word = None;
            WordReader::new(2)
                .read(&format!("{text} "), 0..text.len() + 1, |read| word = Some(read));
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
        let known = [
            (0, Stands::Said),
            (41, Stands::Named),
            (42, Stands::About),
            (u32::MAX / 3 - 1, Stands::Said),
        ];
        let words = TextWords::new(known.into_iter(), &mut Vec::new());
        let bytes = postcard::to_stdvec(&words).expect("it serialises");
        let kept: TextWords = postcard::from_bytes(&bytes).expect("it is read");
        assert_eq!(pairs(&kept), known);
    }
}
