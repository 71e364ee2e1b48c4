//! The rules of the house that a compiler does not know: it reads the sources as text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground; modules import from lower ones only.
const FLOORS: [&str; 12] = [
    "source",
    "picture",
    "diagnostic",
    "syntax",
    "model",
    "graph",
    "check",
    "theme",
    "page",
    "pipeline",
    "authoring",
    "edge",
];

const LONGEST: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files with one of the endings below a folder of the project, as path and text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(|entry| entry.file_name() != "node_modules");
    let paths = entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let is_wanted = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        path.is_file() && extension.is_some_and(|extension| endings.contains(&extension))
    };
    paths
        .filter(is_wanted)
        .map(|path| {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let below = path.strip_prefix(root()).expect("it lies below");
            (below.to_str().expect("names are UTF-8").to_owned(), text)
        })
        .collect()
}

fn rust_files() -> Vec<(String, String)> {
    let files = files("src", &["rs"]);
    assert!(files.len() > 50, "the sources were not found");
    files
}

/// The files that are part of the program; those of tests are left out.
fn program_files() -> Vec<(String, String)> {
    let all = rust_files();
    let declares = |path: &str| {
        let (folder, name) = path.rsplit_once('/').expect("a file of the crate");
        let declaration = format!("mod {};", name.trim_end_matches(".rs"));
        let is_sibling = |(other, _): &&(String, String)| {
            other.strip_prefix(folder).is_some_and(|rest| !rest[1..].contains('/'))
        };
        path.ends_with("_tests.rs")
            || all.iter().filter(is_sibling).any(|(_, text)| {
                let before =
                    text.split(&declaration).next().filter(|before| before.len() < text.len());
                before.is_some_and(|before| {
                    before.lines().rev().take(2).any(|line| line == "#[cfg(test)]")
                })
            })
    };
    let is_test: BTreeSet<String> =
        all.iter().map(|(path, _)| path.clone()).filter(|path| declares(path)).collect();
    all.into_iter().filter(|(path, _)| !is_test.contains(path)).collect()
}

/// The module below `crate` that a file of `src/` belongs to.
fn floor_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").expect("a file of the crate");
    let first = below.split('/').next().unwrap_or(below);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The lines of code, numbered from 1: without comments, and without the tests at the end.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines
        .take_while(|(_, line)| *line != "mod tests {")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The first names in `crate::a`, `crate::{a::x, b}`, which may go on over several lines.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = code(text).flat_map(|(_, line)| [line, "\n"]).collect();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` in a macro means the same.
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(name_at(rest));
            continue;
        };
        let mut depth = 0;
        let mut is_start = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_start = true,
                c if is_start && !c.is_whitespace() => {
                    names.insert(name_at(&group[at..]));
                    is_start = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// How high a module stands; `main` and `lib` stand above all.
fn height(module: &str) -> usize {
    FLOORS.iter().position(|floor| *floor == module).unwrap_or(FLOORS.len())
}

#[test]
fn imports_only_go_down_the_floors() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let floor = floor_of(&path);
        let is_known = FLOORS.contains(&floor) || matches!(floor, "lib" | "main");
        assert!(is_known, "{path} stands on no floor");
        let above = imports(&text).into_iter().filter(|name| FLOORS.contains(&name.as_str()));
        let above = above.filter(|name| height(name) > height(floor));
        wrong
            .extend(above.map(|name| format!("{path} imports {name}, which stands above {floor}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_reader_of_imports_sees_every_form_of_them() {
    let text = "use crate::a::{x, y};\nuse crate::{\n    b::{c, d},\n    e,\n};\n// crate::no\n\
                fn f() { crate::g::h() }\nmod tests {\n use crate::not_this;\n}\n";
    assert_eq!(imports(text).into_iter().collect::<Vec<_>>(), ["a", "b", "e", "g"]);
}

#[test]
fn only_the_edge_touches_the_world() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "thread::sleep",
        "SystemTime",
        "Instant",
        "std::io::std",
        "println!",
        "jiff::Timestamp",
        "Zoned::now",
        "std::thread",
        "env::var",
        "use std::{fs",
        "walkdir",
        "rustix",
        "notify::",
    ];
    let mut wrong = Vec::new();
    for (path, text) in program_files() {
        // The exit status of the process is all that `main` knows of it.
        if floor_of(&path) == "edge" || path == "src/main.rs" {
            continue;
        }
        for (number, line) in code(&text) {
            let found = forbidden.iter().filter(|word| line.contains(**word));
            wrong.extend(found.map(|word| format!("{path}:{number}: {word}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn rayon_is_used_in_loops_over_files_records_and_pages_only() {
    let users: Vec<String> = program_files()
        .into_iter()
        .filter(|(_, text)| code(text).any(|(_, line)| line.contains("rayon::")))
        .map(|(path, _)| path)
        .collect();
    let allowed = [
        "src/edge/",
        "src/pipeline.rs",
        "src/model/read/",
        "src/syntax/highlight.rs",
        "src/page/",
        "src/check/passage.rs",
        "src/check/writing.rs",
        "src/theme/each_thread.rs",
        "src/theme/mod.rs",
        "src/graph/mod.rs",
        "src/graph/mentions.rs",
        "src/graph/backlinks.rs",
        "src/graph/ties.rs",
        "src/graph/relations.rs",
    ];
    for path in users {
        assert!(allowed.iter().any(|start| path.starts_with(start)), "{path} uses rayon");
    }
}

#[test]
fn every_module_begins_with_what_it_is() {
    let mut files = rust_files();
    files.extend(self::files("tests/suite", &["rs"]));
    let without = files.iter().filter(|(_, text)| !text.starts_with("//! "));
    let without: Vec<&String> = without.map(|(path, _)| path).collect();
    assert_eq!(without, Vec::<&String>::new());
}

#[test]
fn no_file_is_too_long() {
    let mut all = rust_files();
    all.extend(files("src", &["css", "js"]));
    all.extend(files("tests", &["rs", "mjs"]));
    all.extend(files("themes", &["css", "js", "html"]));
    all.extend(files("benches", &["py"]));
    let long = all.iter().filter(|(_, text)| text.lines().count() > LONGEST);
    let long: Vec<&str> = long.map(|(path, _)| path.as_str()).collect();
    assert_eq!(long, Vec::<&str>::new(), "a file of more than {LONGEST} lines is two ideas");
}

#[test]
fn folders_and_files_have_names_that_say_something() {
    let empty = ["util", "utils", "helper", "helpers", "common", "misc", "types", "shared"];
    let entries = ["src", "tests", "themes", "benches"].into_iter();
    let is_ours = |entry: &walkdir::DirEntry| entry.file_name() != "node_modules";
    let entries = entries.flat_map(|folder| {
        walkdir::WalkDir::new(root().join(folder)).into_iter().filter_entry(is_ours)
    });
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy();
        let stem = name.split('.').next().unwrap_or_default();
        // What all kinds have in common is an idea of the domain's declaration.
        let is_known = entry.path().ends_with("src/model/common.rs");
        assert!(is_known || !empty.contains(&stem), "{}", entry.path().display());
    }
}

#[test]
fn modules_with_children_are_folders() {
    for (path, _) in rust_files() {
        let folder = root().join(path.trim_end_matches(".rs"));
        assert!(!folder.is_dir(), "{path} stands beside a folder of its name: call it `mod.rs`");
    }
}

#[test]
fn nothing_is_unwrapped_or_left_to_do() {
    let forbidden = [
        [".unwrap", "()"],
        ["todo", "!("],
        ["unimplemented", "!("],
        ["dbg", "!("],
        ["FIX", "ME"],
        ["static ", "mut "],
        ["uns", "afe "],
        ["#[ig", "nore"],
    ]
    .map(|parts| parts.concat());
    let mut all = rust_files();
    all.extend(files("tests", &["rs"]));
    let mut wrong = Vec::new();
    for (path, text) in all {
        for (number, line) in text.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let found = forbidden.iter().filter(|word| !is_comment && line.contains(*word));
            wrong.extend(found.map(|word| format!("{path}:{}: {word}", number + 1)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn imports_name_what_they_take() {
    let mut wrong = Vec::new();
    for (path, text) in program_files() {
        let globs = code(&text)
            .filter(|(_, line)| line.trim_start().starts_with("use ") && line.ends_with("::*;"))
            .filter(|(_, line)| !line.contains("prelude::*"));
        wrong.extend(globs.map(|(number, line)| format!("{path}:{number}: {line}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_description_of_the_architecture_has_the_floors_in_this_order() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it can be read");
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let number: usize = cells.next()?.parse().ok()?;
        let name = cells.next()?.split('`').nth(1)?.trim_end_matches('/').trim_end_matches(".rs");
        Some((number, name.to_owned()))
    });
    let expected = FLOORS.iter().enumerate().map(|(at, floor)| (at + 1, (*floor).to_owned()));
    let rows: Vec<(usize, String)> = rows.take(FLOORS.len()).collect();
    assert_eq!(rows, expected.collect::<Vec<_>>());
}
