//! Hosts that are handed a whole folder by their own program, and show it at once or not at all:
//! Netlify and Cloudflare Pages.
//!
//! The folder is kept on this machine from one publish to the next, as a [`Folder`] target like any
//! other: it is what the record is about. When it is whole, the program takes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::folder::Folder;
use super::plan::Plan;
use super::program::run;
use super::record::{Files, Record};
use super::target::{Arrived, Found, Standings, Target, Upload};
use super::trouble::{Nature, Trouble};
use crate::model::publish::PublishTarget;
use crate::page::output::OutputPath;

/// A host that is handed a folder.
pub struct Handover {
    folder: Folder,
    /// The folder that is kept.
    kept: PathBuf,
    /// The same files without our own notes, for as long as the program runs.
    handed: PathBuf,
    program: Program,
}

/// The program, and the site that it shows the folder as.
pub(super) enum Program {
    /// That of Netlify.
    Netlify { site: String },
    /// That of Cloudflare Pages.
    Wrangler { project: String, branch: String },
}

impl Handover {
    /// The host behind a program, with a folder of this machine for it.
    pub(super) fn new(program: Program, stage: &Path) -> Self {
        let kept = stage.join("kept");
        Self { folder: Folder::new(kept.clone()), kept, handed: stage.join("handed"), program }
    }

    /// Lays the files of a record into a folder of their own.
    fn lay_out(&self, record: &Record) -> Result<(), Trouble> {
        self.clear()?;
        for path in record.files.keys().chain(record.kept.keys()) {
            let (from, to) = (self.kept.join(path.as_str()), self.handed.join(path.as_str()));
            let folder = to.parent().unwrap_or(&self.handed);
            let link = || fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop));
            fs::create_dir_all(folder)
                .and_then(|()| link())
                .map_err(|error| Trouble::io("write", &to, &error))?;
        }
        Ok(())
    }

    fn clear(&self) -> Result<(), Trouble> {
        match fs::remove_dir_all(&self.handed) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Trouble::io("remove", &self.handed, &error))
            }
            _ => Ok(()),
        }
    }
}

impl Program {
    /// That of Netlify, for the site that the settings name.
    pub(super) fn netlify(settings: &PublishTarget) -> Self {
        Self::Netlify { site: settings.site.as_deref().unwrap_or_default().to_owned() }
    }

    /// That of Cloudflare Pages, for the project that the settings name.
    pub(super) fn wrangler(settings: &PublishTarget) -> Self {
        Self::Wrangler {
            project: settings.project.as_deref().unwrap_or_default().to_owned(),
            branch: settings.branch.as_deref().unwrap_or("main").to_owned(),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Netlify { .. } => "netlify",
            Self::Wrangler { .. } => "wrangler",
        }
    }

    /// The call that hands a folder over.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(self.name());
        // Elsewhere it would find settings of the project that are not about this folder.
        command.current_dir(folder.parent().unwrap_or(folder));
        match self {
            Self::Netlify { site } => {
                command.args(["deploy", "--prod", "--no-build", "--site", site, "--dir"]);
                command.arg(folder);
            }
            Self::Wrangler { project, branch } => {
                command.args(["pages", "deploy"]).arg(folder);
                command.args(["--project-name", project, "--branch", branch]);
                command.arg("--commit-dirty=true");
            }
        }
        command
    }
}

impl Target for Handover {
    fn name(&self) -> String {
        match &self.program {
            Program::Netlify { site } => format!("the Netlify site `{site}`"),
            Program::Wrangler { project, .. } => {
                format!("the Cloudflare Pages project `{project}`")
            }
        }
    }

    fn look(&self) -> Result<Found, Trouble> {
        let mut found = self.folder.look()?;
        // A folder that lost some of its files is no truth about anything.
        let parsed = found.record.as_ref().and_then(|note| Record::parse(&note.bytes));
        let is_whole = parsed.is_some_and(|record| {
            let mut paths = record.files.keys().chain(record.kept.keys());
            paths.all(|path| self.kept.join(path.as_str()).is_file())
        });
        if !is_whole && found.claim.is_none() && found.record.is_some() {
            fs::remove_dir_all(&self.kept)
                .map_err(|error| Trouble::io("remove", &self.kept, &error))?;
            found = Found::default();
        }
        Ok(found)
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        self.folder.standing(files)
    }

    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.folder.claim(claim, over)
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        self.folder.put(uploads, arrived)
    }

    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.lay_out(&plan.after)?;
        let ended = run(&mut self.program.command(&self.handed), b"")?;
        self.clear()?;
        if !ended.is_success() {
            let said = ended.said();
            let name = self.program.name();
            let nature = match ended.says(&["log in", "login", "unauthorized", "authenticat"]) {
                true => Nature::Usage,
                false => Nature::Lasting,
            };
            let message = format!("`{name}` did not publish: {said}");
            return Err(Trouble::new(nature, message).hint(format!(
                "run `{name} login` once, or set the token that it reads from the environment"
            )));
        }
        self.folder.commit(plan, record, over)
    }

    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        self.folder.remove(paths, removed)
    }

    fn release(&self, version: &str) -> Result<(), Trouble> {
        self.folder.release(version)
    }
}
