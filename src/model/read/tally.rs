//! Counts the words of one text after another.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::syntax::words::Word;

/// All words that were met, each with its number and with what it counts in the text that is being read.
///
/// A table of our own, as a site has millions of words: one look finds all of it. A map from words to numbers
/// beside a list of counts takes a third longer.
#[derive(Debug)]
pub(super) struct Tally {
    /// By hash, or in the next free place; twice as many as there are words, or more.
    slots: Vec<Slot>,
    known: usize,
    /// Where the words of this text stand, so many as are met: there is room for all.
    places: Vec<u32>,
    met: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// [`Word::NONE`] where the slot is free.
    word: Word,
    number: u32,
    weight: u32,
}

/// How many slots there are at first: a power of two, as all later numbers.
const SLOTS: usize = 1 << 10;

impl Tally {
    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::default(); SLOTS], known: 0, places: vec![0; SLOTS], met: 0 }
    }

    /// Counts a word; `number` says its number when it is met for the first time.
    #[inline]
    pub(super) fn meet(&mut self, word: Word, weight: u32, number: impl FnOnce(Word) -> u32) {
        let last = self.slots.len() - 1;
        let mut at = place(word) & last;
        while self.slots[at].word != word {
            if self.slots[at].word == Word::NONE {
                return self.take_in(word, weight, number);
            }
            at = (at + 1) & last;
        }
        let slot = &mut self.slots[at];
        // Whether a text has a word for the first time cannot be foreseen: a branch on that took a fifth of the
        // time of all this.
        self.places[self.met] = at as u32;
        self.met += usize::from(slot.weight == 0);
        slot.weight = slot.weight.saturating_add(weight);
    }

    /// Hands out the numbers of all words of a text with what they count, and forgets that.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let Self { slots, places, met, .. } = self;
        places[..std::mem::take(met)].iter().map(|at| {
            let slot = &mut slots[*at as usize];
            (slot.number, std::mem::take(&mut slot.weight))
        })
    }

    // Not inlined, so that meeting a word that is known needs nothing of what this does.
    #[cold]
    #[inline(never)]
    fn take_in(&mut self, word: Word, weight: u32, number: impl FnOnce(Word) -> u32) {
        let at = self.free_place(word);
        self.slots[at] = Slot { word, number: number(word), weight };
        self.places[self.met] = at as u32;
        self.met += 1;
        self.known += 1;
        if self.known * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        (self.places, self.met) = (vec![0; size], 0);
        for slot in slots.into_iter().filter(|slot| slot.word != Word::NONE) {
            let at = self.free_place(slot.word);
            self.slots[at] = slot;
            self.places[self.met] = at as u32;
            self.met += usize::from(slot.weight > 0);
        }
    }

    /// Where a word is to stand that stands nowhere yet.
    fn free_place(&self, word: Word) -> usize {
        let last = self.slots.len() - 1;
        let mut at = place(word) & last;
        while self.slots[at].word != Word::NONE {
            at = (at + 1) & last;
        }
        at
    }
}

/// Where a word stands, if there is room: the lowest bits say where.
#[inline]
fn place(word: Word) -> usize {
    FxBuildHasher.hash_one(word) as usize
}
