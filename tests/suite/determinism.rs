//! The same input gives the same bytes, whatever the machine around it is like.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rayon::prelude::*;
use sinew::diagnostic::Diagnostic;
use sinew::page::Pictures;
use sinew::page::output::{Made, OutputPath, Pages};
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

use crate::project::{Project, circumstances, files_below, small_folder};

/// All files of a site, and all findings.
fn made(input: &Input) -> (BTreeMap<String, Vec<u8>>, String) {
    let analysis = analyze(input, &mut Memo::default());
    let site = analysis.site(input, Pictures::as_they_are());
    let files = site.paths().iter().enumerate().map(|(index, path)| {
        let made = site.make(index, None).expect("the templates are right");
        let Made::New { bytes, .. } = made else { panic!("no key was known") };
        (path.to_string(), bytes)
    });
    (files.collect(), format!("{:?}", analysis.diagnostics))
}

/// What is wrong with each page that cannot be made.
fn mistakes(input: &Input) -> BTreeMap<String, Diagnostic> {
    let analysis = analyze(input, &mut Memo::default());
    let site = analysis.site(input, Pictures::as_they_are());
    let mistake = |(index, path): (usize, &OutputPath)| {
        Some((path.to_string(), *site.make(index, None).err()?))
    };
    site.paths().par_iter().enumerate().filter_map(mistake).collect()
}

/// The small project with a few mistakes of different files and kinds.
fn with_mistakes() -> Project {
    let mut project = Project::small();
    project.delete("content/services/massage.yaml");
    project.write("content/groups.yaml", "rotator-cuff: {nam: x}\n1: {}\nupper-back: {}\n");
    project.write("content/pages/muscles.md", "---\ntitle: x\n---\n[[nowhere]] [a](b.md)\n");
    project.write("content/media/Knot.svg", "<svg/>");
    project
}

#[test]
fn one_thread_and_many_make_the_same() {
    for project in [Project::small(), with_mistakes()] {
        let input = project.input();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads").install(|| made(&input))
        };
        assert!(with(1) == with(8), "the number of threads shows");
    }
}

/// A theme with a mistake in each of two parts, and in a directive that only an answer shows.
fn with_broken_parts() -> Project {
    let mut project = Project::small();
    project.edit("site.toml", |text| format!("theme = \"mine\"\n{text}"));
    let part = |name: &str, argument: &str| {
        format!(
            "{{% component {name}({argument}) %}}{{{{ {argument}.nonsense.more }}}}\
             {{% endcomponent {name} %}}"
        )
    };
    for (name, argument) in [("card", "card"), ("service_card", "service")] {
        project.write(&format!("themes/mine/templates/parts/{name}.html"), part(name, argument));
    }
    let note = "{% component note(title: string = \"\", kind: string = \"\", place: string = \"\") \
                {\"body\": true} %}{{ title.nonsense.more }}{% endcomponent note %}";
    project.write("themes/mine/components/note.html", note);
    let answer =
        "why:\n  question: Why?\n  answer: |\n    So.\n\n    :::note\n    Mind.\n    :::\n";
    project.edit("content/faqs.yaml", |text| format!("{text}{answer}"));
    project
}

#[test]
fn every_mistake_of_a_theme_is_reported_however_the_threads_ran() {
    let input = with_broken_parts().input();
    let found = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| mistakes(&input))
    };
    let expected = found(1);
    let of_page = |page: &str| expected.get(page).map(|one| one.place.path.to_string());
    let part = |name: &str| Some(format!("themes/mine/templates/parts/{name}.html"));
    assert_eq!(of_page("pain/index.html"), part("card"));
    assert_eq!(of_page("services/index.html"), part("service_card"));
    assert_eq!(of_page("faq/index.html"), Some("themes/mine/components/note.html".to_owned()));
    for _ in 0..20 {
        assert!(found(8) == expected, "the threads show in what is reported");
    }
}

#[test]
fn the_order_in_which_files_are_found_does_not_matter() {
    for project in [Project::small(), with_mistakes()] {
        let expected = made(&project.input());
        let mut files: Vec<_> = project.contents().iter().collect();
        for turn in [3, 7, 11] {
            files.rotate_left(turn);
            files.reverse();
            let mut sources = Sources::default();
            for (path, bytes) in &files {
                sources.insert(SourcePath::new(path), bytes.as_slice());
            }
            let input = Input { sources, circumstances: circumstances() };
            assert!(made(&input) == expected, "the order of the files shows");
        }
    }
}

#[test]
fn nothing_of_the_day_shows_but_what_depends_on_it() {
    let mut input = Project::small().input();
    let (today, _) = made(&input);
    for day in ["2001-01-01", "2026-12-31"] {
        input.circumstances.as_of = sinew::model::Date::parse(day).expect("a day");
        assert!(made(&input).0 == today, "the day {day} shows");
    }
}

#[test]
fn a_day_that_cannot_be_read_is_not_taken_for_today() {
    let copy = Copy::new("kb", &Project::small());
    for wrong in ["yesterday", "1e9", "-", "99999999999999999"] {
        let output = run(copy.command(&["build"]).env("SOURCE_DATE_EPOCH", wrong));
        assert_eq!(output.status.code(), Some(2), "{wrong}: {}", printed(&output));
        let message = format!("error: `SOURCE_DATE_EPOCH` is no number of seconds: `{wrong}`");
        assert!(printed(&output).contains(&message), "{}", printed(&output));
    }
    assert!(!copy.root.join("public").exists());
    let day = ["build", "--as-of", "2026-11-23"];
    assert!(run(copy.command(&day).env("SOURCE_DATE_EPOCH", "yesterday")).status.success());
}

/// A copy of the small project in a folder of its own.
struct Copy {
    folder: tempfile::TempDir,
    root: PathBuf,
}

impl Copy {
    fn new(below: &str, project: &Project) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join(below);
        project.put_below(&root);
        Self { folder, root }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
        command.args(arguments).arg("--root").arg(&self.root).current_dir(self.folder.path());
        command.env("SOURCE_DATE_EPOCH", "1795392000");
        command
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.root.join("public"))
    }
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

/// What a run printed, without the time that it took.
fn printed(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8(text).expect("it prints UTF-8");
    let is_timed = |line: &&str| !line.contains(" ms ");
    text.lines().filter(is_timed).flat_map(|line| [line, "\n"]).collect()
}

/// A change of the surroundings.
type Change = fn(&mut Command) -> &mut Command;

const SURROUNDINGS: [(&str, Change); 8] = [
    ("time zone", |command| command.env("TZ", "Pacific/Kiritimati")),
    ("Turkish", |command| command.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8")),
    ("no home", |command| command.env_remove("HOME")),
    ("another user", |command| command.env("HOME", "/nonexistent").env("USER", "somebody")),
    ("nothing", |command| command.env_clear().env("SOURCE_DATE_EPOCH", "1795392000")),
    ("one thread", |command| command.env("RAYON_NUM_THREADS", "1")),
    ("many threads", |command| command.env("RAYON_NUM_THREADS", "16")),
    ("another working folder", |command| command.current_dir("/")),
];

#[test]
fn the_surroundings_of_a_build_do_not_show() {
    let expected = Copy::new("kb", &Project::small());
    let first = run(&mut expected.command(&["build"]));
    assert!(first.status.success(), "{}", printed(&first));
    let site = expected.site();
    assert!(site.len() > 30, "the site is not there");
    for (name, change) in SURROUNDINGS {
        let copy = Copy::new("another/Ünlike path/kb", &Project::small());
        let mut command = copy.command(&["build"]);
        change(&mut command);
        let output = run(&mut command);
        assert!(output.status.success(), "{name}: {}", printed(&output));
        assert!(copy.site() == site, "{name} shows in the site");
        assert_eq!(printed(&output), printed(&first), "{name}");
    }
}

#[test]
fn a_strict_umask_does_not_show() {
    let plain = Copy::new("kb", &Project::small());
    let strict = Copy::new("kb", &Project::small());
    assert!(run(&mut plain.command(&["build"])).status.success());
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("umask 077; exec \"$0\" build --root \"$1\" --as-of 2026-11-25");
    shell.arg(env!("CARGO_BIN_EXE_sinew")).arg(&strict.root);
    assert!(run(&mut shell).status.success());
    assert!(plain.site() == strict.site(), "the umask shows");
}

#[test]
fn findings_do_not_depend_on_the_surroundings() {
    let project = with_mistakes();
    let expected = Copy::new("kb", &project);
    for format in ["full", "concise", "json", "github"] {
        let arguments = ["check", "--format", format];
        let first = run(&mut expected.command(&arguments));
        assert_eq!(first.status.code(), Some(1), "{}", printed(&first));
        for (name, change) in SURROUNDINGS {
            // People see paths from where they are; programs those of the project.
            let is_for_programs = format == "json";
            if name == "another working folder" && !is_for_programs {
                continue;
            }
            let folder = if is_for_programs { "another/Ünlike path/kb" } else { "kb" };
            let copy = Copy::new(folder, &project);
            let mut command = copy.command(&arguments);
            change(&mut command);
            assert_eq!(printed(&run(&mut command)), printed(&first), "{name} in {format}");
        }
    }
}

#[test]
fn an_edit_does_not_write_again_what_is_remembered_of_all_else() {
    let mut project = Project::small();
    let copy = Copy::new("kb", &project);
    assert!(run(&mut copy.command(&["build"])).status.success());
    let cache = copy.root.join(".sinew/cache");
    let whole = fs::read(cache.join("analysis")).expect("it is there");
    for (from, to) in [("the neck", "the back"), ("the back", "the hip")] {
        project.replace("content/articles/sleep.md", from, to).put_below(&copy.root);
        assert!(run(&mut copy.command(&["build"])).status.success());
        assert!(fs::read(cache.join("analysis")).expect("it is there") == whole, "{to}");
        assert!(cache.join("changes").exists(), "{to}");
        let anew = Copy::new("kb", &project);
        assert!(run(&mut anew.command(&["build"])).status.success());
        assert!(copy.site() == anew.site(), "{to}");
    }
    // With most files edited, all of it is written, and what changed since then is nothing.
    for path in project.files().into_iter().filter(|path| path.ends_with(".md")) {
        project.edit(&path, |text| format!("{text}\nOnce more.\n"));
    }
    project.put_below(&copy.root);
    assert!(run(&mut copy.command(&["build"])).status.success());
    assert!(fs::read(cache.join("analysis")).expect("it is there") != whole);
    assert!(!cache.join("changes").exists());
}

#[test]
fn a_site_built_again_from_a_damaged_memory_is_the_same() {
    let mut project = Project::small();
    let copy = Copy::new("kb", &project);
    assert!(run(&mut copy.command(&["build"])).status.success());
    project.replace("content/articles/sleep.md", "the neck", "the back").put_below(&copy.root);
    assert!(run(&mut copy.command(&["build"])).status.success());
    let site = copy.site();
    let memos = files_below(&copy.root.join(".sinew/cache"));
    assert!(memos.contains_key("changes"), "an edit is not remembered by itself");
    for (path, bytes) in memos {
        let mut damaged = bytes;
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x55;
        fs::write(copy.root.join(".sinew/cache").join(path), damaged).expect("written");
    }
    let output = run(&mut copy.command(&["build"]));
    assert!(output.status.success(), "{}", printed(&output));
    assert!(copy.site() == site, "the damage shows");
}

#[test]
fn the_sources_are_never_written_to() {
    let copy = Copy::new("kb", &Project::small());
    assert!(run(&mut copy.command(&["build"])).status.success());
    let mut files = files_below(&copy.root);
    files.retain(|path, _| !path.starts_with("public/") && !path.starts_with(".sinew/"));
    assert!(&files == Project::small().contents(), "a source was changed or added");
    assert!(!Path::exists(&small_folder().join("public")));
}
