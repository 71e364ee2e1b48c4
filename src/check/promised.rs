//! `addresses.txt`: the addresses that a project has published, one a line. Whoever was led to one of
//! them finds it again, or is led on.

use std::collections::BTreeSet;

use crate::diagnostic::{At, Diagnostic, Place};
use crate::graph::{Fate, KnowledgeBase, Promises};
use crate::source::{SourcePath, Sources, Span};

/// The file, at the root of a project.
pub const PROMISED: &str = "addresses.txt";

/// A promise that is not kept.
pub(super) struct Broken {
    /// The whole address; that of an anchor with the page that it has to be on now.
    pub(super) address: String,
    /// Whether the page is there, and only the anchor is not.
    pub(super) is_anchor: bool,
    /// Whether it belongs to a record that is a draft now.
    pub(super) is_draft: bool,
    /// Its line.
    pub(super) place: Place,
}

/// The lines of the file that are addresses, with where they stand.
fn promised(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let address = line.trim();
        address.starts_with('/').then(|| (address, Span::new(at..at + line.trim_end().len())))
    })
}

/// The addresses in the text of the file, sorted.
pub fn promised_addresses(text: &str) -> BTreeSet<String> {
    promised(text).map(|(address, _)| address.to_owned()).collect()
}

/// The promises that are not kept; of a page that is gone, its own address alone.
pub(super) fn broken(base: &KnowledgeBase, sources: &Sources) -> Vec<Broken> {
    // Former ids that cannot be read would make every address that they keep look lost.
    if base.content.is_partly_read() {
        return Vec::new();
    }
    let path = SourcePath::new(PROMISED);
    let Some(text) = sources.text_lossy(&path) else { return Vec::new() };
    let promises = Promises::new(base);
    let (mut gone, mut lost) = (BTreeSet::new(), BTreeSet::new());
    let mut broken = Vec::new();
    for (address, span) in promised(&text) {
        let (page, anchor) = address.split_once('#').map_or((address, None), |(a, b)| (a, Some(b)));
        let fate = match (promises.fate_of_path(page), anchor) {
            (Fate::Kept, Some(_)) => promises.fate(address),
            (Fate::Kept, None) => continue,
            (fate, _) if gone.insert(page) => fate,
            _ => continue,
        };
        if matches!(fate, Fate::Kept | Fate::Unknown) {
            continue;
        }
        let anchor = anchor.filter(|_| !gone.contains(page));
        let address = match anchor {
            Some(anchor) => format!("{}#{anchor}", promises.page_now(page)),
            None => page.to_owned(),
        };
        // An anchor of a page that was renamed may have been promised under both addresses.
        if !lost.insert(address.clone()) {
            continue;
        }
        broken.push(Broken {
            address,
            is_anchor: anchor.is_some(),
            is_draft: fate == Fate::Draft,
            place: Place { path: path.clone(), at: At::Bytes(span) },
        });
    }
    broken
}

impl Broken {
    /// Says that it was published, and how to let it go on purpose.
    pub(super) fn told(&self, finding: Diagnostic) -> Diagnostic {
        finding.note("it was published: bookmarks, letters and other sites may lead there").help(
            format!("if nobody is to be led there any more, take its line out of `{PROMISED}`"),
        )
    }
}
