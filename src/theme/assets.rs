//! Style sheets, joined and named by their content, and the other files that a theme publishes.

use std::collections::BTreeMap;

use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::css;
use super::layers::{Layer, ThemeFile, winners};
use super::policy;
use super::settings::SheetOrder;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::similar;
use crate::source::{Fingerprint, joined};

/// A file that is published with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name below the theme's `assets/`, such as `icon.svg`; `site.css` for the style sheet.
    pub name: String,
    /// Its path in the site, such as `assets/icon.0123abcd.svg`.
    pub path: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Joins the style sheets and names all published files; the sheet of every page comes first.
///
/// What stands in a folder of `css/` makes another sheet of it, such as `records.css`, for pages that ask
/// for that instead: a page waits for one sheet only. `rule` is what the settings say to the sheet. It
/// stands first, so that a studio's own sheet wins.
pub(crate) fn load(
    layers: &[Layer],
    order: Option<&SheetOrder>,
    rule: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let is_sheet = |file: &ThemeFile<'_>| file.path.ends_with(".css");
    let (apart, files): (Vec<_>, Vec<_>) =
        winners(layers, "assets", &[]).into_iter().partition(is_sheet);
    let files: Vec<Asset> = files
        .into_iter()
        .map(|file| asset(name_of(file.path, "assets/"), file.bytes.clone()))
        .collect();
    let known = paths(&files);
    let mut sheets = style_sheets(layers, order, &known, found);
    let site = format!("{rule}{}", sheets.remove("").unwrap_or_default());
    let more = sheets.into_iter();
    let more = more.map(|(folder, sheet)| (format!("{folder}.css"), format!("{site}{sheet}")));
    let mut assets: Vec<Asset> =
        more.map(|(name, sheet)| asset(&name, sheet.into_bytes().into())).collect();
    assets.insert(0, asset("site.css", site.into_bytes().into()));
    for file in apart {
        let name = name_of(file.path, "assets/");
        if assets.iter().any(|asset| asset.name == name) {
            let message = format!("`{name}` is the name of the sheet that is made from `css/`");
            found.push(
                Diagnostic::error("address-collision", Place::file(&file.source_path()), message)
                    .help("move it to `css/`, or give it another name"),
            );
        } else if let Some(css) = sheet(&file, &known, found) {
            assets.push(asset(name, css.into_bytes().into()));
        }
    }
    assets.extend(files);
    assets
}

/// The published paths by name.
pub(crate) fn paths(assets: &[Asset]) -> BTreeMap<String, String> {
    assets.iter().map(|asset| (asset.name.clone(), asset.path.clone())).collect()
}

fn asset(name: &str, bytes: Bytes) -> Asset {
    let hash = Fingerprint::of(&bytes).short(8);
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    let path = match file.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{folder}{stem}.{hash}.{ending}"),
        None => format!("assets/{folder}{file}.{hash}"),
    };
    Asset { name: name.to_owned(), path, bytes }
}

/// The sheets by the folder they stand in; that of every page has none. Those that `theme.toml` names
/// come first, in its order, and a studio's own follow, by name; others of the built-in theme are left out.
fn style_sheets<'a>(
    layers: &'a [Layer],
    order: Option<&SheetOrder>,
    known: &BTreeMap<String, String>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, String> {
    let mut files = winners(layers, "css", &[".css"]);
    if let Some(order) = order {
        found.extend(order.unknown(&files));
        let lower = layers.get(order.layer + 1..).unwrap_or_default();
        files.retain(|file| {
            let is_lower = lower.iter().any(|layer| std::ptr::eq(layer, file.layer));
            !is_lower || order.names.iter().any(|name| name == name_of(file.path, "css/"))
        });
    }
    let names = order.map_or(&[][..], |order| &order.names);
    let rank = |file: &ThemeFile<'_>| {
        let name = name_of(file.path, "css/");
        names.iter().position(|listed| listed == name).unwrap_or(names.len())
    };
    files.sort_by(|left, right| (rank(left), left.path).cmp(&(rank(right), right.path)));
    let mut sheets: BTreeMap<&str, String> = BTreeMap::new();
    for file in files {
        let folder = name_of(file.path, "css/").split_once('/').map_or("", |(folder, _)| folder);
        if let Some(css) = sheet(&file, known, found) {
            let sheet = sheets.entry(folder).or_default();
            sheet.push_str(&css);
            sheet.push('\n');
        }
    }
    sheets
}

impl SheetOrder {
    /// What is wrong with names of which there is no sheet.
    fn unknown(&self, files: &[ThemeFile<'_>]) -> Vec<Diagnostic> {
        let known: Vec<&str> = files.iter().map(|file| name_of(file.path, "css/")).collect();
        let unknown = self.names.iter().enumerate();
        let unknown = unknown.filter(|(_, name)| !known.contains(&name.as_str()));
        let findings = unknown.map(|(at, name)| {
            let place = Place::value(&self.path, FieldPath::key("css").at(at));
            let near = similar("a sheet", name, known.iter().copied());
            let message = format!("there is no style sheet `css/{name}`");
            Diagnostic::error("broken-link", place, message).maybe_help(near)
        });
        findings.collect()
    }
}

fn name_of<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder).unwrap_or(path)
}

/// A sheet as it is published, with the files that it names by the names that they are published under.
/// One that is not whole is left out: a browser would read what follows as something else.
fn sheet(
    file: &ThemeFile<'_>,
    known: &BTreeMap<String, String>,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let text = file.text(found)?;
    if let Some(wrong) = css::unbalanced(text) {
        let place = file.place(wrong.at);
        found.push(Diagnostic::error("style-error", place, wrong.message).help(wrong.help));
        return None;
    }
    if let Some(at) = css::import(text).filter(|_| file.path.starts_with("css/")) {
        let message = "the sheets are joined, and browsers read `@import` at the beginning only";
        found.push(
            Diagnostic::error("style-error", file.place(at), message)
                .help("put the sheet into `css/` as well: all that stands there is joined"),
        );
    }
    let small = css::minify(text, |name, at| match target(file.path, name, known) {
        Target::Elsewhere => None,
        Target::Foreign => {
            let message = "pages load nothing from other sites, and nothing that stands in a sheet";
            found.push(
                Diagnostic::warn("against-policy", file.place(at), message).help(policy::OWN_COPY),
            );
            None
        }
        Target::Asset(address) => Some(address),
        Target::Nothing => {
            let near = similar("a file", name, known.keys().map(String::as_str));
            let message = format!("no file of the theme's `assets/` is called `{name}`");
            found.push(Diagnostic::error("broken-link", file.place(at), message).maybe_help(near));
            None
        }
    });
    Some(small)
}

/// What `url(…)` in a sheet leads to.
enum Target {
    /// To a file of the theme: its address, as seen from the published sheet.
    Asset(String),
    /// To nothing that a theme has to say about: a path of the site, a part of a picture, another sheet.
    Elsewhere,
    /// To what browsers do not load.
    Foreign,
    /// To a file that is not there.
    Nothing,
}

/// Names are looked up from where the sheet is published, and from where it stands in the theme.
fn target(sheet: &str, name: &str, known: &BTreeMap<String, String>) -> Target {
    let (file, rest) = name.split_at(name.find(['?', '#']).unwrap_or(name.len()));
    if policy::is_foreign(name) {
        return Target::Foreign;
    }
    let is_elsewhere = file.is_empty() || file.contains(':') || file.ends_with(".css");
    if is_elsewhere || (file.starts_with('/') && !file.starts_with("/assets/")) {
        return Target::Elsewhere;
    }
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let published = if sheet.starts_with("css/") { "assets" } else { folder };
    // One that begins with a slash is a path of the site.
    let from = |folder| if file.starts_with('/') { "" } else { folder };
    let file = &*percent_decode_str(file).decode_utf8_lossy();
    let names = [published, folder].map(|folder| joined(from(folder), file));
    if names.iter().flatten().any(|name| name.starts_with("media/")) {
        return Target::Elsewhere;
    }
    let path = names.iter().flatten().find_map(|name| known.get(name.strip_prefix("assets/")?));
    let Some(path) = path else { return Target::Nothing };
    let up = "../".repeat(published.matches('/').count());
    Target::Asset(format!("{up}{}{rest}", name_of(path, "assets/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_named_by_its_content() {
        let bytes = Bytes::from_static(b"x");
        let hash = Fingerprint::of(b"x").short(8);
        assert_eq!(asset("icons/a.b.svg", bytes).path, format!("assets/icons/a.b.{hash}.svg"));
    }
}
