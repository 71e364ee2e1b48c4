//! Parts that pages of many kinds show.

use super::Composer;
use super::prose::Cited;
use super::site::without_scheme;
use crate::graph::{Mention, RecordId};
use crate::model::faq::Faq;
use crate::model::myth::Myth;
use crate::model::person::Person;
use crate::model::{Kind, OfKind, Ref};
use crate::page::sections::index_name;
use crate::page::view::{
    Card, Crumb, Link, MaybeLink, Meta, PersonCard, Picture, Question, ReviewLine,
};
use crate::syntax::markdown::LinkForm;

impl Composer<'_> {
    /// What stands in the head of a page at a path of the site.
    pub(super) fn meta(&self, path: &str, title: &str, description: Option<&str>) -> Meta {
        let section = path.split('/').nth(1).filter(|part| !part.is_empty());
        // The words of the theme serve pages that list records.
        let listed = section.filter(|_| path.split('/').nth(2) == Some(""));
        let of_section = || self.strings.get(&format!("{}.description", listed?));
        let canonical = self.site.is_known().then(|| self.site.url(path));
        Meta {
            title: title.to_owned(),
            description: description.or_else(of_section).map(ToOwned::to_owned),
            shown_address: canonical.as_deref().map(|url| self.as_people_write(url)),
            canonical,
            og_type: "website".to_owned(),
            section: section.map(ToOwned::to_owned),
            ..Meta::default()
        }
    }

    /// A full address of the site as people write it: its host may have letters that addresses encode.
    fn as_people_write(&self, url: &str) -> String {
        let path = url.strip_prefix(self.site.base_url()).unwrap_or_default();
        [without_scheme(self.base.base_url()), path].concat()
    }

    /// The head of a record's own page.
    pub(super) fn record_meta(&self, record: RecordId) -> Meta {
        let path = self.base.routes.address(record).map(|address| &*address.path);
        let description = self.base.summary(record).map(|summary| &**summary);
        self.meta(path.unwrap_or_default(), self.base.name(record), description)
    }

    /// The way from home over some pages to this one.
    pub(super) fn crumbs(&self, way: &[(&str, &str)], title: &str) -> Vec<Crumb> {
        let home = self.step("/");
        let steps = std::iter::once(&home).chain(way).filter(|(path, _)| self.has_page(path));
        let mut crumbs: Vec<Crumb> = steps
            .map(|(path, title)| Crumb { href: Some(self.at(path)), title: (*title).to_owned() })
            .collect();
        crumbs.push(Crumb { href: None, title: title.to_owned() });
        crumbs
    }

    /// What a page that lists records is called.
    pub(super) fn index_name<'s>(&'s self, path: &'s str) -> &'s str {
        index_name(self.strings, path)
    }

    /// A page that lists records as a step on the way to another one.
    pub(super) fn step<'s>(&'s self, path: &'s str) -> (&'s str, &'s str) {
        (path, self.index_name(path))
    }

    /// A string of the language; its key where the strings lack it.
    pub(super) fn word<'s>(&'s self, key: &'s str) -> &'s str {
        self.strings.get(key).unwrap_or(key)
    }

    /// A number with its noun, such as "12 muscles".
    pub(super) fn count(&self, number: usize, key: &str) -> String {
        let count = i64::try_from(number).unwrap_or(i64::MAX);
        self.strings.plural(count, key).unwrap_or_else(|| number.to_string())
    }

    /// A record in a list; nothing for those that are not shown anywhere.
    pub(super) fn card(&self, record: RecordId) -> Option<Card> {
        let entry = self.base.entry(record);
        let meta = match entry.kind {
            Kind::Article => {
                let published = entry.data.common().published;
                published
                    .and_then(|date| self.strings.date(&date.to_string()))
                    .into_iter()
                    .collect()
            }
            Kind::Region => {
                let muscles = self.base.relations.candidates.of(record).len();
                vec![self.count(muscles, "muscles")]
            }
            Kind::Myth => {
                let verdict = self.base.get::<Myth>(record).map(|myth| myth.verdict.word());
                let word =
                    verdict.map(|verdict| self.word(&format!("verdicts.{verdict}")).to_owned());
                word.into_iter().collect()
            }
            _ => Vec::new(),
        };
        Some(Card {
            href: self.href(record)?,
            title: self.base.name(record).to_string(),
            summary: self.base.summary(record).map(ToString::to_string),
            kind: entry.kind.word().to_owned(),
            meta,
            regions: match entry.kind {
                Kind::Region => vec![entry.id.to_string()],
                Kind::Area => {
                    let regions = self.base.relations.area_regions.of(record);
                    regions.iter().map(|region| self.base.entry(*region).id.to_string()).collect()
                }
                _ => Vec::new(),
            },
        })
    }

    /// The name of a record, as a link where it has a page.
    pub(super) fn name_link(&self, record: RecordId) -> MaybeLink {
        MaybeLink { href: self.href(record), title: self.base.name(record).to_string() }
    }

    /// The names behind references; those that lead nowhere are left out.
    pub(super) fn name_links<K: OfKind>(&self, references: &[Ref<K>]) -> Vec<MaybeLink> {
        self.all_found(references).into_iter().map(|record| self.name_link(record)).collect()
    }

    /// The records behind references, each once.
    pub(super) fn all_found<K: OfKind>(&self, references: &[Ref<K>]) -> Vec<RecordId> {
        self.base.all_found(references)
    }

    /// A link to a record that has a page.
    pub(super) fn record_link(&self, record: RecordId) -> Option<Link> {
        Some(Link { href: self.href(record)?, title: self.base.name(record).to_string() })
    }

    /// A question of the site with its answer.
    pub(super) fn question(&self, record: RecordId, cited: &mut Cited) -> Option<Question> {
        let faq = self.base.get::<Faq>(record)?;
        self.answered(record, self.base.mentions_in(record, &faq.answer), cited)
    }

    /// The same within the text of a record. No name leads from there to that record, nor to a service where
    /// the text tells readers to call for help.
    pub(super) fn question_within(
        &self,
        text: RecordId,
        record: RecordId,
        cited: &mut Cited,
    ) -> Option<Question> {
        let faq = self.base.get::<Faq>(record)?;
        let directives = self.base.entry(text).body.iter().flat_map(|one| &one.outline.directives);
        let is_urgent = directives.into_iter().any(|one| self.base.is_emergency_card(one));
        let is_linked = |mention: &&Mention| {
            let named = self.base.mentioned(mention);
            let is_service = self.base.entry(named).kind == Kind::Service;
            named != text && !(is_urgent && is_service)
        };
        let mentions = self.base.mentions_in(record, &faq.answer).iter();
        let mentions: Vec<Mention> = mentions.filter(is_linked).copied().collect();
        self.answered(record, &mentions, cited)
    }

    /// A question with these names in its answer as links.
    fn answered(
        &self,
        record: RecordId,
        mentions: &[Mention],
        cited: &mut Cited,
    ) -> Option<Question> {
        let faq = self.base.get::<Faq>(record)?;
        let file = self.base.entry(record).home();
        let destination =
            |target: &str| self.base.destination(record, file, target, LinkForm::Wiki);
        let see = faq.see.as_ref().and_then(|target| destination(&target.0).ok());
        let more = see.map(|destination| Link {
            href: self.at(&self.base.href(&destination)),
            title: match destination {
                crate::graph::Destination::Record { record, .. } => {
                    self.base.name(record).to_string()
                }
                _ => String::new(),
            },
        });
        Some(Question {
            answer: self.markdown_with(mentions, record, &faq.answer, cited),
            more: more.into_iter().collect(),
            ..self.question_link(record)?
        })
    }

    /// A question of the site on a page that leads to its answer and does not show it.
    pub(super) fn question_link(&self, record: RecordId) -> Option<Question> {
        Some(Question {
            id: format!("question-{}", self.base.entry(record).id),
            question: self.base.get::<Faq>(record)?.question.to_string(),
            href: self.href(record),
            ..Question::default()
        })
    }

    /// The questions that mention a record.
    pub(super) fn questions_about(&self, record: RecordId) -> Vec<Question> {
        let questions = self.base.backlinks_of_kind(record, Kind::Faq);
        questions.iter().filter_map(|faq| self.question_link(*faq)).collect()
    }

    /// When and by whom a record was checked; nothing if nothing is known.
    pub(super) fn review(&self, record: RecordId) -> Option<ReviewLine> {
        let common = self.base.entry(record).data.common();
        let review = common.reviewed;
        if review.is_none() && common.published.is_none() && common.updated.is_none() {
            return None;
        }
        let by = review.and_then(|review| self.base.find(Kind::Person, &review.by.id));
        let scope = review.and_then(|review| review.scope);
        Some(ReviewLine {
            by: by.map(|person| self.shared_name(person)),
            on: review.map(|review| review.on.to_string()),
            next: review.and_then(|review| review.next).map(|date| date.to_string()),
            scope: scope.map_or("editorial", |scope| scope.word()).to_owned(),
            published: common.published.map(|date| date.to_string()),
            updated: common.updated.map(|date| date.to_string()),
        })
    }

    /// A person in a box on a page with other texts, whose citations have the same numbers.
    pub(super) fn boxed_person(&self, record: RecordId) -> Option<PersonCard> {
        self.person_with(record, &mut Cited::without_marks())
    }

    /// A person at the top of the own page.
    pub(super) fn person_with(&self, record: RecordId, cited: &mut Cited) -> Option<PersonCard> {
        let person = self.base.get::<Person>(record)?;
        let path = self.base.entry(record).home();
        let photo = person.photo.as_ref().and_then(|photo| self.picture(record, path, photo));
        let href = self.href(record)?;
        let has_articles = !self.base.relations.written.of(record).is_empty();
        Some(PersonCard {
            name: person.name.to_string(),
            role: person.role.to_string(),
            credentials: person.credentials.iter().map(ToString::to_string).collect(),
            bio: person.bio.as_ref().map(|bio| self.markdown(record, bio, cited)),
            photo: photo.map(|photo| Picture { alt: person.name.to_string(), ..photo }),
            articles_href: has_articles.then(|| format!("{href}#section--articles")),
            href,
        })
    }

    /// Records sorted by name, as people look for them.
    pub(super) fn by_name(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
        self.base.by_name(records)
    }
}
