//! Which words stand in which documents, in pieces of a few kilobytes.
//!
//! A piece is lines of text, its version first. Each other line is a word and the numbers of documents,
//! as steps in base 36: those that are called so, those that are about it, those that say it:
//! `knot|3 1|2|9 4`. Words with the same first three letters stand in the same piece, so that what a
//! reader has typed so far finds all that it may become.

use rustc_hash::FxHashMap;

use super::documents::{Documents, names};
use crate::diagnostic::FieldPath;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Text, Visitor};
use crate::syntax::markdown::Markdown;
use crate::syntax::words::each_word;

/// How many letters of a word decide in which piece it stands.
const LETTERS: usize = 3;

/// So many documents share a piece: their words are a few kilobytes.
const DOCUMENTS: usize = 16;

/// More pieces than this are never needed: each list is cut, and languages run out of words.
const MOST_PIECES: usize = 256;

/// So many documents of each sort are kept for a word: nobody looks at the hundredth.
const MOST: usize = 64;

/// How a word stands in a document; the best one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    /// It is part of a name.
    Named,
    /// It is part of a heading or a summary, or stands in the text again and again.
    About,
    /// It stands in the text.
    Said,
}

/// Where a word stands: the numbers of documents for each way.
type Places = [Vec<u32>; 3];

/// How many pieces there are.
pub(super) fn pieces_for(documents: &Documents) -> usize {
    let wanted = documents.records().count().div_ceil(DOCUMENTS);
    wanted.next_power_of_two().clamp(1, MOST_PIECES)
}

/// The texts of all pieces.
pub(super) fn pieces(base: &KnowledgeBase, documents: &Documents) -> Vec<String> {
    let mut index = Index::new(base);
    for (number, record) in (0..).zip(documents.records()) {
        index.take_in(base, number, record);
    }
    let count = pieces_for(documents);
    let mut pieces = vec![format!("{}\n", documents.version()); count];
    for (word, places) in index.sorted() {
        push_line(&mut pieces[piece_of(word, count)], word, places);
    }
    pieces
}

/// The piece in which a word stands: the FNV-1a hash of its first letters. The script does the same.
fn piece_of(word: &str, pieces: usize) -> usize {
    let hash = word
        .chars()
        .take(LETTERS)
        .fold(0x811c_9dc5_u32, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193));
    hash as usize % pieces
}

fn push_line(piece: &mut String, word: &str, places: &Places) {
    if places.iter().all(Vec::is_empty) {
        return;
    }
    piece.push_str(word);
    for numbers in places {
        piece.push('|');
        let mut last = 0;
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 {
                piece.push(' ');
            }
            push_base_36(piece, number - last);
            last = *number;
        }
    }
    piece.truncate(piece.trim_end_matches('|').len());
    piece.push('\n');
}

fn push_base_36(out: &mut String, number: u32) {
    if number >= 36 {
        push_base_36(out, number / 36);
    }
    out.push(char::from_digit(number % 36, 36).unwrap_or('0'));
}

/// The index in the making. Words of texts have the numbers of the lexicon, others come after them.
struct Index {
    numbers: FxHashMap<Box<str>, usize>,
    words: Vec<Places>,
    /// How each word stands in the document that is taken in.
    stands: Vec<Option<Stands>>,
    /// The words of that document.
    met: Vec<usize>,
}

impl Index {
    fn new(base: &KnowledgeBase) -> Self {
        let lexicon = &base.content.lexicon;
        let numbers = (0..lexicon.len()).map(|number| (lexicon.word(number).into(), number));
        Self {
            numbers: numbers.collect(),
            words: vec![Places::default(); lexicon.len()],
            stands: vec![None; lexicon.len()],
            met: Vec::new(),
        }
    }

    /// All words with their places, by the alphabet.
    fn sorted(&self) -> Vec<(&str, &Places)> {
        let words = self.numbers.iter().map(|(word, number)| (&**word, &self.words[*number]));
        let mut sorted: Vec<(&str, &Places)> = words.collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        sorted
    }

    fn take_in(&mut self, base: &KnowledgeBase, number: u32, record: RecordId) {
        for name in names(base, record) {
            self.meet_text(name, Stands::Named);
        }
        if let Some(summary) = base.summary(record) {
            self.meet_text(summary, Stands::About);
        }
        let entry = base.entry(record);
        entry.data.walk(&mut FieldPath::root(), &mut Fields(self));
        if let Some(body) = &entry.body {
            for (word, is_about) in body.words.iter() {
                self.meet(word, if is_about { Stands::About } else { Stands::Said });
            }
        }
        for word in self.met.drain(..) {
            if let Some(stands) = self.stands[word].take() {
                let list = &mut self.words[word][stands as usize];
                if list.len() < MOST {
                    list.push(number);
                }
            }
        }
    }

    fn meet_text(&mut self, text: &str, stands: Stands) {
        each_word(text, |word| {
            let number = self.numbers.get(word).copied().unwrap_or_else(|| {
                let number = self.words.len();
                self.numbers.insert(word.into(), number);
                self.words.push(Places::default());
                self.stands.push(None);
                number
            });
            self.meet(number, stands);
        });
    }

    fn meet(&mut self, word: usize, stands: Stands) {
        let best = &mut self.stands[word];
        match best {
            Some(best) => *best = stands.min(*best),
            None => {
                *best = Some(stands);
                self.met.push(word);
            }
        }
    }
}

/// Takes in what the fields of a record say.
struct Fields<'a>(&'a mut Index);

impl Visitor<'_> for Fields<'_> {
    fn text(&mut self, _: &FieldPath, text: &Text) {
        self.0.meet_text(text, Stands::Said);
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &Markdown) {
        self.0.meet_text(&markdown.plain_text(), Stands::Said);
    }
}
