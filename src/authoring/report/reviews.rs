//! Which records are to be reviewed, and when.

use serde_json::{Value, json};

use super::{Report, Table, named};
use crate::check::{HEALTH, due};
use crate::graph::KnowledgeBase;
use crate::model::{Date, Entry};

/// Everything that has been reviewed or should have been: what never was comes first, then what is
/// due first.
pub fn reviews(base: &KnowledgeBase) -> Report {
    let as_of = base.circumstances.as_of;
    let mut rows: Vec<(Option<Date>, Vec<Value>)> = Vec::new();
    for (record, entry) in base.records().filter(|(_, entry)| is_concerned(entry)) {
        let review = entry.data.common().reviewed;
        let due = review.map(due);
        let row = vec![
            due.map(|day| day.to_string()).into(),
            state(due, as_of).into(),
            named(base, record),
            review.map(|review| review.on.to_string()).into(),
            review.map(|review| format!("person:{}", review.by.id)).into(),
        ];
        rows.push((due, row));
    }
    rows.sort_by_key(|(due, _)| *due);
    let never = rows.iter().filter(|(due, _)| due.is_none()).count();
    let overdue = rows.iter().filter(|(due, _)| due.is_some_and(|due| due < as_of)).count();
    let next = rows.iter().find_map(|(due, _)| due.filter(|due| *due >= as_of));
    let sums = vec![
        ("overdue", json!(overdue)),
        ("never reviewed", json!(never)),
        ("next", next.map(|day| day.to_string()).into()),
    ];
    let columns = &["due", "state", "record", "reviewed", "by"];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Report { tables: vec![Table { name: "reviews", columns, rows }], sums }
}

/// Whether somebody has reviewed it, or should.
fn is_concerned(entry: &Entry) -> bool {
    entry.data.common().reviewed.is_some() || HEALTH.contains(&entry.kind)
}

fn state(due: Option<Date>, as_of: Date) -> String {
    let Some(due) = due else { return "never reviewed".to_owned() };
    let days = as_of.civil().duration_until(due.civil()).as_hours() / 24;
    let count = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    match days {
        0 => "today".to_owned(),
        days if days < 0 => format!("{} overdue", count(-days)),
        days => format!("in {}", count(days)),
    }
}
