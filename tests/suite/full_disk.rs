//! A disk that is full for real: a small one in memory, in a namespace of its own, of which all but a
//! few blocks, or all but a few files, are taken. The site is the old one or the new one, byte for
//! byte, nothing half-made lies about, and once there is room the next build needs no help.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::project::{Project, files_below};
use crate::publish::servers::{has, left_out};

/// Blocks of a file system in memory.
const BLOCK: u64 = 4096;
/// Both sites, all that is remembered of them, and room to move.
const SIZE: &str = "size=24m,nr_inodes=4096";

/// A small disk, which is gone with the process that holds its namespace.
struct Disk {
    holder: Child,
    mounted_at: PathBuf,
    namespaces: &'static str,
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

impl Disk {
    /// Mounts a disk over a folder; `None` where nobody may, which is said.
    fn mounted_at(folder: &Path) -> Option<Self> {
        if !has("unshare") || !has("nsenter") {
            return None;
        }
        // Root may mount where others first have to become root of a namespace; some containers
        // allow the one, and some the other.
        let disk = ["-Urm", "-m"].into_iter().find_map(|namespaces| Self::held(folder, namespaces));
        if disk.is_none() {
            left_out("a file system in memory cannot be mounted here");
        }
        disk
    }

    fn held(folder: &Path, namespaces: &'static str) -> Option<Self> {
        let script = "mount -t tmpfs -o \"$1\" full \"$0\" && echo mounted && exec cat";
        let mut command = Command::new("unshare");
        command.args([namespaces, "sh", "-c", script]).arg(folder).arg(SIZE);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut holder = command.spawn().expect("it is installed");
        let mut said = String::new();
        let output = holder.stdout.take().expect("its output is read");
        let _ = BufReader::new(output).read_line(&mut said);
        let disk = Self { holder, mounted_at: folder.to_owned(), namespaces };
        (said == "mounted\n").then_some(disk)
    }

    /// A folder of the disk as this process sees it.
    fn seen(&self, path: &Path) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(path.strip_prefix("/").expect("a whole path"))
    }

    /// A program that sees the disk at its place.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new("nsenter");
        command.args(["-t", &self.holder.id().to_string(), "-m"]);
        if self.namespaces.contains('U') {
            command.args(["-U", "--preserve-credentials"]);
        }
        command.arg(program).args(arguments).output().expect("it is installed")
    }

    fn filler(&self) -> PathBuf {
        self.seen(&self.mounted_at).join("others")
    }

    /// Takes all of the disk but this.
    fn fill_up_to(&self, room: Room) {
        fs::create_dir(self.filler()).expect("there is room for a folder");
        match room {
            Room::Blocks(free) => {
                let mut file = fs::File::create(self.filler().join("big")).expect("made");
                while file.write_all(&[1; 4096]).is_ok() {}
                let taken = file.metadata().expect("there").len() / BLOCK * BLOCK;
                file.set_len(taken.saturating_sub(free * BLOCK)).expect("cut");
            }
            Room::Files(free) => {
                let path = |number: usize| self.filler().join(number.to_string());
                let made = (0..).find(|number| fs::File::create(path(*number)).is_err());
                let made = made.expect("the disk is not endless");
                for number in made.saturating_sub(free)..made {
                    fs::remove_file(path(number)).expect("removed");
                }
            }
        }
    }

    fn make_room(&self) {
        fs::remove_dir_all(self.filler()).expect("removed");
    }
}

/// What is left of a disk.
#[derive(Debug, Clone, Copy)]
enum Room {
    /// Blocks for bytes.
    Blocks(u64),
    /// Names for files and folders.
    Files(usize),
}

const ROOMS: [Room; 9] = [
    Room::Blocks(0),
    Room::Blocks(1),
    Room::Blocks(8),
    Room::Blocks(60),
    Room::Blocks(200),
    Room::Files(0),
    Room::Files(1),
    Room::Files(9),
    Room::Files(60),
];

/// A project whose disk, or a part of it, is small.
struct Studio {
    _folder: tempfile::TempDir,
    root: PathBuf,
    output: PathBuf,
    disk: Disk,
    /// The settings of each version, and the site that is made of them.
    versions: [(String, BTreeMap<String, Vec<u8>>); 2],
}

impl Studio {
    /// A project in `kb`, with its output, of which the folder `small` is a disk of its own; all are
    /// paths in a folder that is gone with the test.
    fn new(small: &str, output: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let beyond = fs::canonicalize(folder.path()).expect("there");
        let root = beyond.join("kb");
        fs::create_dir_all(beyond.join(small)).expect("made");
        let disk = Disk::mounted_at(&beyond.join(small))?;
        Project::small().put_below(&disk.seen(&root));
        let settings = fs::read_to_string(disk.seen(&root).join("site.toml")).expect("settings");
        let other = settings.replace("Small Studio", "Other Studio");
        assert_ne!(settings, other, "the versions are the same");
        let versions = [settings, other].map(|settings| (settings, BTreeMap::new()));
        let output = beyond.join(output);
        let mut studio = Self { _folder: folder, root, output, disk, versions };
        for version in [1, 0] {
            studio.choose(version);
            studio.expect_success(&studio.build());
            studio.versions[version].1 = studio.site();
        }
        Some(studio)
    }

    fn choose(&self, version: usize) {
        let settings = self.disk.seen(&self.root).join("site.toml");
        fs::write(settings, &self.versions[version].0).expect("written");
    }

    fn build(&self) -> Output {
        let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let (root, output) = (path(&self.root), path(&self.output));
        let arguments = ["build", "--as-of", "2026-11-25", "--root", &root, "--output", &output];
        self.disk.run(env!("CARGO_BIN_EXE_sinew"), &arguments)
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let mut site = files_below(&self.disk.seen(&self.output));
        site.retain(|path, _| !path.starts_with("others/"));
        site
    }

    fn expect_success(&self, output: &Output) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Nothing lies about that a build makes on its way.
    fn expect_tidy(&self, case: &str) {
        let places = [self.root.join(".sinew"), self.output.clone()];
        let mut paths: Vec<String> = Vec::new();
        for place in places.into_iter().filter(|place| self.disk.seen(place).exists()) {
            paths.extend(files_below(&self.disk.seen(&place)).into_keys());
        }
        let beside = self.output.parent().expect("it lies in a folder");
        let beside = fs::read_dir(self.disk.seen(beside)).expect("a folder").flatten();
        paths.extend(beside.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        let is_half_made =
            |path: &&String| path.contains(".sinew-") && !path.ends_with(".sinew-manifest");
        assert_eq!(paths.iter().find(is_half_made), None, "{case}: something half-made stays");
    }

    /// Builds the other version with hardly any room, then with enough, for every sort of scarcity.
    /// Gives how often there was too little.
    fn try_rooms(&self) -> usize {
        let (mut now, mut refusals) = (0, 0);
        for room in ROOMS {
            let case = format!("{room:?}");
            let next = 1 - now;
            self.choose(next);
            self.disk.fill_up_to(room);
            let output = self.build();
            let said = String::from_utf8_lossy(&output.stderr);
            let site = self.site();
            if output.status.success() {
                assert!(site == self.versions[next].1, "{case}: it is not the new site: {said}");
            } else {
                refusals += 1;
                assert!(site == self.versions[now].1, "{case}: it is not the old site: {said}");
                assert_eq!(output.status.code(), Some(3), "{case}: {said}");
                let is_clear = said.contains("no space left on device") && said.contains("cannot ");
                assert!(is_clear, "{case}: {said}");
            }
            self.expect_tidy(&case);
            self.disk.make_room();
            self.expect_success(&self.build());
            assert!(self.site() == self.versions[next].1, "{case}: the next build did not heal it");
            self.expect_tidy(&case);
            now = next;
        }
        refusals
    }
}

#[test]
fn a_project_on_a_full_disk_keeps_its_old_site_until_there_is_room() {
    let Some(studio) = Studio::new("kb", "kb/public") else { return };
    assert!(studio.try_rooms() >= 4, "the disk was hardly ever full");
}

#[test]
fn an_output_on_a_full_disk_is_the_old_site_until_there_is_room() {
    let Some(studio) = Studio::new("web", "web/site") else { return };
    assert!(studio.try_rooms() >= 4, "the disk was hardly ever full");
}

#[test]
fn an_output_that_is_a_full_disk_is_the_old_site_until_there_is_room() {
    let Some(studio) = Studio::new("web", "web") else { return };
    assert!(studio.try_rooms() >= 4, "the disk was hardly ever full");
}

#[test]
fn what_is_remembered_on_a_full_disk_costs_time_and_nothing_else() {
    let Some(studio) = Studio::new("kb/.sinew", "kb/public") else { return };
    assert_eq!(studio.try_rooms(), 0, "a build failed although its site had room");
}
