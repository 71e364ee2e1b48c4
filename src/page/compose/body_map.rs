//! The body map: which drawings a figure shows, and how each region stands out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Composer;
use super::sheets::{Sheet, is_whole};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::{Intensity, Muscle, Side};
use crate::page::view::{BodyMapDrawing, BodyMapView, Half, MapMarker, MapShape, ShapeClass};
use crate::theme::BodyMap;

/// The id of the one figure that a page has beside those of its text.
pub(super) const FIGURE: &str = "page--map";

/// What is shown above and below the zones, in the units of the drawing.
const AROUND: f64 = 36.0;
/// What is cut out is never lower than this: one should see where on the body it is.
const LEAST_HEIGHT: f64 = 240.0;
/// Where the head ends.
const HEAD: f64 = 84.0;

/// Whether the whole body has its parts enlarged beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// Head, hands and feet as drawings of their own.
    Enlarged,
    /// The whole body only.
    Left,
}

/// How regions stand out, and on which half.
type Zones = BTreeMap<RecordId, (ShapeClass, Half)>;

/// The regions in which a muscle can hurt: how, and on which sides.
type Felt = BTreeMap<RecordId, (ShapeClass, Vec<Side>)>;

/// The drawings with the regions by the ids that they have now: a theme may know them by former ones.
pub(super) fn with_current_ids<'a>(
    base: &KnowledgeBase,
    maps: &'a BTreeMap<String, BodyMap>,
) -> Cow<'a, BTreeMap<String, BodyMap>> {
    let current = |id: &str| {
        let record = base.find(Kind::Region, id)?;
        let entry = base.entry(record);
        (*entry.id != *id).then(|| entry.id.to_string())
    };
    let regions = || maps.values().flat_map(|map| &map.regions);
    if regions().all(|region| current(&region.id).is_none()) {
        return Cow::Borrowed(maps);
    }
    let mut maps = maps.clone();
    for region in maps.values_mut().flat_map(|map| &mut map.regions) {
        if let Some(id) = current(&region.id) {
            region.id = id;
        }
    }
    Cow::Owned(maps)
}

impl Composer<'_> {
    /// Every region as a link: on the whole body, and on the enlarged parts if they are wanted.
    pub(super) fn whole_map(&self, id: &str, parts: Parts) -> Option<BodyMapView> {
        let drawings = self
            .sheets()
            .iter()
            .filter(|sheet| parts == Parts::Enlarged || is_whole(&sheet.blank.name))
            .map(|sheet| {
                let shapes = sheet.places.iter();
                let shapes = shapes.map(|place| place.shape(ShapeClass::Plain, Half::Both));
                BodyMapDrawing { shapes: shapes.collect(), ..sheet.blank.clone() }
            })
            .filter(|drawing| !drawing.shapes.is_empty())
            .collect();
        self.figure(id, self.word("map.label"), drawings, true)
    }

    /// The regions in which a muscle can hurt; made once for its page, its picture and all texts that show it.
    pub(super) fn muscle_map(&self, record: RecordId, muscle: &Muscle) -> &BodyMapView {
        self.gallery.figure(record, || {
            let felt = self.felt(muscle);
            let drawings = self.sheets().iter().filter_map(|sheet| {
                zone_drawing(sheet, &muscle_zones(&felt, sheet), markers(muscle, &sheet.blank))
            });
            let label = self.word("zones.caption").replace("{name}", self.base.name(record));
            self.figure(FIGURE, &label, drawings.collect(), false).unwrap_or_default()
        })
    }

    /// Where some regions are.
    pub(super) fn region_map(&self, regions: &[RecordId], id: &str) -> Option<BodyMapView> {
        let present = (ShapeClass::Present, Half::Both);
        let drawings = self.zone_drawings(regions, present);
        let names: Vec<&str> = regions.iter().map(|region| &**self.base.name(*region)).collect();
        let label = self.word("map.region").replace("{name}", &names.join(", "));
        self.figure(id, &label, drawings, false)
    }

    /// The regions of an area, as links.
    pub(super) fn area_map(&self, regions: &[RecordId], id: &str) -> Option<BodyMapView> {
        let plain = (ShapeClass::Plain, Half::Both);
        let drawings = self.zone_drawings(regions, plain);
        let mut figure = self.figure(id, self.word("map.label"), drawings, true)?;
        self.crop(&mut figure);
        Some(figure)
    }

    /// Cuts the drawings of the whole body to what surrounds the regions that stand out: all to the
    /// same part, so that they can stand beside each other.
    pub(super) fn crop(&self, figure: &mut BodyMapView) {
        let (mut top, mut bottom) = (f64::MAX, f64::MIN);
        for view in figure.views.iter().filter(|view| is_whole(&view.name)) {
            let regions = self.maps.get(&view.name).into_iter().flat_map(|map| &map.regions);
            let shown = regions.filter(|one| view.shapes.iter().any(|shape| shape.id == one.id));
            let corners = shown.flat_map(|region| &region.points).map(|[_, y]| *y);
            for y in corners.chain(view.markers.iter().map(|marker| marker.y)) {
                (top, bottom) = (top.min(y), bottom.max(y));
            }
        }
        for view in figure.views.iter_mut().filter(|view| is_whole(&view.name)) {
            let height = (bottom - top + 2.0 * AROUND).max(LEAST_HEIGHT).min(view.height);
            let middle = f64::midpoint(top, bottom);
            let first = (middle - height / 2.0).min(view.height - height).max(0.0);
            // No cut goes through the face.
            let top = if first < HEAD { 0.0 } else { first };
            (view.top, view.crop_height) = (top.round(), (first + height - top).round());
        }
    }

    /// The drawings on which regions stand out, all in the same way.
    fn zone_drawings(&self, regions: &[RecordId], how: (ShapeClass, Half)) -> Vec<BodyMapDrawing> {
        let zones: Zones = regions.iter().map(|region| (*region, how)).collect();
        let sheets = self.sheets().iter();
        sheets.filter_map(|sheet| zone_drawing(sheet, &zones, Vec::new())).collect()
    }

    /// The regions in which a muscle can hurt, as its trigger points name them.
    fn felt(&self, muscle: &Muscle) -> Felt {
        let mut felt = Felt::new();
        for referral in muscle.trigger_points.iter().flat_map(|point| &point.refers_to) {
            let Some(region) = self.base.find(Kind::Region, &referral.region.id) else { continue };
            let (class, sides) = felt.entry(region).or_insert((ShapeClass::Spillover, Vec::new()));
            if referral.intensity == Intensity::Primary {
                *class = ShapeClass::Primary;
            }
            sides.push(referral.side);
        }
        felt
    }

    fn figure(
        &self,
        id: &str,
        label: &str,
        views: Vec<BodyMapDrawing>,
        has_links: bool,
    ) -> Option<BodyMapView> {
        let has_zone = |drawing: &BodyMapDrawing| {
            let is_zone = |shape: &MapShape| {
                matches!(shape.class, ShapeClass::Primary | ShapeClass::Spillover)
            };
            drawing.shapes.iter().any(is_zone)
        };
        (!views.is_empty()).then(|| BodyMapView {
            id: id.to_owned(),
            label: label.to_owned(),
            caption: None,
            has_links,
            has_legend: views.iter().any(has_zone),
            views,
        })
    }
}

/// A drawing, if anything stands out on it.
fn zone_drawing(sheet: &Sheet, zones: &Zones, markers: Vec<MapMarker>) -> Option<BodyMapDrawing> {
    let shapes = sheet.places.iter().filter(|place| place.is_at_home).filter_map(|place| {
        let (class, half) = zones.get(&place.region)?;
        Some(place.shape(*class, *half))
    });
    let shapes: Vec<MapShape> = shapes.collect();
    // Most muscles hurt on one drawing or two of seven.
    let is_empty = shapes.is_empty() && markers.is_empty();
    (!is_empty).then(|| BodyMapDrawing { shapes, markers, ..sheet.blank.clone() })
}

/// The zones of a muscle on a drawing. Patterns are stored for the right side.
fn muscle_zones(felt: &Felt, sheet: &Sheet) -> Zones {
    let zones = felt.iter().filter_map(|(region, (class, sides))| {
        let mut halves = sides.iter().map(|side| half(&sheet.blank, *side));
        let first = halves.next()?;
        let half = if halves.all(|half| half == first) { first } else { Half::Both };
        Some((*region, (*class, half)))
    });
    zones.collect()
}

/// The half on which pain of a trigger point on the right is drawn: from the front, a person's
/// right is the viewer's left, which is the half that is drawn.
fn half(drawing: &BodyMapDrawing, side: Side) -> Half {
    let right = if drawing.name == "back" { Half::Mirrored } else { Half::Drawn };
    let left = if drawing.name == "back" { Half::Drawn } else { Half::Mirrored };
    match side {
        _ if !drawing.mirrored => Half::Drawn,
        Side::Same => right,
        Side::Opposite => left,
        Side::Midline => Half::Both,
    }
}

fn markers(muscle: &Muscle, drawing: &BodyMapDrawing) -> Vec<MapMarker> {
    let points = muscle.trigger_points.iter().filter_map(|point| {
        let marker = point.marker.as_ref()?;
        (marker.view.word() == drawing.name).then(|| MapMarker {
            x: marker.x.get() * drawing.width,
            y: marker.y.get() * drawing.height,
            label: point.label.as_ref().unwrap_or(&point.r#where).to_string(),
        })
    });
    points.collect()
}
