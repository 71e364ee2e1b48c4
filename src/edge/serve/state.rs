//! What is served now: the last analysis, the pages that were made of it, and the tabs that show
//! them. Answers come from the site's own table of paths; no path of a request becomes one on disk.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::watch;

use super::bar::bar;
use super::current::{Current, Shown};
use super::foot::{Renewal, foot, with_at_foot};
use super::guard::Doors;
use super::kept::{Kept, Page};
use super::overlay::{Findings, Item, is_same};
use super::pictures::pictures;
use super::stamp::stamp;
use super::tabs::Tabs;
use super::{News, Tell};
use crate::diagnostic::Diagnostic;
use crate::page::about::About;
use crate::page::output::{Made, OutputPath};
use crate::source::Fingerprint;

/// What is shown of a page that cannot be made and never could.
const EMPTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
     <title>sinew</title>\n</head>\n<body>\n</body>\n</html>\n";

/// What a request is answered with.
pub(super) enum Answer {
    /// There is nothing, but there is something at this path with a slash at its end.
    Folder,
    /// A file.
    File(File),
}

/// A file that is served.
pub(super) struct File {
    /// 200, 404 or 500.
    pub(super) status: u16,
    /// The path that says what kind of file it is.
    pub(super) path: OutputPath,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Changes when there is something else to see; see [`stamp`]. Empty unless it is a page.
    pub(super) stamp: String,
}

/// The bytes of a file, or the mistake in a template that keeps it from being made.
type MadeBytes = Result<Arc<[u8]>, Box<Diagnostic>>;

/// A page before anything is put at its foot.
struct Bare<'a> {
    path: OutputPath,
    bytes: &'a [u8],
    about: About,
    mistake: Option<Arc<Item>>,
}

/// What is served now.
pub(super) struct State {
    /// Who is let in.
    pub(super) doors: Doors,
    /// What only pages of this run know.
    pub(super) token: String,
    /// Changes when there may be something else to see.
    pub(super) version: watch::Sender<u64>,
    /// The tabs that listen.
    pub(super) tabs: Arc<Tabs>,
    tell: Tell,
    shown: RwLock<Arc<Shown>>,
    pages: Kept,
    edition: AtomicU64,
    stamps: Mutex<Stamps>,
}

/// The stamps of pages in one edition: many tabs may show the same page.
#[derive(Default)]
struct Stamps {
    edition: u64,
    of_paths: BTreeMap<String, String>,
}

impl State {
    /// Begins with an analysis.
    pub(super) fn new(current: Arc<Current>, doors: Doors, token: String, tell: Tell) -> Self {
        Self {
            doors,
            token,
            version: watch::channel(0).0,
            tabs: Arc::default(),
            tell,
            shown: RwLock::new(Arc::new(Shown::new(current))),
            pages: Kept::default(),
            edition: AtomicU64::new(0),
            stamps: Mutex::default(),
        }
    }

    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The analysis that is shown.
    pub(super) fn current(&self) -> Arc<Current> {
        Arc::clone(&self.shown().current)
    }

    /// Shows another analysis, makes the pages that are open, and tells their tabs.
    pub(super) fn show(&self, current: Arc<Current>) {
        let shown = self.shown();
        current.take_over(&shown.current);
        let next = Arc::new(shown.then(current));
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.renew();
    }

    /// Tells tabs to see whether what they show has changed.
    pub(super) fn renew(&self) {
        let mistakes = || self.current().mistakes();
        loop {
            let before = mistakes();
            let edition = self.edition.fetch_add(1, Ordering::SeqCst) + 1;
            for path in self.tabs.paths() {
                self.stamp_of(&path);
            }
            // One that comes up in a template of the last page stands at the foot of the first, too.
            if is_same(&mistakes(), &before) {
                self.version.send_replace(edition);
                return;
            }
        }
    }

    /// The stamp of what a path shows now.
    pub(super) fn stamp_of(&self, path: &str) -> String {
        let edition = self.edition.load(Ordering::SeqCst);
        {
            let mut stamps = locked(&self.stamps);
            if stamps.edition != edition {
                *stamps = Stamps { edition, of_paths: BTreeMap::new() };
            }
            if let Some(stamp) = stamps.of_paths.get(path) {
                return stamp.clone();
            }
        }
        let stamp = match self.answer(path) {
            Answer::Folder => String::new(),
            Answer::File(file) => file.stamp,
        };
        let mut stamps = locked(&self.stamps);
        if stamps.edition == edition {
            stamps.of_paths.insert(path.to_owned(), stamp.clone());
        }
        stamp
    }

    /// Answers a path, decoded, with its slash at the front.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let shown = self.shown();
        let wanted = file_of(path);
        let found = wanted.as_ref().and_then(|wanted| shown.find(wanted));
        if let Some(file) = found.and_then(|found| self.file(&shown, found, path)) {
            return Answer::File(file);
        }
        let below = wanted.and_then(|wanted| OutputPath::new(format!("{wanted}/index.html")));
        if below.is_some_and(|below| shown.find(&below).is_some()) {
            return Answer::Folder;
        }
        Answer::File(self.not_found(&shown, path))
    }

    fn not_found(&self, shown: &Shown, asked: &str) -> File {
        let path = OutputPath::new("404.html").expect("it has no step that is not a name");
        let found = shown.find(&path).and_then(|found| self.file(shown, found, asked));
        let file = found.unwrap_or_else(|| {
            let (bytes, about) = (EMPTY_PAGE.as_bytes(), About::default());
            self.finished(shown, Bare { path, bytes, about, mistake: None }, asked)
        });
        File { status: 404, ..file }
    }

    /// Makes a file; if a template is broken, it is the file as it was made last. `None` if it is gone.
    fn file(
        &self,
        shown: &Shown,
        (maker, index): (&Arc<Current>, usize),
        asked: &str,
    ) -> Option<File> {
        let path = maker.paths[index].clone();
        let (made, mistake) = match self.make(maker, index) {
            Some(Ok(bytes)) => (Some(bytes), None),
            // What is wrong is what the newest analysis says. An older one may lack files by now.
            Some(Err(_)) if !Arc::ptr_eq(maker, &shown.current) => {
                (Some(self.last(shown, &path)?), None)
            }
            Some(Err(mistake)) => {
                (self.last(shown, &path), Some(self.report(&shown.current, *mistake, &path)))
            }
            None => (self.last(shown, &path), None),
        };
        let status = if made.is_some() { 200 } else { 500 };
        if !path.is_page() {
            let bytes = made.map_or_else(Vec::new, |bytes| bytes.to_vec());
            return Some(File { status, path, bytes, stamp: String::new() });
        }
        let bytes = made.as_deref().unwrap_or(EMPTY_PAGE.as_bytes());
        let about = maker.workshop.about(index).unwrap_or_default();
        let page = Bare { path, bytes, about, mistake };
        Some(File { status, ..self.finished(shown, page, asked) })
    }

    /// Makes a file, if it is not known already.
    fn make(&self, maker: &Current, index: usize) -> Option<MadeBytes> {
        let path = &maker.paths[index];
        let kept = self.pages.get(path);
        let made = maker.make(index, kept.as_ref().map(|page| page.key))?;
        Some(made.map(|made| match (made, kept) {
            (Made::Same, Some(page)) => page.bytes,
            (Made::Same, None) | (Made::Unknown, _) => {
                unreachable!("no key was known, and a site knows all its files")
            }
            (Made::New { key, bytes }, _) => {
                let bytes: Arc<[u8]> = Arc::from(bytes);
                if path.is_page() {
                    self.pages.keep(path, Page { key, bytes: Arc::clone(&bytes) });
                }
                bytes
            }
        }))
    }

    /// Makes a page that nobody asked for, unless its key is the known one, and keeps it if there is
    /// room. Gives its key; `None` if it cannot be made.
    pub(super) fn prepare(
        &self,
        maker: &Current,
        index: usize,
        known: Option<Fingerprint>,
    ) -> Option<Fingerprint> {
        let path = &maker.paths[index];
        let known = self.pages.get(path).map(|page| page.key).or(known);
        match maker.make(index, known)? {
            Ok(Made::Same | Made::Unknown) => known,
            Ok(Made::New { key, bytes }) => {
                self.pages.offer(path, Page { key, bytes: bytes.into() });
                Some(key)
            }
            Err(mistake) => {
                self.report(maker, *mistake, path);
                None
            }
        }
    }

    /// A page that cannot be made, as it was made last.
    fn last(&self, shown: &Shown, path: &OutputPath) -> Option<Arc<[u8]>> {
        if let Some(page) = self.pages.get(path) {
            return Some(page.bytes);
        }
        let (maker, index) = shown.find_last_good(path)?;
        self.make(maker, index)?.ok()
    }

    fn report(&self, current: &Current, mistake: Diagnostic, page: &OutputPath) -> Arc<Item> {
        let (item, is_new) = current.mistake(mistake, page);
        if is_new {
            (self.tell)(News::Findings(vec![item.finding.clone()]));
        }
        item
    }

    /// A page as it is served: with what is wrong, the bar, and what renews it.
    fn finished(&self, shown: &Shown, page: Bare<'_>, asked: &str) -> File {
        let Bare { path, bytes, about, mistake } = page;
        let current = &shown.current;
        // What came up in this page is not said again for another one.
        let is_other = |item: &Arc<Item>| {
            mistake.as_ref().is_none_or(|own| own.finding.main != item.finding.main)
        };
        let others: Vec<Arc<Item>> = current.mistakes().into_iter().filter(is_other).collect();
        let findings = Findings {
            of_site: others.iter().chain(&current.findings).collect(),
            of_page: mistake.into_iter().collect(),
            sources: &about.sources,
            editor: &current.editor,
        };
        let foot = foot(&findings.overlay(), &bar(&about, asked, &findings));
        let html = String::from_utf8_lossy(bytes);
        let pictures = pictures(&html, |path| {
            let (maker, index) = shown.find(&file_of(path)?)?;
            maker.workshop.picture(index)
        });
        let stamp = stamp(&html, &format!("{foot}{pictures}"), &current.styles);
        let (token, page) = (&self.token, asked);
        let renewal = Renewal { token, page, stamp: &stamp, pictures: &pictures }.elements();
        let bytes = with_at_foot(&html, &format!("{foot}{renewal}")).into_bytes();
        File { status: 200, path, bytes, stamp }
    }
}

/// The file of a path of a request.
fn file_of(path: &str) -> Option<OutputPath> {
    OutputPath::at(path.strip_prefix('/')?)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_a_request_leads_out_of_the_table() {
        for bad in ["", "a", "//", "//a", "/../site.toml", "/a/../../b", "/./a", "/a\\b", "/a\0"] {
            assert_eq!(file_of(bad), None, "{bad}");
        }
        let file = |path| file_of(path).map(|path| path.to_string());
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/a/b/").as_deref(), Some("a/b/index.html"));
        assert_eq!(file("/a/b.css").as_deref(), Some("a/b.css"));
    }
}
