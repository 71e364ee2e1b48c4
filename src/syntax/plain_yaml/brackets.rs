//! Lists and maps in brackets, on one line.

use super::{Event, Scanner};

impl Scanner<'_> {
    /// A list or a map in brackets, at whose first one the scanner stands.
    pub(super) fn brackets(&mut self) -> Option<()> {
        let is_map = self.byte()? == b'{';
        let (begin, end, closing) = match is_map {
            true => (Event::Map, Event::MapEnd, b'}'),
            false => (Event::List, Event::ListEnd, b']'),
        };
        self.open(begin)?;
        self.at += 1;
        self.skip_spaces();
        while self.byte()? != closing {
            if is_map {
                self.word_in_brackets()?;
                self.colon()?;
                self.skip_spaces();
            }
            match self.byte()? {
                b'[' | b'{' => self.brackets()?,
                _ => self.word_in_brackets()?,
            }
            self.skip_spaces();
            match self.byte()? {
                b',' => self.at += 1,
                next if next == closing => break,
                _ => return None,
            }
            self.skip_spaces();
        }
        self.at += 1;
        self.close(end);
        Some(())
    }

    fn word_in_brackets(&mut self) -> Option<()> {
        self.quoted_or(Self::plain_in_brackets)
    }

    fn plain_in_brackets(&mut self) -> Option<()> {
        let line = self.line();
        let bytes = line.as_bytes();
        let end = (0..bytes.len()).find(|at| match bytes[*at] {
            b',' | b'[' | b']' | b'{' | b'}' => true,
            b':' => {
                matches!(bytes.get(at + 1), Some(b' ' | b',' | b'?' | b'[' | b']' | b'{' | b'}'))
            }
            b'#' => bytes[..*at].ends_with(b" "),
            _ => false,
        })?;
        self.push_plain(&line[..end])
    }
}
