//! The repository's own knowledge base.

use std::collections::{BTreeMap, BTreeSet};

use sinew::graph::{file_of, is_reserved, media_path};
use sinew::page::Pictures;
use sinew::page::output::{Made, Pages};
use sinew::pipeline::{Analysis, Input};
use sinew::source::Sources;

use crate::files;

/// The day of the sample's last review, as in the `Makefile`.
const REVIEWED: &str = "2026-11-25";

fn sample() -> Analysis {
    sample_with_sources().1
}

fn sample_with_sources() -> (Sources, Analysis) {
    let all = files::read(&files::repository("content"));
    let mut sources: Vec<_> =
        all.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let settings = std::fs::read(files::repository("site.toml")).expect("there are settings");
    sources.push(("site.toml".to_owned(), settings));
    files::analysis_on(REVIEWED, sources)
}

#[test]
fn the_sample_content_has_no_findings() {
    assert_eq!(files::lines(&sample().diagnostics), "");
}

#[test]
fn the_body_map_of_the_default_theme_shows_the_regions_of_the_sample_and_no_others() {
    let analysis = sample();
    let maps = analysis.theme.body_maps().values();
    let shapes: BTreeSet<&str> =
        maps.flat_map(|map| &map.regions).map(|region| region.id.as_str()).collect();
    assert_eq!(files::lines(&sinew::check::body_map(&analysis.base, &shapes)), "");
    let strangers: Vec<_> = shapes
        .into_iter()
        .filter(|shape| analysis.base.find(sinew::model::Kind::Region, shape).is_none())
        .collect();
    assert!(strangers.is_empty(), "shapes of no region: {strangers:?}");
}

#[test]
fn a_region_without_a_shape_is_told_the_nearest() {
    let analysis = sample();
    let ids = analysis.base.ids(sinew::model::Kind::Region).map(|id| &**id);
    let shapes: BTreeSet<&str> = ids.map(|id| if id == "thumb" { "thum" } else { id }).collect();
    let found = files::lines(&sinew::check::body_map(&analysis.base, &shapes));
    assert!(
        found.starts_with("content/regions.yaml#thumb: error[region-without-shape]"),
        "{found}"
    );
    assert!(found.contains("a shape with a similar name exists: `thum`"), "{found}");
}

#[test]
fn no_redirect_may_begin_at_a_file_of_the_sample_site_that_is_no_page() {
    let (sources, analysis) = sample_with_sources();
    let input = Input { sources, circumstances: analysis.base.circumstances.clone() };
    let site = analysis.site(&input, Pictures::as_they_are());
    let base = &analysis.base;
    let media: BTreeSet<String> = base.content.media.keys().map(media_path).collect();
    let led: BTreeSet<String> =
        base.routes.redirections.iter().filter_map(|one| file_of(&one.from)).collect();
    let is_other = |path: &&str| {
        !path.ends_with(".html") && !media.contains(&format!("/{path}")) && !led.contains(*path)
    };
    let others: Vec<&str> =
        site.paths().iter().map(|path| path.as_str()).filter(is_other).collect();
    assert!(others.len() > 100, "{others:?}");
    for path in others {
        assert!(is_reserved(&format!("{path}/index.html")), "{path}");
    }
}

#[test]
fn every_link_and_anchor_of_the_sample_site_leads_somewhere() {
    let (sources, analysis) = sample_with_sources();
    let input = Input { sources, circumstances: analysis.base.circumstances.clone() };
    let site = analysis.site(&input, Pictures::as_they_are());
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for (index, path) in site.paths().iter().enumerate().filter(|(_, path)| path.is_page()) {
        let Ok(Made::New { bytes, .. }) = site.make(index, None) else { panic!("{path}") };
        pages.insert(path.to_string(), String::from_utf8(bytes).expect("pages are text"));
    }
    let files: BTreeSet<&str> = site.paths().iter().map(|path| path.as_str()).collect();
    let mut broken = BTreeSet::new();
    for (page, html) in &pages {
        for address in attributes(html, " href=\"").chain(attributes(html, " src=\"")) {
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let file = match path.strip_prefix('/') {
                Some(path) if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
                Some(path) => path.to_owned(),
                None if path.is_empty() => page.clone(),
                // Out of the site.
                None => continue,
            };
            let is_there = files.contains(file.as_str());
            let has_anchor = anchor.is_empty()
                || pages.get(&file).is_none_or(|html| html.contains(&format!("id=\"{anchor}\"")));
            if !is_there || !has_anchor {
                broken.insert(format!("{page}: {address}"));
            }
        }
    }
    assert!(pages.len() > 250, "{} pages", pages.len());
    assert_eq!(broken, BTreeSet::new());
}

/// The values of an attribute, each up to its quotation mark.
fn attributes<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(name).skip(1).filter_map(|rest| rest.split('"').next())
}
