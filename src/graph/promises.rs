//! The addresses that readers may keep, as links, bookmarks or on paper: pages, the anchors of what
//! authors wrote on them, files to download, and former addresses.

use std::collections::BTreeSet;

use super::routes::{address, media_path};
use super::{KnowledgeBase, Unresolved};
use crate::model::Id;
use crate::picture::is_shown;
use crate::source::SourcePath;

/// What nobody keeps the address of.
const NO_PROMISE: &str = "/404.html";

/// What has become of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It leads somewhere.
    Kept,
    /// The record that it belongs to could not be read, which is told elsewhere.
    Unknown,
    /// The record that it belongs to is a draft.
    Draft,
    /// Nothing is there any more.
    Gone,
}

/// What a knowledge base shows at which addresses.
pub struct Promises<'a> {
    base: &'a KnowledgeBase,
    /// The records that are shown on pages of many, with page and anchor.
    listed: BTreeSet<String>,
}

impl<'a> Promises<'a> {
    /// The promises of a knowledge base.
    pub fn new(base: &'a KnowledgeBase) -> Self {
        let addresses = base.records().filter_map(|(record, _)| base.routes.address(record));
        let listed = addresses.filter(|address| address.anchor.is_some());
        Self { base, listed: listed.map(super::Address::href).collect() }
    }

    /// All addresses that are published now, without the base path, sorted.
    pub fn all(&self) -> BTreeSet<String> {
        let base = self.base;
        let mut all = self.listed.clone();
        all.extend(base.routes.paths().filter(|path| *path != NO_PROMISE).map(str::to_owned));
        for (record, _) in base.records() {
            let Some(address) = base.routes.address(record) else { continue };
            if address.anchor.is_none() {
                let path = &address.path;
                all.extend(base.own_anchors(record).map(|anchor| format!("{path}#{anchor}")));
            }
        }
        all.extend(base.routes.redirections.iter().map(|one| one.from.clone()));
        for (page, anchors) in &base.routes.former_anchors {
            all.extend(anchors.keys().map(|anchor| format!("{page}#{anchor}")));
        }
        let files = base.content.media.keys().filter(|path| is_document(path));
        all.extend(files.map(media_path).filter(|address| !address.contains('#')));
        all
    }

    /// What has become of an address.
    pub fn fate(&self, address: &str) -> Fate {
        match address.split_once('#') {
            Some((path, anchor)) => self.fate_of_anchor(self.page_now(path), anchor, address),
            None => self.fate_of_path(address),
        }
    }

    /// What has become of a page or a file.
    pub fn fate_of_path(&self, path: &str) -> Fate {
        let routes = &self.base.routes;
        let is_there = routes.page(path).is_some()
            || routes.redirection(path).is_some()
            || self.base.media_at(path).is_some();
        if is_there { Fate::Kept } else { self.fate_of_record(path) }
    }

    /// The page that has taken the anchors of a page along: that of the record which was there under a
    /// former id, else the page itself.
    pub fn page_now<'p>(&'p self, path: &'p str) -> &'p str {
        let routes = &self.base.routes;
        let Some(led) = routes.redirection(path) else { return path };
        let Some(Some(record)) = routes.page(&led.to) else { return path };
        let entry = self.base.entry(record);
        let was_there =
            |id: &Id| address(entry.kind, id).is_some_and(|before| *before.path == *path);
        if entry.data.common().was.iter().any(was_there) { &led.to } else { path }
    }

    fn fate_of_anchor(&self, path: &str, anchor: &str, whole: &str) -> Fate {
        let routes = &self.base.routes;
        let is_former =
            routes.former_anchors.get(path).is_some_and(|former| former.contains_key(anchor));
        let is_there = match routes.page(path) {
            Some(Some(record)) => self.base.has_anchor(record, anchor),
            Some(None) => self.listed.contains(whole),
            // Whoever is led to another page is not lost.
            None => routes.redirection(path).is_some(),
        };
        if is_former || is_there {
            return Fate::Kept;
        }
        let article = routes.page(path).flatten();
        match article.and_then(|article| self.base.absent_question(article, anchor)) {
            Some(Unresolved::Draft { .. }) => Fate::Draft,
            Some(_) => Fate::Unknown,
            None => self.fate_of_record(whole),
        }
    }

    /// Whether a record would be shown at an address if it could be read, or were no draft.
    fn fate_of_record(&self, href: &str) -> Fate {
        match self.base.absent_at(href) {
            Some(Unresolved::Draft { .. }) => Fate::Draft,
            Some(_) => Fate::Unknown,
            None => Fate::Gone,
        }
    }
}

/// Whether a file is kept by its address. Pictures and icons are part of pages; who wants to keep one
/// has it.
fn is_document(path: &SourcePath) -> bool {
    let ending = path.extension();
    !is_shown(ending) && !ending.eq_ignore_ascii_case("ico")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::knowledge_base;

    const FILES: [(&str, &str); 5] = [
        (
            "site.toml",
            "[[redirect]]\nfrom = \"/gone/\"\nto = \"/faq/\"\n\
                       [[redirect]]\nfrom = \"/about/#hours\"\nto = \"/about/#when\"\n",
        ),
        ("content/pages/about.md", "---\ntitle: About\nwas: [us]\n---\n\n## When\n\nx\n"),
        ("content/pages/new.md", "---\ntitle: New\ndraft: true\n---\n\nx\n"),
        ("content/terms.yaml", "knot:\n  name: Knot\n  definition: A spot.\n  was: [lump]\n"),
        ("content/media/plan.pdf", "x"),
    ];

    #[test]
    fn pages_anchors_documents_and_former_addresses_are_promised() {
        let base = knowledge_base(&FILES);
        let all = Promises::new(&base).all();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(
            all,
            [
                "/",
                "/about/",
                "/about/#hours",
                "/about/#when",
                "/glossary/",
                "/glossary/#knot",
                "/glossary/#lump",
                "/gone/",
                "/media/plan.pdf",
                "/search/",
                "/us/",
            ],
        );
    }

    #[test]
    fn a_question_that_was_renamed_keeps_its_anchor_on_the_articles_that_show_it() {
        let article = "---\ntitle: A\nsummary: s\nauthor: jo\npublished: 2026-01-01\n\
                       faqs: [pain]\n---\nx\n";
        let questions = "pain: {question: Q, answer: A, was: [should-it-hurt, ache]}\n";
        let settings =
            "[[redirect]]\nfrom = \"/articles/a/#question-ache\"\nto = \"/articles/a/\"\n";
        let base = knowledge_base(&[
            ("site.toml", settings),
            ("content/articles/a.md", article),
            ("content/faqs.yaml", questions),
        ]);
        let former = &base.routes.former_anchors["/articles/a/"];
        assert_eq!(former["question-should-it-hurt"].as_deref(), Some("question-pain"));
        assert_eq!(former["question-ache"], None);
        let promises = Promises::new(&base);
        for kept in ["/articles/a/#question-should-it-hurt", "/articles/a/#question-pain"] {
            assert_eq!(promises.fate(kept), Fate::Kept, "{kept}");
        }
        assert_eq!(promises.fate("/articles/a/#question-other"), Fate::Gone);
    }

    #[test]
    fn everything_promised_is_kept_and_the_rest_is_gone_or_a_draft() {
        let base = knowledge_base(&FILES);
        let promises = Promises::new(&base);
        for address in promises.all() {
            assert_eq!(promises.fate(&address), Fate::Kept, "{address}");
        }
        assert_eq!(promises.fate("/new/"), Fate::Draft);
        for kept in ["/us/#when", "/us/#hours", "/gone/#x"] {
            assert_eq!(promises.fate(kept), Fate::Kept, "{kept}");
        }
        for gone in ["/old/", "/old/#x", "/about/#x", "/us/#x", "/glossary/#bump", "/media/x.pdf"] {
            assert_eq!(promises.fate(gone), Fate::Gone, "{gone}");
        }
    }
}
