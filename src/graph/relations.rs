//! The other side of every relation: written once by the author, derived here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::derived::each_once;
use super::ranking::{Candidate, Reach, rank};
use super::ties::{Fact, Ties};
use super::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::article::Article;
use crate::model::muscle::Muscle;
use crate::model::region::Region;
use crate::model::symptom::Symptom;

/// A table from records to others; empty where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T>(BTreeMap<RecordId, Vec<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Table<T> {
    /// What belongs to a record.
    pub fn of(&self, record: RecordId) -> &[T] {
        self.0.get(&record).map_or(&[], Vec::as_slice)
    }

    /// The records to which anything belongs.
    pub fn records(&self) -> impl Iterator<Item = RecordId> {
        self.0.keys().copied()
    }

    pub(super) fn push(&mut self, record: RecordId, value: T) {
        self.0.entry(record).or_default().push(value);
    }
}

impl<T: Ord> Table<T> {
    pub(super) fn sorted(sets: BTreeMap<RecordId, BTreeSet<T>>) -> Self {
        Self(sets.into_iter().map(|(record, set)| (record, set.into_iter().collect())).collect())
    }
}

/// Everything that is derived from the records.
#[derive(Debug, Default)]
pub struct Relations {
    /// Muscle → the regions in which it can hurt, best first.
    pub reaches: Table<Reach>,
    /// Region → the muscles that may be the source, most likely first.
    pub candidates: Table<Candidate>,
    /// Technique → the muscles it is for.
    pub technique_muscles: Table<RecordId>,
    /// Technique → the services that use it.
    pub technique_services: Table<RecordId>,
    /// Service → the muscles it treats.
    pub service_muscles: Table<RecordId>,
    /// Service → the regions it may help with.
    pub service_regions: Table<RecordId>,
    /// Service → the symptoms it may help with.
    pub service_symptoms: Table<RecordId>,
    /// Region → the services that may help, those for most of its candidates first.
    pub region_services: Table<RecordId>,
    /// Region → the symptoms that are felt there.
    pub region_symptoms: Table<RecordId>,
    /// Muscle → the services that treat it.
    pub muscle_services: Table<RecordId>,
    /// Symptom → the muscles that may be involved, those with a main zone in its regions first.
    pub symptom_muscles: Table<RecordId>,
    /// Symptom → the services that may help, in the order of its regions.
    pub symptom_services: Table<RecordId>,
    /// Area → its regions, in the order of their file.
    pub area_regions: Table<RecordId>,
    /// Area → its muscles.
    pub area_muscles: Table<RecordId>,
    /// Group → its muscles.
    pub group_muscles: Table<RecordId>,
    /// Person → the articles they wrote.
    pub written: Table<RecordId>,
    /// Person → the records they reviewed.
    pub reviewed: Table<RecordId>,
    /// Citation → the records that cite it.
    pub cited_by: Table<RecordId>,
    /// Topic → the articles and questions on it.
    pub topic_records: Table<RecordId>,
    /// Region → the records whose texts show its map.
    pub mapped_in: Table<RecordId>,
    /// All articles, the newest first.
    pub newest: Vec<RecordId>,
    /// The place of each article among them, by the number of its record.
    pub(super) places: Vec<u32>,
}

impl Table<RecordId> {
    /// A table from pairs in the order of what belongs to a record: each list is sorted, and without
    /// repetitions.
    pub(super) fn from_pairs(pairs: impl IntoIterator<Item = (RecordId, RecordId)>) -> Self {
        let mut lists: Vec<Vec<RecordId>> = Vec::new();
        for (record, other) in pairs {
            if lists.len() <= record.index() {
                lists.resize_with(record.index() + 1, Vec::new);
            }
            let list = &mut lists[record.index()];
            debug_assert!(list.last() <= Some(&other), "pairs come in order");
            if list.last() != Some(&other) {
                list.push(other);
            }
        }
        let lists = lists.into_iter().enumerate().filter(|(_, list)| !list.is_empty());
        Self(lists.map(|(record, list)| (RecordId::new(record), list)).collect())
    }
}

/// What follows from the records and from what they say of others; `stated` followed from records
/// that stated the same.
pub(super) fn derive(base: &KnowledgeBase, stated: Option<&Relations>) -> Relations {
    let (reaches, candidates) = rank(base);
    let mut relations = Relations { reaches, candidates, ..Relations::default() };
    relations.of_areas(base);
    relations.of_symptoms(base);
    relations.of_services(base);
    relations.of_facts(&base.ties, stated);
    let mut articles: Vec<(RecordId, &Article)> = base.all::<Article>().collect();
    articles.sort_by_key(|(record, article)| (std::cmp::Reverse(article.published), *record));
    relations.newest = articles.into_iter().map(|(record, _)| record).collect();
    relations.places = vec![0; base.content.entries.len()];
    for (place, article) in (0..).zip(&relations.newest) {
        relations.places[article.index()] = place;
    }
    relations
}

impl Relations {
    fn of_areas(&mut self, base: &KnowledgeBase) {
        let mut regions: Vec<(RecordId, &Region)> = base.all::<Region>().collect();
        // Authors list regions from head to toe.
        regions.sort_by_key(|(record, _)| {
            let entry = base.entry(*record);
            (entry.path.clone(), entry.position)
        });
        for (record, region) in regions {
            if let Some(area) = base.find(Kind::Area, &region.area.id) {
                self.area_regions.push(area, record);
            }
        }
        for (record, muscle) in base.all::<Muscle>() {
            if let Some(area) = base.find(Kind::Area, &muscle.area.id) {
                self.area_muscles.push(area, record);
            }
            if let Some(group) = base.find(Kind::Group, &muscle.group.id) {
                self.group_muscles.push(group, record);
            }
        }
    }

    fn of_symptoms(&mut self, base: &KnowledgeBase) {
        for (symptom, data) in base.all::<Symptom>() {
            let regions = base.all_found(&data.regions);
            let mut muscles = base.all_found(&data.muscles);
            for region in &regions {
                self.region_symptoms.push(*region, symptom);
                let primary = self.candidates.of(*region).iter().filter(|one| one.is_primary());
                muscles.extend(primary.map(|candidate| candidate.muscle));
            }
            let mut muscles = each_once(muscles);
            // A muscle that the author names may reach the regions as spillover only.
            muscles.sort_by_key(|muscle| !self.has_main_zone(*muscle, &regions));
            for muscle in muscles {
                self.symptom_muscles.push(symptom, muscle);
            }
        }
    }

    fn has_main_zone(&self, muscle: RecordId, regions: &[RecordId]) -> bool {
        let mut reaches = self.reaches.of(muscle).iter();
        reaches.any(|reach| reach.is_primary() && regions.contains(&reach.region))
    }

    /// Who wrote, reviewed and cited what; `stated` says it where all records state the same.
    fn of_facts(&mut self, ties: &[Arc<Ties>], stated: Option<&Relations>) {
        let of = |wanted: Fact| {
            let facts = ties.iter().enumerate().flat_map(move |(at, ties)| {
                let facts = ties.facts.iter().filter(move |(fact, _)| *fact == wanted);
                facts.map(move |(_, about)| (*about, RecordId::new(at)))
            });
            Table::from_pairs(facts)
        };
        let known = |table: fn(&Relations) -> &Table<RecordId>| stated.map(table).cloned();
        self.written = known(|known| &known.written).unwrap_or_else(|| of(Fact::Written));
        self.reviewed = known(|known| &known.reviewed).unwrap_or_else(|| of(Fact::Reviewed));
        self.cited_by = known(|known| &known.cited_by).unwrap_or_else(|| of(Fact::Cited));
        self.topic_records = known(|known| &known.topic_records).unwrap_or_else(|| of(Fact::Topic));
        self.mapped_in = known(|known| &known.mapped_in).unwrap_or_else(|| of(Fact::Mapped));
    }
}
