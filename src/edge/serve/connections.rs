//! Takes connections, as many as there is room for, and waits for none of them too long.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How long a request may take to arrive, and a connection to bring another one.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a request is read before it is refused; what is smaller is refused in words.
const LARGEST_HEAD: usize = 256 << 10;
/// How many connections there may be: each tab that is shown holds one.
const MOST: u64 = 4096;
/// How many files the rest of the program may have open.
const OTHERS: u64 = 192;
/// How long to wait when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers all requests.
pub(super) async fn answer_all(listener: TcpListener, router: Router) {
    let slots = Arc::new(Semaphore::new(slots()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LARGEST_HEAD);
    loop {
        // Others wait at the door; nobody closes the slots.
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are small, and wait for nothing.
                let _ = stream.set_nodelay(true);
                let service = TowerToHyperService::new(router.clone());
                let connection = http.serve_connection(TokioIo::new(stream), service);
                tokio::spawn(async move {
                    // What goes wrong with one connection is nobody else's concern.
                    let _ = connection.await;
                    drop(slot);
                });
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// How many connections the system lets us have, after it was asked for all that it gives.
fn slots() -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(MOST + OTHERS);
    if limit.current.is_some_and(|current| current < wanted) {
        limit.current = Some(wanted);
        // Without it, there are fewer.
        let _ = setrlimit(Resource::Nofile, limit);
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(files.saturating_sub(OTHERS).clamp(16, MOST)).unwrap_or(16)
}
