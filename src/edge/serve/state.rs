//! What is served now: the last analysis, the pages that were made of it, and the tabs that show
//! them. Answers come from the site's own table of paths; no path of a request becomes one on disk.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::watch;

use super::current::{Current, Shown};
use super::guard::Hosts;
use super::overlay::{Renewal, overlay, with_at_foot};
use super::{News, Tell};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::print::Finding;
use crate::page::output::{Made, OutputPath};
use crate::source::{Fingerprint, SourcePath};

/// How many bytes of pages are kept. Beyond, all are forgotten: it only saves work.
const KEPT: usize = 64 << 20;

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

/// A page as it was made last.
struct Kept {
    key: Fingerprint,
    bytes: Arc<[u8]>,
}

/// A page before anything is put at its foot.
struct Page<'a> {
    path: OutputPath,
    bytes: &'a [u8],
    sources: Vec<SourcePath>,
    mistake: Vec<Finding>,
}

/// What is served now.
pub(super) struct State {
    /// The hosts under which it may be asked for.
    pub(super) hosts: Hosts,
    /// What only pages of this run know.
    pub(super) token: String,
    /// Changes after each analysis.
    pub(super) version: watch::Sender<u64>,
    tell: Tell,
    shown: RwLock<Arc<Shown>>,
    pages: Mutex<BTreeMap<OutputPath, Kept>>,
    tabs: Mutex<BTreeMap<String, usize>>,
}

impl State {
    /// Begins with an analysis.
    pub(super) fn new(current: Current, hosts: Hosts, token: String, tell: Tell) -> Self {
        let (version, _) = watch::channel(0);
        let shown = RwLock::new(Arc::new(Shown::new(current)));
        let (pages, tabs) = (Mutex::default(), Mutex::default());
        Self { hosts, token, version, tell, shown, pages, tabs }
    }

    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The analysis that is shown.
    pub(super) fn current(&self) -> Arc<Current> {
        Arc::clone(&self.shown().current)
    }

    /// Shows another analysis, and makes the pages that are open. Says how many of how many are new.
    pub(super) fn show(&self, current: Current) -> (usize, usize) {
        let next = Arc::new(self.shown().then(current));
        let open: Vec<String> = locked(&self.tabs).keys().cloned().collect();
        let keys = || open.iter().map(|path| self.key_of(path)).collect::<Vec<_>>();
        let before = keys();
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = next;
        for path in &open {
            self.answer(path);
        }
        let made = keys().iter().zip(&before).filter(|(new, old)| new != old).count();
        self.version.send_modify(|version| *version += 1);
        (made, open.len())
    }

    fn key_of(&self, path: &str) -> Option<Fingerprint> {
        locked(&self.pages).get(&file_of(path)?).map(|kept| kept.key)
    }

    /// Remembers a tab that shows a path, until it is dropped.
    pub(super) fn open_tab(self: &Arc<Self>, path: &str) -> Tab {
        *locked(&self.tabs).entry(path.to_owned()).or_default() += 1;
        Tab { state: Arc::clone(self), path: path.to_owned() }
    }

    /// Answers a path, decoded, with its slash at the front.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let shown = self.shown();
        let wanted = file_of(path);
        if let Some((maker, index)) = wanted.as_ref().and_then(|wanted| shown.find(wanted)) {
            return Answer::File(self.file(&shown, (maker, index), path));
        }
        let below = wanted.and_then(|wanted| OutputPath::new(format!("{wanted}/index.html")));
        if below.is_some_and(|below| shown.find(&below).is_some()) {
            return Answer::Folder;
        }
        Answer::File(self.not_found(&shown, path))
    }

    fn not_found(&self, shown: &Shown, asked: &str) -> File {
        let path = OutputPath::new("404.html").expect("it has no step that is not a name");
        let file = match shown.find(&path) {
            Some(found) => self.file(shown, found, asked),
            None => {
                let (sources, mistake) = (Vec::new(), Vec::new());
                let page = Page { path, bytes: EMPTY_PAGE.as_bytes(), sources, mistake };
                self.finished(shown, page, asked)
            }
        };
        File { status: 404, ..file }
    }

    /// Makes a file; if a template is broken, it is the file as it was made last.
    fn file(&self, shown: &Shown, (maker, index): (&Arc<Current>, usize), asked: &str) -> File {
        let path = maker.paths[index].clone();
        let (made, sources) = self.make(maker, index);
        let (made, mistake) = match made {
            Some(Ok(bytes)) => (Some(bytes), Vec::new()),
            Some(Err(mistake)) => (self.last(shown, &path), self.report(&shown.current, *mistake)),
            None => (self.last(shown, &path), Vec::new()),
        };
        let status = if made.is_some() { 200 } else { 500 };
        if !path.is_page() {
            let bytes = made.map_or_else(Vec::new, |bytes| bytes.to_vec());
            return File { status, path, bytes, stamp: String::new() };
        }
        let bytes = made.as_deref().unwrap_or(EMPTY_PAGE.as_bytes());
        let page = Page { path, bytes, sources, mistake };
        File { status, ..self.finished(shown, page, asked) }
    }

    /// Makes a file, if it is not known already; says what it is made from.
    fn make(&self, maker: &Current, index: usize) -> (Option<MadeBytes>, Vec<SourcePath>) {
        let path = &maker.paths[index];
        let kept = locked(&self.pages).get(path).map(|kept| (kept.key, Arc::clone(&kept.bytes)));
        let known = kept.as_ref().map(|(key, _)| *key);
        let Some(delivery) = maker.make(index, known) else { return (None, Vec::new()) };
        let made = delivery.made.map(|made| match (made, kept) {
            (Made::Same, Some((_, bytes))) => bytes,
            (Made::Same, None) => unreachable!("no key was known"),
            (Made::New { key, bytes }, _) => {
                let bytes: Arc<[u8]> = Arc::from(bytes);
                if path.is_page() {
                    self.keep(path, Kept { key, bytes: Arc::clone(&bytes) });
                }
                bytes
            }
        });
        (Some(made), delivery.sources)
    }

    fn keep(&self, path: &OutputPath, page: Kept) {
        let mut pages = locked(&self.pages);
        let size: usize = pages.values().map(|kept| kept.bytes.len()).sum();
        if size + page.bytes.len() > KEPT {
            pages.clear();
        }
        pages.insert(path.clone(), page);
    }

    /// A page that cannot be made, as it was made last.
    fn last(&self, shown: &Shown, path: &OutputPath) -> Option<Arc<[u8]>> {
        if let Some(kept) = locked(&self.pages).get(path) {
            return Some(Arc::clone(&kept.bytes));
        }
        let (maker, index) = shown.find_last_good(path)?;
        self.make(maker, index).0?.ok()
    }

    fn report(&self, current: &Current, mistake: Diagnostic) -> Vec<Finding> {
        let (findings, is_new) = current.mistake(mistake);
        if is_new {
            (self.tell)(News::Findings(findings.clone()));
        }
        findings
    }

    /// A page as it is served: with what is wrong, and the script that renews it.
    fn finished(&self, shown: &Shown, page: Page<'_>, asked: &str) -> File {
        let Page { path, bytes, sources, mistake } = page;
        let current = &shown.current;
        let list = match mistake.is_empty() {
            true => overlay(&current.findings, &sources),
            false => overlay(&[mistake, current.findings.clone()].concat(), &sources),
        };
        let html = String::from_utf8_lossy(bytes);
        let stamp = stamp(&html, &list, &current.style);
        let renewal = Renewal { token: &self.token, page: asked, stamp: &stamp }.element();
        let bytes = with_at_foot(&html, &format!("{list}{renewal}")).into_bytes();
        File { status: 200, path, bytes, stamp }
    }
}

/// The file of a path: `/a/` is `a/index.html`.
fn file_of(path: &str) -> Option<OutputPath> {
    let below = path.strip_prefix('/')?;
    match below.is_empty() || below.ends_with('/') {
        true => OutputPath::new(format!("{below}index.html")),
        false => OutputPath::new(below),
    }
}

/// What is seen of a page: the fingerprint of all but its style sheet, and the address of that.
fn stamp(page: &str, list: &str, style: &str) -> String {
    let bare = if style.is_empty() { page.to_owned() } else { page.replace(style, "") };
    let seen = Fingerprint::of([bare.as_str(), list].concat().as_bytes());
    format!("{seen}:{style}")
}

/// What a tab that shows one stamp has to do to show another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Load the page again.
    Reload,
    /// Take another style sheet.
    Style,
}

impl Step {
    /// The step from one stamp to another.
    pub(super) fn between(seen: &str, now: &str) -> Option<Self> {
        let page = |stamp: &str| stamp.split_once(':').map(|(page, _)| page.to_owned());
        match (seen == now, page(seen) == page(now)) {
            (true, _) => None,
            (false, true) => Some(Self::Style),
            (false, false) => Some(Self::Reload),
        }
    }
}

/// A tab that shows a path, for as long as it is listening.
pub(super) struct Tab {
    state: Arc<State>,
    /// The path that it shows.
    pub(super) path: String,
}

impl Drop for Tab {
    fn drop(&mut self) {
        let mut tabs = locked(&self.state.tabs);
        if let Some(count) = tabs.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                tabs.remove(&self.path);
            }
        }
    }
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

    #[test]
    fn another_style_sheet_alone_is_no_reason_to_load_a_page_again() {
        let page =
            |words: &str, style: &str| stamp(&format!("<link href=\"{style}\">{words}"), "", style);
        let seen = page("a", "/assets/site.1.css");
        let step = |now: &str| Step::between(&seen, now);
        assert_eq!(step(&seen), None);
        assert_eq!(step(&page("a", "/assets/site.2.css")), Some(Step::Style));
        assert_eq!(step(&page("b", "/assets/site.1.css")), Some(Step::Reload));
        assert_eq!(step(&page("b", "/assets/site.2.css")), Some(Step::Reload));
    }
}
