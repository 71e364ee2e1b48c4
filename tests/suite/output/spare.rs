//! What becomes of the folder that was swapped out: the next site is made out of it, and whatever was done
//! to it in the meantime, that site is right.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::{Project, identity};

/// The first, second and third site: two files change each time.
const SITES: [[(&str, &str); 8]; 3] = [
    [
        ("a/index.html", "A"),
        ("b/index.html", "B"),
        ("c/d/index.html", "C"),
        ("e.html", "E"),
        ("f.html", "F"),
        ("style.css", "x"),
        ("x.html", "1"),
        ("y/index.html", "1"),
    ],
    [
        ("a/index.html", "A"),
        ("b/index.html", "B"),
        ("c/d/index.html", "C"),
        ("e.html", "E"),
        ("f.html", "F"),
        ("style.css", "x"),
        ("x.html", "2"),
        ("y/index.html", "2"),
    ],
    [
        ("a/index.html", "A"),
        ("b/index.html", "B"),
        ("c/d/index.html", "3"),
        ("e.html", "E"),
        ("f.html", "F"),
        ("style.css", "x"),
        ("x.html", "3"),
        ("y/index.html", "2"),
    ],
];

/// A project with a place for a spare.
fn project() -> Project {
    let project = Project::new();
    fs::create_dir(project.folder.path().join(".sinew")).expect("made");
    project
}

/// A project whose second site has taken the place of the first.
fn project_with_spare() -> Project {
    let mut project = project();
    project.write_well(&SITES[0]);
    assert!(!spare(&project).exists(), "a first build leaves none");
    project.write_well(&SITES[1]);
    assert_eq!(fs::read_to_string(spare(&project).join("x.html")).expect("there"), "1");
    project
}

fn spare(project: &Project) -> PathBuf {
    project.folder.path().join(".sinew/spare")
}

fn inode(path: &Path) -> u64 {
    fs::symlink_metadata(path).expect("there").ino()
}

/// Writes a site, and looks that it is there and nothing else.
fn write_and_look(project: &mut Project, site: &[(&str, &str)]) {
    project.write_well(site);
    project.expect_tree(site);
}

/// Only the sources, the output and the spare are there.
fn expect_tidy(project: &Project) {
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(project.folder.path()), [".sinew", "content", "public"]);
    assert_eq!(names(&project.folder.path().join(".sinew")), ["spare"]);
}

#[test]
fn the_folder_that_was_swapped_out_becomes_the_next_site() {
    let mut project = project_with_spare();
    let first = inode(&spare(&project));
    let second = inode(&project.output());
    let kept = ["a", "c/d"].map(|folder| inode(&spare(&project).join(folder)));
    let page = identity(&project.at("a/index.html"));
    write_and_look(&mut project, &SITES[2]);
    assert_eq!((inode(&project.output()), inode(&spare(&project))), (first, second));
    assert_eq!(["a", "c/d"].map(|folder| inode(&project.at(folder))), kept);
    assert_eq!(identity(&project.at("a/index.html")), page);
    expect_tidy(&project);
    // And once more, back to what the spare had before.
    write_and_look(&mut project, &SITES[0]);
    assert_eq!(inode(&project.output()), second);
    expect_tidy(&project);
}

/// What somebody does to a spare, in words and in deed.
type Harm = (&'static str, fn(&Path));

#[test]
fn whatever_was_done_to_the_spare_the_site_is_right() {
    let harms: [Harm; 15] = [
        ("a foreign file at the top", |spare| fs::write(spare.join("z.html"), "Z").expect("done")),
        ("a foreign file deeper", |spare| fs::write(spare.join("a/z.html"), "Z").expect("done")),
        ("a foreign folder", |spare| fs::create_dir_all(spare.join("z/z")).expect("done")),
        ("a changed page", |spare| {
            fs::remove_file(spare.join("a/index.html")).expect("done");
            fs::write(spare.join("a/index.html"), "Z").expect("done");
        }),
        ("a copy of a page", |spare| {
            let page = spare.join("a/index.html");
            let time = fs::metadata(&page).expect("done").modified().expect("done");
            fs::remove_file(&page).expect("done");
            fs::write(&page, "Z").expect("done");
            fs::File::open(&page).expect("done").set_modified(time).expect("done");
        }),
        ("another file of the site", |spare| {
            fs::remove_file(spare.join("a/index.html")).expect("done");
            fs::hard_link(spare.join("b/index.html"), spare.join("a/index.html")).expect("done");
        }),
        ("no page", |spare| fs::remove_file(spare.join("a/index.html")).expect("done")),
        ("no folder", |spare| fs::remove_dir_all(spare.join("c")).expect("done")),
        ("a link for a page", |spare| {
            fs::remove_file(spare.join("a/index.html")).expect("done");
            symlink("../b/index.html", spare.join("a/index.html")).expect("done");
        }),
        ("a link for a folder", |spare| {
            fs::remove_dir_all(spare.join("a")).expect("done");
            symlink("../../content", spare.join("a")).expect("done");
        }),
        ("a folder for a page", |spare| {
            fs::remove_file(spare.join("x.html")).expect("done");
            fs::create_dir(spare.join("x.html")).expect("done");
        }),
        ("a page for a folder", |spare| {
            fs::remove_dir_all(spare.join("c")).expect("done");
            fs::write(spare.join("c"), "Z").expect("done");
        }),
        ("other rights", |spare| {
            for folder in ["", "a", "c/d"] {
                let mode = fs::Permissions::from_mode(0o700);
                fs::set_permissions(spare.join(folder), mode).expect("done");
            }
        }),
        ("a link for all of it", |spare| {
            fs::remove_dir_all(spare).expect("done");
            symlink("../content", spare).expect("done");
        }),
        ("a file for all of it", |spare| {
            fs::remove_dir_all(spare).expect("done");
            fs::write(spare, "Z").expect("done");
        }),
    ];
    for (harm, done) in harms {
        let mut project = project_with_spare();
        let source = project.folder.path().join("content/index.html");
        fs::write(&source, "source").expect("written");
        let rights = |path: &str| fs::metadata(project.at(path)).expect("there").mode();
        let before = ["", "a", "c/d"].map(rights);
        done(&spare(&project));
        project.write_well(&SITES[2]);
        assert_eq!(project.tree().len(), SITES[2].len(), "{harm}");
        project.expect_tree(&SITES[2]);
        assert!(!project.at("z").exists(), "{harm}");
        let rights = |path: &str| fs::metadata(project.at(path)).expect("there").mode();
        assert_eq!(["", "a", "c/d"].map(rights), before, "{harm}");
        assert_eq!(fs::read_to_string(&source).expect("there"), "source", "{harm}");
        expect_tidy(&project);
    }
}

#[test]
fn a_page_that_was_changed_in_place_is_made_again_although_the_spare_has_the_same_file() {
    let mut project = project_with_spare();
    assert_eq!(inode(&project.at("a/index.html")), inode(&spare(&project).join("a/index.html")));
    fs::write(project.at("a/index.html"), "by hand").expect("written");
    assert_eq!(project.write_well(&SITES[2]).made, 3);
    project.expect_tree(&SITES[2]);
    expect_tidy(&project);
}

#[test]
fn a_foreign_file_that_was_deleted_does_not_come_back_out_of_the_spare() {
    let mut project = project();
    project.write_well(&SITES[0]);
    project.put("notes.txt", "mine");
    project.put("b/notes.txt", "mine");
    project.put("own/notes.txt", "mine");
    project.write_well(&SITES[1]);
    fs::remove_file(project.at("notes.txt")).expect("removed");
    fs::remove_dir_all(project.at("own")).expect("removed");
    fs::write(project.at("b/notes.txt"), "newer").expect("written");
    assert!(spare(&project).join("own/notes.txt").exists());
    project.write_well(&SITES[2]);
    project.expect_tree(&[&SITES[2][..], &[("b/notes.txt", "newer")]].concat());
    assert!(!project.at("own").exists());
    project.write_well(&SITES[1]);
    project.expect_tree(&[&SITES[1][..], &[("b/notes.txt", "newer")]].concat());
    expect_tidy(&project);
}

#[test]
fn pages_that_are_no_more_do_not_come_back_out_of_the_spare() {
    let mut project = project_with_spare();
    let fewer = [
        ("a/index.html", "A"),
        ("b/index.html", "B"),
        ("e.html", "E"),
        ("f.html", "F"),
        ("style.css", "x"),
        ("y", "page"),
    ];
    write_and_look(&mut project, &fewer);
    assert!(!project.at("c").exists(), "an empty folder of ours goes");
    write_and_look(&mut project, &SITES[2]);
    expect_tidy(&project);
}

#[test]
fn where_most_of_a_site_changes_no_spare_is_kept() {
    let mut project = project_with_spare();
    let other = SITES[2].map(|(path, _)| (path, "other"));
    write_and_look(&mut project, &other);
    assert!(!spare(&project).exists());
}

#[test]
fn the_spare_of_another_output_does_no_harm() {
    let mut project = project_with_spare();
    let moved = project.folder.path().join("elsewhere");
    fs::rename(project.output(), &moved).expect("moved");
    write_and_look(&mut project, &SITES[2]);
    write_and_look(&mut project, &SITES[1]);
    fs::remove_dir_all(project.output()).expect("removed");
    fs::rename(&moved, project.output()).expect("moved");
    write_and_look(&mut project, &SITES[2]);
    expect_tidy(&project);
}

#[test]
fn an_output_in_the_place_of_the_spare_is_no_spare() {
    let mut project = project_with_spare();
    fs::remove_dir_all(project.output()).expect("removed");
    symlink(".sinew/spare", project.output()).expect("made");
    for site in [SITES[0], SITES[2], SITES[1]] {
        project.write_well(&site);
        let text = |path: &str| fs::read_to_string(project.at(path)).expect("there");
        assert!(site.iter().all(|(path, expected)| text(path) == *expected));
    }
}
