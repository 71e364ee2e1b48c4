//! The picture of `::referral-map` as a file of its own, so that a text does not carry it along and
//! readers get it when they come near. The card of a muscle shows it as well. Knows nothing about how
//! it is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::Composer;
use super::body_map::FIGURE;
use super::sheets::is_whole;
use crate::diagnostic::Diagnostic;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::muscle::Muscle;
use crate::model::{Id, Kind};
use crate::page::view::{BodyMapView, Picture};
use crate::theme::BodyMap;

/// Between two drawings.
const GAP: f64 = 16.0;

/// The path of a record's picture below the site, such as `maps/muscle-infraspinatus.svg`.
pub(crate) fn picture_path(base: &KnowledgeBase, record: RecordId) -> String {
    let entry = base.entry(record);
    format!("maps/{}-{}.svg", entry.kind.word(), entry.id)
}

/// The muscles and regions whose picture a text shows, and all muscles, whose cards show it; those
/// that the body has no place for have none.
pub(super) fn pictured(
    base: &KnowledgeBase,
    maps: &BTreeMap<String, BodyMap>,
) -> BTreeSet<RecordId> {
    let whole = maps.values().filter(|map| is_whole(&map.view));
    let shapes = whole.flat_map(|map| &map.regions);
    let drawn: BTreeSet<RecordId> =
        shapes.filter_map(|region| base.find(Kind::Region, &region.id)).collect();
    let is_drawn =
        |region: &Id| base.find(Kind::Region, region).is_some_and(|region| drawn.contains(&region));
    let is_felt = |muscle: &Muscle| {
        let mut zones = muscle.trigger_points.iter().flat_map(|point| &point.refers_to);
        zones.any(|zone| is_drawn(&zone.region.id))
    };
    let regions = base.relations.mapped_in.records().filter(|region| drawn.contains(region));
    let muscles = base.all::<Muscle>().filter(|(_, muscle)| is_felt(muscle));
    muscles.map(|(record, _)| record).chain(regions).collect()
}

impl Composer<'_> {
    /// The pictures that the site needs, by their record and their path in the site.
    pub(crate) fn referral_pictures(&self) -> impl Iterator<Item = (RecordId, String)> {
        self.pictured.iter().map(|record| (*record, self.picture_path(*record)))
    }

    /// The muscles and regions that have a picture.
    pub(crate) fn pictured(&self) -> &BTreeSet<RecordId> {
        &self.pictured
    }

    fn picture_path(&self, record: RecordId) -> String {
        format!("/{}", picture_path(self.base, record))
    }

    /// The picture as a text shows it; nothing for a record that no text shows, or without a zone.
    pub(super) fn referral_image(&self, record: RecordId) -> Option<Picture> {
        if !self.pictured.contains(&record) {
            return None;
        }
        let figure = self.referral_drawing(record);
        let height = figure.views.first()?.crop_height;
        let gaps = GAP * figure.views.len().saturating_sub(1) as f64;
        let width = figure.views.iter().map(|view| view.crop_width).sum::<f64>() + gaps;
        Some(Picture {
            src: self.at(&self.picture_path(record)),
            width: Some(width.round() as u32),
            height: Some(height.round() as u32),
            alt: figure.label,
            ..Picture::default()
        })
    }

    /// What the picture shows: the whole body, cut to what surrounds the zones.
    pub(crate) fn referral_drawing(&self, record: RecordId) -> BodyMapView {
        let mut figure = match self.base.get::<Muscle>(record) {
            Some(muscle) => self.muscle_map(record, muscle).clone(),
            None => self.region_map(&[record], FIGURE).unwrap_or_default(),
        };
        figure.views.retain(|view| is_whole(&view.name));
        self.crop(&mut figure);
        figure
    }

    /// Puts into the drawings of a muscle's figure what is inside them, if it has a page and a picture: it is
    /// the same in both, and half of what there is to draw on the page.
    pub(crate) fn ink(
        &self,
        record: RecordId,
        figure: &mut BodyMapView,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(muscle) = self.base.get::<Muscle>(record) else { return Ok(()) };
        if !self.pictured.contains(&record) {
            return Ok(());
        }
        let inks = self.draw_inks(record, self.muscle_map(record, muscle))?;
        for view in &mut figure.views {
            view.ink = inks.get(&view.name).cloned();
        }
        Ok(())
    }
}
