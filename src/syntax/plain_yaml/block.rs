//! Lists and maps in lines of their own.

use super::{Event, Scanner};

/// How long a key may be. The library looks for its colon in 1024 bytes.
const LONGEST_KEY: usize = 1000;

impl Scanner<'_> {
    pub(super) fn document(&mut self) -> Option<()> {
        self.next_line();
        if self.column == Some(0) && self.line() == "---" {
            self.skip_line();
            self.next_line();
        }
        if self.column != Some(0) {
            return None;
        }
        self.block(0)?;
        self.column.is_none().then_some(())
    }

    /// Passes over blank lines and comments, to the first character of a line.
    pub(super) fn next_line(&mut self) {
        loop {
            let column = self.skip_spaces();
            match self.byte() {
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                byte => {
                    self.column = byte.map(|_| column);
                    return;
                }
            }
        }
    }

    /// Ends a line of which everything was read but a comment.
    fn end_line(&mut self) -> Option<()> {
        let spaces = self.skip_spaces();
        let is_over = match self.byte() {
            None | Some(b'\n') => true,
            Some(b'#') => spaces > 0,
            Some(_) => false,
        };
        if !is_over {
            return None;
        }
        self.skip_line();
        self.next_line();
        Some(())
    }

    /// A list or a map, at whose first line the scanner stands.
    fn block(&mut self, column: usize) -> Option<()> {
        if self.is_item() {
            return self.list(column);
        }
        self.word()?;
        self.map(column)
    }

    fn is_item(&self) -> bool {
        self.byte() == Some(b'-') && self.byte_after() == Some(b' ')
    }

    fn list(&mut self, column: usize) -> Option<()> {
        self.open(Event::List)?;
        while self.column == Some(column) && self.is_item() {
            self.at += 1;
            let inner = column + 1 + self.skip_spaces();
            if matches!(self.byte()?, b'[' | b'{' | b'|' | b'>') {
                self.value_in_line(column)?;
                continue;
            }
            self.word()?;
            match self.byte() {
                Some(b':') => self.map(inner)?,
                _ => self.end_line()?,
            }
        }
        self.close(Event::ListEnd);
        // What stands farther to the right would go on with the last item.
        (self.column <= Some(column)).then_some(())
    }

    /// A map whose first key was read already: only the colon behind it tells that from a text.
    fn map(&mut self, column: usize) -> Option<()> {
        let first = self.tape.events.pop()?;
        self.open(Event::Map)?;
        self.push(first);
        loop {
            self.colon()?;
            self.value(column)?;
            if self.column != Some(column) {
                break;
            }
            self.word()?;
        }
        self.close(Event::MapEnd);
        (self.column < Some(column)).then_some(())
    }

    /// The colon behind the key that was read last.
    pub(super) fn colon(&mut self) -> Option<()> {
        let (Event::Plain(key) | Event::Text(key)) = self.tape.events.last()? else { return None };
        let is_colon = self.byte() == Some(b':')
            && matches!(self.byte_after(), None | Some(b' ' | b'\n'))
            && key.len() <= LONGEST_KEY;
        self.at += 1;
        is_colon.then_some(())
    }

    /// What stands behind the colon of a key, or in the lines below it.
    fn value(&mut self, column: usize) -> Option<()> {
        self.skip_spaces();
        if !matches!(self.byte(), None | Some(b'\n' | b'#')) {
            return self.value_in_line(column);
        }
        self.skip_line();
        self.next_line();
        match self.column {
            Some(inner) if inner > column => self.block(inner),
            // A list may stand as far to the left as the keys of its map.
            Some(inner) if inner == column && self.is_item() => self.list(column),
            _ => {
                self.push(Event::Plain(""));
                Some(())
            }
        }
    }

    /// A value in the list or map at a column that begins in its line, and the end of its last line.
    fn value_in_line(&mut self, column: usize) -> Option<()> {
        match self.byte()? {
            b'|' | b'>' => return self.block_text(column),
            b'[' | b'{' => self.brackets()?,
            _ => self.word()?,
        }
        self.end_line()
    }
}
