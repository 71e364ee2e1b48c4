//! Pictures as pages show them: in several sizes, if these were made.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::Composer;
use crate::graph::{Destination, RecordId, media_address};
use crate::model::Media;
use crate::page::pictures::Variant;
use crate::page::view::{Picture, PictureSource};
use crate::picture::{Format, WIDEST};
use crate::source::SourcePath;
use crate::syntax::address::UNSAFE;
use crate::syntax::markdown::LinkForm;

/// How wide a picture in a column of text is: as wide as a phone, and on screens as a line of text.
const IN_TEXT: &str = "(max-width: 43rem) 100vw, 40rem";

impl Composer<'_> {
    /// The picture that a record names, with its sizes; nothing if it is not there.
    pub(super) fn picture(
        &self,
        record: RecordId,
        file: &SourcePath,
        target: &str,
    ) -> Option<Picture> {
        self.media_at(record, file, target).map(|path| self.media_picture(&path))
    }

    /// The file to publish that a record names; nothing if it is not there.
    pub(super) fn media_at(
        &self,
        record: RecordId,
        file: &SourcePath,
        target: &str,
    ) -> Option<SourcePath> {
        match self.base.destination(record, file, target, LinkForm::Inline) {
            Ok(Destination::Media(path)) => Some(path),
            _ => None,
        }
    }

    /// A picture of the project with its sizes.
    pub(super) fn media_picture(&self, path: &SourcePath) -> Picture {
        let original = self.at(&media_address(path));
        let Some(media) = self.base.content.media.get(path) else {
            return Picture { src: original, ..Picture::default() };
        };
        let variants = self.pictures.of(path);
        let address = |variant: &Variant| self.at(&variant.address(path));
        let (avif, fallback): (Vec<&Variant>, Vec<&Variant>) =
            variants.iter().partition(|variant| variant.format == Format::Avif);
        let candidates = |variants: &[&Variant]| -> Vec<(String, u32)> {
            variants.iter().map(|variant| (address(variant), variant.width)).collect()
        };
        let mut files = candidates(&fallback);
        if let Some(width) = own_width(media, !fallback.is_empty()) {
            files.push((original.clone(), width));
        }
        let sources = PictureSource {
            format: Format::Avif.media_type().to_owned(),
            srcset: srcset(&candidates(&avif)),
        };
        let has_choice = !avif.is_empty() || files.len() > 1;
        Picture {
            // What has no choice gets the largest: so do previews and feeds.
            src: files.last().map_or(original, |(address, _)| address.clone()),
            srcset: (files.len() > 1).then(|| srcset(&files)),
            sizes: has_choice.then(|| IN_TEXT.to_owned()),
            sources: if avif.is_empty() { Vec::new() } else { vec![sources] },
            width: media.size.map(|(width, _)| width),
            height: media.size.map(|(_, height)| height),
            ..Picture::default()
        }
    }
}

/// The width of the original, if it is one of the choices: a photograph as it comes from the camera
/// is not, where there is a smaller one.
fn own_width(media: &Media, has_others: bool) -> Option<u32> {
    let (width, _) = media.size?;
    (width <= WIDEST || !has_others).then_some(width)
}

fn srcset(files: &[(String, u32)]) -> String {
    // White space ends an address, and a comma may.
    const UNSAFE_HERE: &AsciiSet = &UNSAFE.add(b',');
    let candidate = |(address, width): &(String, u32)| {
        format!("{} {width}w", utf8_percent_encode(address, UNSAFE_HERE))
    };
    files.iter().map(candidate).collect::<Vec<_>>().join(", ")
}
