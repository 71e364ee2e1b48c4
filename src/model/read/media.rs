//! Pictures and other files to publish: what their headers say.

use super::{FileContent, at_the_top, picture};
use crate::diagnostic::{Diagnostic, Place};
use crate::picture::{Header, LARGEST, header};
use crate::source::SourcePath;

pub(super) fn read_media(path: &SourcePath, bytes: &[u8], file: &mut FileContent) {
    file.picture = header(bytes);
    if at_the_top(path).is_some() {
        // An icon for the top of the site has the one size that whoever asks for it expects.
        file.picture = None;
    }
    let Some(header) = &file.picture else {
        file.size = picture::size(bytes);
        return;
    };
    file.size = Some((header.width, header.height));
    if !header.is_whole {
        let message = format!("`{path}` breaks off before the end of the picture");
        file.diagnostics.push(damaged_picture(path, message));
    } else if !header.fits() {
        file.diagnostics.push(huge(path, header));
    }
}

/// Says that a picture cannot be read.
pub(crate) fn damaged_picture(path: &SourcePath, message: String) -> Diagnostic {
    Diagnostic::warn("damaged-picture", Place::file(path), message)
        .note("it is published as it is, in one size, with all that a camera wrote into it")
        .help("save it again, or copy it again from where it came from")
}

fn huge(path: &SourcePath, header: &Header) -> Diagnostic {
    let Header { width, height, .. } = header;
    let most = LARGEST >> 20;
    let message = format!("`{path}` has {width} x {height} pixels, {most} million are the most");
    Diagnostic::warn("huge-picture", Place::file(path), message)
        .note("it is not decoded, and so published in one size")
        .help("save it smaller: no page shows more than 1600 pixels side by side")
}
