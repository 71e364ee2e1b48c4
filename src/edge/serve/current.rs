//! One analysis, kept with the site that is made from it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::print::Finding;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edge::machine::MachineError;
use crate::page::output::{Made, OutputPath, Pages};
use crate::pipeline::{Analysis, Input};
use crate::source::{Fingerprint, SourcePath};
use crate::syntax::find::find;

/// How many files may be wanted at once before whoever wants another has to wait.
const ORDERS: usize = 64;

/// One analysis with all that pages are made from.
pub(super) struct Current {
    /// What it was made from.
    pub(super) input: Arc<Input>,
    /// What is wrong with the files as files.
    pub(super) of_files: Vec<Diagnostic>,
    /// All that is wrong, with its places.
    pub(super) findings: Vec<Finding>,
    /// The paths of all files, sorted.
    pub(super) paths: Vec<OutputPath>,
    /// The address of the style sheet.
    pub(super) style: String,
    has_errors: bool,
    orders: SyncSender<Order>,
    /// The mistakes in templates that came up since.
    mistakes: Mutex<Vec<Diagnostic>>,
}

impl Current {
    /// An analysis, and what is wrong with the files as files.
    ///
    /// # Errors
    /// If the system has no thread for it.
    pub(super) fn new(
        input: Input,
        of_files: Vec<Diagnostic>,
        analysis: Analysis,
    ) -> Result<Self, MachineError> {
        let all: Vec<_> = of_files.iter().chain(&analysis.diagnostics).cloned().collect();
        let findings = find(&input.sources, &all);
        let sheet = analysis.theme.assets().first();
        let style = sheet.map_or_else(String::new, |sheet| format!("/{}", sheet.path));
        let input = Arc::new(input);
        let (tell_paths, told_paths) = sync_channel(1);
        let (orders, ordered) = sync_channel(ORDERS);
        let of_thread = Arc::clone(&input);
        let work = move || work(&of_thread, &analysis, &tell_paths, &ordered);
        let thread = std::thread::Builder::new().name("site".to_owned()).spawn(work);
        thread.map_err(|error| super::failed("start a thread", &error))?;
        let gone = |_| MachineError::machine("the site cannot be prepared");
        let paths = told_paths.recv().map_err(gone)?;
        let (has_errors, mistakes) = (has_errors(&all), Mutex::default());
        Ok(Self { input, of_files, findings, paths, style, has_errors, orders, mistakes })
    }

    /// Makes the file at a position of the paths, unless its key is the known one.
    pub(super) fn make(&self, index: usize, known: Option<Fingerprint>) -> Option<Delivery> {
        let (reply, delivered) = sync_channel(1);
        self.orders.send(Order { index, known, reply }).ok()?;
        delivered.recv().ok()
    }

    /// A mistake in a template with its place, and whether it is new.
    pub(super) fn mistake(&self, mistake: Diagnostic) -> (Vec<Finding>, bool) {
        let finding = find(&self.input.sources, std::slice::from_ref(&mistake));
        let mut known = self.mistakes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !known.contains(&mistake);
        if is_new {
            known.push(mistake);
        }
        (finding, is_new)
    }
}

/// A file that is wanted.
struct Order {
    index: usize,
    known: Option<Fingerprint>,
    reply: SyncSender<Delivery>,
}

/// A file that was wanted.
pub(super) struct Delivery {
    /// What making it gave.
    pub(super) made: Result<Made, Box<Diagnostic>>,
    /// The files of the project that it is mainly made from.
    pub(super) sources: Vec<SourcePath>,
}

/// Makes the files of one analysis, until nobody is left to order any. A site borrows its analysis,
/// and takes long to prepare: so a thread of their own holds both.
fn work(
    input: &Input,
    analysis: &Analysis,
    tell_paths: &SyncSender<Vec<OutputPath>>,
    orders: &Receiver<Order>,
) {
    let site = analysis.site(input);
    // Whoever does not wait for an answer any more has not been wronged.
    let _ = tell_paths.send(site.paths().to_vec());
    for Order { index, known, reply } in orders {
        let sources = site.sources_of(index).into_iter().cloned().collect();
        let _ = reply.send(Delivery { made: site.make(index, known), sources });
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
    pub(super) fn new(current: Current) -> Self {
        Self { current: Arc::new(current), last_good: None }
    }

    /// What is shown after this.
    pub(super) fn then(&self, current: Current) -> Self {
        let good = match self.current.has_errors {
            true => self.last_good.as_ref(),
            false => Some(&self.current),
        };
        let last_good = good.filter(|_| current.has_errors).cloned();
        Self { current: Arc::new(current), last_good }
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
