//! Style sheets, joined and named by their content, and the other files that a theme publishes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layers::{Layer, ThemeFile, winners};
use crate::diagnostic::Diagnostic;
use crate::source::Fingerprint;

/// A file that is published with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name below the theme's `assets/`, such as `icon.svg`; `site.css` for the style sheet.
    pub name: String,
    /// Its path in the site, such as `assets/icon.0123abcd.svg`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Joins the style sheets and names all published files; the sheet of every page comes first.
///
/// What stands in a folder of `css/` makes another sheet of it, such as `records.css`, for pages that ask
/// for that instead: a page waits for one sheet only. `rule` is what the settings say to the sheet. It
/// stands first, so that a studio's own sheet wins.
pub(crate) fn load(
    layers: &[Layer],
    order: &[String],
    rule: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let mut sheets = style_sheets(layers, order, found);
    let site = format!("{rule}{}", sheets.remove("").unwrap_or_default());
    let more = sheets.into_iter();
    let more = more.map(|(folder, sheet)| (format!("{folder}.css"), format!("{site}{sheet}")));
    let mut assets: Vec<Asset> =
        more.map(|(name, sheet)| asset(&name, sheet.into_bytes().into())).collect();
    assets.insert(0, asset("site.css", site.into_bytes().into()));
    for file in winners(layers, "assets", &[]) {
        let name = file.path.strip_prefix("assets/").unwrap_or(file.path);
        let small = name.ends_with(".css").then(|| std::str::from_utf8(file.bytes).ok()).flatten();
        let bytes =
            small.map_or_else(|| Arc::clone(file.bytes), |css| minify(css).into_bytes().into());
        assets.push(asset(name, bytes));
    }
    assets
}

/// The published paths by name.
pub(crate) fn paths(assets: &[Asset]) -> BTreeMap<String, String> {
    assets.iter().map(|asset| (asset.name.clone(), asset.path.clone())).collect()
}

fn asset(name: &str, bytes: Arc<[u8]>) -> Asset {
    let hash = Fingerprint::of(&bytes).short(8);
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    let path = match file.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{folder}{stem}.{hash}.{ending}"),
        None => format!("assets/{folder}{file}.{hash}"),
    };
    Asset { name: name.to_owned(), path, bytes }
}

/// The sheets by the folder they stand in; that of every page has none. Those that `theme.toml` names
/// come first, in its order; a studio's own follow, by name.
fn style_sheets<'a>(
    layers: &'a [Layer],
    order: &[String],
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, String> {
    let mut files = winners(layers, "css", &[".css"]);
    let rank = |file: &ThemeFile<'_>| {
        let name = file.path.strip_prefix("css/").unwrap_or(file.path);
        order.iter().position(|listed| listed == name).unwrap_or(order.len())
    };
    files.sort_by(|left, right| (rank(left), left.path).cmp(&(rank(right), right.path)));
    let mut sheets: BTreeMap<&str, String> = BTreeMap::new();
    for file in files {
        let name = file.path.strip_prefix("css/").unwrap_or(file.path);
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        if let Some(text) = file.text(found) {
            let sheet = sheets.entry(folder).or_default();
            sheet.push_str(&minify(text));
            sheet.push('\n');
        }
    }
    sheets
}

/// A sheet without comments, and without white space that means nothing.
pub(crate) fn minify(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if next == '"' || next == '\'' {
            let end = end_of_string(rest, next);
            small.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if next.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            let is_wanted = !small.is_empty()
                // A space after a colon means nothing; one before it is a descendant.
                && !small.ends_with(['{', '}', ';', ',', ':', ' '])
                && !rest.starts_with(['{', '}', ';', ',']);
            if is_wanted {
                small.push(' ');
            }
        } else {
            if next == '}' && small.ends_with(';') {
                small.pop();
            }
            small.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    small.truncate(small.trim_end().len());
    small
}

fn end_of_string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_loses_comments_and_idle_space_only() {
        let css = "/* x */ a:hover > b ,\n c { content: \" ; /* \" ; margin: 0 auto; }\n\n@media (width < 3em) { d { e: f } }";
        assert_eq!(
            minify(css),
            "a:hover > b,c{content:\" ; /* \";margin:0 auto}@media (width < 3em){d{e:f}}"
        );
    }

    #[test]
    fn an_asset_is_named_by_its_content() {
        let bytes: Arc<[u8]> = Arc::from(&b"x"[..]);
        let hash = Fingerprint::of(b"x").short(8);
        assert_eq!(asset("icons/a.b.svg", bytes).path, format!("assets/icons/a.b.{hash}.svg"));
    }
}
