//! Reports on a project, as tables: what is missing, what is due, what is linked, what is hard to
//! read. Knows nothing about how a table is shown.

mod coverage;
mod links;
mod reading;
mod reviews;

use serde_json::Value;

pub use coverage::coverage;
pub use links::links;
pub use reading::reading;
pub use reviews::reviews;

use crate::graph::{KnowledgeBase, RecordId};

/// A table of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What its rows are.
    pub name: &'static str,
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its rows: texts, numbers, and null where there is nothing.
    pub rows: Vec<Vec<Value>>,
}

/// A report: some tables, and what they come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its tables.
    pub tables: Vec<Table>,
    /// What they come to, each with its name.
    pub sums: Vec<(&'static str, Value)>,
}

/// How a report names a record.
fn named(base: &KnowledgeBase, record: RecordId) -> Value {
    let entry = base.entry(record);
    entry.kind.with_id(&entry.id).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::starter;
    use crate::graph::Circumstances;
    use crate::model::Date;
    use crate::pipeline::{Input, Memo, analyze};
    use crate::source::{SourcePath, Sources};

    /// The starter with some files more or in the place of its own, a year after it was made.
    fn with(files: &[(&str, &str)], report: impl Fn(&KnowledgeBase, &Sources) -> Report) -> Report {
        let day = |text| Date::parse(text).expect("it is a day");
        let mut sources = Sources::default();
        for (path, bytes) in starter::files(day("2025-01-31")) {
            sources.insert(SourcePath::new(path), bytes);
        }
        for (path, text) in files {
            sources.insert(SourcePath::new(path), text.as_bytes());
        }
        let as_of = day("2026-02-01");
        let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
        let input = Input { sources, circumstances };
        let analysis = analyze(&input, &mut Memo::default());
        report(&analysis.base, &input.sources)
    }

    const REGION: (&str, &str) =
        ("content/regions/thumb.yaml", "{name: Thumb, area: shoulder, view: front}");
    const PAGE: (&str, &str) =
        ("content/pages/lost.md", "---\ntitle: Lost\n---\nNobody comes here.\n");

    fn rows(report: &Report, table: &str) -> Vec<String> {
        let table = report.tables.iter().find(|one| one.name == table).expect("there is one");
        table.rows.iter().map(|row| Value::from(row.clone()).to_string()).collect()
    }

    fn sum<'a>(report: &'a Report, name: &str) -> &'a Value {
        &report.sums.iter().find(|(known, _)| *known == name).expect("there is one").1
    }

    #[test]
    fn what_a_region_and_a_muscle_lack_is_named_and_pages_that_nobody_finds_are() {
        let muscle = "name: Teres\ngroup: rotator-cuff\narea: shoulder\nsummary: S.\nattachments: {origin: a, insertion: b}\n\
                      actions: [a]\nnerve: n\ntrigger_points: [{id: a, where: b, refers_to: [{region: thumb, side: same, intensity: primary}]}]\n";
        let report = with(&[REGION, PAGE], |base, _| coverage(base));
        let lacking = "[\"region:thumb\",\"muscles, techniques, red flags, services\"]";
        assert_eq!(rows(&report, "regions"), [lacking]);
        assert_eq!(rows(&report, "muscles"), Vec::<String>::new());
        assert_eq!(rows(&report, "orphans"), ["[\"page:lost\",\"/lost/\"]"]);
        assert_eq!(*sum(&report, "regions complete"), "1 of 2");
        let report =
            with(&[REGION, ("content/muscles/teres.yaml", muscle)], |base, _| coverage(base));
        let lacking = "[\"region:thumb\",\"techniques, red flags, services\"]";
        assert_eq!(rows(&report, "regions"), [lacking]);
        assert_eq!(rows(&report, "muscles"), ["[\"muscle:teres\",\"techniques\"]"]);
        let says = format!("{muscle}pressure_caution: a vessel\n");
        let report =
            with(&[REGION, ("content/muscles/teres.yaml", &says)], |base, _| coverage(base));
        assert_eq!(rows(&report, "muscles"), Vec::<String>::new());
    }

    #[test]
    fn reviews_come_in_the_order_in_which_they_are_due() {
        let region = format!("{}\n", REGION.1);
        let soon = region.replace("}", ", reviewed: {by: team, on: 2025-01-01, next: 2026-02-11}}");
        let report = with(&[(REGION.0, &soon), PAGE], |base, _| reviews(base));
        let rows = rows(&report, "reviews");
        assert_eq!(
            rows[0],
            "[\"2026-01-31\",\"1 day overdue\",\"article:desk-shoulder\",\"2025-01-31\",\"person:team\"]"
        );
        assert_eq!(
            rows.last().map(String::as_str),
            Some("[\"2026-02-11\",\"in 10 days\",\"region:thumb\",\"2025-01-01\",\"person:team\"]")
        );
        assert_eq!(
            (sum(&report, "overdue"), sum(&report, "never reviewed")),
            (&5.into(), &0.into())
        );
        let report = with(&[REGION], |base, _| reviews(base));
        let never = "[null,\"never reviewed\",\"region:thumb\",null,null]";
        assert_eq!(self::rows(&report, "reviews")[0], never);
    }

    #[test]
    fn the_page_with_the_fewest_links_comes_first() {
        let report = with(&[PAGE], |base, _| links(base));
        let rows = rows(&report, "links");
        assert_eq!(rows[0], "[0,0,\"page:about\",\"/about/\"]");
        assert_eq!(rows[1], "[0,0,\"page:lost\",\"/lost/\"]");
        assert!(
            rows.iter().any(|row| row.contains("muscle:infraspinatus") && !row.starts_with("[0"))
        );
        assert_eq!(*sum(&report, "pages without a link to them"), 3);
    }

    #[test]
    fn the_page_that_is_hardest_to_read_comes_first() {
        let hard = "The interdisciplinary rehabilitation administration necessitates considerable \
                    organizational preparation notwithstanding institutional complications "
            .repeat(3);
        let easy = "The cat sat on the mat. The dog ran to the cat. ".repeat(5);
        let page = |text: &str| {
            format!(
                "---\ntitle: T\n---\n# Antidisestablishmentarianism\n\n`incomprehensibilities` {text}\n"
            )
        };
        let (hard, easy) = (page(&hard), page(&easy));
        let files = [
            ("content/pages/hard.md", hard.as_str()),
            ("content/pages/easy.md", easy.as_str()),
            PAGE,
        ];
        let report = with(&files, reading);
        let rows = rows(&report, "reading");
        assert!(rows[0].ends_with("\"page:hard\"]"), "{rows:?}");
        assert!(rows.last().is_some_and(|row| row.ends_with("\"page:easy\"]")), "{rows:?}");
        assert!(rows.last().is_some_and(|row| row.starts_with("[-")), "{rows:?}");
        assert!(!rows.iter().any(|row| row.contains("page:lost")));
    }
}
