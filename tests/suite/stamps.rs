//! What builds remember of how files looked.

use std::fs;
use std::process::Command;

use crate::project::Project;

#[test]
fn what_a_build_saw_of_files_is_kept_where_there_is_nothing_to_build() {
    let folder = tempfile::tempdir().expect("a folder");
    Project::small().put_below(folder.path());
    // Files as young as these are read again by the next build, which then knows them to be older.
    let remembered = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
        command.args(["build", "--quiet", "--as-of", "2026-11-25", "--root"]).arg(folder.path());
        assert!(command.status().expect("it runs").success());
        fs::read(folder.path().join(".sinew/cache/files")).expect("it is kept")
    };
    assert!(remembered() != remembered());
}
