//! What stands in the output and is not sinew's: it stays, and nothing is written over or through
//! it.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::page::output::OutputPath;

use super::attempt::insist;
use super::manifest::Manifest;
use crate::edge::machine::MachineError;

/// How many files a refusal names.
const NAMED: usize = 5;

/// Refuses where something that is not sinew's stands in the place of a folder of `paths`. A link
/// counts: through it files would be written outside the output.
pub(crate) fn refuse_blocked_folders(
    output: &Path,
    paths: &[&OutputPath],
    owned: &Manifest,
) -> Result<(), MachineError> {
    let mut folders: Vec<&str> = paths.iter().flat_map(|path| path.folders()).collect();
    folders.sort_unstable();
    folders.dedup();
    let is_blocked = |folder: &&str| {
        let found = insist(|| fs::symlink_metadata(output.join(folder)));
        found.is_ok_and(|found| !found.is_dir()) && !owned.owns(folder)
    };
    let blocked: Vec<String> =
        folders.into_par_iter().filter(is_blocked).map(str::to_owned).collect();
    if blocked.is_empty() { Ok(()) } else { Err(in_the_way(output, blocked)) }
}

/// Whether all files below a folder of the output are sinew's: then a page may take its place.
pub(crate) fn holds_only_ours(output: &Path, folder: &str, owned: &Manifest) -> bool {
    walkdir::WalkDir::new(output.join(folder)).into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let path = entry.path().strip_prefix(output).ok().and_then(Path::to_str);
        entry.file_type().is_dir() || path.is_some_and(|path| owned.owns(path))
    })
}

/// The refusal to write over files that are not sinew's.
pub(crate) fn in_the_way(output: &Path, mut foreign: Vec<String>) -> MachineError {
    foreign.sort();
    foreign.dedup();
    let mut names =
        foreign.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if foreign.len() > NAMED {
        names.push_str(&format!(" and {} more", foreign.len() - NAMED));
    }
    let files = if foreign.len() == 1 { "a file" } else { "files" };
    MachineError::usage(format!(
        "`{}` holds {files} that sinew did not write: {names}",
        output.display()
    ))
    .hint("move what is in the way, delete the folder, or choose another output")
}
