//! Snapshots of folders that are strange in all the ways folders can be.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use tempfile::TempDir;

use super::*;

/// The mistakes after which nobody knows what a file or folder holds.
const HIDING: [&str; 6] = [
    "unreadable-file",
    "link-outside",
    "link-loop",
    "not-a-file",
    "file-too-large",
    "folder-too-deep",
];

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder for temporary files"));
        folder.write("content/pages/about.md", "about");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn snapshot(&self) -> (Sources, Vec<Diagnostic>) {
        snapshot(self.0.path(), &mut SnapshotMemo::default()).expect("the root can be read")
    }

    /// The paths that are read, and the findings as `code path`.
    fn outcome(&self) -> (Vec<String>, Vec<String>) {
        let (sources, diagnostics) = self.snapshot();
        let mut found: Vec<String> = diagnostics
            .iter()
            .map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.place.path))
            .collect();
        found.sort();
        for diagnostic in diagnostics.iter().filter(|found| HIDING.contains(&&*found.code)) {
            let path = &diagnostic.place.path;
            assert!(sources.refused().contains(path) && sources.get(path).is_none(), "{path}");
        }
        (sources.paths().map(SourcePath::to_string).collect(), found)
    }

    fn expect(&self, paths: &[&str], findings: &[&str]) {
        let (read, found) = self.outcome();
        let others: Vec<_> = read.iter().filter(|path| *path != "content/pages/about.md").collect();
        assert_eq!(others, paths);
        assert_eq!(found, findings);
    }
}

#[test]
fn only_settings_content_and_themes_are_read() {
    let folder = Folder::new(&[
        ("site.toml", ""),
        ("README.md", ""),
        ("themes/own/page.html", ""),
        ("content/.hidden/a.md", ""),
        ("content/pages/about.md~", ""),
        ("content/pages/.about.md.swp", ""),
        ("content/pages/4913", ""),
        ("content/pages/#about.md#", ""),
        ("public/index.html", ""),
    ]);
    folder.expect(&["site.toml", "themes/own/page.html"], &[]);
}

#[test]
fn links_work_inside_and_are_refused_by_name_where_they_lead_out() {
    let outside = Folder::new(&[("secret.md", "secret")]);
    let folder = Folder::new(&[]);
    symlink("about.md", folder.at("content/pages/again.md")).expect("a link");
    symlink(outside.at("secret.md"), folder.at("content/pages/secret.md")).expect("a link");
    symlink(outside.at(""), folder.at("content/articles")).expect("a link");
    symlink("../../../../../../../../etc/passwd", folder.at("site.toml")).expect("a link");
    symlink("nowhere", folder.at("content/pages/dangling.md")).expect("a link");
    symlink("user@host.1", folder.at("content/pages/.#about.md")).expect("a link of Emacs");
    folder.expect(
        &["content/pages/again.md"],
        &[
            "link-outside content/articles",
            "link-outside content/pages/secret.md",
            "link-outside site.toml",
            "unreadable-file content/pages/dangling.md",
        ],
    );
}

#[test]
fn loops_of_links_are_refused() {
    let folder = Folder::new(&[]);
    symlink("..", folder.at("content/pages/up")).expect("a link");
    symlink("self.md", folder.at("content/pages/self.md")).expect("a link");
    folder.expect(&[], &["link-loop content/pages/self.md", "link-loop content/pages/up"]);
}

#[test]
fn pipes_and_sockets_are_reported_and_never_opened() {
    let folder = Folder::new(&[]);
    let mode = rustix::fs::Mode::RUSR;
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, folder.at("content/pages/pipe.md"), kind, mode, 0)
        .expect("a pipe");
    let socket = folder.at("content/pages/socket.md");
    let _listener = std::os::unix::net::UnixListener::bind(socket).expect("a socket");
    folder.expect(&[], &["not-a-file content/pages/pipe.md", "not-a-file content/pages/socket.md"]);
    assert!(matches!(
        read(CWD, &folder.at("content/pages/pipe.md"), 10, &mut Vec::new()),
        Err(Refusal::NotAFile)
    ));
}

#[test]
fn names_that_are_one_on_other_systems_are_reported() {
    let folder = Folder::new(&[
        ("content/pages/Knee.md", ""),
        ("content/pages/knee.md", ""),
        ("content/pages/gro\u{308}ße.md", "NFD"),
        ("content/pages/gr\u{f6}ße.md", "NFC"),
        ("content/pages/a\u{308}.md", "alone"),
    ]);
    folder.expect(
        &[
            "content/pages/Knee.md",
            "content/pages/gr\u{f6}ße.md",
            "content/pages/knee.md",
            "content/pages/\u{e4}.md",
        ],
        &["same-file-name content/pages/gr\u{f6}ße.md", "same-file-name content/pages/knee.md"],
    );
    let (sources, _) = folder.snapshot();
    let alone = sources.bytes(&SourcePath::new("content/pages/\u{e4}.md"));
    assert_eq!(alone.as_deref(), Some(&b"alone"[..]));
}

#[test]
fn names_that_other_systems_refuse_are_reported() {
    let folder = Folder::new(&[("content/pages/aux.md", ""), ("content/a:b/c\nd.md", "")]);
    let broken = std::ffi::OsStr::from_bytes(b"content/pages/\xff.md");
    fs::write(folder.0.path().join(broken), "").expect("a file");
    folder.expect(
        &["content/a:b/c\nd.md", "content/pages/aux.md"],
        &[
            "bad-file-name content/a:b",
            "bad-file-name content/a:b/c\nd.md",
            "bad-file-name content/pages/aux.md",
            "bad-file-name content/pages/\u{fffd}.md",
        ],
    );
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = Folder::new(&[("content/pages/huge.md", ""), ("content/media/huge.mp4", "")]);
    for path in ["content/pages/huge.md", "content/media/huge.mp4"] {
        let file = fs::File::options().write(true).open(folder.at(path)).expect("a file");
        file.set_len(10 << 30).expect("a sparse file");
    }
    folder.expect(
        &[],
        &["file-too-large content/media/huge.mp4", "file-too-large content/pages/huge.md"],
    );
}

#[test]
fn folders_are_followed_down_to_a_limit() {
    let deep = "a/".repeat(100);
    let folder = Folder::new(&[(&format!("content/{deep}x.md"), "")]);
    let limit = format!("folder-too-deep content/{}", "a/".repeat(32).trim_end_matches('/'));
    folder.expect(&[], &[&limit]);
}

#[test]
fn a_file_that_may_not_be_read_is_reported() {
    let folder = Folder::new(&[("content/pages/closed.md", "x")]);
    let closed = folder.at("content/pages/closed.md");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).expect("a file of ours");
    if fs::File::open(&closed).is_ok() {
        // The superuser reads everything.
        return folder.expect(&["content/pages/closed.md"], &[]);
    }
    folder.expect(&[], &["unreadable-file content/pages/closed.md"]);
}

#[test]
fn a_project_that_is_not_there_is_an_error() {
    let error = snapshot(Path::new("/nowhere/at/all"), &mut SnapshotMemo::default());
    let message = error.expect_err("there is nothing").message;
    assert_eq!(message, "cannot read the folder `/nowhere/at/all`: no such file or directory");
}

/// A moment `seconds` after now.
fn later(seconds: i64) -> i64 {
    nanoseconds_since_epoch() + seconds * 1_000_000_000
}

#[test]
fn a_file_that_was_just_written_is_read_again() {
    let folder = Folder::new(&[]);
    let path = SourcePath::new("content/pages/about.md");
    let mut memo = SnapshotMemo::default();
    let mut take = |folder: &Folder, now| {
        let (sources, _) = snapshot_at(folder.0.path(), &mut memo, now).expect("a folder");
        sources.get(&path).expect("it is there").fingerprint
    };
    assert_eq!(take(&folder, later(0)), Fingerprint::of(b"about"));
    // The same size, within the granularity of the clock: only the bytes tell.
    let modified = fs::metadata(folder.at("content/pages/about.md")).expect("a file");
    folder.write("content/pages/about.md", "ABOUT");
    let file = fs::File::options().write(true).open(folder.at("content/pages/about.md"));
    let times = modified.modified().expect("a time");
    file.and_then(|file| file.set_modified(times)).expect("a file of ours");
    assert_eq!(take(&folder, later(0)), Fingerprint::of(b"ABOUT"));
}

#[test]
fn a_file_that_is_as_it_was_is_read_only_when_its_bytes_are_wanted() {
    let folder = Folder::new(&[]);
    let path = SourcePath::new("content/pages/about.md");
    let mut memo = SnapshotMemo::default();
    snapshot_at(folder.0.path(), &mut memo, later(10)).expect("a folder");
    let stamp = memo.files[&path];
    // A fingerprint that only the memo can have shows that the file was not read.
    let invented = Fingerprint::of(b"invented");
    memo.files.insert(path.clone(), Stamp { fingerprint: invented, ..stamp });
    let (sources, _) = snapshot_at(folder.0.path(), &mut memo, later(20)).expect("a folder");
    assert_eq!(sources.get(&path).expect("it is there").fingerprint, invented);
    assert_eq!(sources.bytes(&path), None);

    memo.files.insert(path.clone(), stamp);
    let (sources, _) = snapshot_at(folder.0.path(), &mut memo, later(20)).expect("a folder");
    assert_eq!(sources.bytes(&path).as_deref(), Some(&b"about"[..]));
    let (sources, _) = snapshot_at(folder.0.path(), &mut memo, later(20)).expect("a folder");
    folder.write("content/pages/about.md", "other");
    assert_eq!(sources.bytes(&path), None);
}

#[test]
fn texts_are_held_until_they_are_read_and_pictures_are_not() {
    let picture = "content/media/knot.png";
    let folder = Folder::new(&[(picture, "picture")]);
    let (sources, _) = folder.snapshot();
    for path in ["content/pages/about.md", picture] {
        folder.write(path, "something else");
    }
    let text = sources.bytes(&"content/pages/about.md".into());
    assert_eq!(text.as_deref(), Some(&b"about"[..]));
    assert_eq!(sources.bytes(&picture.into()), None);
}

#[test]
fn a_glimpse_is_what_a_look_at_everything_gives_or_nothing() {
    let about = "content/pages/about.md";
    let folder = Folder::new(&[("content/pages/team.md", "team")]);
    let mut memo = SnapshotMemo::default();
    let (before, _) = snapshot(folder.0.path(), &mut memo).expect("a folder");
    let glimpse = |memo: &mut SnapshotMemo, paths: &[&str]| {
        let changed = paths.iter().map(|path| folder.at(path)).collect();
        glimpse(folder.0.path(), memo, &before, &changed)
    };
    folder.write(about, "about us");
    folder.write("content/pages/about.md~", "about");
    let left_behind = ["content/pages/about.md~", "content/pages/.about.md.swp", about];
    let now = glimpse(&mut memo, &left_behind).expect("only known files changed");
    let all = |sources: &Sources| {
        let files = sources.iter().map(|(path, file)| (path.clone(), file.fingerprint));
        files.collect::<Vec<_>>()
    };
    assert_eq!(all(&now), all(&folder.snapshot().0));
    assert_ne!(all(&now), all(&before));
    // Both can be read again as they are, and none as something else.
    now.release(&about.into());
    assert_eq!(now.bytes(&about.into()).as_deref(), Some(&b"about us"[..]));
    before.release(&about.into());
    assert_eq!(before.bytes(&about.into()), None);
    // What is new, gone, a link, or outside asks for a look at everything.
    folder.write("content/pages/new.md", "new");
    assert!(glimpse(&mut memo, &["content/pages/new.md"]).is_none());
    fs::remove_file(folder.at("content/pages/team.md")).expect("removed");
    assert!(glimpse(&mut memo, &["content/pages/team.md"]).is_none());
    symlink(folder.at(about), folder.at("content/pages/team.md")).expect("linked");
    assert!(glimpse(&mut memo, &["content/pages/team.md"]).is_none());
    assert!(glimpse(&mut memo, &["content/pages"]).is_none());
}
