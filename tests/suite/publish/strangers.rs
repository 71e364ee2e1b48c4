//! What sinew did not put there, on a folder as a studio meets it.

use std::fs;

use super::Studio;
use crate::project::files_below;

const LIVE: &str = "[publish.live]\ntype = \"folder\"\npath = \"../www\"\n";

/// Adds a page to the project.
fn add(studio: &Studio, name: &str) {
    let pages = studio.root().join("content/pages");
    fs::copy(pages.join("about.md"), pages.join(format!("{name}.md"))).expect("copied");
}

fn take_back(studio: &Studio, name: &str) {
    fs::remove_file(studio.root().join(format!("content/pages/{name}.md"))).expect("removed");
}

#[test]
fn a_refusal_is_the_same_the_next_time_and_touches_nothing() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    fs::create_dir_all(www.join("about")).expect("made");
    for name in ["index.html", "about/index.html"] {
        fs::write(www.join(name), "theirs").expect("written");
    }
    let before = files_below(&www);
    for arguments in [&["publish", "--yes"][..], &["publish", "--dry-run"], &["publish", "--yes"]] {
        let said = studio.refused(2, arguments);
        assert!(said.contains("`about/index.html` and 1 more are in the way"), "{said}");
        assert!(files_below(&www) == before, "something was touched");
    }
    studio.done(&["publish", "--yes", "--take-over"]);
    studio.expect_site(&www, &[".sinew-published"]);
}

#[test]
fn a_page_that_is_taken_back_after_a_refusal_takes_nothing_with_it() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    studio.done(&["publish", "--yes"]);
    fs::create_dir(www.join("hours")).expect("made");
    fs::write(www.join("hours/index.html"), "theirs").expect("written");
    add(&studio, "hours");
    studio.refused(2, &["publish", "--yes"]);
    take_back(&studio, "hours");
    studio.done(&["publish", "--yes"]);
    assert_eq!(fs::read(www.join("hours/index.html")).expect("there"), b"theirs");
}

#[test]
fn a_damaged_record_is_no_leave_to_take_over_and_forgets_nothing() {
    let studio = Studio::new(LIVE);
    let www = studio.beside("www");
    add(&studio, "closing");
    studio.done(&["publish", "--yes"]);
    let damage = || fs::write(www.join(".sinew-published"), "").expect("written");
    damage();
    take_back(&studio, "closing");
    add(&studio, "hours");
    fs::create_dir(www.join("hours")).expect("made");
    fs::write(www.join("hours/index.html"), "theirs").expect("written");
    let said = studio.refused(2, &["publish", "--yes"]);
    assert!(said.contains("`hours/index.html` is in the way"), "{said}");
    fs::remove_dir_all(www.join("hours")).expect("removed");
    let said = studio.done(&["publish", "--yes"]);
    assert!(said.contains("was damaged: everything travels again\n"), "{said}");
    assert!(said.contains("- /closing/"), "{said}");
    studio.expect_site(&www, &[".sinew-published"]);
    studio.done(&["publish", "--yes", "--rollback"]);
    assert!(www.join("closing/index.html").exists(), "the build before is not back");

    damage();
    fs::remove_dir_all(studio.root().join(".sinew/published")).expect("removed");
    let said = studio.refused(2, &["publish", "--yes"]);
    assert!(said.contains("what is no longer part of the site stays there"), "{said}");
}
