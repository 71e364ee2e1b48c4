//! Red flags, techniques, services, candidates: what pages about pain have in common.

use super::Composer;
use crate::graph::{Candidate, HomeTechnique, RecordId};
use crate::model::common::CareLevel;
use crate::model::muscle::Muscle;
use crate::model::red_flags::{FlagLevel, RedFlagSet};
use crate::model::region::Region;
use crate::model::service::Service;
use crate::model::technique::{Hold, Technique};
use crate::model::{Kind, Ref};
use crate::page::view::{
    CareCard, Drawn, FlagGroup, HoldView, Link, MaybeLink, MuscleCandidate, MuscleCaution,
    PressureView, PriceView, ServiceCard, Shared, StepView, TechniqueCard, TriggerPointView, Zone,
};

impl Composer<'_> {
    /// The signs of some sets at some levels, a group per set, soonest help first.
    pub(super) fn flag_groups(&self, sets: &[RecordId], levels: &[FlagLevel]) -> Vec<FlagGroup> {
        let groups = sets.iter().filter_map(|set| {
            let set = self.base.get::<RedFlagSet>(*set)?;
            let cards =
                levels.iter().filter_map(|level| care_card(&[set], *level)).collect::<Vec<_>>();
            (!cards.is_empty()).then(|| FlagGroup { title: set.title.to_string(), cards })
        });
        groups.collect()
    }

    /// The signs of some sets at some levels, a card per level: however the sets are ordered, the soonest
    /// help comes first.
    pub(super) fn care_cards(&self, sets: &[RecordId], levels: &[FlagLevel]) -> Vec<CareCard> {
        let sets: Vec<&RedFlagSet> = sets.iter().filter_map(|set| self.base.get(*set)).collect();
        levels.iter().filter_map(|level| care_card(&sets, *level)).collect()
    }

    /// A technique in a list.
    pub(super) fn technique_card(&self, record: RecordId) -> Option<TechniqueCard> {
        let technique = self.base.get::<Technique>(record)?;
        let steps = technique.steps.iter().map(|step| StepView {
            text: step.text.to_string(),
            seconds: step.seconds,
            repetitions: step.repetitions,
        });
        Some(TechniqueCard {
            href: self.href(record)?,
            title: technique.name.to_string(),
            summary: technique.summary.to_string(),
            performer: technique.performer,
            setting: technique.setting,
            tools: technique.tools.iter().map(ToString::to_string).collect(),
            steps: steps.collect(),
            hold: technique.hold.as_ref().map(range),
            lasts: technique.lasts.as_ref().map(range),
            per_day: technique.per_day,
            is_pressure: technique.is_pressure_by_oneself(),
            cautions: technique.cautions.iter().map(ToString::to_string).collect(),
            stop_if: technique.stop_if.to_string(),
            muscles: Vec::new(),
        })
    }

    /// Techniques on the page of a pain, each with the muscles that it is for.
    pub(super) fn home_technique_cards(&self, techniques: &[HomeTechnique]) -> Vec<TechniqueCard> {
        let cards = techniques.iter().filter_map(|one| {
            let muscles = one.muscles.iter().map(|muscle| self.name_link(*muscle)).collect();
            Some(TechniqueCard { muscles, ..self.technique_card(one.technique)? })
        });
        cards.collect()
    }

    /// What to mind before pressing, where one of the techniques for these muscles presses.
    pub(super) fn pressure(
        &self,
        muscles: &[RecordId],
        techniques: &[HomeTechnique],
    ) -> Option<PressureView> {
        let mut pressing =
            techniques.iter().filter(|one| self.base.is_pressure_by_oneself(one.technique));
        let first = pressing.next()?;
        let mut pressed = first.muscles.clone();
        for muscle in pressing.flat_map(|one| &one.muscles) {
            if !pressed.contains(muscle) {
                pressed.push(*muscle);
            }
        }
        let cautions = pressed.into_iter().filter_map(|record| {
            let caution = self.base.get::<Muscle>(record)?.pressure_caution.as_ref()?;
            Some(MuscleCaution { muscle: self.name_link(record), text: caution.to_string() })
        });
        let forbidden = muscles.iter().filter(|one| self.base.is_for_therapists_only(**one));
        Some(PressureView {
            cautions: cautions.collect(),
            not_by_oneself: forbidden.map(|one| self.name_link(*one)).collect(),
        })
    }

    /// A service in a list.
    pub(super) fn service_card(&self, record: RecordId) -> Option<ServiceCard> {
        let service = self.base.get::<Service>(record)?;
        let booking =
            service.booking_url.as_ref().or(self.base.settings().studio.booking_url.as_ref());
        Some(ServiceCard {
            href: self.href(record)?,
            title: service.name.to_string(),
            summary: service.summary.to_string(),
            minutes: service.duration_minutes,
            price: service.price.as_ref().map(|price| PriceView {
                amount: amount(price.amount.get()),
                currency: price.currency.to_string(),
            }),
            booking_href: booking.map(|url| self.standing(url)),
        })
    }

    /// A muscle that may be the source of pain in a region, with the reason.
    pub(super) fn candidate(
        &self,
        region: RecordId,
        candidate: &Candidate,
    ) -> Option<MuscleCandidate> {
        let muscle = self.base.get::<Muscle>(candidate.muscle)?;
        let href = self.href(candidate.muscle)?;
        let reaches = self.base.relations.reaches.of(candidate.muscle).iter();
        let points = reaches.filter(|reach| reach.region == region).flat_map(|reach| &reach.points);
        let points = points.filter_map(|at| {
            let point = muscle.trigger_points.get(*at)?;
            let title = point.label.as_ref().unwrap_or(&point.r#where).to_string();
            Some(Link { href: format!("{href}#{}", point.id), title })
        });
        Some(MuscleCandidate {
            title: muscle.name.to_string(),
            summary: Some(muscle.summary.to_string()),
            intensity: Some(candidate.intensity),
            reaching: candidate.points as u32,
            trigger_points: candidate.of_points as u32,
            points: points.collect(),
            share: Some(self.share(candidate.points, candidate.of_points)),
            href,
        })
    }

    /// How many of a muscle's trigger points reach a region, in words: the same for many muscles.
    fn share(&self, reaching: usize, points: usize) -> Shared<String> {
        self.gallery.share((reaching, points), || match reaching == points {
            true => self.count(points, "all_trigger_points"),
            false => {
                let words = self.count(points, "trigger_points_of");
                words.replace("{reaching}", &reaching.to_string())
            }
        })
    }

    /// A muscle that an author names for a symptom although it reaches none of its regions.
    pub(super) fn named_candidate(&self, record: RecordId) -> Option<MuscleCandidate> {
        let muscle = self.base.get::<Muscle>(record)?;
        Some(MuscleCandidate {
            href: self.href(record)?,
            title: muscle.name.to_string(),
            summary: Some(muscle.summary.to_string()),
            intensity: None,
            reaching: 0,
            trigger_points: muscle.trigger_points.len() as u32,
            points: Vec::new(),
            share: None,
        })
    }

    /// The ranked muscles of a region.
    pub(super) fn candidates(&self, region: RecordId) -> Vec<MuscleCandidate> {
        let ranked = self.base.relations.candidates.of(region).iter();
        ranked.filter_map(|candidate| self.candidate(region, candidate)).collect()
    }

    /// The trigger points of a muscle with where they are felt, main areas first.
    pub(super) fn trigger_points(&self, muscle: &Muscle) -> Vec<TriggerPointView> {
        let points = muscle.trigger_points.iter().enumerate().map(|(at, point)| {
            let mut zones: Vec<Zone> = point
                .refers_to
                .iter()
                .map(|referral| {
                    let (region, link) = self.region_of_zone(&referral.region);
                    Zone { region, link, side: referral.side, intensity: referral.intensity }
                })
                .collect();
            zones.sort_by_key(|zone| zone.intensity);
            TriggerPointView {
                id: point.id.to_string(),
                number: at as u32 + 1,
                label: point.label.as_ref().map(ToString::to_string),
                place: point.r#where.to_string(),
                zones,
                notes: point.notes.as_ref().map(ToString::to_string),
                other_sensations: point.other_sensations.iter().map(ToString::to_string).collect(),
                satellites: self.name_links(&point.satellites),
            }
        });
        points.collect()
    }

    /// The region behind a reference, without a link where it is a draft, or the id where there is none; and
    /// the same as it was drawn.
    fn region_of_zone(&self, reference: &Ref<Region>) -> (Shared<MaybeLink>, Drawn) {
        if let Some(record) = self.base.find(Kind::Region, &reference.id) {
            return (self.shared_name(record), self.drawn_name(record));
        }
        let draft = self.base.draft(Kind::Region, &reference.id);
        let name = draft.map(|draft| draft.data.name().to_string());
        let title = name.unwrap_or_else(|| reference.id.to_string());
        let name = MaybeLink { href: None, title };
        (Shared::new(&name), self.draw_name(&name))
    }
}

fn range(hold: &Hold) -> HoldView {
    HoldView { min: hold.min, max: hold.max }
}

/// The signs of some sets at a level, each once.
fn care_card(sets: &[&RedFlagSet], level: FlagLevel) -> Option<CareCard> {
    let mut items: Vec<String> = Vec::new();
    for flag in sets.iter().flat_map(|set| &*set.flags).filter(|flag| flag.level == level) {
        if !items.iter().any(|known| **known == *flag.text) {
            items.push(flag.text.to_string());
        }
    }
    let care = match level {
        FlagLevel::Emergency => CareLevel::Emergency,
        FlagLevel::Urgent => CareLevel::Urgent,
        FlagLevel::Doctor => CareLevel::Doctor,
    };
    (!items.is_empty()).then(|| CareCard { level: care, title_key: level.word().to_owned(), items })
}

/// An amount without needless digits: `85`, `85.50`.
fn amount(amount: f64) -> String {
    if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount:.2}") }
}
