//! Puts a new site in the place of the old one, in one step wherever the file system has one.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{Access, CWD, RenameFlags};

use crate::page::output::OutputPath;

use super::attempt::{attempt, insist};
use super::carry::carry_foreign;
use super::foreign::{in_the_way, refuse_blocked_folders};
use super::in_place::place_one_by_one;
use super::making::Settled;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::opened::Opened;
use super::remove::{remove_any, remove_known};
use super::sites::Sites;
use super::spare::{Spare, trim};
use super::stage::{Stage, free_name, remove_old};
use crate::edge::machine::MachineError;

/// The difference between the old site and the new one.
pub(crate) struct Change<'a> {
    pub(crate) output: &'a Path,
    /// Whether there is an output to take the place of.
    pub(crate) exists: bool,
    pub(crate) stage: &'a Stage,
    /// What was swapped out last.
    pub(crate) spare: &'a Spare,
    pub(crate) paths: &'a [OutputPath],
    /// What became of each path.
    pub(crate) settled: &'a [Settled],
    /// Files of the old site that the new one has not.
    pub(crate) stale: &'a [&'a OutputPath],
    /// What the old site owns, and what the new one will.
    pub(crate) old_manifest: &'a Manifest,
    pub(crate) new_manifest: &'a Manifest,
    /// Whether the manifest on disk is not the new one.
    pub(crate) is_manifest_new: bool,
}

/// How it went.
pub(crate) enum Swapped {
    /// The new site stands there; with what could not be tidied up.
    Whole(Vec<String>),
    /// Files that should have been kept are gone: somebody removes them at this moment.
    Vanished,
}

impl<'a> Change<'a> {
    /// The files that changed, in the order of their paths.
    pub(crate) fn written(&self) -> impl Iterator<Item = &'a OutputPath> {
        let pairs = self.paths.iter().zip(self.settled);
        pairs.filter(|(_, settled)| settled.is_written()).map(|(path, _)| path)
    }

    /// Brings the new site to its place.
    pub(crate) fn swap(&self) -> Result<Swapped, MachineError> {
        let steps = self.written().count() + self.stale.len() + usize::from(self.is_manifest_new);
        if steps == 0 && self.exists {
            return Ok(Swapped::Whole(Vec::new()));
        }
        if !self.may_write()? {
            return Ok(Swapped::Vanished);
        }
        if self.exists && steps == 1 && self.rename_one()? {
            return Ok(Swapped::Whole(Vec::new()));
        }
        self.exchange_all()
    }

    /// One file changed: one rename. False if it cannot be done that way.
    fn rename_one(&self) -> Result<bool, MachineError> {
        let touched: Vec<&OutputPath> = match self.is_manifest_new {
            true => self.paths.iter().collect(),
            false => self.written().collect(),
        };
        refuse_blocked_folders(self.output, &touched, self.old_manifest)?;
        let path = self.written().next().map_or(MANIFEST_NAME, OutputPath::as_str);
        if self.is_manifest_new {
            self.stage_manifest()?;
        }
        let staged = self.stage.folder().join(path);
        Ok(insist(|| fs::rename(&staged, self.output.join(path))).is_ok())
    }

    fn stage_manifest(&self) -> Result<(), MachineError> {
        if fs::symlink_metadata(self.stage.folder().join(MANIFEST_NAME)).is_ok() {
            return Ok(());
        }
        self.stage.write(MANIFEST_NAME, &self.new_manifest.to_bytes()).map(drop)
    }

    /// Several files changed: all the others join the staging folder, and the two folders change
    /// places.
    fn exchange_all(&self) -> Result<Swapped, MachineError> {
        let folder = self.stage.folder();
        self.stage_manifest()?;
        if !self.exists {
            attempt("make", self.output, || fs::rename(folder, self.output))?;
            return Ok(Swapped::Whole(Vec::new()));
        }
        let standing = self.make_of_spare();
        let sites = match Sites::open(self.output, folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Swapped::Vanished),
            Err(_) => return self.place_each(),
            Ok(sites) => sites,
        };
        // One thread fills the new folders, the other one lists the old ones: two that make folders in the same
        // one wait for each other.
        let (linked, carried) = rayon::join(
            || self.link_kept(&sites, &standing),
            || carry_foreign(&sites, self.paths, self.old_manifest),
        );
        match linked {
            Ok(true) => {}
            Ok(false) => return Ok(Swapped::Vanished),
            Err(_) => return self.place_each(),
        }
        let Ok(carried) = carried else {
            // Another disk is mounted inside the output, or a folder of somebody else's cannot be
            // read: then it has to stay where it is.
            return self.place_each();
        };
        if !carried.blocked.is_empty() {
            return Err(in_the_way(self.output, carried.blocked));
        }
        match insist(|| exchange(folder, self.output)) {
            Ok(()) => Ok(Swapped::Whole(self.keep_or_remove(folder, &carried.own))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Swapped::Vanished),
            // The file system cannot exchange, or the output is a mount point.
            Err(_) => self.place_each(),
        }
    }

    /// Brings the files to their places one by one.
    fn place_each(&self) -> Result<Swapped, MachineError> {
        let all: Vec<&OutputPath> = self.paths.iter().collect();
        refuse_blocked_folders(self.output, &all, self.old_manifest)?;
        place_one_by_one(self)
    }

    /// Whether most files stay as they are, so that of two sites in a row one is made out of the other.
    fn is_small(&self) -> bool {
        self.written().count() * 2 < self.paths.len()
    }

    /// Makes the staging folder out of the spare, if that is worth it. Says which files stand in it; none where
    /// that failed, and then nothing has become of it.
    fn make_of_spare(&self) -> Vec<bool> {
        let taken = free_name(self.output);
        if !self.is_small() || !self.spare.take(&taken) {
            return Vec::new();
        }
        let made = trim(&taken, self.output, self.paths, self.settled).and_then(|standing| {
            let (staged, new) = (Opened::at(self.stage.folder())?, Opened::at(&taken)?);
            for path in self.written().map(OutputPath::as_str).chain([MANIFEST_NAME]) {
                let path = OsStr::new(path);
                new.put(path, || staged.link(path, &new))?;
            }
            insist(|| exchange(&taken, self.stage.folder()))?;
            Ok(standing)
        });
        // What was staged has its names in both by now; or this is what is left of the spare.
        let _ = remove_any(&taken);
        made.unwrap_or_default()
    }

    /// Puts the files that stay as they are into the staging folder; false if one is gone.
    fn link_kept(&self, sites: &Sites<'_>, standing: &[bool]) -> io::Result<bool> {
        let pairs = self.paths.par_iter().zip(self.settled).enumerate();
        let is_missing = |index: usize| !standing.get(index).copied().unwrap_or_default();
        let links = pairs
            .filter(|(index, (_, settled))| !settled.is_written() && is_missing(*index))
            .map(|(_, (path, _))| sites.link(OsStr::new(path.as_str())));
        links.try_reduce(|| true, |one, other| Ok(one && other))
    }

    /// Keeps the old site as the next spare, or takes it away; says what could not be tidied up.
    fn keep_or_remove(&self, old: &Path, own: &[PathBuf]) -> Vec<String> {
        if !self.is_small() {
            self.spare.discard();
        } else if self.spare.keep(old) {
            return Vec::new();
        }
        remove_known(old, own);
        remove_old(old).into_iter().collect()
    }

    /// An exchange succeeds on an output that the user made read-only, so ask first. False if the
    /// output is gone by now.
    fn may_write(&self) -> Result<bool, MachineError> {
        if !self.exists {
            return Ok(true);
        }
        match rustix::fs::access(self.output, Access::WRITE_OK | Access::EXEC_OK) {
            Ok(()) => Ok(true),
            Err(rustix::io::Errno::NOENT) => Ok(false),
            Err(error) => Err(MachineError::io("write to", self.output, &error.into())),
        }
    }
}

fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    Ok(rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}
