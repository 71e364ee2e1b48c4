//! Pictures in several sizes: which there are, what pages say of them, and what is done with those that
//! cannot be read.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use crate::project::Project;

const PAGE: &str = "aftercare/index.html";

#[test]
fn a_file_that_is_no_picture_and_shown_as_one_is_reported_where_it_is_named() {
    let text = "![a](../media/x.pdf \"c\")\n\n::figure{src=media/x.HEIC alt=a credit=c}\n";
    let mut project = Project::small();
    for file in ["x.pdf", "x.HEIC", "x.txt"] {
        project.write(&format!("content/media/{file}"), "x");
    }
    project.edit("content/articles/sleep.md", |old| {
        let hero = "\nhero: {image: media/x.HEIC, alt: A, credit: c}\ntitle:";
        format!("{}\n{text}", old.replacen("\ntitle:", hero, 1))
    });
    project.edit("content/people.yaml", |people| {
        format!("{people}\nzoe: {{name: Zoe, role: Writer, photo: media/x.txt}}\n")
    });
    project.edit("site.toml", |text| format!("{text}\n[theme.settings]\nlogo = \"media/x.txt\"\n"));
    project.build();
    let found = project.findings();
    for (place, name) in [
        ("content/articles/sleep.md:2:15", "media/x.HEIC"),
        ("content/articles/sleep.md:12:1", "../media/x.pdf"),
        ("content/articles/sleep.md:14:14", "media/x.HEIC"),
        ("content/people.yaml", "media/x.txt"),
    ] {
        let message = format!("error[broken-link] `{name}` is not a picture that browsers show");
        let is_said = |line: &&str| line.starts_with(place) && line.ends_with(&message);
        assert_eq!(found.lines().filter(is_said).count(), 1, "{place}:\n{found}");
    }
    assert!(found.contains("site.toml:18:8: error[wrong-type] `media/x.txt` is no picture"));
    assert_eq!(found.lines().count(), 5, "{found}");
}

/// A picture with something to see: its left is red, its right is blue, all of it has a grain.
fn photograph(width: u32, height: u32) -> RgbImage {
    let mut grain = 12_345_u32;
    RgbImage::from_fn(width, height, |x, y| {
        grain = grain.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let noise = (grain >> 26) as u8;
        let shade = ((x * 3 + y * 5) % 64) as u8;
        let (red, blue) = if x < width / 2 { (160, 20) } else { (20, 160) };
        Rgb([red + noise / 2, shade + noise / 2, blue + noise / 2])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    picture.write_with_encoder(encoder).expect("it is a picture");
    bytes
}

fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, ImageFormat::Png).expect("it is a picture");
    bytes.into_inner()
}

/// What a camera writes after the first marker: who it is, and that it was turned by a quarter.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(b"\x01\x0f\0\x02\0\0\0\x10\0\0\0\x26");
    tiff.extend_from_slice(&[1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(b"\0\0\0\0Telltale camera\0");
    let length = 2 + 6 + tiff.len() as u16;
    let [high, low] = length.to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1, high, low], b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

/// A chunk of a PNG file.
fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(content);
    let length = (content.len() as u32).to_be_bytes();
    [&length[..], kind, content, &crc.sum().to_be_bytes()].concat()
}

/// A PNG file that says it has this size, with these bytes for its pixels.
fn claimed_png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &size), chunk(b"IDAT", pixels), chunk(b"IEND", &[])].concat()
}

/// A page that shows a picture.
fn project(name: &str, picture: &[u8]) -> Project {
    let link = name.replace(' ', "%20");
    let page = format!("---\ntitle: Aftercare\n---\n\n![A knee](../media/{link} \"The studio\")\n");
    let mut project = Project::new([("content/pages/aftercare.md", page.as_str())]);
    project.write(&format!("content/media/{name}"), picture);
    project
}

/// The files that were made from pictures, by their names without what says what is in them.
fn made(project: &Project) -> Vec<String> {
    let made = project.pages().into_keys().filter_map(|path| path.strip_prefix("assets/pictures/"));
    let without_hash = |name: &str| {
        let parts: Vec<&str> = name.split('.').collect();
        format!("{}.{}", parts[0], parts[2])
    };
    let mut made: Vec<String> = made.map(without_hash).collect();
    // What was before them says what is in them, and so orders them.
    made.sort();
    made
}

/// The one file that was made whose name begins and ends like this.
#[track_caller]
fn one(project: &Project, begin: &str, end: &str) -> Vec<u8> {
    let begin = format!("assets/pictures/{begin}.");
    let pages = project.pages();
    let mut found =
        pages.iter().filter(|(path, _)| path.starts_with(&begin) && path.ends_with(end));
    let (_, bytes) = found.next().expect("it was made");
    assert_eq!(found.next(), None);
    bytes.to_vec()
}

fn is_red(pixel: Rgb<u8>) -> bool {
    pixel.0[0] > pixel.0[2]
}

#[test]
fn a_photograph_comes_in_several_sizes_and_formats() {
    let original = jpeg(&photograph(500, 60));
    let mut project = project("my knee.jpg", &original);
    project.build().expect_clean();
    assert_eq!(made(&project), ["my-knee-400.avif", "my-knee-400.jpg", "my-knee-500.avif"]);
    assert_eq!(project.pages()["media/my knee.jpg"], original);
    let small = image::load_from_memory(&one(&project, "my-knee-400", "jpg")).expect("a picture");
    assert_eq!((small.width(), small.height()), (400, 48));
    assert_eq!(&one(&project, "my-knee-500", "avif")[4..12], b"ftypavif");
    let page = project.page(PAGE);
    let (_, picture) = page.split_once("<picture>").expect("the page shows it");
    let (picture, _) = picture.split_once("</picture>").expect("it ends");
    let addresses = picture.split(['"', ' ', ',']).filter(|word| word.starts_with('/'));
    let mut shape = picture.to_owned();
    for address in addresses {
        let file = address.trim_start_matches('/').replace("%20", " ");
        assert!(project.pages().contains_key(file.as_str()), "{address} leads nowhere");
        let parts: Vec<&str> = address.split('.').collect();
        if let [stem, _, ending] = parts[..] {
            shape = shape.replace(address, &format!("{stem}.{ending}"));
        }
    }
    let sizes = "sizes=\"(max-width: 43rem) 100vw, 40rem\"";
    assert_eq!(
        shape,
        format!(
            "<source type=\"image/avif\" srcset=\"/assets/pictures/my-knee-400.avif 400w, \
             /assets/pictures/my-knee-500.avif 500w\" {sizes}>\
             <img src=\"/media/my%20knee.jpg\" alt=\"A knee\" \
             srcset=\"/assets/pictures/my-knee-400.jpg 400w, /media/my%20knee.jpg 500w\" {sizes} \
             width=\"500\" height=\"60\" loading=\"lazy\" decoding=\"async\">"
        ),
    );
}

#[test]
fn a_turned_photograph_is_shown_upright_and_tells_nothing_of_its_camera() {
    // Turned by a quarter clockwise, its left is its top.
    let mut project = project("knee.jpg", &with_exif(&jpeg(&photograph(60, 500)), 6));
    project.build().expect_clean();
    project.expect_page(PAGE, ["width=\"500\" height=\"60\""]);
    assert_eq!(made(&project), ["knee-400.avif", "knee-400.jpg", "knee-500.avif"]);
    let small = image::load_from_memory(&one(&project, "knee-400", "jpg")).expect("a picture");
    let small = small.into_rgb8();
    assert_eq!(small.dimensions(), (400, 48));
    assert!(is_red(*small.get_pixel(390, 4)) && !is_red(*small.get_pixel(10, 44)));
    for (path, bytes) in project.pages() {
        let is_told = bytes.windows(8).any(|window| window == b"Telltale");
        assert!(!is_told, "{path} tells which camera it was");
    }
    // What is left says how it is turned, and no pixel has changed.
    let published = project.pages()["media/knee.jpg"].to_vec();
    assert_eq!(sinew::picture::header(&published).map(|it| (it.width, it.height)), Some((500, 60)));
    let before = jpeg(&photograph(60, 500));
    assert_eq!(
        image::load_from_memory(&published).expect("a picture").into_rgb8(),
        image::load_from_memory(&before).expect("a picture").into_rgb8(),
    );
}

#[test]
fn a_small_picture_is_not_made_larger() {
    let mut project = project("dot.png", &png(photograph(240, 40)));
    project.build().expect_clean();
    assert_eq!(made(&project), ["dot-240.avif"]);
    project.expect_page(PAGE, ["240w\"", "width=\"240\" height=\"40\""]);
}

#[test]
fn a_thumbnail_is_published_as_it_is() {
    let thumbnail = png(photograph(199, 80));
    let mut project = project("dot.png", &thumbnail);
    project.build().expect_clean();
    assert_eq!(made(&project), <[&str; 0]>::default());
    project.expect_page(PAGE, ["width=\"199\" height=\"80\""]);
}

#[test]
fn what_would_be_larger_than_the_original_is_not_offered() {
    let plain = png(RgbImage::from_pixel(300, 10, Rgb([10, 120, 90])));
    let mut project = project("line.png", &plain);
    project.build().expect_clean();
    assert_eq!(made(&project), <[&str; 0]>::default());
}

#[test]
fn what_shows_through_a_picture_does_so_in_every_size() {
    let picture = photograph(500, 60);
    let picture = RgbaImage::from_fn(500, 60, |x, y| {
        let Rgb([red, green, blue]) = *picture.get_pixel(x, y);
        Rgba([red, green, blue, if y < 30 { 0 } else { 255 }])
    });
    let mut project = project("cut.png", &png(picture));
    project.build().expect_clean();
    assert_eq!(made(&project), ["cut-400.avif", "cut-400.png", "cut-500.avif"]);
    let small = image::load_from_memory(&one(&project, "cut-400", "png")).expect("a picture");
    let small = small.into_rgba8();
    assert_eq!((small.get_pixel(200, 4).0[3], small.get_pixel(200, 44).0[3]), (0, 255));
}

#[test]
fn a_picture_that_breaks_off_is_published_as_it_is() {
    let whole = png(photograph(300, 40));
    let broken = &whole[..whole.len() / 2];
    let mut project = project("knee.png", broken);
    project.build().expect_findings([
        "content/media/knee.png:1:1: warning[damaged-picture] `content/media/knee.png` breaks off \
         before the end of the picture",
    ]);
    assert_eq!(made(&project), <[&str; 0]>::default());
    assert_eq!(project.pages()["media/knee.png"], broken);
    project.expect_page(PAGE, ["<img src=\"/media/knee.png\""]);
    project.expect_page_without(PAGE, "<picture>");
    let photograph = jpeg(&photograph(300, 40));
    project.write("content/media/knee.png", &photograph[..photograph.len() - 9]).build();
    assert!(project.findings().contains("breaks off"), "{}", project.findings());
}

#[test]
fn a_picture_that_says_it_is_huge_is_never_decoded() {
    let bomb = claimed_png(60_000, 60_000, &[]);
    let mut project = project("bomb.png", &bomb);
    project.build().expect_findings([
        "content/media/bomb.png:1:1: warning[huge-picture] `content/media/bomb.png` has 60000 x 60000 \
         pixels, 64 million are the most",
    ]);
    assert_eq!(made(&project), <[&str; 0]>::default());
    assert_eq!(project.pages()["media/bomb.png"], bomb);
    project.expect_page(PAGE, ["<img src=\"/media/bomb.png\"", "width=\"60000\""]);
}

#[test]
fn a_picture_that_is_not_what_it_says_is_published_as_it_is() {
    let mut project = project("noise.png", &claimed_png(300, 200, b"these are no pixels"));
    project.build();
    let findings = project.findings();
    let expected = "content/media/noise.png:1:1: warning[damaged-picture] \
                    `content/media/noise.png` cannot be decoded";
    assert!(findings.starts_with(expected) && findings.lines().count() == 1, "{findings}");
    project.expect_page(PAGE, ["<img src=\"/media/noise.png\""]);
    // It is not attempted again, and said again.
    project.build().expect_rendered([]);
    assert_eq!(project.findings(), findings);
}

#[test]
fn an_animation_stays_one() {
    let mut animated = claimed_png(300, 200, b"pixels");
    let frames = chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    let after_size = 8 + 25;
    animated.splice(after_size..after_size, frames);
    let mut project = project("wave.png", &animated);
    project.build().expect_clean();
    assert_eq!(made(&project), <[&str; 0]>::default());
    assert_eq!(project.pages()["media/wave.png"], animated);
}

#[test]
fn pictures_are_made_once() {
    let mut project = project("knee.jpg", &jpeg(&photograph(300, 40)));
    project.build();
    let shelf = project.shelf().files().clone();
    assert_eq!(shelf.len(), 2, "the list of sizes, and one size");
    project.build().expect_rendered([]);
    // The same under another name is known; and what was damaged meanwhile is made again.
    for damaged in ["avif", "sizes"] {
        for (_, bytes) in
            project.shelf().files().iter_mut().filter(|(name, _)| name.ends_with(damaged))
        {
            bytes.truncate(bytes.len() / 2);
        }
        let name = format!("content/media/{damaged}.jpg");
        project.write(&name, jpeg(&photograph(300, 40)));
        project.build().expect_clean();
        assert!(made(&project).contains(&format!("{damaged}-300.avif")));
    }
    // Another picture is another file, and its pages say so.
    let first = one(&project, "knee-300", "avif");
    project.write("content/media/knee.jpg", jpeg(&photograph(302, 40))).build();
    assert_ne!(one(&project, "knee-302", "avif"), first);
    assert!(project.rendered().contains(PAGE));
}

#[test]
fn threads_do_not_show_in_pictures() {
    let bytes = jpeg(&photograph(420, 40));
    let header = sinew::picture::header(&bytes).expect("a picture");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| sinew::picture::sizes(&bytes, &header)).expect("it can be read")
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn what_lies_in_static_is_at_the_top_of_the_site_as_it_is() {
    let mut project = Project::small();
    project
        .write("content/static/google1.html", "google-site-verification: google1.html")
        .write("content/static/.well-known/security.txt", "Contact: mailto:a@b.example\n")
        .write("content/static/files/plan.txt", "A plan\n")
        .write(
            "content/pages/us.md",
            "---\ntitle: Us\n---\n\n[One](/google1.html), [two](../static/files/plan.txt).\n",
        )
        .build();
    project.expect_clean();
    assert_eq!(project.page("google1.html"), "google-site-verification: google1.html");
    assert_eq!(project.page(".well-known/security.txt"), "Contact: mailto:a@b.example\n");
    let page = project.page("us/index.html");
    assert!(
        page.contains("href=\"/kb/google1.html\"") && page.contains("href=\"/kb/files/plan.txt\""),
        "{page}"
    );
    project.write("content/static/google1.html", "another").build();
    assert_eq!(project.page("google1.html"), "another");
    for (file, message) in [
        ("robots.txt", "the address `/robots.txt` belongs to a file that sinew writes"),
        ("assets/mine.css", "the address `/assets/mine.css` belongs to a file that sinew writes"),
        ("us/index.html", "the address `/us/index.html` belongs to the page `/us/`"),
    ] {
        let path = format!("content/static/{file}");
        project.write(&path, "x").build();
        project
            .expect_findings([format!("{path}:1:1: error[address-collision] {message}").as_str()]);
        project.delete(&path);
    }
}
