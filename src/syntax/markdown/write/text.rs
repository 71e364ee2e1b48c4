//! Text, code and HTML: what stands between the tags.

use std::ops::Range;

use super::{Writer, left};
use crate::source::Span;
use crate::syntax::escape::push_escaped;
use crate::syntax::highlight::push_highlighted;
use crate::syntax::markdown::document::{RawHtml, Run, What};
use crate::syntax::text::is_within;
use crate::syntax::words::is_letter;

pub(super) struct OpenCode {
    pub(super) language: String,
    pub(super) text: String,
    /// Where it stands, if it has a fence.
    pub(super) fence: Option<Span>,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.code.is_some() {
            let (text, _) = self.as_written(text, range);
            return self.code.iter_mut().for_each(|code| code.text.push_str(text));
        }
        let text = if self.is_inches(text, range) { "\u{2033}" } else { text };
        let quote = self.straight_quote(text, range);
        if let Some(image) = &mut self.image {
            // Nobody sees it set.
            let said = if let Some(quote) = quote { quote.written() } else { text };
            image.say(said);
            return;
        }
        if let Some(html) = &mut self.html {
            html.html.push_str(text);
            return;
        }
        if let Some(open) = self.links.last_mut() {
            if open.is_citation {
                return;
            }
            // The text of `[[target]]` is the target itself; its name is shown instead.
            let is_wiki_name = self
                .document
                .prose
                .holes
                .last()
                .is_some_and(|hole| Some(hole.what) == open.number.map(What::LinkName));
            if is_wiki_name {
                // Nobody knows the name here; the id says the same in most cases.
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(text.rsplit(':').next().unwrap_or(text));
                }
                if self.block.is_none() {
                    self.open_block(Span::new(range.clone()));
                }
                // An empty run: the name is text of this block.
                self.push_run(self.here());
                return;
            }
            // That of `[[target|]]` is there, and empty; that of `[[target| ]]` shows no more.
            if open.is_empty && text.trim().is_empty() {
                return;
            }
            open.is_empty = false;
        }
        if let Some(heading) = &mut self.heading {
            heading.quotes.extend(quote.map(|quote| (heading.text.len() as u32, quote)));
            heading.text.push_str(text);
        }
        if self.block.is_none() {
            self.open_block(Span::new(range.clone()));
        }
        if let Some(quote) = quote {
            self.hole(What::Quote(quote));
        }
        self.document.outline.words += words(text, &mut self.in_word);
        self.plain.push(range);
        let start = self.here();
        // What the parser makes of quotes, dots and entities has none where its source has one, but for the
        // `#` of a number, which is no mark.
        if left::may_hold_sign(text) {
            self.plain.suspect();
            push_escaped(&mut self.document.prose.html, text);
        } else {
            self.push(text);
        }
        self.push_run(start);
    }

    /// Adds what was written since `start` to the runs, to the last one if it goes on.
    pub(super) fn push_run(&mut self, start: u32) {
        let is_apart = self.heading.is_some() || self.quotes > 0 || !self.unlinked.is_empty();
        self.push_run_as(start, self.links.is_empty() && !is_apart);
    }

    fn push_run_as(&mut self, start: u32, is_linkable: bool) {
        let end = self.here();
        let Some(block) = self.block else { return };
        // A run ends at a hole, though nothing stands between it and the next.
        let after_hole = self.document.prose.holes.last().is_some_and(|hole| hole.at == start);
        let runs = &mut self.document.prose.runs;
        if let Some(last) = runs.last_mut()
            && !after_hole
            && last.end == start
            && last.block == block
            && last.is_linkable == is_linkable
        {
            last.end = end;
            return;
        }
        runs.push(Run { start, end, block, is_linkable });
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        if let Some(image) = &mut self.image {
            image.say(code);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(code);
        }
        if let Some(open) = self.links.last_mut() {
            open.is_empty = false;
        }
        self.document.outline.words += words(code, &mut self.in_word);
        self.push("<code>");
        let start = self.here();
        push_escaped(&mut self.document.prose.html, code);
        self.push_run_as(start, false);
        self.push("</code>");
    }

    pub(super) fn raw_html(&mut self, html: &str, range: Range<usize>) {
        if self.in_mark {
            return;
        }
        let (html, marks) = self.as_written(html, &range);
        if let Some(open) = &mut self.html {
            open.html.push_str(html);
            // Nobody misses what is commented out.
            if !open.html.trim_start().starts_with("<!--") {
                self.misplaced(marks);
            }
            return;
        }
        if !marks.is_empty() {
            self.misplaced(marks);
            return self.text(html, &range);
        }
        if let Some(image) = &mut self.image {
            image.say(html);
            return;
        }
        let span = Span::new(range);
        self.push_raw_html(RawHtml { html: html.to_owned(), is_block: false, span });
    }

    /// Keeps HTML, but for comments on lines of their own: those are for authors alone.
    pub(super) fn push_raw_html(&mut self, html: RawHtml) {
        if html.is_block && is_commented_out(&html.html) {
            return;
        }
        self.unlinked.read(&html.html, html.is_block);
        let number = self.document.outline.raw_html.len() as u32;
        self.document.outline.raw_html.push(html);
        self.hole(What::RawHtml(number));
    }

    pub(super) fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.document
            .outline
            .oddities
            .extend(code.fence.and_then(|span| left::unclosed(span, self.text)));
        self.push("<pre tabindex=\"0\"><code");
        if !code.language.is_empty() {
            self.push(" class=\"language-");
            push_escaped(&mut self.document.prose.html, &code.language);
            self.push("\"");
        }
        self.push(">");
        push_highlighted(&mut self.document.prose.html, &code.text, &code.language);
        self.push("</code></pre>\n");
    }
}

/// Whether a piece of HTML is nothing but comments that end.
fn is_commented_out(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// How many words begin in a piece of text; `in_word` says whether it goes on with one.
///
/// A word begins with a letter or a digit after white space or an opening bracket. Counted by pairs
/// of bytes, of which a processor takes many at once, as it is done for every text of a site: by
/// characters it took a twentieth of a build.
fn words(text: &str, in_word: &mut bool) -> u32 {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return 0 };
    let begins = |(before, byte): (&u8, &u8)| u8::from(is_before_word(*before) & is_in_word(*byte));
    // A byte holds the count of a block, and whole blocks need no loop of their own: that makes it quick.
    let begin = |before: &[u8; BLOCK], after: &[u8; BLOCK]| {
        u32::from(before.iter().zip(after).map(begins).sum::<u8>())
    };
    let (befores, before) = bytes[..bytes.len() - 1].as_chunks::<BLOCK>();
    let (afters, after) = bytes[1..].as_chunks::<BLOCK>();
    let mut count =
        u32::from(!*in_word & is_in_word(*first)) + begin(&whole(before), &whole(after));
    for (before, after) in befores.iter().zip(afters) {
        count += begin(before, after);
    }
    *in_word = !is_before_word(*last);
    count
}

const BLOCK: usize = 32;

/// A block that begins with what is less than one; no word begins in the rest.
fn whole(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// A space and an opening parenthesis differ by one bit.
#[inline]
fn is_before_word(byte: u8) -> bool {
    (byte & !(b' ' ^ b'(') == b' ') | (byte == b'[') | is_within(byte, b'\t', b'\r')
}

#[inline]
fn is_in_word(byte: u8) -> bool {
    is_letter(byte) | !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_across_pieces_of_text() {
        let mut in_word = false;
        assert_eq!(words("A knee – (or two)", &mut in_word), 5);
        assert_eq!(words("-fold, then", &mut in_word), 1);
        assert_eq!(words(&"word ".repeat(1000), &mut in_word), 999);
        assert_eq!(words("", &mut in_word), 0);
    }
}
