//! The default theme, as it was when the program was built.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::BUILT_IN;
use super::layers::Layer;

/// The files of the default theme, by path, sorted.
pub static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// The default theme as a layer: the lowest one of every project.
pub fn layer() -> Layer {
    let files: BTreeMap<String, Bytes> =
        FILES.iter().map(|(path, bytes)| ((*path).to_owned(), Bytes::from_static(bytes))).collect();
    Layer { name: BUILT_IN.to_owned(), folder: "themes/default".to_owned(), files }
}
