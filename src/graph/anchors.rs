//! The anchors of each page: its headings, and what the page itself names.

use std::collections::{BTreeMap, BTreeSet};

use super::names::are_same;
use super::{Destination, KnowledgeBase, RecordId, Unresolved, references};
use crate::diagnostic::Diagnostic;
use crate::model::article::{Article, ArticleQuestion};
use crate::model::muscle::Muscle;
use crate::model::{Data, Entry, Kind, nearest};
use crate::syntax::slug::anchor;

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
        Kind::Area => {
            &["emergency", "regions", "red-flags", "muscles", "symptoms", "services", "articles"]
        }
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
            "regions",
            "symptoms",
            "muscles",
            "articles",
            "questions",
            "myths",
            "sources",
        ],
        Kind::Person => &["services", "articles", "reviewed", "sources"],
        Kind::Topic => &["articles", "questions", "myths", "topics"],
        Kind::Group | Kind::Faq | Kind::Term | Kind::Myth | Kind::RedFlagSet | Kind::Citation => {
            &[]
        }
    }
}

impl KnowledgeBase {
    /// Whether the page of a record has an anchor, as it is published, or may have it: sections are there
    /// only if there is something in them.
    pub fn has_anchor(&self, record: RecordId, anchor: &str) -> bool {
        let entry = self.entry(record);
        let is_section = |name| sections_of(entry.kind).contains(&name);
        anchor.strip_prefix(SECTION).is_some_and(is_section)
            || self.own_anchors(record).any(|own| own == anchor)
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
        let own = own(self.entry(record));
        own.filter(move |anchor| self.absent_question(record, anchor).is_none())
    }

    /// Why an article does not show the question that would have an anchor on it.
    pub(super) fn absent_question(&self, record: RecordId, anchor: &str) -> Option<Unresolved> {
        let article = self.get::<Article>(record).filter(|_| anchor.starts_with("question-"))?;
        let mut shown = article.faqs.iter().zip(question_anchors(article));
        shown.find_map(|(question, at)| match question {
            ArticleQuestion::Reference(question) if at == anchor => {
                match self.find(Kind::Faq, &question.id) {
                    Some(_) => None,
                    None => self.absent(Kind::Faq, &question.id),
                }
            }
            _ => None,
        })
    }

    /// The anchors on a page that lists records: those of the records shown there.
    pub(super) fn index_anchors(&self, path: &str) -> impl Iterator<Item = &str> {
        let addresses = self.records().filter_map(|(record, _)| self.routes.address(record));
        let shown = addresses.filter(move |address| &*address.path == path);
        shown.filter_map(|address| address.anchor.as_deref())
    }
}

impl KnowledgeBase {
    /// A destination with its anchor as its page has it, or may have it; `from` is whose page the link is
    /// on, if on one.
    pub(super) fn with_anchor(
        &self,
        from: Option<RecordId>,
        destination: Destination,
    ) -> Result<Destination, Unresolved> {
        Ok(match (destination, from) {
            (Destination::Record { record, anchor: Some(anchor) }, _) => {
                // A record that is shown on a page of many has no sections of its own.
                let page = self.routes.address(record).map_or("", |address| &address.path);
                let anchor = self.section(record, &anchor, page)?;
                Destination::Record { record, anchor: Some(anchor) }
            }
            (Destination::Here(anchor), Some(from)) if !anchor.is_empty() => {
                Destination::Here(self.section(from, &anchor, "this page")?)
            }
            (Destination::Index { path, anchor: Some(anchor) }, _) => {
                let is_shown = || self.index_anchors(&path).any(|known| known == anchor);
                match self.absent_at(&format!("{path}#{anchor}")) {
                    Some(absent) if !is_shown() => return Err(absent),
                    _ => Destination::Index { path, anchor: Some(anchor) },
                }
            }
            (destination, _) => destination,
        })
    }

    fn section(&self, record: RecordId, anchor: &str, page: &str) -> Result<String, Unresolved> {
        self.anchor_of(record, anchor).ok_or_else(|| {
            let absent = self.absent_at(&format!("{page}#{anchor}"));
            absent.or_else(|| self.absent_question(record, anchor)).unwrap_or_else(|| {
                let sections = sections_of(self.entry(record).kind).iter().copied();
                let own: Vec<String> = self.own_anchors(record).collect();
                no_section(anchor, page, own.iter().map(String::as_str).chain(sections))
            })
        })
    }

    /// Where a link leads, if that is a section of which only everything that is derived says whether it
    /// is there.
    pub(super) fn section_to_be(
        &self,
        from: RecordId,
        destination: Destination,
    ) -> Option<Destination> {
        match destination {
            Destination::Here(anchor) if anchor.starts_with(SECTION) => {
                Some(Destination::Record { record: from, anchor: Some(anchor) })
            }
            Destination::Record { anchor: Some(ref anchor), .. } if anchor.starts_with(SECTION) => {
                Some(destination)
            }
            Destination::Index { anchor: Some(_), .. } => Some(destination),
            _ => None,
        }
    }

    /// What is wrong with links to sections that their pages do not have.
    pub(super) fn links_to_missing_sections(&self) -> Vec<Diagnostic> {
        let links = self.ties.iter().flat_map(|ties| &ties.sections);
        // The anchors of a list are those of all its records: found once, not for each link to it.
        let mut shown: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut is_shown = |path, anchor| {
            let all = || {
                let records = self.index_anchors(path).map(ToOwned::to_owned);
                records.chain(self.index_sections(path)).collect()
            };
            shown.entry(path).or_insert_with(all).contains(anchor)
        };
        let mut missing = Vec::new();
        for (destination, place) in links {
            if let Destination::Index { path, anchor: Some(anchor) } = destination
                && is_shown(path, anchor)
            {
                continue;
            }
            let absent = self.missing_section(destination);
            missing.extend(absent.and_then(|absent| references::broken(absent, || place.clone())));
        }
        missing
    }

    /// Why a destination is not there, if it is a section that its page does not have.
    pub(super) fn missing_section(&self, destination: &Destination) -> Option<Unresolved> {
        let content = &self.content;
        if content.is_partly_read() || !content.broken.is_empty() {
            // What could not be read might be shown in it.
            return None;
        }
        match destination {
            Destination::Record { record, anchor: Some(anchor) } => {
                let kind = self.entry(*record).kind;
                let section = anchor.strip_prefix(SECTION)?;
                let own: Vec<String> = self.own_anchors(*record).collect();
                if own.contains(anchor) || self.shows_section(*record, section) {
                    return None;
                }
                let page = &self.routes.address(*record)?.path;
                let shown = |section: &&str| self.shows_section(*record, section);
                let sections = sections_of(kind).iter().copied().filter(shown);
                let known = own.iter().map(String::as_str).chain(sections);
                Some(no_section(section, page, known))
            }
            Destination::Index { path, anchor: Some(anchor) } => {
                if self.index_anchors(path).any(|known| known == anchor) {
                    return None;
                }
                let sections = self.index_sections(path);
                let known = self.index_anchors(path).chain(sections.iter().map(String::as_str));
                (!sections.contains(anchor)).then(|| no_section(anchor, path, known))
            }
            _ => None,
        }
    }
}

fn no_section<'a>(anchor: &str, page: &str, known: impl Iterator<Item = &'a str>) -> Unresolved {
    let help = nearest(anchor, known.collect::<Vec<_>>())
        .map(|id| format!("a section with a similar name exists: `#{id}`"));
    Unresolved::unknown(format!("there is no section `#{anchor}` on {page}"), help)
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

/// Whether [`named`] may hold an anchor. Hardly any heading begins like a question's anchor, and to find those
/// takes a look at each letter of each question.
pub(crate) fn may_be_named(kind: Kind, anchor: &str) -> bool {
    match kind {
        Kind::Muscle => true,
        Kind::Article => anchor.starts_with("question-"),
        _ => false,
    }
}

/// The anchors of an article's questions, in order.
pub fn question_anchors(article: &Article) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::with_capacity(article.faqs.len());
    for question in &article.faqs {
        let base = match question {
            ArticleQuestion::Reference(reference) => ["question-", &reference.id].concat(),
            ArticleQuestion::Inline(inline) => {
                let slug = anchor(&inline.question);
                ["question-", slug[..slug.len().min(60)].trim_end_matches('-')].concat()
            }
        };
        let anchor = match anchors.contains(&base) {
            false => base,
            true => (2..=anchors.len() + 1)
                .map(|number| format!("{base}-{number}"))
                .find(|anchor| !anchors.contains(anchor))
                .expect("there are more of these than anchors so far"),
        };
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
