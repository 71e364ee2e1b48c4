//! The repository's own knowledge base.

use std::collections::{BTreeMap, BTreeSet};

use sinew::check::Drawings;
use sinew::graph::{file_of, is_reserved, media_path};
use sinew::page::Pictures;
use sinew::page::output::{Made, Pages};
use sinew::pipeline::{Analysis, Input};
use sinew::source::Sources;
use sinew::theme::MapRegion;

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
    let drawings = analysis.theme.shapes();
    assert_eq!(files::lines(&sinew::check::body_map(&analysis.base, &drawings)), "");
    let strangers: Vec<_> = drawings
        .into_values()
        .flatten()
        .filter(|shape| analysis.base.find(sinew::model::Kind::Region, shape).is_none())
        .collect();
    assert!(strangers.is_empty(), "shapes of no region: {strangers:?}");
}

#[test]
fn a_region_without_a_shape_is_told_the_nearest() {
    let analysis = sample();
    let ids = analysis.base.ids(sinew::model::Kind::Region).map(|id| &**id);
    let shapes: BTreeSet<&str> = ids.map(|id| if id == "thumb" { "thum" } else { id }).collect();
    let drawings = Drawings::from([("front", shapes)]);
    let found = files::lines(&sinew::check::body_map(&analysis.base, &drawings));
    assert!(
        found.starts_with("content/regions.yaml#thumb: error[region-without-shape]"),
        "{found}"
    );
    assert!(found.contains("a shape with a similar name exists: `thum`"), "{found}");
}

#[test]
fn a_region_without_a_shape_is_told_those_of_its_side_that_no_region_has() {
    let regions = "hals: {name: Hals, area: a, view: back}\nnacken: {name: N, area: a, view: front, was: [throat]}\n";
    let analysis = files::analysis(vec![
        ("content/areas.yaml".to_owned(), b"a: {name: A}\n".to_vec()),
        ("content/regions.yaml".to_owned(), regions.into()),
    ]);
    let drawings = Drawings::from([
        ("front", BTreeSet::from(["throat", "chest"])),
        ("back", BTreeSet::from(["throat", "neck-back", "low-back"])),
    ]);
    let found = files::lines(&sinew::check::body_map(&analysis.base, &drawings));
    let help = "give it the id of a shape of no region, or name one in `was`: low-back, neck-back";
    assert!(found.contains(help), "{found}");
    assert!(!found.contains("nacken"), "{found}");
}

#[test]
fn every_shape_of_the_built_in_map_is_told_where_one_is_missing() {
    let text = sinew::check::explain("region-without-shape").expect("it is a rule").text;
    let (front, back) = text.split_once("From behind:").expect("it has two sides");
    let analysis = sample();
    for (view, shapes) in analysis.theme.shapes() {
        let is_told = |shape: &str, side: &str| side.contains(&format!("`{shape}`"));
        for shape in shapes {
            let is_known = match view {
                "front" => is_told(shape, front),
                "back" => is_told(shape, back),
                _ => is_told(shape, text),
            };
            assert!(is_known, "{shape} of {view}");
        }
    }
    // What it shows as a cure is one.
    let shape = text.split("```toml\n").nth(1).expect("there is a shape");
    let shape = shape.split("```").next().expect("it ends");
    let read: BTreeMap<String, Vec<MapRegion>> = toml::from_str(shape).expect("it can be read");
    assert!(read["region"][0].points.len() > 2);
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
