//! Where pictures that take long to make are kept from one build to the next.
//! Knows nothing about disks, and nothing about what lies there.

use crate::source::Fingerprint;

/// Keeps what was made, by names that say what it was made from.
pub trait Shelf: Sync {
    /// What lies there under a name.
    fn take(&self, name: &str) -> Option<Vec<u8>>;

    /// Lays something there. Whether it is still there later, nobody promises.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// What takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    /// Pictures in other sizes.
    Sizes,
    /// Social cards.
    Cards,
}

/// Says how many of how many are made.
pub type Tell<'a> = &'a (dyn Fn(Making, usize, usize) + Sync);

/// What was laid there by `put_sealed`, if it is still whole.
pub(super) fn take_sealed(shelf: &dyn Shelf, name: &str) -> Option<Vec<u8>> {
    let bytes = shelf.take(name)?;
    let (seal, kept) = postcard::take_from_bytes::<Fingerprint>(&bytes).ok()?;
    (seal == Fingerprint::of(kept)).then(|| kept.to_vec())
}

/// Lays something there behind its fingerprint.
pub(super) fn put_sealed(shelf: &dyn Shelf, name: &str, kept: &[u8]) {
    if let Ok(mut bytes) = postcard::to_stdvec(&Fingerprint::of(kept)) {
        bytes.extend_from_slice(kept);
        shelf.put(name, &bytes);
    }
}
