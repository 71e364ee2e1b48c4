//! The picture of `::referral-map` as a file of its own, so that a text does not carry it along and
//! readers get it when they come near. The card of a muscle shows it as well. Knows nothing about how
//! it is drawn.

use std::collections::BTreeSet;

use super::Composer;
use super::body_map::WHOLE;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::page::view::{BodyMapView, Picture};

/// Between two drawings.
const GAP: f64 = 16.0;

/// The path of a record's picture below the site, such as `maps/muscle-infraspinatus.svg`.
pub(crate) fn picture_path(base: &KnowledgeBase, record: RecordId) -> String {
    let entry = base.entry(record);
    format!("maps/{}-{}.svg", entry.kind.word(), entry.id)
}

/// Whether a record is a muscle whose pain is felt somewhere: its card has a picture.
pub(crate) fn is_on_its_card(base: &KnowledgeBase, record: RecordId) -> bool {
    let muscle = base.get::<Muscle>(record);
    muscle.is_some_and(|one| one.trigger_points.iter().any(|point| !point.refers_to.is_empty()))
}

/// The muscles and regions whose picture a text or a card shows.
pub(super) fn pictured(base: &KnowledgeBase) -> BTreeSet<RecordId> {
    let bodies = base.records().filter_map(|(_, entry)| entry.body.as_ref());
    let directives = bodies.flat_map(|body| &body.outline.directives);
    let maps = directives.filter(|directive| directive.name == "referral-map");
    let shown = maps.filter_map(|map| match map.argument("muscle") {
        Some(muscle) => base.find(Kind::Muscle, muscle),
        None => base.find(Kind::Region, map.argument("region")?),
    });
    let muscles = base.of_kind(Kind::Muscle).map(|(record, _)| record);
    shown.chain(muscles.filter(|muscle| is_on_its_card(base, *muscle))).collect()
}

impl Composer<'_> {
    /// The pictures that the site needs, by their record and their path in the site.
    pub(crate) fn referral_pictures(&self) -> impl Iterator<Item = (RecordId, String)> {
        self.pictured.iter().map(|record| (*record, self.picture_path(*record)))
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
            Some(muscle) => self.muscle_map(record, muscle, "page--map"),
            None => self.region_map(&[record], "page--map").unwrap_or_default(),
        };
        figure.views.retain(|view| WHOLE.contains(&view.name.as_str()));
        self.crop(&mut figure);
        figure
    }
}
