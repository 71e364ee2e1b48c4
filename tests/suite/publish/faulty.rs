//! Stands between sinew and a server that speaks HTTP, passes requests on one after the other, and
//! does one of them wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is done wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection ends before the request is heard.
    Reset,
    /// The request is heard, and its answer is lost.
    Lost,
    /// The server is busy.
    Busy,
    /// The request is heard, and whoever asks is dead by then.
    Kill(u32),
}

/// What is counted, and what is to come.
#[derive(Default)]
pub(super) struct Schedule {
    /// How many requests were made.
    pub(super) requests: usize,
    /// A fault, and how many requests pass before it.
    pub(super) fault: Option<(usize, Fault)>,
}

/// A line to a server that does not always hold.
pub(super) struct Line {
    pub(super) address: String,
    schedule: Arc<Mutex<Schedule>>,
}

impl Line {
    /// A line to a port of this machine. `look` happens after each request that was heard.
    pub(super) fn to(port: u16, look: impl Fn() + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it listens"));
        let schedule = Arc::new(Mutex::new(Schedule::default()));
        let (shared, look) = (Arc::clone(&schedule), Arc::new(look));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (schedule, look) = (Arc::clone(&shared), Arc::clone(&look));
                std::thread::spawn(move || pass(&stream, port, &schedule, &*look));
            }
        });
        Self { address, schedule }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Schedule> {
        // What a reader missed is told by the test; here it is only one request less.
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pass(client: &TcpStream, port: u16, schedule: &Mutex<Schedule>, look: &dyn Fn()) -> Option<()> {
    let request = read(client)?;
    let mut schedule = schedule.lock().unwrap_or_else(PoisonError::into_inner);
    schedule.requests += 1;
    let fault = match &mut schedule.fault {
        Some((0, fault)) => {
            let fault = *fault;
            schedule.fault = None;
            Some(fault)
        }
        Some((left, _)) => {
            *left -= 1;
            None
        }
        None => None,
    };
    let mut writer = client;
    match fault {
        Some(Fault::Reset) => return None,
        Some(Fault::Busy) => {
            let busy = "HTTP/1.1 503 Slow Down\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            return writer.write_all(busy.as_bytes()).ok();
        }
        _ => {}
    }
    let answer = ask(port, &request)?;
    look();
    match fault {
        Some(Fault::Kill(process)) => {
            let process = process.to_string();
            let killed = std::process::Command::new("kill").args(["-9", &process]).status();
            assert!(killed.is_ok_and(|status| status.success()), "it could not be killed");
            None
        }
        Some(Fault::Lost) => None,
        _ => writer.write_all(&answer).ok(),
    }
}

/// A whole request, which asks for the end of the connection after it: one connection, one request.
fn read(client: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(client);
    let (mut request, mut length) = (Vec::new(), 0);
    loop {
        let start = request.len();
        reader.read_until(b'\n', &mut request).ok().filter(|read| *read > 0)?;
        let line = String::from_utf8_lossy(&request[start..]).trim_end().to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if start == 0 {
            request.extend_from_slice(b"connection: close\r\n");
        }
        if line.is_empty() {
            break;
        }
    }
    let head = request.len();
    request.resize(head + length, 0);
    reader.read_exact(&mut request[head..]).ok()?;
    Some(request)
}

fn ask(port: u16, request: &[u8]) -> Option<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", port)).ok()?;
    server.write_all(request).ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    Some(answer)
}
