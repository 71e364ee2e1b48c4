//! The one place where text becomes XML.

use crate::syntax::escape::{entity, is_special, with_escapes};

/// A document of XML as it is written: elements nest by calls, text is escaped on its way in.
#[derive(Debug)]
pub(crate) struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    /// A document that has its declaration only.
    pub(crate) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), depth: 0 }
    }

    /// Appends an element that holds others.
    pub(crate) fn parent(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        children: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.out.push_str(">\n");
        self.depth += 1;
        children(self);
        self.depth -= 1;
        self.indent();
        self.close(name);
    }

    /// Appends an element that holds text.
    pub(crate) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.out.push('>');
        push_escaped(&mut self.out, text);
        self.close(name);
    }

    /// Appends an element that holds nothing.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes);
        self.out.push_str("/>\n");
    }

    /// The whole document.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', 2 * self.depth));
    }
}

/// Appends text with everything escaped that means something in XML text or attributes; what XML 1.0
/// cannot hold at all is left out.
fn push_escaped(out: &mut String, text: &str) {
    with_escapes(text, may_need_escape, escape_of, |piece| out.push_str(piece));
}

/// Whether a byte is the first of a character that needs an escape, or may be.
fn may_need_escape(byte: u8) -> bool {
    is_special(byte) | matches!(byte, ..0x20 | 0xef)
}

/// The escape of the character at the beginning, if it needs one, and how many bytes it stands for: none
/// at all for what is no `Char` of XML 1.0.
fn escape_of(bytes: &[u8]) -> Option<(usize, &'static str)> {
    Some(match bytes {
        // A reader would make a space or a line feed of these.
        [b'\t', ..] => (1, "&#9;"),
        [b'\n', ..] => (1, "&#10;"),
        [b'\r', ..] => (1, "&#13;"),
        [..0x20, ..] => (1, ""),
        // U+FFFE and U+FFFF.
        [0xef, 0xbf, 0xbe | 0xbf, ..] => (3, ""),
        _ => return entity(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_nest_and_text_cannot_break_out() {
        let mut xml = Xml::new();
        xml.parent("a", &[("x", "\"<'\n")], |xml| {
            xml.text("b", &[], "1 < 2 && ]]> \u{1F600}");
            xml.empty("c", &[]);
        });
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <a x=\"&quot;&lt;&#39;&#10;\">\n  \
             <b>1 &lt; 2 &amp;&amp; ]]&gt; \u{1F600}</b>\n  <c/>\n</a>\n",
        );
    }

    #[test]
    fn characters_that_xml_forbids_are_left_out() {
        let mut out = String::new();
        push_escaped(&mut out, "a\0\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}\u{7f}b");
        assert_eq!(out, "a\u{7f}b");
    }
}
