//! Which services are offered for which muscles, regions and symptoms.
//!
//! Both sides come from one set of pairs, so a service that stands on a page names it in turn.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::relations::{Relations, Table};
use super::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::region::Region;
use crate::model::service::Service;
use crate::model::symptom::Symptom;

type Sets = BTreeMap<RecordId, BTreeSet<RecordId>>;

/// A service with what decides where it is offered.
struct Offer {
    /// The areas it is for; empty if it is for the whole body.
    areas: BTreeSet<RecordId>,
    techniques: BTreeSet<RecordId>,
}

impl Offer {
    fn is_for(&self, area: Option<RecordId>) -> bool {
        self.areas.is_empty() || area.is_some_and(|area| self.areas.contains(&area))
    }
}

impl Relations {
    pub(super) fn of_services(&mut self, base: &KnowledgeBase) {
        let offers: BTreeMap<RecordId, Offer> = base
            .all::<Service>()
            .map(|(service, data)| {
                let areas = base.all_found(&data.areas).into_iter().collect();
                let techniques = base.all_found(&data.techniques).into_iter().collect();
                (service, Offer { areas, techniques })
            })
            .collect();
        let uses = offers.iter().flat_map(|(service, offer)| {
            offer.techniques.iter().map(move |technique| (*technique, *service))
        });
        self.technique_services = Table::from_pairs(uses);
        self.of_treated_muscles(base, &offers);
        self.of_treated_regions(base, &offers);
        self.of_treated_symptoms(base, &offers);
    }

    /// A muscle is treated by the services it names, wherever it lies, and by those that use a
    /// technique it names and are for its area.
    fn of_treated_muscles(&mut self, base: &KnowledgeBase, offers: &BTreeMap<RecordId, Offer>) {
        let mut technique_muscles: Sets = BTreeMap::new();
        let mut treated: BTreeSet<(RecordId, RecordId)> = BTreeSet::new();
        for (muscle, data) in base.all::<Muscle>() {
            let area = base.find(Kind::Area, &data.area.id);
            for technique in base.all_found(&data.techniques) {
                technique_muscles.entry(technique).or_default().insert(muscle);
                let using = self.technique_services.of(technique).iter();
                let offered = using.filter(|service| offers[*service].is_for(area));
                treated.extend(offered.map(|service| (muscle, *service)));
            }
            let named = base.all_found(&data.services);
            treated.extend(named.into_iter().map(|service| (muscle, service)));
        }
        self.technique_muscles = Table::sorted(technique_muscles);
        let turned = treated.iter().map(|(muscle, service)| (*service, *muscle));
        self.service_muscles = Table::from_pairs(turned);
        self.muscle_services = Table::from_pairs(treated);
    }

    /// A region is treated by the services for its area that treat a muscle which reaches it, those
    /// for most of these muscles first. The service names it where it is a main zone of one.
    fn of_treated_regions(&mut self, base: &KnowledgeBase, offers: &BTreeMap<RecordId, Offer>) {
        let mut regions: Sets = BTreeMap::new();
        for (region, data) in base.all::<Region>() {
            let area = base.find(Kind::Area, &data.area.id);
            let mut muscles: BTreeMap<RecordId, usize> = BTreeMap::new();
            for candidate in self.candidates.of(region) {
                let treating = self.muscle_services.of(candidate.muscle).iter();
                for service in treating.filter(|service| offers[*service].is_for(area)) {
                    *muscles.entry(*service).or_default() += 1;
                    if candidate.is_primary() {
                        regions.entry(*service).or_default().insert(region);
                    }
                }
            }
            let mut ordered: Vec<(RecordId, usize)> = muscles.into_iter().collect();
            ordered.sort_by_key(|(service, muscles)| (Reverse(*muscles), *service));
            for (service, _) in ordered {
                self.region_services.push(region, service);
            }
        }
        self.service_regions = Table::sorted(regions);
    }

    /// A symptom is treated by the services of its regions; where it names techniques that services
    /// use, by those of them that use one. Techniques that no service uses are for readers alone.
    fn of_treated_symptoms(&mut self, base: &KnowledgeBase, offers: &BTreeMap<RecordId, Offer>) {
        let mut symptoms: Sets = BTreeMap::new();
        for (symptom, data) in base.all::<Symptom>() {
            let mut wanted = base.all_found(&data.techniques);
            wanted.retain(|technique| !self.technique_services.of(*technique).is_empty());
            let fits = |service: &RecordId| {
                let used = &offers[service].techniques;
                wanted.is_empty() || wanted.iter().any(|technique| used.contains(technique))
            };
            for region in base.all_found(&data.regions) {
                let services = self.region_services.of(region).iter();
                for service in services.copied().filter(fits) {
                    if symptoms.entry(service).or_default().insert(symptom) {
                        self.symptom_services.push(symptom, service);
                    }
                }
            }
        }
        self.service_symptoms = Table::sorted(symptoms);
    }
}
