//! Which words stand in which documents, in pieces of a few kilobytes.
//!
//! A piece is lines of text, its version first. Each other line is a word and the numbers of documents,
//! as steps in base 36: those that are called so, those that are about it, those that say it:
//! `knot|3 1|2|9 4`. Words with the same first three letters stand in the same piece, so that what a
//! reader has typed so far finds all that it may become.

use super::documents::Documents;
use crate::graph::KnowledgeBase;
use crate::model::{Data, Stands};
use crate::syntax::words::Word;

/// How many letters of a word decide in which piece it stands.
const LETTERS: usize = 3;

/// So many documents share a piece: their words are a few kilobytes.
const DOCUMENTS: usize = 16;

/// More pieces than this are never needed: each list is cut, and languages run out of words.
const MOST_PIECES: usize = 256;

/// So many documents of each sort are kept for a word: nobody looks at the hundredth.
const MOST: usize = 64;

/// Where a word stands: the numbers of documents for each way, the best first (`Stands`).
type Places = [Vec<u32>; 3];

/// How many pieces there are.
pub(super) fn pieces_for(documents: &Documents) -> usize {
    let wanted = documents.records().count().div_ceil(DOCUMENTS);
    wanted.next_power_of_two().clamp(1, MOST_PIECES)
}

/// The texts of all pieces.
pub(super) fn pieces(base: &KnowledgeBase, documents: &Documents) -> Vec<String> {
    let words = base.content.lexicon.words();
    let places = places(base, documents);
    let mut used: Vec<(Word, &Places)> = words.iter().copied().zip(&places).collect();
    // The lexicon keeps words that no document has any more.
    used.retain(|(_, places)| places.iter().any(|list| !list.is_empty()));
    used.sort_unstable_by_key(|(word, _)| word.rank());
    let count = pieces_for(documents);
    let mut pieces = vec![format!("{}\n", documents.version(base)); count];
    for (word, places) in used {
        let word = word.text();
        push_line(&mut pieces[piece_of(&word, count)], &word, places);
    }
    pieces
}

/// Where each word of the lexicon stands.
fn places(base: &KnowledgeBase, documents: &Documents) -> Vec<Places> {
    let mut words = vec![Places::default(); base.content.lexicon.words().len()];
    let lists = words.as_flattened_mut();
    // Most words are said often, and by then all that is asked of them lies close together.
    let mut counts = vec![0_u8; lists.len()];
    for (document, record) in (0..).zip(documents.records()) {
        let entry = base.entry(record);
        let mut stands = |code: u32| {
            let code = code as usize;
            let is_known = || {
                let better_ways = code - code % Stands::ALL.len()..=code;
                lists[better_ways].iter().any(|list| list.last() == Some(&document))
            };
            if usize::from(counts[code]) < MOST && !is_known() {
                lists[code].push(document);
                counts[code] += 1;
            }
        };
        entry.words.each_code(&mut stands);
        entry.body.iter().for_each(|body| body.words.each_code(&mut stands));
    }
    add_warning_signs(base, documents, &mut words);
    words
}

/// A reader who types a warning sign finds the places and symptoms whose pages show it, where there is
/// room beside the pages that say the words themselves.
fn add_warning_signs(base: &KnowledgeBase, documents: &Documents, words: &mut [Places]) {
    const SAID: usize = Stands::Said as usize;
    for (document, record) in (0..).zip(documents.records()) {
        let sets = match &*base.entry(record).data {
            Data::Region(_) => base.flag_sets([record]),
            Data::Symptom(symptom) => base.symptom_flag_sets(symptom),
            _ => continue,
        };
        let mut is_sign = |code: u32| {
            let places = &mut words[code as usize / Stands::ALL.len()];
            let is_known = places.iter().any(|list| list.contains(&document));
            if !is_known && places[SAID].len() < MOST {
                places[SAID].push(document);
            }
        };
        sets.iter().for_each(|set| base.entry(*set).words.each_code(&mut is_sign));
    }
    words.iter_mut().for_each(|places| places[SAID].sort_unstable());
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
