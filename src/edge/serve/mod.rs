//! Shows a site while it is written: from memory, on this machine, made anew at every change.
//! Knows nothing of terminals: what there is to say goes as [`News`] to whoever started it.

mod bar;
mod bell;
mod connections;
mod current;
mod door;
mod editor;
mod foot;
mod guard;
mod kept;
mod key;
mod overlay;
mod pictures;
mod rebuild;
mod reload;
mod server;
mod stamp;
mod state;
mod sweep;
mod tabs;
mod watch;
mod work;

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

pub use self::door::{DEFAULT_PORT, Door};
use self::guard::Doors;
use self::key::Key;
use self::rebuild::{Keeper, Rebuilder};
use self::state::State;
pub use self::sweep::Swept;
pub use self::watch::Attention;
use self::watch::Watch;
use crate::diagnostic::print::Finding;
use crate::edge::machine::{MachineError, reason};
use crate::graph::Circumstances;

/// A project that is to be shown.
pub struct Project {
    /// Its folder, as an absolute path.
    pub root: PathBuf,
    /// The day, and what is wanted, for a site at a base address.
    pub circumstances: Box<dyn Fn(&str) -> Circumstances + Send>,
    /// How changes are noticed.
    pub attention: Attention,
    /// Whether a tab is led to the page that was edited.
    pub follows: bool,
}

/// What a server has to say.
#[derive(Debug)]
pub enum News {
    /// Something that a person may want to know.
    Notice(String),
    /// What is wrong with the content, and was not said before.
    Findings(Vec<Finding>),
    /// The site can be looked at.
    Ready {
        /// Its address on this machine.
        here: String,
        /// Its address for other devices, where they can reach it under another one.
        elsewhere: Option<String>,
    },
    /// Something changed, and was taken in; or the first pages were made.
    Changed(Change),
}

/// What a change of the sources did.
#[derive(Debug)]
pub struct Change {
    /// What became of the pages.
    pub pages: Swept,
    /// All that is wrong with the site now.
    pub findings: Vec<Finding>,
}

/// Who is told the news.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Shows a project until the process is told to end.
///
/// # Errors
/// If the folder cannot be read, or nothing can listen there.
pub fn serve(project: Project, door: Door, tell: Tell) -> Result<(), MachineError> {
    let since = Instant::now();
    let (listener, address) = door::listen(&door, &tell)?;
    let url = door::url_of(address);
    let Project { root, circumstances, attention, follows } = project;
    // Whatever happens from here on is seen: first the watch, then the snapshot.
    let watch = Watch::over(&root, attention);
    let base_url = url.clone();
    let mut rebuilder = Rebuilder::new(root, Box::new(move || circumstances(&base_url)));
    let current = rebuilder.begin()?;
    tell(News::Findings(current.all_findings()));
    let page = format!("{url}/");
    let (key, here, elsewhere) = match door.interface.is_loopback() {
        true => (None, page, None),
        false => {
            let notice = format!("{} can be reached by others: they need the key", door.interface);
            tell(News::Notice(format!("{notice} in the address, and then read drafts as well")));
            let key = Key::new(door::password()?, address.port());
            let here = key.address(&page);
            let elsewhere = door::url_elsewhere(address).map(|url| key.address(&format!("{url}/")));
            (Some(key), here, elsewhere)
        }
    };
    let doors = Doors { interface: door.interface, hosts: door.hosts, key };
    let state = Arc::new(State::new(current, doors, door::token()?, Arc::clone(&tell)));
    let keeper = Keeper { state: Arc::clone(&state), tell: Arc::clone(&tell), follows, since };
    let (begin, may_begin) = oneshot::channel();
    let ended = keep_up(move || {
        // The first page that is asked for waits for nothing.
        let _ = may_begin.blocking_recv();
        rebuilder.keep_up(watch, &keeper)
    })?;
    run(listener, state, ended, || {
        tell(News::Ready { here, elsewhere });
        let _ = begin.send(());
    })
}

/// Starts a thread that takes in changes; its end is an end of the other side.
fn keep_up<F>(work: F) -> Result<oneshot::Receiver<()>, MachineError>
where
    F: FnOnce() + Send + 'static,
{
    let (alive, ended) = oneshot::channel();
    let work = move || {
        let _alive = alive;
        work();
    };
    let thread = std::thread::Builder::new().name("rebuild".to_owned()).spawn(work);
    thread.map_err(|error| failed("start a thread", &error))?;
    Ok(ended)
}

/// Answers requests until the process is told to end.
fn run(
    listener: TcpListener,
    state: Arc<State>,
    ended: oneshot::Receiver<()>,
    ready: impl FnOnce(),
) -> Result<(), MachineError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(|error| failed("start the server", &error))?;
    let outcome = runtime.block_on(async {
        let unlistened = |error| failed("listen", &error);
        listener.set_nonblocking(true).map_err(unlistened)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(unlistened)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(unlistened)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(unlistened)?;
        ready();
        tokio::select! {
            () = connections::answer_all(listener, server::router(state)) => {
                Err(MachineError::machine("nobody can connect any more"))
            }
            _ = ended => Err(MachineError::machine("changes are not taken in any more")),
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    });
    // Streams of open tabs would go on for ever.
    runtime.shutdown_background();
    outcome
}

fn failed(action: &str, error: &io::Error) -> MachineError {
    MachineError::machine(format!("cannot {action}: {}", reason(error)))
}
