//! A picture in the widths that pages ask for: as AVIF, and as JPEG or PNG for what lacks that.
//! One picture is work for one thread: so no more of them stand in memory than there are threads.

use std::fmt;
use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};
use moxcms::{ColorProfile, Layout, TransformOptions};
use ravif::{Encoder, Img, RGBA8};

use super::{Format, Header, LARGEST};

/// The widths in pixels that pages choose from: a column of text on phones and screens, plain and of
/// double density.
const WIDTHS: [u32; 4] = [400, 800, 1200, WIDEST];
/// The largest width in pixels that pages choose.
pub const WIDEST: u32 = 1600;
/// A width is left out if the picture itself is hardly wider, in percent of it.
const HARDLY: u32 = 85;
/// Of 100. The lowest at which a photograph with much grain keeps 40 dB (PSNR) at 800 pixels, where
/// JPEG at 80 has 41.6 and 2.2 times the bytes.
const AVIF_QUALITY: f32 = 80.0;
/// From 1, the smallest files, to 10: 0.9 s of work for a million pixels. At 8 it is 2.7 s for 8 % fewer
/// bytes, at 6 another 0.5 s for 1 %, in each build that has no cache.
const AVIF_SPEED: u8 = 10;
const JPEG_QUALITY: u8 = 80;

/// What else than the picture decides about the bytes. Belongs into every key under which they are
/// kept: it changes with each of the values above, and with the crates that do the work.
pub const ENCODER: &str = "1: 400 800 1200 1600, 85 %; ravif 0.13 q80 s10; jpeg q80; png best";

/// A picture in one width and format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sized {
    /// Its format.
    pub format: Format,
    /// Its width in pixels.
    pub width: u32,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Why a picture could not be read, in words of who decoded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble(pub String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// A picture in other sizes, by format and width. Never larger than it is, and only what saves readers
/// something: a file that is not smaller than the original, or an AVIF that is not smaller than
/// what it stands for, is left out.
///
/// # Errors
/// If the picture is not what its header says.
pub fn sizes(bytes: &[u8], header: &Header) -> Result<Vec<Sized>, Trouble> {
    let pixels = Pixels::decode(bytes, header)?;
    let widths = widths(pixels.width);
    let small = widths.iter().map(|width| pixels.resized(*width));
    let small: Vec<Pixels> = small.collect::<Result<_, _>>()?;
    let fallback = match header.format {
        Format::Png => Format::Png,
        _ if pixels.has_alpha => Format::Png,
        _ => Format::Jpeg,
    };
    let formats = [Format::Avif, fallback];
    let wanted: Vec<(Format, &Pixels)> =
        formats.iter().flat_map(|format| small.iter().map(|pixels| (*format, pixels))).collect();
    // Its own width is there already: the original.
    let wanted = wanted
        .into_iter()
        .filter(|(format, small)| *format == Format::Avif || small.width < pixels.width);
    let made = wanted.map(|(format, small)| {
        Ok(Sized { format, width: small.width, bytes: small.encode(format)? })
    });
    let made: Vec<Sized> = made.collect::<Result<_, Trouble>>()?;
    Ok(worthwhile(made, bytes.len()))
}

/// The widths for a picture of a width, the smallest first.
fn widths(natural: u32) -> Vec<u32> {
    let is_smaller =
        |width: &u32| u64::from(*width) * 100 <= u64::from(natural) * u64::from(HARDLY);
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(is_smaller).collect();
    if natural <= WIDEST {
        widths.push(natural);
    }
    widths
}

/// Those that save readers something.
fn worthwhile(made: Vec<Sized>, original: usize) -> Vec<Sized> {
    let (avif, fallback): (Vec<_>, Vec<_>) =
        made.into_iter().partition(|one| one.format == Format::Avif);
    let mut kept: Vec<Sized> =
        fallback.into_iter().filter(|one| one.bytes.len() < original).collect();
    let instead = |width: u32| {
        kept.iter().find(|one| one.width == width).map_or(original, |one| one.bytes.len())
    };
    // Browsers that can, load these alone; so either all of them are better, or none is offered.
    if avif.iter().all(|one| one.bytes.len() < instead(one.width)) {
        kept.splice(0..0, avif);
    }
    kept
}

/// A decoded picture, as it is shown, in sRGB.
struct Pixels {
    width: u32,
    height: u32,
    has_alpha: bool,
    bytes: Vec<u8>,
}

impl Pixels {
    fn decode(bytes: &[u8], header: &Header) -> Result<Self, Trouble> {
        let format = match header.format {
            Format::Jpeg => image::ImageFormat::Jpeg,
            Format::Png => image::ImageFormat::Png,
            Format::Webp => image::ImageFormat::WebP,
            Format::Avif => return Err(Trouble("AVIF is not decoded".to_owned())),
        };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::no_limits();
        // Up to 16 bits for each of four colours, and as much for the decoder itself.
        limits.max_alloc = Some(LARGEST * 16);
        reader.limits(limits);
        let mut decoder = reader.into_decoder()?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > LARGEST {
            return Err(Trouble(format!("it has {width} x {height} pixels")));
        }
        let profile = decoder.icc_profile().ok().flatten();
        let mut picture = DynamicImage::from_decoder(decoder)?;
        header.orientation.turn(&mut picture);
        let (width, height) = (picture.width(), picture.height());
        let has_alpha = picture.color().has_alpha() && !is_opaque(&picture);
        let bytes = match has_alpha {
            true => picture.into_rgba8().into_raw(),
            false => picture.into_rgb8().into_raw(),
        };
        let mut pixels = Self { width, height, has_alpha, bytes };
        if let Some(profile) = profile {
            pixels.bytes = pixels.in_srgb(&profile).unwrap_or(pixels.bytes);
        }
        Ok(pixels)
    }

    /// The same colours as sRGB, which is what pictures without a profile are in; `None` if the
    /// profile is broken, or one of another kind of colours, which decoding has turned into RGB.
    fn in_srgb(&self, profile: &[u8]) -> Option<Vec<u8>> {
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        let layout = if self.has_alpha { Layout::Rgba } else { Layout::Rgb };
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let transform = profile.create_transform_8bit(layout, &srgb, layout, options).ok()?;
        let mut bytes = vec![0; self.bytes.len()];
        transform.transform(&self.bytes, &mut bytes).ok()?;
        Some(bytes)
    }

    fn resized(&self, width: u32) -> Result<Self, Trouble> {
        let height = u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2;
        let height = u32::try_from(height / u64::from(self.width))?.max(1);
        let pixel = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let from = ImageRef::new(self.width, self.height, &self.bytes, pixel)?;
        let mut to = Image::new(width, height, pixel);
        Resizer::new().resize(&from, &mut to, None)?;
        Ok(Self { width, height, has_alpha: self.has_alpha, bytes: to.into_vec() })
    }

    fn encode(&self, format: Format) -> Result<Vec<u8>, Trouble> {
        let (width, height) = (self.width, self.height);
        let colours =
            if self.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
        let mut file = Vec::new();
        match format {
            Format::Avif => return self.avif(),
            Format::Jpeg => JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY).write_image(
                &self.bytes,
                width,
                height,
                colours,
            )?,
            Format::Png | Format::Webp => {
                PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive)
                    .write_image(&self.bytes, width, height, colours)?
            }
        }
        Ok(file)
    }

    fn avif(&self) -> Result<Vec<u8>, Trouble> {
        // How many threads there are decides into how many tiles a picture is cut.
        let encoder = Encoder::new()
            .with_quality(AVIF_QUALITY)
            .with_alpha_quality(AVIF_QUALITY)
            .with_speed(AVIF_SPEED)
            .with_num_threads(Some(1));
        // Opaque pixels make an opaque file. `encode_rgb` would be compiled as part of this crate, with
        // all of `rav1e`.
        let channels = if self.has_alpha { 4 } else { 3 };
        let pixels = self
            .bytes
            .chunks_exact(channels)
            .map(|one| RGBA8::new(one[0], one[1], one[2], one.get(3).copied().unwrap_or(u8::MAX)));
        let pixels: Vec<RGBA8> = pixels.collect();
        let picture = Img::new(&pixels[..], self.width as usize, self.height as usize);
        let encoded = encoder.encode_rgba(picture)?;
        Ok(encoded.avif_file)
    }
}

/// Whether nothing behind a picture shows through it.
fn is_opaque(picture: &DynamicImage) -> bool {
    picture.to_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX)
}
