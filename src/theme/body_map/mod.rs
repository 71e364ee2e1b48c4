//! The drawings of the body: outlines, and the regions that tile them.

mod corners;
mod path;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Strings;
use super::layers::{Layer, ThemeFile, every};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::source::{SourcePath, Span};

/// Farther away, hundredths of a unit are no longer whole numbers.
const FARTHEST: f64 = 1e9;

/// One drawing, from `body-map/<view>.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyMap {
    /// Its name, such as `front` or `hand-palm`.
    pub view: String,
    /// Its width in its own units.
    pub width: f64,
    /// Its height in its own units.
    pub height: f64,
    /// Whether only the left half is drawn, and the other half is its mirror image.
    pub mirrored: bool,
    /// The outline as a path, in a short form once it is loaded.
    pub outline: String,
    /// Fine lines inside, as paths.
    #[serde(default)]
    pub details: Vec<String>,
    /// The regions.
    #[serde(default, rename = "region")]
    pub regions: Vec<MapRegion>,
}

/// One region of a drawing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapRegion {
    /// The region's id in `content/regions.yaml`.
    pub id: String,
    /// Its corners.
    #[serde(deserialize_with = "corners::deserialize")]
    pub points: Vec<[f64; 2]>,
    /// The same as a closed path.
    #[serde(skip)]
    pub path: String,
}

impl BodyMap {
    /// The outline as it is stroked: without the closing line where the halves meet.
    pub fn stroke_path(&self) -> String {
        if !self.mirrored {
            return self.outline.clone();
        }
        let is_end = |end: char| end == 'Z' || end == 'z' || end.is_whitespace();
        self.outline.trim_end_matches(is_end).to_owned()
    }
}

/// Reads the drawings of a theme, by the name of their view.
///
/// A drawing with a mistake is left out, and the one that it overrides is shown: else every region would
/// be without a shape.
pub(crate) fn load(
    layers: &[Layer],
    strings: &Strings,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, BodyMap> {
    let mut maps = BTreeMap::new();
    for file in every(layers, "body-map", &[".toml"]) {
        // The files are called as their views, so there is one file of each view in a layer.
        let view = SourcePath::new(file.path).stem().to_owned();
        if maps.contains_key(&view) {
            continue;
        }
        let Some(mut map) = read(&file, found) else { continue };
        let mistakes = mistakes(&map, &view, &file.source_path(), strings);
        if !mistakes.is_empty() {
            found.extend(mistakes);
            continue;
        }
        // Once here, and not again for every page that shows it.
        map.outline = path::shortened(&map.outline);
        if !map.details.is_empty() {
            map.details = vec![path::shortened(&map.details.join(" "))];
        }
        for region in &mut map.regions {
            region.path = path::closed(&region.points);
        }
        maps.insert(view, map);
    }
    maps
}

fn read(file: &ThemeFile<'_>, found: &mut Vec<Diagnostic>) -> Option<BodyMap> {
    match toml::from_str::<BodyMap>(file.text(found)?) {
        Ok(map) => Some(map),
        Err(error) => {
            let span = Span::new(error.span().unwrap_or(0..0));
            let place = Place::bytes(&file.source_path(), span);
            found.push(Diagnostic::error("invalid-toml", place, error.message()));
            None
        }
    }
}

/// What cannot be drawn of a drawing that is called `view`.
fn mistakes(map: &BodyMap, view: &str, path: &SourcePath, strings: &Strings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut wrong = |field: FieldPath, message: String, help: Option<String>| {
        let place = Place::value(path, field);
        found.push(Diagnostic::error("wrong-type", place, message).maybe_help(help));
    };
    let key = FieldPath::key;
    if map.view != view {
        let message = format!("expected `{view}`, as the file is called, found `{}`", map.view);
        wrong(key("view"), message, None);
    } else if ["views", "views_short"]
        .iter()
        .any(|table| strings.get(&format!("{table}.{view}")).is_none())
    {
        let message = format!("the strings have no words for the view `{view}`");
        let help =
            format!("put `{view}` into `[views]` and `[views_short]` of the theme's strings");
        wrong(key("view"), message, Some(help));
    }
    for (name, size) in [("width", map.width), ("height", map.height)] {
        if !(size.is_finite() && size > 0.0) {
            wrong(key(name), format!("expected a number above 0, found {size}"), None);
        }
    }
    let help = || Some("write it as `d` of a path of SVG, such as `M10,10 l5,0 0,5 z`".to_owned());
    if !path::is_path(&map.outline) {
        wrong(key("outline"), "expected a path".to_owned(), help());
    }
    for (at, detail) in map.details.iter().enumerate().filter(|(_, one)| !path::is_path(one)) {
        wrong(key("details").at(at), format!("expected a path, found `{detail}`"), help());
    }
    let mut known = BTreeSet::new();
    for (at, region) in map.regions.iter().enumerate() {
        let field = key("region").at(at);
        if !known.insert(&region.id) {
            wrong(field.then("id"), format!("`{}` stands here a second time", region.id), None);
        }
        if region.points.len() < 3 {
            wrong(field.then("points"), "expected three corners at least".to_owned(), None);
        }
        let is_far = |corner: &[f64; 2]| corner.iter().any(|value| value.abs() > FARTHEST);
        let is_nowhere = |corner: &[f64; 2]| corner.iter().any(|value| !value.is_finite());
        for (number, corner) in region.points.iter().enumerate() {
            if is_nowhere(corner) || is_far(corner) {
                let message =
                    format!("expected two numbers, found {} and {}", corner[0], corner[1]);
                wrong(field.then("points").at(number), message, None);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::At;
    use crate::theme::embedded;

    fn loaded(layers: &[Layer]) -> (BTreeMap<String, BodyMap>, Vec<Diagnostic>) {
        let strings = Strings::load(layers, "en", &mut Vec::new());
        let mut found = Vec::new();
        (load(layers, &strings, &mut found), found)
    }

    /// A theme with this drawing of the front, and what is said about it.
    fn front(text: &str) -> (BTreeMap<String, BodyMap>, Vec<String>) {
        let mine = Layer::of_texts("mine", &[("body-map/front.toml", text)]);
        let (maps, found) = loaded(&[mine, embedded::layer()]);
        let said = |one: Diagnostic| match one.place.at {
            At::Value(field) => format!("{field}: {}", one.message),
            _ => one.code.to_string(),
        };
        (maps, found.into_iter().map(said).collect())
    }

    const RIGHT: &str = "view = \"front\"\nwidth = 9\nheight = 8\nmirrored = false\n\
                         outline = \"M0,0 h9 v8z\"\n\n[[region]]\nid = \"a\"\n\
                         points = [[0, 0], [9, 0], [9, 8]]\n";

    #[test]
    fn every_drawing_of_the_default_theme_is_read() {
        let (maps, found) = loaded(&[embedded::layer()]);
        assert_eq!(found, []);
        let names: Vec<&str> = maps.keys().map(String::as_str).collect();
        let expected = ["back", "foot-sole", "foot-top", "front", "hand-back", "hand-palm", "head"];
        assert_eq!(names, expected);
        assert!(maps["front"].outline.ends_with('Z'));
        assert!(!maps["front"].stroke_path().ends_with('Z'));
        assert!(maps["head"].stroke_path().ends_with('Z'));
        assert!(maps["back"].regions[0].path.ends_with('z'));
    }

    #[test]
    fn a_drawing_that_cannot_be_read_leaves_the_one_below_it() {
        let (maps, said) = front("view = \"front\"\nwidth = 240\nhieght = 560\n");
        assert_eq!(said, ["invalid-toml"]);
        assert_eq!(maps["front"], loaded(&[embedded::layer()]).0["front"]);
        let (maps, said) = front(RIGHT);
        assert_eq!(said, [""; 0]);
        assert_eq!(maps["front"].regions.len(), 1);
    }

    #[test]
    fn corners_may_be_a_text_as_in_svg() {
        let pairs = front(RIGHT);
        let as_text = |text: &str| front(&RIGHT.replace("[[0, 0], [9, 0], [9, 8]]", text));
        for text in ["\"0,0 9,0 9,8\"", "\"\"\"\n0 0, 9 0\r\n9.0 ,8e0\n\"\"\""] {
            assert_eq!(as_text(text), pairs, "{text}");
        }
        for text in ["\"0,0 9,0 9\"", "\"0,0 9;0 9,8\"", "9", "[0, 0]"] {
            assert_eq!(as_text(text).1, ["invalid-toml"], "{text}");
        }
        assert_eq!(as_text("\"0,0 9,inf 9,8\"").1.len(), 1);
        assert_eq!(as_text("\"\"").1, ["region[0].points: expected three corners at least"]);
    }

    #[test]
    fn what_cannot_be_drawn_is_reported_where_it_stands() {
        let said = |from: &str, to: &str| front(&RIGHT.replacen(from, to, 1)).1;
        assert_eq!(
            said("\"front\"", "\"frnt\""),
            ["view: expected `front`, as the file is called, found `frnt`"]
        );
        assert_eq!(said("width = 9", "width = 0"), ["width: expected a number above 0, found 0"]);
        assert_eq!(
            said("height = 8", "height = -5"),
            ["height: expected a number above 0, found -5"]
        );
        assert_eq!(said("M0,0 h9 v8z", "banana"), ["outline: expected a path"]);
        assert_eq!(
            said("[9, 0]", "[nan, inf]"),
            ["region[0].points[1]: expected two numbers, found NaN and inf"]
        );
        assert_eq!(
            said("[[0, 0], [9, 0], [9, 8]]", "[]\n[[region]]\nid = \"a\"\npoints = []"),
            [
                "region[0].points: expected three corners at least",
                "region[1].id: `a` stands here a second time",
                "region[1].points: expected three corners at least",
            ]
        );
    }

    #[test]
    fn a_view_without_words_is_reported() {
        let ear = RIGHT.replace("front", "ear");
        let mine = Layer::of_texts("mine", &[("body-map/ear.toml", &ear)]);
        let (maps, found) = loaded(&[mine, embedded::layer()]);
        assert_eq!(found[0].message, "the strings have no words for the view `ear`");
        assert!(!maps.contains_key("ear"));
    }
}
