//! `robots.txt`: crawlers may read everything, and find the sitemap.

use super::address::SiteAddress;
use super::published::{Published, TextFile};

/// The file for crawlers. Those look for it at the root of the host only.
pub fn files<'a>(_: &Published<'a>) -> Vec<TextFile<'a>> {
    vec![TextFile::new("robots.txt", |published| text(&published.site))]
}

fn text(site: &SiteAddress) -> String {
    let mut text = "User-agent: *\nDisallow:\n".to_owned();
    if site.is_known() {
        text.push_str(&format!("\nSitemap: {}\n", site.url("/sitemap.xml")));
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::graph::KnowledgeBase;
    use crate::page::sample::{knowledge_base, made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    #[test]
    fn crawlers_may_read_everything_and_are_told_of_the_sitemap_if_there_is_one() {
        let text = "User-agent: *\nDisallow:\n";
        let with_map = format!("{text}\nSitemap: https://x.org/kb/sitemap.xml\n");
        assert_eq!(files(&small_project()), [("robots.txt".to_owned(), with_map)]);
        let bare = knowledge_base(&[("site.toml", "title = \"A\"\n")]);
        assert_eq!(files(&bare), [("robots.txt".to_owned(), text.to_owned())]);
    }
}
