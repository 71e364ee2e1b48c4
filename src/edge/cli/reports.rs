//! `sinew report TOPIC`: shows tables on the terminal, or gives them to other programs.

use serde_json::{Map, Value};

use super::Outcome;
use super::arguments::{Format, Global, Report as Arguments, ReportTopic};
use super::project::open_to_analyze;
use super::root;
use super::terminal::{print, print_aside};
use crate::authoring::report::{Report, Table, coverage, links, reading, reviews};
use crate::diagnostic::has_errors;
use crate::edge::machine::MachineError;
use crate::graph::KnowledgeBase;

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open_to_analyze(&root, global, None)?;
    let (analysis, diagnostics) = project.analyzed();
    let base = &analysis.base;
    let report = match arguments.topic {
        ReportTopic::Coverage => coverage(base),
        ReportTopic::Reviews => reviews(base),
        ReportTopic::Links => links(base),
        ReportTopic::Reading if !base.settings().is_english() => return Err(english_only(base)),
        ReportTopic::Reading => reading(base, &project.input.sources),
    };
    if has_errors(&diagnostics) {
        let left_out = match base.content.is_partly_read() || has_errors(&project.diagnostics) {
            true => ", and what cannot be read is left out",
            false => "",
        };
        print_aside(&format!("the content has errors{left_out}: see `sinew check`\n"));
    }
    print(&match global.format {
        Format::Json => json(report),
        Format::Concise => concise(&report),
        Format::Full | Format::Github | Format::Gitlab => tables(&report),
    })?;
    Ok(Outcome::Done)
}

/// Syllables and sentences make the grade of another language by other numbers, if at all.
fn english_only(base: &KnowledgeBase) -> MachineError {
    let language = base.settings().language();
    let message = format!("the language is `{language}`, and the grade is one of English texts");
    MachineError::usage(message).hint("the other reports hold for any language")
}

/// One object: a list of rows for each table, and the sums.
fn json(report: Report) -> String {
    let mut all = Map::new();
    for Table { name, columns, rows } in report.tables {
        let row = |values: Vec<Value>| -> Value {
            let named = columns.iter().map(|column| (*column).to_owned()).zip(values);
            named.collect::<Map<_, _>>().into()
        };
        all.insert(name.to_owned(), rows.into_iter().map(row).collect::<Vec<_>>().into());
    }
    let sums = report.sums.into_iter().map(|(name, value)| (name.to_owned(), value));
    all.insert("summary".to_owned(), sums.collect::<Map<_, _>>().into());
    let mut text = serde_json::to_string_pretty(&all).expect("a JSON value is always JSON");
    text.push('\n');
    text
}

/// One line for each row, with tabs, for `cut` and `awk`.
fn concise(report: &Report) -> String {
    let line = |row: &Vec<Value>| row.iter().map(shown).collect::<Vec<_>>().join("\t") + "\n";
    report.tables.iter().flat_map(|table| table.rows.iter().map(line)).collect()
}

fn tables(report: &Report) -> String {
    let mut text = String::new();
    for table in report.tables.iter().filter(|table| !table.rows.is_empty()) {
        if report.tables.len() > 1 {
            text.push_str(&format!("{}\n", table.name));
        }
        text.push_str(&lines(table));
        text.push('\n');
    }
    for (name, value) in &report.sums {
        text.push_str(&format!("{name}: {}\n", shown(value)));
    }
    text
}

/// A table in columns: numbers to the right, texts to the left.
fn lines(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|column| (*column).to_owned()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let all = || std::iter::once(&head).chain(&rows);
    let width_of = |at: usize| all().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let is_number = |at: usize| table.rows.iter().all(|row| row[at].is_number());
    let columns: Vec<(usize, bool)> =
        (0..head.len()).map(|at| (width_of(at), is_number(at))).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&columns).map(|(cell, (width, is_number))| match is_number {
            true => format!("{cell:>width$}"),
            false => format!("{cell:width$}"),
        });
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    all().map(line).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let rows = vec![
            vec![9.into(), "a".into(), Value::Null],
            vec![10.into(), "bcd".into(), "x".into()],
        ];
        let table = Table { name: "things", columns: &["in", "name", "note"], rows };
        Report { tables: vec![table], sums: vec![("all", 2.into())] }
    }

    #[test]
    fn numbers_stand_to_the_right_and_texts_to_the_left() {
        let expected = "  in  name  note\n   9  a     -\n  10  bcd   x\n\nall: 2\n";
        assert_eq!(tables(&report()), expected);
        assert_eq!(concise(&report()), "9\ta\t-\n10\tbcd\tx\n");
    }

    #[test]
    fn programs_get_one_object() {
        let json: Value = serde_json::from_str(&json(report())).expect("it is JSON");
        assert_eq!(json["things"][1]["name"], "bcd");
        assert_eq!(json["summary"]["all"], 2);
    }
}
