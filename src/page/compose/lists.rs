//! Pages that list records of one kind.

use std::collections::BTreeMap;

use super::prose::Cited;
use super::{Composer, View};
use crate::graph::{RecordId, articles_path};
use crate::model::citation::Citation;
use crate::model::faq::Faq;
use crate::model::myth::Myth;
use crate::model::symptom::Symptom;
use crate::model::technique::{Performer, Technique};
use crate::model::term::Term;
use crate::model::{Kind, Ref};
use crate::page::sections::{areas, articles_name};
use crate::page::view::MaybeLink;
use crate::page::view::{
    ArticlesView, Card, CardGroup, FaqView, GlossaryView, Link, MythEntry, MythsView, Pager,
    PagerPage, Question, QuestionGroup, ReferencesView, ServicesView, SourceItem, SymptomsView,
    TeamView, TechniqueGroup, TechniquesView, TermEntry, TopicsView,
};

impl Composer<'_> {
    pub(super) fn article_list(&self, number: u32) -> View {
        let count = self.base.routes.article_pages;
        let page = |number: u32| self.at(&articles_path(number));
        let pager = (count > 1).then(|| Pager {
            number,
            count,
            previous: (number > 1).then(|| page(number - 1)),
            next: (number < count).then(|| page(number + 1)),
            // All numbers of a long list would be most of the page: the first, the last, and those near.
            pages: near(number, count)
                .map(|near_by| PagerPage {
                    number: near_by,
                    href: page(near_by),
                    is_after_gap: near_by > 1 && near(number, count).all(|one| one != near_by - 1),
                })
                .collect(),
        });
        let title = self.index_name("/articles/");
        let path = articles_path(number);
        let titled = articles_name(self.strings, number, count);
        let meta = self.meta(&path, &titled, self.strings.get("articles.description"));
        ArticlesView {
            meta,
            crumbs: self.crumbs(&[], title),
            topics: self.all_topics(),
            articles: self.cards(self.base.articles_on(number).iter().copied()),
            pager,
        }
        .into()
    }

    /// The records of a kind by name, on a page of their own.
    fn all_by_name(&self, kind: Kind) -> Vec<RecordId> {
        self.by_name(self.base.of_kind(kind).map(|(record, _)| record))
    }

    pub(super) fn symptoms(&self) -> View {
        let title = self.index_name("/symptoms/");
        let mut by_area: BTreeMap<Option<RecordId>, Vec<RecordId>> = BTreeMap::new();
        for (record, symptom) in self.base.all::<Symptom>() {
            by_area.entry(self.base.symptom_area(symptom)).or_default().push(record);
        }
        let without_area = by_area.remove(&None).unwrap_or_default();
        let groups = areas(self.base).into_iter().filter_map(|area| {
            let symptoms = self.by_name(by_area.get(&Some(area))?.iter().copied());
            Some(self.card_group(area, self.card_data(symptoms)))
        });
        let areas = groups.chain(self.group_without_area("symptoms.other", without_area)).collect();
        SymptomsView {
            meta: self.meta("/symptoms/", title, None),
            crumbs: self.crumbs(&[], title),
            areas,
        }
        .into()
    }

    /// Cards under the name of a record.
    pub(super) fn card_group(&self, record: RecordId, cards: Vec<Card>) -> CardGroup {
        CardGroup {
            id: self.base.entry(record).id.to_string(),
            title: self.base.name(record).to_string(),
            href: self.href(record),
            cards,
        }
    }

    /// Cards of records that belong to no area of the site: theirs is a draft. They come last.
    pub(super) fn group_without_area(
        &self,
        title: &str,
        records: impl IntoIterator<Item = RecordId>,
    ) -> Option<CardGroup> {
        let cards = self.card_data(self.by_name(records));
        let title = self.word(title).to_owned();
        let id = "section--other".to_owned();
        (!cards.is_empty()).then_some(CardGroup { id, title, href: None, cards })
    }

    pub(super) fn techniques(&self) -> View {
        let title = self.index_name("/techniques/");
        let groups = Performer::ALL.iter().filter_map(|performer| {
            let of_performer =
                self.base.all::<Technique>().filter(|(_, one)| one.performer == *performer);
            let records = self.by_name(of_performer.map(|(record, _)| record));
            let techniques = records.into_iter().filter_map(|one| self.technique_card(one));
            let techniques: Vec<_> = techniques.collect();
            (!techniques.is_empty()).then_some(TechniqueGroup { performer: *performer, techniques })
        });
        let groups = groups.collect();
        TechniquesView {
            meta: self.meta("/techniques/", title, None),
            crumbs: self.crumbs(&[], title),
            groups,
        }
        .into()
    }

    pub(super) fn services(&self) -> View {
        let title = self.index_name("/services/");
        let services = self.all_by_name(Kind::Service);
        let asked = self.base.all::<Faq>().filter(|(_, faq)| !faq.services.is_empty());
        let questions = asked.filter_map(|(faq, _)| self.question_link(faq)).collect();
        ServicesView {
            meta: self.meta("/services/", title, None),
            crumbs: self.crumbs(&[], title),
            services: self.service_cards(&services),
            questions,
        }
        .into()
    }

    pub(super) fn faq(&self) -> View {
        let title = self.index_name("/faq/");
        // Questions without a topic come last.
        let mut by_topic: BTreeMap<(bool, Option<RecordId>), Vec<RecordId>> = BTreeMap::new();
        let mut sources = Vec::new();
        for (record, faq) in self.base.all::<Faq>() {
            let topic = self.all_found(&faq.topics).into_iter().next();
            by_topic.entry((topic.is_none(), topic)).or_default().push(record);
            sources.extend(faq.sources.iter().cloned());
        }
        // Works are numbered as readers come to them, so topic by topic.
        let mut cited = Cited::default();
        let groups = by_topic.into_iter().map(|((_, topic), records)| QuestionGroup {
            id: topic.map_or("topic-other".to_owned(), |topic| {
                format!("topic-{}", self.base.entry(topic).id)
            }),
            topic: topic.map_or_else(
                || MaybeLink { href: None, title: self.word("faq.other").to_owned() },
                |topic| self.name_link(topic),
            ),
            questions: records
                .into_iter()
                .filter_map(|record| {
                    let id = self.base.entry(record).id.to_string();
                    Some(Question { id, ..self.question(record, &mut cited)? })
                })
                .collect(),
        });
        let groups = groups.collect();
        FaqView {
            meta: self.meta("/faq/", title, None),
            crumbs: self.crumbs(&[], title),
            groups,
            sources: self.sources_in_few_words(sources, &cited),
        }
        .into()
    }

    pub(super) fn glossary(&self) -> View {
        let title = self.index_name("/glossary/");
        let mut cited = Cited::default();
        let mut sources = Vec::new();
        let terms = self.all_by_name(Kind::Term).into_iter().filter_map(|record| {
            let term = self.base.get::<Term>(record)?;
            sources.extend(term.sources.iter().cloned());
            let see_also = self.all_found(&term.see_also);
            Some(TermEntry {
                id: self.base.entry(record).id.to_string(),
                name: term.name.to_string(),
                aliases: term.aliases.iter().map(ToString::to_string).collect(),
                definition: self.markdown(record, &term.definition, &mut cited),
                see_also: see_also.into_iter().filter_map(|one| self.record_link(one)).collect(),
            })
        });
        let terms = terms.collect();
        GlossaryView {
            meta: self.meta("/glossary/", title, None),
            crumbs: self.crumbs(&[], title),
            terms,
            sources: self.sources_in_few_words(sources, &cited),
        }
        .into()
    }

    pub(super) fn myths(&self) -> View {
        let title = self.index_name("/myths/");
        let mut cited = Cited::default();
        let mut sources = Vec::new();
        let mut myths = Vec::new();
        for (record, myth) in self.base.all::<Myth>() {
            sources.extend(myth.sources.iter().cloned());
            myths.push(MythEntry {
                id: self.base.entry(record).id.to_string(),
                claim: myth.claim.to_string(),
                verdict: myth.verdict,
                explanation: self.markdown(record, &myth.explanation, &mut cited),
            });
        }
        MythsView {
            meta: self.meta("/myths/", title, None),
            crumbs: self.crumbs(&[], title),
            myths,
            sources: self.sources_of_all(sources, &cited),
        }
        .into()
    }

    /// The same on pages that cite many: who, what and when. The page of references, to which each leads,
    /// says the rest, which would be a fifth of the page.
    fn sources_in_few_words(&self, named: Vec<Ref<Citation>>, cited: &Cited) -> Vec<SourceItem> {
        let shortened = |item: SourceItem| {
            let work = self.base.find(Kind::Citation, item.id.strip_prefix("source-")?)?;
            let href = self.href(work);
            let (publisher, kind, doi) = (None, None, None);
            Some(SourceItem { href, publisher, kind, doi, takeaway_href: None, ..item })
        };
        self.sources_of_all(named, cited).into_iter().filter_map(shortened).collect()
    }

    /// The works that the records of a page cite and name.
    fn sources_of_all(&self, mut named: Vec<Ref<Citation>>, cited: &Cited) -> Vec<SourceItem> {
        named.sort_by(|one, other| one.id.cmp(&other.id));
        named.dedup_by(|one, other| one.id == other.id);
        self.source_list(&named, cited)
    }

    pub(super) fn team(&self) -> View {
        let title = self.index_name("/team/");
        let people = self.all_by_name(Kind::Person).into_iter();
        let people = people.filter_map(|person| self.boxed_person(person)).collect();
        TeamView { meta: self.meta("/team/", title, None), crumbs: self.crumbs(&[], title), people }
            .into()
    }

    pub(super) fn references(&self) -> View {
        let title = self.index_name("/references/");
        // By their ids, which mostly begin with a surname: of `David G. Simons` nobody else could tell it.
        let sources = self.base.all::<Citation>().map(|(record, _)| {
            let mut source = self.source(record);
            source.id = self.base.entry(record).id.to_string();
            let cited_by = self.base.relations.cited_by.of(record).iter();
            let cited_by: Vec<Link> = cited_by.filter_map(|page| self.record_link(*page)).collect();
            source.cited_by = cited_by;
            source
        });
        let sources = sources.collect();
        ReferencesView {
            meta: self.meta("/references/", title, None),
            crumbs: self.crumbs(&[], title),
            sources,
        }
        .into()
    }

    pub(super) fn topics(&self) -> View {
        let title = self.index_name("/topics/");
        let topics = self.all_by_name(Kind::Topic).into_iter().filter_map(|topic| {
            let count = self.base.backlinks_of_kind(topic, Kind::Article).len();
            // Some topics have questions only.
            let meta = (count > 0).then(|| self.count(count, "articles")).into_iter().collect();
            self.card(topic).map(|card| self.draw_card(&Card { meta, ..card }))
        });
        let topics = topics.collect();
        TopicsView {
            meta: self.meta("/topics/", title, None),
            crumbs: self.crumbs(&[], title),
            topics,
        }
        .into()
    }
}

/// The numbers that a page of a list shows: all of a short one.
fn near(number: u32, count: u32) -> impl Iterator<Item = u32> {
    (1..=count).filter(move |page| {
        count <= 12 || *page == 1 || *page == count || page.abs_diff(number) <= 3
    })
}
