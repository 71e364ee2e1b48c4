//! The body map: which drawings a figure shows, and how each region stands out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Composer;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::{Intensity, Muscle, Side};
use crate::model::region::Region;
use crate::page::view::{BodyMapDrawing, BodyMapView, Half, MapMarker, MapShape, ShapeClass};
use crate::theme::{BodyMap, MapRegion};

/// The drawings of the whole body; the others enlarge a part of it.
pub(super) const WHOLE: [&str; 2] = ["front", "back"];

/// The parts from head to toe, which is the order in which their links are reached.
const PARTS: [&str; 5] = ["head", "hand-palm", "hand-back", "foot-top", "foot-sole"];

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

/// How regions stand out, by their ids, and on which half.
type Zones<'a> = BTreeMap<&'a str, (ShapeClass, Half)>;

/// A region in which a muscle can hurt.
type Felt<'a> = (&'a str, ShapeClass, Side);

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
        let drawings: Vec<BodyMapDrawing> = self
            .ordered_maps()
            .filter(|map| parts == Parts::Enlarged || WHOLE.contains(&map.view.as_str()))
            .map(|map| {
                let shapes = map
                    .regions
                    .iter()
                    .filter_map(|region| self.shape(region, ShapeClass::Plain, Half::Both));
                drawing(map, shapes.collect())
            })
            .filter(|drawing| !drawing.shapes.is_empty())
            .collect();
        self.figure(id, self.word("map.label"), drawings, true)
    }

    /// The regions in which a muscle can hurt.
    pub(super) fn muscle_map(&self, record: RecordId, muscle: &Muscle, id: &str) -> BodyMapView {
        let felt = self.felt(muscle);
        let drawings = self.ordered_maps().filter_map(|map| {
            self.zone_drawing(map, &muscle_zones(&felt, map), markers(muscle, map))
        });
        let label = self.word("zones.caption").replace("{name}", self.base.name(record));
        self.figure(id, &label, drawings.collect(), false).unwrap_or_default()
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
        let is_whole = |view: &BodyMapDrawing| WHOLE.contains(&view.name.as_str());
        for view in figure.views.iter().filter(|view| is_whole(view)) {
            let regions = self.maps.get(&view.name).into_iter().flat_map(|map| &map.regions);
            let shown = regions.filter(|one| view.shapes.iter().any(|shape| shape.id == one.id));
            let corners = shown.flat_map(|region| &region.points).map(|[_, y]| *y);
            for y in corners.chain(view.markers.iter().map(|marker| marker.y)) {
                (top, bottom) = (top.min(y), bottom.max(y));
            }
        }
        for view in figure.views.iter_mut().filter(|view| is_whole(view)) {
            let height = (bottom - top + 2.0 * AROUND).max(LEAST_HEIGHT).min(view.height);
            let middle = f64::midpoint(top, bottom);
            let first = (middle - height / 2.0).min(view.height - height).max(0.0);
            // No cut goes through the face.
            let top = if first < HEAD { 0.0 } else { first };
            (view.top, view.crop_height) = (top.round(), (first + height - top).round());
        }
    }

    /// The whole body first, then its parts; drawings that only a studio's theme has come last.
    fn ordered_maps(&self) -> impl Iterator<Item = &BodyMap> {
        let known = || WHOLE.iter().chain(&PARTS);
        let own = self.maps.iter().filter(move |(name, _)| !known().any(|one| one == name));
        known().filter_map(|name| self.maps.get(*name)).chain(own.map(|(_, map)| map))
    }

    /// Whether a region asks for an enlarged drawing. One that only borders on it does not.
    fn is_enlarged(&self, region: &str, drawing: &str) -> bool {
        let region = self.base.find(Kind::Region, region);
        let region = region.and_then(|region| self.base.get::<Region>(region));
        region.and_then(|region| region.inset).is_some_and(|inset| inset.word() == drawing)
    }

    /// The drawings on which regions stand out, all in the same way.
    fn zone_drawings(&self, regions: &[RecordId], how: (ShapeClass, Half)) -> Vec<BodyMapDrawing> {
        let zones: Zones<'_> =
            regions.iter().map(|region| (&*self.base.entry(*region).id, how)).collect();
        let maps = self.ordered_maps();
        maps.filter_map(|map| self.zone_drawing(map, &zones, Vec::new())).collect()
    }

    /// A drawing, if anything stands out on it.
    fn zone_drawing(
        &self,
        map: &BodyMap,
        zones: &Zones<'_>,
        markers: Vec<MapMarker>,
    ) -> Option<BodyMapDrawing> {
        let is_part = !WHOLE.contains(&map.view.as_str());
        let shapes = map.regions.iter().filter_map(|region| {
            let (class, half) = zones.get(region.id.as_str())?;
            let is_at_home = !is_part || self.is_enlarged(&region.id, &map.view);
            is_at_home.then(|| self.shape(region, *class, *half))?
        });
        let shapes: Vec<MapShape> = shapes.collect();
        // Most muscles hurt on one drawing or two of seven, and a drawing is a long text.
        let is_empty = shapes.is_empty() && markers.is_empty();
        (!is_empty).then(|| BodyMapDrawing { markers, ..drawing(map, shapes) })
    }

    /// The regions in which a muscle can hurt, as its trigger points name them.
    fn felt(&self, muscle: &Muscle) -> Vec<Felt<'_>> {
        let referrals = muscle.trigger_points.iter().flat_map(|point| &point.refers_to);
        let felt = referrals.filter_map(|referral| {
            let region = self.base.find(Kind::Region, &referral.region.id)?;
            let class = match referral.intensity {
                Intensity::Primary => ShapeClass::Primary,
                Intensity::Spillover => ShapeClass::Spillover,
            };
            Some((&*self.base.entry(region).id, class, referral.side))
        });
        felt.collect()
    }

    fn shape(&self, region: &MapRegion, class: ShapeClass, half: Half) -> Option<MapShape> {
        let record = self.base.find(Kind::Region, &region.id)?;
        let muscles = self.base.relations.candidates.of(record).len();
        let label = format!("{}, {}", self.base.name(record), self.count(muscles, "muscles"));
        Some(MapShape {
            id: region.id.clone(),
            path: region.path.clone(),
            href: self.href(record),
            label,
            class,
            half,
        })
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

/// The zones of a muscle on a drawing. Patterns are stored for the right side.
fn muscle_zones<'a>(felt: &[Felt<'a>], map: &BodyMap) -> Zones<'a> {
    let mut zones = Zones::new();
    for (region, class, side) in felt {
        let half = half(map, *side);
        zones
            .entry(region)
            .and_modify(|(known, known_half)| {
                if *class == ShapeClass::Primary {
                    *known = *class;
                }
                if *known_half != half {
                    *known_half = Half::Both;
                }
            })
            .or_insert((*class, half));
    }
    zones
}

/// The half on which pain of a trigger point on the right is drawn: from the front, a person's
/// right is the viewer's left, which is the half that is drawn.
fn half(map: &BodyMap, side: Side) -> Half {
    let right = if map.view == "back" { Half::Mirrored } else { Half::Drawn };
    let left = if map.view == "back" { Half::Drawn } else { Half::Mirrored };
    match side {
        _ if !map.mirrored => Half::Drawn,
        Side::Same => right,
        Side::Opposite => left,
        Side::Midline => Half::Both,
    }
}

fn markers(muscle: &Muscle, map: &BodyMap) -> Vec<MapMarker> {
    let points = muscle.trigger_points.iter().filter_map(|point| {
        let marker = point.marker.as_ref()?;
        (marker.view.word() == map.view).then(|| MapMarker {
            x: marker.x.get() * map.width,
            y: marker.y.get() * map.height,
            label: point.label.as_ref().unwrap_or(&point.r#where).to_string(),
        })
    });
    points.collect()
}

fn drawing(map: &BodyMap, shapes: Vec<MapShape>) -> BodyMapDrawing {
    BodyMapDrawing {
        name: map.view.clone(),
        width: map.width,
        height: map.height,
        left: 0.0,
        top: 0.0,
        crop_width: map.width,
        crop_height: map.height,
        mirrored: map.mirrored,
        outline: map.outline.clone(),
        stroke: map.stroke_path(),
        details: map.details.clone(),
        shapes,
        markers: Vec::new(),
    }
}
