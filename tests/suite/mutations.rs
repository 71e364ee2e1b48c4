//! Whole projects with something wrong anywhere: bytes, lines and files of content, settings, pictures
//! and theme, changed as editors, synchronisers and failing disks do, and as nobody would. Nothing
//! panics, what is found has its place inside a file, what is remembered never matters, and when all is
//! put back, the site is the one that it was.
//!
//! `MUTATIONS=0..5000 cargo test mutations` tries so many cases; a case that fails says its number.

use std::collections::BTreeMap;
use std::ops::Range;

use image::{DynamicImage, ImageFormat, RgbImage};
use sinew::diagnostic::print;
use sinew::syntax::find::find;

use crate::files::{read, repository};
use crate::project::Project;

/// How many cases are tried unless `MUTATIONS` says others.
const TRIED: Range<u64> = 0..4;
/// How often a project is changed and built in one case.
const ROUNDS: usize = 4;

/// Numbers that look random, and are the same for the same case.
struct Dice(u64);

impl Dice {
    fn of(case: u64) -> Self {
        Self(case.wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("31 bits fit") % sides.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.roll(items.len())]
    }

    /// A range of a text of this length, short more often than not.
    fn range(&mut self, length: usize) -> Range<usize> {
        let start = self.roll(length + 1);
        let most = match self.roll(4) {
            0 => length,
            _ => 30,
        };
        start..(start + self.roll(most + 1)).min(length)
    }
}

/// Bytes that mean something to some reader, or to none.
const PIECES: [&[u8]; 46] = [
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"\r",
    b"\r\n",
    b"\t",
    b"\x1b[31m",
    b"\x7f",
    b"---\n",
    b"\n---\n",
    b"...\n",
    b": ",
    b"- ",
    b"\n  - ",
    b"{",
    b"}",
    b"[",
    b"[[",
    b"]]",
    b"|\n",
    b">-\n",
    b"&a ",
    b"*a",
    b"!!binary ",
    b"<<: ",
    b"\"",
    b"'",
    b"#",
    b"\n:::note\n",
    b"\n:::\n",
    b"\n::figure{src=",
    b"{#x}",
    b"[^1]",
    b"[@",
    b"<!--",
    b"<b>",
    b"&#0;",
    b"```",
    b"{{ ",
    b"{% ",
    b"%}",
    b"null",
    b"99999999999999999999",
];

/// Paths at which something else may come to stand: of other kinds, of no kind, in each other's way.
const PATHS: [&str; 30] = [
    "content/articles/sleep.md",
    "content/articles/x.yaml",
    "content/pages/muscles.md",
    "content/pages/x.md",
    "content/pages.yaml",
    "content/muscles.yaml",
    "content/muscles/x.yaml",
    "content/muscles/x.md",
    "content/muscles/infraspinatus.md",
    "content/muscles/deep/x.yaml",
    "content/regions/neck-side.yaml",
    "content/regions.yaml",
    "content/terms.yaml",
    "content/people/ada.yaml",
    "content/citations.yaml",
    "content/red-flags/chest.yaml",
    "content/media/wide.png",
    "content/media/wide.jpg",
    "content/media/x.webp",
    "content/media/Knot.svg",
    "content/media/x.pdf",
    "content/x.yaml",
    "addresses.txt",
    "site.toml",
    "themes/default/theme.toml",
    "themes/default/templates/base.html",
    "themes/default/templates/muscle.html",
    "themes/default/components/note.html",
    "themes/default/strings/en.toml",
    "themes/default/css/pages.css",
];

/// The files of the sample and of the built-in theme, which may come to stand in a project.
fn donors() -> BTreeMap<String, Vec<u8>> {
    let mut donors = BTreeMap::new();
    for folder in ["content", "themes"] {
        for (path, bytes) in read(&repository(folder)) {
            donors.insert(format!("{folder}/{path}"), bytes);
        }
    }
    donors
}

/// A picture that is published in other sizes too, and has few pixels.
fn picture(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(700, 4, |x, y| image::Rgb([(x % 251) as u8, y as u8, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).expect("it is a picture");
    bytes.into_inner()
}

/// The small project with pictures, templates of its own, and promises.
fn home(donors: &BTreeMap<String, Vec<u8>>) -> Project {
    let mut project = Project::small();
    let page =
        "---\ntitle: Pictures\nmenu: 2\n---\n\n![wide](../media/wide.png) ![](../media/wide.jpg)\n";
    project.write("content/pages/pictures.md", page);
    project.write("content/media/wide.png", picture(ImageFormat::Png));
    project.write("content/media/wide.jpg", picture(ImageFormat::Jpeg));
    project
        .write("addresses.txt", "/muscles/infraspinatus/\n/old/\n/articles/knots/#where-it-lies\n");
    for path in ["templates/muscle.html", "components/note.html", "strings/en.toml"] {
        let path = format!("themes/default/{path}");
        project.write(&path, &donors[&path]);
    }
    project
}

/// One change of the bytes of a file.
fn changed(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.roll(bytes.len() + 1);
    let range = dice.range(bytes.len());
    let mut changed = bytes.to_vec();
    match dice.roll(9) {
        0 if at < bytes.len() => changed[at] = dice.roll(256) as u8,
        1 => drop(changed.drain(range)),
        2 => drop(changed.splice(at..at, bytes[range].to_vec())),
        3 => changed.truncate(at),
        4 => drop(changed.splice(at..at, bytes[range].repeat(dice.roll(60)))),
        5 => {
            let with = dice.range(other.len());
            drop(changed.splice(range, other[with].to_vec()));
        }
        6 | 7 => return with_other_lines(bytes, other, dice),
        _ => drop(changed.splice(at..at, dice.pick(&PIECES).to_vec())),
    }
    changed
}

/// The same with lines taken out, doubled, exchanged, indented, or of another file.
fn with_other_lines(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let others: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() || others.is_empty() {
        return other.to_vec();
    }
    let (at, to) = (dice.roll(lines.len()), dice.roll(lines.len()));
    let indented = [b"  ", lines[at]].concat();
    match dice.roll(6) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(to, lines[at]),
        2 => lines.swap(at, to),
        3 => lines[at] = &indented,
        4 => lines[at] = lines[at].strip_prefix(b"  ").unwrap_or_default(),
        _ => lines.insert(at, others[dice.roll(others.len())]),
    }
    lines.concat()
}

/// Changes something, and says what.
fn mutate(project: &mut Project, donors: &BTreeMap<String, Vec<u8>>, dice: &mut Dice) -> String {
    let files = project.files();
    let path = files[dice.roll(files.len())].clone();
    let bytes = project.contents()[&path].clone();
    let donor = donors.keys().nth(dice.roll(donors.len())).expect("there are donors");
    let to = dice.pick(&PATHS);
    match dice.roll(16) {
        0 if files.len() > 1 => {
            project.delete(&path);
            format!("delete {path}")
        }
        1 => {
            project.rename(&path, to);
            format!("rename {path} to {to}")
        }
        2 => {
            project.write(to, &bytes);
            format!("copy {path} to {to}")
        }
        3 => {
            let other = files[dice.roll(files.len())].clone();
            let others = project.contents()[&other].clone();
            project.write(&path, others).write(&other, bytes);
            format!("exchange {path} and {other}")
        }
        4 | 5 => {
            project.write(donor, &donors[donor]);
            format!("take {donor} from the sample")
        }
        6 => {
            project.write(&path, &donors[donor]);
            format!("write {donor} over {path}")
        }
        7 => {
            project.with_drafts(dice.roll(2) == 0);
            "drafts".to_owned()
        }
        _ => {
            project.write(&path, changed(&bytes, &donors[donor], dice));
            format!("change {path}")
        }
    }
}

/// Everything that was found lies inside a file, and can be shown in every form.
fn look_at_findings(project: &Project) {
    let findings = find(&project.input().sources, project.diagnostics());
    for finding in &findings {
        let places = finding.related.iter().map(|(place, _)| place).chain([&finding.main]);
        for place in places {
            // A file that is not text, or that is missing, has no bytes to show.
            let is_inside = match &place.text {
                Some(text) => text.text().get(place.range.clone()).is_some(),
                None => place.range == (0..0),
            };
            assert!(is_inside, "{finding:?}");
        }
        assert!(!finding.diagnostic.message.is_empty(), "{finding:?}");
    }
    let _ = print::full(&findings, print::Colour::On);
    for print in [print::concise, print::json, print::github, print::gitlab] {
        let _ = print(&findings);
    }
}

#[expect(clippy::print_stderr, reason = "a failing case shows the way that led there")]
fn try_case(case: u64, donors: &BTreeMap<String, Vec<u8>>, clean: &Project) {
    let mut dice = Dice::of(case);
    let mut project = Project::of(clean.contents().clone());
    project.build();
    for _ in 0..ROUNDS {
        for _ in 0..=dice.roll(3) {
            eprintln!("case {case}: {}", mutate(&mut project, donors, &mut dice));
        }
        project.build();
        look_at_findings(&project);
    }
    eprintln!("case {case}: put all back");
    project.with_drafts(false);
    for path in project.files() {
        project.delete(&path);
    }
    for (path, bytes) in clean.contents() {
        project.write(path, bytes);
    }
    project.build();
    assert!(project.pages() == clean.pages(), "something stays behind");
    assert_eq!(project.diagnostics(), clean.diagnostics());
}

/// The cases that are wanted, such as `0..500`.
fn wanted() -> Range<u64> {
    let Ok(said) = std::env::var("MUTATIONS") else { return TRIED };
    let ends =
        said.split_once("..").and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
    ends.expect("`MUTATIONS` is a range of cases, such as `0..500`")
}

#[test]
fn a_project_with_anything_wrong_anywhere_is_told_of_it_and_remembers_nothing_wrong() {
    let donors = donors();
    let mut clean = home(&donors);
    clean.build();
    assert!(!clean.has_errors(), "{}", clean.findings());
    wanted().for_each(|case| try_case(case, &donors, &clean));
}
