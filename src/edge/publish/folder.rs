//! A folder as target: a mounted drive, the root of a web server. Files are replaced by a rename,
//! so whoever reads one gets the old one or the new one.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::parallel::{ask_each, for_each};
use super::plan::Plan;
use super::record::{Files, Held, RECORD_NAME};
use super::target::{Arrived, CLAIM_NAME, Found, Note, Standing, Standings, Target, Upload};
use super::trouble::{Nature, Trouble};
use crate::edge::disk::{Lock, WhenLocked, insist, is_absence};
use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// Where files grow until they are whole.
const INCOMING: &str = ".sinew-incoming";
/// What is locked while a note is exchanged.
const GUARD: &str = ".sinew-guard";
/// How many files are written at once: a drive may be far away.
const THREADS: usize = 8;

/// A folder.
pub struct Folder {
    root: PathBuf,
    next: AtomicUsize,
}

impl Folder {
    /// The folder at `root`, which may not be there yet.
    pub fn new(root: PathBuf) -> Self {
        Self { root, next: AtomicUsize::new(0) }
    }

    fn note(&self, name: &str) -> Result<Option<Note>, Trouble> {
        let path = self.root.join(name);
        match insist(|| fs::read(&path)) {
            Ok(bytes) => {
                let version = Fingerprint::of(&bytes).to_string();
                Ok(Some(Note { bytes, version }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Trouble::io("read", &path, &error)),
        }
    }

    /// Writes a note if the one that stands there is the one that was seen.
    fn exchange(&self, name: &str, bytes: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        let _guard = self.guard()?;
        let now = self.note(name)?;
        if now.as_ref().map(|note| note.version.as_str()) != over {
            let message = format!("somebody else changed {} meanwhile", self.name());
            return Err(Trouble::new(Nature::Conflict, message).hint("publish again"));
        }
        self.write(name, bytes)?;
        Ok(Fingerprint::of(bytes).to_string())
    }

    /// Keeps other publishers out for a moment. Some shares cannot lock: there, whoever writes last
    /// is found out by whoever looks again.
    fn guard(&self) -> Result<Option<Lock>, Trouble> {
        fs::create_dir_all(&self.root).map_err(|error| Trouble::io("make", &self.root, &error))?;
        Ok(Lock::take(self.root.join(GUARD), WhenLocked::Wait(&|_| {})).ok())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let incoming = self.root.join(INCOMING);
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let from = incoming.join(format!("{}-{number}", std::process::id()));
        let to = self.root.join(path);
        let written = insist(|| fs::create_dir_all(&incoming))
            .and_then(|()| insist(|| fs::write(&from, bytes)))
            .and_then(|()| insist(|| fs::rename(&from, &to)));
        written.map_err(|error| Trouble::io("write", &to, &error))
    }

    fn put_one(&self, upload: &Upload<'_>) -> Result<(), Trouble> {
        let bytes = upload.bytes()?;
        let path = self.root.join(upload.path.as_str());
        self.make_folders(upload.path)?;
        if upload.travel.is_new && insist(|| fs::symlink_metadata(&path)).is_ok() {
            // A file with these very bytes is as good as ours.
            if insist(|| fs::read(&path)).is_ok_and(|found| found == bytes) {
                return Ok(());
            }
            return Err(self.in_the_way(upload.path.as_str()));
        }
        self.write(upload.path.as_str(), &bytes)
    }

    fn in_the_way(&self, name: &str) -> Trouble {
        Trouble::in_the_way(&[name], &self.name()).expect("there is something")
    }

    /// What stands where a file is to go. A link counts: it would lead somewhere else.
    fn standing_at(&self, path: &OutputPath, held: &Held) -> Result<Option<Standing>, Trouble> {
        for folder in path.folders() {
            if self.metadata(folder)?.is_some_and(|found| !found.is_dir()) {
                return Ok(Some(Standing::other(folder)));
            }
        }
        let Some(found) = self.metadata(path.as_str())? else { return Ok(None) };
        let file = self.root.join(path.as_str());
        if found.is_dir() {
            let below = walkdir::WalkDir::new(&file).into_iter().flatten();
            let below = below.filter(|entry| !entry.file_type().is_dir()).filter_map(|entry| {
                let name = entry.path().strip_prefix(&self.root).ok()?.to_string_lossy();
                Some(name.into_owned())
            });
            let names: Vec<String> = below.collect();
            let is_empty = names.is_empty();
            return Ok(Some(if is_empty {
                Standing::other(path.as_str())
            } else {
                Standing::Other(names)
            }));
        }
        let is_meant = found.is_file()
            && insist(|| fs::read(&file)).is_ok_and(|bytes| Fingerprint::of(&bytes) == held.hash);
        Ok(Some(if is_meant { Standing::Meant } else { Standing::other(path.as_str()) }))
    }

    fn metadata(&self, name: &str) -> Result<Option<fs::Metadata>, Trouble> {
        let path = self.root.join(name);
        match insist(|| fs::symlink_metadata(&path)) {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(Trouble::io("read", &path, &error)),
        }
    }

    /// Makes the folders that hold a file. A link would lead somewhere else.
    fn make_folders(&self, path: &OutputPath) -> Result<(), Trouble> {
        let mut folders: Vec<&str> = path.folders().collect();
        folders.reverse();
        for folder in folders {
            let name = folder;
            let folder = self.root.join(name);
            match insist(|| fs::symlink_metadata(&folder)) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => return Err(self.in_the_way(name)),
                Err(_) => insist(|| fs::create_dir_all(&folder))
                    .map_err(|error| Trouble::io("make", &folder, &error))?,
            }
        }
        Ok(())
    }

    fn remove_one(&self, path: &OutputPath) -> Result<(), Trouble> {
        let is_link = |folder: &str| {
            fs::symlink_metadata(self.root.join(folder)).is_ok_and(|found| found.is_symlink())
        };
        if path.folders().any(is_link) {
            return Ok(());
        }
        let file = self.root.join(path.as_str());
        match insist(|| fs::remove_file(&file)) {
            Err(error) if !is_absence(&error) => return Err(Trouble::io("remove", &file, &error)),
            _ => {}
        }
        // Folders that hold nothing any more go as well; the first that holds something ends it.
        for folder in path.folders() {
            if fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

impl Target for Folder {
    fn name(&self) -> String {
        format!("the folder `{}`", self.root.display())
    }

    fn look(&self) -> Result<Found, Trouble> {
        Ok(Found { record: self.note(RECORD_NAME)?, claim: self.note(CLAIM_NAME)? })
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        ask_each(THREADS, files, |path, held| self.standing_at(path, held))
    }

    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.exchange(CLAIM_NAME, claim, over)
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        for_each(THREADS, uploads, |upload| {
            self.put_one(upload)?;
            arrived(upload.path);
            Ok(())
        })
    }

    fn commit(&self, _: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.exchange(RECORD_NAME, record, over).map(drop)
    }

    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        // One after the other: they may share folders, which go with the last of them.
        for path in paths {
            self.remove_one(path)?;
            removed(path);
        }
        Ok(())
    }

    fn release(&self, version: &str) -> Result<(), Trouble> {
        let _guard = self.guard()?;
        let now = self.note(CLAIM_NAME)?;
        if now.is_some_and(|note| note.version == version) {
            let path = self.root.join(CLAIM_NAME);
            insist(|| fs::remove_file(&path))
                .map_err(|error| Trouble::io("remove", &path, &error))?;
        }
        // What killed publishers left half written goes with it.
        let _ = fs::remove_dir_all(self.root.join(INCOMING));
        Ok(())
    }
}
