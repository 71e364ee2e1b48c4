//! `sinew init [DIR]`: makes a small complete project, asks nothing and overwrites nothing.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::arguments::{CiHost, Global, Init};
use super::project::{circumstances, open};
use super::report::report;
use super::root::{self, is_project};
use super::terminal::print_aside;
use crate::authoring::ci::{Host, workflow};
use crate::authoring::starter;
use crate::diagnostic::has_errors;
use crate::edge::disk::create;
use crate::edge::machine::MachineError;

/// Beside what people have already, it may be there; it stays as it is.
const IGNORED: &str = ".gitignore";

pub(super) fn run(global: &Global, arguments: &Init) -> Result<Outcome, MachineError> {
    let named = arguments.dir.clone().or_else(|| global.root.clone());
    if let Some(host) = arguments.ci {
        let project = match &named {
            Some(folder) => Some(folder.clone()).filter(|folder| is_project(folder)),
            None => root::find(global).ok(),
        };
        if let Some(project) = project {
            return add_pipeline(&project, host, global);
        }
    }
    let folder = named.unwrap_or_else(|| PathBuf::from("."));
    refuse_projects(&folder)?;
    let mut files = starter::files(circumstances(global, None).as_of);
    if let Some(host) = arguments.ci {
        let (path, text) = workflow(host.into(), &[]);
        files.push((path.to_owned(), text.into_bytes()));
    }
    let keeps_ignored = folder.join(IGNORED).symlink_metadata().is_ok();
    files.retain(|(path, _)| !(keeps_ignored && path == IGNORED));
    create(&folder, &files)?;
    if !global.quiet {
        print_aside(&format!("wrote {} files to `{}`\n", files.len(), folder.display()));
        if keeps_ignored {
            print_aside("kept your `.gitignore`: add `/public/` and `/.sinew/` to it\n");
        }
        print_aside(&next(&folder));
    }
    Ok(Outcome::Done)
}

/// Adds the pipeline of a host to a project, and touches nothing else.
fn add_pipeline(folder: &Path, host: CiHost, global: &Global) -> Result<Outcome, MachineError> {
    let project = open(folder, global, None)?;
    let (settings, mistakes) = crate::model::settings(&project.input.sources);
    if has_errors(&mistakes) {
        return report(&project.input.sources, &mistakes, global);
    }
    let targets: Vec<String> = settings.publish.0.iter().map(|(name, _)| name.clone()).collect();
    let (path, text) = workflow(host.into(), &targets);
    create(folder, &[(path.to_owned(), text.into_bytes())])?;
    if !global.quiet {
        print_aside(&format!("wrote `{}`\n", folder.join(path).display()));
        if let Some(repository) = repository_above(folder) {
            let repository = repository.display();
            print_aside(&format!(
                "the repository is `{repository}`: its host reads pipelines there only, so move the file, and let \
                 its commands run in the folder of the project\n"
            ));
        }
        match targets.as_slice() {
            [] if host == CiHost::Gitlab => print_aside("it hands the site over to GitLab Pages\n"),
            [] => print_aside("add a place to publish to: `[publish.<name>]` in `site.toml`\n"),
            [_] => {}
            [first, ..] => print_aside(&format!("of the places, it publishes to `{first}`\n")),
        }
    }
    Ok(Outcome::Done)
}

/// The folder of the repository that a project is part of, if that is not its own.
fn repository_above(project: &Path) -> Option<PathBuf> {
    let project = project.canonicalize().ok()?;
    let repository = project.ancestors().find(|folder| folder.join(".git").exists())?;
    (repository != project).then(|| repository.to_owned())
}

impl From<CiHost> for Host {
    fn from(host: CiHost) -> Self {
        match host {
            CiHost::Github => Self::Github,
            CiHost::Gitlab => Self::Gitlab,
            CiHost::Forgejo => Self::Forgejo,
        }
    }
}

fn refuse_projects(folder: &Path) -> Result<(), MachineError> {
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        let message = format!("`{}` is not a folder", folder.display());
        return Err(
            MachineError::usage(message).hint("name a folder, or one that is not there yet")
        );
    }
    let taken = ["site.toml", "content"].into_iter().find(|one| folder.join(one).exists());
    if let Some(taken) = taken {
        let message = format!("there is a project in `{}` already", folder.display());
        let hint = format!("name another folder: this one has `{taken}`, and nothing was written");
        return Err(MachineError::usage(message).hint(hint));
    }
    match project_around(folder) {
        None => Ok(()),
        Some(around) => {
            let message = format!("this is inside the project in `{}`", around.display());
            Err(MachineError::usage(message).hint("name a folder outside of it"))
        }
    }
}

/// The project that a folder, which may not be there yet, would be part of. Somebody may keep a
/// folder `content` far above for something else, so that alone makes none but for what is in it.
fn project_around(folder: &Path) -> Option<PathBuf> {
    let here = |path: &Path| path.as_os_str().is_empty().then(|| PathBuf::from("."));
    let mut upward = folder.ancestors().map(|path| here(path).unwrap_or_else(|| path.to_owned()));
    let real = upward.find_map(|path| path.canonicalize().ok())?;
    let is_around = |above: &&Path| {
        above.join("site.toml").is_file() || real.starts_with(above.join("content"))
    };
    real.ancestors().find(is_around).map(Path::to_owned)
}

/// What to do next.
fn next(folder: &Path) -> String {
    let mut steps = Vec::new();
    if folder != Path::new(".") {
        steps.push((format!("cd {}", quoted(&folder.display().to_string())), "go there"));
    }
    for (command, does) in [
        ("sinew serve --open", "see the site, and every change as you save it"),
        ("sinew new muscle teres-minor", "begin another record, with every field explained"),
        ("sinew check", "find what is wrong, with its cure"),
        ("sinew build", "write the site to `public/`"),
    ] {
        steps.push((command.to_owned(), does));
    }
    let width = steps.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let line = |(command, does): &(String, &str)| format!("  {command:width$}  {does}\n");
    format!("next:\n{}", steps.iter().map(line).collect::<String>())
}

/// A word as shells take it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,@%".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_one_word_of_a_shell() {
        assert_eq!(quoted("../my-kb"), "../my-kb");
        assert_eq!(quoted("a b/c'd"), "'a b/c'\\''d'");
    }
}
