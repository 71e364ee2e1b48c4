//! `sinew rename KIND OLD NEW`: gives a record another id, in its files and wherever it is named.

use super::Outcome;
use super::amounts::counted;
use super::arguments::{Global, Rename};
use super::project::open;
use super::report::report;
use super::root;
use super::terminal::{print, print_aside};
use crate::authoring::diff::unified;
use crate::authoring::rename::{Refusal, Renaming, Request, rename};
use crate::diagnostic::has_errors;
use crate::edge::disk::rewrite;
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global, arguments: &Rename) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open(&root, global, None)?;
    let sources = &project.input.sources;
    if has_errors(&project.diagnostics) {
        return refused(report(sources, &project.diagnostics, global)?, "cannot be read");
    }
    let Rename { kind, old, new, dry_run } = arguments;
    let request = Request { kind: *kind, old, new };
    let renaming = match rename(&project.input, request) {
        Ok(renaming) => renaming,
        Err(Refusal::Request { message, help }) => {
            let error = MachineError::usage(message);
            return Err(help.into_iter().fold(error, MachineError::hint));
        }
        Err(Refusal::Content(found)) => {
            return refused(report(sources, &found, global)?, "has to be mended first");
        }
        Err(Refusal::Outcome(after, found)) => {
            return refused(report(&after, &found, global)?, "would be wrong afterwards");
        }
    };
    if *dry_run {
        print(&unified(&renaming.changes))?;
        return Ok(Outcome::Done);
    }
    rewrite(&root, &renaming.changes)?;
    if !global.quiet {
        print_aside(&summary(arguments, &renaming));
    }
    Ok(Outcome::Done)
}

/// Says that nothing was written, after the findings that say why.
fn refused(outcome: Outcome, why: &str) -> Result<Outcome, MachineError> {
    print_aside(&format!("nothing was written: this {why}\n"));
    Ok(match outcome {
        Outcome::Done => Outcome::ContentHasErrors,
        outcome => outcome,
    })
}

fn summary(arguments: &Rename, renaming: &Renaming) -> String {
    let Rename { kind, old, new, .. } = arguments;
    let moved = renaming.changes.iter().filter(|change| change.is_moved()).count();
    let touched = renaming.changes.iter().filter(|change| !change.edits.is_empty()).count();
    let word = kind.word();
    if touched + moved == 0 {
        return format!(
            "the {word} `{old}` is called `{new}` already, and nothing names it `{old}`\n"
        );
    }
    let moved =
        if moved == 0 { String::new() } else { format!("{} moved, ", counted(moved, "file")) };
    let rewritten = counted(renaming.references, "reference");
    let touched = counted(touched, "file");
    format!(
        "renamed the {word} `{old}` to `{new}`: {moved}{rewritten} rewritten, {touched} changed\n"
    )
}
