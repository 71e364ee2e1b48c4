//! The pages that list records, as machines are told of them: their names, and what they list.

use crate::graph::{INDEX_PAGES, KnowledgeBase};
use crate::model::Kind;

/// The name of a page that lists records: what the main menu calls it, else its English name.
pub fn index_name<'a>(base: &'a KnowledgeBase, path: &str) -> &'a str {
    if path == "/" {
        return base.settings().title();
    }
    let same = |url: &str| url.trim_end_matches('/') == path.trim_end_matches('/');
    let entry = base.settings().menu.iter().find(|entry| same(&entry.url));
    entry.map_or_else(|| english_name(path), |entry| &entry.label)
}

fn english_name(path: &str) -> &'static str {
    match path {
        "/articles/" => "Articles",
        "/muscles/" => "Muscles",
        "/pain/" => "Where does it hurt?",
        "/symptoms/" => "Symptoms",
        "/techniques/" => "Techniques",
        "/services/" => "Services",
        "/faq/" => "Questions",
        "/glossary/" => "Glossary",
        "/myths/" => "Myths",
        "/team/" => "Team",
        "/references/" => "References",
        "/topics/" => "Topics",
        "/search/" => "Search",
        "/404.html" => "Page not found",
        _ => "Home",
    }
}

/// The page that lists records of a kind, if the site has it.
pub fn index_of(base: &KnowledgeBase, kind: Kind) -> Option<&'static str> {
    let path = match kind {
        Kind::Area | Kind::Region => "/pain/",
        kind => INDEX_PAGES.iter().find(|(_, kinds)| kinds.contains(&kind))?.0,
    };
    base.routes.page(path).map(|_| path)
}

/// The pages of the site that gather others, in order, without search and the page for errors.
pub fn listed_indexes(base: &KnowledgeBase) -> impl Iterator<Item = &'static str> {
    INDEX_PAGES
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| !matches!(*path, "/" | "/search/" | "/404.html"))
        .filter(|path| base.routes.page(path).is_some())
}
