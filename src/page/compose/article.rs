//! Articles and standing pages.

use super::prose::{Cited, Text};
use super::{Composer, View};
use crate::graph::{RecordId, question_anchors};
use crate::model::Kind;
use crate::model::article::{Article, ArticleQuestion};
use crate::model::page::Page;
use crate::page::view::{ArticleView, Link, PageView, Picture, Question, Shared, TakeawayView};

impl Composer<'_> {
    pub(super) fn article(&self, record: RecordId, article: &Article) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let entry = self.base.entry(record);
        // As they stand on the page, so that works are numbered as readers meet them.
        let takeaways = article.takeaways.iter().map(|takeaway| TakeawayView {
            lead: takeaway.lead.to_string(),
            text: self.inline(record, &takeaway.text, &mut cited),
        });
        let takeaways = takeaways.collect();
        let text = self.text(record, &mut cited);
        let author = self.base.find(Kind::Person, &article.author.id);
        let services = self.all_found(&article.services);
        let mut meta = self.record_meta(record);
        meta.og_type = "article".to_owned();
        let hero = self.hero(record, article);
        // No messenger shows a drawing of lines beside a link.
        let shown = hero.as_ref().filter(|hero| !hero.src.to_lowercase().ends_with(".svg"));
        if let (Some(hero), true) = (shown, self.site.is_known()) {
            let path = hero.src.strip_prefix(self.site.base_path()).unwrap_or(&hero.src);
            meta.image = Some(self.site.url(path));
            meta.image_alt = Some(hero.alt.clone());
        }
        let questions = self.article_questions(record, article, &mut cited);
        let related = self.base.kinship().related(self.base, record);
        let updated = article.updated.filter(|updated| Some(*updated) != article.published);
        let view = ArticleView {
            meta,
            crumbs: self.crumbs(&[self.step("/articles/")], &article.title),
            back_href: self.at("/articles/"),
            title: article.title.to_string(),
            summary: article.summary.to_string(),
            author: author.map(|person| self.shared_name(person)).unwrap_or_default(),
            published: article.published.map(|date| date.to_string()),
            updated: updated.map(|date| date.to_string()),
            words: entry.body.as_ref().map_or(0, |body| body.outline.words),
            topics: self.topic_links(self.all_found(&article.topics)),
            hero,
            takeaways,
            toc: self.contents(record),
            content: String::new(),
            questions,
            services: self.service_cards(&services),
            related: self.cards(related),
            sources: self.source_list(&article.sources, &cited),
            author_box: author.and_then(|person| self.person_box(person)),
            review: self.review(record),
        };
        (view.into(), text)
    }

    pub(super) fn topic_links(
        &self,
        topics: impl IntoIterator<Item = RecordId>,
    ) -> Vec<Shared<Link>> {
        topics.into_iter().filter_map(|topic| self.shared_link(topic)).collect()
    }

    fn hero(&self, record: RecordId, article: &Article) -> Option<Picture> {
        let hero = article.hero.as_ref()?;
        let path = self.base.entry(record).home();
        let picture = self.picture(record, path, &hero.image)?;
        let credit = hero.credit.as_ref().map(ToString::to_string);
        let caption = hero.caption.as_ref().map(ToString::to_string);
        Some(Picture { alt: hero.alt.to_string(), caption, credit, ..picture })
    }

    fn article_questions(
        &self,
        record: RecordId,
        article: &Article,
        cited: &mut Cited,
    ) -> Vec<Question> {
        let anchors = question_anchors(article);
        let questions = article.faqs.iter().zip(anchors).filter_map(|(question, anchor)| {
            let question = match question {
                ArticleQuestion::Reference(reference) => {
                    self.question(self.base.find(Kind::Faq, &reference.id)?, cited)?
                }
                ArticleQuestion::Inline(inline) => Question {
                    question: inline.question.to_string(),
                    answer: self.markdown(record, &inline.answer, cited),
                    ..Question::default()
                },
            };
            Some(Question { id: anchor, ..question })
        });
        questions.collect()
    }

    pub(super) fn page(&self, record: RecordId, page: &Page) -> (View, Option<Text>) {
        let mut cited = Cited::default();
        let text = self.text(record, &mut cited);
        let view = PageView {
            meta: self.record_meta(record),
            crumbs: self.crumbs(&[], &page.title),
            title: page.title.to_string(),
            summary: page.summary.as_ref().map(ToString::to_string),
            toc: self.contents(record),
            content: String::new(),
            updated: page.updated.map(|date| date.to_string()),
            sources: self.source_list(&page.sources, &cited),
            review: self.review(record),
        };
        (view.into(), text)
    }
}
