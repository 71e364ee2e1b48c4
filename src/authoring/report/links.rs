//! How many links lead to each page and from it.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Report, Table, named};
use crate::graph::{KnowledgeBase, RecordId};

/// The pages of records with the number of records that mention each, and that each mentions: by
/// reference, in its text, or by a name that became a link. The weakest come first.
pub fn links(base: &KnowledgeBase) -> Report {
    let mut from: BTreeMap<RecordId, usize> = BTreeMap::new();
    for (to, _) in base.records() {
        for record in base.backlinks(to) {
            *from.entry(*record).or_default() += 1;
        }
    }
    let pages = base.records().filter_map(|(record, _)| {
        let address = base.routes.address(record).filter(|one| one.anchor.is_none())?;
        let inward = base.backlinks(record).len();
        let outward = from.get(&record).copied().unwrap_or_default();
        Some((inward, outward, record, address))
    });
    let mut pages: Vec<_> = pages.collect();
    pages.sort();
    let lonely = pages.iter().filter(|(inward, ..)| *inward == 0).count();
    let count = pages.len();
    let all: usize = pages.iter().map(|(inward, ..)| inward).sum();
    let mean = (all as f64 / count.max(1) as f64 * 10.0).round() / 10.0;
    let rows = pages.into_iter().map(|(inward, outward, record, address)| {
        vec![json!(inward), json!(outward), named(base, record), address.href().into()]
    });
    let columns = &["in", "out", "record", "address"];
    let rows = rows.collect();
    let sums = vec![
        ("pages", json!(count)),
        ("pages without a link to them", json!(lonely)),
        ("links to a page, in the mean", json!(mean)),
    ];
    Report { tables: vec![Table { name: "links", columns, rows }], sums }
}
