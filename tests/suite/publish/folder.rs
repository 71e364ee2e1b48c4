//! To a folder: what travels, what is asked, what is refused, and what a kill leaves.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Studio, missing_assets, while_read};
use crate::project::files_below;

const LIVE: &str = "[publish.live]\ntype = \"folder\"\npath = \"../www\"\n";

#[test]
fn nothing_happens_without_being_asked_for_and_then_all_of_it_does() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    let planned = studio.done(&["publish", "--dry-run"]);
    assert!(planned.contains("  added ") && planned.contains("+ /404.html"), "{planned}");
    let refused = studio.refused(2, &["publish"]);
    assert!(refused.contains("no terminal") && refused.contains("`--yes`"), "{refused}");
    assert!(!www.exists(), "something was published");
    studio.done(&["publish", "--yes"]);
    studio.expect_site(&www, &[".sinew-published"]);
    let again = studio.done(&["publish", "live", "--yes"]);
    assert!(again.contains("nothing to do"), "{again}");
}

#[test]
fn only_what_changed_travels_and_a_rollback_brings_the_build_before() {
    let settings = format!("{LIVE}compress = [\"gzip\"]\ndomain = \"example.org\"\n");
    let studio = Studio::new(&settings);
    let www = studio.beside("www");
    studio.done(&["publish", "--yes"]);
    let before = files_below(&www);
    assert_eq!(before["CNAME"], b"example.org\n");
    assert!(before.contains_key("index.html.gz"));
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in before.keys() {
        let file = fs::File::options().append(true).open(www.join(path)).expect("it is there");
        file.set_modified(old).expect("it can be set");
    }
    studio.edit();
    studio.done(&["publish", "--yes"]);
    let after = files_below(&www);
    let differing: Vec<&String> =
        after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(differing.iter().any(|path| *path == "muscles/infraspinatus/index.html"));
    for path in after.keys().filter(|path| !path.starts_with(".sinew-")) {
        let modified = fs::metadata(www.join(path)).and_then(|found| found.modified());
        let travelled = modified.expect("it is there") != old;
        assert_eq!(travelled, differing.contains(&path), "{path}");
    }
    studio.done(&["publish", "--yes", "--rollback"]);
    assert!(files_below(&www) == before, "the build before is not back");
    studio.done(&["publish", "--yes", "--rollback"]);
    assert!(files_below(&www) == after, "the rollback cannot be taken back");
}

#[test]
fn addresses_that_stand_for_others_are_told_to_whoever_publishes() {
    let studio = Studio::new("");
    let settings = |level: &str| {
        let base_url = "base_url = \"https://example.com\"\n";
        let check = format!("[check]\ndefault = \"allow\"\nmissing-base-url = \"{level}\"\n");
        fs::write(studio.root().join("site.toml"), format!("{base_url}{LIVE}{check}"))
            .expect("written");
    };
    settings("warn");
    let refused = studio.refused(2, &["publish", "--yes", "--strict"]);
    assert!(refused.contains("`https://example.com` is nobody's"), "{refused}");
    let end = "nothing was published: warnings count as errors (`--strict`)\n";
    assert!(refused.ends_with(end), "{refused}");
    assert!(!studio.beside("www").exists(), "something was published");
    let done = studio.done(&["publish", "--yes"]);
    assert!(done.contains("`https://example.com` is nobody's"), "{done}");
    settings("error");
    let refused = studio.refused(2, &["publish", "--yes"]);
    assert!(
        refused.ends_with("nothing was published: errors have to be mended first\n"),
        "{refused}"
    );
    settings("allow");
    assert!(!studio.done(&["publish", "--yes"]).contains("nobody's"));
}

#[test]
fn programs_read_one_list_of_findings_and_no_plan() {
    let studio = Studio::new("");
    let check =
        "[check]\ndefault = \"allow\"\nmissing-base-url = \"warn\"\norphan-page = \"warn\"\n";
    let settings = format!("base_url = \"https://example.com\"\n{LIVE}{check}");
    fs::write(studio.root().join("site.toml"), settings).expect("written");
    let lonely = studio.root().join("content/pages/lonely.md");
    fs::write(lonely, "---\ntitle: Lonely\n---\n").expect("written");
    for how in ["--dry-run", "--yes"] {
        let output = studio.run(&["publish", how, "--format", "gitlab"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let list: Vec<serde_json::Value> =
            serde_json::from_slice(&output.stdout).expect("it is one list");
        assert_eq!(list.len(), 2, "{list:?}");
    }
}

#[test]
fn a_folder_at_home_is_that_of_the_user() {
    let studio = Studio::new(&LIVE.replace("../www", "~/www"));
    studio.done(&["publish", "--yes"]);
    studio.expect_site(&studio.beside("www"), &[".sinew-published"]);
    assert!(!studio.root().join("~").exists());
    let other = Studio::new(&LIVE.replace("../www", "~other/www"));
    let said = other.refused(2, &["publish", "--yes"]);
    assert!(said.contains("`~other/www` names a folder that only shells know"), "{said}");
}

#[test]
fn many_losses_are_refused_even_with_yes_and_until_they_are_allowed() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    studio.done(&["publish", "--yes"]);
    let before = files_below(&www);
    fs::remove_dir_all(studio.root().join("content")).expect("removed");
    fs::create_dir(studio.root().join("content")).expect("made");
    // What it leads to is gone too, which would be an error of its own.
    let settings = studio.root().join("site.toml");
    let text = fs::read_to_string(&settings).expect("readable");
    let text = text.replace("\"/muscles/infraspinatus/\"", "\"/\"").replace("\"/pain/\"", "\"/\"");
    fs::write(settings, text).expect("written");
    let refused = studio.refused(2, &["publish", "--yes"]);
    let (_, allow) = refused.split_once("--allow-deletes ").expect("the way is said");
    let count: String = allow.chars().take_while(char::is_ascii_digit).collect();
    studio.refused(2, &["publish", "--dry-run"]);
    assert!(files_below(&www) == before, "something was touched");
    studio.done(&["publish", "--yes", "--allow-deletes", &count]);
    assert!(!www.join("muscles/infraspinatus").exists());
}

#[test]
fn what_sinew_did_not_put_there_is_not_touched() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    fs::create_dir(&www).expect("made");
    fs::write(www.join("index.html"), "theirs").expect("written");
    fs::write(www.join("notes.txt"), "theirs").expect("written");
    let refused = studio.refused(2, &["publish", "--yes"]);
    assert!(refused.contains("is in the way") && refused.contains("--take-over"), "{refused}");
    assert_eq!(fs::read(www.join("index.html")).expect("there"), b"theirs");
    studio.done(&["publish", "--yes", "--take-over"]);
    assert_eq!(fs::read(www.join("notes.txt")).expect("there"), b"theirs");
    studio.expect_site(&www, &[".sinew-published", "notes.txt"]);
}

#[test]
fn a_folder_that_must_not_be_lost_is_no_target() {
    for path in ["content", ".", "public/x"] {
        let studio = Studio::new(&format!("[publish.live]\ntype = \"folder\"\npath = {path:?}\n"));
        studio.refused(2, &["publish", "--yes"]);
    }
}

/// Every page that a reader finds has all that it loads.
#[track_caller]
fn read_all(www: &Path) {
    let files = files_below(www);
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.trim_end().ends_with("</html>"), "{path} is cut");
    }
    assert_eq!(missing_assets(&files), Vec::<String>::new());
}

/// Publishes, and kills it some time after it has begun; whether that came in time.
fn is_killed(studio: &Studio, www: &Path, after: Duration) -> bool {
    let mut command = studio.command(&["publish", "--yes", "--quiet"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it runs");
    let start = Instant::now();
    // The claim says that it has begun.
    while !www.join(".sinew-claim").exists() && start.elapsed() < Duration::from_secs(10) {
        if child.try_wait().expect("it can be asked").is_some() {
            break;
        }
    }
    std::thread::sleep(after);
    let _ = child.kill();
    !child.wait().expect("it ended").success()
}

#[test]
fn a_kill_leaves_pages_whole_and_the_next_publish_finishes_the_work() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    let mut kills = 0;
    for round in 0..4 {
        studio.edit();
        kills += usize::from(is_killed(&studio, &www, Duration::from_micros(800 * round)));
        if www.exists() {
            read_all(&www);
        }
    }
    assert!(kills > 0, "no kill hit");
    studio.done(&["publish", "--yes"]);
    studio.expect_site(&www, &[".sinew-published"]);
}

#[test]
fn a_reader_misses_nothing_while_the_design_changes_and_publishers_are_killed() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    studio.done(&["publish", "--yes"]);
    let missed = while_read(&www, || {
        for round in 0..4 {
            studio.redesign();
            is_killed(&studio, &www, Duration::from_micros(800 * round));
            studio.done(&["publish", "--yes"]);
        }
    });
    assert!(missed.is_empty(), "pages without their assets: {missed:?}");
}
