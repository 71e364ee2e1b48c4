//! One analysis, kept with the site that is made from it.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::editor::Editor;
use super::overlay::Item;
use super::work::{MadeFile, Workshop};
use crate::diagnostic::print::{Finding, sort};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edge::machine::MachineError;
use crate::page::output::OutputPath;
use crate::pipeline::{Analysis, Input};
use crate::source::{Fingerprint, SourcePath};
use crate::syntax::find::find;

/// One analysis with all that pages are made from.
pub(super) struct Current {
    /// What it was made from.
    pub(super) input: Arc<Input>,
    /// What is wrong with the files as files.
    pub(super) of_files: Vec<Diagnostic>,
    /// All that is wrong with the content, with its places.
    pub(super) findings: Vec<Arc<Item>>,
    /// The paths of all files, sorted.
    pub(super) paths: Vec<OutputPath>,
    /// The addresses of the style sheets: a page has one of them.
    pub(super) styles: Vec<String>,
    /// What opens files.
    pub(super) editor: Editor,
    /// Who makes the files.
    pub(super) workshop: Workshop,
    has_errors: bool,
    mistakes: Mutex<Vec<Mistake>>,
}

/// A mistake in a template, that came up when pages were made.
#[derive(Clone)]
struct Mistake {
    diagnostic: Diagnostic,
    item: Arc<Item>,
    /// The first page that it came up in.
    page: OutputPath,
    /// It came up in the analysis before, and in this one not yet.
    is_doubtful: bool,
}

impl Current {
    /// An analysis of the project at `root`, with what is wrong with its files as files.
    ///
    /// # Errors
    /// If the system has no thread for it.
    pub(super) fn new(
        root: &Path,
        input: Input,
        of_files: Vec<Diagnostic>,
        analysis: Analysis,
    ) -> Result<Self, MachineError> {
        let all: Vec<_> = of_files.iter().chain(&analysis.diagnostics).cloned().collect();
        let findings = find(&input.sources, &all).into_iter().map(Item::new).collect();
        let sheets = analysis.theme.assets().iter().filter(|one| one.name.ends_with(".css"));
        let styles = sheets.map(|sheet| format!("/{}", sheet.path)).collect();
        let editor = Editor::of(analysis.base.settings(), root);
        let input = Arc::new(input);
        let (workshop, paths) = Workshop::open(Arc::clone(&input), analysis)?;
        let (has_errors, mistakes) = (has_errors(&all), Mutex::default());
        Ok(Self {
            input,
            of_files,
            findings,
            paths,
            styles,
            editor,
            workshop,
            has_errors,
            mistakes,
        })
    }

    /// Takes note of a mistake in a template that came up in a page, and finds its place. Whether it
    /// is new is said as well: one template draws thousands of pages.
    pub(super) fn mistake(&self, diagnostic: Diagnostic, page: &OutputPath) -> (Arc<Item>, bool) {
        let mut found = find(&self.input.sources, std::slice::from_ref(&diagnostic));
        let mut finding =
            found.pop().expect("a mistake that keeps a page from being made is an error");
        finding.diagnostic.notes.push(format!("while rendering `{}`", page.address()));
        let item = Item::new(finding);
        let mut known = self.known();
        let same = known.iter_mut().find(|known| known.diagnostic == diagnostic);
        let is_new = same.is_none();
        match same {
            Some(same) => same.is_doubtful = false,
            None => {
                let (item, page) = (Arc::clone(&item), page.clone());
                known.push(Mistake { diagnostic, item, page, is_doubtful: false });
            }
        }
        (item, is_new)
    }

    /// Takes over the mistakes in templates that are as they were, so that they are not said again
    /// after each change: until the pages that they came up in are made.
    pub(super) fn take_over(&self, before: &Self) {
        let print =
            |input: &Input, path: &SourcePath| input.sources.get(path).map(|file| file.fingerprint);
        // What is wrong with those was wrong with them as they were.
        let lost = before.input.sources.lost();
        let may_be_left = |mistake: &&Mistake| {
            let file = &mistake.item.finding.main.path;
            print(&before.input, file) == print(&self.input, file)
                && self.paths.binary_search(&mistake.page).is_ok()
                && !lost.contains(file)
        };
        let mut old: Vec<_> = before.known().iter().filter(may_be_left).cloned().collect();
        old.iter_mut().for_each(|mistake| mistake.is_doubtful = true);
        self.known().extend(old);
    }

    /// Makes the file at a position, unless it is the one with a known key. What was wrong with it before
    /// is not any more if it can be made. `None` if the workshop is closed.
    pub(super) fn make(&self, index: usize, key: Option<Fingerprint>) -> Option<MadeFile> {
        let made = self.workshop.make(index, key)?;
        if made.is_ok() {
            let file = &self.paths[index];
            self.known().retain(|mistake| !(mistake.is_doubtful && mistake.page == *file));
        }
        Some(made)
    }

    /// Takes note that all pages were made.
    pub(super) fn are_all_made(&self) {
        self.known().retain(|mistake| !(mistake.is_doubtful && mistake.page.is_page()));
    }

    /// The mistakes in templates that came up so far, each with the first page that it came up in.
    pub(super) fn mistakes(&self) -> Vec<Arc<Item>> {
        self.known().iter().map(|mistake| Arc::clone(&mistake.item)).collect()
    }

    fn known(&self) -> MutexGuard<'_, Vec<Mistake>> {
        self.mistakes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All that is wrong, as far as it is known now.
    pub(super) fn all_findings(&self) -> Vec<Finding> {
        let items = self.mistakes();
        let mut all: Vec<Finding> =
            items.iter().chain(&self.findings).map(|item| item.finding.clone()).collect();
        sort(&mut all);
        all
    }
}

/// The analysis that is shown.
pub(super) struct Shown {
    /// The newest.
    pub(super) current: Arc<Current>,
    /// While it has errors: the newest that had none.
    last_good: Option<Arc<Current>>,
}

impl Shown {
    /// What is shown first.
    pub(super) fn new(current: Arc<Current>) -> Self {
        Self { current, last_good: None }
    }

    /// What is shown after this.
    pub(super) fn then(&self, current: Arc<Current>) -> Self {
        let good = match self.current.has_errors {
            true => self.last_good.as_ref(),
            false => Some(&self.current),
        };
        let last_good = good.filter(|_| current.has_errors).cloned();
        Self { current, last_good }
    }

    /// The file of a path, and the analysis that has it. While there are errors, what is broken may
    /// be missing from the site: it is shown as it was.
    pub(super) fn find(&self, path: &OutputPath) -> Option<(&Arc<Current>, usize)> {
        std::iter::once(&self.current).chain(&self.last_good).find_map(|current| {
            let index = current.paths.binary_search(path).ok()?;
            Some((current, index))
        })
    }

    /// The file of a path in the last analysis without errors.
    pub(super) fn find_last_good(&self, path: &OutputPath) -> Option<(&Arc<Current>, usize)> {
        let good = self.last_good.as_ref()?;
        Some((good, good.paths.binary_search(path).ok()?))
    }
}
