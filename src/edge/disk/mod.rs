//! Reads a project from the disk into a snapshot.

mod names;
mod read;
mod snapshot;
mod walk;

pub use names::EXPLANATIONS;
pub use snapshot::{SnapshotMemo, snapshot};
