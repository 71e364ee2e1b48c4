//! The words of a text as a search knows them: in lower case, without accents and apostrophes, with
//! `ss` for `ß`, and no longer than 16 bytes.
//!
//! `themes/default/assets/search/find.js` folds what a reader types in the same way.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::text::is_within;

/// So many bytes of a word count: what begins alike for so long is the same to a reader who searches.
const BYTES: usize = 16;

/// Longer words are addresses and the like, which nobody types.
const LONGEST: usize = 32;

/// So many bytes are looked at together: a site has millions of words, and a loop over letters would
/// take twice as long.
const BLOCK: usize = 64;

/// A block, and what may be part of a word that begins in it.
const WINDOW: usize = BLOCK + BYTES;

/// A word: its bytes, the first one lowest, and zeros after them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Word(u128);

impl Word {
    /// What no word is.
    pub const NONE: Self = Self(0);

    /// What words are sorted by, as texts are.
    pub fn rank(self) -> u128 {
        self.0.swap_bytes()
    }

    /// The word as text.
    pub fn text(self) -> String {
        let length = BYTES - self.0.leading_zeros() as usize / 8;
        String::from_utf8_lossy(&self.0.to_le_bytes()[..length]).into_owned()
    }
}

/// Reads the words of a text that comes in pieces: a word may go on in the next one.
#[derive(Debug)]
pub struct WordReader {
    shortest: usize,
    word: u128,
    /// How long the word is so far, with what does not count.
    length: usize,
}

impl WordReader {
    /// A reader that leaves out words with fewer bytes, of which there are two to four, and endless ones.
    pub fn new(shortest: usize) -> Self {
        debug_assert!((2..=4).contains(&shortest), "other words are not told apart");
        Self { shortest, word: 0, length: 0 }
    }

    /// Hands on the words of a piece of `text` in their order. The last one is kept for what comes next.
    pub fn read(&mut self, text: &str, piece: Range<usize>, mut take: impl FnMut(Word)) {
        let (bytes, mut at) = (text.as_bytes(), piece.start);
        while at < piece.end {
            let length = BLOCK.min(piece.end - at);
            at += match bytes[at..].first_chunk::<WINDOW>() {
                Some(window) => self.read_block(window, length, &mut take),
                None => {
                    let mut window = [0; WINDOW];
                    window[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                    self.read_block(&window, length, &mut take)
                }
            };
            if at < piece.end && is_special(bytes[at]) {
                at += self.read_special(&text[at..], &mut take);
            }
        }
    }

    /// Says that no word goes on here.
    pub fn end(&mut self, mut take: impl FnMut(Word)) {
        if (self.shortest..=LONGEST).contains(&self.length) {
            take(Word(self.word));
        }
        (self.word, self.length) = (0, 0);
    }

    /// Reads so much of a block, or up to what is special in it. Says how far it came.
    #[inline]
    fn read_block(
        &mut self,
        window: &[u8; WINDOW],
        length: usize,
        take: &mut impl FnMut(Word),
    ) -> usize {
        let Some(block) = window.first_chunk::<BLOCK>() else { return 0 };
        let length = match block.iter().fold(false, |any, byte| any | is_special(*byte)) {
            true => length.min(bits(block, is_special).trailing_zeros() as usize),
            false => length,
        };
        let mut letters = bits(block, is_letter) & first_bits(length);
        if self.length > 0 {
            let count = letters.trailing_ones() as usize;
            self.append(window, 0, count);
            if count == length {
                return length;
            }
            self.end(&mut *take);
            letters &= !first_bits(count);
        }
        // The word at the end may go on.
        let last = (letters | !first_bits(length)).leading_ones() as usize - (BLOCK - length);
        let whole = letters & first_bits(length - last);
        let mut starts = starts(whole, self.shortest);
        while starts != 0 {
            let start = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            let count = (whole >> start).trailing_ones() as usize;
            if count <= LONGEST {
                take(Word(folded(window, start, count)));
            }
        }
        if length == BLOCK && last < BLOCK {
            // The next block begins with the word that this one cuts.
            return BLOCK - last;
        }
        self.append(window, length - last, last);
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
                    let mut bytes = [0; BYTES];
                    letter.encode_utf8(&mut bytes);
                    self.word |= u128::from_le_bytes(bytes) << (8 * self.length);
                }
                self.length += count;
            }
        } else {
            self.end(take);
        }
        c.len_utf8()
    }

    /// Adds the ASCII letters and digits that stand from `start` on.
    fn append(&mut self, window: &[u8; WINDOW], start: usize, count: usize) {
        if self.length < BYTES {
            self.word |= folded(window, start, count) << (8 * self.length);
        }
        self.length += count;
    }
}

/// The letters that a letter stands for: two for `ß`, of which a long word may have room for one.
fn unfolded(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = if letter == 'ß' { ('s', Some('s')) } else { (letter, None) };
    std::iter::once(first).chain(second)
}

fn is_special(byte: u8) -> bool {
    !byte.is_ascii() | (byte == b'\'')
}

/// The ASCII letters and digits that stand from `start` on, as many as count, in lower case.
#[inline]
fn folded(window: &[u8; WINDOW], start: usize, count: usize) -> u128 {
    let Some(bytes) = window[start..].first_chunk::<BYTES>() else { return 0 };
    // Capitals differ from small letters by one bit, which digits have as well.
    let folded = u128::from_le_bytes(*bytes) | u128::from_le_bytes([0x20; BYTES]);
    folded & FIRST[count.min(BYTES)]
}

/// All bits of so many bytes.
const FIRST: [u128; BYTES + 1] = {
    let mut first = [0; BYTES + 1];
    let mut count = 1;
    while count <= BYTES {
        first[count] = u128::MAX >> (8 * (BYTES - count));
        count += 1;
    }
    first
};

/// The lowest bits, at most all of them.
#[inline]
fn first_bits(count: usize) -> u64 {
    u64::MAX.checked_shr((BLOCK - count) as u32).unwrap_or(0)
}

/// A bit for each letter with which a word begins that is not too short.
#[inline]
fn starts(letters: u64, shortest: usize) -> u64 {
    let firsts = letters & !(letters << 1);
    // A word has two letters where it begins, and two where the shortest one would end.
    let twos = letters & (letters >> 1);
    firsts & twos & (twos >> (shortest - 2))
}

/// Whether a byte is an ASCII letter or digit.
#[inline]
pub(crate) fn is_letter(byte: u8) -> bool {
    is_within(byte, b'0', b'9') | is_within(byte | 0x20, b'a', b'z')
}

/// A bit for each byte of which something is so.
#[inline]
fn bits(block: &[u8; BLOCK], is_so: impl Fn(u8) -> bool) -> u64 {
    let (mut ones, mut bits) = ([0; BLOCK], 0);
    for (one, byte) in ones.iter_mut().zip(block) {
        *one = u8::from(is_so(*byte));
    }
    for (at, eight) in ones.as_chunks::<8>().0.iter().enumerate() {
        // Brings the eight bits together.
        let together = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= together << (8 * at);
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(pieces: &[&str]) -> Vec<String> {
        let (mut reader, mut words) = (WordReader::new(2), Vec::new());
        for piece in pieces {
            // What stands around a piece is none of its words.
            let around = format!("x{piece}y");
            reader.read(&around, 1..around.len() - 1, |word| words.push(word.text()));
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
        let text = "neck aches neckline über ";
        WordReader::new(2).read(text, 0..text.len(), |word| read.push(word));
        read.sort_unstable_by_key(|word| word.rank());
        let sorted: Vec<String> = read.into_iter().map(Word::text).collect();
        assert_eq!(sorted, ["aches", "neck", "neckline", "uber"]);
    }

    #[test]
    fn letters_and_digits_are_told_from_all_else() {
        for byte in 0..=255_u8 {
            assert_eq!(is_letter(byte), byte.is_ascii_alphanumeric(), "{byte}");
        }
    }

    proptest! {
        #[test]
        fn reading_in_blocks_is_reading_by_letters(text in "([a-zA-Z0-9@\\[`{/:' .,éß’пи\u{301}]|[a-z]{1,40}){0,90}") {
            prop_assert_eq!(words(&[&text]), words_by_letter(&text));
        }
    }
}
