//! Counts the words of one text after another.

use rustc_hash::FxHashMap;

use crate::syntax::words::Word;

/// Shorter words say little.
const SHORTEST: usize = 3;

/// Of those that only stand in a text, shorter ones say little: a third of a text is words like "the".
const SHORTEST_SAID: usize = 4;

/// Words, each once, and how much each counts.
#[derive(Debug, Default)]
pub(super) struct Tally(FxHashMap<Word, u32>);

impl Tally {
    /// Counts a word. More than 1 is for those that do not only stand there.
    pub(super) fn meet(&mut self, word: Word, weight: u32) {
        let shortest = if weight > 1 { SHORTEST } else { SHORTEST_SAID };
        if word.length() >= shortest {
            let known = self.0.entry(word).or_default();
            *known = known.saturating_add(weight);
        }
    }

    /// Hands out all words with what they count, in any order, and forgets them.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (Word, u32)> {
        self.0.drain()
    }
}
