//! To a branch of a git repository, with the system's own git and a bare repository as remote.

use std::path::Path;
use std::process::Command;

use super::calls::Calls;
use super::{Studio, said};
use crate::project::files_below;

const PAGES: &str = "[publish.pages]\ntype = \"git\"\nremote = \"../remote.git\"\n\
                     base_url = \"https://me.example/kb\"\ndomain = \"me.example\"\n";

/// Runs git, which has to work, and gives what it printed.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
    let output = command.args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "{arguments:?}: {}", super::said(&output));
    String::from_utf8(output.stdout).expect("plain names")
}

fn with_remote() -> Studio {
    let studio = Studio::new(PAGES);
    let remote = studio.beside("remote.git");
    std::fs::create_dir(&remote).expect("made");
    git(&remote, &["init", "--quiet", "--bare"]);
    studio
}

#[test]
fn one_publish_is_one_commit_of_what_changed() {
    let studio = with_remote();
    let remote = studio.beside("remote.git");
    studio.done(&["publish", "--yes"]);
    assert_eq!(git(&remote, &["show", "gh-pages:CNAME"]), "me.example\n");
    let page = git(&remote, &["show", "gh-pages:index.html"]);
    assert!(page.contains("https://me.example/kb/"), "not built for its address");
    let again = studio.done(&["publish", "--yes"]);
    assert!(again.contains("nothing to do"), "{again}");
    studio.edit();
    studio.done(&["publish", "--yes"]);
    assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]), "2\n");
    let changed = git(&remote, &["diff", "--name-only", "gh-pages~", "gh-pages"]);
    assert!(changed.contains("muscles/infraspinatus/index.html"), "{changed}");
    assert!(!changed.contains("404.html"), "{changed}");
    studio.done(&["publish", "--yes", "--rollback"]);
    let trees = ["gh-pages^{tree}", "gh-pages~2^{tree}"];
    let [now, first] = trees.map(|tree| git(&remote, &["ls-tree", "-r", tree]));
    let pages = |tree: &str| {
        tree.lines().filter(|line| !line.contains(".sinew-")).map(ToOwned::to_owned).collect()
    };
    let (now, first): (Vec<_>, Vec<_>) = (pages(&now), pages(&first));
    assert_eq!(now, first);
}

/// Puts files of somebody else on the branch.
fn put_on_branch(studio: &Studio, names: &[&str]) {
    let work = studio.beside("work");
    git(studio.beside("").as_path(), &["clone", "--quiet", "remote.git", "work"]);
    for name in names {
        let path = work.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, "theirs").expect("written");
    }
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "ours"]);
    git(&work, &["push", "--quiet", "origin", "HEAD:gh-pages"]);
}

#[test]
fn a_foreign_file_in_the_place_of_a_folder_and_one_in_a_folder_in_the_place_of_a_page_stay() {
    for (theirs, told) in [
        (&["about", "keep.txt"][..], "`about` is in the way"),
        (&["about/index.html/a.txt", "about/index.html/b.txt"], "`about/index.html/a.txt` and 1"),
    ] {
        let studio = with_remote();
        let remote = studio.beside("remote.git");
        put_on_branch(&studio, theirs);
        for _ in 0..2 {
            let refused = studio.refused(2, &["publish", "--yes"]);
            assert!(refused.contains(told), "{refused}");
        }
        let listed = git(&remote, &["ls-tree", "-r", "--name-only", "gh-pages"]);
        assert_eq!(listed.lines().collect::<Vec<_>>(), theirs);
        studio.done(&["publish", "--yes", "--take-over"]);
        assert!(git(&remote, &["show", "gh-pages:about/index.html"]).contains("</html>"));
    }
}

#[test]
fn a_branch_that_was_removed_is_made_anew() {
    let studio = with_remote();
    let remote = studio.beside("remote.git");
    studio.done(&["publish", "--yes"]);
    git(&remote, &["branch", "-D", "gh-pages"]);
    studio.done(&["publish", "--yes"]);
    assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]), "1\n");
}

#[test]
fn what_a_git_that_was_killed_left_in_our_own_repository_stops_nobody() {
    let studio = with_remote();
    studio.done(&["publish", "--yes"]);
    let own = studio.root().join(".sinew/published/pages/git");
    for name in ["refs/sinew/next.lock", "refs/sinew/seen.lock", "config.lock", "shallow.lock"] {
        std::fs::write(own.join(name), "").expect("written");
        studio.edit();
        let said = studio.done(&["publish", "--yes"]);
        assert!(said.contains("published "), "{name}: {said}");
    }
    for name in ["HEAD", "config", "refs/sinew/seen", "refs/sinew/next"] {
        std::fs::write(own.join(name), "").expect("written");
        studio.edit();
        let said = studio.done(&["publish", "--yes"]);
        assert!(said.contains("published "), "{name}: {said}");
    }
}

#[test]
fn a_push_that_is_refused_leaves_the_branch_and_a_foreign_file_is_not_written_over() {
    let studio = with_remote();
    let remote = studio.beside("remote.git");
    put_on_branch(&studio, &["index.html"]);
    let refused = studio.refused(2, &["publish", "--yes"]);
    assert!(refused.contains("`index.html` is in the way"), "{refused}");
    let hook = remote.join("hooks/pre-receive");
    std::fs::create_dir_all(remote.join("hooks")).expect("made");
    std::fs::write(&hook, "#!/bin/sh\necho no more >&2\nexit 1\n").expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&hook, mode).expect("it may run");
    studio.refused(3, &["publish", "--yes", "--take-over"]);
    assert_eq!(git(&remote, &["show", "gh-pages:index.html"]), "theirs");
    std::fs::remove_file(hook).expect("removed");
    studio.done(&["publish", "--yes", "--take-over"]);
    assert_ne!(git(&remote, &["show", "gh-pages:index.html"]), "theirs");
}

#[test]
fn a_remote_that_is_not_there_is_told_of() {
    let studio = Studio::new("[publish.pages]\ntype = \"git\"\nremote = \"nowhere\"\n");
    let refused = studio.refused(2, &["publish", "--yes"]);
    assert!(refused.contains("no remote `nowhere`"), "{refused}");
}

#[test]
fn each_call_of_the_remote_may_fail_once_and_be_the_last() {
    let studio = with_remote();
    let calls = Calls::new(studio.beside("bin"));
    calls.stand_before("git", "", "*ls-remote*|*fetch*|*push*");
    let publish = || {
        let mut command = studio.command(&["publish", "--yes", "--quiet"]);
        let output = command.env("PATH", calls.path()).output().expect("it runs");
        // After a kill there is nothing to be read.
        assert!(output.status.success() || output.status.code().is_none(), "{}", said(&output));
        output.status.success()
    };
    let expect = |when: &str| {
        let at = studio.beside("checkout");
        git(&studio.beside(""), &["clone", "-q", "-b", "gh-pages", "remote.git", "checkout"]);
        let mut there = files_below(&at);
        std::fs::remove_dir_all(at).expect("removed");
        there.retain(|path, _| {
            !path.starts_with(".git/") && path != ".sinew-published" && path != "CNAME"
        });
        let mut built = files_below(&studio.root().join(".sinew/site/pages"));
        built.remove(".sinew-manifest");
        assert!(there == built, "{when}: files differ");
    };
    calls.do_wrong(&|| studio.edit(), &publish, &expect);
}

#[test]
fn a_repository_that_is_not_there_is_told_of() {
    let studio = Studio::new(PAGES);
    let refused = studio.refused(2, &["publish", "--yes"]);
    assert!(refused.contains("does not appear to be a git repository"), "{refused}");
    assert!(refused.contains("see `remote` in `site.toml`"), "{refused}");
}
