//! A build whose disk fails, or that is killed, at one call after the other: the site is the old
//! one or the new one, byte for byte, and the next build needs no help.
//!
//! `FAULTS=all` tries every call, and takes minutes; otherwise a few of each are tried.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::project::{Project, files_below};
use crate::publish::servers::{has, left_out};

/// The calls of a build that reach the disk, and what may come of each. `close` is not among them:
/// where a folder cannot be closed, the standard library itself panics.
const CALLS: [(&str, &[&str]); 9] = [
    ("openat", &["error=ENOSPC", "error=EIO", "signal=KILL"]),
    ("read", &["error=EIO"]),
    ("write", &["error=ENOSPC", "error=EIO", "signal=KILL"]),
    ("statx,newfstatat,fstat", &["error=EIO"]),
    ("getdents64", &["error=EIO"]),
    ("mkdir,mkdirat", &["error=ENOSPC", "signal=KILL"]),
    ("rename,renameat2", &["error=EIO", "error=EXDEV", "error=EINVAL", "signal=KILL"]),
    ("link,linkat", &["error=EIO", "error=ENOSPC", "signal=KILL"]),
    ("unlink,unlinkat,rmdir", &["error=EIO", "signal=KILL"]),
];

/// How many calls of a sort are tried, unless all are.
const TRIED: usize = 6;

/// A project that has two versions of itself, each with its site.
struct Studio {
    _folder: tempfile::TempDir,
    root: PathBuf,
    /// The file that differs between versions.
    differs: &'static str,
    /// The text of that file in each version, and the site that is made of it.
    versions: [(String, BTreeMap<String, Vec<u8>>); 2],
    /// The version of the site that stands there.
    now: usize,
}

impl Studio {
    /// Versions of which every page differs.
    fn new() -> Self {
        Self::differing("site.toml", "Small Studio", "Other Studio")
    }

    /// Versions of which a few pages differ, so that each is made out of the one before the last.
    fn of_few_changes() -> Self {
        let studio = Self::differing("content/articles/sleep.md", "the neck", "the back");
        assert!(studio.root.join(".sinew/spare").exists(), "too many pages differ");
        studio
    }

    fn differing(differs: &'static str, one: &str, other: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("kb");
        Project::small().put_below(&root);
        let text = fs::read_to_string(root.join(differs)).expect("it is there");
        let changed = text.replace(one, other);
        assert_ne!(text, changed, "the versions are the same");
        let versions = [changed, text].map(|text| (text, BTreeMap::new()));
        let mut studio = Self { _folder: folder, root, differs, versions, now: 1 };
        for version in 0..2 {
            studio.choose(version);
            studio.expect_success(&studio.sinew().output().expect("it starts"));
            studio.versions[version].1 = studio.site();
        }
        studio
    }

    fn choose(&self, version: usize) {
        fs::write(self.root.join(self.differs), &self.versions[version].0).expect("written");
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.root.join("public"))
    }

    fn sinew(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
        self.arguments(&mut command);
        command
    }

    fn arguments(&self, command: &mut Command) {
        // Calls are counted by thread: with one that works, they come in one order. Those of a start are the
        // system's, and once is enough.
        command.args(["build", "--as-of", "2026-11-25", "--root"]).arg(&self.root);
        command.env("RAYON_NUM_THREADS", "1").env("GLIBC_TUNABLES", "");
    }

    /// A build in which one call fails; `None` if there is no such call.
    fn with_fault(&self, calls: &str, fault: &str, call: usize) -> Option<Output> {
        let log = self.root.with_file_name("calls");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e"]).arg(format!("trace={calls}"));
        strace.arg("-e").arg(format!("inject={calls}:{fault}:when={call}")).arg("-o").arg(&log);
        self.arguments(strace.arg(env!("CARGO_BIN_EXE_sinew")));
        let output = strace.output().expect("strace starts");
        let calls = fs::read_to_string(&log).unwrap_or_default();
        (calls.contains("INJECTED") || calls.contains("killed by SIGKILL")).then_some(output)
    }

    /// How often the most active thread of a build makes a call of a sort.
    fn count(&self, calls: &str) -> usize {
        let log = self.root.with_file_name("calls");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e"]).arg(format!("trace={calls}")).arg("-o").arg(&log);
        self.arguments(strace.arg(env!("CARGO_BIN_EXE_sinew")));
        self.expect_success(&strace.output().expect("strace starts"));
        let mut by_thread: BTreeMap<String, usize> = BTreeMap::new();
        for line in fs::read_to_string(&log).expect("there is a log").lines() {
            let thread = line.split(' ').next().unwrap_or_default();
            *by_thread.entry(thread.to_owned()).or_default() += 1;
        }
        by_thread.into_values().max().unwrap_or_default()
    }

    fn expect_success(&self, output: &Output) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Lets one call fail while the next version is built, then builds it undisturbed.
    fn try_fault(&mut self, calls: &str, fault: &str, call: usize) {
        let name = format!("{calls}:{fault}:when={call}");
        let next = 1 - self.now;
        self.choose(next);
        let output = self.with_fault(calls, fault, call);
        let site = self.site();
        let (old, new) = (&self.versions[self.now].1, &self.versions[next].1);
        let is_whole = site == *old || site == *new;
        assert!(is_whole, "{name}: the site is neither the old nor the new one: {output:?}");
        if let Some(output) = output {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!said.contains("panicked"), "{name}: {said}");
            let is_killed = output.status.signal().is_some() || output.status.code() == Some(137);
            let is_honest = is_killed || !output.status.success() || site == *new;
            assert!(is_honest, "{name}: it says that it succeeded: {said}");
            // What cannot be written cannot be told.
            let is_told = is_killed || output.status.success() || !said.trim().is_empty();
            assert!(is_told || calls == "write", "{name}: it failed without a word");
        }
        let output = self.sinew().output().expect("it starts");
        assert!(
            output.status.success(),
            "{name}, then {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(self.site() == *new, "{name}: the next build did not heal it");
        let left = fs::read_dir(&self.root).expect("a folder").flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        let is_staging = |name: &&std::ffi::OsString| {
            name.to_string_lossy().starts_with(".public.sinew-")
                && !name.to_string_lossy().ends_with("lock")
        };
        assert_eq!(left.iter().find(is_staging), None, "{name}: a staging folder stays");
        self.now = next;
    }
}

/// Whether calls of programs can be made to fail here; where not, says that the test is left out.
pub(crate) fn can_trace() -> bool {
    if !has("strace") {
        return false;
    }
    let mut strace = Command::new("strace");
    let status = strace.args(["-f", "-qq", "-o", "/dev/null", "true"]).status();
    let can_trace = status.is_ok_and(|status| status.success());
    if !can_trace {
        left_out("strace may not look into other programs here");
    }
    can_trace
}

fn try_all(of: std::ops::Range<usize>, studio: fn() -> Studio) {
    if !can_trace() {
        return;
    }
    let tried = match std::env::var("FAULTS").as_deref() {
        Ok("all") => usize::MAX,
        _ => TRIED,
    };
    let mut studio = studio();
    for (calls, faults) in &CALLS[of] {
        studio.choose(1 - studio.now);
        let count = studio.count(calls);
        studio.now = 1 - studio.now;
        for (turn, fault) in faults.iter().enumerate() {
            let step = (count / tried).max(1);
            // Each fault meets other calls.
            for call in (1 + turn % step..=count).step_by(step) {
                studio.try_fault(calls, fault, call);
            }
        }
    }
}

#[test]
fn what_an_older_build_kept_does_no_harm() {
    let studio = Studio::new();
    let cache = studio.root.join(".sinew/cache");
    let build = |version: usize| {
        studio.choose(version);
        studio.expect_success(&studio.sinew().output().expect("it starts"));
    };
    build(0);
    // Each memo by itself is the older one, as if the build had been killed before it kept that.
    for (memo, _) in files_below(&cache).iter().filter(|(name, _)| !name.contains('/')) {
        let older = fs::read(cache.join(memo)).expect("it is there");
        build(1);
        fs::write(cache.join(memo), older).expect("written");
        build(0);
        assert!(studio.site() == studio.versions[0].1, "{memo} of the build before");
    }
}

#[test]
fn a_build_that_cannot_open_or_read_leaves_the_old_site_or_the_new_one() {
    try_all(0..2, Studio::new);
}

#[test]
fn a_build_that_cannot_write_or_look_leaves_the_old_site_or_the_new_one() {
    try_all(2..5, Studio::new);
}

#[test]
fn a_build_that_cannot_make_folders_or_rename_leaves_the_old_site_or_the_new_one() {
    try_all(5..7, Studio::new);
}

#[test]
fn a_build_that_cannot_link_or_remove_leaves_the_old_site_or_the_new_one() {
    try_all(7..9, Studio::new);
}

#[test]
fn a_build_that_cannot_open_read_or_write_what_it_makes_out_of_a_spare_leaves_the_old_site_or_the_new_one()
 {
    try_all(0..4, Studio::of_few_changes);
}

#[test]
fn a_build_that_cannot_make_a_site_out_of_a_spare_leaves_the_old_site_or_the_new_one() {
    try_all(4..9, Studio::of_few_changes);
}
