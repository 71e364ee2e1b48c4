//! Titles that two pages share.

use std::collections::BTreeMap;

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-title",
    default: Level::Warn,
    summary: "a title or name that two pages share",
    explanation: "\
In lists, in search and in a browser's tabs a page is known by its title alone. Two records of one kind
should not share it; neither should those whose pages are called by their title and no more: an article, a
standing page, a symptom, a technique and a service.

Wrong: two articles called `Trigger points`.

Right: `What trigger points are` and `Nine ways to release a trigger point`.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(Kind, String), RecordId> = BTreeMap::new();
    for (record, entry) in base.records() {
        let kind = match entry.kind {
            // Two questions are another rule's; two volumes of a work may share their title.
            Kind::Faq | Kind::Citation | Kind::Group | Kind::RedFlagSet => continue,
            Kind::Page | Kind::Symptom | Kind::Technique | Kind::Service => Kind::Article,
            kind => kind,
        };
        let name = entry.data.name();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = name.to_lowercase();
        match first.get(&(kind, words.clone())) {
            Some(other) => {
                let other = base.entry(*other);
                let place = entry.value(FieldPath::key(entry.kind.name_field()));
                let there = other.value(FieldPath::key(other.kind.name_field()));
                let message = format!("`{name}` is the title of two pages");
                let label = format!("the {} `{}` has it", other.kind.word(), other.id);
                found.push(
                    RULE.finding(place, message)
                        .related(there, label)
                        .help("say in one of them what sets it apart"),
                );
            }
            None => {
                first.insert((kind, words), record);
            }
        }
    }
}
