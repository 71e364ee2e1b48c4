//! The drawings of the body, made ready once for all figures that show them: their texts as the engine
//! keeps them, each region with its name and where it leads. Knows nothing about what hurts.

use super::Composer;
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::region::Region;
use crate::page::view::{BodyMapDrawing, Half, MapShape, ShapeClass, Shared};
use crate::theme::{BodyMap, MapRegion};

/// The drawings of the whole body; the others enlarge a part of it.
const WHOLE: [&str; 2] = ["front", "back"];

/// The parts from head to toe, which is the order in which their links are reached.
const PARTS: [&str; 5] = ["head", "hand-palm", "hand-back", "foot-top", "foot-sole"];

/// One drawing of the body.
pub(super) struct Sheet {
    /// The drawing without any region.
    pub(super) blank: BodyMapDrawing,
    /// The regions on it, in its order; those that no record describes are left out.
    pub(super) places: Vec<Place>,
}

/// A region on a drawing.
pub(super) struct Place {
    /// The region.
    pub(super) region: RecordId,
    /// Whether the drawing is shown for it: it is of the whole body, or the one that enlarges the region.
    /// One that the region only borders on is not.
    pub(super) is_at_home: bool,
    /// The region as it is where nothing is said of it.
    plain: MapShape,
}

impl Place {
    /// The region as it stands out.
    pub(super) fn shape(&self, class: ShapeClass, half: Half) -> MapShape {
        MapShape { class, half, ..self.plain.clone() }
    }
}

impl Composer<'_> {
    /// All drawings: the whole body first, then its parts; those that only a studio's theme has come last.
    pub(super) fn sheets(&self) -> &[Sheet] {
        self.gallery.sheets(|| {
            let known = || WHOLE.iter().chain(&PARTS);
            let own = self.maps.iter().filter(|(name, _)| !known().any(|one| one == name));
            let known = known().filter_map(|name| self.maps.get(*name));
            known.chain(own.map(|(_, map)| map)).map(|map| self.sheet(map)).collect()
        })
    }

    fn sheet(&self, map: &BodyMap) -> Sheet {
        Sheet {
            blank: BodyMapDrawing::blank(map),
            places: map.regions.iter().filter_map(|region| self.place(map, region)).collect(),
        }
    }

    fn place(&self, map: &BodyMap, region: &MapRegion) -> Option<Place> {
        let record = self.base.find(Kind::Region, &region.id)?;
        let inset = self.base.get::<Region>(record).and_then(|region| region.inset);
        let muscles = self.base.relations.candidates.of(record).len();
        let plain = MapShape {
            id: region.id.clone(),
            path: Shared::new(&region.path),
            href: self.href(record),
            label: format!("{}, {}", self.base.name(record), self.count(muscles, "muscles")),
            class: ShapeClass::Plain,
            half: Half::Both,
        };
        let is_at_home = is_whole(&map.view) || inset.is_some_and(|inset| inset.word() == map.view);
        Some(Place { region: record, is_at_home, plain })
    }
}

/// Whether a drawing is of the whole body.
pub(super) fn is_whole(view: &str) -> bool {
    WHOLE.contains(&view)
}
