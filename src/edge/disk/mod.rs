//! Files on disk: a project is read as one snapshot, a site gets there whole or not at all.
//! Knows nothing about what the files say.

mod attempt;
mod cache;
mod carry;
mod create;
mod explain;
mod findings;
mod foreign;
mod in_place;
mod leftovers;
mod lock;
mod making;
mod manifest;
mod memo;
mod names;
mod opened;
mod output;
mod read;
mod refuse;
mod remove;
mod replace;
mod rewrite;
mod shelf;
mod sites;
mod snapshot;
mod spare;
mod stage;
mod swap;
mod walk;

pub(crate) use attempt::insist;
pub use cache::{Cache, Fetched};
pub use create::create;
pub use explain::EXPLANATIONS;
pub(crate) use lock::Lock;
pub use lock::WhenLocked;
pub(crate) use manifest::site_files;
pub use memo::OutputMemo;
pub use output::{Destination, Written, write_site};
pub(crate) use refuse::{is_absence, resolve_output};
pub(crate) use replace::replace;
pub use rewrite::rewrite;
pub use shelf::PictureShelf;
pub use snapshot::{SnapshotMemo, glimpse, snapshot};
