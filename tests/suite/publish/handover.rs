//! To Netlify and Cloudflare Pages: a program on `PATH` stands in for theirs, and keeps what it was
//! handed.

use std::fs;
use std::path::PathBuf;

use super::{Studio, said};
use crate::project::files_below;

/// A program that writes down its arguments, and copies the folder among them to `host`.
const PROGRAM: &str = "#!/bin/sh\n\
    echo \"$(basename \"$0\") $*\" >> \"$STAND_IN/calls\"\n\
    [ -e \"$STAND_IN/refuses\" ] && { echo 'Error: Not logged in' >&2; exit 1; }\n\
    for argument; do [ -d \"$argument\" ] && folder=\"$argument\"; done\n\
    rm -rf \"$STAND_IN/host\"; cp -r \"$folder\" \"$STAND_IN/host\"\n";

struct StandIn {
    studio: Studio,
    folder: PathBuf,
}

impl StandIn {
    fn of(program: &str, settings: &str) -> Self {
        let studio = Studio::new(&format!("[publish.live]\n{settings}\n"));
        let folder = studio.beside("stand-in");
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join(program), PROGRAM).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(folder.join(program), mode).expect("it may run");
        Self { studio, folder }
    }

    fn publish(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = self.studio.command(&["publish", "--yes"]);
        let path = std::env::var("PATH").unwrap_or_default();
        command.args(arguments).env("STAND_IN", &self.folder);
        command.env("PATH", format!("{}:{path}", self.folder.display()));
        let output = command.output().expect("it runs");
        (output.status.success(), said(&output))
    }

    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.folder.join("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }
}

#[test]
fn a_whole_site_is_handed_over_once_for_each_change() {
    for (program, settings, first, last) in [
        (
            "netlify",
            "type = \"netlify\"\nsite = \"knot\"",
            "netlify deploy --prod --no-build --site knot --dir /",
            "",
        ),
        (
            "wrangler",
            "type = \"cloudflare-pages\"\nproject = \"knot\"",
            "wrangler pages deploy /",
            "--project-name knot --branch main --commit-dirty=true",
        ),
    ] {
        let stand_in = StandIn::of(program, settings);
        let (is_done, told) = stand_in.publish(&[]);
        assert!(is_done, "{told}");
        stand_in.studio.expect_site(&stand_in.folder.join("host"), &[]);
        let before = files_below(&stand_in.folder.join("host"));
        let (_, told) = stand_in.publish(&[]);
        assert!(told.contains("nothing to do"), "{told}");
        let calls = stand_in.calls();
        assert_eq!(calls.len(), 1, "{calls:?}");
        assert!(calls[0].starts_with(first) && calls[0].ends_with(last), "{calls:?}");

        stand_in.studio.edit();
        fs::write(stand_in.folder.join("refuses"), "").expect("written");
        let (is_done, told) = stand_in.publish(&[]);
        assert!(!is_done && told.contains("Not logged in"), "{told}");
        assert!(files_below(&stand_in.folder.join("host")) == before, "half a site is shown");
        fs::remove_file(stand_in.folder.join("refuses")).expect("removed");
        let (is_done, told) = stand_in.publish(&[]);
        assert!(is_done, "{told}");
        stand_in.studio.expect_site(&stand_in.folder.join("host"), &[]);
        let (is_done, told) = stand_in.publish(&["--rollback"]);
        assert!(is_done, "{told}");
        assert!(files_below(&stand_in.folder.join("host")) == before, "the build before");
    }
}

#[test]
fn a_folder_that_was_tampered_with_is_made_anew() {
    let stand_in = StandIn::of("netlify", "type = \"netlify\"\nsite = \"knot\"");
    stand_in.publish(&[]);
    let kept = stand_in.studio.root().join(".sinew/published/live/stage/kept/index.html");
    fs::remove_file(kept).expect("it is kept there");
    let (is_done, told) = stand_in.publish(&[]);
    assert!(is_done && !told.contains("nothing to do"), "{told}");
    stand_in.studio.expect_site(&stand_in.folder.join("host"), &[]);
}

#[test]
fn a_program_that_is_not_installed_is_named() {
    let stand_in = StandIn::of("other", "type = \"netlify\"\nsite = \"knot\"");
    let mut command = stand_in.studio.command(&["publish", "--yes"]);
    let output = command.env("PATH", &stand_in.folder).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("`netlify` is not installed"), "{}", said(&output));
}
