//! Social cards: the pictures that other programs show beside a link to a page, drawn once.
//! Knows nothing about what stands on them.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::shelf::{Making, Shelf, Tell, put_sealed, take_sealed};
use crate::picture::{DRAWER, Trouble, drawn};
use crate::source::Fingerprinter;

/// The width of a card in pixels: networks show nearly two to one.
pub(crate) const WIDTH: u32 = 1200;
/// The height of a card in pixels.
pub(crate) const HEIGHT: u32 = 630;

/// The cards of a site.
pub(crate) struct Cards<'a> {
    shelf: &'a dyn Shelf,
    tell: Tell<'a>,
    done: AtomicUsize,
}

impl<'a> Cards<'a> {
    pub(super) fn new(shelf: &'a dyn Shelf, tell: Tell<'a>) -> Self {
        Self { shelf, tell, done: AtomicUsize::new(0) }
    }

    /// Notes one that is as it was.
    pub(crate) fn pass(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// One of `all` cards as PNG: from the shelf, or drawn.
    pub(crate) fn draw(&self, svg: &str, all: usize) -> Result<Vec<u8>, Trouble> {
        let mut key = Fingerprinter::new();
        key.add(env!("CARGO_PKG_VERSION").as_bytes()).add(DRAWER.as_bytes()).add(svg.as_bytes());
        let name = format!("{}.card", key.finish().short(32));
        let bytes = match take_sealed(self.shelf, &name) {
            Some(known) => known,
            None => {
                let bytes = drawn(svg, WIDTH, HEIGHT)?;
                put_sealed(self.shelf, &name, &bytes);
                bytes
            }
        };
        (self.tell)(Making::Cards, self.done.fetch_add(1, Ordering::Relaxed) + 1, all);
        Ok(bytes)
    }
}
