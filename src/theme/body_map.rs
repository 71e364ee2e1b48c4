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
}

impl BodyMap {
    /// The outline on one line.
    pub fn outline_path(&self) -> String {
        self.outline.clone()
    }

    /// The outline as it is stroked: without the closing line where the halves meet.
    pub fn stroke_path(&self) -> String {
        if !self.mirrored {
            return self.outline_path();
        }
        let is_end = |end: char| end == 'Z' || end == 'z' || end.is_whitespace();
        self.outline.trim_end_matches(is_end).to_owned()
    }
}

impl MapRegion {
    /// Its corners as the attribute `points` wants them: `x,y x,y`.
    pub fn points_text(&self) -> String {
        let corners: Vec<String> = self.points.iter().map(|[x, y]| format!("{x},{y}")).collect();
        corners.join(" ")
    }
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
        assert!(maps["front"].outline_path().ends_with('Z'));
        assert!(!maps["front"].stroke_path().ends_with('Z'));
        assert!(maps["head"].stroke_path().ends_with('Z'));
        assert!(maps["back"].regions[0].points_text().contains(" "));
    }
}
