//! The one place where text becomes XML.

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
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A reader would make a space or a line feed of these.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// Whether XML 1.0 can hold a character (its production `Char`).
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
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
