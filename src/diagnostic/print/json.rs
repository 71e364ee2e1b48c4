//! One JSON object per line and finding, for other programs. Keys are only ever added.

use serde::Serialize;

use super::{Finding, Located, word};

/// The findings as JSON, one object per line.
///
/// Lines and columns count from 1, columns in characters; bytes count from 0; ends are exclusive.
pub fn json(findings: &[Finding]) -> String {
    findings.iter().map(line).collect()
}

#[derive(Serialize)]
struct JsonFinding<'finding> {
    code: &'finding str,
    level: &'static str,
    message: &'finding str,
    #[serde(flatten)]
    place: JsonPlace<'finding>,
    notes: &'finding [String],
    help: &'finding [String],
    related: Vec<JsonPlace<'finding>>,
}

#[derive(Serialize)]
struct JsonPlace<'finding> {
    path: &'finding str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
    label: &'finding str,
}

fn line(finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let shown = JsonFinding {
        code: &diagnostic.code,
        level: word(diagnostic.level),
        message: &diagnostic.message,
        place: place(&finding.main, &diagnostic.label),
        notes: &diagnostic.notes,
        help: &diagnostic.help,
        related: finding.related.iter().map(|(located, label)| place(located, label)).collect(),
    };
    let mut line = serde_json::to_string(&shown).expect("text and numbers are always JSON");
    line.push('\n');
    line
}

fn place<'finding>(located: &'finding Located, label: &'finding str) -> JsonPlace<'finding> {
    let (position, bytes) = (located.position(), located.bytes());
    JsonPlace {
        path: located.path.as_str(),
        line: position.start.line,
        column: position.start.column,
        end_line: position.end.line,
        end_column: position.end.column,
        byte_start: bytes.start,
        byte_end: bytes.end,
        label,
    }
}
