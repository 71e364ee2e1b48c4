//! The bar at the foot of every page: what the page is about, what it is made from, who names it,
//! and what there is to warn of.

use super::editor::Editor;
use super::overlay::Findings;
use crate::page::about::{About, Whereabouts};
use crate::source::SourcePath;
use crate::syntax::address::push_address;
use crate::syntax::escape::escaped;

/// How many records are listed.
const LISTED: usize = 50;

/// The bar of the page that was asked for as `asked`.
pub(super) fn bar(about: &About, asked: &str, findings: &Findings<'_>) -> String {
    let editor = findings.editor;
    let title = about.record.as_ref().map_or(asked, |record| &record.name);
    let mut html = format!(
        "<aside id=\"sinew-bar\" aria-label=\"sinew serve\">\n<strong>{}</strong>\n",
        escaped(title)
    );
    for source in &about.sources {
        html.push_str(&file(source, editor));
        html.push('\n');
    }
    let template = about.template.map(|template| format!("template {template}"));
    html.push_str(&folded("made from", template, &about.names, editor));
    html.push_str(&folded("named by", None, &about.named_by, editor));
    html.push_str(&findings.warnings());
    html.push_str("</aside>\n");
    html
}

/// Records to be unfolded, after something else; nothing without any.
fn folded(title: &str, first: Option<String>, records: &[Whereabouts], editor: &Editor) -> String {
    let count = records.len() + usize::from(first.is_some());
    if count == 0 {
        return String::new();
    }
    let mut html = format!("<details>\n<summary>{title} {count}</summary>\n<ul>\n");
    html.extend(first.iter().map(|first| format!("<li>{}</li>\n", escaped(first))));
    for record in records.iter().take(LISTED) {
        let file = file(&record.file, editor);
        html.push_str(&format!("<li>{} {file}</li>\n", named(record)));
    }
    if records.len() > LISTED {
        html.push_str(&format!("<li>and {} more</li>\n", records.len() - LISTED));
    }
    html.push_str("</ul>\n</details>\n");
    html
}

fn named(record: &Whereabouts) -> String {
    let name = escaped(&record.name);
    let Some(address) = &record.address else { return name };
    let mut html = "<a href=\"".to_owned();
    push_address(&mut html, address);
    html.push_str("\">");
    html.push_str(&name);
    html.push_str("</a>");
    html
}

fn file(path: &SourcePath, editor: &Editor) -> String {
    let link = escaped(&editor.link(path, 1, 1));
    format!("<a class=\"sinew-file\" href=\"{link}\">{}</a>", escaped(path.as_str()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::settings::Settings;
    use crate::source::Fingerprint;

    fn record(name: &str, address: Option<&str>) -> Whereabouts {
        let (address, file) = (address.map(Into::into), SourcePath::new("content/<x>.yaml"));
        Whereabouts { name: name.into(), address, file, fingerprint: Fingerprint::default() }
    }

    #[test]
    fn the_bar_says_where_a_page_comes_from_and_nothing_in_it_is_markup() {
        let about = About {
            record: Some(record("muscle:<b>", Some("/muscles/b/"))),
            sources: vec!["content/muscles/<b>.yaml".into()],
            template: Some("muscle.html"),
            names: vec![record("region:\"r", Some("/r/\"><script>"))],
            named_by: vec![record("faq:f", None)],
        };
        let editor = Editor::of(&Settings::default(), Path::new("/kb"));
        let findings =
            Findings { of_page: Vec::new(), of_site: Vec::new(), sources: &[], editor: &editor };
        let html = bar(&about, "/<i>/", &findings);
        for part in [
            "<strong>muscle:&lt;b&gt;</strong>",
            "vscode://file/kb/content/muscles/%3Cb%3E.yaml:1:1",
            "<summary>made from 2</summary>",
            "template muscle.html",
            "region:&quot;r</a>",
            "<summary>named by 1</summary>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        let bare = bar(&About::default(), "/<i>/", &findings);
        assert!(bare.contains("<strong>/&lt;i&gt;/</strong>") && !bare.contains("<details"));
    }
}
