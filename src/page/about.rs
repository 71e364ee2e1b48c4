//! Says what a page is made from, to whoever looks at it while it is written.

use super::compose::Subject;
use super::site::Site;
use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::source::{Fingerprint, SourcePath, fingerprint_of};

/// What a file of the site is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The record that the page is about.
    pub record: Option<Whereabouts>,
    /// The files of the project that it is mainly made from.
    pub sources: Vec<SourcePath>,
    /// The template that shows it.
    pub template: Option<&'static str>,
    /// The records that it names; for a list, those that it lists.
    pub names: Vec<Whereabouts>,
    /// The records that name this one.
    pub named_by: Vec<Whereabouts>,
}

/// A record, and where to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// Its kind and id, such as `muscle:infraspinatus`.
    pub name: String,
    /// Where it is shown, as a path of the site with its anchor.
    pub address: Option<String>,
    /// The file that holds its data.
    pub file: SourcePath,
    /// Changes when its data or its text does.
    pub fingerprint: Fingerprint,
}

impl Site<'_> {
    /// What the file at a position of the paths is made from.
    pub fn about(&self, index: usize) -> About {
        let base = self.base();
        let sources = self.sources_of(index).into_iter().cloned().collect();
        let Some(subject) = self.subject(index) else {
            return About { sources, ..About::default() };
        };
        let template = self.template_of(index);
        let all = |records: Vec<RecordId>| {
            records.into_iter().map(|record| whereabouts(base, record)).collect()
        };
        match subject {
            Subject::Record(record) => About {
                record: Some(whereabouts(base, *record)),
                sources,
                template,
                names: all(base.named_by(*record)),
                named_by: all(base.backlinks(*record).to_vec()),
            },
            Subject::Index(path) => {
                About { sources, template, names: all(listed(base, path)), ..About::default() }
            }
            Subject::Articles(number) => {
                let names = all(base.articles_on(*number).to_vec());
                About { sources, template, names, ..About::default() }
            }
        }
    }

    /// The records that a file of the project holds, in data or text.
    pub fn records_in(&self, file: &SourcePath) -> Vec<Whereabouts> {
        let base = self.base();
        let holds = |record: &RecordId| {
            let entry = base.entry(*record);
            entry.path == *file || entry.body.as_ref().is_some_and(|body| body.path == *file)
        };
        let records = base.records().map(|(record, _)| record).filter(holds);
        records.map(|record| whereabouts(base, record)).collect()
    }
}

fn whereabouts(base: &KnowledgeBase, record: RecordId) -> Whereabouts {
    let entry = base.entry(record);
    let body = entry.body.as_ref().map(|body| body.fingerprint);
    Whereabouts {
        name: entry.kind.with_id(&entry.id),
        address: base.routes.address(record).map(|address| address.href()),
        file: entry.path.clone(),
        fingerprint: fingerprint_of(&(entry.fingerprint, body)),
    }
}

/// The records of the kinds that a page lists.
fn listed(base: &KnowledgeBase, path: &str) -> Vec<RecordId> {
    let kinds: &[Kind] =
        INDEX_PAGES.iter().find(|(page, _)| *page == path).map_or(&[], |(_, kinds)| kinds);
    let of_kind = |kind: &Kind| base.of_kind(*kind).map(|(record, _)| record).collect::<Vec<_>>();
    kinds.iter().flat_map(of_kind).collect()
}
