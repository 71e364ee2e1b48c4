//! What regions, muscles and pages lack for a reader to get somewhere.

use serde_json::{Value, json};

use super::{Report, Table, named};
use crate::check::orphans;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::region::Region;

/// Regions without muscles, techniques, red flags or a service; muscles without a technique that do
/// not say why; pages that nothing leads to. What lacks nothing has no row.
pub fn coverage(base: &KnowledgeBase) -> Report {
    let regions = lacking(base, Kind::Region, region_lacks);
    let muscles = lacking(base, Kind::Muscle, muscle_lacks);
    let orphans = orphans(base).into_iter().map(|record| {
        let address = base.routes.address(record).map(|address| address.href());
        vec![named(base, record), address.into()]
    });
    let orphans: Vec<Vec<Value>> = orphans.collect();
    let complete = |kind: Kind, lacking: &[Vec<Value>]| {
        let all = base.of_kind(kind).count();
        format!("{} of {all}", all - lacking.len())
    };
    let sums = vec![
        ("regions complete", complete(Kind::Region, &regions).into()),
        ("muscles complete", complete(Kind::Muscle, &muscles).into()),
        ("orphans", json!(orphans.len())),
    ];
    let tables = vec![
        Table { name: "regions", columns: &["region", "lacks"], rows: regions },
        Table { name: "muscles", columns: &["muscle", "lacks"], rows: muscles },
        Table { name: "orphans", columns: &["page", "address"], rows: orphans },
    ];
    Report { tables, sums }
}

/// Says what a record lacks.
type Lacks = fn(&KnowledgeBase, RecordId) -> Vec<&'static str>;

fn lacking(base: &KnowledgeBase, kind: Kind, lacks: Lacks) -> Vec<Vec<Value>> {
    let rows = base.of_kind(kind).filter_map(|(record, _)| {
        let lacks = lacks(base, record);
        (!lacks.is_empty()).then(|| vec![named(base, record), lacks.join(", ").into()])
    });
    rows.collect()
}

fn region_lacks(base: &KnowledgeBase, record: RecordId) -> Vec<&'static str> {
    let relations = &base.relations;
    let candidates = relations.candidates.of(record);
    let has_technique = candidates.iter().any(|candidate| {
        let muscle = base.get::<Muscle>(candidate.muscle);
        muscle.is_some_and(|muscle| !muscle.techniques.is_empty())
    });
    let has_flags = base.get::<Region>(record).is_some_and(|region| !region.red_flags.is_empty());
    let has = [
        ("muscles", !candidates.is_empty()),
        ("techniques", has_technique),
        ("red flags", has_flags),
        ("services", !relations.region_services.of(record).is_empty()),
    ];
    has.into_iter().filter(|(_, is_there)| !is_there).map(|(what, _)| what).collect()
}

fn muscle_lacks(base: &KnowledgeBase, record: RecordId) -> Vec<&'static str> {
    let Some(muscle) = base.get::<Muscle>(record) else { return Vec::new() };
    // A caution is a reason why nothing is offered.
    let says_why = muscle.no_technique_because.is_some()
        || muscle.pressure_caution.is_some()
        || muscle.self_pressure.is_some();
    let lacks = muscle.techniques.is_empty() && !says_why;
    if lacks { vec!["techniques"] } else { Vec::new() }
}
