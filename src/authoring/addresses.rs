//! `addresses.txt`: adds what is published now to what was published before, and takes nothing out.

use std::collections::BTreeSet;

use super::change::{Change, Edit};
use crate::check::{PROMISED, promised_addresses};
use crate::graph::{KnowledgeBase, Promises};
use crate::source::{SourcePath, Sources};

/// What the file begins with.
const HEAD: &str = "\
# Addresses and anchors that were published, and that readers may have kept. `sinew publish` and
# `sinew addresses` add to it; keep it with the project's history. `sinew check` says when one of them
# leads nowhere any more. A line that is taken out is a promise that is taken back.
";

/// What has to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The addresses that are new, sorted.
    pub added: Vec<String>,
    /// The file as it is to be.
    pub text: String,
    /// The change of the file, if there is one already.
    pub change: Option<Change>,
}

/// Adds the addresses of a knowledge base to the file; `None` if it has all of them.
pub fn record(base: &KnowledgeBase, sources: &Sources) -> Option<Recording> {
    let path = SourcePath::new(PROMISED);
    let before = sources.bytes(&path);
    let text = sources.text_lossy(&path).unwrap_or_default();
    let known = promised_addresses(&text);
    let now = Promises::new(base).all();
    let added: Vec<String> = now.difference(&known).cloned().collect();
    if added.is_empty() && before.is_some() {
        return None;
    }
    let text = merged(&text, before.is_some(), known.union(&now));
    let change = before.map(|before| {
        let edit = Edit { range: 0..before.len(), text: text.clone() };
        Change { from: path.clone(), to: path.clone(), before, edits: vec![edit] }
    });
    Some(Recording { added, text, change })
}

/// The lines that are no addresses, as they were, and then all addresses, sorted.
fn merged<'a>(before: &str, is_there: bool, all: impl Iterator<Item = &'a String>) -> String {
    let mut text = if is_there { String::new() } else { HEAD.to_owned() };
    let others = before.lines().map(str::trim_end);
    let others = others.filter(|line| !line.is_empty() && !line.trim_start().starts_with('/'));
    let all: BTreeSet<&str> = all.map(String::as_str).collect();
    for line in others.chain(all) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::knowledge_base;

    fn base() -> KnowledgeBase {
        knowledge_base(&[("content/pages/about.md", "---\ntitle: About\n---\n\n## When\n\nx\n")])
    }

    #[test]
    fn a_file_is_begun_with_what_it_is_for() {
        let recording = record(&base(), &Sources::default()).expect("it is new");
        assert_eq!(recording.added, ["/", "/about/", "/about/#when", "/search/"]);
        assert_eq!(recording.text, format!("{HEAD}/\n/about/\n/about/#when\n/search/\n"));
        assert_eq!(recording.change, None);
    }

    #[test]
    fn what_was_published_and_what_authors_wrote_stays() {
        let mut sources = Sources::default();
        let before = "# ours\n/search/\n/old/\n\n/about/ \n";
        sources.insert(PROMISED.into(), before.as_bytes());
        let recording = record(&base(), &sources).expect("there is something new");
        assert_eq!(recording.added, ["/", "/about/#when"]);
        let expected = "# ours\n/\n/about/\n/about/#when\n/old/\n/search/\n";
        assert_eq!(recording.text, expected);
        assert_eq!(recording.change.expect("it is there").after(), expected.as_bytes());
        sources.insert(PROMISED.into(), expected.as_bytes());
        assert_eq!(record(&base(), &sources), None);
    }
}
