//! What follows from several fields of a record, for its page and for whoever links to a part of it.

use super::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::faq::Faq;
use crate::model::region::Region;
use crate::model::service::Service;
use crate::model::symptom::Symptom;
use crate::syntax::markdown::Directive;

impl KnowledgeBase {
    /// The red-flag sets of some regions, each once, in order.
    pub fn flag_sets(&self, regions: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
        let regions = regions.into_iter().filter_map(|region| self.get::<Region>(region));
        each_once(regions.flat_map(|region| self.all_found(&region.red_flags)))
    }

    /// The red-flag sets of a symptom and of its regions, each once: its own first.
    pub fn symptom_flag_sets(&self, symptom: &Symptom) -> Vec<RecordId> {
        let of_regions = self.flag_sets(self.all_found(&symptom.regions));
        each_once(self.all_found(&symptom.red_flags).into_iter().chain(of_regions))
    }

    /// The sets whose signs `::red-flags` shows: those of a region, a muscle or a symptom.
    pub fn flag_sets_shown(&self, directive: &Directive) -> Vec<RecordId> {
        let named = |kind: Kind| self.find(kind, directive.argument(kind.word())?);
        if directive.name != "red-flags" {
            Vec::new()
        } else if directive.argument("region").is_some() {
            self.flag_sets(named(Kind::Region))
        } else if directive.argument("muscle").is_some() {
            let muscle = named(Kind::Muscle).into_iter();
            let reaches = muscle.flat_map(|muscle| self.relations.reaches.of(muscle));
            self.flag_sets(reaches.map(|reach| reach.region))
        } else {
            let symptom = named(Kind::Symptom).and_then(|symptom| self.get::<Symptom>(symptom));
            symptom.map(|symptom| self.symptom_flag_sets(symptom)).unwrap_or_default()
        }
    }

    /// The question that `::faq` shows with its answer.
    pub fn question_shown(&self, directive: &Directive) -> Option<(RecordId, &Faq)> {
        let id = directive.argument("id").filter(|_| directive.name == "faq")?;
        let record = self.find(Kind::Faq, id)?;
        Some((record, self.get::<Faq>(record)?))
    }

    /// The records of a kind that mention a record, sorted by id.
    pub fn backlinks_of_kind(&self, record: RecordId, kind: Kind) -> &[RecordId] {
        let links = self.backlinks(record);
        // Records are numbered by kind, so no entry has to be looked at: a topic has thousands of these.
        let numbers = self.names.range(kind);
        let before = |end: usize| links.partition_point(|other| other.index() < end);
        &links[before(numbers.start)..before(numbers.end)]
    }

    /// Puts articles in order: the newest first.
    pub fn sort_newest_first(&self, articles: &mut [RecordId]) {
        articles.sort_unstable_by_key(|article| self.relations.places[article.index()]);
    }

    /// The area in which a symptom is felt first.
    pub fn symptom_area(&self, symptom: &Symptom) -> Option<RecordId> {
        let region = *self.all_found(&symptom.regions).first()?;
        self.find(Kind::Area, &self.get::<Region>(region)?.area.id)
    }

    /// The areas a service names, else those of the regions it may help with.
    pub fn service_areas(&self, record: RecordId, service: &Service) -> Vec<RecordId> {
        if !service.areas.is_empty() {
            return self.all_found(&service.areas);
        }
        let treated = self.relations.service_regions.of(record);
        let is_treated = |area: &RecordId| {
            let regions = self.relations.area_regions.of(*area);
            regions.iter().any(|region| treated.contains(region))
        };
        self.of_kind(Kind::Area).map(|(area, _)| area).filter(is_treated).collect()
    }
}

/// Records in their order, without repetitions.
pub(super) fn each_once(records: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
    let mut known = Vec::new();
    for record in records {
        if !known.contains(&record) {
            known.push(record);
        }
    }
    known
}
