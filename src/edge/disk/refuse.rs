//! Folders that are never an output, whatever the flags.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use super::attempt::{attempt, insist};
use super::output::Destination;
use crate::edge::machine::MachineError;

/// A folder that has to be kept from harm.
struct Guarded {
    folder: PathBuf,
    name: &'static str,
    /// Whether an output below it is fine.
    may_hold_output: bool,
}

/// The real path of the output, links resolved, or the reason why it cannot be one.
pub(crate) fn resolve_output(destination: &Destination<'_>) -> Result<PathBuf, MachineError> {
    let output = resolve(destination.output)?;
    if output.components().any(|step| step.as_os_str() == ".git") {
        return Err(refused(destination.output, "lies in a `.git` folder"));
    }
    for guarded in guarded_folders(destination)? {
        let name = guarded.name;
        if is_same(&output, &guarded.folder) {
            return Err(refused(destination.output, &format!("is {name}")));
        }
        if guarded.folder.ancestors().any(|above| is_same(above, &output)) {
            return Err(refused(destination.output, &format!("holds {name}")));
        }
        let is_inside = || output.ancestors().any(|above| is_same(above, &guarded.folder));
        if !guarded.may_hold_output && is_inside() {
            return Err(refused(destination.output, &format!("lies in {name}")));
        }
    }
    match insist(|| std::fs::metadata(&output)) {
        Ok(metadata) if !metadata.is_dir() => Err(refused(destination.output, "is not a folder")),
        _ => Ok(output),
    }
}

fn guarded_folders(destination: &Destination<'_>) -> Result<Vec<Guarded>, MachineError> {
    let root = resolve(destination.project_root)?;
    let mut guarded = vec![
        Guarded { folder: "/".into(), name: "the root of the file system", may_hold_output: true },
        Guarded { folder: root.clone(), name: "the project's own folder", may_hold_output: true },
    ];
    if let Some(home) = destination.home.as_deref().filter(|home| home.is_absolute()) {
        let folder = resolve(home)?;
        guarded.push(Guarded { folder, name: "the home folder", may_hold_output: true });
    }
    for (inside, name) in [
        ("content", "the project's `content` folder"),
        ("themes", "the project's `themes` folder"),
        (".git", "the project's `.git` folder"),
    ] {
        let folder = resolve(&root.join(inside))?;
        guarded.push(Guarded { folder, name, may_hold_output: false });
    }
    Ok(guarded)
}

/// The real path of what may not be there yet: the deepest part that exists, links resolved, and
/// the rest as it is spelled.
fn resolve(path: &Path) -> Result<PathBuf, MachineError> {
    let path = attempt("find", path, || std::path::absolute(path))?;
    for existing in path.ancestors() {
        match insist(|| std::fs::symlink_metadata(existing)) {
            Ok(_) => {
                let mut real = attempt("follow", existing, || std::fs::canonicalize(existing))?;
                let rest = path.strip_prefix(existing).expect("an ancestor is a prefix");
                for step in rest.components() {
                    match step {
                        Component::ParentDir => drop(real.pop()),
                        step => real.push(step),
                    }
                }
                return Ok(real);
            }
            Err(error) if is_absence(&error) => {}
            Err(error) => return Err(MachineError::io("read", existing, &error)),
        }
    }
    Ok(path)
}

/// Whether the error says that nothing has this path.
pub(crate) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Also true for two names of one folder: another case where the file system does not care, or a
/// bind mount.
fn is_same(one: &Path, other: &Path) -> bool {
    let identity = |path: &Path| std::fs::metadata(path).map(|found| (found.dev(), found.ino()));
    one == other || matches!((identity(one), identity(other)), (Ok(one), Ok(other)) if one == other)
}

fn refused(output: &Path, reason: &str) -> MachineError {
    MachineError::usage(format!("`{}` cannot be the output: it {reason}", output.display()))
        .hint("choose a folder of its own, such as `public`")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::lock::WhenLocked;
    use super::*;
    use crate::edge::machine::MachineErrorKind;

    fn verdict(project: &Path, output: &Path) -> Result<PathBuf, MachineError> {
        let destination = Destination {
            output,
            project_root: &project.join("site"),
            home: Some(project.join("home/me")),
            when_locked: WhenLocked::Fail,
        };
        resolve_output(&destination)
    }

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for inside in ["site/content/muscles", "site/themes", "site/.git", "home/me"] {
            std::fs::create_dir_all(folder.path().join(inside)).expect("made");
        }
        folder
    }

    #[test]
    fn each_forbidden_folder_is_refused() {
        let folder = project();
        let at = |inside: &str| folder.path().join(inside);
        symlink(at("site/content"), at("link")).expect("made");
        symlink(at("nowhere"), at("dangling")).expect("made");
        std::fs::write(at("file"), "").expect("made");
        for (output, reason) in [
            (PathBuf::from("/"), "is the root of the file system"),
            (at("site"), "is the project's own folder"),
            (at("site/new/.."), "is the project's own folder"),
            (at(""), "holds the project's own folder"),
            (at("home"), "holds the home folder"),
            (at("home/me"), "is the home folder"),
            (at("site/content"), "is the project's `content` folder"),
            (at("site/content/muscles/new"), "lies in the project's `content` folder"),
            (at("site/themes"), "is the project's `themes` folder"),
            (at("site/themes/x/y"), "lies in the project's `themes` folder"),
            (at("site/.git"), "lies in a `.git` folder"),
            (at("elsewhere/.git/x"), "lies in a `.git` folder"),
            (at("link"), "is the project's `content` folder"),
            (at("link/new"), "lies in the project's `content` folder"),
            (at("site/new/../content"), "is the project's `content` folder"),
            (at("file"), "is not a folder"),
        ] {
            let error = verdict(folder.path(), &output).expect_err(reason);
            assert_eq!(error.kind, MachineErrorKind::Usage);
            assert!(error.message.ends_with(reason), "{}: expected {reason}", error.message);
        }
        let dangling = verdict(folder.path(), &at("dangling")).expect_err("leads nowhere");
        assert!(dangling.message.contains("dangling"));
    }

    #[test]
    fn folders_beside_and_below_the_project_are_fine() {
        let folder = project();
        for output in ["site/public", "site/contents", "other/deep", "home/me/www"] {
            let resolved = verdict(folder.path(), &folder.path().join(output));
            assert!(resolved.is_ok(), "{output}: {resolved:?}");
        }
    }
}
