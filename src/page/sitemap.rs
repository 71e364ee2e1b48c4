//! `sitemap.xml`: every page that a search engine should know, with the day of its last change.

use super::address::SiteAddress;
use super::xml::Xml;
use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId};
use crate::model::{Date, Entry};

/// The most addresses that one sitemap may hold, by the protocol.
const MOST_URLS: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap; several with an index where one cannot hold all pages. None without a known host:
/// the protocol asks for whole addresses.
pub fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
    let site = SiteAddress::of(base);
    if !site.is_known() {
        return Vec::new();
    }
    split(&site, &pages(base), MOST_URLS)
}

/// The day of the last change of a record that readers should know of.
pub fn last_change(entry: &Entry) -> Option<Date> {
    let common = entry.data.common();
    common.updated.max(common.published).max(common.reviewed.map(|review| review.on))
}

/// A page by its path, and the day of its last change.
type Page<'a> = (&'a str, Option<Date>);

fn pages(base: &KnowledgeBase) -> Vec<Page<'_>> {
    let changed = |record: RecordId| last_change(base.entry(record));
    let is_found = |path: &&str| !matches!(*path, "/404.html" | "/search/");
    base.routes
        .paths()
        .filter(is_found)
        .map(|path| match base.routes.page(path).flatten() {
            Some(record) => (path, changed(record)),
            None => (path, index_changed(base, path)),
        })
        .collect()
}

/// A page that lists records changes with them; the home page with any.
fn index_changed(base: &KnowledgeBase, path: &str) -> Option<Date> {
    let kinds = INDEX_PAGES.iter().find(|(index, _)| *index == path).map_or(&[][..], |page| page.1);
    let is_listed = |entry: &&Entry| kinds.is_empty() || kinds.contains(&entry.kind);
    base.content.entries.iter().filter(is_listed).filter_map(last_change).max()
}

fn split(site: &SiteAddress, pages: &[Page<'_>], most: usize) -> Vec<(String, String)> {
    if pages.len() <= most {
        return vec![("sitemap.xml".to_owned(), one(site, pages))];
    }
    let parts: Vec<(String, &[Page<'_>])> = pages
        .chunks(most)
        .enumerate()
        .map(|(at, part)| (format!("sitemap-{}.xml", at + 1), part))
        .collect();
    let mut xml = Xml::new();
    xml.parent("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
        for (name, part) in &parts {
            let newest = part.iter().filter_map(|(_, changed)| *changed).max();
            place(xml, "sitemap", &site.url(name), newest);
        }
    });
    let index = ("sitemap.xml".to_owned(), xml.finish());
    let parts = parts.into_iter().map(|(name, part)| (name, one(site, part)));
    std::iter::once(index).chain(parts).collect()
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
    use crate::page::sample::{knowledge_base, small_project};

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
        let files = split(&SiteAddress::new("https://x.org"), &pages, 2);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert_eq!(
            files[0].1,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n  \
             <sitemap>\n    <loc>https://x.org/sitemap-1.xml</loc>\n    <lastmod>2026-01-02</lastmod>\n  </sitemap>\n  \
             <sitemap>\n    <loc>https://x.org/sitemap-2.xml</loc>\n  </sitemap>\n</sitemapindex>\n",
        );
        assert!(files[2].1.contains("<loc>https://x.org/b/</loc>"));
    }
}
