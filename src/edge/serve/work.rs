//! Makes the files of one analysis when they are ordered, on threads of its own.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::edge::machine::MachineError;
use crate::page::Pictures;
use crate::page::about::{About, Whereabouts};
use crate::page::output::{Made, OutputPath, Pages};
use crate::pipeline::{Analysis, Input};
use crate::source::{Fingerprint, SourcePath};

/// How many files may be wanted at once before whoever wants another has to wait.
const ORDERS: usize = 64;
/// How many threads make files, at least and at most.
const WORKERS: (usize, usize) = (2, 4);

/// A site that is ready to make files. The threads that make them end when it is dropped.
pub(super) struct Workshop {
    orders: SyncSender<Order>,
}

/// What may be ordered, each with where the answer goes.
enum Order {
    File { index: usize, known: Option<Fingerprint>, reply: SyncSender<MadeFile> },
    About { index: usize, reply: SyncSender<About> },
    Picture { index: usize, reply: SyncSender<Option<Fingerprint>> },
    Glances { reply: SyncSender<Vec<Option<Fingerprint>>> },
    Records { file: SourcePath, reply: SyncSender<Vec<Whereabouts>> },
}

/// A file as it was made, or the mistake in a template that keeps it from being made.
pub(super) type MadeFile = Result<Made, Box<Diagnostic>>;

impl Workshop {
    /// Prepares the site of an analysis, and says which files it has.
    ///
    /// # Errors
    /// If the system has no thread for it.
    pub(super) fn open(
        input: Arc<Input>,
        analysis: Analysis,
    ) -> Result<(Self, Vec<OutputPath>), MachineError> {
        let (tell_paths, told_paths) = sync_channel(1);
        let (orders, ordered) = sync_channel(ORDERS);
        let work = move || work(&input, &analysis, &tell_paths, ordered);
        let thread = thread::Builder::new().name("site".to_owned()).spawn(work);
        thread.map_err(|error| super::failed("start a thread", &error))?;
        let gone = |_| MachineError::machine("the site cannot be prepared");
        Ok((Self { orders }, told_paths.recv().map_err(gone)?))
    }

    /// Makes the file at a position of the paths, unless its key is the known one.
    pub(super) fn make(&self, index: usize, known: Option<Fingerprint>) -> Option<MadeFile> {
        self.order(|reply| Order::File { index, known, reply })
    }

    /// What the file at a position is made from.
    pub(super) fn about(&self, index: usize) -> Option<About> {
        self.order(|reply| Order::About { index, reply })
    }

    /// What the file at a position is made from, if it is a picture.
    pub(super) fn picture(&self, index: usize) -> Option<Fingerprint> {
        self.order(|reply| Order::Picture { index, reply }).flatten()
    }

    /// The glances of all files.
    pub(super) fn glances(&self) -> Option<Vec<Option<Fingerprint>>> {
        self.order(|reply| Order::Glances { reply })
    }

    /// The records that a file of the project holds.
    pub(super) fn records_in(&self, file: &SourcePath) -> Option<Vec<Whereabouts>> {
        self.order(|reply| Order::Records { file: file.clone(), reply })
    }

    /// `None` only if a thread has ended before its time.
    fn order<T>(&self, order: impl FnOnce(SyncSender<T>) -> Order) -> Option<T> {
        let (reply, answer) = sync_channel(1);
        self.orders.send(order(reply)).ok()?;
        answer.recv().ok()
    }
}

/// Fills orders until nobody is left to give any. A site borrows its analysis, and takes long to
/// prepare: so this thread holds both, and the others borrow them.
fn work(
    input: &Input,
    analysis: &Analysis,
    tell_paths: &SyncSender<Vec<OutputPath>>,
    orders: Receiver<Order>,
) {
    let site = analysis.site(input, Pictures::as_they_are());
    // Whoever does not wait for an answer any more has not been wronged; here and below.
    let _ = tell_paths.send(site.paths().to_vec());
    let orders = Mutex::new(orders);
    let next = || orders.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let fill_all = || {
        while let Some(order) = next() {
            match order {
                Order::File { index, known, reply } => drop(reply.send(site.make(index, known))),
                Order::About { index, reply } => drop(reply.send(site.about(index))),
                Order::Picture { index, reply } => drop(reply.send(site.picture(index))),
                Order::Records { file, reply } => drop(reply.send(site.records_in(&file))),
                Order::Glances { reply } => {
                    let glances = (0..site.paths().len()).map(|index| site.glance(index));
                    drop(reply.send(glances.collect()));
                }
            }
        }
    };
    let count = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 1..count.clamp(WORKERS.0, WORKERS.1) {
            // Without it, there is one fewer.
            let _ = thread::Builder::new().name("page".to_owned()).spawn_scoped(scope, fill_all);
        }
        fill_all();
    });
}
