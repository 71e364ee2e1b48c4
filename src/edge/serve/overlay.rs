//! What is wrong with the site, over its last good page: every finding with its lines, and a link
//! that opens the editor there.

use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use super::editor::Editor;
use crate::diagnostic::Level;
use crate::diagnostic::print::{self, Colour, Finding};
use crate::source::{Fingerprint, SourcePath};
use crate::syntax::escape::escaped;

/// How many findings are listed; the terminal has them all.
const LISTED: usize = 100;

/// What is wrong with files of which little or nothing could be read.
const UNREAD: [&str; 4] = ["invalid-toml", "invalid-yaml", "not-text", "unclosed-front-matter"];

/// A finding, and how it is listed: snippets take long to draw, and all pages show the same ones.
pub(super) struct Item {
    /// The finding.
    pub(super) finding: Finding,
    html: OnceLock<String>,
}

impl Item {
    /// A finding to be listed.
    pub(super) fn new(finding: Finding) -> Arc<Self> {
        Arc::new(Self { finding, html: OnceLock::new() })
    }

    fn is(&self, level: Level) -> bool {
        self.finding.diagnostic.level == level
    }

    fn html(&self, editor: &Editor) -> &str {
        self.html.get_or_init(|| {
            let main = &self.finding.main;
            let class = if self.is(Level::Error) { "sinew-error" } else { "sinew-warning" };
            let start = main.start();
            let link = escaped(&editor.link(&main.path, start.line, start.column));
            let place = escaped(&format!("{}:{}:{}", main.path, start.line, start.column));
            let text = print::full(std::slice::from_ref(&self.finding), Colour::Off);
            let text = escaped(text.trim_end());
            format!(
                "<li class=\"{class}\"><a href=\"{link}\">{place}</a>\n<pre>{text}</pre></li>\n"
            )
        })
    }
}

/// Whether two lists hold the very same items.
pub(super) fn is_same(one: &[Arc<Item>], other: &[Arc<Item>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// All that a page has to say of findings.
pub(super) struct Findings<'a> {
    /// Those that came up when this page was made.
    pub(super) of_page: Vec<Arc<Item>>,
    /// Those of the whole site.
    pub(super) of_site: Vec<&'a Arc<Item>>,
    /// The files that the page is made from: what is wrong with them comes first.
    pub(super) sources: &'a [SourcePath],
    /// What opens their files.
    pub(super) editor: &'a Editor,
}

impl Findings<'_> {
    fn all(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.of_page.iter().chain(self.of_site.iter().copied())
    }

    fn count(&self, level: Level) -> usize {
        self.all().filter(|item| item.is(level)).count()
    }

    /// Those of some levels, as a list: files that cannot be read before all, as other findings may
    /// follow from them; then those of this page before others, errors before warnings.
    fn list(&self, levels: &[Level]) -> String {
        let is_own = |item: &Arc<Item>| {
            self.of_page.iter().any(|other| Arc::ptr_eq(other, item))
                || self.sources.contains(&item.finding.main.path)
        };
        let rank = |item: &Arc<Item>| {
            let level = levels.iter().position(|level| item.is(*level))?;
            Some((!UNREAD.contains(&&*item.finding.diagnostic.code), !is_own(item), level))
        };
        let ranked = self.all().filter_map(|item| Some((rank(item)?, item)));
        let mut listed: Vec<(_, &Arc<Item>)> = ranked.collect();
        let all = listed.len();
        listed.sort_by_key(|(rank, _)| *rank);
        listed.truncate(LISTED);
        let mut html = "<ol>\n".to_owned();
        html.extend(listed.iter().map(|(_, item)| item.html(self.editor)));
        html.push_str("</ol>\n");
        if all > listed.len() {
            let more = all - listed.len();
            writeln!(html, "<p>and {more} more in the terminal</p>").expect("text takes all");
        }
        html
    }

    /// The list that covers the page: nothing without errors, else all findings.
    pub(super) fn overlay(&self) -> String {
        if self.count(Level::Error) == 0 {
            return String::new();
        }
        let list = self.list(&[Level::Error, Level::Warn]);
        let summary = self.summary();
        // A list that was put away comes again when there is something else in it.
        let print = Fingerprint::of(list.as_bytes());
        format!(
            "<details id=\"sinew-findings\" data-findings=\"{print}\" open>\n\
             <summary>{summary}</summary>\n{list}</details>\n"
        )
    }

    /// The warnings, to be unfolded.
    pub(super) fn warnings(&self) -> String {
        let count = self.count(Level::Warn);
        if count == 0 {
            return String::new();
        }
        let plural = if count == 1 { "" } else { "s" };
        let list = self.list(&[Level::Warn]);
        format!("<details>\n<summary>{count} warning{plural}</summary>\n{list}</details>\n")
    }

    fn summary(&self) -> String {
        let named = |level, word: &str| match self.count(level) {
            0 => None,
            1 => Some(format!("1 {word}")),
            count => Some(format!("{count} {word}s")),
        };
        let parts = [named(Level::Error, "error"), named(Level::Warn, "warning")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostic::print::Located;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::model::settings::Settings;

    fn item(path: &str, level: Level, message: &str) -> Arc<Item> {
        let diagnostic = Diagnostic::new("c", level, Place::file(&path.into()), message);
        let main = Located { path: path.into(), text: None, range: 0..0 };
        Item::new(Finding { diagnostic, main, related: Vec::new() })
    }

    fn with<T>(items: &[Arc<Item>], sources: &[SourcePath], f: impl Fn(&Findings<'_>) -> T) -> T {
        let editor = Editor::of(&Settings::default(), Path::new("/kb"));
        let of_site = items.iter().collect();
        f(&Findings { of_page: Vec::new(), of_site, sources, editor: &editor })
    }

    #[test]
    fn the_pages_own_errors_come_first_and_nothing_in_them_is_markup() {
        let items = [
            item("a.md", Level::Error, "first"),
            item("b.md", Level::Warn, "second"),
            item("b.md", Level::Error, "<script>third</script>"),
            item("\"><script>.md", Level::Error, "x"),
        ];
        let html = with(&items, &["b.md".into()], |all| all.overlay());
        let place = |text: &str| html.find(text).expect("it is listed");
        assert!(place("third") < place("second") && place("second") < place("first"));
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("<summary>3 errors, 1 warning</summary>"));
        assert!(html.contains("<a href=\"vscode://file/kb/b.md:1:1\">b.md:1:1</a>"), "{html}");
    }

    #[test]
    fn a_file_that_cannot_be_read_comes_before_all() {
        let mut items: Vec<_> =
            (0..LISTED + 1).map(|_| item("own.md", Level::Error, "follows")).collect();
        let place = Place::file(&"z.yaml".into());
        let diagnostic = Diagnostic::error("invalid-yaml", place, "the slip");
        let main = Located { path: "z.yaml".into(), text: None, range: 0..0 };
        items.push(Item::new(Finding { diagnostic, main, related: Vec::new() }));
        let html = with(&items, &["own.md".into()], |all| all.overlay());
        let place = |text: &str| html.find(text).expect("it is listed");
        assert!(place("the slip") < place("follows"));
    }

    #[test]
    fn warnings_alone_cover_nothing() {
        let items = [item("a.md", Level::Warn, "w")];
        assert_eq!(with(&items, &[], |all| all.overlay()), "");
        assert!(with(&items, &[], |all| all.warnings()).contains("<summary>1 warning</summary>"));
        assert_eq!(with(&[], &[], |all| all.warnings()), "");
    }

    #[test]
    fn only_so_many_are_listed_and_the_rest_is_counted() {
        let items: Vec<_> =
            (0..LISTED + 7).map(|n| item(&format!("{n}.md"), Level::Error, "m")).collect();
        let html = with(&items, &[], |all| all.overlay());
        assert_eq!(html.matches("<li").count(), LISTED);
        assert!(html.contains("and 7 more in the terminal"));
    }
}
