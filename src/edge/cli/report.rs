//! Prints diagnostics: for people to standard error, for programs to standard output.

use std::path::{Component, Path};

use super::Outcome;
use super::arguments::{Format, Global};
use super::terminal;
use crate::diagnostic::print::{self, Finding, Located};
use crate::diagnostic::{Diagnostic, Level};
use crate::edge::machine::MachineError;
use crate::source::{SourcePath, Sources};
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

impl Format {
    /// Whether standard output is for a program that reads nothing else there.
    pub(super) fn is_for_machines(self) -> bool {
        matches!(self, Self::Json | Self::Github | Self::Gitlab)
    }
}

/// Prints findings in the form that is wanted.
pub(super) fn show(findings: &[Finding], global: &Global) -> Result<(), MachineError> {
    let seen_from_here = match &global.root {
        // Other programs know the project by its own paths.
        Some(root) if global.format != Format::Json => below(root, findings),
        _ => Vec::new(),
    };
    let findings = if seen_from_here.is_empty() { findings } else { &seen_from_here };
    match global.format {
        Format::Full => {
            let colour = terminal::colour();
            let text = match terminal::columns() {
                Some(columns) => print::full_within(findings, colour, columns),
                None => print::full(findings, colour),
            };
            terminal::print_aside(&text);
        }
        Format::Concise => terminal::print_aside(&print::concise(findings)),
        Format::Json => terminal::print(&print::json(findings))?,
        Format::Github => terminal::print(&print::github(findings))?,
        Format::Gitlab => terminal::print(&print::gitlab(findings))?,
    }
    Ok(())
}

/// The findings with their paths as they are seen from where the command was started: editors, terminals and
/// the hosts of repositories look for them there. None if the project is not below.
fn below(root: &Path, findings: &[Finding]) -> Vec<Finding> {
    let here = std::env::current_dir().ok();
    let path = match (root.is_absolute(), &here) {
        (true, Some(here)) => root.strip_prefix(here).ok(),
        (true, None) => None,
        (false, _) => Some(root),
    };
    let names =
        path.into_iter().flat_map(Path::components).filter(|part| *part != Component::CurDir);
    let names: Option<Vec<&str>> = names
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let Some(path) = names.filter(|names| !names.is_empty()).map(|names| names.join("/")) else {
        return Vec::new();
    };
    let seen = |located: &Located| Located {
        path: SourcePath::new(format!("{path}/{}", located.path)),
        ..located.clone()
    };
    let finding = |finding: &Finding| Finding {
        diagnostic: finding.diagnostic.clone(),
        main: seen(&finding.main),
        related: finding.related.iter().map(|(one, label)| (seen(one), label.clone())).collect(),
    };
    findings.iter().map(finding).collect()
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
    fn a_project_that_was_named_has_its_paths_from_here() {
        let findings = find(
            &Sources::default(),
            &[Diagnostic::warn("c", Place::file(&"content/a.md".into()), "m")],
        );
        let path =
            |root: &Path| below(root, &findings).first().map(|one| one.main.path.to_string());
        assert_eq!(path(Path::new("site")).as_deref(), Some("site/content/a.md"));
        assert_eq!(path(Path::new("./site/")).as_deref(), Some("site/content/a.md"));
        assert_eq!(path(Path::new(".")), None);
        assert_eq!(path(Path::new("../site")), None);
        let here = std::env::current_dir().expect("there is one");
        assert_eq!(path(&here.join("site")).as_deref(), Some("site/content/a.md"));
        assert_eq!(path(Path::new("/elsewhere")), None);
    }

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
