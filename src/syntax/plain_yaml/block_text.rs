//! Blocks of text: `|` with its lines as they are, `>` with lines that become one.

use super::{Event, Scanner};

impl Scanner<'_> {
    /// A block of text in the list or map at a column, and the line after it.
    pub(super) fn block_text(&mut self, column: usize) -> Option<()> {
        let mark = self.byte()?;
        self.at += 1;
        let kept_breaks = match self.line() {
            "" => 1,
            "-" => 0,
            "+" => usize::MAX,
            _ => return None,
        };
        self.skip_line();
        let indent = spaces(self.line());
        if indent <= column || indent == self.line().len() {
            return None;
        }
        let start = self.tape.unescaped.len();
        let breaks = self.block_lines(indent, mark)?;
        self.push_breaks(breaks.min(kept_breaks));
        let end = self.tape.unescaped.len();
        self.push(Event::Unescaped(start..end));
        self.next_line();
        Some(())
    }

    /// The lines of a block that are indented so far, and how many ends of lines are behind the last of them
    /// that says something.
    fn block_lines(&mut self, indent: usize, mark: u8) -> Option<usize> {
        let mut breaks = 0;
        while self.at < self.text.len() {
            let line = self.line();
            let (spaces, is_blank) = (spaces(line), spaces(line) == line.len());
            if spaces < indent && !is_blank {
                break;
            }
            // In a line that is indented more, the library keeps spaces, and does not fold.
            if spaces > indent && (is_blank || mark == b'>') {
                return None;
            }
            if !is_blank {
                match (mark, breaks) {
                    (b'>', 1) => self.tape.unescaped.push(' '),
                    (b'>', 2..) => self.push_breaks(breaks - 1),
                    _ => self.push_breaks(breaks),
                }
                self.tape.unescaped.push_str(&line[indent..]);
                breaks = 0;
            }
            self.at += line.len();
            if self.byte().is_some() {
                self.at += 1;
                breaks += 1;
            }
        }
        Some(breaks)
    }

    fn push_breaks(&mut self, count: usize) {
        self.tape.unescaped.extend(std::iter::repeat_n('\n', count));
    }
}

fn spaces(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
