//! The seam to the pipeline: takes a snapshot and reads it.

use std::path::Path;
use std::time::Instant;

use super::arguments::Global;
use super::terminal::print_aside;
use crate::diagnostic::Diagnostic;
use crate::edge::disk::{SnapshotMemo, snapshot};
use crate::edge::machine::MachineError;
use crate::model::{self, SourceMemo};
use crate::source::Sources;

/// The files of a project, with everything that is wrong with them.
pub(super) fn analyze(
    root: &Path,
    global: &Global,
) -> Result<(Sources, Vec<Diagnostic>), MachineError> {
    let start = Instant::now();
    let (sources, mut diagnostics) = snapshot(root, &mut SnapshotMemo::default())?;
    let (_content, found) = model::read(&sources, &mut SourceMemo::default());
    diagnostics.extend(found);
    if global.verbose {
        let milliseconds = start.elapsed().as_millis();
        print_aside(&format!("read {} files in {milliseconds} ms\n", sources.len()));
    }
    Ok((sources, diagnostics))
}
