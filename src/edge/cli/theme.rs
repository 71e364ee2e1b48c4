//! `sinew theme`: lists the files of the theme in use, prints one, or copies it into the project.

use super::Outcome;
use super::arguments::{Global, Theme};
use super::project::open;
use super::report::report;
use super::root;
use super::terminal::{print, print_aside};
use crate::authoring::theme_files::{ThemeFile, all, file};
use crate::diagnostic::has_errors;
use crate::edge::disk::create;
use crate::edge::machine::MachineError;
use crate::theme::{Layer, is_named, layers_of};

pub(super) fn run(global: &Global, arguments: &Theme) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open(&root, global, None)?;
    let sources = &project.input.sources;
    let (settings, mistakes) = crate::model::settings(sources);
    if has_errors(&mistakes) {
        return report(sources, &mistakes, global);
    }
    let [own, built_in] = layers_of(&settings, sources);
    let Some(asked) = &arguments.file else {
        print(&listed(&all(&own, &built_in)))?;
        return Ok(Outcome::Done);
    };
    let file = file(&own, &built_in, asked);
    let file = file.map_err(|(message, help)| MachineError::usage(message).hint(help))?;
    if !arguments.copy {
        let text = std::str::from_utf8(&file.bytes).map_err(|_| {
            let message = format!("`{}` is no text", file.path);
            MachineError::usage(message).hint("`--copy` writes it into the theme of the project")
        })?;
        print(text)?;
        return Ok(Outcome::Done);
    }
    refuse_without_theme(&own)?;
    let path = format!("{}/{}", own.folder, file.path);
    create(&root, &[(path.clone(), file.bytes.to_vec())])?;
    print(&format!("{}\n", root.join(path).display()))?;
    if !global.quiet {
        print_aside("copied: it takes the place of the built-in one from now on\n");
    }
    Ok(Outcome::Done)
}

/// Whoever has named no theme has no place for copies.
fn refuse_without_theme(own: &Layer) -> Result<(), MachineError> {
    if is_named(own) {
        return Ok(());
    }
    Err(MachineError::usage("the project has no theme of its own").hint(
        "write two lines at the end of `site.toml`: `[theme]`, and below it `name = \"mine\"`; then ask again",
    ))
}

/// One line for each file: its path in the theme, and who provides it.
fn listed(files: &[ThemeFile]) -> String {
    let width = files.iter().map(|file| file.path.chars().count()).max().unwrap_or_default();
    let line = |file: &ThemeFile| {
        let by = file.own.as_deref().unwrap_or("built in");
        format!("{:width$}  {by}\n", file.path)
    };
    files.iter().map(line).collect()
}
