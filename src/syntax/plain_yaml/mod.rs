//! Reads plain YAML, as nearly all records are written: block lists and maps with keys of one line, lists and
//! maps in brackets on one line, texts of one line with or without quotes, blocks of text, comments.
//!
//! What it takes means exactly what it means to the YAML library. At anything else it gives up, without a
//! reason: the library reads such a text from its start, and says what is wrong with it.

mod block;
mod block_text;
mod brackets;
mod deserialize;
mod word;

use std::ops::Range;

use memchr::memchr;
use serde::de::DeserializeSeed;

use deserialize::Cursor;

/// How many lists and maps may lie in each other. The library takes 128, and counts some types as well.
const DEEPEST: usize = 16;

/// Reads the one document in `text`, if it is plain and nothing is wrong with it.
pub fn read<'de, S: DeserializeSeed<'de>>(text: &'de str, seed: S) -> Option<S::Value> {
    let tape = tape(text)?;
    seed.deserialize(&mut Cursor::new(&tape)).ok()
}

/// All that a document says, in its order.
struct Tape<'text> {
    events: Vec<Event<'text>>,
    /// The texts that do not stand in the document as they are meant.
    unescaped: String,
}

/// What comes next in a document.
#[derive(Debug, Clone)]
enum Event<'text> {
    /// Text without quotes, which may be a number or nothing.
    Plain(&'text str),
    /// Text in quotes.
    Text(&'text str),
    /// Bytes of the unescaped texts.
    Unescaped(Range<usize>),
    List,
    ListEnd,
    Map,
    MapEnd,
}

fn tape(text: &str) -> Option<Tape<'_>> {
    if !is_printable(text) {
        return None;
    }
    // In records of the sample, there are 20 bytes to an event.
    let events = Vec::with_capacity(text.len() / 16 + 8);
    let tape = Tape { events, unescaped: String::new() };
    let mut scanner = Scanner { text, at: 0, column: None, depth: 0, tape };
    scanner.document()?;
    Some(scanner.tape)
}

/// Whether all characters mean to the library what they look like: no tabs, no line ends but `\n`, nothing of
/// what it refuses or skips.
fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Nearly all records are plain ASCII, which is found out for many bytes at once.
    let is_plain = |byte: u8| (byte == b'\n') | (b' '..=b'~').contains(&byte);
    if bytes.iter().fold(true, |all, byte| all & is_plain(*byte)) {
        return true;
    }
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'\n' | b' '..=b'~' => true,
        0..=0x7f => false,
        0xc2 => !text[at..].starts_with(|c| c <= '\u{9f}'),
        0xe2 => !text[at..].starts_with(['\u{2028}', '\u{2029}']),
        0xef => !text[at..].starts_with(['\u{feff}', '\u{fffe}', '\u{ffff}']),
        _ => true,
    })
}

/// Reads a text from front to back. Its methods return nothing where they give up.
struct Scanner<'text> {
    text: &'text str,
    /// The byte that is next.
    at: usize,
    /// Where the next line begins that says something, once the one before has ended; nowhere at the end.
    column: Option<usize>,
    depth: usize,
    tape: Tape<'text>,
}

impl<'text> Scanner<'text> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn byte_after(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at + 1).copied()
    }

    /// What is left of the line, without its end.
    fn line(&self) -> &'text str {
        let rest = &self.text[self.at..];
        memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end])
    }

    fn skip_line(&mut self) {
        self.at = (self.at + self.line().len() + 1).min(self.text.len());
    }

    fn skip_spaces(&mut self) -> usize {
        let start = self.at;
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
        self.at - start
    }

    fn push(&mut self, event: Event<'text>) {
        self.tape.events.push(event);
    }

    fn open(&mut self, event: Event<'text>) -> Option<()> {
        self.depth += 1;
        self.push(event);
        (self.depth <= DEEPEST).then_some(())
    }

    fn close(&mut self, event: Event<'text>) {
        self.depth -= 1;
        self.push(event);
    }
}
