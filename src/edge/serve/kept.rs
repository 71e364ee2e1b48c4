//! Pages as they were made last: as many as there is room for. It only saves work.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// How many bytes of pages are kept.
const ROOM: usize = 64 << 20;

/// A page as it was made last.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// The fingerprint of all that it was made from.
    pub(super) key: Fingerprint,
    /// Its bytes.
    pub(super) bytes: Arc<[u8]>,
}

/// The pages that are kept.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    pages: BTreeMap<OutputPath, Page>,
    size: usize,
}

impl Shelf {
    fn has_room(&self, path: &OutputPath, page: &Page) -> bool {
        let old = self.pages.get(path).map_or(0, |old| old.bytes.len());
        self.size - old + page.bytes.len() <= ROOM
    }

    fn put(&mut self, path: &OutputPath, page: Page) {
        self.size += page.bytes.len();
        if let Some(old) = self.pages.insert(path.clone(), page) {
            self.size -= old.bytes.len();
        }
    }
}

impl Kept {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page at a path, if it is kept.
    pub(super) fn get(&self, path: &OutputPath) -> Option<Page> {
        self.shelf().pages.get(path).cloned()
    }

    /// Keeps a page that somebody asked for. Without room, all others go.
    pub(super) fn keep(&self, path: &OutputPath, page: Page) {
        let mut shelf = self.shelf();
        if !shelf.has_room(path, &page) {
            *shelf = Shelf::default();
        }
        shelf.put(path, page);
    }

    /// Keeps a page that nobody has asked for yet, if there is room.
    pub(super) fn offer(&self, path: &OutputPath, page: Page) {
        let mut shelf = self.shelf();
        if shelf.has_room(path, &page) {
            shelf.put(path, page);
        } else if let Some(old) = shelf.pages.remove(path) {
            // It is out of date.
            shelf.size -= old.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_has_room_and_what_is_not_waits_for_it() {
        let path = |name: &str| OutputPath::new(name).expect("a path");
        let page = |size: usize| Page { key: Fingerprint::default(), bytes: vec![0; size].into() };
        let size = |kept: &Kept, name| kept.get(&path(name)).map(|page| page.bytes.len());
        let kept = Kept::default();
        kept.offer(&path("a"), page(ROOM - 10));
        kept.offer(&path("b"), page(11));
        assert_eq!((size(&kept, "a"), size(&kept, "b")), (Some(ROOM - 10), None));
        kept.keep(&path("b"), page(11));
        assert_eq!((size(&kept, "a"), size(&kept, "b")), (None, Some(11)));
        kept.offer(&path("b"), page(ROOM));
        assert_eq!(size(&kept, "b"), Some(ROOM));
        kept.offer(&path("b"), page(ROOM + 1));
        assert_eq!(size(&kept, "b"), None);
        assert_eq!(kept.shelf().size, 0);
    }
}
