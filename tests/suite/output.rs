//! How a built site reaches the disk: the old one or the new one, and nobody else's files.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use sinew::diagnostic::{Diagnostic, Place};
use sinew::edge::disk::{Destination, OutputMemo, WhenLocked, Written, write_site};
use sinew::edge::machine::{MachineError, MachineErrorKind};
use sinew::page::output::{Made, OutputPath, Pages};
use sinew::source::{Fingerprint, SourcePath};

/// A site whose every file is a text; a text that begins with `!` is a mistake in a template.
struct Texts {
    paths: Vec<OutputPath>,
    texts: Vec<String>,
    rendered: AtomicUsize,
}

impl Texts {
    fn new(files: &[(&str, &str)]) -> Self {
        let files: BTreeMap<OutputPath, String> = files
            .iter()
            .map(|(path, text)| (OutputPath::new(path).expect("a path"), (*text).to_owned()))
            .collect();
        let (paths, texts) = files.into_iter().unzip();
        Self { paths, texts, rendered: AtomicUsize::new(0) }
    }
}

impl Pages for Texts {
    fn paths(&self) -> &[OutputPath] {
        &self.paths
    }

    fn make(&self, index: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        let text = &self.texts[index];
        if let Some(mistake) = text.strip_prefix('!') {
            let place = Place::file(&SourcePath::new("themes/base.html"));
            return Err(Box::new(Diagnostic::error("template", place, mistake)));
        }
        // Two texts that differ only behind `#` have different keys and the same bytes.
        let key = Fingerprint::of(text.as_bytes());
        if known == Some(key) {
            return Ok(Made::Same);
        }
        self.rendered.fetch_add(1, Ordering::Relaxed);
        let bytes = text.split('#').next().unwrap_or_default().as_bytes().to_vec();
        Ok(Made::New { key, bytes })
    }
}

/// A project in a folder of its own, and what is remembered of its output.
struct Project {
    folder: tempfile::TempDir,
    memo: OutputMemo,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("made");
        Self { folder, memo: OutputMemo::default() }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn write(&mut self, files: &[(&str, &str)]) -> Result<Written, MachineError> {
        self.write_pages(&Texts::new(files))
    }

    fn write_pages(&mut self, pages: &dyn Pages) -> Result<Written, MachineError> {
        let output = self.output();
        let destination = Destination {
            output: &output,
            project_root: self.folder.path(),
            home: None,
            when_locked: WhenLocked::Fail,
        };
        write_site(&destination, pages, &mut self.memo)
    }

    fn write_well(&mut self, files: &[(&str, &str)]) -> Written {
        let written = self.write(files).expect("the disk is fine");
        assert_eq!(written.diagnostics, []);
        written
    }

    /// All files and links of the output with their contents, without the manifest.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.output()).into_iter().flatten() {
            let path = entry.path().strip_prefix(self.output()).expect("below").to_owned();
            let text = match entry.file_type() {
                kind if kind.is_dir() => continue,
                kind if kind.is_symlink() => {
                    format!("-> {}", fs::read_link(entry.path()).expect("a link").display())
                }
                _ => fs::read_to_string(entry.path()).expect("a text"),
            };
            tree.insert(path.to_string_lossy().into_owned(), text);
        }
        tree.remove(".sinew-manifest");
        tree
    }

    fn expect_tree(&self, files: &[(&str, &str)]) {
        let expected: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(self.tree(), expected);
    }

    /// Nothing but the output and the sources is left in the project.
    fn expect_tidy(&self) {
        let mut names: Vec<_> = fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.retain(|name| name != "public");
        assert_eq!(names, ["content"]);
    }
}

/// Everything by which a file could be told to have been touched: bytes, inode, time.
fn identity(path: &Path) -> (u64, i64, i64) {
    let found = fs::symlink_metadata(path).expect("a file");
    (found.ino(), found.mtime(), found.mtime_nsec())
}

#[test]
fn a_first_build_makes_the_folder_and_all_files() {
    let mut project = Project::new();
    let files = [("a/index.html", "A"), ("index.html", "home"), ("style.css", "x")];
    let written = project.write_well(&files);
    assert_eq!((written.made, written.kept, written.removed, written.bytes), (3, 0, 0, 6));
    project.expect_tree(&files);
    project.expect_tidy();
}

#[test]
fn a_build_with_nothing_new_renders_and_writes_nothing() {
    let mut project = Project::new();
    let files = [("a/index.html", "A"), ("index.html", "home")];
    project.write_well(&files);
    let before = [project.output(), project.at("a"), project.at(".sinew-manifest")]
        .map(|path| identity(&path));
    let pages = Texts::new(&files);
    let written = project.write_pages(&pages).expect("the disk is fine");
    assert_eq!((written.made, written.kept), (0, 2));
    assert_eq!(pages.rendered.load(Ordering::Relaxed), 0);
    let after = [project.output(), project.at("a"), project.at(".sinew-manifest")]
        .map(|path| identity(&path));
    assert_eq!(before, after);
    project.expect_tidy();
}

#[test]
fn one_changed_page_is_one_rename() {
    let mut project = Project::new();
    project.write_well(&[("a/index.html", "A"), ("b/index.html", "B")]);
    let kept = ["", "b", "b/index.html", ".sinew-manifest"];
    let before = kept.map(|path| fs::metadata(project.at(path)).expect("there").ino());
    let page = identity(&project.at("a/index.html"));
    let written = project.write_well(&[("a/index.html", "new"), ("b/index.html", "B")]);
    assert_eq!((written.made, written.kept), (1, 1));
    assert_eq!(kept.map(|path| fs::metadata(project.at(path)).expect("there").ino()), before);
    assert_ne!(identity(&project.at("a/index.html")).0, page.0);
    project.expect_tree(&[("a/index.html", "new"), ("b/index.html", "B")]);
    project.expect_tidy();
}

#[test]
fn equal_files_keep_their_modification_time_when_the_folders_change_places() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b/index.html", "B"), ("c.html", "C")]);
    let before = identity(&project.at("b/index.html"));
    let output = fs::metadata(project.output()).expect("there").ino();
    let written = project.write_well(&[("a.html", "2"), ("b/index.html", "B"), ("d.html", "D")]);
    assert_eq!((written.made, written.kept, written.removed), (2, 1, 1));
    assert_eq!(identity(&project.at("b/index.html")), before);
    assert_ne!(fs::metadata(project.output()).expect("there").ino(), output);
    project.expect_tree(&[("a.html", "2"), ("b/index.html", "B"), ("d.html", "D")]);
    project.expect_tidy();
}

#[test]
fn a_page_that_renders_to_equal_bytes_is_not_written() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A#1")]);
    let before = identity(&project.at("a.html"));
    assert_eq!(project.write_well(&[("a.html", "A#2")]).made, 0);
    assert_eq!(identity(&project.at("a.html")), before);
    // And the new key is known from now on.
    let pages = Texts::new(&[("a.html", "A#2")]);
    project.write_pages(&pages).expect("the disk is fine");
    assert_eq!(pages.rendered.load(Ordering::Relaxed), 0);
}

#[test]
fn a_lost_memo_costs_rendering_and_no_writing() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b.html", "B")]);
    let before = identity(&project.at("a.html"));
    project.memo = OutputMemo::default();
    assert_eq!(project.write_well(&[("a.html", "A"), ("b.html", "B")]).made, 0);
    assert_eq!(identity(&project.at("a.html")), before);
}

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
fn a_page_can_become_a_folder_and_a_folder_a_page() {
    let mut project = Project::new();
    project.write_well(&[("a", "page"), ("b/index.html", "B")]);
    project.write_well(&[("a/index.html", "A"), ("b", "page")]);
    project.expect_tree(&[("a/index.html", "A"), ("b", "page")]);
    project.expect_tidy();
}

#[test]
fn a_damaged_manifest_is_a_miss_said_once() {
    let mut project = Project::new();
    let files = [("a.html", "A"), ("b.html", "B")];
    project.write_well(&files);
    let whole = fs::read(project.at(".sinew-manifest")).expect("there");
    fs::write(project.at(".sinew-manifest"), &whole[..whole.len() - 3]).expect("written");
    let written = project.write_well(&files);
    assert_eq!((written.made, written.kept), (0, 2));
    assert!(matches!(&written.notices[..], [notice] if notice.contains("was damaged")));
    assert_eq!(fs::read(project.at(".sinew-manifest")).expect("there"), whole);
    assert_eq!(project.write_well(&files).notices, Vec::<String>::new());
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
fn a_template_error_leaves_the_old_output_untouched() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b.html", "B"), ("c.html", "C")]);
    let before = (project.tree(), identity(&project.output()));
    let written = project
        .write(&[("a.html", "2"), ("b.html", "!unknown variable"), ("c.html", "!unknown variable")])
        .expect("a mistake in a template is not the machine's");
    assert_eq!(written.diagnostics.len(), 1);
    assert_eq!(written.diagnostics[0].message, "unknown variable");
    assert_eq!((project.tree(), identity(&project.output())), before);
    project.expect_tidy();
}

#[test]
fn the_first_twenty_template_errors_come_in_the_order_of_the_pages() {
    let mut project = Project::new();
    let files: Vec<(String, String)> =
        (0..300).map(|n| (format!("p{n:03}.html"), format!("!mistake {}", n / 2))).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let written = project.write(&files).expect("the disk is fine");
    let messages: Vec<String> = written.diagnostics.into_iter().map(|d| d.message).collect();
    assert_eq!(messages, (0..20).map(|n| format!("mistake {n}")).collect::<Vec<_>>());
    assert!(!project.output().exists());
    project.expect_tidy();
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
fn an_output_removed_between_builds_is_restored_whole() {
    let mut project = Project::new();
    let files = [("a/index.html", "A"), ("b.html", "B")];
    project.write_well(&files);
    fs::remove_dir_all(project.output()).expect("removed");
    assert_eq!(project.write_well(&files).made, 2);
    project.expect_tree(&files);
    fs::remove_dir_all(project.at("a")).expect("removed");
    assert_eq!(project.write_well(&files).made, 1);
    project.expect_tree(&files);
    project.expect_tidy();
}

/// Removes the output when its page is made.
struct Removing<'a>(Texts, &'a Path, AtomicUsize);

impl Pages for Removing<'_> {
    fn paths(&self) -> &[OutputPath] {
        self.0.paths()
    }

    fn make(&self, index: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        if index == 1 && self.2.fetch_add(1, Ordering::Relaxed) == 0 {
            fs::remove_dir_all(self.1).expect("removed");
        }
        self.0.make(index, known)
    }
}

#[test]
fn an_output_removed_while_building_is_restored_whole() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b.html", "B"), ("c.html", "C")]);
    let files = [("a.html", "A"), ("b.html", "2"), ("c.html", "2")];
    let output = project.output();
    let pages = Removing(Texts::new(&files), &output, AtomicUsize::new(0));
    project.write_pages(&pages).expect("the disk is fine");
    project.expect_tree(&files);
    project.expect_tidy();
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
