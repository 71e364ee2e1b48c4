//! The site: which files it has, and how each is made.

mod cards;
mod each_template;
mod pictures;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use cards::{SOCIAL_CARD, add_cards};
use pictures::REFERRAL_PICTURE;

use crate::diagnostic::Diagnostic;
use crate::graph::{KnowledgeBase, RecordId, articles_path, media_path};
use crate::model::{lost, lost_file};
use crate::page::compose::{Composed, Composer, Subject, View, render_directive, site_view};
use crate::page::json_ld::{JsonLd, PageSubject};
use crate::page::kept_anchors::with_former_anchors;
use crate::page::output::{Made, OutputPath, Pages};
use crate::page::pictures::{Pictures, Variant};
use crate::page::prose::splice;
use crate::page::published::{Published, TextFile};
use crate::page::view::SiteView;
use crate::page::{data, feed, hosting, llms, robots, search, sitemap};
use crate::source::{Fingerprint, Fingerprinter, SourcePath, Sources, fingerprint_of};
use crate::theme::{EachThread, Frame, Theme, into_text};

/// What is in a file of the site.
enum File<'a> {
    /// A page, rendered by a template.
    Page(Subject),
    /// The picture of a referral, drawn by the theme.
    Drawing(RecordId),
    /// A file of the theme, by its position among the assets.
    Asset(usize),
    /// A file of the author's, as it is; a picture without what a camera wrote into it.
    Media(SourcePath),
    /// A picture of the author's in another size.
    Sized(SourcePath, Variant),
    /// The picture that other programs show beside a link to a page.
    Card(Subject),
    /// A file for machines.
    Text(TextFile<'a>),
}

/// Lists the files of one sort for machines.
type ListFiles = for<'a> fn(&Published<'a>) -> Vec<TextFile<'a>>;

/// What machines read.
const FOR_MACHINES: [ListFiles; 7] = [
    data::files,
    feed::files,
    hosting::files,
    llms::files,
    robots::files,
    search::files,
    sitemap::files,
];

/// A site as a function from paths to bytes: the fourth of the values at the seams.
pub struct Site<'a> {
    composer: Composer<'a>,
    pictures: Arc<Pictures<'a>>,
    published: Published<'a>,
    json_ld: JsonLd<'a>,
    theme: &'a Theme,
    view: EachThread,
    /// What stands around pages, by their section.
    frames: Mutex<BTreeMap<Option<String>, Frame>>,
    templates: FxHashMap<&'static str, Fingerprint>,
    /// How many cards there are.
    cards: usize,
    paths: Vec<OutputPath>,
    files: Vec<File<'a>>,
    /// The fingerprint of all that pages see beyond their own text.
    interface: Fingerprint,
}

impl<'a> Site<'a> {
    /// Decides which files the site has. None is made yet.
    pub fn new(
        base: &'a KnowledgeBase,
        theme: &'a Theme,
        sources: &'a Sources,
        pictures: Pictures<'a>,
    ) -> Self {
        let pictures = Arc::new(pictures);
        let composer = Composer::new(base, sources, theme, Arc::clone(&pictures));
        let view: SiteView = site_view(&composer, theme);
        let site_fingerprint = fingerprint_of(&view);
        let mut files = Vec::new();
        add_pages(base, &mut files);
        let has_cards = pictures.cards.is_some() && composer.site.is_known();
        let cards = if has_cards { add_cards(&composer, &mut files) } else { 0 };
        for (record, path) in composer.referral_pictures() {
            add(&mut files, &path, File::Drawing(record));
        }
        for (at, asset) in theme.assets().iter().enumerate() {
            add(&mut files, &asset.path, File::Asset(at));
        }
        for path in base.content.media.keys() {
            add(&mut files, &media_path(path), File::Media(path.clone()));
        }
        for (path, variant) in pictures.all() {
            let file = File::Sized(path.clone(), variant.clone());
            add(&mut files, &variant.address(path), file);
        }
        let published = Published::new(base, theme.strings())
            .with_pictures(composer.pictured().clone())
            .with_emergency_number(theme.emergency_number());
        for file in FOR_MACHINES.iter().flat_map(|list| list(&published)) {
            add(&mut files, &file.path.clone(), File::Text(file));
        }
        let drawn = crate::page::compose::TEMPLATES.iter().chain([&REFERRAL_PICTURE, &SOCIAL_CARD]);
        let templates = drawn.map(|template| {
            let own = theme.fingerprint_of(template);
            (*template, fingerprint_of(&(own, site_fingerprint)))
        });
        let templates = templates.collect();
        // The first of those that have the same path stays.
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup_by(|(later, _), (first, _)| later == first);
        let (paths, files) = files.into_iter().unzip();
        let view = EachThread::new(&view);
        let composer = composer.with_site(view.own().clone());
        let json_ld = JsonLd::new(base, theme.strings());
        let interface =
            fingerprint_of(&(base.interface(), theme.fingerprint(), pictures.fingerprint()));
        let frames = Mutex::default();
        Self {
            composer,
            pictures,
            published,
            json_ld,
            theme,
            view,
            frames,
            templates,
            cards,
            paths,
            files,
            interface,
        }
    }

    /// The files of the project that a file of the site is mainly made from.
    pub fn sources_of(&self, index: usize) -> Vec<&SourcePath> {
        match &self.files[index] {
            File::Page(Subject::Record(record)) => {
                let entry = self.composer.base.entry(*record);
                let text = entry.body.as_ref().map(|body| &body.path);
                std::iter::once(&entry.path).chain(text).collect()
            }
            File::Media(path) | File::Sized(path, _) => vec![path],
            File::Page(_) | File::Drawing(_) | File::Asset(_) | File::Card(_) | File::Text(_) => {
                Vec::new()
            }
        }
    }

    /// The records that all pages are made from.
    pub(super) fn base(&self) -> &KnowledgeBase {
        self.composer.base
    }

    /// What a file is about, if it is a page.
    pub(super) fn subject(&self, index: usize) -> Option<&Subject> {
        match &self.files[index] {
            File::Page(subject) => Some(subject),
            File::Drawing(_)
            | File::Asset(_)
            | File::Media(_)
            | File::Sized(..)
            | File::Card(_)
            | File::Text(_) => None,
        }
    }

    /// The template that draws a page; other files have none.
    pub fn template_of(&self, index: usize) -> Option<&'static str> {
        self.subject(index).map(|subject| self.composer.compose(subject).template)
    }

    fn page(&self, subject: &Subject, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        let mut composed = self.composer.compose(subject);
        let meta = composed.view.meta_mut();
        meta.json_ld = self.json_ld(subject);
        self.show_card(subject, meta);
        let frame = self.frame(meta.section.as_deref())?;
        if let Some(mistake) = composed.mistake.take() {
            return Err(mistake);
        }
        let former = self.former_anchors(subject);
        let key = match former {
            None => self.key(&composed, &frame),
            Some(former) => fingerprint_of(&(self.key(&composed, &frame), former)),
        };
        if known == Some(key) {
            return Ok(Made::Same);
        }
        if let (View::Muscle(view), Subject::Record(record)) = (&mut composed.view, subject)
            && let Some(referral) = &mut view.referral
        {
            self.composer.ink(*record, &mut referral.map)?;
        }
        let html = self.render(composed, &frame)?;
        let bytes = match former {
            None => html,
            Some(former) => with_former_anchors(into_text(html), former).into_bytes(),
        };
        Ok(Made::New { key, bytes })
    }

    /// The anchors that a page had, if any.
    fn former_anchors(&self, subject: &Subject) -> Option<&BTreeMap<String, Option<String>>> {
        let routes = &self.composer.base.routes;
        let path = match subject {
            Subject::Record(record) => &*routes.address(*record)?.path,
            Subject::Index(path) => path,
            Subject::Articles(1) => "/articles/",
            Subject::Articles(_) => return None,
        };
        routes.former_anchors.get(path)
    }

    /// What stands around the pages of a section; drawn when the first of them is.
    fn frame(&self, section: Option<&str>) -> Result<Frame, Box<Diagnostic>> {
        let name = section.map(ToOwned::to_owned);
        if let Some(frame) = self.frames().get(&name) {
            return Ok(frame.clone());
        }
        let frame = self.theme.frame(self.view.own(), section)?;
        self.frames().insert(name, frame.clone());
        Ok(frame)
    }

    fn frames(&self) -> MutexGuard<'_, BTreeMap<Option<String>, Frame>> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fingerprint of all that a page is made from: its view, its text, its template, the site.
    fn key(&self, composed: &Composed, frame: &Frame) -> Fingerprint {
        let mut key = Fingerprinter::new();
        key.add_value(&frame.fingerprint);
        key.add_value(&self.templates.get(composed.template)).add_value(&composed.view);
        if let Some(text) = &composed.text {
            let body = self.composer.base.entry(text.record).body.as_ref();
            let body = body.map(|body| body.fingerprint).unwrap_or_default();
            key.add_value(&text.fingerprint(body));
        }
        key.finish()
    }

    /// What search engines read of a page.
    fn json_ld(&self, subject: &Subject) -> Option<String> {
        let subject = match subject {
            Subject::Record(record) => PageSubject::Record(*record),
            Subject::Index("/404.html") => return None,
            Subject::Index(path) => PageSubject::Index(path),
            Subject::Articles(1) => PageSubject::Index("/articles/"),
            Subject::Articles(number) => PageSubject::Articles(*number),
        };
        Some(self.json_ld.graph_of(subject))
    }

    fn render(&self, composed: Composed, frame: &Frame) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Composed { template, mut view, text, .. } = composed;
        if let Some(text) = text
            && let Some(body) = &self.composer.base.entry(text.record).body
        {
            let prose = body.prose(self.composer.sources);
            let render = |directive: &_, inner: &str| {
                render_directive(self.theme, self.view.own(), directive, inner)
            };
            let html = splice(&prose, &body.outline, &text.fillings, &render)?;
            view.set_content(html);
        }
        let page = tera::Value::from_serializable(&view);
        self.theme.render(template, self.view.own(), page, frame)
    }
}

fn add_pages(base: &KnowledgeBase, files: &mut Vec<(OutputPath, File<'_>)>) {
    for (path, _) in crate::graph::INDEX_PAGES {
        let is_list_of_articles = path == "/articles/";
        if base.routes.page(path) == Some(None) && !is_list_of_articles {
            add(files, path, File::Page(Subject::Index(path)));
        }
    }
    for number in 1..=base.routes.article_pages {
        let path = articles_path(number);
        add(files, &path, File::Page(Subject::Articles(number)));
    }
    let of_record = |record: RecordId| {
        let address = base.routes.address(record).filter(|address| address.anchor.is_none())?;
        let is_page = base.routes.page(&address.path) == Some(Some(record));
        let path = is_page.then(|| output_path(&address.path)).flatten()?;
        Some((path, File::Page(Subject::Record(record))))
    };
    let records: Vec<RecordId> = base.records().map(|(record, _)| record).collect();
    files.par_extend(records.into_par_iter().filter_map(of_record));
}

/// Adds the file of a path of the site.
fn add<'a>(files: &mut Vec<(OutputPath, File<'a>)>, path: &str, file: File<'a>) {
    files.extend(output_path(path).map(|path| (path, file)));
}

/// The file of a path of the site. What cannot be a path was reported where its name stands.
fn output_path(path: &str) -> Option<OutputPath> {
    OutputPath::at(path.trim_start_matches('/'))
}

impl Pages for Site<'_> {
    fn paths(&self) -> &[OutputPath] {
        &self.paths
    }

    fn glance(&self, index: usize) -> Option<Fingerprint> {
        let body = match &self.files[index] {
            File::Page(Subject::Record(record)) => {
                let body = self.composer.base.entry(*record).body.as_ref();
                body.map(|body| body.fingerprint)
            }
            File::Text(file) => file.reads_texts.then(|| self.published.texts()),
            File::Page(_) | File::Drawing(_) | File::Card(_) => None,
            // Their keys cost nothing.
            File::Asset(_) | File::Media(_) | File::Sized(..) => return None,
        };
        Some(fingerprint_of(&(self.interface, body)))
    }

    fn mistakes(&self) -> Vec<Diagnostic> {
        lost(self.composer.sources)
    }

    fn make(&self, index: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        let (key, bytes) = match &self.files[index] {
            File::Page(subject) => return self.page(subject, known),
            File::Drawing(record) => return self.drawing(*record, known),
            File::Card(subject) => return self.card(subject, known),
            File::Asset(at) => {
                let bytes = &self.theme.assets()[*at].bytes;
                (Fingerprint::of(bytes), bytes.to_vec())
            }
            File::Text(file) => {
                let bytes = file.text(&self.published).into_bytes();
                (Fingerprint::of(&bytes), bytes)
            }
            File::Media(path) => {
                let media = &self.composer.base.content.media[path];
                if known == Some(media.fingerprint) {
                    return Ok(Made::Same);
                }
                let bytes = self.composer.sources.bytes_once(path);
                let bytes = bytes.ok_or_else(|| Box::new(lost_file(path)))?;
                (media.fingerprint, crate::picture::stripped(&bytes))
            }
            File::Sized(path, variant) => {
                if known == Some(variant.fingerprint()) {
                    return Ok(Made::Same);
                }
                let media = (path, &self.composer.base.content.media[path]);
                let bytes = self.pictures.bytes(media, variant, self.composer.sources);
                (variant.fingerprint(), bytes.ok_or_else(|| Box::new(lost_file(path)))?)
            }
        };
        if known == Some(key) {
            return Ok(Made::Same);
        }
        Ok(Made::New { key, bytes })
    }
}
