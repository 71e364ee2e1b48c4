//! Brings a new site to its place file by file, where two folders cannot change places: assets
//! before pages, then what is stale goes.
//!
//! A failure on the way is undone. A kill is not: the next build finishes the work, because the
//! manifest owns old and new files in the meantime.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use crate::page::output::OutputPath;

use super::attempt::{attempt, insist};
use super::manifest::{MANIFEST_NAME, folders_of};
use super::remove::{list, remove_tree};
use super::stage::{copy, create_new, make_like};
use super::swap::{Change, Swapped};
use crate::edge::machine::MachineError;

/// How the folder in the output begins that new files come through. No page can have this name.
pub(crate) const INCOMING: &str = ".sinew-incoming-";

/// Removes what killed builds left in the output.
pub(crate) fn sweep_incoming(output: &Path) -> Result<(), MachineError> {
    let entries = match insist(|| list(output)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(MachineError::io("read", output, &error)),
        Ok(entries) => entries,
    };
    for entry in entries {
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(INCOMING.as_bytes());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let path = entry.path();
            attempt("remove", &path, || remove_tree(&path))?;
        }
    }
    Ok(())
}

/// Brings the new files to their places one by one.
pub(crate) fn place_one_by_one(change: &Change<'_>) -> Result<Swapped, MachineError> {
    let mut placing = Placing::begin(change)?;
    match placing.place_all() {
        Ok(()) => {
            placing.remove_empty_folders();
            placing.end();
            Ok(Swapped::Whole(Vec::new()))
        }
        Err(error) => {
            placing.undo();
            placing.end();
            Err(error)
        }
    }
}

/// One way back.
enum Undo {
    /// A file took the place of nothing.
    Remove(PathBuf),
    /// A file took the place of another one, or was taken away.
    Restore { from: PathBuf, to: PathBuf },
    /// A folder was made.
    RemoveFolder(PathBuf),
}

struct Placing<'a> {
    change: &'a Change<'a>,
    /// On the file system of the output, so that every last step is a rename.
    incoming: PathBuf,
    undo: Vec<Undo>,
}

impl<'a> Placing<'a> {
    fn begin(change: &'a Change<'a>) -> Result<Self, MachineError> {
        let incoming = change.output.join(format!("{INCOMING}{}", std::process::id()));
        attempt("make", &incoming, || fs::create_dir(&incoming))?;
        Ok(Self { change, incoming, undo: Vec::new() })
    }

    fn place_all(&mut self) -> Result<(), MachineError> {
        let change = self.change;
        let (pages, assets): (Vec<_>, Vec<_>) = change.written().partition(|path| path.is_page());
        let written: Vec<&OutputPath> = assets.into_iter().chain(pages).collect();
        // All that needs room on the disk comes first: from here on there are only renames.
        for (number, path) in written.iter().enumerate() {
            self.fetch(number, path)?;
        }
        let both = change.old_manifest.joined(change.new_manifest);
        self.place_manifest("both", &both.to_bytes())?;
        let blocking = self.blocking();
        for path in &blocking {
            self.take_away(path)?;
        }
        for (number, path) in written.iter().enumerate() {
            self.place(&number.to_string(), path.as_str())?;
        }
        for path in change.stale.iter().filter(|path| !blocking.contains(path)) {
            self.take_away(path)?;
        }
        self.place_manifest("new", &change.new_manifest.to_bytes())
    }

    /// Moves a staged file onto the file system of the output.
    fn fetch(&self, number: usize, path: &OutputPath) -> Result<(), MachineError> {
        let staged = self.change.stage.folder().join(path.as_str());
        let fetched = self.incoming.join(number.to_string());
        attempt("write", &fetched, || match fs::rename(&staged, &fetched) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => copy(&staged, &fetched),
            renamed => renamed,
        })
    }

    fn place_manifest(&mut self, name: &str, bytes: &[u8]) -> Result<(), MachineError> {
        let path = self.incoming.join(name);
        attempt("write", &path, || io::Write::write_all(&mut create_new(&path)?, bytes))?;
        self.place(name, MANIFEST_NAME)
    }

    fn place(&mut self, name: &str, path: &str) -> Result<(), MachineError> {
        let target = self.change.output.join(path);
        self.make_folders(&target)?;
        let backup = self.backup();
        // Without hard links there is no way back for this file, and still one forward.
        let undo = match insist(|| fs::hard_link(&target, &backup)) {
            Ok(()) => Some(Undo::Restore { from: backup, to: target.clone() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Some(Undo::Remove(target.clone()))
            }
            Err(_) => None,
        };
        attempt("write", &target, || fs::rename(self.incoming.join(name), &target))?;
        self.undo.extend(undo);
        Ok(())
    }

    fn take_away(&mut self, path: &OutputPath) -> Result<(), MachineError> {
        let target = self.change.output.join(path.as_str());
        let backup = self.backup();
        attempt("remove", &target, || fs::rename(&target, &backup))?;
        self.undo.push(Undo::Restore { from: backup, to: target });
        for folder in path.folders() {
            let folder = self.change.output.join(folder);
            if self.blocks_page(&folder) && fs::remove_dir(&folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn backup(&self) -> PathBuf {
        self.incoming.join(format!("old-{}", self.undo.len()))
    }

    fn make_folders(&mut self, target: &Path) -> Result<(), MachineError> {
        let missing: Vec<&Path> = target.ancestors().skip(1).take_while(|f| !f.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            make_like(folder, Path::new(""))?;
            self.undo.push(Undo::RemoveFolder(folder.to_owned()));
        }
        Ok(())
    }

    /// Stale files where a page needs a folder, or in a folder where a page needs a file.
    fn blocking(&self) -> Vec<&'a OutputPath> {
        let change = self.change;
        let paths: FxHashSet<&str> = change.paths.iter().map(OutputPath::as_str).collect();
        let folders = folders_of(change.paths);
        let is_blocking = |path: &&OutputPath| {
            folders.contains(path.as_str()) || path.folders().any(|folder| paths.contains(folder))
        };
        change.stale.iter().copied().filter(is_blocking).collect()
    }

    fn blocks_page(&self, folder: &Path) -> bool {
        let path = folder.strip_prefix(self.change.output).ok().and_then(Path::to_str);
        path.is_some_and(|path| {
            self.change.paths.iter().any(|page| {
                page.as_str() == path
                    || path.strip_prefix(page.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
        })
    }

    fn undo(&mut self) {
        for step in self.undo.drain(..).rev() {
            // Best effort: the failure that led here is the one to tell.
            let _ = match step {
                Undo::Remove(path) => insist(|| fs::remove_file(&path)),
                Undo::RemoveFolder(path) => insist(|| fs::remove_dir(&path)),
                Undo::Restore { from, to } => restore(&from, &to),
            };
        }
    }

    /// Folders that only stale files were in.
    fn remove_empty_folders(&self) {
        let mut folders: Vec<&str> =
            self.change.stale.iter().flat_map(|path| path.folders()).collect();
        folders.sort_unstable();
        folders.dedup();
        // The inner ones come later in the order; a folder with something in it stays.
        for folder in folders.into_iter().rev() {
            let _ = insist(|| fs::remove_dir(self.change.output.join(folder)));
        }
    }

    fn end(&self) {
        let _ = remove_tree(&self.incoming);
    }
}

fn restore(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        let _ = fs::create_dir_all(folder);
    }
    insist(|| fs::rename(from, to))
}

#[cfg(test)]
mod tests {
    use super::super::making::Settled;
    use super::super::manifest::Manifest;
    use super::super::memo::Known;
    use super::super::spare::Spare;
    use super::super::stage::Stage;
    use super::*;
    use crate::source::Fingerprint;

    fn paths(texts: &[&str]) -> Vec<OutputPath> {
        texts.iter().map(|text| OutputPath::new(text).expect("a path")).collect()
    }

    /// From `old/index.html`, `page` and `same.html` to `new/x.css`, `page/index.html` and
    /// `same.html`, in an output that somebody keeps a note in.
    fn place_sample(output: &Path, spoil: impl Fn(&Stage)) -> Result<Swapped, MachineError> {
        for (path, text) in [("old/index.html", "old"), ("page", "p"), ("note", "mine")] {
            super::super::stage::make_all(output.join(path).parent().expect("one")).expect("made");
            fs::write(output.join(path), text).expect("written");
        }
        fs::write(output.join("same.html"), "before").expect("written");
        let stage = Stage::new(output);
        let new = paths(&["new/x.css", "page/index.html", "same.html"]);
        let settled: Vec<Settled> = new
            .iter()
            .map(|path| {
                let stamp = stage.write(path.as_str(), b"new").expect("written");
                let known = Known { glance: None, key: Fingerprint::default(), stamp };
                Settled { known, kept: None }
            })
            .collect();
        spoil(&stage);
        let old = paths(&["old/index.html", "page", "same.html"]);
        place_one_by_one(&Change {
            output,
            exists: true,
            stage: &stage,
            spare: &Spare::default(),
            paths: &new,
            settled: &settled,
            stale: &[&old[0], &old[1]],
            old_manifest: &Manifest::of(&old),
            new_manifest: &Manifest::of(&new),
            is_manifest_new: true,
        })
    }

    fn tree(output: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(output).min_depth(1).sort_by_file_name();
        let relative = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(output).expect("below").display().to_string();
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            format!("{path} {}", text.lines().next().unwrap_or_default())
        };
        entries.into_iter().flatten().map(relative).collect()
    }

    #[test]
    fn file_by_file_ends_at_the_same_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("public");
        place_sample(&output, |_| {}).expect("the disk is fine");
        let manifest = Manifest::of(&paths(&["new/x.css", "page/index.html", "same.html"]));
        assert_eq!(fs::read(output.join(MANIFEST_NAME)).expect("there"), manifest.to_bytes());
        assert_eq!(
            tree(&output)[1..],
            ["new ", "new/x.css new", "note mine", "page ", "page/index.html new", "same.html new"]
        );
    }

    #[test]
    fn a_failure_on_the_way_is_undone() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("public");
        // Somebody's folder stands where the last page goes, since we looked.
        let outcome = place_sample(&output, |_| {
            fs::remove_file(output.join("same.html")).expect("removed");
            fs::create_dir_all(output.join("same.html/full")).expect("made");
        });
        assert!(outcome.is_err_and(|error| error.message.contains("same.html")));
        assert_eq!(
            tree(&output),
            ["note mine", "old ", "old/index.html old", "page p", "same.html ", "same.html/full "]
        );
    }
}
