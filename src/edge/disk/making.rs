//! Makes the pages, side by side, and writes those that differ into the staging folder.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rustix::fs::{FileType, Stat};

use crate::diagnostic::Diagnostic;
use crate::page::output::{Made, OutputPath, Pages};
use crate::source::Fingerprint;

use super::findings::Findings;
use super::foreign::{holds_only_ours, in_the_way};
use super::manifest::Manifest;
use super::memo::{Known, OutputMemo, Stamp};
use super::opened::Opened;
use super::read::read;
use super::refuse::is_absence;
use super::stage::Stage;
use crate::edge::machine::{MachineError, MachineErrorKind};

/// So many pages are made one after the other: a thread that is done with its own can take some of another's.
const IN_A_ROW: usize = 4;

/// What making needs to see.
pub(crate) struct Making<'a> {
    pub(crate) output: &'a Path,
    /// The output as it stands, if there is one already.
    pub(crate) old: Option<&'a Opened>,
    pub(crate) pages: &'a dyn Pages,
    pub(crate) memo: &'a OutputMemo,
    pub(crate) owned: &'a Manifest,
    pub(crate) stage: &'a Stage,
}

/// All pages, made.
pub(crate) enum Outcome {
    /// What became of each, in the order of the paths.
    Settled(Vec<Settled>),
    /// Mistakes in templates: nothing may be swapped.
    Mistakes(Vec<Diagnostic>),
    /// What somebody took or changed is not known to whoever makes the pages.
    Unknown,
}

/// What came up while pages were made, on whatever thread.
#[derive(Default)]
struct Trouble {
    findings: Findings,
    /// Whether a page is not known.
    is_unknown: AtomicBool,
    /// Files in the way that are not sinew's.
    foreign: Mutex<Vec<String>>,
}

/// What became of one page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settled {
    pub(crate) known: Known,
    /// The file of the output that is right; else new bytes lie in the staging folder.
    pub(crate) kept: Option<Inode>,
}

impl Settled {
    /// Whether new bytes lie in the staging folder.
    pub(crate) fn is_written(&self) -> bool {
        self.kept.is_none()
    }
}

/// Which file it is, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inode {
    device: u64,
    number: u64,
}

impl Inode {
    /// Of what a folder that is open says.
    pub(crate) fn of(found: &Stat) -> Self {
        Self { device: found.st_dev, number: found.st_ino }
    }
}

/// What stands in the output at the path of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Nothing,
    File(Stamp, Inode),
    Folder,
    Other,
}

impl Standing {
    fn stamp(self) -> Option<Stamp> {
        if let Self::File(stamp, _) = self { Some(stamp) } else { None }
    }

    /// Which file it is that may be kept.
    fn kept(self) -> Option<Inode> {
        if let Self::File(_, inode) = self { Some(inode) } else { None }
    }
}

impl Making<'_> {
    /// Makes every page, and writes those that differ into the staging folder.
    pub(crate) fn make_all(&self) -> Result<Outcome, MachineError> {
        let trouble = Trouble::default();
        // The files of the search, which take longest, are among the last: one thread begins with them, and the
        // others do the rest meanwhile.
        let indexes = (0..self.pages.paths().len()).into_par_iter().with_max_len(IN_A_ROW).rev();
        let mut settled: Vec<Option<Settled>> =
            indexes.map(|index| self.settle(index, &trouble)).collect::<Result<_, _>>()?;
        settled.reverse();
        if trouble.is_unknown.into_inner() {
            return Ok(Outcome::Unknown);
        }
        if trouble.findings.is_any() {
            return Ok(Outcome::Mistakes(trouble.findings.into_diagnostics()));
        }
        let foreign = trouble.foreign.into_inner().expect("pushing does not panic");
        if !foreign.is_empty() {
            return Err(in_the_way(self.output, foreign));
        }
        Ok(Outcome::Settled(settled.into_iter().flatten().collect()))
    }

    /// `None` for a page that made trouble, or whose bytes nobody needs because another one did.
    fn settle(&self, index: usize, trouble: &Trouble) -> Result<Option<Settled>, MachineError> {
        if trouble.findings.is_past(index) || trouble.is_unknown.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let path = &self.pages.paths()[index];
        let standing = self.standing(path)?;
        let kept = standing.kept();
        let known = self
            .memo
            .get(index, path)
            .filter(|known| standing.stamp() == Some(known.stamp))
            .copied();
        let glance = self.pages.glance(index);
        if let Some(known) = known.filter(|known| glance.is_some() && known.glance == glance) {
            return Ok(Some(Settled { known, kept }));
        }
        match self.pages.make(index, known.map(|known| known.key)) {
            Err(diagnostic) => {
                trouble.findings.add(index, *diagnostic);
                Ok(None)
            }
            Ok(Made::Same) => match known {
                Some(known) => {
                    let known = Known { glance, ..known };
                    Ok(Some(Settled { known, kept }))
                }
                None => Err(never_made(path)),
            },
            Ok(Made::Unknown) => {
                trouble.is_unknown.store(true, Ordering::Relaxed);
                Ok(None)
            }
            Ok(Made::New { key, bytes }) => {
                if let Some(stamp) = self.equal_file(path, standing, &bytes) {
                    let known = Known { glance, key, stamp };
                    return Ok(Some(Settled { known, kept }));
                }
                if !self.is_free(path, standing) {
                    trouble.foreign.lock().expect("pushing does not panic").push(path.to_string());
                    return Ok(None);
                }
                if trouble.findings.is_any() {
                    return Ok(None);
                }
                let written = self.write(path, key, &bytes)?;
                Ok(Some(Settled { known: Known { glance, ..written.known }, ..written }))
            }
        }
    }

    fn write(
        &self,
        path: &OutputPath,
        key: Fingerprint,
        bytes: &[u8],
    ) -> Result<Settled, MachineError> {
        let stamp = self.stage.write(path.as_str(), bytes)?;
        let known = Known { glance: None, key, stamp };
        Ok(Settled { known, kept: None })
    }

    fn standing(&self, path: &OutputPath) -> Result<Standing, MachineError> {
        let Some(old) = self.old else { return Ok(Standing::Nothing) };
        match old.look(OsStr::new(path.as_str())) {
            Ok(found) => Ok(match FileType::from_raw_mode(found.st_mode) {
                FileType::RegularFile => Standing::File(Stamp::of_found(&found), Inode::of(&found)),
                FileType::Directory => Standing::Folder,
                _ => Standing::Other,
            }),
            Err(error) if is_absence(&error) => Ok(Standing::Nothing),
            Err(error) => Err(MachineError::io("read", &self.output.join(path.as_str()), &error)),
        }
    }

    /// The stamp of the file that stands there, if it has these bytes already: then it keeps its
    /// time. One that cannot be read is not equal.
    fn equal_file(&self, path: &OutputPath, standing: Standing, bytes: &[u8]) -> Option<Stamp> {
        let stamp = standing.stamp()?;
        let mut found = Vec::new();
        let is_equal = stamp.size == bytes.len() as u64
            && read(self.old?, path.as_str(), stamp.size, &mut found).is_ok()
            && found == bytes;
        is_equal.then_some(stamp)
    }

    /// Whether a page may be written there without loss.
    fn is_free(&self, path: &OutputPath, standing: Standing) -> bool {
        match standing {
            Standing::Nothing => true,
            Standing::File(..) | Standing::Other => self.owned.owns(path.as_str()),
            Standing::Folder => holds_only_ours(self.output, path.as_str(), self.owned),
        }
    }
}

fn never_made(path: &OutputPath) -> MachineError {
    MachineError {
        kind: MachineErrorKind::Machine,
        message: format!("`{path}` was said to be as before, yet there was none before"),
        hint: None,
    }
}
