//! Carries what is not sinew's from the old output into the new one, so that the two can change
//! places whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::page::output::OutputPath;

use super::attempt::attempt;
use super::in_place::INCOMING;
use super::manifest::{MANIFEST_NAME, Manifest, folders_of, position};
use super::opened::Opened;
use super::sites::Sites;
use super::stage::make_like;
use crate::edge::machine::MachineError;

/// What was met in the old output.
pub(crate) struct Carried {
    /// Files that are not foreign.
    pub(crate) own: Vec<PathBuf>,
    /// What stands in the place of a folder of the site and is foreign. A link counts: the files behind it are not
    /// in the output.
    pub(crate) blocked: Vec<String>,
}

/// Carries over every foreign file, link and folder.
pub(crate) fn carry_foreign(
    sites: &Sites<'_>,
    pages: &[OutputPath],
    owned: &Manifest,
) -> Result<Carried, MachineError> {
    let folders = folders_of(pages);
    let own_folders = match owned.paths() == pages {
        true => folders.clone(),
        false => folders_of(owned.paths()),
    };
    let (own, blocked) = (Mutex::default(), Mutex::default());
    let carrying = Carrying { sites, pages, owned, own_folders, folders, own, blocked };
    carrying.visit(Opened::at(sites.output), Path::new(""))?;
    let own = carrying.own.into_inner().unwrap_or_else(PoisonError::into_inner);
    let blocked = carrying.blocked.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Carried { own, blocked })
}

struct Carrying<'a> {
    sites: &'a Sites<'a>,
    pages: &'a [OutputPath],
    owned: &'a Manifest,
    /// The folders that sinew made for its files: they come along only with something in them.
    own_folders: FxHashSet<&'a str>,
    /// The folders of the new site.
    folders: FxHashSet<&'a str>,
    /// Its files that were met.
    own: Mutex<Vec<PathBuf>>,
    blocked: Mutex<Vec<String>>,
}

impl Carrying<'_> {
    fn visit(&self, opened: io::Result<Opened>, folder: &Path) -> Result<(), MachineError> {
        let listed = opened.and_then(|opened| Ok((opened.entries()?, opened)));
        let (entries, opened) = match listed {
            // It was removed while the site was built.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => {
                return Err(MachineError::io("read", &self.sites.output.join(folder), &error));
            }
            Ok(listed) => listed,
        };
        entries.par_iter().try_for_each(|entry| {
            let inside = folder.join(&entry.name);
            match entry.is_folder {
                true => self.carry_folder(&inside, || opened.inside(&entry.name)),
                false if self.is_ours(&inside) => {
                    self.own.lock().unwrap_or_else(PoisonError::into_inner).push(inside);
                    Ok(())
                }
                false => self.carry_file(&inside),
            }
        })
    }

    fn carry_file(&self, path: &Path) -> Result<(), MachineError> {
        if let Some(folder) = path.to_str().filter(|path| self.folders.contains(path)) {
            let mut blocked = self.blocked.lock().unwrap_or_else(PoisonError::into_inner);
            blocked.push(folder.to_owned());
            return Ok(());
        }
        let from = self.sites.output.join(path);
        attempt("carry over", &from, || self.sites.link(path.as_os_str())).map(drop)
    }

    fn carry_folder(
        &self,
        folder: &Path,
        open: impl Fn() -> io::Result<Opened>,
    ) -> Result<(), MachineError> {
        let text = folder.to_str();
        if text.is_some_and(|text| self.is_replaced(text)) {
            return Ok(());
        }
        if text.is_some_and(|text| self.own_folders.contains(text)) {
            return self.visit(open(), folder);
        }
        let (from, to) = (self.sites.output.join(folder), self.sites.staged.join(folder));
        // The folder above may be one of ours that nothing has been put into yet.
        attempt("make", &to, || self.sites.new.make_folders(folder.as_os_str()))?;
        make_like(&to, &from)?;
        self.visit(open(), folder)?;
        // At last the exact mode: it may forbid writing.
        let Ok(model) = fs::metadata(&from) else { return Ok(()) };
        attempt("make", &to, || fs::set_permissions(&to, model.permissions()))
    }

    fn is_ours(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| {
            path == MANIFEST_NAME || position(self.pages, path).is_some() || self.owned.owns(path)
        })
    }

    /// Whether a page takes the folder's place, or it is left over from a build that was killed.
    fn is_replaced(&self, folder: &str) -> bool {
        // No page stands where a folder of the same site does: to look for one takes longer.
        !self.folders.contains(folder)
            && (folder.starts_with(INCOMING) || position(self.pages, folder).is_some())
    }
}
