//! From paths of the site to addresses that others can follow.

use percent_encoding::utf8_percent_encode;

use crate::graph::KnowledgeBase;
use crate::syntax::address::{UNSAFE, is_elsewhere, is_web};
use crate::syntax::host::with_ascii_host;

/// Where the site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteAddress {
    /// The whole address, such as `https://example.com/kb`; empty where it is not known.
    origin_and_path: String,
    /// The path below the host: empty, or `/kb`.
    base_path: String,
}

impl SiteAddress {
    /// The address of a site; what has no scheme and no host only says the path.
    pub fn new(base_url: &str) -> Self {
        let base_url = base_url.trim_end_matches('/');
        match base_url.split_once("://") {
            Some((_, rest)) if is_web(base_url) && !rest.is_empty() => Self {
                origin_and_path: encoded(&with_ascii_host(base_url)),
                base_path: rest.find('/').map_or_else(String::new, |at| encoded(&rest[at..])),
            },
            _ if is_elsewhere(base_url) => Self::new(""),
            _ => {
                let at = base_url.find('/').unwrap_or(base_url.len());
                Self { origin_and_path: String::new(), base_path: encoded(&base_url[at..]) }
            }
        }
    }

    /// The address under which a knowledge base is published in this build.
    pub fn of(base: &KnowledgeBase) -> Self {
        Self::new(base.base_url())
    }

    /// Whether the host is known, so that addresses are whole.
    pub fn is_known(&self) -> bool {
        !self.origin_and_path.is_empty()
    }

    /// The whole address of a path of the site if the host is known, else the path from the root of
    /// the host. Web addresses stay as they are.
    pub fn url(&self, address: &str) -> String {
        if is_elsewhere(address) {
            return encoded(address);
        }
        let start = if self.is_known() { &self.origin_and_path } else { &self.base_path };
        below(start, address)
    }

    /// The path of a page from the root of the host. Web addresses stay as they are.
    pub fn path(&self, address: &str) -> String {
        if is_elsewhere(address) {
            return encoded(address);
        }
        below(&self.base_path, address)
    }

    /// The address of the site without a slash at its end, such as `https://example.com/kb`; empty where
    /// it is not known.
    pub fn base_url(&self) -> &str {
        &self.origin_and_path
    }

    /// The folder of the host below which the site lies: empty, or `/kb`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }
}

/// A path of the site below the site's own address.
fn below(start: &str, path: &str) -> String {
    let mut address = String::with_capacity(start.len() + 1 + path.len());
    address.push_str(start);
    address.push('/');
    address.extend(utf8_percent_encode(path.trim_start_matches('/'), UNSAFE));
    address
}

/// An address as its author wrote it, with what a URL cannot hold encoded.
pub fn encoded(address: &str) -> String {
    utf8_percent_encode(address, UNSAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::address::encoded_name;

    #[test]
    fn a_site_below_a_folder_of_its_host_keeps_the_folder_in_every_address() {
        let site = SiteAddress::new("https://x.org/kb/");
        assert_eq!(site.url("/muscles/a/"), "https://x.org/kb/muscles/a/");
        assert_eq!(site.url("/faq/#how-many"), "https://x.org/kb/faq/#how-many");
        assert_eq!(site.path("/muscles/a/"), "/kb/muscles/a/");
        assert_eq!(site.base_path(), "/kb");
    }

    #[test]
    fn a_host_with_other_letters_is_written_as_computers_call_it() {
        let site = SiteAddress::new("https://praxis-müller.de/über");
        assert_eq!(site.url("/a/"), "https://xn--praxis-mller-klb.de/%C3%BCber/a/");
        assert_eq!(site.path("/a/"), "/%C3%BCber/a/");
    }

    #[test]
    fn a_site_without_a_host_has_paths_for_addresses() {
        assert_eq!(SiteAddress::new("").url("/a/"), "/a/");
        assert_eq!(SiteAddress::new("/kb").url("/a/"), "/kb/a/");
        assert_eq!(SiteAddress::new("javascript://x/y").url("/a/"), "/a/");
        assert_eq!(SiteAddress::new("//x/y").url("/a/"), "/a/");
        assert!(!SiteAddress::new("x.org").is_known());
    }

    #[test]
    fn web_addresses_stay_as_they_are_and_odd_names_are_encoded() {
        let site = SiteAddress::new("https://x.org");
        assert_eq!(site.url("https://y.org/?a=1&b=%20"), "https://y.org/?a=1&b=%20");
        assert_eq!(site.url("/a b/<c>"), "https://x.org/a%20b/%3Cc%3E");
        let file = encoded_name("/media/50 %é.png");
        assert_eq!(site.url(&file), "https://x.org/media/50%20%25%C3%A9.png");
    }
}
