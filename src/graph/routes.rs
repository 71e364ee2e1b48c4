//! The address of every page, and the addresses that lead there from elsewhere.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::files::{file_of, is_ours};
use super::former::{self, FormerAnchors, Redirection};
use super::{KnowledgeBase, RecordId};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Content, Entry, Kind, at_the_top};
use crate::source::SourcePath;
use crate::syntax::address::encoded_name;

/// Where a record is shown: on a page of its own, or at an anchor of a page of many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The path of the page, such as `/muscles/infraspinatus/`.
    pub path: Arc<str>,
    /// The anchor on it.
    pub anchor: Option<String>,
}

impl Address {
    fn page(path: String) -> Self {
        Self { path: path.into(), anchor: None }
    }

    fn anchor(path: &str, anchor: &str) -> Self {
        Self { path: path.into(), anchor: Some(anchor.to_owned()) }
    }

    /// The whole of it, such as `/faq/#how-many-sessions`.
    pub fn href(&self) -> String {
        self.below("")
    }

    /// The whole of it below a base path, such as `/kb/faq/#how-many-sessions` below `/kb`.
    pub fn below(&self, base_path: &str) -> String {
        match &self.anchor {
            Some(anchor) => [base_path, &self.path, "#", anchor].concat(),
            None => [base_path, &self.path].concat(),
        }
    }
}

/// All addresses of the site.
#[derive(Debug, Default)]
pub struct Routes {
    addresses: Vec<Option<Address>>,
    // Every link of every text asks for its page: in a sorted map, a dozen paths would be compared.
    pages: FxHashMap<Arc<str>, Option<RecordId>>,
    /// The paths of all pages, sorted.
    paths: Vec<Arc<str>>,
    /// How many pages the list of articles has.
    pub article_pages: u32,
    /// Former addresses, sorted.
    pub redirections: Vec<Redirection>,
    /// Former anchors, by the path of their page.
    pub former_anchors: FormerAnchors,
}

/// The pages that list records, each with the kinds without which it is left out.
pub const INDEX_PAGES: [(&str, &[Kind]); 15] = [
    ("/", &[]),
    ("/articles/", &[Kind::Article]),
    ("/muscles/", &[Kind::Muscle]),
    ("/pain/", &[Kind::Region]),
    ("/symptoms/", &[Kind::Symptom]),
    ("/techniques/", &[Kind::Technique]),
    ("/services/", &[Kind::Service]),
    ("/faq/", &[Kind::Faq]),
    ("/glossary/", &[Kind::Term]),
    ("/myths/", &[Kind::Myth]),
    ("/team/", &[Kind::Person]),
    ("/references/", &[Kind::Citation]),
    ("/topics/", &[Kind::Topic]),
    ("/search/", &[]),
    ("/404.html", &[]),
];

impl Routes {
    /// Where a record is shown; some kinds are not.
    pub fn address(&self, record: RecordId) -> Option<&Address> {
        self.addresses[record.index()].as_ref()
    }

    /// The page at a path: a record's own, or one that lists many.
    pub fn page(&self, path: &str) -> Option<Option<RecordId>> {
        self.pages.get(path).copied()
    }

    /// The paths of all pages, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(|path| &**path)
    }

    fn add(&mut self, path: Arc<str>, record: Option<RecordId>) {
        self.paths.push(Arc::clone(&path));
        self.pages.insert(path, record);
    }

    /// Where a former address leads.
    pub fn redirection(&self, path: &str) -> Option<&Redirection> {
        let at = self.redirections.binary_search_by(|entry| entry.from.as_str().cmp(path)).ok()?;
        self.redirections.get(at)
    }
}

impl KnowledgeBase {
    /// The page that lists records of a kind, if the site has it. Areas are listed with their regions.
    pub fn index_of(&self, kind: Kind) -> Option<&'static str> {
        let kind = if kind == Kind::Area { Kind::Region } else { kind };
        let (path, _) = INDEX_PAGES.iter().find(|(_, kinds)| kinds.contains(&kind))?;
        self.routes.page(path).map(|_| *path)
    }
}

/// The path of a page of the list of articles.
pub fn articles_path(number: u32) -> String {
    if number == 1 { "/articles/".to_owned() } else { format!("/articles/page/{number}/") }
}

/// Where a record of a kind is shown.
pub(super) fn address(kind: Kind, id: &str) -> Option<Address> {
    Some(match kind {
        Kind::Article => Address::page(format!("/articles/{id}/")),
        Kind::Page => Address::page(format!("/{id}/")),
        Kind::Muscle => Address::page(format!("/muscles/{id}/")),
        Kind::Area | Kind::Region => Address::page(format!("/pain/{id}/")),
        Kind::Symptom => Address::page(format!("/symptoms/{id}/")),
        Kind::Technique => Address::page(format!("/techniques/{id}/")),
        Kind::Service => Address::page(format!("/services/{id}/")),
        Kind::Person => Address::page(format!("/team/{id}/")),
        Kind::Topic => Address::page(format!("/topics/{id}/")),
        Kind::Faq => Address::anchor("/faq/", id),
        Kind::Term => Address::anchor("/glossary/", id),
        Kind::Myth => Address::anchor("/myths/", id),
        Kind::Citation => Address::anchor("/references/", id),
        Kind::Group | Kind::RedFlagSet => return None,
    })
}

/// What may be shown at an address: kinds, each with the id that its record would have.
pub(super) fn shown_at(href: &str) -> impl Iterator<Item = (Kind, &str)> {
    let id = href.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default();
    let kinds = Kind::ALL.iter().map(move |kind| (*kind, id));
    kinds.filter(move |(kind, id)| address(*kind, id).is_some_and(|one| one.href() == href))
}

pub(super) fn routes(content: &Content) -> (Routes, Vec<Diagnostic>) {
    let mut routes = Routes::default();
    let mut diagnostics = Vec::new();
    for (path, kinds) in INDEX_PAGES {
        let has_any = |kind: &Kind| content.entries.iter().any(|entry| entry.kind == *kind);
        if kinds.is_empty() || kinds.iter().any(has_any) {
            routes.add(path.into(), None);
        }
    }
    let articles = content.entries.iter().filter(|entry| entry.kind == Kind::Article).count();
    let pages = articles.div_ceil(content.settings.content.articles_per_page());
    routes.article_pages = u32::try_from(pages).unwrap_or(u32::MAX);
    for (at, entry) in content.entries.iter().enumerate() {
        let address = address(entry.kind, &entry.id).filter(|_| entry.id.is_well_formed());
        if let Some(address) = address.as_ref().filter(|address| address.anchor.is_none()) {
            match routes.page(&address.path) {
                Some(other) => diagnostics.push(collision(content, entry, &address.path, other)),
                None => routes.add(Arc::clone(&address.path), Some(RecordId::new(at))),
            }
        }
        routes.addresses.push(address);
    }
    routes.paths.sort();
    diagnostics.extend(media_collisions(content, &routes));
    let (redirections, former_anchors, found) = former::redirections(content, &routes);
    routes.redirections = redirections;
    routes.former_anchors = former_anchors;
    diagnostics.extend(found);
    (routes, diagnostics)
}

fn collision(content: &Content, entry: &Entry, path: &str, other: Option<RecordId>) -> Diagnostic {
    let message = format!("the address `{path}` belongs to another page");
    let diagnostic = Diagnostic::error("address-collision", entry.place(), message)
        .help("give one of the two another id");
    match other {
        Some(other) => {
            let other = &content.entries[other.index()];
            let label = format!("the {} `{}` is shown there", other.kind.word(), other.id);
            diagnostic.related(other.place(), label)
        }
        None => diagnostic.note("a page of the site itself is shown there"),
    }
}

/// Files that would be written over a page, or over each other on systems that fold case.
fn media_collisions(content: &Content, routes: &Routes) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &SourcePath> = BTreeMap::new();
    // Every page is an `.html`, and of these authors have few: mostly nobody has to look for one.
    let pages = LazyCell::new(|| -> BTreeMap<String, &str> {
        routes.paths().filter_map(|path| Some((file_of(path)?, path))).collect()
    });
    let page_at = |file: &str| file.ends_with(".html").then(|| pages.get(file).copied())?;
    let mut found = Vec::new();
    for path in content.media.keys() {
        let address = media_address(path);
        let folded = address.to_lowercase();
        if let Some(first) = seen.get(&folded) {
            let message = if media_address(first) == address {
                format!("`{path}` has the address of another file: `{address}`")
            } else {
                format!("`{path}` differs from another file only by case")
            };
            found.push(
                Diagnostic::error("address-collision", Place::file(path), message)
                    .related(Place::file(first), "the other file")
                    .help("rename one of the two"),
            );
            continue;
        }
        seen.insert(folded.clone(), path);
        let file = media_path(path).to_lowercase();
        if is_ours(file.trim_start_matches('/')) {
            let message = format!("the address `{address}` belongs to a file that sinew writes");
            let diagnostic = Diagnostic::error("address-collision", Place::file(path), message);
            found.push(diagnostic.help("give it another name, or take it out"));
            continue;
        }
        let page = page_at(file.trim_start_matches('/'));
        let page = page.or_else(|| Some(&**routes.pages.get_key_value(&*format!("{folded}/"))?.0));
        if let Some(page) = page {
            let message = format!("the address `{address}` belongs to the page `{page}`");
            found.push(Diagnostic::error("address-collision", Place::file(path), message));
        }
    }
    found
}

/// Where a file below `content/` is published: what lies in `static/`, at the top of the site.
pub fn media_path(path: &SourcePath) -> String {
    let below = at_the_top(path).or_else(|| path.below("content"));
    format!("/{}", below.unwrap_or(path.as_str()))
}

/// The address of a file below `content/`, as links and pictures name it.
pub fn media_address(path: &SourcePath) -> String {
    encoded_name(&media_path(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SourceMemo, read};
    use crate::source::Sources;

    #[test]
    fn a_file_at_the_place_of_a_page_is_reported() {
        let mut sources = Sources::default();
        for path in ["content/pages/media.md", "content/media/index.html", "content/media/a.txt"] {
            sources.insert(SourcePath::new(path), b"---\ntitle: Media\n---\nx\n");
        }
        let (content, _) = read(&sources, &mut SourceMemo::default());
        let (_, found) = routes(&content);
        let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["the address `/media/index.html` belongs to the page `/media/`"]);
    }
}
