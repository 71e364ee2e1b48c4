//! Pictures as bytes: what their headers say, the same without what cameras write into them, and the
//! same in other sizes; and drawings made into pictures. Pure functions; knows nothing about files,
//! pages and caches.

mod card;
mod exif;
mod jpeg;
mod letters;
mod png;
mod sizes;
mod webp;

use serde::{Deserialize, Serialize};

pub use self::card::{DRAWER, drawn};
pub use self::exif::Orientation;
pub use self::letters::{Lines, Weight};
pub use self::sizes::{ENCODER, Sized, Trouble, WIDEST, sizes};

/// The most pixels that are decoded: 64 million take up to 256 MB of memory.
pub const LARGEST: u64 = 64 << 20;

/// The width in pixels below which a picture is an icon, a logo or a thumbnail: it is published as it
/// is. Encoding anew would blur it, and save readers little.
const THUMBNAIL: u32 = 200;

/// The endings of pictures that browsers show.
pub const SHOWN: [&str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "avif", "gif"];

/// Whether a file is a picture that browsers show, by the ending of its name.
pub fn is_shown(ending: &str) -> bool {
    SHOWN.iter().any(|shown| ending.eq_ignore_ascii_case(shown))
}

/// Says that a file is none.
pub fn not_shown(name: &str) -> String {
    format!("`{name}` is not a picture that browsers show")
}

/// The cure.
pub const SAVE_AS_SHOWN: &str = "save it as JPEG, PNG, WebP, AVIF or SVG";

/// How a picture is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// AV1 in a HEIF container.
    Avif,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl Format {
    /// The ending of files of this format.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    /// Its name for the attribute `type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// What a picture says of itself before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// How it is written down: never as AVIF, which is published as it is.
    pub format: Format,
    /// Its width in pixels, as it is shown.
    pub width: u32,
    /// Its height in pixels, as it is shown.
    pub height: u32,
    /// How it has to be turned to be shown.
    pub orientation: Orientation,
    /// Whether it moves.
    pub is_animated: bool,
    /// Whether the file goes on to the end of the picture.
    pub is_whole: bool,
}

impl Header {
    /// Whether it is small enough to be decoded.
    pub fn fits(&self) -> bool {
        u64::from(self.width) * u64::from(self.height) <= LARGEST
    }

    /// Whether it is made in other sizes.
    pub fn is_resized(&self) -> bool {
        self.fits()
            && self.is_whole
            && !self.is_animated
            && self.width >= THUMBNAIL
            && self.height > 0
    }
}

/// What lies around the pixels of a picture.
struct Frame<'a> {
    /// What a camera wrote, as in a TIFF file.
    exif: Option<&'a [u8]>,
    is_animated: bool,
    is_whole: bool,
}

/// The format of a picture, by its first bytes.
fn format_of(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(jpeg::SIGNATURE) {
        Some(Format::Jpeg)
    } else if bytes.starts_with(png::SIGNATURE) {
        Some(Format::Png)
    } else {
        webp::is_webp(bytes).then_some(Format::Webp)
    }
}

/// The header of a JPEG, PNG or WebP picture; `None` for everything else.
pub fn header(bytes: &[u8]) -> Option<Header> {
    let format = format_of(bytes)?;
    let size = imagesize::blob_size(bytes).ok()?;
    let frame = match format {
        Format::Png => png::frame(bytes),
        Format::Webp => webp::frame(bytes),
        Format::Jpeg | Format::Avif => jpeg::frame(bytes),
    };
    let orientation = frame.exif.map(Orientation::read).unwrap_or_default();
    let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
    let (width, height) = if orientation.is_sideways() { (height, width) } else { (width, height) };
    let Frame { is_animated, is_whole, .. } = frame;
    Some(Header { format, width, height, orientation, is_animated, is_whole })
}

/// The same picture, to the pixel, without what says where, when and by what it was taken. What is
/// kept is how it is to be shown: its colours, and how it is turned. A file that breaks off, or is of
/// another format, stays as it is.
pub fn stripped(bytes: &[u8]) -> Vec<u8> {
    let stripped = format_of(bytes).map(|format| match format {
        Format::Png => (png::frame(bytes), png::stripped(bytes)),
        Format::Webp => (webp::frame(bytes), webp::stripped(bytes)),
        Format::Jpeg | Format::Avif => (jpeg::frame(bytes), jpeg::stripped(bytes)),
    });
    match stripped {
        Some((frame, stripped)) if frame.is_whole => stripped,
        _ => bytes.to_vec(),
    }
}

/// The next `count` bytes from `at` on, if there are so many.
fn slice(bytes: &[u8], at: usize, count: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(count)?)
}
