//! Techniques, services, people and topics.

use super::prose::{Cited, Text};
use super::{Composer, View};
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::person::Person;
use crate::model::service::Service;
use crate::model::technique::Technique;
use crate::model::topic::Topic;
use crate::page::view::{Drawn, Link, PersonView, ServiceView, TechniqueView, TopicView};

impl Composer<'_> {
    pub(super) fn technique(
        &self,
        record: RecordId,
        technique: &Technique,
    ) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let relations = &self.base.relations;
        let questions = self.questions_about(record);
        let optional = |text: &Option<crate::model::Text>| text.as_ref().map(ToString::to_string);
        let view = TechniqueView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/techniques/")], &technique.name),
            card: self.technique_card(record).expect("a technique has a page"),
            aliases: technique.aliases.iter().map(ToString::to_string).collect(),
            feel: optional(&technique.feel),
            then: optional(&technique.then),
            cautions: technique.cautions.iter().map(ToString::to_string).collect(),
            risks: technique.risks.iter().map(ToString::to_string).collect(),
            if_nothing: optional(&technique.if_nothing),
            compared_with: optional(&technique.compared_with),
            evidence: optional(&technique.evidence),
            content: None,
            muscles: self.names_of(relations.technique_muscles.of(record)),
            services: self.service_cards(relations.technique_services.of(record)),
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            sources: self.source_list(&technique.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }

    /// Muscles or regions by name, without their summaries: there may be a hundred.
    fn names_of(&self, records: &[RecordId]) -> Vec<Drawn> {
        self.names_in_list(self.by_name(records.iter().copied()))
    }

    pub(super) fn service(&self, record: RecordId, service: &Service) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let relations = &self.base.relations;
        let techniques = self.all_found(&service.techniques);
        let areas = self.base.service_areas(record, service);
        let questions = self.questions_about(record);
        let view = ServiceView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/services/")], &service.name),
            card: self.service_card(record).expect("a service has a page"),
            cautions: service.cautions.iter().map(ToString::to_string).collect(),
            performed_by: self.name_links(&service.performed_by),
            techniques: techniques.into_iter().filter_map(|one| self.technique_card(one)).collect(),
            areas: areas.into_iter().map(|area| self.name_link(area)).collect(),
            regions: self.names_of(relations.service_regions.of(record)),
            muscles: self.names_of(relations.service_muscles.of(record)),
            symptoms: self.cards(relations.service_symptoms.of(record).iter().copied()),
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            content: None,
            sources: self.source_list(&service.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }

    pub(super) fn person(&self, record: RecordId, person: &Person) -> (View, Option<Text>) {
        let relations = &self.base.relations;
        let mut cited = Cited::default();
        let card = self.person_with(record, &mut cited).expect("a person has a page");
        // No page shows the text of a person.
        let text = self.text(record, &mut Cited::without_marks());
        let services = self.base.all::<Service>();
        let services =
            services.filter(|(_, service)| self.all_found(&service.performed_by).contains(&record));
        let services: Vec<RecordId> = services.map(|(service, _)| service).collect();
        let mut written = relations.written.of(record).to_vec();
        self.base.sort_newest_first(&mut written);
        let licence = person.licence.as_ref();
        let view = PersonView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/team/")], &person.name),
            person: card,
            licence: licence.map(|licence| format!("{}, {}", licence.number, licence.authority)),
            links: person
                .links
                .iter()
                .map(|link| Link { href: self.standing(link), title: self.link_title(link) })
                .collect(),
            services: self.service_cards(&services),
            articles: self.cards(written),
            reviewed: self.names_in_list(relations.reviewed.of(record).iter().copied()),
            sources: self.source_list(&person.sources, &cited),
        };
        (view.into(), text)
    }

    pub(super) fn topic(&self, record: RecordId, topic: &Topic) -> (View, Option<Text>) {
        let mut cited = Cited::listed_elsewhere();
        let text = self.text(record, &mut cited);
        let questions = self.questions_about(record);
        let others = self.base.of_kind(Kind::Topic).map(|(other, _)| other);
        let others = self.by_name(others.filter(|other| *other != record));
        let view = TopicView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[self.step("/topics/")], &topic.name),
            title: topic.name.to_string(),
            summary: topic.summary.as_ref().map(ToString::to_string),
            content: None,
            articles: self.cards(self.mentioning(record, Kind::Article)),
            questions,
            myths: self.cards(self.mentioning(record, Kind::Myth)),
            topics: self.topic_links(others),
        };
        (view.into(), text)
    }
}

impl Composer<'_> {
    /// What a link without words is called: a page of the site by its name, another site by its host.
    pub(super) fn link_title(&self, address: &str) -> String {
        if !address.starts_with('/') {
            return host_of(address);
        }
        let path = address.split(['?', '#']).next().unwrap_or(address);
        let section = path.trim_matches('/');
        let page = format!("{}/", path.trim_end_matches('/'));
        match self.base.routes.page(&page) {
            Some(Some(record)) => self.base.name(record).to_string(),
            Some(None) => self.index_name(&page).to_owned(),
            None => section.rsplit('/').next().unwrap_or(section).to_owned(),
        }
    }
}

/// The host of a web address, as its name.
fn host_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.").to_owned()
}
