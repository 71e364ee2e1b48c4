//! The anchors of each page: its headings, and what the page itself names.

use super::names::are_same;
use super::{KnowledgeBase, RecordId};
use crate::model::article::{Article, ArticleQuestion};
use crate::model::muscle::Muscle;
use crate::model::{Data, Entry, Kind};
use crate::syntax::slug::slug;

/// What the anchors of sections begin with. No slug has two hyphens, so no heading has such an anchor.
const SECTION: &str = "section--";

/// The sections that the page of a kind may have: its templates name them so, behind `section--`.
/// Kinds that are shown on a page of many have none.
pub fn sections_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Article => &["takeaways", "contents", "questions", "services", "related", "sources"],
        Kind::Page => &["contents", "sources"],
        Kind::Muscle => &[
            "where-it-hurts",
            "contents",
            "red-flags",
            "feels-like",
            "set-off-by",
            "what-you-can-do",
            "when-to-get-help",
            "services",
            "trigger-points",
            "articles",
            "questions",
            "myths",
            "mentions",
            "similar",
            "anatomy",
            "evidence",
            "sources",
        ],
        Kind::Area => &["regions", "red-flags", "muscles", "symptoms", "services", "articles"],
        Kind::Region => &[
            "emergency",
            "muscles",
            "contents",
            "what-you-can-do",
            "who-to-see",
            "services",
            "symptoms",
            "articles",
            "questions",
            "myths",
            "neighbours",
            "sources",
        ],
        Kind::Symptom => &[
            "emergency",
            "regions",
            "contents",
            "muscles",
            "can-feel-like",
            "what-you-can-do",
            "who-to-see",
            "services",
            "articles",
            "questions",
            "myths",
            "sources",
        ],
        Kind::Technique => &[
            "contents",
            "cautions",
            "steps",
            "feel",
            "then",
            "risks",
            "if-nothing",
            "compared",
            "evidence",
            "services",
            "muscles",
            "articles",
            "questions",
            "myths",
            "sources",
        ],
        Kind::Service => &[
            "cautions",
            "about",
            "techniques",
            "symptoms",
            "muscles",
            "articles",
            "questions",
            "myths",
            "sources",
        ],
        Kind::Person => &["services", "articles", "reviewed"],
        Kind::Topic => &["articles", "questions", "myths", "topics"],
        Kind::Group | Kind::Faq | Kind::Term | Kind::Myth | Kind::RedFlagSet | Kind::Citation => {
            &[]
        }
    }
}

impl KnowledgeBase {
    /// Whether the page of a record has an anchor, as it is published.
    pub fn has_anchor(&self, record: RecordId, anchor: &str) -> bool {
        let entry = self.entry(record);
        let is_section = |name| sections_of(entry.kind).contains(&name);
        anchor.strip_prefix(SECTION).is_some_and(is_section) || own(entry).any(|own| own == anchor)
    }

    /// The anchor that authors mean on the page of a record: they may leave out `section--`, where
    /// nothing of their own has the name.
    pub(super) fn anchor_of(&self, record: RecordId, anchor: &str) -> Option<String> {
        let meant = [anchor.to_owned(), format!("{SECTION}{anchor}")];
        meant.into_iter().find(|anchor| self.has_anchor(record, anchor))
    }

    /// The anchors on the page of a record that come from what its author wrote: headings, trigger
    /// points, questions.
    pub(super) fn own_anchors(&self, record: RecordId) -> impl Iterator<Item = String> {
        own(self.entry(record))
    }

    /// The anchors on a page that lists records: those of the records shown there.
    pub(super) fn index_anchors(&self, path: &str) -> impl Iterator<Item = &str> {
        let addresses = self.records().filter_map(|(record, _)| self.routes.address(record));
        let shown = addresses.filter(move |address| address.path == path);
        shown.filter_map(|address| address.anchor.as_deref())
    }
}

/// Whether links to the page of a record lead where they led: it has the same anchors, and the same
/// former ids.
pub(super) fn stand_the_same(one: &Entry, other: &Entry) -> bool {
    are_same(one, other) && own(one).eq(own(other))
}

fn own(entry: &Entry) -> impl Iterator<Item = String> {
    let headings = entry.body.iter().flat_map(|body| &body.outline.headings);
    headings.map(|heading| heading.id.clone()).chain(named(entry))
}

/// The anchors of what stands on the page of a record beside its text: trigger points, questions.
pub(crate) fn named(entry: &Entry) -> Vec<String> {
    match &*entry.data {
        Data::Muscle(muscle) => {
            let muscle: &Muscle = muscle;
            muscle.trigger_points.iter().map(|point| point.id.to_string()).collect()
        }
        Data::Article(article) => question_anchors(article),
        _ => Vec::new(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{SMALL_PROJECT, knowledge_base};
    use crate::source::SourcePath;
    use crate::syntax::markdown::LinkForm;

    #[test]
    fn a_link_to_a_section_leads_to_its_anchor_and_a_heading_of_that_name_comes_first() {
        let text = "---\ntitle: Near\n---\n\n## Services\n\nText.\n";
        let service = ("content/services/near.md", "Text.\n\n## Muscles\n");
        let data = (
            "content/services/near.yaml",
            "name: Near\nsummary: Near.\ntechniques: [pressing]\nprice: {amount: 9, currency: USD}\n",
        );
        let mut files = SMALL_PROJECT.to_vec();
        files.extend([("content/pages/near.md", text), service, data]);
        let base = knowledge_base(&files);
        let from = base.find(Kind::Page, "near").expect("it is there");
        let file = SourcePath::new("content/pages/near.md");
        let leads = |target: &str| match base.destination(from, &file, target, LinkForm::Wiki) {
            Ok(destination) => base.href(&destination),
            Err(why) => format!("{why:?}"),
        };
        for (target, href) in [
            ("muscle:infra#trigger-points", "/muscles/infra/#section--trigger-points"),
            ("muscle:infra#section--trigger-points", "/muscles/infra/#section--trigger-points"),
            ("muscle:infra#tp1", "/muscles/infra/#tp1"),
            ("service:near#muscles", "/services/near/#muscles"),
            ("service:near#section--muscles", "/services/near/#section--muscles"),
            ("#services", "#services"),
            ("#sources", "#section--sources"),
        ] {
            assert_eq!(leads(target), href, "{target}");
        }
        for target in
            ["muscle:infra#map", "term:knot#sources", "muscle:infra#section--map", "#section--"]
        {
            assert!(leads(target).contains("there is no section"), "{target}: {}", leads(target));
        }
        assert!(leads("muscle:infra#sorces").contains("`#sources`"));
    }
}
