//! `sinew build`: checks the content, and writes the site if it has no errors.

use super::Outcome;
use super::analyze::analyze;
use super::arguments::{Build, Global};
use super::report::report;
use super::root;
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global, build: &Build) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let (sources, diagnostics) = analyze(&root, global)?;
    let outcome = report(&sources, &diagnostics, global)?;
    if outcome != Outcome::Done {
        return Ok(outcome);
    }
    let output = build.output.clone().unwrap_or_else(|| root.join("public"));
    let _ = (&build.base_url, build.no_wait);
    Err(MachineError::machine(format!("nothing can be written to `{}` yet", output.display())))
}
