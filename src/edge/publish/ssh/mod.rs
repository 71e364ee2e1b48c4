//! A server that is reached by ssh as target. The system's own programs do it: `sftp` for what is
//! small, `rsync` (or `sftp` again) for files. They find keys, hosts and jumps as they always do.

mod carry;
mod sftp;
mod strangers;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::local::{random, replace};
use super::plan::Plan;
use super::record::{Files, RECORD_NAME};
use super::retry::{Patience, insist};
use super::target::{Arrived, CLAIM_NAME, Found, Note, Standings, Target, Upload};
use super::trouble::{Nature, Trouble};
use crate::model::publish::{Carrier, PublishTarget};
use crate::page::output::OutputPath;
use crate::source::Fingerprint;

use sftp::{Batch, Sftp};

/// How many files travel together: what has arrived of a batch that failed is not known.
const BATCH: usize = 400;

/// A folder of a server.
pub struct Ssh {
    sftp: Sftp,
    /// The folder on the server.
    root: String,
    carrier: Carrier,
    /// Where files lie that are to be carried.
    stage: PathBuf,
    /// Where notes lie on their way, away from all files: a sign of life comes between any two steps.
    notes: PathBuf,
    turn: Mutex<()>,
    patience: Patience,
}

impl Ssh {
    /// The server that the settings name.
    ///
    /// # Errors
    /// If a name could be taken for an option.
    pub fn new(
        settings: &PublishTarget,
        stage: PathBuf,
        patience: Patience,
    ) -> Result<Self, Trouble> {
        let root = settings.path.as_deref().unwrap_or_default().trim_end_matches('/').to_owned();
        let sftp = Sftp::new(settings)?;
        let carrier = settings.with.unwrap_or(Carrier::Rsync);
        if root.is_empty() {
            return Err(Trouble::new(Nature::Usage, "the root of a server is no place for a site"));
        }
        let (notes, turn) = (stage.with_file_name("notes"), Mutex::new(()));
        Ok(Self { sftp, root, carrier, stage, notes, turn, patience })
    }

    fn place(&self) -> String {
        format!("`{}:{}`", self.sftp.host(), self.root)
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// Runs a batch, and once more while its trouble may pass.
    fn run(&self, batch: &Batch) -> Result<sftp::Said, Trouble> {
        insist(self.patience, || self.sftp.run(batch))
    }

    /// Runs a batch that removes files. One that is not there is removed.
    fn run_removals(&self, batch: &Batch) -> Result<(), Trouble> {
        let said = self.run(batch)?;
        match said.refusals().next() {
            Some(line) => Err(Trouble::lasting(format!("{}: {line}", self.name()))),
            None => Ok(()),
        }
    }

    /// Notes are exchanged one after the other: a sign of life may come in the middle of anything.
    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, names: [&'static str; 2]) -> Result<[Option<Note>; 2], Trouble> {
        empty(&self.notes)?;
        let mut batch = Batch::default();
        batch.or_not("ls -1a", &[&self.root]);
        for name in names {
            let here = self.notes.join(name);
            batch.or_not("get", &[&self.at(name), &here.to_string_lossy()]);
        }
        let said = self.run(&batch)?;
        let listed = String::from_utf8_lossy(&said.stdout).into_owned();
        let is_listed =
            |name: &str| listed.lines().any(|line| line.trim().rsplit('/').next() == Some(name));
        let note = |name: &'static str| match fs::read(self.notes.join(name)) {
            Ok(bytes) => {
                let version = Fingerprint::of(&bytes).to_string();
                Ok(Some(Note { bytes, version }))
            }
            Err(_) if is_listed(name) => {
                let message = format!("`{}` cannot be read on {}", self.at(name), self.name());
                Err(Trouble::lasting(message))
            }
            Err(_) => Ok(None),
        };
        Ok([note(names[0])?, note(names[1])?])
    }

    /// Writes a note over the version that was seen. A server by ssh knows no conditions but one: a
    /// second name is given only where there is none. For the rest a look just before has to do; who
    /// was quicker is found out by whoever looks again.
    fn exchange(
        &self,
        name: &'static str,
        bytes: &[u8],
        over: Option<&str>,
    ) -> Result<String, Trouble> {
        let _turn = self.turn();
        let version = Fingerprint::of(bytes).to_string();
        let conflict = || {
            let message = format!("somebody else changed {} meanwhile", self.name());
            Trouble::new(Nature::Conflict, message).hint("publish again")
        };
        let [now, _] = self.read([name, RECORD_NAME])?;
        match now.map(|note| note.version) {
            Some(now) if now == version => return Ok(version),
            now if now.as_deref() != over => return Err(conflict()),
            _ => {}
        }
        let (here, there) = (self.notes.join("note"), self.at(&format!(".sinew-{}", random())));
        replace(&here, bytes)?;
        let mut batch = Batch::default();
        sftp::make_folders(&mut batch, &self.root);
        batch.must("put", &[&here.to_string_lossy(), &there]);
        match over {
            Some(_) => batch.must("rename", &[&there, &self.at(name)]),
            None => {
                batch.or_not("ln", &[&there, &self.at(name)]);
                batch.or_not("rm", &[&there]);
            }
        }
        self.run(&batch)?;
        let [now, _] = self.read([name, RECORD_NAME])?;
        if now.is_some_and(|note| note.version == version) { Ok(version) } else { Err(conflict()) }
    }

    fn stage_files(&self, uploads: &[Upload<'_>]) -> Result<(), Trouble> {
        empty(&self.stage)?;
        for upload in uploads {
            let to = self.stage.join(upload.path.as_str());
            let folder = to.parent().expect("it lies below the stage");
            fs::create_dir_all(folder).map_err(|error| Trouble::io("make", folder, &error))?;
            fs::write(&to, upload.bytes()?).map_err(|error| Trouble::io("write", &to, &error))?;
        }
        Ok(())
    }
}

impl Target for Ssh {
    fn name(&self) -> String {
        self.place()
    }

    fn look(&self) -> Result<Found, Trouble> {
        let _turn = self.turn();
        let [record, claim] = self.read([RECORD_NAME, CLAIM_NAME])?;
        Ok(Found { record, claim })
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        self.all_standing(files)
    }

    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.exchange(CLAIM_NAME, claim, over)
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        for batch in uploads.chunks(BATCH) {
            self.refuse_foreign(batch)?;
            self.stage_files(batch)?;
            match self.carrier {
                Carrier::Rsync => self.carry_by_rsync()?,
                Carrier::Sftp => self.carry_by_sftp(batch)?,
            }
            batch.iter().for_each(|upload| arrived(upload.path));
        }
        let _ = fs::remove_dir_all(&self.stage);
        Ok(())
    }

    fn commit(&self, _: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.exchange(RECORD_NAME, record, over).map(drop)
    }

    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        for some in paths.chunks(BATCH) {
            let mut batch = Batch::default();
            for path in some {
                batch.or_not("rm", &[&self.at(path.as_str())]);
            }
            let mut folders: Vec<&str> = some.iter().flat_map(OutputPath::folders).collect();
            folders.sort_by_key(|folder| std::cmp::Reverse((folder.matches('/').count(), *folder)));
            folders.dedup();
            // Only empty ones go.
            for folder in folders {
                batch.or_not("rmdir", &[&self.at(folder)]);
            }
            self.run_removals(&batch)?;
            some.iter().for_each(removed);
        }
        Ok(())
    }

    fn release(&self, version: &str) -> Result<(), Trouble> {
        let _turn = self.turn();
        let [claim, _] = self.read([CLAIM_NAME, RECORD_NAME])?;
        if claim.is_some_and(|claim| claim.version == version) {
            let mut batch = Batch::default();
            // An attempt whose answer was lost has removed it.
            batch.or_not("rm", &[&self.at(CLAIM_NAME)]);
            self.run_removals(&batch)?;
        }
        let _ = fs::remove_dir_all(&self.notes);
        Ok(())
    }
}

/// Makes an empty folder.
fn empty(folder: &Path) -> Result<(), Trouble> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|error| Trouble::io("make", folder, &error))
}
