//! Pages that no reader can come to.

use std::collections::BTreeSet;

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;

pub(crate) const RULE: Rule = Rule {
    code: "orphan-page",
    default: Level::Warn,
    summary: "a page that no menu, list or other page leads to",
    explanation: "\
Most records stand in a list: every article in `/articles/`, every muscle in `/muscles/`. Standing pages do
not. One without a place in a menu, to which no text links, can only be found by its address.

Wrong: `content/pages/aftercare.md` with a title alone. Right: a place in the menu at the foot of each page,

```yaml
title: Aftercare
menu: 5
```

or an entry in `[[menu]]` of `site.toml`, or a link from another text: `[[page:aftercare]]`.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for record in orphans(base) {
        let entry = base.entry(record);
        let message = format!("nothing leads to the {} `{}`", entry.kind.word(), entry.id);
        let help = match entry.kind {
            Kind::Page => "give it a place in a menu: `menu: 5`, or link to it",
            _ => "link to it from another text",
        };
        found.push(RULE.finding(entry.place(), message).help(help));
    }
}

/// The records whose pages no menu, list or other page leads to.
pub(crate) fn orphans(base: &KnowledgeBase) -> Vec<RecordId> {
    let in_menu = in_menu(base);
    let is_orphan = |record: &RecordId| {
        base.routes.address(*record).is_some_and(|address| address.anchor.is_none())
            && !is_listed(base, *record)
            && !in_menu.contains(record)
            && base.backlinks(*record).is_empty()
    };
    base.records().map(|(record, _)| record).filter(is_orphan).collect()
}

/// Whether the page stands in a list or a menu by itself.
fn is_listed(base: &KnowledgeBase, record: RecordId) -> bool {
    let entry = base.entry(record);
    if let crate::model::Data::Page(page) = &*entry.data {
        return page.menu.is_some();
    }
    base.index_of(entry.kind).is_some()
}

/// The records to whose pages the menu leads, also those whose path lacks the slash at its start.
fn in_menu(base: &KnowledgeBase) -> BTreeSet<RecordId> {
    let entries = base.settings().menu.iter();
    let led_to = |address: &str| {
        let whole = || base.standing_record(&format!("/{address}"));
        base.standing_record(address).or_else(whole)
    };
    entries.filter_map(|entry| led_to(&entry.url)).collect()
}
