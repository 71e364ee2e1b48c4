//! The pages that list records, as machines are told of them: their names, and what they list.

use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::area::Area;

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

/// The areas from head to toe: by `order`, then as they were written.
pub fn areas(base: &KnowledgeBase) -> Vec<RecordId> {
    let mut areas: Vec<(RecordId, &Area)> = base.all::<Area>().collect();
    areas.sort_by_key(|(record, area)| {
        (area.order.unwrap_or(u32::MAX), base.entry(*record).position, *record)
    });
    areas.into_iter().map(|(record, _)| record).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::knowledge_base;

    #[test]
    fn a_page_is_called_what_the_menu_calls_it_and_areas_stand_in_their_order() {
        let base = knowledge_base(&[
            ("site.toml", "[[menu]]\nlabel = \"Words\"\nurl = \"/glossary\"\n"),
            (
                "content/areas.yaml",
                "z: {name: Z}\na: {name: A}\nb: {name: B, order: 2}\nc: {name: C, order: 1}\n",
            ),
        ]);
        assert_eq!(index_name(&base, "/glossary/"), "Words");
        assert_eq!(index_name(&base, "/muscles/"), "Muscles");
        assert_eq!(index_name(&base, "/"), "Knowledge base");
        let names: Vec<&str> = areas(&base).into_iter().map(|one| &**base.name(one)).collect();
        assert_eq!(names, ["C", "B", "Z", "A"]);
    }
}
