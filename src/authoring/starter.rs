//! A small complete project to begin with: the files of `starter/`, as they were when the program
//! was built, with the day on which they are written.

use crate::model::Date;

/// The files of the starter, by path, sorted.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/starter.rs"));

/// The day on which the starter was written, and the day of its next review.
const DAYS: [&str; 2] = ["2026-11-25", "2027-11-25"];

/// The files of a new project that begins on a day: reviews count from then.
pub fn files(today: Date) -> Vec<(String, Vec<u8>)> {
    let next = Date::from_civil(today.civil().saturating_add(jiff::Span::new().years(1)));
    let dated = |(path, bytes): &(&str, &[u8])| {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replace(DAYS[0], &today.to_string()).replace(DAYS[1], &next.to_string());
        ((*path).to_owned(), text.into_bytes())
    };
    FILES.iter().map(dated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Circumstances;
    use crate::pipeline::{Input, Memo, analyze};
    use crate::source::{SourcePath, Sources};

    #[test]
    fn the_starter_has_no_findings_on_the_day_on_which_it_is_made() {
        for day in ["2024-02-29", "2026-11-25", "2031-01-01"] {
            let as_of = Date::parse(day).expect("it is a day");
            let mut sources = Sources::default();
            for (path, bytes) in files(as_of) {
                sources.insert(SourcePath::new(path), bytes);
            }
            let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
            let analysis = analyze(&Input { sources, circumstances }, &mut Memo::default());
            assert_eq!(analysis.diagnostics, [], "{day}");
            assert!(analysis.base.records().count() > 12);
        }
    }
}
