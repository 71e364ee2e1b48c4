//! Which muscles may be the source of a pain, most likely first, and why.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::relations::Table;
use super::sections::sort_key;
use super::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::{Commonness, Intensity, Muscle, Side};

/// A region in which a muscle can hurt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The region.
    pub region: RecordId,
    /// The best intensity of the trigger points that reach it.
    pub intensity: Intensity,
    /// The trigger points that reach it, by their place in the muscle's list.
    pub points: Vec<usize>,
    /// The sides on which it is felt, seen from the trigger points.
    pub sides: Vec<Side>,
}

impl Reach {
    /// Whether it is a main zone of the muscle.
    pub fn is_primary(&self) -> bool {
        self.intensity == Intensity::Primary
    }
}

/// A muscle that may be the source of pain in a region, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The muscle.
    pub muscle: RecordId,
    /// The best intensity of its trigger points here.
    pub intensity: Intensity,
    /// How many of its trigger points reach the region.
    pub points: usize,
    /// How many trigger points it has.
    pub of_points: usize,
}

impl Candidate {
    /// Whether the region is a main zone of the muscle.
    pub fn is_primary(&self) -> bool {
        self.intensity == Intensity::Primary
    }
}

/// Ranks by best intensity, then by the number of trigger points, then by how common the muscle
/// is, then by name.
pub(super) fn rank(base: &KnowledgeBase) -> (Table<Reach>, Table<Candidate>) {
    let mut reaches = Table::default();
    let mut by_region: BTreeMap<RecordId, Vec<(Candidate, Order)>> = BTreeMap::new();
    for (record, muscle) in base.all::<Muscle>() {
        for reach in reaches_of(base, muscle) {
            let candidate = Candidate {
                muscle: record,
                intensity: reach.intensity,
                points: reach.points.len(),
                of_points: muscle.trigger_points.len(),
            };
            let order = order(&candidate, muscle);
            by_region.entry(reach.region).or_default().push((candidate, order));
            reaches.push(record, reach);
        }
    }
    let mut candidates = Table::default();
    for (region, mut ranked) in by_region {
        ranked.sort_by(|(_, one), (_, other)| one.cmp(other));
        for (candidate, _) in ranked {
            candidates.push(region, candidate);
        }
    }
    (reaches, candidates)
}

type Order = (Intensity, Reverse<usize>, Commonness, (String, String));

fn order(candidate: &Candidate, muscle: &Muscle) -> Order {
    (
        candidate.intensity,
        Reverse(candidate.points),
        muscle.commonness.unwrap_or(Commonness::Low),
        sort_key(&muscle.name),
    )
}

/// The regions of a muscle: best intensity first, then most trigger points, then as written.
fn reaches_of(base: &KnowledgeBase, muscle: &Muscle) -> Vec<Reach> {
    let mut reaches: Vec<Reach> = Vec::new();
    for (index, point) in muscle.trigger_points.iter().enumerate() {
        for referral in &point.refers_to {
            let Some(region) = base.find(Kind::Region, &referral.region.id) else { continue };
            match reaches.iter_mut().find(|reach| reach.region == region) {
                Some(reach) => {
                    reach.intensity = reach.intensity.min(referral.intensity);
                    if reach.points.last() != Some(&index) {
                        reach.points.push(index);
                    }
                    if !reach.sides.contains(&referral.side) {
                        reach.sides.push(referral.side);
                    }
                }
                None => reaches.push(Reach {
                    region,
                    intensity: referral.intensity,
                    points: vec![index],
                    sides: vec![referral.side],
                }),
            }
        }
    }
    reaches.sort_by_key(|reach| (reach.intensity, Reverse(reach.points.len())));
    reaches
}
