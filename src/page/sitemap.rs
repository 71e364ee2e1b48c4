//! `sitemap.xml`: every page that a search engine should know, with the day of its last change.

use std::cell::LazyCell;

use super::address::SiteAddress;
use super::published::{Published, TextFile};
use super::xml::Xml;
use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId};
use crate::model::{Date, Entry, Kind};

/// The most addresses that one sitemap may hold, by the protocol.
const MOST_URLS: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap; several with an index where one cannot hold all pages. None without a known host:
/// the protocol asks for whole addresses.
pub fn files<'a>(published: &Published<'a>) -> Vec<TextFile<'a>> {
    if !published.site.is_known() {
        return Vec::new();
    }
    let names = names(found(published.base).count(), MOST_URLS);
    let file = |(at, name)| {
        TextFile::new(name, move |published| {
            text(&published.site, &pages(published.base), MOST_URLS, at)
        })
    };
    names.into_iter().enumerate().map(file).collect()
}

/// The day of the last change of a record that readers should know of.
pub fn last_change(entry: &Entry) -> Option<Date> {
    let common = entry.data.common();
    common.updated.max(common.published).max(common.reviewed.map(|review| review.on))
}

/// A page by its path, and the day of its last change.
type Page<'a> = (&'a str, Option<Date>);

/// The paths of the pages that a search engine should know.
fn found(base: &KnowledgeBase) -> impl Iterator<Item = &str> {
    base.routes.paths().filter(|path| !matches!(*path, "/404.html" | "/search/"))
}

fn pages(base: &KnowledgeBase) -> Vec<Page<'_>> {
    let changed = |record: RecordId| last_change(base.entry(record));
    // The home page changes with any record, and so do further pages of the list of articles: hundreds.
    let newest = LazyCell::new(|| base.records().filter_map(|(_, entry)| last_change(entry)).max());
    found(base)
        .map(|path| match base.routes.page(path).flatten() {
            Some(record) => (path, changed(record)),
            None => match listed(path) {
                [] => (path, *newest),
                kinds => (path, kinds_changed(base, kinds)),
            },
        })
        .collect()
}

/// The kinds with which a page that lists records changes; none if with any.
fn listed(path: &str) -> &'static [Kind] {
    INDEX_PAGES.iter().find(|(index, _)| *index == path).map_or(&[], |(_, kinds)| kinds)
}

fn kinds_changed(base: &KnowledgeBase, kinds: &[Kind]) -> Option<Date> {
    let listed = kinds.iter().flat_map(|kind| base.of_kind(*kind));
    listed.filter_map(|(_, entry)| last_change(entry)).max()
}

/// The names of the files in which so many pages find room: the first is the one that is told of.
fn names(pages: usize, most: usize) -> Vec<String> {
    let parts = if pages > most { pages.div_ceil(most) } else { 0 };
    let parts = (1..=parts).map(part_name);
    std::iter::once("sitemap.xml".to_owned()).chain(parts).collect()
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// The text of the file at a position of [`names`].
fn text(site: &SiteAddress, pages: &[Page<'_>], most: usize, at: usize) -> String {
    let mut parts = pages.chunks(most);
    match at.checked_sub(1) {
        Some(part) => one(site, parts.nth(part).unwrap_or_default()),
        None if pages.len() <= most => one(site, pages),
        None => index(site, parts),
    }
}

fn index<'a>(site: &SiteAddress, parts: impl Iterator<Item = &'a [Page<'a>]>) -> String {
    let mut xml = Xml::new();
    xml.parent("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
        for (at, part) in parts.enumerate() {
            let newest = part.iter().filter_map(|(_, changed)| *changed).max();
            place(xml, "sitemap", &site.url(&part_name(at + 1)), newest);
        }
    });
    xml.finish()
}

fn one(site: &SiteAddress, pages: &[Page<'_>]) -> String {
    let mut xml = Xml::new();
    xml.parent("urlset", &[("xmlns", NAMESPACE)], |xml| {
        for (path, changed) in pages {
            place(xml, "url", &site.url(path), *changed);
        }
    });
    xml.finish()
}

fn place(xml: &mut Xml, element: &str, url: &str, changed: Option<Date>) {
    xml.parent(element, &[], |xml| {
        xml.text("loc", &[], url);
        if let Some(changed) = changed {
            xml.text("lastmod", &[], &changed.to_string());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{knowledge_base, made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    #[test]
    fn every_page_but_search_and_errors_is_in_the_sitemap_with_its_last_change() {
        let files = files(&small_project());
        let [(name, text)] = files.as_slice() else { panic!("expected one file") };
        assert_eq!(name, "sitemap.xml");
        assert!(text.starts_with(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n  \
             <url>\n    <loc>https://x.org/kb/</loc>\n    <lastmod>2026-03-01</lastmod>\n  </url>\n"
        ));
        let places: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("<loc>https://x.org/kb"))
            .filter_map(|line| line.strip_suffix("</loc>"))
            .collect();
        assert_eq!(
            places,
            [
                "/",
                "/about/",
                "/articles/",
                "/articles/nine/",
                "/articles/older/",
                "/faq/",
                "/glossary/",
                "/muscles/",
                "/muscles/infra/",
                "/muscles/sub/",
                "/myths/",
                "/pain/",
                "/pain/front/",
                "/pain/shoulder/",
                "/references/",
                "/services/",
                "/services/session/",
                "/symptoms/",
                "/symptoms/stiff/",
                "/team/",
                "/team/ann/",
                "/team/team/",
                "/techniques/",
                "/techniques/ball/",
                "/techniques/pressing/",
                "/topics/",
                "/topics/care/",
            ],
        );
    }

    #[test]
    fn a_site_without_a_known_host_has_no_sitemap() {
        assert!(files(&knowledge_base(&[("site.toml", "title = \"A\"\n")])).is_empty());
    }

    #[test]
    fn more_pages_than_one_sitemap_holds_are_split_with_an_index() {
        let day = Date::parse("2026-01-02").ok();
        let pages = [("/", None), ("/a/", day), ("/b/", None)];
        let site = SiteAddress::new("https://x.org");
        let text = |at| text(&site, &pages, 2, at);
        assert_eq!(names(2, 2), ["sitemap.xml"]);
        assert_eq!(names(3, 2), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert_eq!(
            text(0),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n  \
             <sitemap>\n    <loc>https://x.org/sitemap-1.xml</loc>\n    <lastmod>2026-01-02</lastmod>\n  </sitemap>\n  \
             <sitemap>\n    <loc>https://x.org/sitemap-2.xml</loc>\n  </sitemap>\n</sitemapindex>\n",
        );
        assert!(text(1).contains("<loc>https://x.org/a/</loc>"));
        assert!(text(2).contains("<loc>https://x.org/b/</loc>"));
    }
}
