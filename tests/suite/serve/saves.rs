//! Every way in which files change: as editors save them, by the thousand, by `git checkout`, with
//! the whole project gone and back.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{PAGE, Served, page};

/// A way to save a text.
type Save = fn(&Path, &str);

fn beside(file: &Path, name: impl Fn(&str) -> String) -> PathBuf {
    let own = file.file_name().and_then(|own| own.to_str()).expect("a name");
    file.with_file_name(name(own))
}

fn write(file: &Path, text: &str) {
    let mut out = File::create(file).expect("made");
    // In two steps, as large files are written.
    let (one, other) = text.split_at(text.len() / 2);
    out.write_all(one.as_bytes()).expect("written");
    out.write_all(other.as_bytes()).expect("written");
    out.sync_all().expect("on disk");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("renamed");
}

fn remove(file: &Path) {
    fs::remove_file(file).expect("removed");
}

/// Vim: a swap file, a probe whether files can be made, the old file away and a new one in its place.
fn vim(file: &Path, text: &str) {
    let swap = beside(file, |own| format!(".{own}.swp"));
    let (probe, backup) = (file.with_file_name("4913"), beside(file, |own| format!("{own}~")));
    write(&swap, "b0VIM 9.1");
    write(&probe, "");
    remove(&probe);
    rename(file, &backup);
    write(file, text);
    remove(&backup);
    remove(&swap);
}

/// Vim with `backupcopy=yes`: a copy away, and the file itself written anew.
fn vim_with_copies(file: &Path, text: &str) {
    let backup = beside(file, |own| format!("{own}~"));
    fs::copy(file, &backup).expect("copied");
    write(file, text);
    remove(&backup);
}

/// Emacs: a lock that is a link to nowhere, an auto-save file, a backup that stays.
fn emacs(file: &Path, text: &str) {
    let lock = beside(file, |own| format!(".#{own}"));
    let auto_save = beside(file, |own| format!("#{own}#"));
    symlink("author@studio.4711:1732492800", &lock).expect("linked");
    write(&auto_save, text);
    let backup = beside(file, |own| format!("{own}~"));
    if backup.exists() {
        write(file, text);
    } else {
        rename(file, &backup);
        write(file, text);
    }
    remove(&auto_save);
    remove(&lock);
}

/// VS Code: the file itself, cut to nothing and written.
fn vs_code(file: &Path, text: &str) {
    let mut out = OpenOptions::new().write(true).truncate(true).open(file).expect("open");
    out.write_all(text.as_bytes()).expect("written");
}

/// VS Code, where the file is slow: nothing is in it for longer than a burst of events may last.
fn vs_code_slowly(file: &Path, text: &str) {
    let mut out = OpenOptions::new().write(true).truncate(true).open(file).expect("open");
    std::thread::sleep(Duration::from_millis(150));
    out.write_all(text.as_bytes()).expect("written");
}

/// JetBrains' safe write: the new file beside, the old one away, the new one in its place.
fn jetbrains(file: &Path, text: &str) {
    let new = beside(file, |own| format!("{own}___jb_tmp___"));
    let old = beside(file, |own| format!("{own}___jb_old___"));
    write(&new, text);
    rename(file, &old);
    rename(&new, file);
    remove(&old);
}

/// Kate, gedit and many programs: a new file beside, in one step over the old one.
fn over_it(file: &Path, text: &str) {
    let new = beside(file, |own| format!(".{own}.Xa91Bc"));
    write(&new, text);
    rename(&new, file);
}

/// KWrite and what else is written with Qt: as above, but in sight, and only then over the old one.
fn qt(file: &Path, text: &str) {
    let new = beside(file, |own| format!("{own}.aB3xZ9"));
    write(&new, text);
    // As long as the system takes to bring it to the disk.
    std::thread::sleep(Duration::from_millis(150));
    rename(&new, file);
}

/// `sed -i`, `git stash`: the old one is removed, then there is a new one.
fn anew(file: &Path, text: &str) {
    remove(file);
    write(file, text);
}

const SAVES: [(&str, Save); 9] = [
    ("vim", vim),
    ("vim with copies", vim_with_copies),
    ("emacs", emacs),
    ("vs code", vs_code),
    ("vs code slowly", vs_code_slowly),
    ("jetbrains", jetbrains),
    ("over it", over_it),
    ("qt", qt),
    ("anew", anew),
];

#[test]
fn editors_save_in_many_ways_and_all_are_seen() {
    let served = Served::new(&[(PAGE, &page("zero"))]);
    served.until_shown("/aftercare/", "zero");
    for round in 0..2 {
        for (name, save) in SAVES {
            let text = format!("{name}, round {round}.");
            save(&served.at(PAGE), &page(&text));
            served.until_shown("/aftercare/", &text);
            served.until("/aftercare/", "has mistakes", |answer| {
                !answer.contains("<details id=\"sinew-findings\"")
            });
        }
    }
    assert!(!served.said().contains("aB3xZ9"), "{}", served.said());
}

#[test]
fn files_and_folders_come_and_go() {
    let served = Served::new(&[(PAGE, &page("zero"))]);
    served.until_shown("/aftercare/", "zero");
    // Removed and made again.
    fs::remove_file(served.at(PAGE)).expect("removed");
    served.until("/aftercare/", "is still there", |answer| answer.contains("HTTP/1.1 404"));
    served.write(PAGE, &page("three"));
    served.until_shown("/aftercare/", "three");
    // In folders that were not there.
    let deep = served.at("content/pages/a/b/c");
    fs::create_dir_all(&deep).expect("made");
    fs::write(deep.join("deep.md"), page("four")).expect("written");
    served.until_shown("/deep/", "four");
    fs::write(deep.join("deep.md"), page("five")).expect("written");
    served.until_shown("/deep/", "five");
}

#[test]
fn a_content_folder_that_is_removed_and_made_again_is_watched_again() {
    let served = Served::new(&[(PAGE, &page("one"))]);
    served.until_shown("/aftercare/", "one");
    let (content, aside) = (served.at("content"), served.at("aside"));
    for text in ["two", "three"] {
        fs::rename(&content, &aside).expect("renamed");
        served.until("/aftercare/", "is still there", |answer| answer.contains("HTTP/1.1 404"));
        fs::rename(&aside, &content).expect("renamed");
        served.until("/aftercare/", "is not back", |answer| answer.contains("HTTP/1.1 200"));
        served.write(PAGE, &page(text));
        served.until_shown("/aftercare/", text);
    }
}

#[test]
fn what_links_lead_to_is_watched_as_well() {
    let (file, folder) = ("lib/deep/aftercare.md", "lib/more");
    let other = |text: &str| page(text).replace("Aftercare", "Other");
    let served = Served::new(&[(file, &page("zero")), ("lib/more/other.md", &other("zero"))]);
    fs::create_dir_all(served.at("content/pages")).expect("made");
    symlink("../../lib/deep/aftercare.md", served.at(PAGE)).expect("linked");
    symlink("../../lib/more", served.at("content/pages/more")).expect("linked");
    served.until_shown("/aftercare/", "zero");
    served.until_shown("/other/", "zero");
    for (name, save) in SAVES {
        let text = format!("{name} saves.");
        save(&served.at(file), &page(&text));
        served.until_shown("/aftercare/", &text);
    }
    for text in ["one", "two"] {
        fs::remove_dir_all(served.at(folder)).expect("removed");
        served.until("/other/", "is still there", |answer| {
            answer.contains("the link leads to nothing")
        });
        fs::create_dir(served.at(folder)).expect("made");
        served.write("lib/more/other.md", &other(text));
        served.until_shown("/other/", text);
        served.write("lib/more/other.md", &other(&format!("{text} again")));
        served.until_shown("/other/", &format!("{text} again"));
    }
    rename(&served.at("site.toml"), &served.at("lib/site.toml"));
    symlink("lib/site.toml", served.at("site.toml")).expect("linked");
    let settings = served.read("lib/site.toml");
    for title in ["Linked", "Linked again"] {
        served.write(
            "lib/site.toml",
            &settings.replacen("title = \"", &format!("title = \"{title} "), 1),
        );
        served.until_shown("/", &format!("{title} "));
    }
}

#[test]
fn a_project_that_is_removed_is_waited_for_and_shown_when_it_is_back() {
    let served = Served::new(&[(PAGE, &page("one"))]);
    served.until_shown("/aftercare/", "one");
    for text in ["two", "three"] {
        let copy = tempfile::tempdir().expect("a folder for temporary files");
        let aside = copy.path().join("aside");
        // It may lie on another file system, so it is copied.
        copy_all(served.folder.path(), &aside);
        fs::remove_dir_all(served.folder.path()).expect("removed");
        served.until_said("waiting until it can be");
        // What was good is shown as long as there is nothing else.
        assert!(served.get("/aftercare/").contains("HTTP/1.1 "));
        fs::write(aside.join(PAGE), page(text)).expect("written");
        copy_all(&aside, served.folder.path());
        served.until_shown("/aftercare/", text);
        served.write(PAGE, &page(&format!("{text} again")));
        served.until_shown("/aftercare/", &format!("{text} again"));
    }
    served.until_said("is there again");
}

fn copy_all(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("readable")) {
        let path = to.join(entry.path().strip_prefix(from).expect("it lies below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("made");
        } else {
            fs::copy(entry.path(), path).expect("copied");
        }
    }
}

#[test]
fn a_storm_of_events_ends_with_the_truth_and_few_changes() {
    let served = Served::new(&[(PAGE, &page("zero"))]);
    served.until_shown("/aftercare/", "zero");
    let media = served.at("content/media/storm");
    for round in 0..3 {
        fs::create_dir_all(&media).expect("made");
        for n in 0..1500 {
            write_quickly(&media.join(format!("{n}.txt")), &format!("{round}"));
        }
        for n in (0..1500).filter(|n| n % 3 != 0) {
            remove(&media.join(format!("{n}.txt")));
        }
        if round < 2 {
            fs::remove_dir_all(&media).expect("removed");
        }
    }
    for n in 0..400 {
        write_quickly(&served.at(PAGE), &page(&format!("edit {n}.")));
    }
    served.until_shown("/aftercare/", "edit 399.");
    served.until("/media/storm/3.txt", "is not the last one", |answer| answer.ends_with("\r\n2"));
    assert!(served.get("/media/storm/4.txt").starts_with("HTTP/1.1 404 "));
    // More than 15,000 events; a change takes in all that came while the last one was taken in.
    served.until_said(" changed: ");
    let changes = served.said().matches(" changed: ").count();
    assert!(changes < 400, "{changes} changes");
}

fn write_quickly(file: &Path, text: &str) {
    fs::write(file, text).expect("written");
}

/// The files of a branch: pages with their texts.
fn branch(name: &str, pages: std::ops::Range<usize>) -> Vec<(String, String)> {
    let text = |n: usize| page(&format!("{name} {n}.")).replace("Aftercare", &format!("Page {n}"));
    pages.map(|n| (format!("content/pages/{name}s/p{n}.md"), text(n))).collect()
}

/// Writes files as `git checkout` does: what is not in the other branch goes, with the folders that
/// are empty then; what differs is removed and made again.
fn check_out(served: &Served, from: &[(String, String)], to: &[(String, String)]) {
    for (path, _) in from {
        remove(&served.at(path));
        let folder = served.at(path);
        // Only an empty folder goes.
        let _ = fs::remove_dir(folder.parent().expect("it lies in a folder"));
    }
    for (path, text) in to {
        let path = served.at(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        write_quickly(&path, text);
    }
}

#[test]
fn another_branch_is_checked_out_and_the_first_one_again() {
    let served = Served::new(&[]);
    let (one, other) = (branch("one", 0..60), branch("other", 30..90));
    check_out(&served, &[], &one);
    served.until_shown("/p59/", "one 59.");
    for _ in 0..3 {
        check_out(&served, &one, &other);
        served.until_shown("/p89/", "other 89.");
        served.until_shown("/p30/", "other 30.");
        served.until("/p0/", "is still there", |answer| answer.starts_with("HTTP/1.1 404 "));
        check_out(&served, &other, &one);
        served.until_shown("/p0/", "one 0.");
        served.until_shown("/p30/", "one 30.");
        served.until("/p89/", "is still there", |answer| answer.starts_with("HTTP/1.1 404 "));
    }
    served.until("/", "has mistakes", |answer| !answer.contains("<details id=\"sinew-findings\""));
}

#[test]
fn where_nobody_tells_of_changes_they_are_looked_for() {
    let served = Served::with(&[(PAGE, &page("one"))], &["--poll"]);
    served.until_shown("/aftercare/", "one");
    let start = Instant::now();
    for text in ["two", "three"] {
        served.write(PAGE, &page(text));
        served.until_shown("/aftercare/", text);
    }
    assert!(start.elapsed() < Duration::from_secs(10), "it looks too seldom");
}
