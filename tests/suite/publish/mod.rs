//! `sinew publish` as it is run: to folders, to git remotes, to a storage of our own.

mod addresses;
mod calls;
mod external;
mod faults;
mod faulty;
mod folder;
mod git;
mod handover;
mod pipelines;
mod secrets;
pub(crate) mod servers;
mod sshd;
mod storage;
mod storage_server;
mod storages;
mod strangers;
mod web_servers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::project::{Project, files_below};

/// The small project in a folder of its own, with room beside it.
pub(super) struct Studio {
    folder: tempfile::TempDir,
}

impl Studio {
    /// The project, with further settings.
    pub(super) fn new(settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let studio = Self { folder };
        Project::small().put_below(&studio.root());
        let path = studio.root().join("site.toml");
        let before = fs::read_to_string(&path).expect("readable");
        fs::write(path, format!("{before}\n{settings}")).expect("written");
        studio
    }

    pub(super) fn root(&self) -> PathBuf {
        self.beside("kb")
    }

    /// A path outside of the project.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `sinew` in the project, in a plain environment.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
        command.args(arguments).arg("--root").arg(self.root());
        command.current_dir(self.folder.path()).stdin(std::process::Stdio::null());
        command.env("SOURCE_DATE_EPOCH", "1795392000").env("HOME", self.folder.path());
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            command.env_remove(name);
        }
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// Runs what has to work, and gives what it said.
    #[track_caller]
    pub(super) fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    /// Runs what has to fail with a status, and gives what it said.
    #[track_caller]
    pub(super) fn refused(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    /// Adds a sentence to the page of a muscle.
    pub(super) fn edit(&self) {
        let path = self.root().join("content/muscles/infraspinatus.md");
        let text = fs::read_to_string(&path).expect("readable");
        fs::write(path, format!("{text}\nOne more sentence.\n")).expect("written");
    }

    /// Gives the site another style sheet, so that all its pages change, with another page.
    pub(super) fn redesign(&self) {
        let css = self.root().join("themes/ours/css");
        let settings = self.root().join("site.toml");
        if !css.exists() {
            fs::create_dir_all(&css).expect("made");
            let text = fs::read_to_string(&settings).expect("readable");
            fs::write(settings, format!("theme = \"ours\"\n{text}")).expect("written");
        }
        let sheet = css.join("90-ours.css");
        let before = fs::read_to_string(&sheet).unwrap_or_default();
        fs::write(sheet, format!("{before}p {{ order: {} }}\n", before.len())).expect("written");
        self.edit();
    }

    /// Whether a folder holds the built site, file by file.
    #[track_caller]
    pub(super) fn expect_site(&self, at: &Path, others: &[&str]) {
        let mut site = files_below(&self.root().join("public"));
        let mut there = files_below(at);
        site.remove(".sinew-manifest");
        for name in others {
            assert!(there.remove(*name).is_some(), "no {name} at the target");
        }
        let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
            files.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(names(&there), names(&site));
        assert!(there == site, "files differ");
    }
}

/// All that a command said.
pub(super) fn said(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    both.concat()
}

/// Ends the reader, however the rest ends.
struct End<'a>(&'a std::sync::atomic::AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

/// Reads all pages in a folder, again and again, while something happens, and gives what they lacked.
pub(super) fn while_read(folder: &Path, act: impl FnOnce()) -> Vec<String> {
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut missed, mut pages) = (Vec::new(), 0);
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                // Files come and go meanwhile.
                for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
                    let is_page = entry.path().extension().is_some_and(|name| name == "html");
                    let page = || fs::read_to_string(entry.path()).unwrap_or_default();
                    let text = if is_page { page() } else { continue };
                    pages += 1;
                    let is_lost = |asset: &&str| !folder.join(asset).exists();
                    let lost: Vec<&str> = assets(&text).filter(is_lost).collect();
                    // Whoever took a break in between may have an old page, and its assets are gone.
                    if !lost.is_empty() && page() == text {
                        missed.push(format!("{:?}: {lost:?}", entry.path()));
                    }
                }
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            assert!(pages > 0, "the reader read nothing");
            missed
        });
        let end = End(&is_over);
        act();
        drop(end);
        reader.join().expect("the reader does not panic")
    })
}

/// What pages among some files load, and what is not among these.
pub(super) fn missing_assets(files: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut missing = Vec::new();
    for (path, bytes) in pages {
        let text = String::from_utf8_lossy(bytes);
        let lost = assets(&text).filter(|asset| !files.contains_key(*asset));
        missing.extend(lost.map(|asset| format!("{path}: {asset}")));
    }
    missing
}

/// The assets that a page loads from its own site, by their names at the target.
pub(super) fn assets(page: &str) -> impl Iterator<Item = &str> {
    page.split(['"', '\'', ' ']).filter_map(|word| {
        let at = word.find("/assets/")?;
        Some(word[at + 1..].split(['#', '?']).next().unwrap_or_default())
    })
}
