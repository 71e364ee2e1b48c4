//! The segments of a JPEG file.

use super::{Frame, Orientation, slice};

pub(super) const SIGNATURE: &[u8] = b"\xff\xd8\xff";

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;
const EXIF: &[u8] = b"Exif\0\0";
const COLOURS: &[u8] = b"ICC_PROFILE\0";

/// A piece of the file: a marker with what belongs to it.
struct Segment<'a> {
    marker: u8,
    /// What it says, without marker and length.
    content: &'a [u8],
    /// All of it; for a scan, with the pixels that follow.
    whole: &'a [u8],
}

/// The segments after the first marker, up to the end of the picture or of what can be read. What
/// comes after the picture, such as a film of the same moment, belongs to none.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 2;
    std::iter::from_fn(move || {
        // Between segments, any number of these may stand.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        if marker == END {
            let whole = slice(bytes, at, 2)?;
            at = bytes.len();
            return Some(Segment { marker, content: &[], whole });
        }
        let length = slice(bytes, at + 2, 2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let content = slice(bytes, at + 4, length.checked_sub(2)?)?;
        let mut end = at + 2 + length;
        if marker == SCAN {
            end += pixels(&bytes[end..]);
        }
        let whole = &bytes[at..end];
        at = end;
        Some(Segment { marker, content, whole })
    })
}

/// How many bytes of pixels there are up to the next marker.
fn pixels(bytes: &[u8]) -> usize {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(is_marker).unwrap_or(bytes.len())
}

pub(super) fn frame(bytes: &[u8]) -> Frame<'_> {
    let mut frame = Frame { exif: None, is_animated: false, is_whole: false };
    for segment in segments(bytes) {
        if segment.marker == 0xe1 && frame.exif.is_none() {
            frame.exif = segment.content.strip_prefix(EXIF);
        }
        frame.is_whole |= segment.marker == END;
    }
    frame
}

pub(super) fn stripped(bytes: &[u8]) -> Vec<u8> {
    let orientation = frame(bytes).exif.map(Orientation::read).unwrap_or_default();
    let mut kept = bytes[..2].to_vec();
    let mut exif = orientation.block().map(|block| {
        let length = 2 + EXIF.len() + block.len();
        [&[0xff, 0xe1, 0, length as u8], EXIF, &block[..]].concat()
    });
    for segment in segments(bytes).filter(is_shown) {
        // Some programs look for the first of these in the first place.
        if segment.marker != 0xe0 {
            kept.extend(exif.take().unwrap_or_default());
        }
        kept.extend_from_slice(segment.whole);
    }
    kept
}

/// Whether it says how the picture looks: programs and cameras have segments of their own.
fn is_shown(segment: &Segment<'_>) -> bool {
    match segment.marker {
        // What kind of JPEG it is.
        0xe0 | 0xee => true,
        0xe2 => segment.content.starts_with(COLOURS),
        0xe1..=0xef | COMMENT => false,
        _ => true,
    }
}
