//! Brings changes of sources to the disk: all new bytes lie beside their files before the first
//! file is touched, and a failure on the way is undone.
//!
//! After a kill, every file is as it was or as it was to be, and none is lost; one that moves may be
//! in both places.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::attempt::{attempt, insist};
use super::leftovers::sweep;
use crate::authoring::change::Change;
use crate::edge::machine::MachineError;

/// Writes changes into the project at `root`.
///
/// # Errors
/// If a file is not as it was read, is in the way, or cannot be written. Then nothing has changed.
pub fn rewrite(root: &Path, changes: &[Change]) -> Result<(), MachineError> {
    for change in changes {
        refuse_surprises(root, change)?;
    }
    sweep(root);
    let mut rewriting = Rewriting { root, staged: Vec::new(), undo: Vec::new() };
    let result = rewriting.stage(changes).and_then(|()| rewriting.place(changes));
    let result = result.map_err(|error| told(error, &rewriting.undo()));
    rewriting.clean();
    result
}

/// A failure, with what could not be undone: a file, and where its text is kept.
fn told(error: MachineError, left: &[(PathBuf, PathBuf)]) -> MachineError {
    let line = |(path, kept): &(PathBuf, PathBuf)| {
        format!("`{}` could not be put back; its text is in `{}`", path.display(), kept.display())
    };
    let lines: Vec<String> = left.iter().map(line).collect();
    if lines.is_empty() { error } else { error.hint(lines.join("; ")) }
}

/// What may not be written over or through.
fn refuse_surprises(root: &Path, change: &Change) -> Result<(), MachineError> {
    let path = root.join(change.from.as_str());
    let metadata = attempt("read", &path, || fs::symlink_metadata(&path))?;
    if !metadata.is_file() {
        let message = format!("`{}` is a link: what it leads to is not changed", change.from);
        return Err(MachineError::usage(message).hint("put the file itself in its place"));
    }
    refuse_other_text(&path, change)?;
    let target = root.join(change.to.as_str());
    let is_there = || fs::symlink_metadata(&target).is_ok() && !holds_result(&target, change);
    if change.is_moved() && is_there() {
        let message = format!("there is a file `{}` already", change.to);
        return Err(MachineError::usage(message).hint("move it out of the way"));
    }
    Ok(())
}

/// A file that was saved after it was read holds what the change does not know of.
fn refuse_other_text(path: &Path, change: &Change) -> Result<(), MachineError> {
    if attempt("read", path, || fs::read(path))? == *change.before {
        return Ok(());
    }
    let message = format!("`{}` changed while it was read", change.from);
    Err(MachineError::usage(message).hint("nothing was written; run the command again"))
}

/// Whether a file holds what a change brings, and nobody has saved it since.
fn holds_result(path: &Path, change: &Change) -> bool {
    insist(|| fs::read(path)).is_ok_and(|bytes| bytes == change.after())
}

/// One way back.
enum Undo<'a> {
    /// A file took the place of nothing.
    Remove(PathBuf, &'a Change),
    /// A file was replaced or taken away; its bytes lie in another one.
    Restore { from: PathBuf, to: PathBuf, change: &'a Change },
}

struct Rewriting<'a> {
    root: &'a Path,
    /// Files beside the ones that change, hidden so that nobody takes them for content.
    staged: Vec<PathBuf>,
    undo: Vec<Undo<'a>>,
}

impl<'a> Rewriting<'a> {
    /// Everything that needs room on the disk, and permission to write.
    fn stage(&mut self, changes: &[Change]) -> Result<(), MachineError> {
        for change in changes {
            let original = self.root.join(change.from.as_str());
            let staged = beside(&self.root.join(change.to.as_str()), "new");
            self.staged.push(staged.clone());
            let write = || {
                let mut file = OpenOptions::new().write(true).create_new(true).open(&staged)?;
                file.write_all(&change.after())?;
                file.set_permissions(fs::metadata(&original)?.permissions())?;
                file.sync_all()
            };
            attempt("write", &staged, write)?;
            let kept = beside(&original, "old");
            self.staged.push(kept.clone());
            attempt("write", &kept, || {
                fs::hard_link(&original, &kept).or_else(|_| copy(&original, &kept))
            })?;
        }
        Ok(())
    }

    fn place(&mut self, changes: &'a [Change]) -> Result<(), MachineError> {
        for change in changes {
            let from = self.root.join(change.from.as_str());
            let to = self.root.join(change.to.as_str());
            let (staged, kept) = (beside(&to, "new"), beside(&from, "old"));
            // Staging waits for the disk: time enough for an author to save.
            refuse_other_text(&from, change)?;
            if change.is_moved() {
                // One that was killed between these two calls has done the first of them.
                if !holds_result(&to, change) {
                    attempt("write", &to, || rename_without_loss(&staged, &to))?;
                    self.undo.push(Undo::Remove(to, change));
                }
                attempt("remove", &from, || fs::remove_file(&from))?;
            } else {
                attempt("write", &to, || fs::rename(&staged, &to))?;
            }
            self.undo.push(Undo::Restore { from: kept, to: from, change });
        }
        Ok(())
    }

    /// Goes all ways back. What could not be restored stays beside its place, with its path.
    fn undo(&mut self) -> Vec<(PathBuf, PathBuf)> {
        let mut left = Vec::new();
        for step in self.undo.drain(..).rev() {
            match step {
                // The failure that led here is the one to tell: a file too many loses nothing.
                Undo::Remove(path, change) if holds_result(&path, change) => {
                    drop(insist(|| fs::remove_file(&path)));
                }
                Undo::Remove(..) => {}
                Undo::Restore { from, to, change } => {
                    let is_ours = fs::symlink_metadata(&to).is_err() || holds_result(&to, change);
                    if !is_ours || insist(|| fs::rename(&from, &to)).is_err() {
                        // Under another name: what is called `old` is swept away one day.
                        let kept = beside(&to, "kept");
                        let is_kept = insist(|| fs::rename(&from, &kept)).is_ok();
                        self.staged.retain(|staged| *staged != from);
                        left.push((to, if is_kept { kept } else { from }));
                    }
                }
            }
        }
        left
    }

    fn clean(&self) {
        for path in &self.staged {
            // Those that were put in their place are gone already.
            let _ = insist(|| fs::remove_file(path));
        }
    }
}

/// A hidden name beside a file, which no other process of ours has.
pub(super) fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.sinew-{what}-{}", std::process::id()))
}

/// Renames a file, unless another one has the name.
pub(super) fn rename_without_loss(from: &Path, to: &Path) -> io::Result<()> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // Some file systems do not know the flag; nothing was there a moment ago.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => fs::rename(from, to),
        renamed => Ok(renamed?),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(|_| ())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::authoring::change::Edit;

    fn change(from: &str, to: &str, before: &str, after: &str) -> Change {
        let edit = Edit { range: 0..before.len(), text: after.to_owned() };
        let before = Bytes::copy_from_slice(before.as_bytes());
        Change { from: from.into(), to: to.into(), before, edits: vec![edit] }
    }

    /// The files of a folder with what they hold.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).expect("it can be read").filter_map(Result::ok);
        let mut files: Vec<(String, String)> = entries
            .filter(|entry| entry.path().is_file())
            .map(|entry| {
                let text = fs::read_to_string(entry.path()).expect("it is text");
                (entry.file_name().to_string_lossy().into_owned(), text)
            })
            .collect();
        files.sort();
        files
    }

    fn project(texts: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        for (name, text) in texts {
            fs::write(folder.path().join(name), text).expect("it can be written");
        }
        folder
    }

    #[test]
    fn files_move_and_change_and_nothing_else_is_left() {
        let folder = project(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let changes = [change("a", "z", "1", "one"), change("b", "b", "2", "two")];
        rewrite(folder.path(), &changes).expect("they can be written");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(files(folder.path()), [pair("b", "two"), pair("c", "3"), pair("z", "one")]);
    }

    #[test]
    fn what_is_not_as_it_was_read_is_left_alone() {
        let folder = project(&[("a", "1"), ("b", "other"), ("z", "z")]);
        std::os::unix::fs::symlink("a", folder.path().join("link")).expect("it can be made");
        let before = files(folder.path());
        for wrong in [
            change("b", "b", "2", "two"),
            change("gone", "gone", "", "x"),
            change("b", "z", "other", "x"),
            change("link", "link", "1", "x"),
        ] {
            let changes = [change("a", "a", "1", "one"), wrong];
            rewrite(folder.path(), &changes).expect_err("it is refused");
            assert_eq!(files(folder.path()), before);
        }
    }

    #[test]
    fn a_failure_half_way_is_undone() {
        let folder = project(&[("a", "1"), ("b", "2"), ("d", "4")]);
        let before = files(folder.path());
        // A folder that is not there stops the last of three.
        let changes = [
            change("a", "z", "1", "one"),
            change("b", "b", "2", "two"),
            change("d", "no/d", "4", "x"),
        ];
        rewrite(folder.path(), &changes).expect_err("there is no such folder");
        assert_eq!(files(folder.path()), before);
        let mut rewriting = Rewriting { root: folder.path(), staged: Vec::new(), undo: Vec::new() };
        rewriting.stage(&changes[..2]).expect("they can be staged");
        rewriting.place(&changes[..2]).expect("they can be placed");
        rewriting.undo();
        rewriting.clean();
        assert_eq!(files(folder.path()), before);
    }

    #[test]
    fn what_cannot_be_put_back_stays_beside_its_place_and_is_told() {
        let folder = project(&[("a", "1"), ("d", "4")]);
        let mut rewriting = Rewriting { root: folder.path(), staged: Vec::new(), undo: Vec::new() };
        let changes = [change("a", "z", "1", "one")];
        rewriting.stage(&changes).expect("it can be staged");
        rewriting.place(&changes).expect("it can be placed");
        // Something else took its place meanwhile.
        fs::create_dir_all(folder.path().join("a/b")).expect("it can be made");
        let left = rewriting.undo();
        rewriting.clean();
        let kept = beside(&folder.path().join("a"), "kept");
        assert_eq!(left, [(folder.path().join("a"), kept.clone())]);
        let name = kept.file_name().expect("it has a name").to_string_lossy().into_owned();
        assert_eq!(
            files(folder.path()),
            [(name, "1".to_owned()), ("d".to_owned(), "4".to_owned())]
        );
        let told = told(MachineError::machine("no room"), &left);
        let hint = format!(
            "`{}` could not be put back; its text is in `{}`",
            folder.path().join("a").display(),
            kept.display()
        );
        assert_eq!(told, MachineError::machine("no room").hint(hint));
    }

    #[test]
    fn what_is_saved_after_it_was_read_is_never_lost() {
        let folder = project(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let path = |name: &str| folder.path().join(name);
        let changes = [
            change("a", "a", "1", "one"),
            change("b", "z", "2", "two"),
            change("c", "c", "3", "three"),
        ];
        let mut rewriting = Rewriting { root: folder.path(), staged: Vec::new(), undo: Vec::new() };
        rewriting.stage(&changes).expect("they can be staged");
        fs::write(path("c"), "3, and more").expect("it can be written");
        let refused = rewriting.place(&changes).expect_err("it is not what was read");
        assert!(refused.message.contains("`c` changed while it was read"), "{refused:?}");
        // What was in its place already is saved as well, before all is put back.
        fs::write(path("a"), "one, and more").expect("it can be written");
        fs::write(path("b"), "2, and more").expect("it can be written");
        let left: Vec<PathBuf> = rewriting.undo().into_iter().map(|(path, _)| path).collect();
        rewriting.clean();
        assert_eq!(left, [path("b"), path("a")]);
        let text = |name: &str| fs::read_to_string(path(name)).expect("it is there");
        assert_eq!(["a", "b", "c"].map(text), ["one, and more", "2, and more", "3, and more"]);
    }

    #[test]
    fn what_a_kill_left_half_way_is_finished() {
        let folder = project(&[("a", "1"), ("z", "one"), ("b", "2")]);
        let changes = [change("a", "z", "1", "one"), change("b", "b", "2", "two")];
        rewrite(folder.path(), &changes).expect("the one is there already");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(files(folder.path()), [pair("b", "two"), pair("z", "one")]);
    }
}
