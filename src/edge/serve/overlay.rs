//! What served pages have beside their own bytes: a list of what is wrong at their foot, and the
//! script that renews them. Both are put into answers only, never into files.

use crate::diagnostic::Level;
use crate::diagnostic::print::{self, Finding};
use crate::source::SourcePath;
use crate::syntax::escape::{escaped, push_escaped};

/// Where the style of the list is served.
pub(super) const STYLE_ADDRESS: &str = "/_sinew/overlay.css";
/// The style of the list.
pub(super) const STYLE: &str = include_str!("overlay.css");
/// Where the script is served that renews pages.
pub(super) const SCRIPT_ADDRESS: &str = "/_sinew/reload.js";
/// The script that renews pages.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// How many findings are listed; the terminal has them all.
const LISTED: usize = 100;

/// What a page says of the findings: nothing without errors, else all of them, those of the page's
/// own sources first, errors before warnings.
pub(super) fn overlay(findings: &[Finding], own: &[SourcePath]) -> String {
    if !findings.iter().any(|finding| finding.diagnostic.level == Level::Error) {
        return String::new();
    }
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| {
        (!own.contains(&finding.main.path), std::cmp::Reverse(finding.diagnostic.level))
    });
    let summary = print::summary(findings);
    let mut html = format!(
        "<link rel=\"stylesheet\" href=\"{STYLE_ADDRESS}\">\n\
         <details id=\"sinew-findings\" open>\n<summary>{summary}</summary>\n<ol>\n"
    );
    for finding in sorted.iter().take(LISTED) {
        let class = if finding.diagnostic.level == Level::Error { "error" } else { "warning" };
        html.push_str(&format!("<li class=\"sinew-{class}\">"));
        push_escaped(&mut html, print::concise(std::slice::from_ref(*finding)).trim_end());
        for help in &finding.diagnostic.help {
            html.push_str("<br>help: ");
            push_escaped(&mut html, help);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n");
    if sorted.len() > LISTED {
        html.push_str(&format!("<p>and {} more in the terminal</p>\n", sorted.len() - LISTED));
    }
    html.push_str("</details>\n");
    html
}

/// What the script of a page has to know.
pub(super) struct Renewal<'a> {
    /// The token of this run.
    pub(super) token: &'a str,
    /// The path under which the page was asked for.
    pub(super) page: &'a str,
    /// The stamp of what is shown.
    pub(super) stamp: &'a str,
}

impl Renewal<'_> {
    /// The element that loads the script.
    pub(super) fn element(&self) -> String {
        let [token, page, stamp] = [self.token, self.page, self.stamp].map(escaped);
        format!(
            "<script src=\"{SCRIPT_ADDRESS}\" data-token=\"{token}\" data-page=\"{page}\" \
             data-seen=\"{stamp}\" defer></script>\n"
        )
    }
}

/// A page with something more at the end of its body.
pub(super) fn with_at_foot(page: &str, foot: &str) -> String {
    let end = page.rfind("</body>").unwrap_or(page.len());
    [&page[..end], foot, &page[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::print::Located;
    use crate::diagnostic::{Diagnostic, Place};

    fn finding(path: &str, level: Level, message: &str) -> Finding {
        let diagnostic = Diagnostic::new("c", level, Place::file(&path.into()), message);
        let main = Located { path: path.into(), text: None, range: 0..0 };
        Finding { diagnostic, main, related: Vec::new() }
    }

    #[test]
    fn the_pages_own_errors_come_first_and_nothing_in_them_is_markup() {
        let findings = [
            finding("a.md", Level::Error, "first"),
            finding("b.md", Level::Warn, "second"),
            finding("b.md", Level::Error, "<script>third</script>"),
        ];
        let html = overlay(&findings, &["b.md".into()]);
        let place = |text: &str| html.find(text).expect("it is listed");
        assert!(place("third") < place("second") && place("second") < place("first"));
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("<summary>2 errors, 1 warning</summary>"));
    }

    #[test]
    fn warnings_alone_are_for_the_terminal() {
        assert_eq!(overlay(&[finding("a.md", Level::Warn, "w")], &[]), "");
    }

    #[test]
    fn the_foot_stands_at_the_end_of_the_body_or_of_what_there_is() {
        assert_eq!(with_at_foot("<body>x</body></html>", "!"), "<body>x!</body></html>");
        assert_eq!(with_at_foot("x", "!"), "x!");
    }

    #[test]
    fn a_path_cannot_break_out_of_its_attribute() {
        let renewal = Renewal { token: "t", page: "/\"><script>", stamp: "s" };
        assert!(renewal.element().contains("data-page=\"/&quot;&gt;&lt;script&gt;\""));
    }
}
