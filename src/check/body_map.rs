//! Regions that the body map does not show, and shapes that show no region.
//! The shapes belong to the theme, so a later floor asks.

use std::collections::{BTreeMap, BTreeSet};

use super::levels::Levels;
use super::rules::{region_without_shape, shape_without_region};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::graph::KnowledgeBase;
use crate::model::region::View;
use crate::model::{Data, Kind, similar};
use crate::source::SourcePath;

/// The ids of the shapes in each drawing, by the name of its view, such as `front`.
pub type Drawings<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Holds the regions against the shapes of the theme's body map: the ids in each of its drawings.
pub fn body_map(base: &KnowledgeBase, drawings: &Drawings<'_>) -> Vec<Diagnostic> {
    let levels = Levels::new(&base.content);
    if [&region_without_shape::RULE, &shape_without_region::RULE]
        .iter()
        .all(|rule| levels.of(rule) == Level::Allow)
    {
        return Vec::new();
    }
    let shapes: BTreeSet<&str> = drawings.values().flatten().copied().collect();
    let mut found = Vec::new();
    for (_, region) in base.of_kind(Kind::Region) {
        // A theme goes on drawing a region under the id that it had.
        let was = region.data.common().was.iter();
        if !std::iter::once(&region.id).chain(was).any(|id| shapes.contains(&**id)) {
            let message = format!("the body map has no shape for the region `{}`", region.id);
            let help = similar("a shape", &region.id, shapes.iter().copied());
            let rule = &region_without_shape::RULE;
            let finding = rule.finding(region.place(), message).maybe_help(help);
            let finding = match free_shapes(base, drawings, &region.data) {
                free if free.is_empty() => finding,
                free => finding.help(format!(
                    "give it the id of a shape of no region, or name one in `was`: {}",
                    free.join(", ")
                )),
            };
            found.push((rule, finding));
        }
    }
    let path = base.of_kind(Kind::Region).next().map(|(_, region)| region.path.clone());
    let place = Place::file(&path.unwrap_or_else(|| SourcePath::new("site.toml")));
    for shape in &shapes {
        if base.find(Kind::Region, shape).is_none() {
            let message = format!("the body map has a shape for `{shape}`, which is no region");
            let rule = &shape_without_region::RULE;
            let help = base.similar_id(Kind::Region, shape);
            found.push((rule, rule.finding(place.clone(), message).maybe_help(help)));
        }
    }
    let levelled = found.into_iter().map(|(rule, finding)| {
        let level = levels.of(rule);
        Diagnostic { level, ..finding }
    });
    levelled.filter(|finding| finding.level != Level::Allow).collect()
}

/// The shapes of no region, as the side shows them from which one is seen.
fn free_shapes<'a>(
    base: &KnowledgeBase,
    drawings: &'a Drawings<'_>,
    region: &Data,
) -> Vec<&'a str> {
    let views: &[&str] = match region {
        Data::Region(region) => match region.view {
            View::Front => &["front"],
            View::Back => &["back"],
            View::Both => &["front", "back"],
        },
        _ => &[],
    };
    of_no_region(base, views.iter().filter_map(|view| drawings.get(view)).flatten().copied())
}

/// Those of some shapes that no region has, sorted, each once.
pub fn of_no_region<'a>(
    base: &KnowledgeBase,
    shapes: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let free: BTreeSet<&str> =
        shapes.filter(|shape| base.find(Kind::Region, shape).is_none()).collect();
    free.into_iter().collect()
}
