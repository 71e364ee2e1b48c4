//! `sinew check`: reports every mistake, and writes nothing.

use super::Outcome;
use super::analyze::analyze;
use super::arguments::Global;
use super::report::report;
use super::root;
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let (sources, diagnostics) = analyze(&root, global)?;
    report(&sources, &diagnostics, global)
}
