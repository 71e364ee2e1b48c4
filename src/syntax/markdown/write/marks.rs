//! Directives, where their hidden lines come up again.

use super::Writer;
use crate::syntax::markdown::directive::Mark;
use crate::syntax::markdown::document::{Oddity, What};

impl Writer<'_> {
    /// Writes the directive that was hidden at this byte, if there is one.
    pub(super) fn take_mark(&mut self, at: usize) -> bool {
        // A directive in a place that markdown passes over is never met; go on to the next.
        while self.marks.get(self.next_mark).is_some_and(|(byte, _)| *byte < at) {
            self.skip_mark();
        }
        let Some((byte, mark)) = self.marks.get(self.next_mark) else { return false };
        if *byte != at {
            return false;
        }
        self.next_mark += 1;
        match mark {
            Mark::Open(directive) => {
                let number = self.document.outline.directives.len() as u32;
                self.document.outline.directives.push(directive.clone());
                self.hole(What::Open(number));
                if directive.is_block {
                    self.open_directives.push(number);
                }
            }
            Mark::Close(_) => {
                if let Some(number) = self.open_directives.pop() {
                    self.hole(What::Close(number));
                }
            }
        }
        true
    }

    pub(super) fn skip_mark(&mut self) {
        if let (_, Mark::Open(directive)) = &self.marks[self.next_mark]
            && !directive.is_block
        {
            self.document.outline.oddities.push(Oddity::StrayClose(directive.span));
        }
        self.next_mark += 1;
    }

    pub(super) fn was_mark(&self, at: usize) -> bool {
        self.next_mark > 0 && self.marks[self.next_mark - 1].0 == at
    }
}
