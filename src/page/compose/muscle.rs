//! A muscle's page.

use std::cmp::Reverse;

use super::body_map::FIGURE;
use super::prose::{Cited, Text};
use super::{Composer, View};
use crate::graph::{RecordId, is_safe_at_home};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::red_flags::FlagLevel;
use crate::model::technique::{Performer, Technique};
use crate::page::view::{
    AnatomyView, BodyMapView, Card, CheckedView, Drawn, MaybeLink, MuscleView, ReferralMap,
};

/// How many similar muscles a page names.
const SIMILAR: usize = 8;

impl Composer<'_> {
    pub(super) fn muscle(&self, record: RecordId, muscle: &Muscle) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let regions: Vec<RecordId> =
            self.base.relations.reaches.of(record).iter().map(|reach| reach.region).collect();
        let sets = self.base.flag_sets(regions);
        let techniques = self.all_found(&muscle.techniques);
        let (home, professional) = self.split_techniques(muscle, &techniques);
        let questions = self.questions_about(record);
        let view = MuscleView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/muscles/")], &muscle.name),
            title: muscle.name.to_string(),
            latin: muscle.latin.as_ref().map(ToString::to_string),
            pronounced: muscle.pronounced.as_ref().map(ToString::to_string),
            aliases: muscle.aliases.iter().map(ToString::to_string).collect(),
            summary: muscle.summary.to_string(),
            referral: Some(self.referral_of_muscle(record, muscle, FIGURE)),
            red_flags: self.care_cards(&sets, &FlagLevel::FIRST),
            feels_like: muscle.feels_like.iter().map(ToString::to_string).collect(),
            set_off_by: muscle.set_off_by.iter().map(ToString::to_string).collect(),
            pressure_caution: muscle.pressure_caution.as_ref().map(ToString::to_string),
            techniques: home.into_iter().filter_map(|one| self.technique_card(one)).collect(),
            professional: professional
                .into_iter()
                .filter_map(|one| self.technique_card(one))
                .collect(),
            no_technique_because: muscle.no_technique_because.as_ref().map(ToString::to_string),
            when_to_get_help: self.care_cards(&sets, &[FlagLevel::Doctor]),
            services: self.service_cards(self.base.relations.muscle_services.of(record)),
            toc: self.contents(record),
            content: None,
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            mentions: self.other_mentions(record),
            similar: self.similar_muscles(record),
            anatomy: self.anatomy(muscle),
            evidence: muscle.evidence.as_ref().map(ToString::to_string),
            checked: muscle
                .checked
                .as_ref()
                .map(|checked| CheckedView { pattern: checked.pattern, anatomy: checked.anatomy }),
            sources: self.source_list(&muscle.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }

    /// What readers can safely do, and what a professional can do.
    fn split_techniques(
        &self,
        muscle: &Muscle,
        techniques: &[RecordId],
    ) -> (Vec<RecordId>, Vec<RecordId>) {
        let (mut home, mut professional) = (Vec::new(), Vec::new());
        for technique in techniques {
            let Some(data) = self.base.get::<Technique>(*technique) else { continue };
            if is_safe_at_home(muscle, data) {
                home.push(*technique);
            } else if data.performer != Performer::Oneself {
                professional.push(*technique);
            }
        }
        (home, professional)
    }

    /// The picture of a muscle's referral with the same in words.
    pub(super) fn referral_of_muscle(
        &self,
        record: RecordId,
        muscle: &Muscle,
        id: &str,
    ) -> ReferralMap {
        ReferralMap {
            subject: self.name_link(record),
            map: BodyMapView { id: id.to_owned(), ..self.muscle_map(record, muscle).clone() },
            image: None,
            trigger_points: self.trigger_points(muscle),
            candidates: Vec::new(),
        }
    }

    /// Pages that mention a muscle, beyond articles, questions, myths, and its neighbours in anatomy.
    fn other_mentions(&self, record: RecordId) -> Vec<Drawn> {
        let kinds = [Kind::Page, Kind::Symptom, Kind::Technique, Kind::Term];
        self.cards(kinds.into_iter().flat_map(|kind| self.mentioning(record, kind)))
    }

    /// Other muscles that hurt in the same places, those with most of them first.
    fn similar_muscles(&self, record: RecordId) -> Vec<Drawn> {
        let mut shared: Vec<(RecordId, RecordId)> = Vec::new();
        for reach in
            self.base.relations.reaches.of(record).iter().filter(|reach| reach.is_primary())
        {
            let candidates = self.base.relations.candidates.of(reach.region).iter();
            let others = candidates.filter(|other| other.is_primary() && other.muscle != record);
            shared.extend(others.map(|other| (other.muscle, reach.region)));
        }
        // The regions of each stay in their order.
        shared.sort_by_key(|(muscle, _)| *muscle);
        let mut similar: Vec<&[(RecordId, RecordId)]> =
            shared.chunk_by(|(one, _), (next, _)| one == next).collect();
        // Names decide among those with as many regions; most muscles have too few, and are let go before.
        let mut counts: Vec<usize> = similar.iter().map(|regions| regions.len()).collect();
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let least = counts.get(SIMILAR - 1).copied().unwrap_or_default();
        similar.retain(|regions| regions.len() >= least);
        similar.sort_by_cached_key(|regions| {
            (Reverse(regions.len()), self.base.name(regions[0].0).to_lowercase())
        });
        similar.truncate(SIMILAR);
        let cards = similar.into_iter().filter_map(|regions| {
            let names = regions.iter().map(|(_, region)| self.base.name(*region).to_string());
            let card = Card { meta: names.collect(), summary: None, ..self.card(regions[0].0)? };
            Some(self.draw_card(&card))
        });
        cards.collect()
    }

    fn anatomy(&self, muscle: &Muscle) -> AnatomyView {
        let texts = |texts: &[crate::model::Text]| texts.iter().map(ToString::to_string).collect();
        AnatomyView {
            origin: muscle.attachments.origin.to_string(),
            insertion: muscle.attachments.insertion.to_string(),
            actions: texts(&muscle.actions),
            nerve: muscle.nerve.to_string(),
            roots: texts(&muscle.roots),
            blood_supply: texts(&muscle.blood_supply),
            depth: muscle.depth.map(|depth| depth.word().to_owned()),
            group: self.base.find(Kind::Group, &muscle.group.id).map(|group| self.name_link(group)),
            area: self.base.find(Kind::Area, &muscle.area.id).map(|area| self.name_link(area)),
            antagonists: self.name_links(&muscle.antagonists),
            synergists: self.name_links(&muscle.synergists),
            members: texts(&muscle.members),
            present_in: muscle.present_in.as_ref().map(ToString::to_string),
            xrefs: muscle.xrefs.0.iter().map(|(system, id)| cross_reference(system, id)).collect(),
        }
    }
}

/// An id of another system, with its address where the system has stable ones.
fn cross_reference(system: &str, id: &str) -> MaybeLink {
    let underscored = id.replace(':', "_");
    let href = match system {
        "uberon" | "fma" => Some(format!("http://purl.obolibrary.org/obo/{underscored}")),
        "wikidata" => Some(format!("https://www.wikidata.org/wiki/{id}")),
        _ => None,
    };
    let title =
        if id.contains(':') { id.to_owned() } else { format!("{} {id}", system.to_uppercase()) };
    MaybeLink { href, title }
}
