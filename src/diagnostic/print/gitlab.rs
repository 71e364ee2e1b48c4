//! GitLab's report of code quality, which shows each finding at its line of a merge request.

use serde_json::{Value, json};

use super::{Finding, clean};
use crate::diagnostic::Level;
use crate::source::Fingerprinter;

/// The findings as one JSON list.
pub fn gitlab(findings: &[Finding]) -> String {
    let list: Vec<Value> = findings.iter().map(entry).collect();
    format!("{:#}\n", Value::Array(list))
}

fn entry(finding: &Finding) -> Value {
    let diagnostic = &finding.diagnostic;
    let position = finding.main.position();
    let path = finding.main.path.as_str();
    let mut text = clean(&diagnostic.message);
    for help in &diagnostic.help {
        text.push_str(&format!("; help: {}", clean(help)));
    }
    let mut fingerprint = Fingerprinter::new();
    for part in [&*diagnostic.code, &diagnostic.message, path] {
        fingerprint.add(part.as_bytes());
    }
    fingerprint.add_value(&position.start.line);
    json!({
        "description": text,
        "check_name": diagnostic.code,
        "fingerprint": fingerprint.finish().to_string(),
        "severity": if diagnostic.level == Level::Error { "major" } else { "minor" },
        "location": { "path": path, "lines": { "begin": position.start.line } },
    })
}
