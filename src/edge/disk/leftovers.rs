//! Removes what commands that were killed while they changed sources have left beside those: hidden
//! copies of files that are as they were, or as they were to be.

use std::fs;
use std::path::Path;

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use walkdir::{DirEntry, WalkDir};

use super::attempt::insist;

/// Removes them from a project, as far as it can: they do no harm.
pub(super) fn sweep(root: &Path) {
    let settings = WalkDir::new(root).max_depth(1);
    let content = WalkDir::new(root.join("content"));
    for entry in settings.into_iter().chain(content).flatten().filter(is_left) {
        let _ = insist(|| fs::remove_file(entry.path()));
    }
}

/// Whether a file is one that a process has put there which is no more.
fn is_left(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let number = name.strip_prefix('.').and_then(|name| {
        let (_, what) = name.rsplit_once(".sinew-")?;
        what.strip_prefix("new-").or_else(|| what.strip_prefix("old-"))?.parse().ok()
    });
    entry.file_type().is_file() && number.is_some_and(is_dead)
}

/// Whether no process has a number. Ours has put nothing there yet: in a container every command is
/// process 1.
fn is_dead(number: u32) -> bool {
    let process = i32::try_from(number).ok().and_then(Pid::from_raw);
    let is_gone = |process| test_kill_process(process) == Err(Errno::SRCH);
    number == std::process::id() || process.is_none_or(is_gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_processes_that_are_no_more_have_left_goes_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("content/muscles")).expect("it can be made");
        // No process has a number above 2^22.
        let (dead, alive) = (4_194_305, std::os::unix::process::parent_id());
        let left = [
            format!(".site.toml.sinew-old-{dead}"),
            format!("content/muscles/.a.yaml.sinew-new-{dead}"),
            format!("content/muscles/.a.yaml.sinew-old-{}", std::process::id()),
        ];
        let kept = [
            "site.toml".to_owned(),
            format!("content/muscles/.a.yaml.sinew-new-{alive}"),
            format!("content/muscles/.a.yaml.sinew-kept-{dead}"),
            format!("content/muscles/.a.yaml.sinew-old-{dead}.md"),
            format!("content/muscles/a.yaml.sinew-old-{dead}"),
            "content/muscles/.a.yaml.sinew-old-".to_owned(),
        ];
        for name in left.iter().chain(&kept) {
            fs::write(path(name), "x").expect("it can be written");
        }
        sweep(folder.path());
        assert!(left.iter().all(|name| !path(name).exists()));
        assert!(kept.iter().all(|name| path(name).exists()));
    }
}
