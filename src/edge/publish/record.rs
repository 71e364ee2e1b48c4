//! What a target holds, as sinew wrote it there: the truth about what has to travel, and about
//! what may be removed. Contents decide, by their hashes; no time and no tag of a server does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::edge::sealed::{seal, unseal};
use crate::page::output::OutputPath;
use crate::source::{Fingerprint, Fingerprinter};

/// The name of the record at the target. No [`OutputPath`] can spell it.
pub(crate) const RECORD_NAME: &str = ".sinew-published";

const FORMAT: &str = "sinew-published 1";

/// One file as it is held somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The fingerprint of its bytes; of a packed file, of what it was packed from.
    pub hash: Fingerprint,
    /// How many bytes it has; of a packed file, before it was packed.
    pub size: u64,
}

/// Files by their paths.
pub type Files = BTreeMap<OutputPath, Held>;

/// A published build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The files of the build.
    pub files: Files,
    /// Named assets of the build before: pages that readers still have open ask for them.
    pub kept: Files,
}

impl Record {
    /// The name of the build: equal names, equal bytes.
    pub fn build(&self) -> Fingerprint {
        build_of(&self.files)
    }

    /// The bytes that are written to the target: a checksum, then a file a line.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut list = String::new();
        for (mark, files) in [('=', &self.files), ('-', &self.kept)] {
            for (path, held) in files {
                list.push_str(&format!("{mark} {} {} {path}\n", held.hash, held.size));
            }
        }
        seal(FORMAT, &list)
    }

    /// The record that `bytes` spell, or `None` if they are not exactly what we would write.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let list = unseal(FORMAT, bytes)?;
        let mut record = Self::default();
        for line in list.lines() {
            let mut parts = line.splitn(4, ' ');
            let files = match parts.next()? {
                "=" => &mut record.files,
                "-" => &mut record.kept,
                _ => return None,
            };
            let hash = Fingerprint::parse(parts.next()?)?;
            let size = parts.next()?.parse().ok()?;
            files.insert(OutputPath::new(parts.next()?)?, Held { hash, size });
        }
        Some(record)
    }
}

/// The name of a build that has these files.
pub(super) fn build_of(files: &Files) -> Fingerprint {
    let mut all = Fingerprinter::new();
    for (path, held) in files {
        all.add(path.as_str().as_bytes()).add_value(&held.hash);
    }
    all.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Record {
        let held = |text: &str| Held { hash: Fingerprint::of(text.as_bytes()), size: 3 };
        let path = |text| OutputPath::new(text).expect("a path");
        Record {
            files: [(path("a b/index.html"), held("1")), (path("index.html"), held("2"))].into(),
            kept: [(path("assets/site.1.css"), held("3"))].into(),
        }
    }

    #[test]
    fn a_record_reads_back() {
        assert_eq!(Record::parse(&sample().to_bytes()), Some(sample()));
        assert_eq!(Record::parse(&Record::default().to_bytes()), Some(Record::default()));
    }
}
