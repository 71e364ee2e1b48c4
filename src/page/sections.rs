//! The pages that list records: what they are called, by whoever speaks of them, and what they list.

use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId};
use crate::model::area::Area;
use crate::theme::Strings;

/// What a page that lists records is called, in the words of the language.
pub fn index_name<'a>(strings: &'a Strings, path: &'a str) -> &'a str {
    let key = match path {
        "/" => "nav.home".to_owned(),
        "/404.html" => "not_found.title".to_owned(),
        _ => format!("{}.title", path.trim_matches('/')),
    };
    strings.get(&key).unwrap_or(path)
}

/// What a page of the list of articles is called: the first one as the list, others with their number.
pub fn articles_name(strings: &Strings, number: u32, count: u32) -> String {
    let title = index_name(strings, "/articles/");
    match number {
        1 => title.to_owned(),
        _ => {
            let titled = strings.get("pager.titled").unwrap_or("{title}").replace("{title}", title);
            let titled = titled.replace("{number}", &number.to_string());
            titled.replace("{count}", &count.to_string())
        }
    }
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
    use crate::page::sample::{knowledge_base, strings};

    #[test]
    fn every_page_that_lists_records_has_a_name_in_the_words_of_the_language() {
        let strings = strings();
        for (path, _) in INDEX_PAGES {
            assert_ne!(index_name(&strings, path), path);
        }
        assert_eq!(index_name(&strings, "/team/"), "Who we are");
        assert_eq!(articles_name(&strings, 1, 2), "Articles");
        assert_eq!(articles_name(&strings, 2, 2), "Articles, page 2 of 2");
    }

    #[test]
    fn areas_stand_in_their_order() {
        let base = knowledge_base(&[(
            "content/areas.yaml",
            "z: {name: Z}\na: {name: A}\nb: {name: B, order: 2}\nc: {name: C, order: 1}\n",
        )]);
        let names: Vec<&str> = areas(&base).into_iter().map(|one| &**base.name(one)).collect();
        assert_eq!(names, ["C", "B", "Z", "A"]);
    }
}
