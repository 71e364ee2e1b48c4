//! Brings a site to its folder on disk: what a reader finds there is the old site or the new one,
//! never a mixture, and nothing that sinew did not write is touched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::page::output::{OutputPath, Pages};

use super::attempt::attempt;
use super::in_place::sweep_incoming;
use super::lock::{Lock, WhenLocked};
use super::making::{Making, Outcome, Settled};
use super::manifest::{Found, MANIFEST_NAME, Manifest};
use super::memo::OutputMemo;
use super::opened::Opened;
use super::refuse::resolve_output;
use super::spare::Spare;
use super::stage::{Stage, beside, make_all, sweep};
use super::swap::{Change, Swapped};
use crate::edge::machine::{MachineError, MachineErrorKind};

/// How often a site is built again because somebody removes its files at the same time.
const ATTEMPTS: usize = 3;

/// Where a site goes.
#[derive(Clone)]
pub struct Destination<'a> {
    /// The folder of the site.
    pub output: &'a Path,
    /// The folder of the project, which is never an output itself.
    pub project_root: &'a Path,
    /// The user's own folder, which is none either.
    pub home: Option<PathBuf>,
    /// What to do while another build writes there.
    pub when_locked: WhenLocked<'a>,
}

impl<'a> Destination<'a> {
    /// A destination of a project of this user's.
    pub fn new(output: &'a Path, project_root: &'a Path, when_locked: WhenLocked<'a>) -> Self {
        Self { output, project_root, home: std::env::home_dir(), when_locked }
    }
}

/// What writing a site did. If there are any `diagnostics`, or a file `is_unknown`, it did nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files have new bytes.
    pub made: usize,
    /// How many files were left as they are.
    pub kept: usize,
    /// How many files of the last build are gone.
    pub removed: usize,
    /// How many bytes were written.
    pub bytes: u64,
    /// The mistakes in templates that came up, each once, in the order of the pages.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a file is not as it was left, and whoever makes the pages does not know how it was.
    pub is_unknown: bool,
    /// What the user may want to know of the folder, each a line.
    pub notices: Vec<String>,
}

/// Writes a site to its folder, and remembers in `memo` what it wrote.
///
/// # Errors
/// A folder that is refused, files in the way that sinew did not write, another build, or a disk
/// that fails. The output is as it was before, then.
pub fn write_site(
    destination: &Destination<'_>,
    pages: &dyn Pages,
    memo: &mut OutputMemo,
) -> Result<Written, MachineError> {
    let output = resolve_output(destination)?;
    let parent = output.parent().expect("`/` was refused as output");
    attempt("make", parent, || make_all(parent))?;
    let _lock = Lock::take(beside(&output, "lock"), destination.when_locked)?;
    let mut notices = sweep(&output)?;
    sweep_incoming(&output)?;
    memo.turn_to(&output);
    let spare = Spare::of(destination.project_root, &output);
    for _ in 0..ATTEMPTS {
        if let Some(mut written) = write_once(&output, &spare, pages, memo)? {
            notices.append(&mut written.notices);
            return Ok(Written { notices, ..written });
        }
    }
    let message = format!("the files of `{}` vanish while it is built", output.display());
    Err(MachineError { kind: MachineErrorKind::Machine, message, hint: None })
}

/// `None` if files vanished, so that it has to be done again.
fn write_once(
    output: &Path,
    spare: &Spare,
    pages: &dyn Pages,
    memo: &mut OutputMemo,
) -> Result<Option<Written>, MachineError> {
    let new_manifest = Manifest::of(pages.paths());
    let found = Manifest::read(output, &new_manifest)?;
    let owned = &match &found {
        Found::Whole(manifest) => manifest.clone(),
        Found::Damaged => Manifest::of(&memo.unharmed(output)),
        Found::Nothing => Manifest::default(),
    };
    let old = open_old(output)?;
    let stage = Stage::new(output);
    let making = Making { output, old: old.as_ref(), pages, memo, owned, stage: &stage };
    let settled = match making.make_all().map_err(|error| and_damaged(error, output, &found))? {
        Outcome::Settled(settled) => settled,
        Outcome::Mistakes(diagnostics) => {
            return Ok(Some(Written { diagnostics, ..Written::default() }));
        }
        Outcome::Unknown => return Ok(Some(Written { is_unknown: true, ..Written::default() })),
    };
    let mistakes = pages.mistakes();
    if !mistakes.is_empty() {
        return Ok(Some(Written { diagnostics: mistakes, ..Written::default() }));
    }
    let Some(written) = bring(&making, spare, &settled, (&found, &new_manifest))? else {
        return Ok(None);
    };
    memo.learn(pages.paths(), settled.iter().map(|settled| settled.known).collect());
    Ok(Some(written))
}

/// The output as it stands, if there is one.
fn open_old(output: &Path) -> Result<Option<Opened>, MachineError> {
    match Opened::at(output) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some).map_err(|error| MachineError::io("read", output, &error)),
    }
}

/// Brings the pages that were made to their places; `None` if files vanished.
fn bring(
    making: &Making<'_>,
    spare: &Spare,
    settled: &[Settled],
    (found, new_manifest): (&Found, &Manifest),
) -> Result<Option<Written>, MachineError> {
    let &Making { output, old, owned, stage, .. } = making;
    let paths = making.pages.paths();
    let is_manifest_new = !matches!(found, Found::Whole(found) if found == new_manifest);
    // Nothing of the old site is missing in the new one if both own the same.
    let stale = if is_manifest_new { stale_files(output, owned, paths) } else { Vec::new() };
    let change = Change {
        output,
        exists: old.is_some(),
        stage,
        spare,
        paths,
        settled,
        stale: &stale,
        old_manifest: owned,
        new_manifest,
        is_manifest_new,
    };
    let swapped = change.swap().map_err(|error| and_damaged(error, output, found))?;
    let Swapped::Whole(mut notices) = swapped else { return Ok(None) };
    notices.extend((*found == Found::Damaged).then(|| damaged(output)));
    Ok(Some(summary(settled, stale.len(), notices)))
}

/// Files of ours are among those in the way, if nothing says any more that they are.
fn and_damaged(error: MachineError, output: &Path, found: &Found) -> MachineError {
    if *found != Found::Damaged || error.kind != MachineErrorKind::Usage {
        return error;
    }
    let manifest = output.join(MANIFEST_NAME);
    error.hint(format!(
        "`{}` is damaged, which says what sinew wrote: delete the folder, if nothing in it is yours",
        manifest.display()
    ))
}

fn damaged(output: &Path) -> String {
    format!("`{}` was damaged: it is written anew", output.join(MANIFEST_NAME).display())
}

/// The files on disk that sinew wrote for pages that are no more.
fn stale_files<'a>(
    output: &Path,
    owned: &'a Manifest,
    paths: &[OutputPath],
) -> Vec<&'a OutputPath> {
    let standing = |path: &str| fs::symlink_metadata(output.join(path));
    let is_there = |path: &&OutputPath| {
        standing(path.as_str()).is_ok_and(|found| !found.is_dir())
            && path.folders().all(|folder| standing(folder).is_ok_and(|found| found.is_dir()))
    };
    let is_gone = |path: &&OutputPath| paths.binary_search(path).is_err();
    owned.paths().iter().filter(is_gone).filter(is_there).collect()
}

fn summary(settled: &[Settled], removed: usize, notices: Vec<String>) -> Written {
    let made = settled.iter().filter(|settled| settled.is_written());
    Written {
        made: made.clone().count(),
        kept: settled.iter().filter(|settled| !settled.is_written()).count(),
        removed,
        bytes: made.map(|settled| settled.known.stamp.size).sum(),
        notices,
        ..Written::default()
    }
}
