//! The sections that links may lead to are those that pages have.

use std::collections::BTreeSet;

use sinew::graph::{KnowledgeBase, sections_of};
use sinew::model::Kind;
use sinew::page::Pictures;
use sinew::page::output::{Made, Pages};
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

use crate::files;
use crate::project::{Project, circumstances};

#[test]
fn the_small_site_has_the_sections_that_links_may_lead_to() {
    expect_sections(&Project::small().input());
}

#[test]
fn lists_have_a_last_section_where_an_area_is_a_draft() {
    for (from, to) in
        [("order: 1}", "order: 1, draft: true}"), ("order: 2}", "order: 2, draft: true}")]
    {
        let mut project = Project::small();
        project.replace("content/areas.yaml", from, to);
        expect_sections(&project.input());
    }
}

#[test]
fn the_sample_site_has_the_sections_that_links_may_lead_to() {
    let mut sources = Sources::default();
    for (path, bytes) in files::read(&files::repository("content")) {
        sources.insert(SourcePath::new(format!("content/{path}")), bytes);
    }
    expect_sections(&Input { sources, circumstances: circumstances() });
}

#[track_caller]
fn expect_sections(input: &Input) {
    let analysis = analyze(input, &mut Memo::default());
    let (base, site) = (&analysis.base, analysis.site(input, Pictures::as_they_are()));
    let mut wrong = Vec::new();
    for (index, path) in site.paths().iter().enumerate().filter(|(_, path)| path.is_page()) {
        let address = format!("/{}", path.as_str().trim_end_matches("index.html"));
        let Some(record) = base.routes.page(&address) else { continue };
        let Ok(Made::New { bytes, .. }) = site.make(index, None) else { panic!("{path}") };
        let html = String::from_utf8(bytes).expect("pages are text");
        let ids: BTreeSet<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        match record {
            Some(record) => {
                let entry = base.entry(record);
                let is_standing = matches!(entry.kind, Kind::Article | Kind::Page);
                for section in sections_of(entry.kind) {
                    // The contents of a record's page are there if the template finds any block.
                    let is_known = *section != "contents" || is_standing;
                    let is_shown = ids.contains(&*format!("section--{section}"));
                    if is_known && is_shown != base.shows_section(record, section) {
                        wrong.push(format!("{address}: {section}, shown: {is_shown}"));
                    }
                }
            }
            None => wrong.extend(wrong_on_index(base, &address, &ids)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of a page that lists records, and not so.
fn wrong_on_index(base: &KnowledgeBase, path: &str, ids: &BTreeSet<&str>) -> Vec<String> {
    let addresses = base.records().filter_map(|(record, _)| base.routes.address(record));
    let of_records = addresses.filter(|address| &*address.path == path);
    let mut known: BTreeSet<&str> =
        of_records.filter_map(|address| address.anchor.as_deref()).collect();
    let sections = base.index_sections(path);
    known.extend(sections.iter().map(String::as_str));
    let former = base.routes.former_anchors.get(path);
    let is_for_links = |id: &&&str| {
        let of_page = ["page--", "show-", "cite-", "fn", "field-", "source-"];
        !of_page.iter().any(|start| id.starts_with(start))
            && !former.is_some_and(|former| former.contains_key(**id))
    };
    let shown: BTreeSet<&str> = ids.iter().filter(is_for_links).copied().collect();
    let missing = shown.difference(&known).map(|id| format!("{path}#{id} is not known"));
    // The settings of a theme may leave out what the home page has.
    let is_free = path == "/";
    let surplus = known.difference(&shown).filter(|_| !is_free);
    missing.chain(surplus.map(|id| format!("{path}#{id} is not there"))).collect()
}
