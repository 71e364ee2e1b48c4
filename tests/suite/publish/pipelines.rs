//! `sinew init --ci`: the pipelines of hosts, in a project that is there and in a new one.

use std::fs;

use super::Studio;

const FILES: [(&str, &str); 3] = [
    ("github", ".github/workflows/site.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("forgejo", ".forgejo/workflows/site.yml"),
];

#[test]
fn a_project_gets_a_pipeline_and_nothing_is_ever_overwritten() {
    let studio = Studio::new("[publish.live]\ntype = \"folder\"\npath = \"../www\"\n");
    let before = crate::project::files_below(&studio.root());
    for (host, path) in FILES {
        studio.done(&["init", "--ci", host]);
        let text = fs::read_to_string(studio.root().join(path)).expect("it was written");
        assert!(text.contains("sinew publish --yes"), "{text}");
        fs::write(studio.root().join(path), "ours").expect("written");
        let refused = studio.refused(2, &["init", "--ci", host]);
        assert!(refused.contains("already"), "{refused}");
        assert_eq!(fs::read(studio.root().join(path)).expect("readable"), b"ours");
    }
    let mut after = crate::project::files_below(&studio.root());
    after.retain(|path, _| !FILES.iter().any(|(_, file)| path == file));
    after.retain(|path, _| !path.starts_with(".sinew/"));
    assert!(after == before, "more was touched");
}

/// `sinew init` in a folder, as a shell there would run it.
fn init_in(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sinew"));
    command.current_dir(folder).arg("init").args(arguments).output().expect("it runs")
}

#[test]
fn a_project_gets_its_pipeline_from_any_folder_in_it() {
    let studio = Studio::new("");
    let output = init_in(&studio.root().join("content/muscles"), &["--ci", "gitlab"]);
    assert!(output.status.success(), "{}", super::said(&output));
    assert!(studio.root().join(".gitlab-ci.yml").exists());
    assert!(!studio.root().join("content/muscles/site.toml").exists(), "a project in the project");
}

#[test]
fn no_project_is_made_inside_another_one() {
    let studio = Studio::new("");
    let before = crate::project::files_below(&studio.root());
    let root = studio.root().canonicalize().expect("it is there");
    for (folder, arguments) in [("content", &[][..]), ("content/muscles", &["x/y"]), ("", &["x"])] {
        let output = init_in(&studio.root().join(folder), arguments);
        let said = super::said(&output);
        assert_eq!(output.status.code(), Some(2), "{folder}: {said}");
        let expected = format!("inside the project in `{}`", root.display());
        assert!(said.contains(&expected), "{folder}: {said}");
    }
    assert!(crate::project::files_below(&studio.root()) == before, "something was written");
    let output = init_in(&studio.root(), &["../beside"]);
    assert!(output.status.success(), "{}", super::said(&output));
}

#[test]
fn a_new_project_can_begin_with_a_pipeline() {
    let studio = Studio::new("");
    let new = studio.beside("new");
    let folder = new.to_str().expect("a plain path");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sinew"));
    let output = command.args(["init", "--ci", "gitlab", folder]).output().expect("it runs");
    assert!(output.status.success(), "{}", super::said(&output));
    let text = fs::read_to_string(new.join(".gitlab-ci.yml")).expect("it was written");
    assert!(text.contains("pages:") && new.join("site.toml").exists());
}

#[test]
fn gitlab_gets_a_report_that_names_the_line() {
    let studio = Studio::new("");
    let page = studio.root().join("content/pages/about.md");
    let text = fs::read_to_string(&page).expect("readable");
    fs::write(&page, format!("{text}\nSee [[muscle:nobody]].\n")).expect("written");
    let output = studio.run(&["check", "--format", "gitlab"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let lines = text.lines().count() + 2;
    assert_eq!(report[0]["check_name"], "broken-link");
    assert_eq!(report[0]["severity"], "major");
    assert_eq!(report[0]["location"]["path"], "kb/content/pages/about.md");
    assert_eq!(report[0]["location"]["lines"]["begin"], lines);
    assert!(report[0]["fingerprint"].as_str().is_some_and(|text| text.len() >= 16));
}
