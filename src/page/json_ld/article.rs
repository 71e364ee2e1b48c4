//! Articles: who says what, when, and on what grounds.

use std::collections::BTreeSet;

use super::super::json::{Joined, Said};
use super::linked::Linked;
use super::node::Node;
use super::web_page;
use crate::graph::{RecordId, question_anchors};
use crate::model::article::{Article, ArticleQuestion};
use crate::model::faq::Faq;
use crate::syntax::markdown::Document;

pub(super) fn nodes(linked: &Linked<'_>, record: RecordId, article: &Article) -> Vec<Node> {
    let image = image(linked, record, article);
    let mut nodes = web_page::about(linked, record, "MedicalWebPage", |page| {
        page.with("primaryImageOfPage", &image)
    });
    nodes.extend(node(linked, record, article, image.as_ref()));
    nodes
}

fn node(
    linked: &Linked<'_>,
    record: RecordId,
    article: &Article,
    image: Option<&Node>,
) -> Option<Node> {
    let url = linked.url(record)?;
    let about = subjects(linked, article);
    let mentioned = mentioned(linked, record, &about);
    let words = linked.base.entry(record).body.as_ref().map(|body| body.outline.words);
    let topics = linked.found(&article.topics);
    let topics = topics.iter().map(|topic| linked.base.name(*topic));
    Some(
        linked
            .node(record)?
            .with("headline", &*article.title)
            .with("description", &*article.summary)
            .with("url", url)
            .with("mainEntityOfPage", Node::reference(Joined([url, "#webpage"])))
            .with("inLanguage", linked.base.settings().language())
            .with("image", image)
            .with("datePublished", article.published)
            .with("dateModified", article.updated.or(article.published))
            .with("author", linked.person(&article.author).map(|author| [author]))
            .with("publisher", linked.business())
            .with("wordCount", words)
            .with("keywords", topics.collect::<Vec<_>>())
            .with("about", linked.mentions(about))
            .with("mentions", linked.mentions(mentioned))
            .with("citation", linked.citations(record))
            .with("hasPart", questions(linked, record, article, url)),
    )
}

fn image(linked: &Linked<'_>, record: RecordId, article: &Article) -> Option<Node> {
    let hero = article.hero.as_ref()?;
    let image = linked.image(record, &hero.image)?;
    Some(image.with("caption", &*hero.alt).with("creditText", hero.credit.as_deref()))
}

/// What an article says it is about.
fn subjects(linked: &Linked<'_>, article: &Article) -> Vec<RecordId> {
    let mut found = linked.found(&article.muscles);
    found.extend(linked.found(&article.regions));
    found.extend(linked.found(&article.symptoms));
    found.extend(linked.found(&article.techniques));
    found
}

/// The things whose names stand in the text, or in what is to be taken away and answers, and are not its
/// subject.
fn mentioned(linked: &Linked<'_>, record: RecordId, about: &[RecordId]) -> Vec<RecordId> {
    let is_subject = |one: &RecordId| about.contains(one);
    let names = linked.base.mentioned_by(record);
    let all: BTreeSet<RecordId> = names.filter(|one| !is_subject(one)).collect();
    all.into_iter().collect()
}

/// The questions that are written in the article. Those of the site belong to the page of questions:
/// one page owns each question.
fn questions<'a>(
    linked: &'a Linked<'_>,
    record: RecordId,
    article: &'a Article,
    url: &'a str,
) -> Vec<impl Said> {
    let own = article.faqs.iter().zip(question_anchors(article));
    let own = own.filter_map(|(question, anchor)| match question {
        ArticleQuestion::Reference(_) => None,
        ArticleQuestion::Inline(question) => Some((question, anchor)),
    });
    own.map(|(question, anchor)| {
        Node::inner("Question", move |node| {
            node.id(Joined([url, "#", &anchor]))
                .with("name", &*question.question)
                .with("acceptedAnswer", answer(linked, record, &question.answer))
        })
    })
    .collect()
}

/// An answer as plain text.
fn answer<'a>(linked: &'a Linked<'_>, record: RecordId, text: &'a Document) -> impl Said {
    Node::inner("Answer", move |node| node.with("text", linked.said(record, text)))
}

/// The questions of the site, as its page of questions owns them.
pub(super) fn site_questions(linked: &Linked<'_>) -> Vec<Node> {
    let faqs = linked.base.all::<Faq>();
    faqs.filter_map(|(record, faq)| {
        let node = linked.node(record)?.with("name", &*faq.question);
        Some(node.with("acceptedAnswer", answer(linked, record, &faq.answer)))
    })
    .collect()
}
