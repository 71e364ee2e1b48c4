//! One line per finding, for `grep` and for editors.

use super::{Finding, clean, word};

/// The findings as `path:line:column: error[code] message`, one line each.
pub fn concise(findings: &[Finding]) -> String {
    findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let start = finding.main.position().start;
    format!(
        "{}:{}:{}: {}[{}] {}\n",
        clean(finding.main.path.as_str()),
        start.line,
        start.column,
        word(diagnostic.level),
        diagnostic.code,
        clean(&diagnostic.message),
    )
}
