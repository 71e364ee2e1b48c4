//! HTML of an author in which no name becomes a link: links, code, headings and what can be pressed.

/// The elements that are open at a place of a text.
#[derive(Default)]
pub(super) struct Unlinked(Vec<Open>);

struct Open {
    name: &'static str,
    /// Whether it was opened on a line of its own: else it ends with the paragraph at the latest.
    is_block: bool,
}

const NAMES: [&str; 17] = [
    "a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "pre", "samp",
    "script", "select", "style", "summary",
];

impl Unlinked {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A paragraph, an item or the like begins.
    pub(super) fn begin_block(&mut self) {
        self.0.retain(|open| open.is_block);
    }

    /// Reads a piece of HTML: what it opens is open, and what it closes no longer is.
    pub(super) fn read(&mut self, html: &str, is_block: bool) {
        let mut rest = html;
        while let Some((_, after)) = rest.split_once('<') {
            rest = after;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let tag = rest.strip_prefix('/').unwrap_or(rest);
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let Some(name) = NAMES.iter().find(|name| name.eq_ignore_ascii_case(&tag[..end]))
            else {
                continue;
            };
            let is_whole = tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
            if tag.len() < rest.len() {
                if let Some(at) = self.0.iter().rposition(|open| open.name == *name) {
                    self.0.truncate(at);
                }
            } else if !is_whole {
                self.0.push(Open { name, is_block });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_known_through_tags_comments_and_paragraphs() {
        let mut unlinked = Unlinked::default();
        for (html, is_block, is_open) in [
            ("<b>", false, false),
            ("<A href=\"/\">", false, true),
            ("</a>", false, false),
            ("<!-- <a> --><a id=\"x\"/>", false, false),
            ("<pre><code>", true, true),
            ("</code>", false, true),
            ("</pre>", false, false),
        ] {
            unlinked.read(html, is_block);
            assert_eq!(!unlinked.is_empty(), is_open, "{html}");
        }
        unlinked.read("<a>", false);
        unlinked.begin_block();
        assert!(unlinked.is_empty());
    }
}
