//! The repository's own knowledge base.

use crate::files;

#[test]
fn the_sample_content_has_no_findings() {
    let all = files::read(&files::repository("content"));
    let mut sources: Vec<_> =
        all.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let settings = std::fs::read(files::repository("site.toml")).expect("there are settings");
    sources.push(("site.toml".to_owned(), settings));
    let analysis = files::analysis(sources);
    assert_eq!(files::lines(&analysis.diagnostics), "");
}
