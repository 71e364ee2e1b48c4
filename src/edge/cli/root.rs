//! Finds the folder of the project.

use std::path::{Path, PathBuf};

use super::arguments::Global;
use crate::edge::machine::MachineError;

/// The folder that was named, or else the nearest one upward that holds a project.
pub(super) fn find(global: &Global) -> Result<PathBuf, MachineError> {
    match &global.root {
        Some(root) => named(root),
        None => {
            let here = std::env::current_dir()
                .map_err(|error| MachineError::io("read the folder", Path::new("."), &error))?;
            upward(&here)
        }
    }
}

fn named(root: &Path) -> Result<PathBuf, MachineError> {
    if is_project(root) {
        return Ok(root.to_owned());
    }
    let message = if root.is_dir() {
        format!("there is no project in `{}`", root.display())
    } else {
        format!("there is no folder `{}`", root.display())
    };
    Err(MachineError::usage(message).hint("a project has a file `site.toml` or a folder `content`"))
}

fn upward(here: &Path) -> Result<PathBuf, MachineError> {
    here.ancestors().find(|folder| is_project(folder)).map(Path::to_owned).ok_or_else(|| {
        let message = format!("there is no project in `{}` or any folder above it", here.display());
        MachineError::usage(message)
            .hint("`sinew init` begins one here; or go to a folder with `site.toml` or `content/`, or name it with `--root`")
    })
}

/// Whether a folder holds a project.
pub(super) fn is_project(folder: &Path) -> bool {
    folder.join("site.toml").is_file() || folder.join("content").is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_nearest_folder_upward_that_holds_a_project() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let inner = folder.path().join("kb/content/muscles");
        std::fs::create_dir_all(&inner).expect("a folder");
        assert_eq!(upward(&inner), Ok(folder.path().join("kb")));
        // Above a folder for temporary files somebody may have left a project; above `/` is nothing.
        let outside = upward(Path::new("/")).expect_err("there is no project");
        assert_eq!(outside.kind.status(), 2);
        assert!(outside.hint.is_some());
    }

    #[test]
    fn a_named_root_is_not_looked_for_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let inner = folder.path().join("content/muscles");
        std::fs::create_dir_all(&inner).expect("a folder");
        assert_eq!(named(folder.path()), Ok(folder.path().to_owned()));
        assert!(named(&inner).expect_err("no project").message.starts_with("there is no project"));
        let nowhere = named(&inner.join("x")).expect_err("no folder");
        assert!(nowhere.message.starts_with("there is no folder"));
    }
}
