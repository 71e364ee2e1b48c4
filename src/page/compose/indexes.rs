//! The pages one starts from: home, where it hurts, muscles, everything from A to Z.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::body_map::{FIGURE, Parts};
use super::{Composer, View};
use crate::graph::{RecordId, letter_anchor, letter_of, sort_key};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::region::Region;
use crate::page::sections::areas;
use crate::page::view::{
    Card, CardGroup, HomeView, Link, MusclesView, NotFoundView, PainView, SearchEntry, SearchGroup,
    SearchView,
};

/// How many symptoms, articles and questions the home page shows.
const ON_HOME: usize = 6;

impl Composer<'_> {
    pub(super) fn home(&self) -> View {
        let settings = self.base.settings();
        let areas = areas(self.base)
            .into_iter()
            .filter(|area| !self.base.relations.area_regions.of(*area).is_empty());
        let areas = self.card_data(areas);
        let areas = areas.into_iter().map(|card| Card { summary: None, ..card }).collect();
        let symptoms = self.commonest_symptoms();
        let services = self.by_name(self.base.of_kind(Kind::Service).map(|(one, _)| one));
        let questions = self.base.of_kind(Kind::Faq).take(ON_HOME);
        let mut meta = self.meta("/", settings.title(), settings.description.as_deref());
        meta.section = None;
        let view = HomeView {
            meta,
            crumbs: Vec::new(),
            intro: settings.description.as_ref().map(ToString::to_string),
            areas,
            map: self.whole_map(FIGURE, Parts::Left),
            symptoms_href: (symptoms.len() > ON_HOME).then(|| self.at("/symptoms/")),
            symptoms: self.cards(symptoms.into_iter().take(ON_HOME)),
            articles: self.cards(self.base.relations.newest.iter().copied().take(ON_HOME)),
            services: self.service_cards(&services),
            questions: questions.filter_map(|(faq, _)| self.question_link(faq)).collect(),
        };
        view.into()
    }

    /// The symptoms, those first that most muscles may cause and most records mention.
    fn commonest_symptoms(&self) -> Vec<RecordId> {
        let mut symptoms = self.by_name(self.base.of_kind(Kind::Symptom).map(|(one, _)| one));
        symptoms.sort_by_cached_key(|symptom| {
            let muscles = self.base.relations.symptom_muscles.of(*symptom).len();
            Reverse(muscles + self.base.backlinks(*symptom).len())
        });
        symptoms
    }

    pub(super) fn pain(&self) -> View {
        let title = self.index_name("/pain/");
        let areas = areas(self.base).into_iter().filter_map(|area| {
            let regions = self.base.relations.area_regions.of(area);
            let cards = self.card_data(regions.iter().copied());
            (!cards.is_empty()).then(|| self.card_group(area, cards))
        });
        let without_area = self.base.without_area(|region: &Region| &region.area);
        let areas = areas.chain(self.group_without_area("pain.other", without_area));
        let areas: Vec<CardGroup> = areas.collect();
        let symptoms = self.by_name(self.base.of_kind(Kind::Symptom).map(|(one, _)| one));
        PainView {
            meta: self.meta("/pain/", title, None),
            crumbs: self.crumbs(&[], title),
            areas,
            map: self.whole_map(FIGURE, Parts::Enlarged),
            symptoms: self.cards(symptoms),
        }
        .into()
    }

    pub(super) fn muscles(&self) -> View {
        let title = self.index_name("/muscles/");
        let areas = areas(self.base).into_iter().filter_map(|area| {
            let muscles = self.by_name(self.base.relations.area_muscles.of(area).iter().copied());
            (!muscles.is_empty()).then(|| self.card_group(area, self.card_data(muscles)))
        });
        let without_area = self.base.without_area(|muscle: &Muscle| &muscle.area);
        let areas = areas.chain(self.group_without_area("muscles.other", without_area));
        let areas: Vec<CardGroup> = areas.collect();
        let mut letters: BTreeMap<String, Vec<Card>> = BTreeMap::new();
        for (record, entry) in self.base.of_kind(Kind::Muscle) {
            let Some(card) = self.card(record) else { continue };
            let names = std::iter::once(entry.data.name()).chain(entry.data.common().aliases);
            for name in names {
                let is_other = **name != *card.title;
                let meta = if is_other { vec![card.title.clone()] } else { Vec::new() };
                let card = Card { title: capitalised(name), summary: None, meta, ..card.clone() };
                letters.entry(letter_of(name)).or_default().push(card);
            }
        }
        let letters = letters.into_iter().map(|(letter, mut cards)| {
            cards.sort_by_cached_key(|card| (sort_key(&card.title), card.href.clone()));
            CardGroup { id: letter_anchor(&letter), title: letter, href: None, cards }
        });
        let letters = letters.collect();
        MusclesView {
            meta: self.meta("/muscles/", title, None),
            crumbs: self.crumbs(&[], title),
            areas,
            letters,
        }
        .into()
    }

    /// Everything that has an address, by its names. Citations are left out: nobody looks for them here.
    pub(super) fn search(&self) -> View {
        let title = self.index_name("/search/");
        let mut letters: BTreeMap<String, Vec<SearchEntry>> = BTreeMap::new();
        for (record, entry) in self.base.records().filter(|(_, entry)| entry.kind != Kind::Citation)
        {
            let Some(href) = self.href(record) else { continue };
            let proper = entry.data.name();
            for name in std::iter::once(proper).chain(self.base.entry(record).data.other_names()) {
                letters.entry(letter_of(name)).or_default().push(SearchEntry {
                    href: href.clone(),
                    name: capitalised(name),
                    see: (name != proper).then(|| proper.to_string()),
                    kind: entry.kind.word().to_owned(),
                });
            }
        }
        let groups = letters.into_iter().map(|(letter, mut entries)| {
            entries.sort_by_cached_key(|entry| (sort_key(&entry.name), entry.href.clone()));
            SearchGroup { id: letter_anchor(&letter), title: letter, entries }
        });
        let groups = groups.collect();
        SearchView {
            meta: self.meta("/search/", title, None),
            crumbs: self.crumbs(&[], title),
            groups,
        }
        .into()
    }

    pub(super) fn not_found(&self) -> View {
        let title = self.index_name("/404.html");
        let pages = ["/", "/pain/", "/muscles/", "/search/"].into_iter();
        let link = |path| Link { href: self.at(path), title: self.index_name(path).to_owned() };
        let suggestions = pages.filter(|path| self.has_page(path)).map(link).collect();
        let mut meta = self.meta("/404.html", title, None);
        (meta.canonical, meta.shown_address) = (None, None);
        meta.is_hidden = true;
        NotFoundView { meta, crumbs: self.crumbs(&[], title), suggestions }.into()
    }
}

/// A name as it stands at the start of a line.
fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
