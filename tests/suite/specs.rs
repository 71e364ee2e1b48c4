//! Literate specs: `tests/specs/<code>.md`, one per rule.
//!
//! Every `##` begins an example. Its fenced files (info string: language and path) lie over the
//! project in `tests/specs/base`. An example with an `output` block must have findings of the
//! spec's code, and these are they; one without must have none. `UPDATE=1` writes the blocks.

use std::collections::BTreeMap;
use std::path::Path;

use sinew::diagnostic::print;

use crate::files;

/// One example of a spec.
#[derive(Default)]
struct Example {
    title: String,
    files: BTreeMap<String, Vec<u8>>,
    /// What is expected, and the lines of the spec between which it stands.
    output: Option<(String, std::ops::Range<usize>)>,
}

#[test]
fn every_spec_holds() {
    let folder = files::repository("tests/specs");
    let base: BTreeMap<_, _> = files::read(&folder.join("base")).into_iter().collect();
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("there are specs") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            failures.extend(run(&path, &base));
        }
    }
    failures.sort();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_spec() {
    for rule in sinew::check::rules() {
        let path = files::repository(&format!("tests/specs/{}.md", rule.code));
        assert!(path.exists() || is_shown_elsewhere(rule.code), "{} has no spec", rule.code);
    }
}

/// Whether a rule needs a theme, and so is tested with one.
fn is_shown_elsewhere(code: &str) -> bool {
    matches!(code, "region-without-shape" | "shape-without-region")
}

#[test]
fn the_base_of_the_specs_is_clean() {
    let base: BTreeMap<_, _> =
        files::read(&files::repository("tests/specs/base")).into_iter().collect();
    assert_eq!(findings(&base), "");
}

/// What is found in some files, as the command would print it.
fn findings(files: &BTreeMap<String, Vec<u8>>) -> String {
    let files = files.iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
    let (sources, analysis) = files::analysis_of(files);
    let found = sinew::syntax::find::find(&sources, &analysis.diagnostics);
    let shown = print::full(&found, print::Colour::Off);
    // White space at the end of a line is lost in many editors.
    shown.trim_end().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn run(path: &Path, base: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("the spec can be read");
    let code = path.file_stem().and_then(|stem| stem.to_str()).expect("its name is a code");
    let examples = examples(&text);
    let mut failures = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for example in examples.iter().rev() {
        let mut project = base.clone();
        project.extend(example.files.clone());
        let found = findings(&project);
        let failure = match &example.output {
            None if !found.is_empty() => format!("should be clean, found:\n{found}"),
            Some(_) if !found.contains(&format!("[{code}]")) => {
                format!("should have findings of {code}, found:\n{found}")
            }
            Some((_, range)) if std::env::var_os("UPDATE").is_some() => {
                lines.splice(range.clone(), found.lines().map(str::to_owned));
                continue;
            }
            Some((expected, _)) if *expected != found => {
                format!("expected:\n{expected}found:\n{found}")
            }
            _ => continue,
        };
        failures.push(format!("{code}, \"{}\": {failure}", example.title));
    }
    let has_both = examples.iter().any(|one| one.output.is_none())
        && examples.iter().any(|one| one.output.is_some());
    if !has_both {
        failures.push(format!("{code}: needs an example that is clean and one that is not"));
    }
    let updated = lines.join("\n") + "\n";
    if updated != text {
        std::fs::write(path, updated).expect("the spec can be written");
    }
    failures
}

/// The examples of a spec.
fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut fence: Option<(String, String, usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some((mark, info, start, content)) = &mut fence {
            if line.trim_end() == mark {
                let example = examples.last_mut().expect("a fence stands below a heading");
                match info.split_once(' ') {
                    Some((_, path)) => {
                        example.files.insert(path.to_owned(), content.clone().into_bytes());
                    }
                    None if info == "output" => {
                        example.output = Some((content.clone(), *start..number));
                    }
                    None => {}
                }
                fence = None;
            } else {
                content.push_str(line);
                content.push('\n');
            }
        } else if line.starts_with("```") {
            let info = line.trim_start_matches('`');
            let mark = line[..line.len() - info.len()].to_owned();
            fence = Some((mark, info.to_owned(), number + 1, String::new()));
        } else if let Some(title) = line.strip_prefix("## ") {
            examples.push(Example { title: title.to_owned(), ..Example::default() });
        }
    }
    examples
}
