//! A file that the system does not hand out is one mistake: what refers to what it may hold is none.

use sinew::graph::Circumstances;
use sinew::model::Date;
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

use crate::files::{lines, read, repository};

/// What is wrong with the sample, of which one file or folder is there and cannot be read.
fn found_without(refused: &str, memo: &mut Memo) -> String {
    let mut sources = Sources::default();
    for part in ["content", "themes"] {
        for (path, bytes) in read(&repository(part)) {
            sources.insert(SourcePath::new(format!("{part}/{path}")), bytes);
        }
    }
    let settings = std::fs::read(repository("site.toml")).expect("it is there");
    sources.insert(SourcePath::new("site.toml"), settings);
    let hidden: Vec<SourcePath> = sources
        .paths()
        .filter(|path| path.as_str() == refused || path.below(refused).is_some())
        .cloned()
        .collect();
    hidden.iter().for_each(|path| sources.remove(path));
    if !refused.is_empty() {
        assert!(!hidden.is_empty(), "{refused}");
        sources.refuse(SourcePath::new(refused));
    }
    let as_of = Date::parse("2026-11-25").expect("it is a day");
    let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
    lines(&analyze(&Input { sources, circumstances }, memo).diagnostics)
}

#[test]
fn what_refers_to_a_file_that_cannot_be_read_is_no_mistake() {
    let mut memo = Memo::default();
    for refused in [
        "content/regions.yaml",
        "content/people.yaml",
        "content/muscles",
        "content/muscles/infraspinatus.yaml",
        "content/articles/desk-and-phone.md",
        "content/media",
        "content/media/breathing.svg",
        "site.toml",
    ] {
        assert_eq!(found_without(refused, &mut memo), "", "{refused}");
    }
    assert_eq!(found_without("", &mut memo), "");
}
