//! Secrets come from outside of the project, and never get out of it again.

use super::storage_server::Storage;
use super::{Studio, said, storage};
use crate::project::files_below;

const SECRET: &str = "hunter2-hunter2-hunter2";

#[test]
fn no_secret_of_the_environment_is_said_or_kept() {
    let storage = Storage::start();
    let studio = storage::studio(&storage);
    for fault in [Some((0, "403")), Some((5, "400")), None] {
        storage.lock().fault = fault;
        let mut command = studio.command(&["publish", "--yes", "--verbose"]);
        command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", SECRET);
        command.env("AWS_SESSION_TOKEN", format!("token-{SECRET}"));
        let output = command.output().expect("it runs");
        assert_eq!(output.status.success(), fault.is_none(), "{}", said(&output));
        let said = said(&output);
        assert!(!said.contains(SECRET) && !said.contains("Signature="), "{said}");
    }
    for (path, bytes) in files_below(&studio.root()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET) && !text.contains("Signature="), "it stands in {path}");
    }
    for (name, object) in &storage.lock().objects {
        assert!(!String::from_utf8_lossy(&object.bytes).contains(SECRET), "{name}");
    }
}

#[test]
fn a_secret_in_the_settings_is_an_error_that_does_not_show_it() {
    for line in [
        format!("secret_access_key = \"{SECRET}\""),
        format!("endpoint = \"https://me:{SECRET}@storage.example\""),
        "profile = \"AKIAHUNTER2HUNTER2XX\"".to_owned(),
    ] {
        let settings = format!("[publish.live]\ntype = \"s3\"\nbucket = \"site\"\n{line}\n");
        let studio = Studio::new(&settings);
        for arguments in [
            &["publish", "--yes"][..],
            &["check", "--format", "json"],
            &["check", "--format", "github"],
        ] {
            let output = studio.run(arguments);
            let said = said(&output);
            assert!(!output.status.success(), "{arguments:?}");
            assert!(said.contains("secret"), "{said}");
            assert!(!said.contains("hunter2") && !said.contains("HUNTER2"), "{said}");
        }
    }
}

#[test]
fn mistakes_in_the_settings_are_reported_at_their_line() {
    for (settings, expected) in [
        (
            "type = \"ftp\"",
            "expected one of `folder`, `git`, `ssh`, `s3`, `netlify`, `cloudflare-pages`, found `ftp`",
        ),
        ("type = \"folder\"", "a target of type `folder` needs `path`"),
        ("type = \"git\"\nhost = \"x\"", "a target of type `git` has no key `host`"),
    ] {
        let studio = Studio::new(&format!("[publish.live]\n{settings}\n"));
        let said = studio.refused(2, &["publish", "--yes"]);
        assert!(said.contains(expected) && said.contains("--> kb/site.toml:1"), "{said}");
    }
    let none = Studio::new("").refused(2, &["publish"]);
    assert!(none.contains("no place to publish to is set"), "{none}");
}
