//! How a build takes memory: it starts itself anew, as the same process, with an allocator that is told.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::project::Project;

/// What the allocator of a running build was told, if anything.
fn told(given: Option<&str>) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    Project::small().put_below(folder.path());
    // With the lock in other hands it waits before it writes, and says so.
    let lock = File::create(folder.path().join(".public.sinew-lock")).expect("made");
    lock.lock().expect("nobody else has it");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
    command.args(["build", "--as-of", "2026-11-25", "--root"]).arg(folder.path());
    command.env_remove("GLIBC_TUNABLES").stdout(Stdio::null()).stderr(Stdio::piped());
    if let Some(given) = given {
        command.env("GLIBC_TUNABLES", given);
    }
    let mut build = command.spawn().expect("it starts");
    let said = BufReader::new(build.stderr.take().expect("it is piped"));
    let mut lines = said.lines().map(|line| line.expect("it is text"));
    assert!(lines.any(|line| line.starts_with("waiting for another build")), "it does not wait");
    let environment = fs::read(format!("/proc/{}/environ", build.id())).expect("it is ours");
    drop(lock);
    assert!(lines.last().is_some_and(|line| line.starts_with("built ")), "it built nothing");
    assert!(build.wait().expect("it ends").success());
    let variables = environment.split(|byte| *byte == 0).filter_map(|one| str::from_utf8(one).ok());
    let mut values = variables.filter_map(|one| one.strip_prefix("GLIBC_TUNABLES="));
    values.next().map(ToOwned::to_owned)
}

#[test]
fn the_allocator_is_told_to_take_large_pages() {
    let is_told = told(None).is_some_and(|told| told.contains("hugetlb=1"));
    assert_eq!(is_told, cfg!(target_env = "gnu"));
}

#[test]
fn whoever_tells_it_something_else_has_the_last_word() {
    for given in ["", "glibc.malloc.arena_max=2"] {
        assert_eq!(told(Some(given)).as_deref(), Some(given));
    }
}
