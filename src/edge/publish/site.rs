//! The site that is to be published: its files with their hashes, and a way to their bytes.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::record::{Files, Held};
use super::trouble::{Nature, Trouble};
use crate::edge::disk::site_files;
use crate::edge::machine::MachineError;
use crate::page::output::OutputPath;
use crate::source::{Fingerprint, fingerprint_of};

/// A way of packing files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Files whose names end in `.br`.
    Brotli,
    /// Files whose names end in `.gz`.
    Gzip,
}

/// Files smaller than this are not worth packing.
const SMALLEST_PACKED: u64 = 256;

/// A built site, or one that is kept.
#[derive(Debug, Default)]
pub struct LocalSite {
    files: Files,
    origins: BTreeMap<OutputPath, Origin>,
}

/// Where the bytes of a file come from.
#[derive(Debug, Clone)]
enum Origin {
    /// A file on disk.
    Disk(PathBuf),
    /// Made for this target.
    Made(Vec<u8>),
    /// A file on disk, packed.
    Packed(Packing, PathBuf),
}

impl LocalSite {
    /// The site in the output of a build: what the build wrote, and nothing else that lies there.
    ///
    /// # Errors
    /// If there is no site, or it cannot be read.
    pub fn built(output: &Path) -> Result<Self, MachineError> {
        let paths = site_files(output)?;
        let read = paths.into_par_iter().map(|path| {
            let on_disk = output.join(path.as_str());
            let bytes = std::fs::read(&on_disk)
                .map_err(|error| MachineError::io("read", &on_disk, &error))?;
            let held = Held { hash: Fingerprint::of(&bytes), size: bytes.len() as u64 };
            Ok((path, held, Origin::Disk(on_disk)))
        });
        let read = read.collect::<Result<Vec<_>, MachineError>>()?;
        let mut site = Self::default();
        for (path, held, origin) in read {
            site.files.insert(path.clone(), held);
            site.origins.insert(path, origin);
        }
        Ok(site)
    }

    /// A site whose files lie in a folder by the names of their hashes. Packed ones are packed anew.
    pub fn kept(files: &Files, folder: &Path) -> Self {
        let lies = |held: &Held| folder.join(held.hash.to_string());
        let origin = |(path, held): (&OutputPath, &Held)| {
            let origin = match base_of_packed(files, path) {
                Some((packing, base)) => Origin::Packed(packing, lies(base)),
                None => Origin::Disk(lies(held)),
            };
            (path.clone(), origin)
        };
        Self { files: files.clone(), origins: files.iter().map(origin).collect() }
    }

    /// Adds a file that is made for this target, unless the site has one of that name.
    pub fn add_unless_there(&mut self, path: &str, bytes: Vec<u8>) {
        let path = OutputPath::new(path).expect("the names of files for hosts are paths");
        if self.has(&path) {
            return;
        }
        let held = Held { hash: Fingerprint::of(&bytes), size: bytes.len() as u64 };
        self.files.insert(path.clone(), held);
        self.origins.insert(path, Origin::Made(bytes));
    }

    /// Adds a packed file beside each text.
    pub fn pack(&mut self, packing: Packing) {
        let texts: Vec<_> = self
            .files
            .iter()
            .filter(|(path, held)| is_packable(path.as_str()) && held.size >= SMALLEST_PACKED)
            .map(|(path, held)| (path.clone(), *held))
            .collect();
        for (path, held) in texts {
            let Some(Origin::Disk(on_disk)) = self.origins.get(&path).cloned() else { continue };
            let packed = OutputPath::new(format!("{path}{}", packing.ending()));
            if let Some(packed) = packed.filter(|packed| !self.has(packed)) {
                let hash = packing.fingerprint(held.hash);
                self.files.insert(packed.clone(), Held { hash, ..held });
                self.origins.insert(packed, Origin::Packed(packing, on_disk));
            }
        }
    }

    fn has(&self, path: &OutputPath) -> bool {
        self.files.contains_key(path)
    }

    /// The files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The file on disk that holds what is published at a path, as it is.
    pub(super) fn on_disk(&self, path: &OutputPath) -> Option<&Path> {
        match self.origins.get(path)? {
            Origin::Disk(path) => Some(path),
            Origin::Made(_) | Origin::Packed(..) => None,
        }
    }

    /// The bytes of a file, if they are still those that were planned with.
    ///
    /// # Errors
    /// If the file cannot be read, or is another one by now.
    pub fn bytes(&self, path: &OutputPath) -> Result<Vec<u8>, Trouble> {
        let held = self.files.get(path).ok_or_else(|| changed(path))?;
        let read = |on_disk: &Path, hash: &dyn Fn(&[u8]) -> Fingerprint| {
            let bytes =
                std::fs::read(on_disk).map_err(|error| Trouble::io("read", on_disk, &error))?;
            if hash(&bytes) == held.hash { Ok(bytes) } else { Err(changed(path)) }
        };
        match &self.origins[path] {
            Origin::Made(bytes) => Ok(bytes.clone()),
            Origin::Disk(on_disk) => read(on_disk, &Fingerprint::of),
            Origin::Packed(packing, on_disk) => {
                let hash = |bytes: &[u8]| packing.fingerprint(Fingerprint::of(bytes));
                packing.packed(&read(on_disk, &hash)?).ok_or_else(|| changed(path))
            }
        }
    }
}

fn changed(path: &OutputPath) -> Trouble {
    Trouble::new(Nature::Lasting, format!("`{path}` changed while the site was published"))
        .hint("publish again")
}

/// The file that a packed one was packed from, if it is one, and how.
pub(super) fn base_of_packed<'a>(
    files: &'a Files,
    path: &OutputPath,
) -> Option<(Packing, &'a Held)> {
    let (packing, base) = Packing::of(path.as_str())?;
    let held = files.get(&OutputPath::new(base)?)?;
    (files.get(path)?.hash == packing.fingerprint(held.hash)).then_some((packing, held))
}

fn is_packable(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "html" | "css" | "js" | "json" | "xml" | "svg" | "txt" | "webmanifest")
}

impl Packing {
    /// What names of packed files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// The name of the file that a packed one would have been packed from.
    pub fn of(path: &str) -> Option<(Self, &str)> {
        let one = |packing: Self| path.strip_suffix(packing.ending()).map(|base| (packing, base));
        one(Self::Brotli).or_else(|| one(Self::Gzip))
    }

    /// The fingerprint of a packed file: another way of packing is another file.
    fn fingerprint(self, base: Fingerprint) -> Fingerprint {
        let packed_by = match self {
            Self::Brotli => "brotli 1",
            Self::Gzip => "gzip 1",
        };
        fingerprint_of(&(packed_by, base))
    }

    /// Packs bytes; the same bytes on every machine, as no time and no name is in it.
    fn packed(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut packed = Vec::new();
                let best = brotli::enc::BrotliEncoderParams {
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*bytes, &mut packed, &best).ok()?;
                Some(packed)
            }
            Self::Gzip => {
                let best = flate2::Compression::best();
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), best);
                packer.write_all(bytes).ok()?;
                packer.finish().ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_packed_beside_themselves_and_pictures_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a"), "x".repeat(1000)).expect("written");
        let mut site = LocalSite::default();
        let held = Held { hash: Fingerprint::of("x".repeat(1000).as_bytes()), size: 1000 };
        for path in ["a.html", "a.png"] {
            let path = OutputPath::new(path).expect("a path");
            site.files.insert(path.clone(), held);
            site.origins.insert(path, Origin::Disk(folder.path().join("a")));
        }
        site.pack(Packing::Gzip);
        site.pack(Packing::Brotli);
        let names: Vec<_> = site.files().keys().map(OutputPath::as_str).collect();
        assert_eq!(names, ["a.html", "a.html.br", "a.html.gz", "a.png"]);
        let packed = |path: &str| {
            let path = OutputPath::new(path).expect("a path");
            assert!(base_of_packed(site.files(), &path).is_some());
            site.bytes(&path).expect("it can be packed")
        };
        let (gzip, brotli) = (packed("a.html.gz"), packed("a.html.br"));
        assert!(gzip.len() < 100 && brotli.len() < 100);
        let unpacked = |mut reader: Box<dyn std::io::Read + '_>| {
            let mut text = String::new();
            reader.read_to_string(&mut text).expect("whole");
            text
        };
        assert_eq!(unpacked(Box::new(flate2::read::GzDecoder::new(&gzip[..]))), "x".repeat(1000));
        let reader = brotli::Decompressor::new(&brotli[..], 4096);
        assert_eq!(unpacked(Box::new(reader)), "x".repeat(1000));
    }

    #[test]
    fn a_file_that_changed_since_is_not_published_as_what_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let on_disk = folder.path().join("a");
        std::fs::write(&on_disk, "old").expect("written");
        let path = OutputPath::new("a.html").expect("a path");
        let mut site = LocalSite::default();
        site.files.insert(path.clone(), Held { hash: Fingerprint::of(b"old"), size: 3 });
        site.origins.insert(path.clone(), Origin::Disk(on_disk.clone()));
        assert_eq!(site.bytes(&path), Ok(b"old".to_vec()));
        std::fs::write(&on_disk, "new").expect("written");
        assert!(site.bytes(&path).expect_err("another file").message.contains("changed"));
    }
}
