//! Says which files could not be read as they were when the build began.

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{SourcePath, Sources};

/// A mistake for each file of a snapshot that was asked for and is lost.
pub fn lost(sources: &Sources) -> Vec<Diagnostic> {
    sources.lost().iter().map(lost_file).collect()
}

/// The mistake of a file that is lost.
pub fn lost_file(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` changed while the site was built, or cannot be read any more");
    Diagnostic::error("changed-while-building", Place::file(path), message).help("build again")
}
