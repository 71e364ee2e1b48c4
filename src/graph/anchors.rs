//! The anchors of each page: its headings, and what the page itself names.

use super::names::are_same;
use super::{KnowledgeBase, RecordId};
use crate::model::article::{Article, ArticleQuestion};
use crate::model::muscle::Muscle;
use crate::model::{Data, Entry, Kind};
use crate::syntax::slug::slug;

/// The anchors that every page of a kind may have; the theme's templates use these.
pub(crate) fn of_kind(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Article => {
            &["takeaways", "contents", "questions", "services", "related", "sources", "review"]
        }
        Kind::Muscle => &[
            "map",
            "red-flags",
            "feels-like",
            "care",
            "help",
            "services",
            "trigger-points",
            "articles",
            "questions",
            "same-places",
            "anatomy",
            "sources",
            "review",
        ],
        Kind::Region | Kind::Symptom => &[
            "red-flags",
            "muscles",
            "care",
            "help",
            "services",
            "symptoms",
            "articles",
            "questions",
            "sources",
            "review",
        ],
        Kind::Technique => {
            &["steps", "stop", "cautions", "muscles", "services", "sources", "review"]
        }
        _ => &["sources", "review"],
    }
}

impl KnowledgeBase {
    /// Whether the page of a record has an anchor.
    pub fn has_anchor(&self, record: RecordId, anchor: &str) -> bool {
        let entry = self.entry(record);
        let in_text = entry
            .body
            .as_ref()
            .is_some_and(|body| body.outline.headings.iter().any(|heading| heading.id == anchor));
        in_text || of_kind(entry.kind).contains(&anchor) || self.has_own_anchor(record, anchor)
    }

    /// The anchors on the page of a record that come from what its author wrote: headings, trigger
    /// points, questions.
    pub(super) fn own_anchors(&self, record: RecordId) -> impl Iterator<Item = String> {
        own(self.entry(record))
    }

    fn has_own_anchor(&self, record: RecordId, anchor: &str) -> bool {
        match &*self.entry(record).data {
            Data::Muscle(muscle) => {
                let muscle: &Muscle = muscle;
                muscle.trigger_points.iter().any(|point| &*point.id == anchor)
            }
            Data::Article(article) => question_anchors(article).iter().any(|id| id == anchor),
            _ => false,
        }
    }

    /// Whether a page that lists records has an anchor: that of a record shown there.
    pub fn index_has_anchor(&self, path: &str, anchor: &str) -> bool {
        self.records().any(|(record, _)| {
            self.routes.address(record).is_some_and(|address| {
                address.path == path && address.anchor.as_deref() == Some(anchor)
            })
        })
    }
}

/// Whether links to the page of a record lead where they led: it has the same anchors, and the same
/// former ids.
pub(super) fn stand_the_same(one: &Entry, other: &Entry) -> bool {
    are_same(one, other) && own(one).eq(own(other))
}

fn own(entry: &Entry) -> impl Iterator<Item = String> {
    let headings = entry.body.iter().flat_map(|body| &body.outline.headings);
    let named = match &*entry.data {
        Data::Muscle(muscle) => {
            let muscle: &Muscle = muscle;
            muscle.trigger_points.iter().map(|point| point.id.to_string()).collect()
        }
        Data::Article(article) => question_anchors(article),
        _ => Vec::new(),
    };
    headings.map(|heading| heading.id.clone()).chain(named)
}

/// The anchors of an article's questions, in order.
pub fn question_anchors(article: &Article) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for question in &article.faqs {
        let base = match question {
            ArticleQuestion::Reference(reference) => format!("question-{}", reference.id),
            ArticleQuestion::Inline(inline) => {
                let slug = slug(&inline.question);
                let end = slug.char_indices().nth(60).map_or(slug.len(), |(at, _)| at);
                format!("question-{}", slug[..end].trim_end_matches('-'))
            }
        };
        let mut anchor = base.clone();
        let mut number = 2;
        while anchors.contains(&anchor) {
            anchor = format!("{base}-{number}");
            number += 1;
        }
        anchors.push(anchor);
    }
    anchors
}
