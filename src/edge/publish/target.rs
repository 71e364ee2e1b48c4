//! What every target can do, so that one order of steps is safe on all of them.

use std::collections::BTreeMap;

use super::plan::{Plan, Travel};
use super::record::Files;
use super::site::LocalSite;
use super::trouble::Trouble;
use crate::page::output::OutputPath;

/// The name of the claim at a target. No [`OutputPath`] can spell it.
pub(crate) const CLAIM_NAME: &str = ".sinew-claim";

/// A small file at the target, and which of its versions it is: whoever writes over it says which
/// one they have seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The version, in the target's own terms.
    pub version: String,
}

/// What stands at a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The record of the last publish.
    pub record: Option<Note>,
    /// The claim of one that goes on, or did not get to its end.
    pub claim: Option<Note>,
}

/// A file on its way.
#[derive(Clone, Copy)]
pub struct Upload<'a> {
    /// Where it goes.
    pub path: &'a OutputPath,
    /// What it is.
    pub travel: Travel,
    /// Where its bytes come from.
    pub site: &'a LocalSite,
    /// Where it leads, if it is the page of a redirection.
    pub leads_to: Option<&'a str>,
}

impl Upload<'_> {
    /// Its bytes, if they are still those that were planned with.
    ///
    /// # Errors
    /// If they are not.
    pub fn bytes(&self) -> Result<Vec<u8>, Trouble> {
        self.site.bytes(self.path)
    }
}

/// What stands where a file is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// That very file.
    Meant,
    /// Something else: its names, if it is a file in the place of a folder, or files below.
    Other(Vec<String>),
}

impl Standing {
    /// Something else under one name.
    pub(super) fn other(name: &str) -> Self {
        Self::Other(vec![name.to_owned()])
    }

    /// The names of what should not be there.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        let names: &[String] = if let Self::Other(names) = self { names } else { &[] };
        names.iter().map(String::as_str)
    }
}

/// What stands at some paths; those where nothing does are left out.
pub type Standings = BTreeMap<OutputPath, Standing>;

/// Hears of each file that has arrived.
pub type Arrived<'a> = &'a (dyn Fn(&OutputPath) + Sync);

/// A place where a site is published.
pub trait Target: Sync {
    /// What it is called in messages, such as ``the folder `/srv/www` ``.
    fn name(&self) -> String;

    /// Reads the record and the claim.
    ///
    /// # Errors
    /// If they cannot be read.
    fn look(&self) -> Result<Found, Trouble>;

    /// Looks at what stands where files are to go.
    ///
    /// # Errors
    /// If that cannot be seen.
    fn standing(&self, files: &Files) -> Result<Standings, Trouble>;

    /// Writes the claim over the one that was seen, and gives its version.
    ///
    /// # Errors
    /// A conflict, if there is another one by now.
    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble>;

    /// Brings files there, in any order, each whole or not at all.
    ///
    /// # Errors
    /// If one of them did not get there. Others may have.
    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble>;

    /// Writes the record over the one that was seen: from then on, the new site is the published
    /// one.
    ///
    /// # Errors
    /// A conflict, if there is another one by now.
    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble>;

    /// Removes files. One that is not there is removed.
    ///
    /// # Errors
    /// If one of them could not be removed.
    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble>;

    /// Takes the claim back, if it still is this version: another one is somebody else's.
    ///
    /// # Errors
    /// If it is still there.
    fn release(&self, version: &str) -> Result<(), Trouble>;
}
