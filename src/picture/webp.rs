//! The chunks of a WebP file.

use super::{Frame, Orientation, slice};

/// Before the first chunk: `RIFF`, the length of what follows, `WEBP`.
const START: usize = 12;
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

struct Chunk<'a> {
    kind: &'a [u8],
    content: &'a [u8],
    whole: &'a [u8],
}

pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && slice(bytes, 8, 4) == Some(b"WEBP")
}

/// The end of the picture, as the file says at its beginning.
fn end(bytes: &[u8]) -> usize {
    let length = slice(bytes, 4, 4)
        .map_or(0, |length| u32::from_le_bytes([length[0], length[1], length[2], length[3]]));
    (length as usize).saturating_add(8)
}

fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let bytes = &bytes[..end(bytes).min(bytes.len())];
    let mut at = START;
    std::iter::from_fn(move || {
        let length = slice(bytes, at + 4, 4)?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let kind = slice(bytes, at, 4)?;
        let content = slice(bytes, at + 8, length)?;
        // The next one begins at an even byte.
        let whole = &bytes[at..(at + 8 + length + length % 2).min(bytes.len())];
        at += whole.len();
        Some(Chunk { kind, content, whole })
    })
}

pub(super) fn frame(bytes: &[u8]) -> Frame<'_> {
    let is_whole = end(bytes) > START && end(bytes) <= bytes.len();
    let mut frame = Frame { exif: None, is_animated: false, is_whole };
    for chunk in chunks(bytes) {
        match chunk.kind {
            b"EXIF" => {
                let content = chunk.content;
                frame.exif = Some(content.strip_prefix(b"Exif\0\0").unwrap_or(content));
            }
            b"ANIM" => frame.is_animated = true,
            _ => {}
        }
    }
    frame
}

pub(super) fn stripped(bytes: &[u8]) -> Vec<u8> {
    let block = frame(bytes).exif.map(Orientation::read).unwrap_or_default().block();
    let mut kept = bytes[..START].to_vec();
    for chunk in chunks(bytes).filter(|chunk| !matches!(chunk.kind, b"EXIF" | b"XMP ")) {
        let flags = kept.len() + 8;
        kept.extend_from_slice(chunk.whole);
        if let (b"VP8X", Some(flags)) = (chunk.kind, kept.get_mut(flags)) {
            *flags &= !(HAS_EXIF | HAS_XMP);
            *flags |= if block.is_some() { HAS_EXIF } else { 0 };
        }
    }
    if let Some(block) = block {
        kept.extend_from_slice(b"EXIF");
        kept.extend_from_slice(&(block.len() as u32).to_le_bytes());
        kept.extend_from_slice(&block);
    }
    let length = (kept.len() - 8) as u32;
    kept[4..8].copy_from_slice(&length.to_le_bytes());
    kept
}
