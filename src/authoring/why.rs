//! What a page is made from, and what leads to it: out of the same data that pages are made from.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::FieldPath;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Id, Kind, Visitor, nearest};
use crate::page::Pictures;
use crate::page::Site;
use crate::page::output::{OutputPath, Pages};
use crate::pipeline::{Analysis, Input};
use crate::source::SourcePath;
use crate::syntax::markdown::{Markdown, Outline};

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
    /// The records whose names in its text became links.
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
        Some(address) => address.path.clone(),
        None => page_of_many(base, asked)?.unwrap_or_else(|| path(base, asked)),
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
    format!("{}:{}", entry.kind.word(), entry.id)
}

/// The record that is meant by a source file, or by its kind and id.
fn record(base: &KnowledgeBase, asked: &str) -> Option<RecordId> {
    let source = asked.trim_start_matches("./");
    let of_file = base.records().find(|(_, entry)| {
        let is_own = entry.base.segments().is_empty() && entry.path.as_str() == source;
        is_own || entry.body.as_ref().is_some_and(|body| body.path.as_str() == source)
    });
    let of_name = || {
        let (word, id) = asked.split_once(':')?;
        base.find(Kind::from_word(word).or_else(|| Kind::from_folder(word))?, id)
    };
    let of_id = || {
        let is_id =
            Id::new(asked).is_well_formed() && base.routes.page(&format!("/{asked}/")).is_none();
        is_id.then(|| Kind::ALL.iter().find_map(|kind| base.find(*kind, asked)))?
    };
    of_file.map(|(record, _)| record).or_else(of_name).or_else(of_id)
}

/// The page that shows the records of a file of many, if they have one together.
fn page_of_many(base: &KnowledgeBase, asked: &str) -> Result<Option<String>, (String, String)> {
    let source = asked.trim_start_matches("./");
    let first = base.records().find(|(_, entry)| entry.path.as_str() == source);
    let Some((first, _)) = first else { return Ok(None) };
    match base.routes.address(first) {
        Some(address) if address.anchor.is_some() => Ok(Some(address.path.clone())),
        _ => {
            let message = format!("`{source}` is not one page: each of its records has its own");
            Err((message, format!("ask for one of them, such as `{}`", named(base, first))))
        }
    }
}

/// The address that is meant by an address or a file of the output.
fn path(base: &KnowledgeBase, asked: &str) -> String {
    let base_url = base.base_url();
    let below = match asked.strip_prefix(base_url) {
        Some(below) if !base_url.is_empty() => below,
        _ => asked,
    };
    let below = below.split(['#', '?']).next().unwrap_or_default();
    let below = below.trim_start_matches("./").trim_start_matches('/');
    let below = below.strip_prefix("public/").unwrap_or(below);
    let below = below.strip_suffix("index.html").unwrap_or(below);
    let has_file_name = below.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match below.is_empty() || below.ends_with('/') || has_file_name {
        true => format!("/{below}"),
        false => format!("/{below}/"),
    }
}

fn unknown(
    base: &KnowledgeBase,
    site: &Site<'_>,
    record: Option<RecordId>,
    asked: &str,
) -> (String, String) {
    if let Some(record) = record {
        let entry = base.entry(record);
        let message = format!("the {} `{}` has no page", entry.kind.word(), entry.id);
        return (message, "other pages show it: those of the records that name it".to_owned());
    }
    let path = path(base, asked);
    let message = format!("no page is made of, or found at, `{asked}`");
    let files = site.paths().iter().map(|path| path.as_str());
    let names: Vec<&str> = base.routes.paths().chain(files).collect();
    let help = match nearest(&path, names.iter().copied()).or_else(|| nearest(asked, names)) {
        Some(near) => format!("a page with a similar address exists: `{near}`"),
        None => "name an address, a file of the output, a source file or `kind:id`".to_owned(),
    };
    (message, help)
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
        let mentions = base.mentions(record).iter().map(|one| named(base, base.mentioned(one)));
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
        let as_of = Date::parse("2026-11-25").expect("it is a day");
        let mut sources = Sources::default();
        for (path, bytes) in starter::files(as_of) {
            sources.insert(SourcePath::new(path), bytes);
        }
        sources.insert("content/topics.yaml".into(), &b"old: {name: Old, was: [older]}\n"[..]);
        sources.insert(
            "themes/default/templates/base.html".into(),
            &b"{% block main %}{% endblock %}"[..],
        );
        let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
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
    fn what_has_no_page_is_said_to_have_none() {
        let error = |asked: &str| ask(asked).expect_err("it has no page");
        assert_eq!(error("/topics/older/").1, "it has moved to `/topics/old/`");
        assert_eq!(error("group:rotator-cuff").0, "the group `rotator-cuff` has no page");
        assert_eq!(
            error("content/regions.yaml").1,
            "ask for one of them, such as `region:shoulder-front`"
        );
        let near = "a page with a similar address exists: `/muscles/infraspinatus/`";
        assert_eq!(error("/muscls/infraspinatus/").1, near);
    }
}
