//! Pages that are read as carefully as code: `UPDATE=1 cargo test golden` writes them anew.

use std::fs;
use std::path::Path;

use crate::project::Project;

const PAGES: [&str; 5] = [
    "muscles/infraspinatus/index.html",
    "pain/shoulder-front/index.html",
    "articles/knots/index.html",
    "techniques/finger-pressure/index.html",
    "faq/index.html",
];

#[test]
fn the_pages_of_the_small_site_are_what_they_were() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/small.expected"));
    let mut project = Project::small();
    project.build().expect_clean();
    let is_update = std::env::var_os("UPDATE").is_some();
    for page in PAGES {
        let path = folder.join(page);
        let shown = without_drawings(project.page(page));
        if is_update {
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
            fs::write(&path, &shown).expect("written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if let Some((number, (now, before))) =
            shown.lines().zip(expected.lines()).enumerate().find(|(_, (one, other))| one != other)
        {
            panic!("{page}:{}\n  is  {now}\n  was {before}\n(`UPDATE=1` accepts)", number + 1);
        }
        assert!(shown == expected, "{page} is longer or shorter than it was (`UPDATE=1` accepts)");
    }
}

/// The page with `site.css` for `site.1a2b3c4d.css` and without the drawings of the body: styles and
/// drawings are not what these pages are about.
fn without_drawings(page: &str) -> String {
    let is_hash = |part: &&str| part.len() == 8 && part.chars().all(|c| c.is_ascii_hexdigit());
    let attributes = page.split('"').enumerate().map(|(position, value)| {
        if position % 2 == 1 && value.contains("/assets/") {
            value.split('.').filter(|part| !is_hash(part)).collect::<Vec<_>>().join(".")
        } else if position % 2 == 1 && value.len() > 200 && value.contains(['M', ',']) {
            "(a drawing)".to_owned()
        } else {
            value.to_owned()
        }
    });
    attributes.collect::<Vec<_>>().join("\"")
}
