//! The repository's own knowledge base.

use std::collections::BTreeSet;

use sinew::pipeline::Analysis;

use crate::files;

/// The day of the sample's last review, as in the `Makefile`.
const REVIEWED: &str = "2026-11-25";

fn sample() -> Analysis {
    let all = files::read(&files::repository("content"));
    let mut sources: Vec<_> =
        all.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let settings = std::fs::read(files::repository("site.toml")).expect("there are settings");
    sources.push(("site.toml".to_owned(), settings));
    files::analysis_on(REVIEWED, sources).1
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
