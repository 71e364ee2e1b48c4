//! The files that addresses become below the output, and which of them are taken.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::KnowledgeBase;
use super::routes::{Routes, articles_path, media_path};
use crate::model::{Content, Kind, STATIC};
use crate::source::SourcePath;
use crate::syntax::address::is_web;

/// What lies at the top of a site beside its pages, or may: files for machines and for hosts.
const AT_THE_TOP: [&str; 6] =
    [".nojekyll", "_headers", "_redirects", "feed.xml", "llms.txt", "robots.txt"];

/// The folders with files for machines, of the theme, and made pictures. Pages may lie in them as well,
/// but for a folder with a dot in its name, as that would be a file's.
const FOLDERS: [&str; 5] = ["assets", "cards", "data", "maps", "search"];

/// The file below the output at which a path of the site is found; `None` if the path leads out of
/// it, or to a name that not every system can have.
pub fn file_of(path: &str) -> Option<String> {
    let mut file = String::new();
    for segment in path.split('/') {
        let segment = percent_decode_str(segment).decode_utf8().ok()?;
        match &*segment {
            "" | "." => continue,
            ".." => return None,
            // What was encoded would become a folder, or a name that some systems cannot have.
            name if name.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)) => {
                return None;
            }
            name => {
                if !file.is_empty() {
                    file.push('/');
                }
                file.push_str(name);
            }
        }
    }
    if file.ends_with(".html") && !path.ends_with('/') {
        return Some(file);
    }
    Some(if file.is_empty() { "index.html".into() } else { format!("{file}/index.html") })
}

/// Whether a file would stand where the site has, or may have, one that is no page and none of the
/// author's.
pub fn is_reserved(file: &str) -> bool {
    let (first, _) = file.split_once('/').unwrap_or((file, ""));
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_sitemap = || first.starts_with("sitemap") && first.ends_with(".xml");
    AT_THE_TOP.contains(&first)
        // Manifests, claims and records of publishing.
        || first.starts_with(".sinew")
        || is_sitemap()
        || FOLDERS.contains(&first) && folder.contains('.')
}

/// The files of authors that may be published at a path of the site.
fn files_at(path: &str) -> impl Iterator<Item = SourcePath> {
    let folders = [("content", ""), ("content/", STATIC)].into_iter();
    folders.map(move |(content, folder)| SourcePath::new([content, folder, path].concat()))
}

/// Whether a file of the author's would stand where sinew writes, or may write, one of its own.
pub(super) fn is_ours(file: &str) -> bool {
    let (first, below) = file.split_once('/').unwrap_or((file, ""));
    is_reserved(file) || FOLDERS.contains(&first) && !below.is_empty()
}

impl KnowledgeBase {
    /// The file of the author's that is published at a path.
    pub(super) fn media_at(&self, path: &str) -> Option<SourcePath> {
        files_at(path)
            .find(|file| self.content.media.contains_key(file) && media_path(file) == path)
    }

    /// Whether a file may be published at a path of the site that could not be read.
    pub(super) fn may_have_media_at(&self, path: &str) -> bool {
        files_at(path).any(|file| self.content.may_hold_file(&file))
    }

    /// Whether the site has something at a path that authors may link to, beside the pages of records
    /// and those that list them: a file for machines, or a further page of the list of articles.
    pub(super) fn has_besides(&self, path: &str) -> bool {
        match path {
            "/llms.txt" | "/robots.txt" => true,
            "/feed.xml" => self.has_feed(),
            "/sitemap.xml" => is_web(self.base_url()),
            _ => {
                let data = path.strip_prefix("/data/").and_then(|name| name.strip_suffix(".json"));
                let kind = data.and_then(Kind::from_folder);
                let is_articles = |page| articles_path(page) == path;
                kind.is_some_and(|kind| self.of_kind(kind).next().is_some())
                    // Most links lead to records: only few ask each of the pages.
                    || path.starts_with("/articles/page/")
                        && (2..=self.routes.article_pages).any(is_articles)
            }
        }
    }

    /// Whether there is a feed: every article says when it was published.
    pub fn has_feed(&self) -> bool {
        self.of_kind(Kind::Article).next().is_some()
    }
}

/// The files of pages and of the author, each with what it is. Hosts and systems that fold case have
/// one file where others have two, so case does not count.
pub(super) struct Taken(BTreeMap<String, String>);

impl Taken {
    pub(super) fn new(content: &Content, routes: &Routes) -> Self {
        let more = (2..=routes.article_pages).map(articles_path);
        let pages = routes.paths().map(str::to_owned).chain(more);
        let pages = pages.filter_map(|path| Some((file_of(&path)?, format!("the page `{path}`"))));
        let media = content.media.keys().map(|path| {
            let file = media_path(path).trim_start_matches('/').to_owned();
            (file, format!("the file `{path}`"))
        });
        Self(pages.chain(media).map(|(file, what)| (file.to_lowercase(), what)).collect())
    }

    /// What stands in the way of a file: at its place, or as a file where a folder has to be, or the
    /// other way round.
    pub(super) fn in_the_way_of(&self, file: &str) -> Option<&str> {
        let file = file.to_lowercase();
        if is_reserved(&file) {
            return Some("a file that sinew writes");
        }
        let above = file.match_indices('/').map(|(at, _)| &file[..at]);
        let above = above.chain([&*file]).find_map(|file| self.0.get(file));
        let below = || {
            let folder = format!("{file}/");
            let (path, what) = self.0.range(folder.clone()..).next()?;
            path.starts_with(&folder).then_some(what)
        };
        above.or_else(below).map(String::as_str)
    }

    /// Takes a file for a redirection.
    pub(super) fn take(&mut self, file: &str, from: &str) {
        self.0.insert(file.to_lowercase(), format!("the redirect from `{from}`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_file_below_the_output_or_none() {
        assert_eq!(file_of("/"), Some("index.html".into()));
        assert_eq!(file_of("/old"), Some("old/index.html".into()));
        assert_eq!(file_of("//old//b/"), Some("old/b/index.html".into()));
        assert_eq!(file_of("/old.html"), Some("old.html".into()));
        assert_eq!(file_of("/caf%C3%A9/"), Some("café/index.html".into()));
        assert_eq!(file_of("/%2e%2e/etc/"), None);
        assert_eq!(file_of("/a%2fb/"), None);
        assert_eq!(file_of("/a%00/"), None);
        assert_eq!(file_of("/a*/"), None);
    }

    #[test]
    fn what_the_site_writes_is_reserved_and_the_rest_of_its_folders_is_not() {
        for file in ["feed.xml/index.html", "sitemap-2.xml/index.html", "data/a.json/index.html"] {
            assert!(is_reserved(file), "{file}");
        }
        for file in ["data/index.html", "search/old.html", "sitemap/index.html", "old.html"] {
            assert!(!is_reserved(file), "{file}");
        }
    }
}
