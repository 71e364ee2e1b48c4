//! The drawings of the body: outlines, and the regions that tile them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::layers::{Layer, winners};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Span;

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
    /// The outline as a path, on one line once it is loaded.
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

/// A closed path through corners, in steps from one to the next: a fifth shorter than where they are,
/// and a page draws a hundred of them. It knows hundredths of a unit.
fn closed_path(corners: &[[f64; 2]]) -> String {
    let hundredths = |corner: &[f64; 2]| corner.map(|value| (value * 100.0).round() as i64);
    let mut corners = corners.iter().map(hundredths);
    let Some(first) = corners.next() else { return String::new() };
    let (mut path, mut last) = (String::from("M"), first);
    push_pair(&mut path, first);
    for corner in corners {
        if last == first {
            path.push('l');
        }
        push_pair(&mut path, [corner[0] - last[0], corner[1] - last[1]]);
        last = corner;
    }
    path.push('z');
    path
}

/// Adds two numbers, with a space or comma only where it is needed.
fn push_pair(path: &mut String, pair: [i64; 2]) {
    for (value, between) in pair.into_iter().zip([' ', ',']) {
        if value >= 0 && path.ends_with(|last: char| last.is_ascii_digit()) {
            path.push(between);
        }
        push_hundredths(path, value);
    }
}

fn push_hundredths(path: &mut String, value: i64) {
    let (whole, part) = (value.abs() / 100, value.abs() % 100);
    if value < 0 {
        path.push('-');
    }
    let number = match (whole, part) {
        (_, 0) => whole.to_string(),
        (0, _) => format!(".{part:02}"),
        _ => format!("{whole}.{part:02}"),
    };
    let digits = if part == 0 { number.as_str() } else { number.trim_end_matches('0') };
    path.push_str(digits);
}

/// Reads the drawings of a theme, by the name of their view.
pub(crate) fn load(layers: &[Layer], found: &mut Vec<Diagnostic>) -> BTreeMap<String, BodyMap> {
    let mut maps = BTreeMap::new();
    for file in winners(layers, "body-map", &[".toml"]) {
        let Some(text) = file.text(found) else { continue };
        match toml::from_str::<BodyMap>(text) {
            Ok(mut map) => {
                // Once here, and not again for every page that shows it.
                map.outline = map.outline.split_whitespace().collect::<Vec<_>>().join(" ");
                for region in &mut map.regions {
                    region.path = closed_path(&region.points);
                }
                maps.insert(map.view.clone(), map);
            }
            Err(error) => {
                let span = Span::new(error.span().unwrap_or(0..0));
                let place = Place::bytes(&file.source_path(), span);
                found.push(Diagnostic::error("invalid-toml", place, error.message()));
            }
        }
    }
    maps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_of_the_default_theme_is_read() {
        let mut found = Vec::new();
        let maps = load(&[super::super::embedded::layer()], &mut found);
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
    fn a_region_is_drawn_from_corner_to_corner() {
        assert_eq!(closed_path(&[]), "");
        let corners = [[12.5, 8.0], [12.75, 8.0], [10.0, 20.333], [9.5, 20.25]];
        assert_eq!(closed_path(&corners), "M12.5,8l.25,0-2.75,12.33-.5-.08z");
    }
}
