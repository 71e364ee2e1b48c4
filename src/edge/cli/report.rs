//! Prints diagnostics: for people to standard error, for programs to standard output.

use super::Outcome;
use super::arguments::{Format, Global};
use super::terminal;
use crate::diagnostic::print::{self, Finding};
use crate::diagnostic::{Diagnostic, Level};
use crate::edge::machine::MachineError;
use crate::source::Sources;
use crate::syntax::find::find;

/// Prints all diagnostics and says how a command ends that finds them.
pub(super) fn report(
    sources: &Sources,
    diagnostics: &[Diagnostic],
    global: &Global,
) -> Result<Outcome, MachineError> {
    let findings = find(sources, diagnostics);
    show(&findings, global)?;
    if !global.quiet && (!findings.is_empty() || global.verbose) {
        terminal::print_aside(&format!("{}\n", print::summary(&findings)));
    }
    let lowest = if global.strict { Level::Warn } else { Level::Error };
    Ok(outcome(&findings, lowest))
}

/// Prints findings in the form that is wanted.
pub(super) fn show(findings: &[Finding], global: &Global) -> Result<(), MachineError> {
    match global.format {
        Format::Full => terminal::print_aside(&print::full(findings, terminal::colour())),
        Format::Concise => terminal::print_aside(&print::concise(findings)),
        Format::Json => terminal::print(&print::json(findings))?,
        Format::Github => terminal::print(&print::github(findings))?,
        Format::Gitlab => terminal::print(&print::gitlab(findings))?,
    }
    Ok(())
}

/// How a command ends, if findings from `lowest` upward let it fail.
fn outcome(findings: &[Finding], lowest: Level) -> Outcome {
    let mut failing =
        findings.iter().filter(|finding| finding.diagnostic.level >= lowest).peekable();
    if failing.peek().is_none() {
        Outcome::Done
    } else if failing.any(|finding| finding.main.path.as_str() == "site.toml") {
        Outcome::SettingsHaveErrors
    } else {
        Outcome::ContentHasErrors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn warnings_fail_only_when_asked_to_and_settings_have_a_status_of_their_own() {
        let found = |level, path: &str| {
            let place = Place::file(&path.into());
            find(&Sources::default(), &[Diagnostic::new("c", level, place, "m")])
        };
        let warning = found(Level::Warn, "a.md");
        assert_eq!(outcome(&warning, Level::Error), Outcome::Done);
        assert_eq!(outcome(&warning, Level::Warn), Outcome::ContentHasErrors);
        assert_eq!(outcome(&found(Level::Error, "a.md"), Level::Error), Outcome::ContentHasErrors);
        let settings = found(Level::Error, "site.toml");
        assert_eq!(outcome(&settings, Level::Error), Outcome::SettingsHaveErrors);
    }
}
