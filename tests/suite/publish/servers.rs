//! Real servers of this machine, on ports of their own, for as long as a test runs.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that ends with its test.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on at this moment.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}

impl Server {
    /// Starts a server, and waits until it listens.
    #[track_caller]
    pub(super) fn start(command: &mut Command, port: u16) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut server = Self { child: command.spawn().expect("it is installed"), port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "{command:?} ended: {ended:?}");
            assert!(start.elapsed() < Duration::from_secs(60), "{command:?} does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// The address of a path there.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// Where a program lies: in `target/tools/bin`, or where the system has it. Says so where a test is
/// left out for want of it.
#[track_caller]
pub(super) fn tool(program: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::iter::once(own).chain(std::env::split_paths(&path));
    let found = folders.find(|folder| folder.join(program).is_file());
    if found.is_none() {
        left_out(&format!("`{program}` is not installed: `make test-tools` installs it"));
    }
    found.map(|folder| folder.join(program))
}

/// Whether a program is installed.
#[track_caller]
pub(crate) fn has(program: &str) -> bool {
    tool(program).is_some()
}

/// Says that a test is left out; where `EVERY_SERVER` is set, it fails instead.
#[track_caller]
pub(crate) fn left_out(why: &str) {
    assert!(std::env::var_os("EVERY_SERVER").is_none(), "{why}");
    let thread = std::thread::current();
    let line = format!("left out {}: {why}\n", thread.name().unwrap_or_default());
    let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
}

/// What a server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    headers: ureq::http::HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Asks a server for an address, and follows no redirect.
#[track_caller]
pub(super) fn get(url: &str, accept_encoding: &str) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into();
    let request = agent.get(url).header("Accept-Encoding", accept_encoding);
    let mut answer = request.call().expect("it answers");
    let headers = answer.headers().clone();
    let body = answer.body_mut().read_to_vec().expect("the answer is whole");
    Answer { status: answer.status().as_u16(), headers, body }
}
