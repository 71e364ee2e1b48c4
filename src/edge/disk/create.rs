//! Brings new files to the disk: all or none, and never over anything.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::attempt::{attempt, insist};
use super::rewrite::{beside, rename_without_loss};
use crate::edge::machine::MachineError;

/// Creates files below a folder, by their paths in it, with the folders that they need.
///
/// # Errors
/// If something has the name of one of them, or one cannot be written. Then none is there.
pub fn create(root: &Path, files: &[(String, Vec<u8>)]) -> Result<(), MachineError> {
    for (path, _) in files {
        if fs::symlink_metadata(root.join(path)).is_ok() {
            return Err(in_the_way(path));
        }
    }
    let mut made = Vec::new();
    let result = files.iter().try_for_each(|(path, bytes)| place(root, path, bytes, &mut made));
    if result.is_err() {
        for path in made.iter().rev() {
            // Best effort: the failure that led here is the one to tell.
            let _ = match path.is_dir() {
                true => insist(|| fs::remove_dir(path)),
                false => insist(|| fs::remove_file(path)),
            };
        }
    }
    result
}

fn place(
    root: &Path,
    path: &str,
    bytes: &[u8],
    made: &mut Vec<PathBuf>,
) -> Result<(), MachineError> {
    let target = root.join(path);
    let missing: Vec<&Path> = target.ancestors().skip(1).take_while(|one| !one.is_dir()).collect();
    for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        attempt("make the folder", folder, || fs::create_dir(folder))?;
        made.push(folder.to_owned());
    }
    let staged = beside(&target, "new");
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&staged)?;
        file.write_all(bytes)
    };
    let written = attempt("write", &target, write)
        .and_then(|()| attempt("write", &target, || rename_without_loss(&staged, &target)));
    if written.is_err() {
        let _ = insist(|| fs::remove_file(&staged));
    } else {
        made.push(target);
    }
    written
}

fn in_the_way(path: &str) -> MachineError {
    MachineError::usage(format!("there is a file `{path}` already"))
        .hint("nothing was written: no file is ever overwritten")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> (String, Vec<u8>) {
        (path.to_owned(), b"new".to_vec())
    }

    #[test]
    fn files_come_with_their_folders() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        create(&folder.path().join("a/b"), &[file("c/d"), file("e")]).expect("nothing is there");
        let text = fs::read_to_string(folder.path().join("a/b/c/d")).expect("it is there");
        assert_eq!(text, "new");
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_is_left_of_a_failure() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let root = folder.path();
        fs::write(root.join("old"), "old").expect("it can be written");
        create(root, &[file("new"), file("old")]).expect_err("it is there already");
        // A file stands where a folder is needed.
        create(root, &[file("x/new"), file("old/new")]).expect_err("it is no folder");
        let names: Vec<_> =
            fs::read_dir(root).expect("it can be read").filter_map(Result::ok).collect();
        assert_eq!(names.len(), 1);
        assert_eq!(fs::read_to_string(root.join("old")).expect("it is there"), "old");
    }
}
