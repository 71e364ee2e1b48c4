//! What this machine remembers of a target, in `.sinew/published/<name>/`: the files of the last
//! two builds, for `--rollback`, and what has arrived of one that did not get to its end.
//! It may be deleted at any time; then there is nothing to go back to, and more travels again.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::record::{Files, Held, Record};
use super::site::{LocalSite, base_of_packed};
use super::trouble::Trouble;
use crate::edge::disk;
use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// The build that is published.
const CURRENT: &str = "current";
/// The build before it.
const BEFORE: &str = "before";
/// What has arrived.
const JOURNAL: &str = "journal";

/// The memory of one target.
#[derive(Debug, Clone)]
pub struct Local {
    folder: PathBuf,
    site: PathBuf,
}

impl Local {
    /// The memory of the target `name` of the project at `root`.
    pub fn of(root: &Path, name: &str) -> Self {
        // Any name can stand in the settings, and not every one on a disk.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let folder = match !name.is_empty() && name.len() < 100 && name.chars().all(is_plain) {
            true => name.to_owned(),
            false => format!("_{}", Fingerprint::of(name.as_bytes())),
        };
        let ours = root.join(".sinew");
        Self { folder: ours.join("published").join(&folder), site: ours.join("site").join(folder) }
    }

    /// Where its site is built, if it has an address of its own.
    pub fn site(&self) -> PathBuf {
        self.site.clone()
    }

    /// Where `git` makes its commits.
    pub(super) fn repository(&self) -> PathBuf {
        self.folder.join("git")
    }

    /// Where files lie that a program takes from there.
    pub(super) fn stage(&self) -> PathBuf {
        self.folder.join("stage")
    }

    /// Makes the folder.
    pub(super) fn make(&self) -> Result<(), Trouble> {
        let files = self.folder.join("files");
        fs::create_dir_all(&files).map_err(|error| Trouble::io("make", &files, &error))
    }

    /// The lock that keeps two publishers of this project apart.
    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// The number of this project on this machine.
    pub(super) fn publisher(&self) -> Result<String, Trouble> {
        let path = self.folder.join("publisher");
        if let Ok(number) = fs::read_to_string(&path)
            && Fingerprint::parse(&number).is_some()
        {
            return Ok(number);
        }
        let number = random();
        replace(&path, number.as_bytes())?;
        Ok(number)
    }

    fn record(&self, name: &str) -> Option<Record> {
        Record::parse(&fs::read(self.folder.join(name)).ok()?)
    }

    /// What this machine published last.
    pub(super) fn current(&self) -> Option<Record> {
        self.record(CURRENT)
    }

    /// The site of the build before the one that is published, if it is known here.
    pub(super) fn before(&self, published: &Record) -> Result<LocalSite, Trouble> {
        let current = self.record(CURRENT).filter(|current| current.build() == published.build());
        let before = self.record(BEFORE).filter(|_| current.is_some());
        let before = before.ok_or_else(|| {
            Trouble::lasting("the build before the published one is not kept on this machine")
                .hint("go back to its sources, and publish those")
        })?;
        Ok(LocalSite::kept(&before.files, &self.folder.join("files")))
    }

    /// Keeps the files of a build that was published, and those of the one before.
    pub(super) fn keep(&self, site: &LocalSite, published: &Record, last: &Record) {
        // Whoever cannot keep it cannot go back to it; the site is published all the same.
        let _ = self.try_keep(site, published, last);
    }

    fn try_keep(&self, site: &LocalSite, published: &Record, last: &Record) -> Option<()> {
        let current = self.record(CURRENT).filter(|current| current.build() == last.build());
        if published.build() != last.build() {
            match &current {
                Some(current) => replace(&self.folder.join(BEFORE), &current.to_bytes()).ok()?,
                None => drop(fs::remove_file(self.folder.join(BEFORE))),
            }
        }
        let files: Vec<_> = published.files.iter().collect();
        files.par_iter().for_each(|(path, held)| self.keep_file(site, path, held));
        replace(&self.folder.join(CURRENT), &published.to_bytes()).ok()?;
        self.forget_others()
    }

    fn keep_file(&self, site: &LocalSite, path: &OutputPath, held: &Held) {
        let to = self.folder.join("files").join(held.hash.to_string());
        if to.exists() || base_of_packed(site.files(), path).is_some() {
            return;
        }
        // A build replaces files and never writes into them, so a second name costs nothing.
        let is_linked = site.on_disk(path).is_some_and(|from| fs::hard_link(from, &to).is_ok());
        if !is_linked && let Ok(bytes) = site.bytes(path) {
            let _ = replace(&to, &bytes);
        }
    }

    /// Removes the files of neither build.
    fn forget_others(&self) -> Option<()> {
        let records = [self.record(CURRENT), self.record(BEFORE)];
        let known: std::collections::BTreeSet<String> = records
            .iter()
            .flatten()
            .flat_map(|record| record.files.values().map(|held| held.hash.to_string()))
            .collect();
        for entry in fs::read_dir(self.folder.join("files")).ok()?.flatten() {
            if !entry.file_name().to_str().is_some_and(|name| known.contains(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Some(())
    }

    /// What has arrived of the publish `run`.
    pub(super) fn arrived(&self, run: &str) -> Files {
        let text = fs::read_to_string(self.folder.join(JOURNAL)).unwrap_or_default();
        let mut lines = text.split_inclusive('\n');
        if lines.next().map(str::trim_end) != Some(run) {
            return Files::new();
        }
        // A kill may have cut the last line.
        let whole = lines.filter_map(|line| line.strip_suffix('\n'));
        whole.filter_map(journal_line).collect()
    }

    /// Begins to write down what arrives. `arrived` is known of an earlier attempt.
    pub(super) fn journal(&self, run: &str, arrived: &Files) -> Result<Journal, Trouble> {
        let path = self.folder.join(JOURNAL);
        let mut text = format!("{run}\n");
        for (path, held) in arrived {
            text.push_str(&format!("{} {} {path}\n", held.hash, held.size));
        }
        replace(&path, text.as_bytes())?;
        let file = OpenOptions::new().append(true).open(&path);
        let file = file.map_err(|error| Trouble::io("write", &path, &error))?;
        Ok(Journal { file: Mutex::new(file) })
    }

    /// Forgets what has arrived: all has.
    pub(super) fn close_journal(&self) {
        let _ = fs::remove_file(self.folder.join(JOURNAL));
    }
}

fn journal_line(line: &str) -> Option<(OutputPath, Held)> {
    let mut parts = line.splitn(3, ' ');
    let hash = Fingerprint::parse(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    Some((OutputPath::new(parts.next()?)?, Held { hash, size }))
}

/// Writes down what has arrived.
pub(super) struct Journal {
    file: Mutex<File>,
}

impl Journal {
    pub(super) fn note(&self, path: &OutputPath, held: &Held) {
        let line = format!("{} {} {path}\n", held.hash, held.size);
        // What is not written down travels once more.
        let _ = self.file.lock().map(|mut file| file.write_all(line.as_bytes()));
    }
}

/// A number that nobody else has.
pub(super) fn random() -> String {
    let mut bytes = [0; 16];
    let _ = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty());
    let mut seed = crate::source::Fingerprinter::new();
    seed.add(&bytes).add_value(&std::process::id()).add_value(&std::time::SystemTime::now());
    seed.finish().to_string()
}

/// Writes a file whole or not at all.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    disk::replace(path, bytes).map_err(|error| Trouble::io("write", path, &error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_targets_share_a_folder() {
        let names = ["live", "a.b", "a_b", "a/b", "a\\b", "", "..", "ä"];
        let of = |name| Local::of(Path::new("/kb"), name);
        let sites: BTreeSet<PathBuf> = names.into_iter().map(|name| of(name).site()).collect();
        assert_eq!(sites.len(), names.len(), "{sites:?}");
        assert!(sites.iter().all(|site| site.parent() == Some(Path::new("/kb/.sinew/site"))));
        assert_eq!(of("live").site(), Path::new("/kb/.sinew/site/live"));
    }
}
