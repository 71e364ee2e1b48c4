//! Commands for GitHub's workflows, which show each finding at its line of a pull request.

use super::{Finding, clean, word};

/// The findings as GitHub's workflow commands, one line each.
pub fn github(findings: &[Finding]) -> String {
    findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let position = finding.main.position();
    let mut message = clean(&diagnostic.message);
    for (title, lines) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
        for line in lines {
            message.push_str(&format!("\n{title}: {}", clean(line)));
        }
    }
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        word(diagnostic.level),
        property(&clean(finding.main.path.as_str())),
        position.start.line,
        position.start.column,
        position.end.line,
        position.end.column,
        property(&diagnostic.code),
        escape(&message),
    )
}

/// What stands after `::`: there, only ends of lines and the sign of escapes count.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands before `::`: there, colons and commas count as well.
fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
