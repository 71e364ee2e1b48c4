//! Articles to read next: those that share what few others share.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::derived::each_once;
use super::ties::Fact;
use super::{KnowledgeBase, RecordId};
use crate::model::Kind;

/// How many articles to read next are shown.
const RELATED: usize = 4;

/// What articles have in common, ready to be compared.
#[derive(Debug, Default)]
pub struct Kinship {
    /// Subject → the articles about it, sorted.
    articles: FxHashMap<RecordId, Vec<RecordId>>,
    count: usize,
}

/// What an article states about others.
fn stated(base: &KnowledgeBase, article: RecordId, wanted: Fact) -> impl Iterator<Item = RecordId> {
    let facts = base.ties[article.index()].facts.iter();
    facts.filter(move |(fact, _)| *fact == wanted).map(|(_, about)| *about)
}

/// The subjects of an article: what it says it is about.
fn subjects(base: &KnowledgeBase, article: RecordId) -> impl Iterator<Item = RecordId> {
    stated(base, article, Fact::Subject)
}

impl Kinship {
    /// Gathers the subjects of all articles.
    pub fn new(base: &KnowledgeBase) -> Self {
        let mut kinship = Self::default();
        for (record, _) in base.of_kind(Kind::Article) {
            kinship.count += 1;
            for subject in subjects(base, record) {
                kinship.articles.entry(subject).or_default().push(record);
            }
        }
        kinship
    }

    /// The articles to read after one: those it names, then, up to a few, those that share most with
    /// it, each shared subject weighing the more the rarer it is.
    pub fn related(&self, base: &KnowledgeBase, record: RecordId) -> Vec<RecordId> {
        let named = stated(base, record, Fact::Related);
        let mut related = each_once(named.filter(|one| *one != record));
        if related.len() < RELATED {
            let named_already = related.clone();
            let similar = self.similar(base, record, RELATED + related.len());
            related.extend(similar.into_iter().filter(|one| !named_already.contains(one)));
            related.truncate(RELATED);
        }
        related
    }

    fn similar(&self, base: &KnowledgeBase, record: RecordId, wanted: usize) -> Vec<RecordId> {
        thread_local! {
            // One slot for each record, cleared after use: ten thousand articles compare with a
            // thousand others each, and a map would cost five times as much.
            static SCORES: RefCell<(Vec<f32>, Vec<RecordId>)> = const { RefCell::new((Vec::new(), Vec::new())) };
        }
        SCORES.with_borrow_mut(|(scores, touched)| {
            scores.resize(base.content.entries.len().max(scores.len()), 0.0);
            for subject in subjects(base, record) {
                let sharing = self.articles.get(&subject).map_or(&[][..], Vec::as_slice);
                let weight = (self.count as f32 / sharing.len().max(1) as f32).ln();
                for other in sharing {
                    if scores[other.index()] == 0.0 {
                        touched.push(*other);
                    }
                    scores[other.index()] += weight.max(0.01);
                }
            }
            let mut best: Vec<(f32, RecordId)> = touched
                .drain(..)
                .map(|other| (std::mem::take(&mut scores[other.index()]), other))
                .filter(|(_, other)| *other != record)
                .collect();
            let order = |one: &(f32, RecordId), other: &(f32, RecordId)| {
                other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
            };
            if best.len() > wanted && wanted > 0 {
                best.select_nth_unstable_by(wanted - 1, order);
                best.truncate(wanted);
            }
            best.sort_by(order);
            best.into_iter().map(|(_, other)| other).collect()
        })
    }
}
