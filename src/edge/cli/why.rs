//! `sinew why PAGE`: says what a page is made from, and what leads to it.

use std::path::Path;

use super::Outcome;
use super::arguments::{Format, Global, Why as Arguments};
use super::project::open_to_analyze;
use super::root;
use super::terminal::print;
use crate::authoring::why::{Why, why};
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open_to_analyze(&root, global, None)?;
    let (analysis, _) = project.analyzed();
    let here = std::env::current_dir().ok();
    let file = here.and_then(|here| seen_from(&root, &here.join(&arguments.page)));
    let found = why(&analysis, &project.input, file.as_deref().unwrap_or(&arguments.page));
    let found = found.map_err(|(message, help)| MachineError::usage(message).hint(help))?;
    print(&match global.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&found).expect("a JSON value is always JSON");
            format!("{text}\n")
        }
        Format::Full | Format::Concise | Format::Github | Format::Gitlab => shown(&found),
    })?;
    Ok(Outcome::Done)
}

/// The path of a file below the project, if it is one: shells complete names from the working folder.
fn seen_from(root: &Path, file: &Path) -> Option<String> {
    let file = file.canonicalize().ok().filter(|file| file.is_file())?;
    let below = file.strip_prefix(root.canonicalize().ok()?).ok()?;
    below.to_str().map(ToOwned::to_owned)
}

fn shown(why: &Why) -> String {
    let mut text = format!("{} ({})\n", why.address, why.output);
    if let (Some(record), Some(name)) = (&why.record, &why.name) {
        text.push_str(&format!("{record}: {name}\n"));
    }
    let refers_to: Vec<String> = why
        .refers_to
        .iter()
        .map(|(record, fields)| format!("{record} ({})", fields.join(", ")))
        .collect();
    for (title, lines) in [
        ("made from", &why.sources),
        ("drawn by", &why.templates),
        ("directives", &why.directives),
        ("refers to", &refers_to),
        ("mentions by name", &why.mentions),
        ("referred to by", &why.referred_to_by),
        ("related", &why.related),
        ("former addresses", &why.redirects),
    ] {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}\n"));
            text.extend(lines.iter().map(|line| format!("  {line}\n")));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_be_named_from_any_folder_of_the_project() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let root = folder.path().join("kb");
        let inner = root.join("content/terms");
        std::fs::create_dir_all(&inner).expect("a folder");
        for file in ["content/terms/one.yaml", "content/two.yaml", "../outside.yaml"] {
            std::fs::write(root.join(file), "").expect("written");
        }
        let seen = |asked: &str| seen_from(&root, &inner.join(asked));
        assert_eq!(seen("one.yaml").as_deref(), Some("content/terms/one.yaml"));
        assert_eq!(seen("../two.yaml").as_deref(), Some("content/two.yaml"));
        for other in ["../../../outside.yaml", "..", "none.yaml", "/", "muscle:x", "/glossary/"] {
            assert_eq!(seen(other), None, "{other}");
        }
    }
}
