//! What a build changes: what differs and nothing else, and the new site or the old one.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sinew::diagnostic::Diagnostic;
use sinew::edge::disk::{OutputMemo, Written};
use sinew::page::output::{Made, OutputPath, Pages};
use sinew::source::Fingerprint;

use super::{Project, Texts, identity};

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
fn where_a_file_is_not_as_it_was_and_nobody_knows_how_it_was_nothing_happens() {
    let mut project = Project::new();
    let files = [("a.html", "A"), ("b.html", "B"), ("c.html", "C")];
    project.write_well(&files);
    let unchanged = files.map(|(path, _)| (path, "?"));
    let written = project.write_well(&unchanged);
    assert_eq!((written.is_unknown, written.made, written.kept), (false, 0, 3));
    for harm in [|path: &Path| fs::remove_file(path), |path: &Path| fs::write(path, "by hand")] {
        harm(&project.at("b.html")).expect("done");
        let before = project.tree();
        let written = project.write_well(&unchanged);
        assert_eq!(written, Written { is_unknown: true, ..Written::default() });
        assert_eq!(project.tree(), before);
        project.expect_tidy();
        project.write_well(&files);
        project.expect_tree(&files);
    }
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
fn after_a_power_failure_a_build_knows_its_own_files_and_makes_them_anew() {
    let mut project = Project::new();
    let files = [("a.html", "A"), ("b/index.html", "B"), ("c.html", "C"), ("old.html", "O")];
    project.write_well(&files);
    project.put(".sinew-manifest", "");
    project.put("b/index.html", "");
    project.put("notes.txt", "mine");
    let written = project.write_well(&[("a.html", "2"), ("b/index.html", "B"), ("c.html", "C")]);
    assert_eq!((written.made, written.kept, written.removed), (2, 1, 1));
    assert!(matches!(&written.notices[..], [notice] if notice.contains("was damaged")));
    project.expect_tree(&[
        ("a.html", "2"),
        ("b/index.html", "B"),
        ("c.html", "C"),
        ("notes.txt", "mine"),
    ]);
}

#[test]
fn a_refusal_says_that_the_manifest_is_damaged() {
    let mut project = Project::new();
    project.write_well(&[("a.html", "A"), ("b.html", "B")]);
    project.put(".sinew-manifest", "");
    project.put("a.html", "mine");
    let error = project.write(&[("a.html", "2"), ("b.html", "2")]).expect_err("refused");
    assert!(error.message.ends_with("a file that sinew did not write: `a.html`"), "{error}");
    let hint = error.hint.expect("there is a cure");
    assert!(hint.contains(".sinew-manifest` is damaged"), "{hint}");
    project.expect_tree(&[("a.html", "mine"), ("b.html", "B")]);
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
