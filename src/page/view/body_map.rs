//! The body map as one figure shows it.

use serde::Serialize;

use super::drawn::Drawn;
use super::on_many_pages::Shared;
use crate::theme::BodyMap;

/// One figure: a drawing or several side by side, and which regions stand out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BodyMapView {
    /// An id that no other figure of the page has: the ids inside the drawing begin with it.
    pub id: String,
    /// What the figure shows, for those who do not see it.
    pub label: String,
    /// A sentence below it.
    pub caption: Option<String>,
    /// Whether its regions are links; then it is a group of links to assistive technology, else one picture.
    pub has_links: bool,
    /// Whether a legend explains main area and spillover.
    pub has_legend: bool,
    /// The drawings, in order.
    pub views: Vec<BodyMapDrawing>,
}

/// One drawing of a figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BodyMapDrawing {
    /// Its name, such as `front` or `hand-palm`; names the string `views.<name>`.
    pub name: String,
    /// Its width in its own units.
    pub width: f64,
    /// Its height in its own units.
    pub height: f64,
    /// The left part of the drawing that is shown, with `top`, `crop_width` and `crop_height`: the
    /// whole drawing is `0 0 width height`.
    pub left: f64,
    /// The upper edge of what is shown.
    pub top: f64,
    /// The width of what is shown.
    pub crop_width: f64,
    /// The height of what is shown.
    pub crop_height: f64,
    /// Whether only its left half is drawn, and the other half is its mirror image.
    pub mirrored: bool,
    /// The outline as a closed path.
    pub outline: Shared<String>,
    /// The outline as it is stroked: open where the halves meet.
    pub stroke: Shared<String>,
    /// Fine lines inside, as paths.
    pub details: Shared<Vec<String>>,
    /// The regions that are drawn.
    pub shapes: Vec<MapShape>,
    /// Trigger points.
    pub markers: Vec<MapMarker>,
    /// What is inside it, for a muscle's page and its picture: drawn by `body_map_ink`, once for both, where
    /// both show it. Else the template draws it.
    pub ink: Option<Drawn>,
}

impl BodyMapDrawing {
    /// A whole drawing on which nothing stands out.
    pub(crate) fn blank(map: &BodyMap) -> Self {
        Self {
            name: map.view.clone(),
            width: map.width,
            height: map.height,
            left: 0.0,
            top: 0.0,
            crop_width: map.width,
            crop_height: map.height,
            mirrored: map.mirrored,
            outline: Shared::new(&map.outline),
            stroke: Shared::new(&map.stroke_path()),
            details: Shared::new(&map.details),
            shapes: Vec::new(),
            markers: Vec::new(),
            ink: None,
        }
    }
}

/// One region of a drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapShape {
    /// The region's id.
    pub id: String,
    /// Its shape as a closed path.
    pub path: Shared<String>,
    /// Where it leads.
    pub href: Option<String>,
    /// Its name, and what is worth knowing about it, such as "Lower back, 12 muscles".
    pub label: String,
    /// How it is drawn.
    pub class: ShapeClass,
    /// On which half it is drawn. The drawn half is the person's right from the front and their
    /// left from behind; a drawing that is not mirrored has the drawn half only.
    pub half: Half,
}

/// How a region is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShapeClass {
    /// Quietly.
    Plain,
    /// As a main area of pain.
    Primary,
    /// As an area where some feel it.
    Spillover,
    /// As the one that the page is about.
    Present,
}

/// The halves of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    /// The left one, as it is drawn.
    Drawn,
    /// Its mirror image.
    Mirrored,
    /// Both of them.
    Both,
}

/// A trigger point on a drawing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MapMarker {
    /// From the left edge, in the drawing's units.
    pub x: f64,
    /// From the top edge, in the drawing's units.
    pub y: f64,
    /// What it marks, such as "Trigger point 1".
    pub label: String,
}
