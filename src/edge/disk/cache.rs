//! What builds remember between runs, in `.sinew/cache/`. It only saves work: what is missing,
//! damaged or of another version of the program is a miss, and nobody has to mend it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::replace::replace;
use crate::source::{Fingerprint, Fingerprinter};

/// The memos of one project.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    program: Fingerprint,
}

impl Cache {
    /// The memos of the project at `root`, as this program wrote them.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(".sinew").join("cache"), program: program() }
    }

    /// A memo by its name; the default if there is none that can be used.
    pub fn load<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        self.read(name).unwrap_or_default()
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        let (program, rest) = postcard::take_from_bytes::<Fingerprint>(&bytes).ok()?;
        let (checksum, rest) = postcard::take_from_bytes::<Fingerprint>(rest).ok()?;
        if program != self.program || checksum != Fingerprint::of(rest) {
            return None;
        }
        postcard::from_bytes(rest).ok()
    }

    /// Keeps a memo. A cache that cannot be written costs time and nothing else.
    pub fn save<T: Serialize>(&self, name: &str, memo: &T) {
        let _ = self.write(name, memo);
    }

    fn write<T: Serialize>(&self, name: &str, memo: &T) -> Option<()> {
        let body = postcard::to_stdvec(memo).ok()?;
        let mut bytes = postcard::to_stdvec(&(self.program, Fingerprint::of(&body))).ok()?;
        bytes.extend_from_slice(&body);
        fs::create_dir_all(&self.folder).ok()?;
        replace(&self.folder.join(name), &bytes).ok()
    }
}

/// This very program: another version may read the same files otherwise.
fn program() -> Fingerprint {
    let mut program = Fingerprinter::new();
    program.add(env!("CARGO_PKG_VERSION").as_bytes());
    if let Ok(path) = std::env::current_exe()
        && let Ok(metadata) = fs::metadata(path)
    {
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        program.add_value(&metadata.len()).add_value(&modified);
    }
    program.finish()
}
