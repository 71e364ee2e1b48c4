//! The chunks of a PNG file.

use super::{Frame, Orientation, slice};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What says who, when and where, and not how it looks.
const LEFT_OUT: [&[u8]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];

struct Chunk<'a> {
    kind: &'a [u8],
    content: &'a [u8],
    whole: &'a [u8],
}

/// The chunks, up to the last one or the end of what can be read.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = SIGNATURE.len();
    std::iter::from_fn(move || {
        let length = slice(bytes, at, 4)?;
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let kind = slice(bytes, at + 4, 4)?;
        let content = slice(bytes, at + 8, length)?;
        let whole = slice(bytes, at, length.checked_add(12)?)?;
        at = if kind == b"IEND" { bytes.len() } else { at + whole.len() };
        Some(Chunk { kind, content, whole })
    })
}

pub(super) fn frame(bytes: &[u8]) -> Frame<'_> {
    let mut frame = Frame { exif: None, is_animated: false, is_whole: false };
    for chunk in chunks(bytes) {
        match chunk.kind {
            b"eXIf" => frame.exif = Some(chunk.content),
            b"acTL" => frame.is_animated = true,
            b"IEND" => frame.is_whole = true,
            _ => {}
        }
    }
    frame
}

pub(super) fn stripped(bytes: &[u8]) -> Vec<u8> {
    let orientation = frame(bytes).exif.map(Orientation::read).unwrap_or_default();
    let mut kept = SIGNATURE.to_vec();
    for chunk in chunks(bytes).filter(|chunk| !LEFT_OUT.contains(&chunk.kind)) {
        kept.extend_from_slice(chunk.whole);
        // It stands before the pixels.
        if let (b"IHDR", Some(block)) = (chunk.kind, orientation.block()) {
            let named = [b"eXIf", &block[..]].concat();
            kept.extend_from_slice(&(block.len() as u32).to_be_bytes());
            kept.extend_from_slice(&named);
            kept.extend_from_slice(&checksum(&named).to_be_bytes());
        }
    }
    kept
}

/// The checksum of a chunk's kind and content: CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}
