//! Files on disk as sources, and sources as findings.

use std::fmt::Write as _;
use std::path::Path;

use sinew::diagnostic::{At, Diagnostic};
use sinew::graph::Circumstances;
use sinew::model::Date;
use sinew::pipeline::{Analysis, Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

/// A file of the repository or a folder of it.
pub(crate) fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds a text of the repository against what it is made to be; `UPDATE=1` writes it anew.
pub(crate) fn expect_up_to_date(path: &str, made: &str) {
    let place = repository(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&place, made).expect("written");
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    let differs = made.lines().zip(written.lines()).find(|(one, other)| one != other);
    assert_eq!(differs, None, "{path} is not up to date (`UPDATE=1` accepts)");
    assert!(made == written, "{path} is not up to date (`UPDATE=1` accepts)");
}

/// All files below a folder, by their path from there.
pub(crate) fn read(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).expect("it was found below the folder");
            let path = path.to_str().expect("our files have plain names").replace('\\', "/");
            files.push((path, std::fs::read(entry.path()).expect("the file can be read")));
        }
    }
    files
}

/// The analysis of some files on 23 November 2026.
pub(crate) fn analysis(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Analysis {
    analysis_of(files).1
}

/// The same, with the files as sources.
pub(crate) fn analysis_of(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> (Sources, Analysis) {
    analysis_on("2026-11-23", files)
}

/// The same, on another day.
pub(crate) fn analysis_on(
    day: &str,
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> (Sources, Analysis) {
    let mut sources = Sources::default();
    for (path, bytes) in files {
        sources.insert(SourcePath::new(path), bytes);
    }
    let as_of = Date::parse(day).expect("it is a day");
    let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
    let input = Input { sources, circumstances };
    let analysis = analyze(&input, &mut Memo::default());
    (input.sources, analysis)
}

/// Diagnostics, one on a line, sorted.
pub(crate) fn lines(diagnostics: &[Diagnostic]) -> String {
    let mut lines: Vec<String> = diagnostics.iter().map(line).collect();
    lines.sort();
    lines.concat()
}

fn line(diagnostic: &Diagnostic) -> String {
    let place = match &diagnostic.place.at {
        At::File => String::new(),
        At::Bytes(span) => format!("@{}..{}", span.start, span.end),
        At::Value(field) | At::Key(field) => format!("#{field}"),
        At::Within(field, piece) => {
            format!("#{field} `{}`", piece.text().lines().next().unwrap_or_default())
        }
    };
    let (path, code) = (&diagnostic.place.path, &diagnostic.code);
    let level = format!("{:?}", diagnostic.level).to_lowercase();
    let mut line = format!("{path}{place}: {level}[{code}] {}\n", diagnostic.message);
    for help in &diagnostic.help {
        let _ = writeln!(line, "  = help: {help}");
    }
    line
}
