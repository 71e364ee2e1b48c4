//! A drawing as a picture: SVG to PNG. Reads no file and no font of the machine, so equal drawings make
//! equal bytes everywhere.

use std::sync::{Arc, LazyLock};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use super::Trouble;
use super::letters::{FAMILY, Weight};

/// What else than the drawing decides about the bytes. Belongs into every key under which they are
/// kept.
pub const DRAWER: &str = "1: resvg 0.49; Source Serif 4; png best";

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for weight in Weight::ALL {
        fonts.load_font_data(weight.bytes().to_vec());
    }
    Arc::new(fonts)
});

/// A drawing as PNG of this width and height, on white where it leaves anything out.
///
/// # Errors
/// If it is no SVG.
pub fn drawn(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, Trouble> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let mut pixels =
        Pixmap::new(width, height).ok_or_else(|| Trouble("a picture without pixels".to_owned()))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    // Nothing shines through white, so there is nothing to be divided by.
    let bytes = pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    let bytes: Vec<u8> = bytes.collect();
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive)
        .write_image(&bytes, width, height, ExtendedColorType::Rgb8)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(svg: &str) -> image::Rgb<u8> {
        let file = drawn(svg, 4, 4).expect("it is SVG");
        let picture = image::load_from_memory(&file).expect("it is PNG").into_rgb8();
        assert_eq!(picture.dimensions(), (4, 4));
        *picture.get_pixel(1, 1)
    }

    #[test]
    fn a_drawing_fills_its_picture() {
        const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>";
        assert_eq!(pixel(&format!("{SVG}</svg>")).0, [255, 255, 255]);
        let red = format!("{SVG}<rect width='8' height='8' fill='#f00'/></svg>");
        assert_eq!(pixel(&red).0, [255, 0, 0]);
        let half = format!("{SVG}<rect width='8' height='8' fill='#000' opacity='.5'/></svg>");
        assert_eq!(pixel(&half).0, [128, 128, 128]);
    }

    #[test]
    fn what_is_no_drawing_is_said() {
        assert!(drawn("<p>text</p>", 4, 4).is_err());
        assert!(drawn("", 4, 4).is_err());
    }
}
