//! The folder of the user, which settings call `~/` as shells do.

use std::path::PathBuf;

/// A path whose `~/` is this user's own folder; without one, it stays as it was written.
pub(super) fn at_home(path: &str) -> PathBuf {
    let home = path.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    home.unwrap_or_else(|| PathBuf::from(path))
}
