//! Cuts the lines that a snippet shows out of a file, made safe, with the ranges moved along.

use std::ops::Range;

use super::{Located, push_visible};

/// How many bytes of a line are shown before and after a range. Terminals are not wider.
const AROUND: usize = 160;
/// How many bytes of a range are shown; what is longer is cut.
const LONGEST: usize = 2_000;

/// The lines of a file that a snippet shows.
pub(super) struct Window {
    /// Their text.
    pub(super) text: String,
    /// The number of the first line, from 1.
    pub(super) line: usize,
    /// The ranges that were asked for, in that text.
    pub(super) ranges: Vec<Range<usize>>,
    /// Whether a line was too long, so that its columns are not those of the file.
    pub(super) is_cut: bool,
}

/// Cuts out the lines with the ranges of `places`, all of them in the same file.
pub(super) fn window(places: &[&Located]) -> Option<Window> {
    let lines = places.first()?.text.as_ref()?;
    let text = lines.text();
    let mut ranges: Vec<Range<usize>> = places.iter().map(|place| place.bytes()).collect();
    for range in &mut ranges {
        range.end = range.end.min(text.floor_char_boundary(range.start + LONGEST));
    }
    let mut bounds: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    bounds.sort_unstable();
    let first = lines.locate(*bounds.first()?).line;
    let last = lines.locate(*bounds.last()?).line;
    let mut shown = Shown { text: String::new(), bounds, moved: Vec::new(), is_cut: false };
    for line in first..=last {
        let range = lines.range(line);
        shown.push_line(&text[range.clone()], range.start);
    }
    let ranges = ranges.iter().map(|range| shown.moved(range)).collect();
    Some(Window { text: shown.text, line: first, ranges, is_cut: shown.is_cut })
}

/// Text made safe, line by line.
struct Shown {
    text: String,
    /// The bytes of the file whose new places are wanted, sorted.
    bounds: Vec<usize>,
    /// The new place of each of them, as far as the text goes.
    moved: Vec<usize>,
    is_cut: bool,
}

impl Shown {
    /// Adds a line that starts at byte `at` of its file; a long one only around the bounds.
    fn push_line(&mut self, line: &str, at: usize) {
        let content = line.trim_end_matches(['\n', '\r']);
        let kept = self.kept(content, at);
        if kept.start > 0 {
            self.is_cut = true;
            self.text.push('…');
        }
        for (offset, c) in content[kept.clone()].char_indices() {
            self.reach(at + kept.start + offset);
            match c {
                // The printer of snippets sees to tabs.
                '\t' => self.text.push(c),
                '\u{feff}' if at + offset == 0 => {}
                c => push_visible(&mut self.text, c),
            }
        }
        self.reach(at + content.len());
        if kept.end < content.len() {
            self.text.push('…');
        }
        if content.len() < line.len() {
            self.reach(at + line.len() - 1);
            self.text.push('\n');
        }
        self.reach(at + line.len());
    }

    /// Notes where all bounds up to a byte of the file went.
    fn reach(&mut self, byte: usize) {
        while self.bounds.get(self.moved.len()).is_some_and(|bound| *bound <= byte) {
            self.moved.push(self.text.len());
        }
    }

    /// The part of a line that is shown.
    fn kept(&self, content: &str, at: usize) -> Range<usize> {
        if content.len() <= 4 * AROUND {
            return 0..content.len();
        }
        let inside = |bound: &&usize| (at..=at + content.len()).contains(*bound);
        let first = self.bounds.iter().find(inside).map_or(0, |bound| bound - at);
        let last = self.bounds.iter().rfind(inside).map_or(0, |bound| bound - at);
        let start = content.floor_char_boundary(first.saturating_sub(AROUND));
        start..content.floor_char_boundary(last + AROUND)
    }

    fn moved(&self, range: &Range<usize>) -> Range<usize> {
        let new = |byte: usize| {
            let position = self.bounds.partition_point(|bound| *bound < byte);
            self.moved.get(position).copied().unwrap_or(self.text.len())
        };
        new(range.start)..new(range.end)
    }
}
