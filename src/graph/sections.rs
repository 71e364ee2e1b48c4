//! Which sections a page shows: most of them are there only if there is something in them, which is
//! known once everything is derived.

use std::collections::BTreeSet;

use super::ties::Fact;
use super::{KnowledgeBase, RecordId, is_safe_at_home};
use crate::model::area::Area;
use crate::model::article::{Article, ArticleQuestion};
use crate::model::faq::Faq;
use crate::model::muscle::Muscle;
use crate::model::red_flags::{FlagLevel, RedFlagSet};
use crate::model::region::Region;
use crate::model::service::Service;
use crate::model::symptom::Symptom;
use crate::model::technique::{Performer, Technique};
use crate::model::{Data, Kind, Ref, Typed};

impl KnowledgeBase {
    /// Whether the page of a record shows one of the sections that its kind may have.
    pub fn shows_section(&self, record: RecordId, section: &str) -> bool {
        let relations = &self.relations;
        let kind = self.entry(record).kind;
        match (section, kind) {
            ("articles", Kind::Area) => {
                let regions = relations.area_regions.of(record).iter();
                return regions
                    .into_iter()
                    .any(|region| self.is_named_by(*region, &[Kind::Article]));
            }
            ("articles", Kind::Person) => return !relations.written.of(record).is_empty(),
            ("articles", _) => return self.is_named_by(record, &[Kind::Article]),
            ("questions", kind) if kind != Kind::Article => {
                return self.is_named_by(record, &[Kind::Faq]);
            }
            ("myths", _) => return self.is_named_by(record, &[Kind::Myth]),
            ("sources", _) => return self.rests_on_works(record),
            _ => {}
        }
        match &*self.entry(record).data {
            Data::Article(article) => self.article_shows(record, article, section),
            Data::Page(_) => self.has_contents(record),
            Data::Muscle(muscle) => self.muscle_shows(record, muscle, section),
            Data::Area(_) => self.area_shows(record, section),
            Data::Region(region) => self.region_shows(record, region, section),
            Data::Symptom(symptom) => self.symptom_shows(record, symptom, section),
            Data::Technique(technique) => self.technique_shows(record, technique, section),
            Data::Service(service) => self.service_shows(record, service, section),
            Data::Person(_) => match section {
                "services" => self
                    .all::<Service>()
                    .any(|(_, service)| self.all_found(&service.performed_by).contains(&record)),
                _ => !relations.reviewed.of(record).is_empty(),
            },
            Data::Topic(_) => self.of_kind(Kind::Topic).nth(1).is_some(),
            _ => false,
        }
    }

    fn article_shows(&self, record: RecordId, article: &Article, section: &str) -> bool {
        match section {
            "takeaways" => !article.takeaways.is_empty(),
            "questions" => article.faqs.iter().any(|question| match question {
                ArticleQuestion::Reference(question) => {
                    self.find(Kind::Faq, &question.id).is_some()
                }
                ArticleQuestion::Inline(_) => true,
            }),
            "services" => !self.all_found(&article.services).is_empty(),
            "related" => !self.kinship().related(self, record).is_empty(),
            _ => self.has_contents(record),
        }
    }

    fn muscle_shows(&self, record: RecordId, muscle: &Muscle, section: &str) -> bool {
        let relations = &self.relations;
        let sets = || {
            let regions = relations.reaches.of(record).iter().map(|reach| reach.region);
            self.flag_sets(regions)
        };
        match section {
            "red-flags" => self.has_flags(&sets(), &FlagLevel::FIRST),
            "feels-like" => !muscle.feels_like.is_empty(),
            "set-off-by" => !muscle.set_off_by.is_empty(),
            "what-you-can-do" => {
                let techniques = self.all_found(&muscle.techniques);
                let mut techniques =
                    techniques.iter().filter_map(|one| self.get::<Technique>(*one));
                muscle.pressure_caution.is_some()
                    || muscle.no_technique_because.is_some()
                    || techniques.any(|one| {
                        is_safe_at_home(muscle, one) || one.performer != Performer::Oneself
                    })
            }
            "when-to-get-help" => self.has_flags(&sets(), &[FlagLevel::Doctor]),
            "services" => !relations.muscle_services.of(record).is_empty(),
            "trigger-points" => !muscle.trigger_points.is_empty(),
            "mentions" => {
                let kinds = [Kind::Page, Kind::Symptom, Kind::Technique, Kind::Term];
                self.is_named_by(record, &kinds)
            }
            "similar" => {
                let main = relations.reaches.of(record).iter().filter(|reach| reach.is_primary());
                let mut others = main.flat_map(|reach| relations.candidates.of(reach.region));
                others.any(|other| other.is_primary() && other.muscle != record)
            }
            "evidence" => muscle.evidence.is_some() || muscle.checked.is_some(),
            _ => true,
        }
    }

    fn area_shows(&self, record: RecordId, section: &str) -> bool {
        let relations = &self.relations;
        let regions = relations.area_regions.of(record);
        let sets = || self.flag_sets(regions.iter().copied());
        match section {
            "regions" => !regions.is_empty(),
            "emergency" => self.has_flags(&sets(), &FlagLevel::FIRST),
            "red-flags" => self.has_flags(&sets(), &[FlagLevel::Doctor]),
            "muscles" => !relations.area_muscles.of(record).is_empty(),
            "symptoms" => regions.iter().any(|one| !relations.region_symptoms.of(*one).is_empty()),
            "services" => regions.iter().any(|one| !relations.region_services.of(*one).is_empty()),
            _ => true,
        }
    }

    fn region_shows(&self, record: RecordId, region: &Region, section: &str) -> bool {
        let relations = &self.relations;
        let candidates = relations.candidates.of(record);
        let sets = || self.all_found(&region.red_flags);
        match section {
            "emergency" => self.has_flags(&sets(), &FlagLevel::FIRST),
            "muscles" => !candidates.is_empty(),
            "what-you-can-do" => !self.region_techniques(record).is_empty(),
            "who-to-see" => self.has_flags(&sets(), &[FlagLevel::Doctor]),
            "services" => !relations.region_services.of(record).is_empty(),
            "symptoms" => !relations.region_symptoms.of(record).is_empty(),
            "neighbours" => {
                let area = self.find(Kind::Area, &region.area.id);
                area.is_some_and(|area| relations.area_regions.of(area).len() > 1)
            }
            _ => true,
        }
    }

    fn symptom_shows(&self, record: RecordId, symptom: &Symptom, section: &str) -> bool {
        let relations = &self.relations;
        let muscles = relations.symptom_muscles.of(record);
        let sets = || self.symptom_flag_sets(symptom);
        match section {
            "emergency" => self.has_flags(&sets(), &FlagLevel::FIRST),
            "regions" => !self.all_found(&symptom.regions).is_empty(),
            "muscles" => !muscles.is_empty(),
            "can-feel-like" => !symptom.can_feel_like.is_empty(),
            "what-you-can-do" => !self.symptom_techniques(record, symptom).is_empty(),
            "who-to-see" => self.has_flags(&sets(), &[FlagLevel::Doctor]),
            "services" => !relations.symptom_services.of(record).is_empty(),
            _ => true,
        }
    }

    fn technique_shows(&self, record: RecordId, technique: &Technique, section: &str) -> bool {
        match section {
            "cautions" => !technique.cautions.is_empty(),
            "steps" => !technique.steps.is_empty(),
            "feel" => technique.feel.is_some(),
            "then" => technique.then.is_some(),
            "risks" => !technique.risks.is_empty(),
            "if-nothing" => technique.if_nothing.is_some(),
            "compared" => technique.compared_with.is_some(),
            "evidence" => technique.evidence.is_some(),
            "services" => !self.relations.technique_services.of(record).is_empty(),
            "muscles" => !self.relations.technique_muscles.of(record).is_empty(),
            _ => true,
        }
    }

    fn service_shows(&self, record: RecordId, service: &Service, section: &str) -> bool {
        let relations = &self.relations;
        match section {
            "cautions" => !service.cautions.is_empty(),
            "about" => {
                !self.service_areas(record, service).is_empty()
                    || !self.all_found(&service.performed_by).is_empty()
            }
            "regions" => !relations.service_regions.of(record).is_empty(),
            "techniques" => !self.all_found(&service.techniques).is_empty(),
            "symptoms" => !relations.service_symptoms.of(record).is_empty(),
            "muscles" => !relations.service_muscles.of(record).is_empty(),
            _ => true,
        }
    }

    /// Whether records of some kinds name a record.
    fn is_named_by(&self, record: RecordId, kinds: &[Kind]) -> bool {
        self.backlinks(record).iter().any(|other| kinds.contains(&self.entry(*other).kind))
    }

    /// Whether a page lists works: those that its record names or cites, or what it shows of others.
    fn rests_on_works(&self, record: RecordId) -> bool {
        let shows_answers = self.entry(record).kind != Kind::Person;
        let is_shown = |other: &&RecordId| self.entry(**other).kind == Kind::Faq && shows_answers;
        let mut named = self.ties[record.index()].named.iter().filter(is_shown);
        self.cites(record) || named.any(|other| self.cites(*other))
    }

    /// Whether a record names or cites works itself.
    fn cites(&self, record: RecordId) -> bool {
        self.ties[record.index()].facts.iter().any(|(fact, _)| *fact == Fact::Cited)
    }

    /// Whether a text has headings for a table of contents.
    fn has_contents(&self, record: RecordId) -> bool {
        let body = self.entry(record).body.iter();
        let mut headings = body.flat_map(|body| &body.outline.headings);
        headings.any(|heading| !heading.text.is_empty() && heading.level <= 3)
    }

    pub(super) fn has_flags(&self, sets: &[RecordId], levels: &[FlagLevel]) -> bool {
        let mut sets = sets.iter().filter_map(|set| self.get::<RedFlagSet>(*set));
        sets.any(|set| set.flags.iter().any(|flag| levels.contains(&flag.level)))
    }

    /// The anchors on a page that lists records, but for those of the records shown there.
    pub fn index_sections(&self, path: &str) -> BTreeSet<String> {
        let area_id = |area: RecordId| self.entry(area).id.to_string();
        let mut anchors: BTreeSet<String> = BTreeSet::new();
        let mut has_others = false;
        match path {
            "/" => {
                let kinds = [
                    ("where", Kind::Region),
                    ("symptoms", Kind::Symptom),
                    ("articles", Kind::Article),
                    ("services", Kind::Service),
                    ("questions", Kind::Faq),
                ];
                let there = kinds.iter().filter(|(_, kind)| self.of_kind(*kind).next().is_some());
                anchors.extend(there.map(|(section, _)| format!("section--{section}")));
            }
            "/muscles/" => {
                has_others = self.without_area(|muscle: &Muscle| &muscle.area).next().is_some();
                anchors.extend(self.relations.area_muscles.records().map(area_id));
                anchors.insert("section--a-z".to_owned());
                anchors.extend(self.of_kind(Kind::Muscle).flat_map(|(one, _)| self.letters(one)));
            }
            "/pain/" => {
                has_others = self.without_area(|region: &Region| &region.area).next().is_some();
                anchors.extend(self.relations.area_regions.records().map(area_id));
                if self.of_kind(Kind::Symptom).next().is_some() {
                    anchors.insert("section--symptoms".to_owned());
                }
            }
            "/symptoms/" => {
                for (_, symptom) in self.all::<Symptom>() {
                    let area = self.symptom_area(symptom);
                    has_others |= area.is_none();
                    anchors.extend(area.map(area_id));
                }
            }
            "/techniques/" => {
                let performers = self.all::<Technique>().map(|(_, one)| one.performer.word());
                anchors.extend(performers.map(|performer| format!("section--{performer}")));
            }
            "/services/" if self.all::<Faq>().any(|(_, faq)| !faq.services.is_empty()) => {
                anchors.insert("section--questions".to_owned());
            }
            "/faq/" => anchors.extend(self.all::<Faq>().map(|(_, faq)| {
                let topic = self.all_found(&faq.topics).first().copied();
                let topic = topic.map_or("other", |topic| &*self.entry(topic).id);
                format!("topic-{topic}")
            })),
            "/search/" => {
                let is_listed = |record| self.routes.address(record).is_some();
                let all = self.records().filter(|(_, entry)| entry.kind != Kind::Citation);
                let all = all.map(|(record, _)| record).filter(|record| is_listed(*record));
                anchors.extend(all.flat_map(|record| self.letters(record)));
            }
            _ => {}
        }
        let shown_whole = match path {
            "/faq/" => Some(Kind::Faq),
            "/glossary/" => Some(Kind::Term),
            "/myths/" => Some(Kind::Myth),
            _ => None,
        };
        let mut shown = shown_whole.into_iter().flat_map(|kind| self.of_kind(kind));
        let lists_works = shown.any(|(record, _)| self.cites(record));
        anchors.extend(lists_works.then(|| "section--sources".to_owned()));
        anchors.extend(has_others.then(|| "section--other".to_owned()));
        anchors
    }

    /// The records of a type whose area is a draft: they stand under a heading of their own.
    pub fn without_area<'a, K: Typed + 'a>(
        &'a self,
        area: fn(&K) -> &Ref<Area>,
    ) -> impl Iterator<Item = RecordId> {
        let is_outside = move |record: &K| self.find(Kind::Area, &area(record).id).is_none();
        self.all::<K>().filter(move |(_, record)| is_outside(record)).map(|(record, _)| record)
    }

    /// The anchors of the letters under which a record is listed.
    fn letters(&self, record: RecordId) -> Vec<String> {
        let names = std::iter::once(self.name(record)).chain(self.entry(record).data.other_names());
        names.map(|name| letter_anchor(&letter_of(name))).collect()
    }
}

/// The letter under which a name is listed; `#` for what does not begin with a letter.
pub fn letter_of(name: &str) -> String {
    let first = deunicode::deunicode(name).chars().next().unwrap_or('#');
    if first.is_ascii_alphabetic() {
        first.to_ascii_uppercase().to_string()
    } else {
        "#".to_owned()
    }
}

/// What names are sorted by: as they stand under their letters, with accents and `ß` folded. The name
/// itself decides between two that are alike.
pub fn sort_key(name: &str) -> (String, String) {
    (deunicode::deunicode(name).to_lowercase(), name.to_lowercase())
}

/// The anchor of a letter on a page that lists names.
pub fn letter_anchor(letter: &str) -> String {
    if letter == "#" {
        "letter-other".to_owned()
    } else {
        format!("letter-{}", letter.to_lowercase())
    }
}
