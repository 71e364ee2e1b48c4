//! Shows a site while it is written: from memory, on this machine, made anew at every change.
//! Knows nothing of terminals: what there is to say goes as [`News`] to whoever started it.

mod current;
mod guard;
mod overlay;
mod rebuild;
mod reload;
mod server;
mod state;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use self::guard::Hosts;
use self::rebuild::Rebuilder;
use self::state::State;
use self::watch::Watch;
use crate::diagnostic::print::Finding;
use crate::edge::machine::{MachineError, reason};
use crate::graph::Circumstances;
use crate::source::SourcePath;

/// The port of a server that was not given one.
pub const DEFAULT_PORT: u16 = 1313;
/// How many ports are tried from there.
const PORTS: u16 = 100;

/// A project that is to be shown.
pub struct Project {
    /// Its folder, as an absolute path.
    pub root: PathBuf,
    /// The day, and what is wanted, for a site at a base address.
    pub circumstances: Box<dyn Fn(&str) -> Circumstances + Send>,
}

/// Where a server listens.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// The address.
    pub interface: IpAddr,
    /// The port; 0 for any that is free; `None` for the default one or the next that is free.
    pub port: Option<u16>,
}

/// What a server has to say.
#[derive(Debug)]
pub enum News {
    /// Something that a person may want to know.
    Notice(String),
    /// What is wrong with the content.
    Findings(Vec<Finding>),
    /// The site can be looked at, at this address.
    Ready(String),
    /// Something changed, and was taken in.
    Changed(Change),
}

/// What a change of the sources did.
#[derive(Debug)]
pub struct Change {
    /// The files that changed.
    pub files: Vec<SourcePath>,
    /// How many of the open pages were made anew.
    pub pages_made: usize,
    /// How many pages are open in browsers.
    pub pages_open: usize,
    /// How long it took.
    pub took: Duration,
    /// What is wrong with the content now.
    pub findings: Vec<Finding>,
}

/// Who is told the news.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Shows a project until the process is told to end.
///
/// # Errors
/// If the folder cannot be read, or nothing can listen there.
pub fn serve(project: Project, door: Door, tell: Tell) -> Result<(), MachineError> {
    let (listener, address) = listen(door, &tell)?;
    let url = url_of(address);
    let Project { root, circumstances } = project;
    // Whatever happens from here on is seen: first the watch, then the snapshot.
    let watch = Watch::over(&root);
    let base_url = url.clone();
    let mut rebuilder = Rebuilder::new(root, Box::new(move || circumstances(&base_url)));
    let current = rebuilder.rebuild(None)?.expect("there was nothing before that it could equal");
    tell(News::Findings(current.findings.clone()));
    let hosts = Hosts { interface: door.interface };
    let state = Arc::new(State::new(current, hosts, token()?, Arc::clone(&tell)));
    let keeper = (Arc::clone(&state), Arc::clone(&tell));
    let ended = keep_up(move || rebuilder.keep_up(watch, &keeper.0, &keeper.1))?;
    if !door.interface.is_loopback() {
        let notice = format!("everybody who reaches {} can read the site", door.interface);
        tell(News::Notice(format!("{notice}, drafts included if they are shown")));
    }
    run(listener, state, ended, || tell(News::Ready(format!("{url}/"))))
}

/// Listens at a door. If the default port is taken, at the next one that is free.
fn listen(door: Door, tell: &Tell) -> Result<(TcpListener, SocketAddr), MachineError> {
    let ports = match door.port {
        Some(port) => port..=port,
        None => DEFAULT_PORT..=DEFAULT_PORT + PORTS,
    };
    let first = *ports.start();
    let mut failure = None;
    for port in ports {
        let wanted = SocketAddr::new(door.interface, port);
        match TcpListener::bind(wanted).and_then(|bound| Ok((bound.local_addr()?, bound))) {
            Ok((address, listener)) => {
                if failure.is_some() {
                    let notice = format!("port {first} is taken: using port {port} instead");
                    tell(News::Notice(notice));
                }
                return Ok((listener, address));
            }
            Err(error) => {
                let is_taken = error.kind() == io::ErrorKind::AddrInUse;
                let failure = failure.get_or_insert_with(|| cannot_listen(wanted, &error));
                if !is_taken {
                    return Err(failure.clone());
                }
            }
        }
    }
    Err(failure.expect("at least one port was tried"))
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> MachineError {
    let failure = MachineError::machine(format!("cannot listen on {address}: {}", reason(error)));
    match error.kind() {
        io::ErrorKind::AddrInUse => failure.hint("`--port 0` takes any port that is free"),
        _ => failure,
    }
}

/// The address of a site that is served at a socket, without a slash at the end.
fn url_of(address: SocketAddr) -> String {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, address.port()))
}

/// What no other page can guess.
fn token() -> Result<String, MachineError> {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .map_err(|error| MachineError::machine(format!("cannot get random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
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
            served = axum::serve(listener, server::router(state)) => {
                served.map_err(|error| failed("serve", &error))
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
