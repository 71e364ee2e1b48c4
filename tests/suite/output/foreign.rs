//! What a build keeps and what it refuses: files of somebody else, links, folders that it may not
//! or cannot write to.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use sinew::edge::machine::MachineErrorKind;

use super::{Project, identity};

#[test]
fn a_file_that_somebody_edited_in_the_output_is_made_again() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b.html", "B")]);
    fs::write(project.at("a.html"), "X").expect("written");
    assert_eq!(project.write_well(&[("a.html", "A"), ("b.html", "B")]).made, 1);
    project.expect_tree(&[("a.html", "A"), ("b.html", "B")]);
}

#[test]
fn foreign_files_are_kept() {
    let mut project = Project::new();
    project.put(".git/objects/ab/cd", "object");
    project.put("CNAME", "example.org");
    project.put("a/notes.txt", "mine");
    symlink("CNAME", project.at("link")).expect("made");
    fs::create_dir(project.at("empty")).expect("made");
    fs::set_permissions(project.at(".git"), fs::Permissions::from_mode(0o710)).expect("set");
    let git = identity(&project.at(".git/objects/ab/cd"));
    let foreign = [
        (".git/objects/ab/cd", "object"),
        ("CNAME", "example.org"),
        ("a/notes.txt", "mine"),
        ("link", "-> CNAME"),
    ];
    project.write_well(&[("a/index.html", "A"), ("b/index.html", "B")]);
    let expected = [&foreign[..], &[("a/index.html", "A"), ("b/index.html", "B")]].concat();
    project.expect_tree(&expected);
    project.write_well(&[("c.html", "C")]);
    project.expect_tree(&[&foreign[..], &[("c.html", "C")]].concat());
    assert_eq!(identity(&project.at(".git/objects/ab/cd")), git);
    let mode = fs::metadata(project.at(".git")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o710);
    assert!(project.at("empty").is_dir(), "an empty folder of somebody else's stays");
    assert!(!project.at("b").exists(), "an empty folder of ours goes");
    project.expect_tidy();
}

#[test]
fn a_foreign_file_in_the_way_is_refused_by_name() {
    let mut project = Project::new();
    project.put("a/index.html", "mine");
    let error = project.write(&[("a/index.html", "A"), ("b.html", "B")]).expect_err("refused");
    assert_eq!(error.kind, MachineErrorKind::Usage);
    assert!(error.message.ends_with("a file that sinew did not write: `a/index.html`"), "{error}");
    project.expect_tree(&[("a/index.html", "mine")]);
    project.expect_tidy();
}

#[test]
fn a_foreign_file_with_the_bytes_of_the_page_becomes_ours() {
    let mut project = Project::new();
    project.put("a.html", "A");
    assert_eq!(project.write_well(&[("a.html", "A")]).kept, 1);
    project.write_well(&[("a.html", "2")]);
    project.expect_tree(&[("a.html", "2")]);
}

#[test]
fn nothing_is_written_through_a_link_in_the_output() {
    let mut project = Project::new();
    project.write_well(&[("a/index.html", "A"), ("b.html", "B")]);
    let elsewhere = project.folder.path().join("content");
    fs::remove_dir_all(project.at("a")).expect("removed");
    symlink(&elsewhere, project.at("a")).expect("made");
    for files in [
        &[("a/index.html", "A"), ("b.html", "B")][..],
        &[("a/index.html", "2"), ("b.html", "2")][..],
    ] {
        let error = project.write(files).expect_err("refused");
        assert!(error.message.ends_with(": `a`"), "{error}");
        assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
    }
}

#[test]
fn stale_files_behind_a_link_are_not_deleted() {
    let mut project = Project::new();
    project.write_well(&[("a/index.html", "A"), ("b.html", "B")]);
    let elsewhere = project.folder.path().join("content");
    fs::rename(project.at("a/index.html"), elsewhere.join("index.html")).expect("moved");
    fs::remove_dir(project.at("a")).expect("removed");
    symlink(&elsewhere, project.at("a")).expect("made");
    assert_eq!(project.write_well(&[("b.html", "B")]).removed, 0);
    assert!(elsewhere.join("index.html").exists());
    assert!(project.at("a").is_symlink());
}

#[test]
fn two_builds_at_once_the_second_is_locked_out() {
    let mut project = Project::new();
    let lock = fs::File::create(project.folder.path().join(".public.sinew-lock")).expect("made");
    lock.lock().expect("locked");
    let error = project.write(&[("a.html", "A")]).expect_err("locked");
    assert_eq!((error.kind, error.kind.status()), (MachineErrorKind::Locked, 4));
    drop(lock);
    project.write_well(&[("a.html", "A")]);
    project.expect_tidy();
}

#[test]
fn what_a_killed_build_left_is_swept_away_and_nothing_else() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A")]);
    let beside = |name: &str| project.folder.path().join(name);
    for name in [".public.sinew-1234", ".public.sinew-99-1"] {
        fs::create_dir_all(beside(name).join("deep")).expect("made");
        fs::write(beside(name).join("deep/x"), "half").expect("written");
    }
    fs::create_dir(beside(".public.sinew-notes")).expect("made");
    fs::create_dir(beside(".public2.sinew-1234")).expect("made");
    fs::create_dir(project.at(".sinew-incoming-7")).expect("made");
    project.expect_tree(&[("a.html", "A")]);
    project.write_well(&[("a.html", "A")]);
    assert!(!project.at(".sinew-incoming-7").exists());
    let beside = |name: &str| project.folder.path().join(name);
    assert!(!beside(".public.sinew-1234").exists() && !beside(".public.sinew-99-1").exists());
    assert!(beside(".public.sinew-notes").exists() && beside(".public2.sinew-1234").exists());
}

#[test]
fn an_output_that_cannot_be_made_is_named_with_status_3() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A")]);
    // A name that no file system takes, deep in the site, while other files go well.
    let long = format!("{}x.html", "d/".repeat(2100));
    let error = project.write(&[("a.html", "2"), ("b.html", "B"), (&long, "")]).expect_err("long");
    assert_eq!((error.kind, error.kind.status()), (MachineErrorKind::Machine, 3));
    assert!(error.message.contains("public"), "{error}");
    project.expect_tree(&[("a.html", "A")]);
    project.expect_tidy();
}

#[test]
fn a_read_only_output_is_named_with_status_3_and_stays_as_it_is() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A")]);
    fs::set_permissions(project.output(), fs::Permissions::from_mode(0o555)).expect("set");
    let outcome = project.write(&[("a.html", "2"), ("b.html", "B")]);
    if rustix::process::geteuid().is_root() {
        // Permissions do not bind root.
        assert!(outcome.is_ok());
        return;
    }
    let error = outcome.expect_err("not writable");
    assert_eq!(error.kind.status(), 3);
    assert!(error.message.contains(&project.output().display().to_string()), "{error}");
    project.expect_tree(&[("a.html", "A")]);
    project.expect_tidy();
    fs::set_permissions(project.output(), fs::Permissions::from_mode(0o755)).expect("set");
}

#[test]
fn a_link_to_the_output_is_followed_and_stays() {
    let mut project = Project::new();
    let real = project.folder.path().join("content/../real");
    fs::create_dir(&real).expect("made");
    symlink(&real, project.output()).expect("made");
    project.write_well(&[("a.html", "A"), ("b.html", "B")]);
    project.write_well(&[("a.html", "2"), ("b.html", "2")]);
    assert!(project.output().is_symlink());
    assert_eq!(fs::read_to_string(real.join("a.html")).expect("there"), "2");
}
