//! What served pages have beside their own bytes, at their foot: the findings, the bar, and what
//! renews them. All of it is put into answers only, never into files, and all of it comes from this
//! server: pages keep the policy under which they are published.

use crate::syntax::escape::escaped;

/// A file that pages are given while they are written.
pub(super) struct Asset {
    /// Its path.
    pub(super) path: &'static str,
    /// Its content type.
    pub(super) kind: &'static str,
    /// Its text.
    pub(super) text: &'static str,
}

/// The style of the findings and of the bar.
const STYLE: Asset = Asset {
    path: "/_sinew/dev.css",
    kind: "text/css; charset=utf-8",
    text: include_str!("browser/dev.css"),
};
/// The script that renews pages.
const RENEW: Asset = Asset {
    path: "/_sinew/renew.js",
    kind: "text/javascript; charset=utf-8",
    text: include_str!("browser/renew.js"),
};
/// What changes one tree of nodes into another one.
const MORPH: Asset = Asset {
    path: "/_sinew/idiomorph.js",
    kind: "text/javascript; charset=utf-8",
    text: include_str!("browser/idiomorph.js"),
};
/// All of them.
pub(super) const ASSETS: [Asset; 3] = [STYLE, RENEW, MORPH];

/// What the script of a page has to know.
pub(super) struct Renewal<'a> {
    /// The token of this run.
    pub(super) token: &'a str,
    /// The path under which the page was asked for.
    pub(super) page: &'a str,
    /// The stamp of what is shown.
    pub(super) stamp: &'a str,
    /// The pictures that are shown.
    pub(super) pictures: &'a str,
}

impl Renewal<'_> {
    /// The elements that load the scripts. The first runs before any script that waits for the whole
    /// page: it takes note of the page as it was served.
    pub(super) fn elements(&self) -> String {
        let all = [self.token, self.page, self.stamp, self.pictures];
        let [token, page, stamp, pictures] = all.map(escaped);
        format!(
            "<script id=\"sinew-renew\" src=\"{}\" data-token=\"{token}\" data-page=\"{page}\" \
             data-seen=\"{stamp}\" data-pictures=\"{pictures}\"></script>\n<script src=\"{}\" defer></script>\n",
            RENEW.path, MORPH.path
        )
    }
}

/// The foot of a page, before what renews it.
pub(super) fn foot(overlay: &str, bar: &str) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"{}\">\n<div id=\"sinew-dev\">\n{overlay}{bar}</div>\n",
        STYLE.path
    )
}

/// A page with something more at the end of its body.
pub(super) fn with_at_foot(page: &str, foot: &str) -> String {
    let end = page.rfind("</body>").unwrap_or(page.len());
    [&page[..end], foot, &page[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foot_stands_at_the_end_of_the_body_or_of_what_there_is() {
        assert_eq!(with_at_foot("<body>x</body></html>", "!"), "<body>x!</body></html>");
        assert_eq!(with_at_foot("x", "!"), "x!");
    }

    #[test]
    fn a_path_cannot_break_out_of_its_attribute() {
        let renewal = Renewal { token: "t", page: "/\"><script>", stamp: "s", pictures: "{}" };
        assert!(renewal.elements().contains("data-page=\"/&quot;&gt;&lt;script&gt;\""));
    }

    #[test]
    fn all_that_pages_are_given_is_served_below_one_path() {
        assert!(ASSETS.iter().all(|asset| asset.path.starts_with("/_sinew/")));
    }
}
