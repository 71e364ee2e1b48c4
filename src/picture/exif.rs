//! How a camera says that a picture has to be turned. Nothing else of what it says is kept.

use serde::{Deserialize, Serialize};

/// How a picture has to be turned to be shown, by the number that cameras write: 1, as it is, to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Self {
        Self(1)
    }
}

impl Orientation {
    /// What a block of Exif says; as it is, if it says nothing that can be read.
    pub(super) fn read(exif: &[u8]) -> Self {
        image::metadata::Orientation::from_exif_chunk(exif)
            .map_or_else(Self::default, |orientation| Self(orientation.to_exif()))
    }

    /// Whether width and height change places.
    pub fn is_sideways(self) -> bool {
        self.0 >= 5
    }

    /// A block of Exif that says this and nothing else; none is needed to say "as it is".
    pub(super) fn block(self) -> Option<[u8; 26]> {
        let mut block = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0";
        block[18] = self.0;
        (self.0 != 1).then_some(block)
    }

    pub(super) fn turn(self, picture: &mut image::DynamicImage) {
        if let Some(orientation) = image::metadata::Orientation::from_exif(self.0) {
            picture.apply_orientation(orientation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read_again() {
        for number in 2..=8 {
            let orientation = Orientation(number);
            assert_eq!(Orientation::read(&orientation.block().expect("turned")), orientation);
        }
        assert_eq!(Orientation::default().block(), None);
        assert_eq!(Orientation::read(b"MM"), Orientation::default());
    }
}
