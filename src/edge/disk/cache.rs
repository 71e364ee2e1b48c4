//! What builds remember between runs, in `.sinew/cache/`. It only saves work: what is missing,
//! damaged or of another version of the program is a miss, and nobody has to mend it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use postcard::ser_flavors::Flavor;
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
        self.read(name).unwrap_or_default()
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        let (program, rest) = postcard::take_from_bytes::<Fingerprint>(&bytes).ok()?;
        let (body, checksum) = rest.split_last_chunk::<CHECKSUM>()?;
        let checksum: Fingerprint = postcard::from_bytes(checksum).ok()?;
        if program != self.program || checksum != Fingerprint::of(body) {
            return None;
        }
        postcard::from_bytes(body).ok()
    }

    /// Keeps a memo. A cache that cannot be written costs time and nothing else.
    pub fn save<T: Serialize>(&self, name: &str, memo: &T) {
        let _ = self.write(name, memo);
    }

    fn write<T: Serialize>(&self, name: &str, memo: &T) -> Option<()> {
        fs::create_dir_all(&self.folder).ok()?;
        replace_with(&self.folder.join(name), |file| {
            file.write_all(&postcard::to_stdvec(&self.program).map_err(io::Error::other)?)?;
            let buffer = Vec::with_capacity(ROOM);
            let mut writing = Writing { file, buffer, sum: Fingerprinter::new() };
            postcard::serialize_with_flavor(memo, &mut writing).map_err(io::Error::other)?;
            writing.pass_on()?;
            let checksum = postcard::to_stdvec(&writing.sum.finish()).map_err(io::Error::other)?;
            file.write_all(&checksum)
        })
        .ok()
    }
}

/// How many bytes the checksum at the end of a file has.
const CHECKSUM: usize = 16;
/// How much is gathered before it is written.
const ROOM: usize = 64 << 10;

/// A memo on its way to its file: of ten thousand articles it has 36 MB, which need not lie in memory
/// once more as bytes.
struct Writing<'a> {
    file: &'a mut File,
    buffer: Vec<u8>,
    sum: Fingerprinter,
}

impl Writing<'_> {
    /// Writes what was gathered.
    fn pass_on(&mut self) -> io::Result<()> {
        self.sum.add_piece(&self.buffer);
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn gather(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() > ROOM {
            self.pass_on()?;
        }
        if bytes.len() > ROOM {
            self.sum.add_piece(bytes);
            return self.file.write_all(bytes);
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }
}

impl Flavor for &mut Writing<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.gather(bytes).map_err(|_| postcard::Error::SerializeBufferFull)
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
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
                assert!(cache.read::<Vec<String>>("memo").is_none(), "{pieces:?}: byte {place}");
            }
            fs::write(&path, &whole[..whole.len() - 1]).expect("written");
            assert!(cache.read::<Vec<String>>("memo").is_none(), "{pieces:?}: cut");
        }
    }
}
