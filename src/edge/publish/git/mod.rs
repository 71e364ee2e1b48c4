//! A branch of a git repository as target: GitHub Pages, GitLab Pages, Codeberg. The system's own
//! `git` does it. One push is one publish, so nobody meets half of one, and the remote itself
//! refuses whoever has not seen the last.

mod project;
mod repository;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use super::plan::Plan;
use super::program::{Ended, not_started, run};
use super::record::{Files, RECORD_NAME};
use super::retry::{Patience, insist};
use super::target::{Arrived, Found, Note, Standing, Standings, Target, Upload};
use super::trouble::{Nature, Trouble};
use crate::model::publish::PublishTarget;
use crate::page::output::OutputPath;

use project::{committer, configuration, plain, resolved};

/// The branch where none is named.
const BRANCH: &str = "gh-pages";
/// The commit of the remote's branch, as it was seen.
const SEEN: &str = "refs/sinew/seen";
/// The commit that is to be pushed.
const NEXT: &str = "refs/sinew/next";

/// A branch of a repository elsewhere.
pub struct Git {
    project: PathBuf,
    /// A bare repository of our own, where commits are made.
    repository: PathBuf,
    remote: String,
    /// What the settings call it: an address may hold more than everybody should see.
    shown: String,
    branch: String,
    /// What the project's own repository says about how to reach others.
    configuration: Vec<(String, String)>,
    patience: Patience,
    import: Mutex<Option<Import>>,
}

/// A `git fast-import` that is being told what to commit.
struct Import {
    child: Child,
    marks: Vec<(OutputPath, usize)>,
}

impl Git {
    /// The branch that the settings of the project at `root` name. `repository` is where commits are
    /// made; it may be deleted at any time.
    ///
    /// # Errors
    /// Without git, or with a remote that the project does not know.
    pub fn new(
        settings: &PublishTarget,
        root: &Path,
        repository: PathBuf,
        patience: Patience,
    ) -> Result<Self, Trouble> {
        let shown = settings.remote.as_deref().unwrap_or_default().to_owned();
        let branch = settings.branch.as_deref().unwrap_or(BRANCH).to_owned();
        let git = Self {
            project: root.to_owned(),
            remote: resolved(root, &shown)?,
            repository,
            shown,
            branch,
            configuration: configuration(root)?,
            patience,
            import: Mutex::default(),
        };
        git.check_branch()?;
        Ok(git)
    }

    fn check_branch(&self) -> Result<(), Trouble> {
        let checked =
            run(plain(&self.project).args(["check-ref-format", "--branch", &self.branch]), b"")?;
        if checked.is_success() {
            return Ok(());
        }
        Err(Trouble::new(Nature::Usage, format!("`{}` is not the name of a branch", self.branch)))
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// `git` in the repository of our own.
    fn git(&self) -> Command {
        let mut command = plain(&self.project);
        command.arg("--git-dir").arg(&self.repository);
        let count = self.configuration.len();
        command.env("GIT_CONFIG_COUNT", count.to_string());
        // By the environment and not as arguments, which every user of the machine can read.
        for (index, (key, value)) in self.configuration.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{index}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{index}"), value);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<Ended, Trouble> {
        run(self.git().args(arguments), b"")
    }

    /// The first line of what `git` gives, or the trouble that it tells of.
    fn line(&self, arguments: &[&str]) -> Result<String, Trouble> {
        let ended = self.run(arguments)?;
        if !ended.is_success() {
            return Err(self.trouble(&ended));
        }
        let text = String::from_utf8_lossy(&ended.stdout).into_owned();
        Ok(text.lines().next().unwrap_or_default().trim().to_owned())
    }

    fn trouble(&self, ended: &Ended) -> Trouble {
        let message = format!("git and {}: {}", self.name(), ended.said());
        if ended.says(&["stale info", "[rejected]", "fetch first", "non-fast-forward"]) {
            let message = format!("somebody else changed {} meanwhile", self.name());
            return Trouble::new(Nature::Conflict, message).hint("publish again");
        }
        if ended.says(&["authentication failed", "permission denied", "could not read username"]) {
            return Trouble::new(Nature::Usage, message)
                .hint("`git push` to that remote has to work by itself: see its credentials");
        }
        if ended.says(&["host key verification failed", "host identification has changed"]) {
            return Trouble::new(Nature::Usage, message)
                .hint("connect once by hand, and see whether it is the right server");
        }
        if ended.says(&["does not appear to be a git repository", "not found"]) {
            return Trouble::new(Nature::Usage, message)
                .hint("see `remote` in `site.toml`: sinew makes no repositories");
        }
        if ended.says(&["could not resolve", "connection refused"]) {
            return Trouble::passing(message)
                .hint("see whether the address is right, and whether there is a network");
        }
        let passes = [
            "timed out",
            "connection",
            "hung up",
            "early eof",
            "returned error: 5",
            "rpc failed",
            "unable to access",
        ];
        let nature = if ended.says(&passes) { Nature::Passing } else { Nature::Lasting };
        Trouble::new(nature, message)
    }

    /// The commit at the tip of the remote's branch, if there is one.
    fn tip(&self) -> Result<Option<String>, Trouble> {
        let reference = self.reference();
        let line = insist(self.patience, || self.line(&["ls-remote", &self.remote, &reference]))?;
        Ok(line.split_whitespace().next().map(ToOwned::to_owned))
    }

    /// Fetches a commit, unless it is here already.
    fn fetch(&self, commit: &str) -> Result<(), Trouble> {
        let is_here = || {
            let tree = format!("{commit}^{{tree}}");
            self.run(&["cat-file", "-e", &tree]).is_ok_and(|ended| ended.is_success())
        };
        if is_here() {
            return self.line(&["update-ref", SEEN, commit]).map(drop);
        }
        let refspec = format!("+{}:{SEEN}", self.reference());
        let arguments = ["fetch", "--quiet", "--no-tags", "--depth=1", &self.remote, &refspec];
        insist(self.patience, || self.line(&arguments)).map(drop)
    }

    /// Fetches what stands at the remote.
    fn see(&self) -> Result<Found, Trouble> {
        let made = self.run(&["init", "--quiet", "--bare"])?;
        if !made.is_success() {
            return Err(self.trouble(&made));
        }
        let Some(tip) = self.tip()? else {
            // What was seen of a branch that is gone is not there either.
            return self.line(&["update-ref", "-d", SEEN]).map(|_| Found::default());
        };
        self.fetch(&tip)?;
        let record = self.run(&["cat-file", "blob", &format!("{tip}:{RECORD_NAME}")])?;
        // A branch without a record is somebody else's, and may not be written over unseen either.
        let bytes =
            if record.is_success() { record.stdout } else { super::Record::default().to_bytes() };
        Ok(Found { record: Some(Note { bytes, version: tip }), claim: None })
    }

    /// The names of all files of the branch that was seen.
    fn names(&self) -> Result<BTreeSet<String>, Trouble> {
        let ended = self.run(&["ls-tree", "-r", "-z", "--name-only", SEEN])?;
        let text = String::from_utf8_lossy(&ended.stdout).into_owned();
        // Without a branch there is nothing.
        let names = if ended.is_success() { text } else { String::new() };
        Ok(names.split('\0').map(ToOwned::to_owned).collect())
    }

    fn begin(&self) -> Result<Import, Trouble> {
        let mut command = self.git();
        command.args(["fast-import", "--quiet", "--done", "--force", "--date-format=raw"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().map_err(|error| not_started("git", &error))?;
        Ok(Import { child, marks: Vec::new() })
    }

    /// Makes the commit, and gives its name.
    fn make_commit(
        &self,
        plan: &Plan,
        record: &[u8],
        over: Option<&str>,
    ) -> Result<String, Trouble> {
        let mut import = match self.import.lock().expect("no writer panics").take() {
            Some(import) => import,
            None => self.begin()?,
        };
        let build = plan.after.build().short(12);
        let message = format!("publish {build}\n");
        let seconds = jiff::Timestamp::now().as_second();
        let mut text =
            format!("commit {NEXT}\ncommitter {} {seconds} +0000\n", committer(&self.project));
        text.push_str(&format!("data {}\n{message}\n", message.len()));
        if let Some(over) = over {
            text.push_str(&format!("from {over}\n"));
        }
        for path in &plan.removals {
            text.push_str(&format!("D {}\n", quoted(path.as_str())));
        }
        for (path, mark) in &import.marks {
            text.push_str(&format!("M 100644 :{mark} {}\n", quoted(path.as_str())));
        }
        text.push_str(&format!("M 100644 inline {RECORD_NAME}\ndata {}\n", record.len()));
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(record);
        bytes.extend_from_slice(b"\ndone\n");
        import.write(&bytes)?;
        drop(import.child.stdin.take());
        let status = import.child.wait().map_err(|error| not_started("git", &error))?;
        if !status.success() {
            // The next publish makes a new one.
            repository::discard(&self.repository)?;
            return Err(Trouble::lasting("git cannot make the commit").hint("publish again"));
        }
        self.line(&["rev-parse", NEXT])
    }
}

impl Import {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let written = self.child.stdin.as_mut().map(|stdin| stdin.write_all(bytes));
        match written {
            Some(Ok(())) => Ok(()),
            _ => Err(Trouble::lasting("git does not take the files: the disk may be full")),
        }
    }

    fn add(&mut self, path: &OutputPath, bytes: &[u8]) -> Result<(), Trouble> {
        let mark = self.marks.len() + 1;
        self.write(format!("blob\nmark :{mark}\ndata {}\n", bytes.len()).as_bytes())?;
        self.write(bytes)?;
        self.write(b"\n")?;
        self.marks.push((path.clone(), mark));
        Ok(())
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        // Without its last word nothing was committed.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Target for Git {
    fn name(&self) -> String {
        format!("the branch `{}` of `{}`", self.branch, self.shown)
    }

    fn look(&self) -> Result<Found, Trouble> {
        if repository::is_broken(&self.repository) {
            repository::discard(&self.repository)?;
        }
        match self.see() {
            // It may be broken in other ways, and a new one is not.
            Err(trouble) if trouble.nature == Nature::Lasting => {
                repository::discard(&self.repository)?;
                self.see()
            }
            seen => seen,
        }
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        let names = self.names()?;
        let standing = files.keys().filter_map(|path| {
            let there = in_the_place_of(path, &names);
            (!there.is_empty()).then(|| (path.clone(), Standing::Other(there)))
        });
        Ok(standing.collect())
    }

    fn claim(&self, _: &[u8], _: Option<&str>) -> Result<String, Trouble> {
        // The push is all or nothing.
        Ok(String::new())
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        let mut import = self.import.lock().expect("no writer panics");
        for upload in uploads {
            let bytes = upload.bytes()?;
            let import = match &mut *import {
                Some(import) => import,
                empty => empty.insert(self.begin()?),
            };
            import.add(upload.path, &bytes)?;
            arrived(upload.path);
        }
        Ok(())
    }

    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        let commit = self.make_commit(plan, record, over)?;
        let reference = self.reference();
        let lease = format!("--force-with-lease={reference}:{}", over.unwrap_or_default());
        let refspec = format!("{NEXT}:{reference}");
        let arguments = ["push", "--quiet", &lease, &self.remote, &refspec];
        match insist(self.patience, || self.line(&arguments)) {
            // A push that arrived, and whose answer did not.
            Err(trouble) if self.tip().ok().flatten() != Some(commit) => Err(trouble),
            _ => Ok(()),
        }
    }

    fn remove(&self, _: &[OutputPath], _: Arrived<'_>) -> Result<(), Trouble> {
        Ok(())
    }

    fn release(&self, _: &str) -> Result<(), Trouble> {
        Ok(())
    }
}

/// What a file would take the place of. `git fast-import` replaces a file by a folder, and a folder
/// with all files in it by a file, without a word.
fn in_the_place_of(path: &OutputPath, names: &BTreeSet<String>) -> Vec<String> {
    let itself_and_folders = std::iter::once(path.as_str()).chain(path.folders());
    let above = itself_and_folders.filter(|name| names.contains(*name)).map(ToOwned::to_owned);
    let inside = format!("{path}/");
    let below = names.range(inside.clone()..).take_while(|name| name.starts_with(&inside));
    above.chain(below.cloned()).collect()
}

/// A path as `git fast-import` reads it. Paths hold no backslashes and no control characters.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('"', "\\\""))
}
