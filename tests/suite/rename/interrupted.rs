//! A rename that is killed on its way is finished by the same command.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use sinew::authoring::change::changed;
use sinew::authoring::rename::{Request, rename};
use sinew::model::Kind;

use super::{append, expect_refused, input, named_in_every_way, rename_in, texts};
use crate::disk_faults::can_trace;
use crate::project::{Project, files_below};

/// A kill after any number of steps leaves a project that the same command finishes.
#[track_caller]
fn expect_finished(project: &Project, kind: Kind, old: &str, new: &str) {
    let before = project.input().sources;
    let done = rename_in(project, kind, old, new).expect("it is safe");
    let whole = texts(&changed(&before, &done.changes));
    for (count, next) in done.changes.iter().enumerate() {
        let part = changed(&before, &done.changes[..count]);
        let mut parts = vec![part.clone()];
        if next.is_moved() {
            // A file that moves is there before it is gone from where it was.
            let mut twice = part;
            twice.insert(next.to.clone(), next.after());
            parts.push(twice);
        }
        for part in parts.into_iter().map(input) {
            let rest = rename(&part, Request { kind, old, new });
            let rest = rest.unwrap_or_else(|refusal| panic!("{old} after {count}: {refusal:?}"));
            let is_whole = texts(&changed(&part.sources, &rest.changes)) == whole;
            assert!(is_whole, "{old} after {count}");
        }
    }
}

#[test]
fn what_was_interrupted_can_be_finished() {
    let mut project = named_in_every_way();
    expect_finished(&project, Kind::Muscle, "infraspinatus", "teres");
    expect_finished(&project, Kind::Article, "knots", "lumps");
    // One of many in a file, with a text of its own.
    project.write("content/people/ada.md", "Ada is [here](/team/ada/), with [[knots]].\n").build();
    assert!(!project.has_errors(), "{}", project.findings());
    expect_finished(&project, Kind::Person, "ada", "ada-example");
}

#[test]
fn what_only_looks_like_a_rename_that_was_interrupted_is_refused() {
    let project = named_in_every_way();
    let request = (Kind::Muscle, "infraspinatus", "teres");
    let done = rename_in(&project, request.0, request.1, request.2).expect("it is safe");
    let first = &done.changes[0];
    let mut twice = named_in_every_way();
    twice.write(first.to.as_str(), first.after());
    append(&mut twice, first.to.as_str(), "# mine\n");
    let message = "there is a file `content/muscles/teres.yaml` already";
    expect_refused(&twice, request, message);
    let mut other = project;
    other.delete("content/muscles/infraspinatus.yaml");
    other.write(first.to.as_str(), first.after());
    other.write("content/muscles/teres.md", "Another text.\n");
    expect_refused(&other, request, "there is a file `content/muscles/teres.md` already");
}

/// Runs `sinew rename muscle infraspinatus infra`; with a number, it is killed at that call which renames
/// or removes a file.
fn run(root: &Path, killed_at: Option<usize>) -> Output {
    let sinew = env!("CARGO_BIN_EXE_sinew");
    let mut command = Command::new(if killed_at.is_some() { "strace" } else { sinew });
    if let Some(call) = killed_at {
        let calls = "rename,renameat2,unlink,unlinkat";
        command.args(["-f", "-qq", "-o", "/dev/null", "-e"]).arg(format!("trace={calls}"));
        command.arg("-e").arg(format!("inject={calls}:signal=KILL:when={call}")).arg(sinew);
    }
    command.args(["rename", "muscle", "infraspinatus", "infra", "--root"]).arg(root);
    command.env("RAYON_NUM_THREADS", "1").output().expect("it starts")
}

#[test]
fn a_rename_that_is_killed_at_any_call_is_finished_by_the_same_command() {
    if !can_trace() {
        return;
    }
    let begun = || {
        let folder = tempfile::tempdir().expect("a folder");
        Project::small().put_below(folder.path());
        folder
    };
    let files = |root: &Path| -> BTreeMap<String, Vec<u8>> {
        let all = files_below(root).into_iter();
        all.filter(|(path, _)| !path.starts_with(".sinew/")).collect()
    };
    let whole = begun();
    let output = run(whole.path(), None);
    assert!(output.status.success(), "{output:?}");
    let expected = files(whole.path());
    // The record and its text go first; what comes then is the same again and again.
    for call in (1..10).chain((10..).step_by(9)) {
        let folder = begun();
        if run(folder.path(), Some(call)).status.success() {
            break;
        }
        let output = run(folder.path(), None);
        assert!(output.status.success(), "killed at {call}: {output:?}");
        let names: Vec<_> = files(folder.path()).into_keys().collect();
        assert_eq!(names, expected.keys().cloned().collect::<Vec<_>>(), "killed at {call}");
        assert!(files(folder.path()) == expected, "killed at {call}");
    }
}
