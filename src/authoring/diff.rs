//! Changes as a unified diff in git's form, which `git apply` and `patch -p1` take.

use std::fmt::Write as _;
use std::ops::Range;

use super::change::{Change, Edit};

/// How many lines are shown around what changes.
const CONTEXT: usize = 3;

/// All changes as one diff.
pub fn unified(changes: &[Change]) -> String {
    changes.iter().map(of_file).collect()
}

fn of_file(change: &Change) -> String {
    let mut diff = String::new();
    let (from, to) = (&change.from, &change.to);
    let _ = writeln!(diff, "diff --git a/{from} b/{to}");
    if change.is_moved() {
        let alike = similarity(change);
        let _ = writeln!(diff, "similarity index {alike}%\nrename from {from}\nrename to {to}");
    }
    // A picture that moves has no lines.
    let Ok(text) = std::str::from_utf8(&change.before) else { return diff };
    let hunks = hunks(text, &change.edits);
    if !hunks.is_empty() {
        let _ = writeln!(diff, "--- a/{from}\n+++ b/{to}");
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut shift = 0_isize;
    for hunk in hunks {
        shift = hunk.write(&mut diff, text, &lines, shift);
    }
    diff
}

/// How many of a hundred bytes stay.
fn similarity(change: &Change) -> usize {
    let lost: usize = change.edits.iter().map(|edit| edit.range.len().max(edit.text.len())).sum();
    let all = change.before.len().max(1);
    100 * all.saturating_sub(lost) / all
}

/// Lines that change together: those of the old text, with the edits in them.
struct Block<'a> {
    lines: Range<usize>,
    edits: Vec<&'a Edit>,
}

/// Blocks that are shown together.
struct Hunk<'a> {
    lines: Range<usize>,
    blocks: Vec<Block<'a>>,
}

fn hunks<'a>(text: &str, edits: &'a [Edit]) -> Vec<Hunk<'a>> {
    let starts = line_starts(text);
    let count = starts.len();
    let mut hunks: Vec<Hunk<'a>> = Vec::new();
    for block in blocks(text, &starts, edits) {
        let shown =
            block.lines.start.saturating_sub(CONTEXT)..(block.lines.end + CONTEXT).min(count);
        match hunks.last_mut() {
            Some(last) if last.lines.end >= shown.start => {
                last.lines.end = shown.end;
                last.blocks.push(block);
            }
            _ => hunks.push(Hunk { lines: shown, blocks: vec![block] }),
        }
    }
    hunks
}

/// The lines that each edit touches; edits in the same line are one block.
fn blocks<'a>(text: &str, starts: &[usize], edits: &'a [Edit]) -> Vec<Block<'a>> {
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for edit in edits {
        let Range { start, end } = edit.range;
        let is_whole_lines = edit.range.is_empty()
            && edit.text.ends_with('\n')
            && (starts.contains(&start) || (start == text.len() && text.ends_with('\n')));
        // New lines between two others touch neither of them.
        let lines = if is_whole_lines {
            let at = starts.partition_point(|line| *line < start);
            at..at
        } else {
            let last = if end > start { end - 1 } else { start.min(text.len().saturating_sub(1)) };
            line_of(start.min(text.len().saturating_sub(1)))..line_of(last) + 1
        };
        match blocks.last_mut() {
            Some(last) if lines.start < last.lines.end => {
                last.lines.end = last.lines.end.max(lines.end);
                last.edits.push(edit);
            }
            _ => blocks.push(Block { lines, edits: vec![edit] }),
        }
    }
    blocks
}

fn line_starts(text: &str) -> Vec<usize> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()
        })
        .collect()
}

impl Hunk<'_> {
    /// Writes the hunk; `shift` is by how many lines the new text is ahead, before and after it.
    fn write(&self, diff: &mut String, text: &str, lines: &[&str], shift: isize) -> isize {
        let mut body = String::new();
        let mut added = 0_isize;
        let mut at = self.lines.start;
        for block in &self.blocks {
            push(&mut body, ' ', &lines[at..block.lines.start]);
            push(&mut body, '-', &lines[block.lines.clone()]);
            let new = block.after(text, lines);
            let new: Vec<&str> = new.split_inclusive('\n').collect();
            push(&mut body, '+', &new);
            added += new.len().cast_signed() - block.lines.len().cast_signed();
            at = block.lines.end;
        }
        push(&mut body, ' ', &lines[at..self.lines.end]);
        let old = self.lines.len();
        let new = old.saturating_add_signed(added);
        // A side without lines is told by the line before it.
        let first = |count: usize, start: usize| if count == 0 { start } else { start + 1 };
        let (before, after) = (self.lines.start, self.lines.start.saturating_add_signed(shift));
        let (before, after) = (first(old, before), first(new, after));
        let _ = writeln!(diff, "@@ -{before},{old} +{after},{new} @@");
        diff.push_str(&body);
        shift + added
    }
}

impl Block<'_> {
    /// What its lines become.
    fn after(&self, text: &str, lines: &[&str]) -> String {
        let start: usize = lines[..self.lines.start].iter().map(|line| line.len()).sum();
        let length: usize = lines[self.lines.clone()].iter().map(|line| line.len()).sum();
        let mut new = String::new();
        let mut rest = start;
        for edit in &self.edits {
            new.push_str(&text[rest..edit.range.start]);
            new.push_str(&edit.text);
            rest = edit.range.end;
        }
        new.push_str(&text[rest..start + length]);
        new
    }
}

fn push(body: &mut String, mark: char, lines: &[&str]) {
    for line in lines {
        body.push(mark);
        body.push_str(line);
        if !line.ends_with('\n') {
            body.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn diff(from: &str, to: &str, text: &str, edits: &[(Range<usize>, &str)]) -> String {
        let edits = edits
            .iter()
            .map(|(range, text)| Edit { range: range.clone(), text: (*text).to_owned() });
        let before = Bytes::copy_from_slice(text.as_bytes());
        unified(&[Change { from: from.into(), to: to.into(), before, edits: edits.collect() }])
    }

    #[test]
    fn edits_far_apart_are_hunks_of_their_own() {
        let text: String = (1..=20).map(|n| format!("line {n:02}\n")).collect();
        let edits = [(5..7, "one"), (16..16, "new\n"), (149..151, "last"), (160..160, "more\n")];
        let expected = "diff --git a/a b/a\n--- a/a\n+++ b/a\n\
                        @@ -1,5 +1,6 @@\n-line 01\n+line one\n line 02\n+new\n line 03\n line 04\n line 05\n\
                        @@ -16,5 +17,6 @@\n line 16\n line 17\n line 18\n-line 19\n+line last\n line 20\n+more\n";
        assert_eq!(diff("a", "a", &text, &edits), expected);
    }

    #[test]
    fn a_file_may_move_and_change_and_have_no_last_line_end() {
        let expected = "diff --git a/a b/b\nsimilarity index 66%\nrename from a\nrename to b\n--- a/a\n+++ b/b\n\
                        @@ -1,1 +1,1 @@\n-old\n\\ No newline at end of file\n+olds\n\\ No newline at end of file\n";
        assert_eq!(diff("a", "b", "old", &[(3..3, "s")]), expected);
        let moved = "diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\n";
        assert_eq!(diff("a", "b", "old\n", &[]), moved);
    }
}
