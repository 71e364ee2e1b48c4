//! Counts the words of one text after another.
//!
//! A text of a few hundred words says most of them again and again, and a site has millions. This is
//! small enough to stay near the processor, and takes half as long as a map for everything.

use crate::syntax::words::Word;

/// Shorter words say little.
const SHORTEST: usize = 3;

/// Of those that only stand in a text, shorter ones say little: a third of a text is words like "the".
const SHORTEST_SAID: usize = 4;

/// Words, each once and in the order in which they came, and how much each counts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    met: Vec<(Word, u32)>,
    /// One more than the place of a word among those that were met, at its hash or soon after; else 0.
    slots: Vec<u32>,
}

impl Tally {
    /// Counts a word. More than 1 is for those that do not only stand there.
    pub(super) fn meet(&mut self, word: Word, weight: u32) {
        let shortest = if weight > 1 { SHORTEST } else { SHORTEST_SAID };
        if word.length() < shortest {
            return;
        }
        if self.met.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(word);
        match self.slots[slot] as usize {
            0 => {
                self.met.push((word, weight));
                self.slots[slot] = self.met.len() as u32;
            }
            known => {
                let (_, known) = &mut self.met[known - 1];
                *known = known.saturating_add(weight);
            }
        }
    }

    /// Hands out all words with what they count, and forgets them.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (Word, u32)> {
        self.slots.fill(0);
        self.met.drain(..)
    }

    /// Where a word is, or would be.
    fn slot(&self, word: Word) -> usize {
        // There are as many as a power of two, and half of them are free.
        let last = self.slots.len() - 1;
        let mut slot = word.hash() & last;
        loop {
            let known = self.slots[slot] as usize;
            if known == 0 || self.met[known - 1].0 == word {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1 << 11)];
        for (place, (word, _)) in (1..).zip(&self.met) {
            let slot = self.slot(*word);
            self.slots[slot] = place;
        }
    }
}
