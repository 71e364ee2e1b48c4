//! What builds remember between runs, in `.sinew/cache/`. It only saves work: what is missing,
//! damaged or of another version of the program is a miss, and nobody has to mend it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::replace::replace_with;
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
        self.fetch(name).read()
    }

    /// A memo as it lies on the disk, for whoever may read it later.
    pub fn fetch(&self, name: &str) -> Fetched {
        let whole = fs::read(self.folder.join(name)).ok().and_then(|bytes| {
            let (checksum, body) = self.body(&bytes)?;
            Some(Whole { checksum, body, bytes })
        });
        Fetched(whole)
    }

    /// Where a memo stands in the bytes of its file, and its checksum, if this program wrote it and it is whole.
    fn body(&self, bytes: &[u8]) -> Option<(Fingerprint, Range<usize>)> {
        let (program, rest) = postcard::take_from_bytes::<Fingerprint>(bytes).ok()?;
        let (body, checksum) = rest.split_last_chunk::<CHECKSUM>()?;
        let checksum: Fingerprint = postcard::from_bytes(checksum).ok()?;
        let is_ours = program == self.program && checksum == Fingerprint::of(body);
        let start = bytes.len() - rest.len();
        is_ours.then(|| (checksum, start..start + body.len()))
    }

    /// Removes a memo.
    pub fn forget(&self, name: &str) {
        let _ = fs::remove_file(self.folder.join(name));
    }

    /// Keeps a memo. A cache that cannot be written costs time and nothing else.
    pub fn save<T: Serialize>(&self, name: &str, memo: &T) {
        let _ = self.write(name, memo);
    }

    fn write<T: Serialize>(&self, name: &str, memo: &T) -> Option<()> {
        fs::create_dir_all(&self.folder).ok()?;
        replace_with(&self.folder.join(name), |file| {
            postcard::to_io(&self.program, &mut *file).map_err(io::Error::other)?;
            let mut body = Summed { file, sum: Fingerprinter::new() };
            let buffer = BufWriter::with_capacity(ROOM, &mut body);
            postcard::to_io(memo, buffer).map_err(io::Error::other)?;
            let checksum = body.sum.finish();
            postcard::to_io(&checksum, file).map(drop).map_err(io::Error::other)
        })
        .ok()
    }
}

/// A memo as it lay on the disk, if it can be used.
#[derive(Debug)]
pub struct Fetched(Option<Whole>);

#[derive(Debug)]
struct Whole {
    checksum: Fingerprint,
    body: Range<usize>,
    bytes: Vec<u8>,
}

impl Fetched {
    /// What it says, or the default.
    pub fn read<T: DeserializeOwned + Default>(&self) -> T {
        let body = self.0.as_ref().map(|whole| &whole.bytes[whole.body.clone()]);
        body.and_then(|body| postcard::from_bytes(body).ok()).unwrap_or_default()
    }

    /// Its checksum.
    pub fn checksum(&self) -> Option<Fingerprint> {
        self.0.as_ref().map(|whole| whole.checksum)
    }
}

/// How many bytes the checksum at the end of a file has, with its length before it.
const CHECKSUM: usize = 17;
/// How much is gathered before it is written: the memo of ten thousand articles has 36 MB, which need not lie
/// in memory once more as bytes.
const ROOM: usize = 64 << 10;

/// A file that knows the checksum of what was written to it.
struct Summed<'a> {
    file: &'a mut File,
    sum: Fingerprinter,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.sum.add_piece(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memo_reads_back_whatever_its_size_unless_a_byte_of_it_is_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(folder.path());
        for pieces in [&[][..], &[1], &[ROOM - 20, 1, 40], &[ROOM + 1, 3, 3 * ROOM, 5]] {
            let memo: Vec<String> = pieces.iter().map(|size| "x".repeat(*size)).collect();
            cache.save("memo", &memo);
            assert!(cache.load::<Vec<String>>("memo") == memo, "{pieces:?}");
            let path = cache.folder.join("memo");
            let whole = fs::read(&path).expect("it is there");
            for place in [0, whole.len() / 2, whole.len() - 1] {
                let mut damaged = whole.clone();
                damaged[place] ^= 1;
                fs::write(&path, damaged).expect("written");
                assert!(cache.fetch("memo").0.is_none(), "{pieces:?}: byte {place}");
            }
            fs::write(&path, &whole[..whole.len() - 1]).expect("written");
            assert!(cache.fetch("memo").0.is_none(), "{pieces:?}: cut");
        }
    }
}
