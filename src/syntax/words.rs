//! The words of a text as a search knows them: in lower case, without accents and apostrophes, with
//! `ss` for `ß`, and no longer than 16 bytes.
//!
//! `themes/default/assets/search/find.js` folds what a reader types in the same way.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// So many bytes of a word count: what begins alike for so long is the same to a reader who searches.
const BYTES: usize = 16;

/// Longer words are addresses and the like, which nobody types.
const LONGEST: usize = 32;

/// So many bytes are looked at together: a site has millions of words, and a loop over letters would
/// take twice as long.
const BLOCK: usize = 64;

/// A word: its bytes, the first one lowest, and zeros after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Word(u128);

impl Word {
    /// How many bytes it has.
    #[inline]
    pub fn length(self) -> usize {
        BYTES - self.0.leading_zeros() as usize / 8
    }

    /// What words are sorted by, as texts are.
    pub fn rank(self) -> u128 {
        self.0.swap_bytes()
    }

    /// The word as text.
    pub fn text(self) -> String {
        String::from_utf8_lossy(&self.0.to_le_bytes()[..self.length()]).into_owned()
    }
}

/// Reads the words of a text that comes in pieces: a word may go on in the next one.
#[derive(Debug, Default)]
pub struct WordReader {
    word: u128,
    /// How long the word is so far, with what does not count.
    length: usize,
}

impl WordReader {
    /// Hands on the words of a piece in their order; those of a single byte and endless ones are left
    /// out. The last one is kept for what comes next.
    pub fn read(&mut self, text: &str, mut take: impl FnMut(Word)) {
        let mut at = 0;
        while at < text.len() {
            at += self.read_block(&text.as_bytes()[at..], &mut take);
            if text.as_bytes().get(at).is_some_and(|next| is_special(*next)) {
                at += self.read_special(&text[at..], &mut take);
            }
        }
    }

    /// Says that no word goes on here.
    pub fn end(&mut self, mut take: impl FnMut(Word)) {
        if self.length > 1 && self.length <= LONGEST {
            take(Word(self.word));
        }
        *self = Self::default();
    }

    /// Reads a block, or up to what is special in it. Says how far it came.
    fn read_block(&mut self, text: &[u8], take: &mut impl FnMut(Word)) -> usize {
        let length = text.len().min(BLOCK);
        let mut ends = match text.first_chunk::<BLOCK>() {
            Some(block) => ends(block),
            None => {
                let mut block = [0; BLOCK];
                block[..length].copy_from_slice(text);
                ends(&block) & !(u64::MAX << length)
            }
        };
        let mut start = 0;
        while ends != 0 {
            let end = ends.trailing_zeros() as usize;
            ends &= ends - 1;
            self.append(&text[start..], end - start);
            if is_special(text[end]) {
                return end;
            }
            self.end(&mut *take);
            start = end + 1;
        }
        if start > 0 && length == BLOCK {
            // The next block begins with the word that this one cuts.
            return start;
        }
        self.append(&text[start..], length - start);
        length
    }

    /// Reads an apostrophe or a character that is not ASCII, and says how long it is.
    #[cold]
    fn read_special(&mut self, text: &str, take: &mut impl FnMut(Word)) -> usize {
        let Some(c) = text.chars().next() else { return 0 };
        if matches!(c, '\'' | '\u{2019}') || is_combining_mark(c) {
            // Part of the word, and not heard.
        } else if c.is_alphanumeric() {
            let plain = c.nfd().filter(|part| !is_combining_mark(*part));
            for letter in plain.flat_map(char::to_lowercase).flat_map(unfolded) {
                let count = letter.len_utf8();
                // A letter is not cut in two, and nothing has room after one that is left out.
                if self.length + count <= BYTES {
                    self.append_folded(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                self.length += count;
            }
        } else {
            self.end(take);
        }
        c.len_utf8()
    }

    /// Adds the ASCII letters and digits with which `text` begins.
    #[inline]
    fn append(&mut self, text: &[u8], count: usize) {
        // Four of five words are read in one step.
        if let Some(eight) = text.first_chunk::<8>()
            && self.length == 0
            && (1..=8).contains(&count)
        {
            // Capitals differ from small letters by one bit, which digits have as well.
            let folded = u64::from_le_bytes(*eight) | each(0x20);
            let rest = 64 - 8 * count;
            self.word = u128::from(folded << rest >> rest);
        } else {
            self.append_folded(&text[..count]);
        }
        self.length += count;
    }

    fn append_folded(&mut self, text: &[u8]) {
        let room = BYTES.saturating_sub(self.length);
        for (at, byte) in text.iter().enumerate().take(room) {
            self.word |= u128::from(byte.to_ascii_lowercase()) << (8 * (self.length + at));
        }
    }
}

/// The letters that a letter stands for: two for `ß`, of which a long word may have room for one.
fn unfolded(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = if letter == 'ß' { ('s', Some('s')) } else { (letter, None) };
    std::iter::once(first).chain(second)
}

fn is_special(byte: u8) -> bool {
    !byte.is_ascii() || byte == b'\''
}

/// A bit for each byte that is no ASCII letter or digit.
#[inline]
fn ends(block: &[u8; BLOCK]) -> u64 {
    let mut bits = 0;
    for (at, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let others = others(u64::from_le_bytes(*eight));
        // Brings the eight bits together.
        bits |= ((others >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
    }
    bits
}

/// The highest bit of each of eight bytes that is no ASCII letter or digit.
fn others(bytes: u64) -> u64 {
    let high = each(0x80);
    let low = bytes & !high;
    // Bytes below 128 reach the highest bit with what is missing from there, and never the next byte.
    let is_from = |bytes: u64, first: u8| bytes + each(0x80 - first);
    let folded = low | each(0x20);
    let letters = is_from(folded, b'a') & !is_from(folded, b'z' + 1);
    let digits = is_from(low, b'0') & !is_from(low, b'9' + 1);
    (!(letters | digits) | bytes) & high
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(pieces: &[&str]) -> Vec<String> {
        let (mut reader, mut words) = (WordReader::default(), Vec::new());
        for piece in pieces {
            reader.read(piece, |word| words.push(word.text()));
        }
        reader.end(|word| words.push(word.text()));
        words
    }

    /// The same, letter by letter.
    fn words_by_letter(text: &str) -> Vec<String> {
        let plain = text.replace(['\'', '\u{2019}'], "");
        let plain: String = plain.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let words = plain.split(|c: char| !c.is_alphanumeric());
        let words = words.map(|word| word.to_lowercase().replace('ß', "ss"));
        let words = words.filter(|word| (2..=LONGEST).contains(&word.len()));
        words.map(|word| word[..word.floor_char_boundary(BYTES)].to_owned()).collect()
    }

    #[test]
    fn a_word_is_plain_and_whole_whatever_its_spelling() {
        assert_eq!(words(&["The body’s C5-C6, don't!"]), ["the", "bodys", "c5", "c6", "dont"]);
        assert_eq!(words(&["Übertragung E\u{301}tude ÉTUDE"]), ["ubertragung", "etude", "etude"]);
        assert_eq!(words(&["Fuß GESÄẞ"]), ["fuss", "gesass"]);
        assert_eq!(words(&["Oberschenkelfuß"]), ["oberschenkelfuss"]);
        assert_eq!(words(&["aaaaaaaaaaaaaaaß"]), ["aaaaaaaaaaaaaaas"]);
        assert_eq!(words(&["a ß Sternocleidomastoid"]), ["ss", "sternocleidomast"]);
    }

    #[test]
    fn a_word_goes_on_from_piece_to_piece() {
        assert_eq!(words(&["two W", "ord", "s"]), ["two", "words"]);
    }

    #[test]
    fn endless_words_and_single_letters_are_no_words() {
        let endless = "x".repeat(LONGEST + 1);
        assert!(words(&[&format!("a {endless} — 1")]).is_empty());
        // A letter that is left out counts once.
        let longest = format!("п{}п{}", "a".repeat(13), "a".repeat(LONGEST - 17));
        assert_eq!(words(&[&longest]), ["пaaaaaaaaaaaaa"]);
    }

    #[test]
    fn words_are_ranked_as_texts_are_sorted() {
        let mut read = Vec::new();
        WordReader::default().read("neck aches neckline über ", |word| read.push(word));
        read.sort_unstable_by_key(|word| word.rank());
        let sorted: Vec<String> = read.into_iter().map(Word::text).collect();
        assert_eq!(sorted, ["aches", "neck", "neckline", "uber"]);
    }

    proptest! {
        #[test]
        fn reading_in_blocks_is_reading_by_letters(text in "([a-zA-Z0-9@\\[`{/:' .,éß’пи\u{301}]|[a-z]{1,40}){0,90}") {
            prop_assert_eq!(words(&[&text]), words_by_letter(&text));
        }
    }
}
