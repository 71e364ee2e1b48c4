//! What a page is made from, and what leads to it: out of the same data that pages are made from.

mod asked;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::FieldPath;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Kind, Visitor};
use crate::page::Pictures;
use crate::page::output::{OutputPath, Pages};
use crate::pipeline::{Analysis, Input};
use crate::source::SourcePath;
use crate::syntax::markdown::{Markdown, Outline};
use asked::{listed_files, page_of_file, path, record, unknown};

/// What a page is made from.
#[derive(Debug, Serialize)]
pub struct Why {
    /// Its address.
    pub address: String,
    /// Its file in the output.
    pub output: String,
    /// The record that it shows.
    pub record: Option<String>,
    /// What readers call that record.
    pub name: Option<String>,
    /// The files with the record, its text, and the site's settings.
    pub sources: Vec<String>,
    /// The templates that draw it, with what they extend and include.
    pub templates: Vec<String>,
    /// The directives in its texts, each with the file that draws it.
    pub directives: Vec<String>,
    /// The records that it names, with the fields in which it does; `text` is its text.
    pub refers_to: BTreeMap<String, Vec<String>>,
    /// The records whose names in its texts became links.
    pub mentions: Vec<String>,
    /// The records that name it.
    pub referred_to_by: Vec<String>,
    /// The articles that it recommends.
    pub related: Vec<String>,
    /// Former addresses that lead to it.
    pub redirects: Vec<String>,
}

/// What a page is made from: `asked` is an address, a file of the output, a source or a record.
///
/// # Errors
/// Says that there is no such page, and which may have been meant.
pub fn why(analysis: &Analysis, input: &Input, asked: &str) -> Result<Why, (String, String)> {
    let base = &analysis.base;
    let site = &analysis.site(input, Pictures::as_they_are());
    let record = record(base, asked);
    let path = match record.and_then(|record| base.routes.address(record)) {
        Some(address) => address.path.to_string(),
        None => page_of_file(base, asked)?.unwrap_or_else(|| path(base, asked)),
    };
    if let Some(redirect) = base.routes.redirection(&path) {
        let message = format!("`{path}` is a former address");
        return Err((message, format!("it has moved to `{}`", redirect.to)));
    }
    let file = OutputPath::at(path.trim_start_matches('/'));
    let index = site.paths().iter().position(|known| Some(known) == file.as_ref());
    let Some(index) = index.filter(|_| record.is_none() || !path.is_empty()) else {
        return Err(unknown(base, site, record, asked));
    };
    // What lists many records is a page, too; without a record, nothing refers to it.
    let record = record.or_else(|| base.routes.page(&path).flatten());
    let shown = |path: &SourcePath| match input.sources.get(path) {
        None => format!("{path} (built in)"),
        Some(_) => path.to_string(),
    };
    let templates = site.template_of(index).map(|template| analysis.theme.files_of(template));
    let templates = templates.into_iter().flatten().map(&shown).collect();
    let mut why = Why {
        address: path,
        output: site.paths()[index].to_string(),
        record: record.map(|record| named(base, record)),
        name: record.map(|record| base.name(record).to_string()),
        sources: site.sources_of(index).into_iter().map(ToString::to_string).collect(),
        templates,
        directives: Vec::new(),
        refers_to: BTreeMap::new(),
        mentions: Vec::new(),
        referred_to_by: Vec::new(),
        related: Vec::new(),
        redirects: Vec::new(),
    };
    if record.is_none() && why.sources.is_empty() {
        why.sources = listed_files(base, &why.address);
    }
    if let Some(record) = record {
        let entry = base.entry(record);
        why.sources.dedup();
        // A record on a page of many has files of its own.
        if why.sources.is_empty() {
            why.sources.push(entry.path.to_string());
        }
        why.of_record(analysis, record);
        why.directives = why.directives.iter().map(|one| drawn(analysis, one, &shown)).collect();
    }
    why.redirects = redirects(base, &why.address);
    Ok(why)
}

/// A directive with the file that draws it.
fn drawn(analysis: &Analysis, directive: &str, shown: &dyn Fn(&SourcePath) -> String) -> String {
    match analysis.theme.file_of_component(directive) {
        Some(path) => format!("{directive}: {}", shown(path)),
        None => directive.to_owned(),
    }
}

fn named(base: &KnowledgeBase, record: RecordId) -> String {
    let entry = base.entry(record);
    entry.kind.with_id(&entry.id)
}

fn redirects(base: &KnowledgeBase, address: &str) -> Vec<String> {
    let to = |to: &str| to.split('#').next() == Some(address);
    let all = base.routes.redirections.iter().filter(|one| to(&one.to));
    all.map(|one| one.from.clone()).collect()
}

impl Why {
    fn of_record(&mut self, analysis: &Analysis, record: RecordId) {
        let base = &analysis.base;
        let entry = base.entry(record);
        let named_in = base.named_in(record).into_iter();
        self.refers_to = named_in.map(|(record, fields)| (named(base, record), fields)).collect();
        let mut directives = Directives(Vec::new());
        entry.data.walk(&mut FieldPath::root(), &mut directives);
        entry.body.iter().for_each(|body| directives.of(&body.outline));
        self.directives = directives.0;
        let mentions = base.mentioned_by(record).map(|one| named(base, one));
        self.mentions = sorted(mentions);
        let leading = base.backlinks(record).iter();
        self.referred_to_by = leading.map(|one| named(base, *one)).collect();
        if entry.kind == Kind::Article {
            let related = base.kinship().related(base, record);
            self.related = related.into_iter().map(|one| named(base, one)).collect();
        }
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

/// The directives in the texts of a record.
struct Directives(Vec<String>);

impl Directives {
    fn of(&mut self, outline: &Outline) {
        for directive in &outline.directives {
            if !self.0.contains(&directive.name) {
                self.0.push(directive.name.clone());
            }
        }
    }
}

impl<'a> Visitor<'a> for Directives {
    fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
        self.of(&markdown.outline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::starter;
    use crate::graph::Circumstances;
    use crate::model::Date;
    use crate::pipeline::{Memo, analyze};
    use crate::source::Sources;

    fn ask(asked: &str) -> Result<Why, (String, String)> {
        ask_with(false, "", asked)
    }

    fn ask_with(with_drafts: bool, base_path: &str, asked: &str) -> Result<Why, (String, String)> {
        let as_of = Date::parse("2026-11-25").expect("it is a day");
        let mut sources = Sources::default();
        for (path, bytes) in starter::files(as_of) {
            sources.insert(SourcePath::new(path), bytes);
        }
        sources.insert("content/topics.yaml".into(), &b"old: {name: Old, was: [older]}\n"[..]);
        sources.insert("content/media/a.svg".into(), &b"<svg/>"[..]);
        sources.insert("content/terms/one.yaml".into(), &b"draft: true\nname:\n"[..]);
        sources.insert("content/pages/two.md".into(), &b"---\ntitle: Two\ndraft: true\n---\n"[..]);
        sources.insert(
            "themes/default/templates/base.html".into(),
            &b"{% block main %}{% endblock %}"[..],
        );
        let circumstances = Circumstances {
            as_of,
            with_drafts,
            base_url: Some(format!("https://example.com{base_path}")),
        };
        let input = Input { sources, circumstances };
        why(&analyze(&input, &mut Memo::default()), &input, asked)
    }

    #[test]
    fn a_page_is_found_by_its_address_its_files_and_its_record() {
        for asked in [
            "/muscles/infraspinatus/",
            "muscles/infraspinatus",
            "https://example.com/muscles/infraspinatus/#map",
            "public/muscles/infraspinatus/index.html",
            "content/muscles/infraspinatus.md",
            "./content/muscles/infraspinatus.yaml",
            "muscle:infraspinatus",
            "infraspinatus",
        ] {
            let why = ask(asked).unwrap_or_else(|error| panic!("{asked}: {error:?}"));
            assert_eq!(why.output, "muscles/infraspinatus/index.html", "{asked}");
            assert_eq!(why.record.as_deref(), Some("muscle:infraspinatus"));
        }
        let faq = ask("content/faqs.yaml").expect("its records have a page together");
        assert_eq!((faq.address.as_str(), faq.record), ("/faq/", None));
        assert_eq!(ask("/").expect("there is a page").output, "index.html");
        assert_eq!(faq.sources, ["content/faqs.yaml"]);
        let muscles = ask("/muscles/").expect("there is a page").sources;
        assert_eq!(muscles, ["content/muscles/infraspinatus.yaml"]);
        let picture = ask("content/media/a.svg").expect("it is published");
        assert_eq!(
            (&*picture.address, &*picture.sources),
            ("/media/a.svg", &["content/media/a.svg".to_owned()][..])
        );
        assert_eq!(ask("sitemap.xml").expect("it is a file").address, "/sitemap.xml");
    }

    #[test]
    fn what_a_page_is_made_from_is_told() {
        let why = ask("article:desk-shoulder").expect("there is a page");
        assert_eq!(why.sources, ["content/articles/desk-shoulder.md"]);
        let drawn = |file: &str| why.templates.iter().any(|one| one == file);
        assert!(drawn("themes/default/templates/article.html (built in)"), "{:?}", why.templates);
        assert!(drawn("themes/default/templates/base.html"));
        let component = "technique: themes/default/components/technique.html (built in)";
        assert!(why.directives.iter().any(|one| one == component), "{:?}", why.directives);
        assert_eq!(why.refers_to["muscle:infraspinatus"], ["muscles[0]", "text"]);
        assert_eq!(why.refers_to["person:team"], ["author", "reviewed.by"]);
        assert_eq!(why.mentions, ["muscle:infraspinatus", "term:trigger-point"]);
        let muscle = ask("infraspinatus").expect("there is a page");
        assert!(muscle.referred_to_by.contains(&"article:desk-shoulder".to_owned()));
        assert_eq!(ask("topic:old").expect("there is a page").redirects, ["/topics/older/"]);
    }

    #[test]
    fn the_path_of_the_whole_site_may_stand_before_that_of_a_page() {
        for asked in ["/kb/muscles/infraspinatus/", "https://example.com/kb/muscles/infraspinatus"]
        {
            let why = ask_with(false, "/kb", asked).expect("there is a page");
            assert_eq!(why.address, "/muscles/infraspinatus/", "{asked}");
        }
    }

    #[test]
    fn a_draft_is_said_to_be_one() {
        let help = "`--drafts` shows it; it is in `content/pages/two.md`";
        for asked in ["page:two", "two", "/two/", "content/pages/two.md"] {
            let error = ask(asked).expect_err("it has no page");
            assert_eq!(error, ("the page `two` is a draft".to_owned(), help.to_owned()), "{asked}");
        }
        assert_eq!(ask_with(true, "", "page:two").expect("there is a page").address, "/two/");
        let help =
            "it is not finished: `sinew check --drafts` says what `content/terms/one.yaml` lacks";
        let error = ask_with(true, "", "term:one").expect_err("it has no page");
        assert_eq!(error, ("the term `one` is a draft".to_owned(), help.to_owned()));
    }

    #[test]
    fn what_has_no_page_is_said_to_have_none() {
        let error = |asked: &str| ask(asked).expect_err("it has no page");
        assert_eq!(error("/topics/older/").1, "it has moved to `/topics/old/`");
        assert_eq!(error("group:rotator-cuff").0, "the group `rotator-cuff` has no page");
        assert_eq!(
            error("content/regions.yaml").1,
            "ask for one of them, such as `region:shoulder-front`"
        );
        assert_eq!(error("muscle:infraspinats").0, "no muscle is called `infraspinats`");
        let near = "a muscle with a similar name exists: `infraspinatus`";
        assert_eq!(error("muscle:infraspinats").1, near);
        let near = "a page with a similar address exists: `/muscles/infraspinatus/`";
        assert_eq!(error("/muscls/infraspinatus/").1, near);
    }
}
