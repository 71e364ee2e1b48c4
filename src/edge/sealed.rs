//! A list with a checksum in front of it, as it lies where others may write: in outputs and at targets.

use crate::source::Fingerprint;

/// The bytes of a list: a line with the format and the checksum of all that follows, then the list.
pub(crate) fn seal(format: &str, list: &str) -> Vec<u8> {
    format!("{format} {}\n{list}", Fingerprint::of(list.as_bytes())).into_bytes()
}

/// The list that was sealed, or `None` if the bytes are not exactly what [`seal`] would write.
pub(crate) fn unseal<'a>(format: &str, bytes: &'a [u8]) -> Option<&'a str> {
    let (header, list) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    let checksum = header.strip_prefix(format)?.strip_prefix(' ')?;
    (checksum == Fingerprint::of(list.as_bytes()).to_string()).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_and_every_flipped_bit_is_noticed() {
        let whole = seal("a list 1", "b/index.html\nindex.html\n");
        assert_eq!(unseal("a list 1", &whole), Some("b/index.html\nindex.html\n"));
        assert_eq!(unseal("a list 2", &whole), None);
        for length in 0..whole.len() {
            assert_eq!(unseal("a list 1", &whole[..length]), None, "cut at {length}");
        }
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal("a list 1", &damaged), None, "bit {bit}");
        }
    }
}
