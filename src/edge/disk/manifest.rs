//! The list, inside the output, of the files there that are sinew's: nothing else is ever
//! overwritten or deleted.
//!
//! Only paths, no fingerprints of contents: when one page changes, one file changes, and one
//! rename does it.

use std::io;
use std::path::Path;

use rustc_hash::FxHashSet;

use crate::page::output::OutputPath;

use super::attempt::insist;
use crate::edge::machine::MachineError;
use crate::edge::sealed::{seal, unseal};

/// The name of the manifest in the output. No [`OutputPath`] can spell it.
pub(crate) const MANIFEST_NAME: &str = ".sinew-manifest";

const FORMAT: &str = "sinew-manifest 1";

/// The paths that are sinew's, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    paths: Vec<OutputPath>,
}

/// What stands in the output in the manifest's place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is none.
    Nothing,
    /// It cannot be trusted.
    Damaged,
    /// A whole one.
    Whole(Manifest),
}

impl Manifest {
    /// A manifest of paths that are sorted already.
    pub(crate) fn of(paths: &[OutputPath]) -> Self {
        Self { paths: paths.to_vec() }
    }

    /// Reads the manifest of an output. It is mostly the `likely` one, and to see that takes a tenth of the time
    /// that it takes to find out what it says.
    pub(crate) fn read(output: &Path, likely: &Self) -> Result<Found, MachineError> {
        let path = output.join(MANIFEST_NAME);
        match insist(|| std::fs::read(&path)) {
            Ok(bytes) if bytes == likely.to_bytes() => Ok(Found::Whole(likely.clone())),
            Ok(bytes) => Ok(Self::parse(&bytes).map_or(Found::Damaged, Found::Whole)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => Ok(Found::Damaged),
            Err(error) => Err(MachineError::io("read", &path, &error)),
        }
    }

    /// The bytes of the file: a line with the checksum of all that follows, then a path a line.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut list = String::new();
        for path in &self.paths {
            list.push_str(path.as_str());
            list.push('\n');
        }
        seal(FORMAT, &list)
    }

    /// The manifest that `bytes` spell, or `None` if they are not exactly what we would write.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let list = unseal(FORMAT, bytes)?;
        let paths = list.lines().map(OutputPath::new).collect::<Option<Vec<_>>>()?;
        paths.is_sorted_by(|one, next| one < next).then_some(Self { paths })
    }

    pub(crate) fn owns(&self, path: &str) -> bool {
        position(&self.paths, path).is_some()
    }

    pub(crate) fn paths(&self) -> &[OutputPath] {
        &self.paths
    }

    /// All that either of the two owns.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        let mut paths = [self.paths(), other.paths()].concat();
        paths.sort();
        paths.dedup();
        Self { paths }
    }
}

/// The files of the site in an output: what the last build wrote there.
pub(crate) fn site_files(output: &Path) -> Result<Vec<OutputPath>, MachineError> {
    match Manifest::read(output, &Manifest::default())? {
        Found::Whole(manifest) => Ok(manifest.paths),
        Found::Nothing | Found::Damaged => {
            let message = format!("there is no whole site in `{}`", output.display());
            Err(MachineError::machine(message).hint("build it again"))
        }
    }
}

/// All folders that hold files.
pub(crate) fn folders_of(paths: &[OutputPath]) -> FxHashSet<&str> {
    let mut folders = FxHashSet::default();
    for path in paths {
        // Where one is known, those around it are as well.
        for folder in path.folders() {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// Where `path` stands among sorted paths.
pub(crate) fn position(sorted: &[OutputPath], path: &str) -> Option<usize> {
    sorted.binary_search_by(|candidate| candidate.as_str().cmp(path)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let path = |text| OutputPath::new(text).expect("a path");
        Manifest::of(&[path("a/index.html"), path("b/index.html"), path("index.html")])
    }

    #[test]
    fn a_manifest_reads_back() {
        assert_eq!(Manifest::parse(&sample().to_bytes()), Some(sample()));
        let empty = Manifest::default();
        assert_eq!(Manifest::parse(&empty.to_bytes()), Some(empty));
    }
}
