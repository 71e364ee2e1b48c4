//! `sinew addresses`: writes down which addresses the site has, so that none is lost without notice.

use std::path::Path;

use super::Outcome;
use super::arguments::{Addresses, Global};
use super::project::{Project, open_to_analyze};
use super::report::report;
use super::root;
use super::terminal::{print, print_aside};
use crate::authoring::addresses::{Recording, record};
use crate::check::PROMISED;
use crate::diagnostic::has_errors;
use crate::edge::disk::{create, rewrite};
use crate::edge::machine::MachineError;
use crate::source::Fingerprint;

/// The memo of the sources whose addresses are written down.
const RECORDED: &str = "addresses";

pub(super) fn run(global: &Global, arguments: &Addresses) -> Result<Outcome, MachineError> {
    if global.drafts {
        return Err(MachineError::usage("drafts are not published, so they have no addresses")
            .hint("run it without `--drafts`"));
    }
    let root = root::find(global)?;
    let project = open_to_analyze(&root, global, None)?;
    let (analysis, diagnostics) = project.analyzed();
    // What cannot be read has addresses that would be missing.
    if has_errors(&diagnostics) {
        return report(&project.input.sources, &diagnostics, global);
    }
    let recording = record(&analysis.base, &project.input.sources);
    match recording {
        Some(recording) if arguments.dry_run => {
            print(&recording.added.iter().map(|one| format!("{one}\n")).collect::<String>())?;
        }
        Some(recording) => write(&root, recording, global)?,
        None if arguments.dry_run => print_aside(&format!("`{PROMISED}` has all addresses\n")),
        None => {}
    }
    Ok(Outcome::Done)
}

/// Writes down the addresses that were just published, unless these sources were looked at before.
pub(super) fn keep(root: &Path, project: &Project, global: &Global) -> Result<(), MachineError> {
    let sources = super::build::made_from(project);
    if project.cache.load::<Fingerprint>(RECORDED) == sources {
        return Ok(());
    }
    let (analysis, _) = project.analyzed();
    if let Some(recording) = record(&analysis.base, &project.input.sources) {
        write(root, recording, global)?;
    }
    project.cache.save(RECORDED, &sources);
    Ok(())
}

fn write(root: &Path, recording: Recording, global: &Global) -> Result<(), MachineError> {
    match &recording.change {
        Some(change) => rewrite(root, std::slice::from_ref(change))?,
        None => create(root, &[(PROMISED.to_owned(), recording.text.into_bytes())])?,
    }
    if !global.quiet {
        let count = match recording.added.len() {
            1 => "1 new address".to_owned(),
            count => format!("{count} new addresses"),
        };
        print_aside(&format!("wrote {count} to `{PROMISED}`: commit it\n"));
    }
    Ok(())
}
