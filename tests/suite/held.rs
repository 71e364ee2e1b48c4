//! What is held in memory of the files of a project: none of what can be read again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sinew::page::Pictures;
use sinew::page::output::Pages;
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{Fingerprint, Loader, SourcePath, Sources};

use crate::project::{circumstances, files_below, small_folder};

/// Files, and how often each was asked for.
#[derive(Default)]
struct Counting {
    files: BTreeMap<SourcePath, Bytes>,
    asked: Mutex<BTreeMap<SourcePath, usize>>,
}

impl Counting {
    fn asked(&self, path: &SourcePath) -> usize {
        self.asked.lock().expect("nothing went wrong").get(path).copied().unwrap_or_default()
    }
}

impl Loader for Counting {
    fn load(&self, path: &SourcePath, _: Fingerprint) -> Option<Bytes> {
        *self.asked.lock().expect("nothing went wrong").entry(path.clone()).or_default() += 1;
        self.files.get(path).cloned()
    }
}

#[test]
fn no_text_and_no_picture_is_held_once_the_site_is_made() {
    let files = files_below(small_folder());
    let content = files.into_iter().filter(|(path, _)| path.starts_with("content/"));
    let files = content.map(|(path, bytes)| (SourcePath::new(path), bytes.into())).collect();
    let disk = Arc::new(Counting { files, ..Counting::default() });
    let mut sources = Sources::with_loader(disk.clone());
    for (path, bytes) in &disk.files {
        sources.insert_fingerprinted(path.clone(), Fingerprint::of(bytes), None);
    }
    let input = Input { sources, circumstances: circumstances() };
    let analysis = analyze(&input, &mut Memo::default());
    let site = analysis.site(&input, Pictures::as_they_are());
    for index in 0..site.paths().len() {
        site.make(index, None).expect("there is no mistake in the templates");
    }
    assert!(disk.files.keys().any(|path| path.as_str().starts_with("content/media/")));
    for path in disk.files.keys() {
        let before = disk.asked(path);
        assert!(before > 0 && input.sources.bytes(path).is_some(), "{path}");
        assert_eq!(disk.asked(path), before + 1, "{path} was held");
    }
}
