//! One line on the terminal that says how far it is.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::amounts::size;
use super::arguments::Global;
use super::terminal::print_aside;
use crate::page::Making;

/// How often the line changes.
const PAUSE: Duration = Duration::from_millis(100);
/// How wide the bar is.
const WIDTH: usize = 24;

/// The line, if there is a terminal.
pub(super) struct Progress {
    is_shown: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    files: usize,
    bytes: u64,
    last: Option<Instant>,
}

impl Progress {
    pub(super) fn new(global: &Global) -> Self {
        let is_shown = !global.quiet && std::io::stderr().is_terminal();
        Self { is_shown, state: Mutex::default() }
    }

    /// Says how much there is to do.
    pub(super) fn expect(&self, files: usize, bytes: u64) {
        if let Ok(mut state) = self.state.lock() {
            (state.files, state.bytes) = (files, bytes);
        }
    }

    /// Says how much is done.
    pub(super) fn show(&self, files: usize, bytes: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        let all = (state.files, state.bytes);
        self.print(&mut state, files == all.0, || line((files, bytes), all));
    }

    /// Says how many of how many pictures are made.
    pub(super) fn show_made(&self, what: Making, done: usize, all: usize) {
        let Ok(mut state) = self.state.lock() else { return };
        let name = match what {
            Making::Sizes => "pictures in their sizes",
            Making::Cards => "social cards",
        };
        self.print(&mut state, done == all, || {
            format!("[{}] {done} of {all} {name}", bar(done, all))
        });
    }

    /// Shows a line, unless the one before has hardly been seen.
    fn print(&self, state: &mut State, is_last: bool, line: impl FnOnce() -> String) {
        let is_soon = state.last.is_some_and(|last| last.elapsed() < PAUSE);
        if self.is_shown && (is_last || !is_soon) {
            state.last = Some(Instant::now());
            print_aside(&format!("\r{}\x1b[K", line()));
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        let was_shown = self.state.lock().is_ok_and(|mut state| state.last.take().is_some());
        if self.is_shown && was_shown {
            print_aside("\r\x1b[K");
        }
    }
}

fn line(done: (usize, u64), all: (usize, u64)) -> String {
    let bar = bar(done.0, all.0);
    format!("[{bar}] {} of {} files, {} of {}", done.0, all.0, size(done.1), size(all.1))
}

fn bar(done: usize, all: usize) -> String {
    let full = (done * WIDTH).checked_div(all).map_or(WIDTH, |full| full.min(WIDTH));
    (0..WIDTH).map(|at| if at < full { '#' } else { '.' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_full_as_the_work_is_done() {
        assert_eq!(
            line((5, 1500), (10, 3000)),
            "[############............] 5 of 10 files, 1.5 kB of 3.0 kB",
        );
        assert_eq!(line((0, 0), (0, 0)), "[########################] 0 of 0 files, 0 B of 0 B",);
    }
}
