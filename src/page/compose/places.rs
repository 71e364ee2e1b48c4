//! Where it hurts: areas, regions and symptoms.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::body_map::FIGURE;
use super::prose::{Cited, Text};
use super::{Composer, View};
use crate::graph::{HOME_TECHNIQUES, RecordId};
use crate::model::Kind;
use crate::model::area::Area;
use crate::model::red_flags::FlagLevel;
use crate::model::region::Region;
use crate::model::symptom::Symptom;
use crate::page::view::{MuscleCandidate, PainAreaView, RegionView, SymptomView};

impl Composer<'_> {
    pub(super) fn area(&self, record: RecordId, area: &Area) -> (View, Option<Text>) {
        let mut cited = Cited::listed_elsewhere();
        let text = self.text(record, &mut cited);
        let regions = self.base.relations.area_regions.of(record);
        let muscles = self.base.relations.area_muscles.of(record);
        let symptoms: BTreeSet<RecordId> = regions
            .iter()
            .flat_map(|region| self.base.relations.region_symptoms.of(*region))
            .copied()
            .collect();
        let services =
            self.first_of(regions, |region| self.base.relations.region_services.of(region));
        let articles = self.first_of(regions, |region| self.base.backlinks(region));
        let articles =
            articles.into_iter().filter(|one| self.base.entry(*one).kind == Kind::Article);
        let sets = self.base.flag_sets(regions.iter().copied());
        let view = PainAreaView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/pain/")], &area.name),
            title: area.name.to_string(),
            summary: area.summary.as_ref().map(ToString::to_string),
            map: self.area_map(regions, FIGURE),
            regions: self.cards(regions.iter().copied()),
            first_help: self.care_cards(&sets, &FlagLevel::FIRST),
            red_flags: self.flag_groups(&sets, &[FlagLevel::Doctor]),
            muscles: self.cards(self.by_name(muscles.iter().copied())),
            symptoms: self.cards(symptoms),
            services: self.service_cards(&services),
            articles: self.cards(articles),
            content: None,
        };
        (view.into(), text)
    }

    /// What belongs to any of some records, each once, in order.
    fn first_of<'s>(
        &'s self,
        records: &[RecordId],
        of: impl Fn(RecordId) -> &'s [RecordId],
    ) -> Vec<RecordId> {
        let mut seen = BTreeSet::new();
        let all = records.iter().flat_map(|record| of(*record)).copied();
        all.filter(|one| seen.insert(*one)).collect()
    }

    pub(super) fn region(&self, record: RecordId, region: &Region) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let sets = self.all_found(&region.red_flags);
        let main = self.base.relations.candidates.of(record).iter().filter(|one| one.is_primary());
        let muscles: Vec<RecordId> = main.map(|candidate| candidate.muscle).collect();
        let mut techniques = self.base.region_techniques(record);
        techniques.truncate(HOME_TECHNIQUES);
        let area = self.base.find(Kind::Area, &region.area.id);
        let neighbours = area.map_or(&[][..], |area| self.base.relations.area_regions.of(area));
        let neighbours = neighbours.iter().filter(|other| **other != record);
        let questions = self.questions_about(record);
        let mut meta = self.record_meta(record);
        meta.title = self.word("region.title").replace("{name}", &region.name);
        let view = RegionView {
            meta,
            crumbs: self.crumbs_through_area(area, &region.name),
            title: region.name.to_string(),
            term: region.term.as_ref().map(ToString::to_string),
            synonyms: region.synonyms.iter().map(ToString::to_string).collect(),
            summary: region.summary.as_ref().map(ToString::to_string),
            first_help: self.care_cards(&sets, &FlagLevel::FIRST),
            map: self.region_map(&[record], FIGURE),
            candidates: self.candidates(record),
            pressure: self.pressure(&muscles, &techniques),
            techniques: self.home_technique_cards(&techniques),
            who_to_see: self.flag_groups(&sets, &[FlagLevel::Doctor]),
            services: self.service_cards(self.base.relations.region_services.of(record)),
            symptoms: self.cards(self.base.relations.region_symptoms.of(record).iter().copied()),
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            neighbours: neighbours.filter_map(|other| self.record_link(*other)).collect(),
            toc: self.contents(record),
            content: None,
            sources: self.source_list(&region.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }

    fn crumbs_through_area(
        &self,
        area: Option<RecordId>,
        title: &str,
    ) -> Vec<crate::page::view::Crumb> {
        let pain = self.step("/pain/");
        let address = area.and_then(|area| self.base.routes.address(area));
        match (area, address) {
            (Some(area), Some(address)) => {
                self.crumbs(&[pain, (&address.path, self.base.name(area))], title)
            }
            _ => self.crumbs(&[pain], title),
        }
    }

    pub(super) fn symptom(&self, record: RecordId, symptom: &Symptom) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let regions = self.all_found(&symptom.regions);
        let sets = self.base.symptom_flag_sets(symptom);
        let muscles = self.base.relations.symptom_muscles.of(record);
        let techniques = self.base.symptom_techniques(record, symptom);
        let questions = self.questions_about(record);
        let view = SymptomView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/symptoms/")], &symptom.name),
            title: symptom.name.to_string(),
            aliases: symptom.aliases.iter().map(ToString::to_string).collect(),
            summary: symptom.summary.to_string(),
            first_help: self.care_cards(&sets, &FlagLevel::FIRST),
            map: self.region_map(&regions, FIGURE),
            regions: self.cards(regions.iter().copied()),
            candidates: self.symptom_candidates(&regions, muscles),
            can_feel_like: symptom.can_feel_like.iter().map(ToString::to_string).collect(),
            pressure: self.pressure(muscles, &techniques),
            techniques: self.home_technique_cards(&techniques),
            who_to_see: self.flag_groups(&sets, &[FlagLevel::Doctor]),
            services: self.service_cards(self.base.relations.symptom_services.of(record)),
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            toc: self.contents(record),
            content: None,
            sources: self.source_list(&symptom.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }

    /// Muscles that may be involved, each with its best reason: a main area before spillover, then
    /// the region that most of its trigger points reach. Those that reach none are named by the author
    /// of the symptom, and come last.
    fn symptom_candidates(
        &self,
        regions: &[RecordId],
        muscles: &[RecordId],
    ) -> Vec<MuscleCandidate> {
        let found = |muscle: &RecordId| {
            let reasons = regions.iter().filter_map(|region| {
                let ranked = self.base.relations.candidates.of(*region);
                let candidate = ranked.iter().find(|candidate| candidate.muscle == *muscle)?;
                Some((*region, candidate))
            });
            let (region, candidate) =
                reasons.min_by_key(|(_, one)| (one.intensity, Reverse(one.points)))?;
            self.candidate(region, candidate)
        };
        let mut named = Vec::new();
        let mut candidates: Vec<MuscleCandidate> = Vec::new();
        for muscle in muscles {
            match found(muscle) {
                Some(candidate) => candidates.push(candidate),
                None => named.extend(self.named_candidate(*muscle)),
            }
        }
        candidates.extend(named);
        candidates
    }
}
