//! Texts of one line: with quotes and without.

use memchr::{memchr2, memchr3};

use super::{Event, Scanner};

impl<'text> Scanner<'text> {
    /// A text outside of brackets that ends in its line. What may follow it there is not looked at.
    pub(super) fn word(&mut self) -> Option<()> {
        self.quoted_or(Self::plain)
    }

    /// A text that is in quotes or read by `plain`.
    pub(super) fn quoted_or(&mut self, plain: fn(&mut Self) -> Option<()>) -> Option<()> {
        match self.byte()? {
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            _ => plain(self),
        }
    }

    fn plain(&mut self) -> Option<()> {
        let line = self.line();
        let bytes = line.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
            b'#' => bytes[..*at].ends_with(b" "),
            _ => false,
        };
        let end = (0..bytes.len()).find(ends).unwrap_or(bytes.len());
        self.push_plain(&line[..end])
    }

    /// Adds a text without quotes that stands next and begins as one.
    pub(super) fn push_plain(&mut self, text: &'text str) -> Option<()> {
        let begins_plain = match text.as_bytes() {
            // Others may be marks of lists or documents.
            [b'-', next, ..] => next.is_ascii_alphanumeric() || *next == b'.',
            [b'.', next, ..] => next.is_ascii_alphanumeric(),
            [first, ..] => !b"-. ?:,[]{}#&*!|>'\"%@`".contains(first),
            [] => false,
        };
        let text = text.trim_end_matches(' ');
        self.at += text.len();
        self.push(Event::Plain(text));
        begins_plain.then_some(())
    }

    fn double_quoted(&mut self) -> Option<()> {
        let start = self.tape.unescaped.len();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let stop = memchr3(b'"', b'\\', b'\n', rest.as_bytes())?;
            self.at += stop + 1;
            let unescaped = match (rest.as_bytes()[stop], self.byte()) {
                (b'"', _) => return self.end_quotes(start, &rest[..stop]),
                (b'\\', Some(b'n')) => '\n',
                (b'\\', Some(b't')) => '\t',
                (b'\\', Some(same @ (b'"' | b'\\' | b'/'))) => char::from(same),
                _ => return None,
            };
            self.tape.unescaped.push_str(&rest[..stop]);
            self.tape.unescaped.push(unescaped);
            self.at += 1;
        }
    }

    fn single_quoted(&mut self) -> Option<()> {
        let start = self.tape.unescaped.len();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let stop = memchr2(b'\'', b'\n', rest.as_bytes())?;
            self.at += stop + 1;
            match (rest.as_bytes()[stop], self.byte()) {
                (b'\'', Some(b'\'')) => {
                    self.tape.unescaped.push_str(&rest[..=stop]);
                    self.at += 1;
                }
                (b'\'', _) => return self.end_quotes(start, &rest[..stop]),
                _ => return None,
            }
        }
    }

    /// Adds a text in quotes: the unescaped bytes from `start` on, with `rest` behind them.
    fn end_quotes(&mut self, start: usize, rest: &'text str) -> Option<()> {
        let unescaped = &mut self.tape.unescaped;
        if unescaped.len() == start {
            self.push(Event::Text(rest));
        } else {
            unescaped.push_str(rest);
            let end = unescaped.len();
            self.push(Event::Unescaped(start..end));
        }
        Some(())
    }
}
