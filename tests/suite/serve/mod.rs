//! `sinew serve`, the real program, over real sockets.

mod doors;
mod pages;
mod saves;
mod tabs;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::files;

/// How long to wait for what must happen.
const DEADLINE: Duration = Duration::from_secs(20);

const PAGE: &str = "content/pages/aftercare.md";

/// A page with a text.
fn page(text: &str) -> String {
    format!("---\ntitle: Aftercare\nmenu: 1\n---\n\n{text}\n")
}

/// A project that is served until it is dropped.
struct Served {
    folder: tempfile::TempDir,
    child: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &tempfile::TempDir, port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
    command.arg("serve").arg("--root").arg(folder.path());
    command.args(["--as-of", "2026-11-25", "--port", &port.to_string()]);
    command.env_remove("RUST_BACKTRACE").stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The project of the specs, with files over it.
fn project(over: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let base = files::read(&files::repository("tests/specs/base"));
    let over = over.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    for (path, bytes) in base.into_iter().chain(over) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

impl Served {
    fn new(over: &[(&str, &str)]) -> Self {
        Self::with(over, &[])
    }

    /// With flags of the command.
    fn with(over: &[(&str, &str)], flags: &[&str]) -> Self {
        let folder = project(over);
        let mut child = command(&folder, 0).args(flags).spawn().expect("it starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("it is a pipe"));
        let said = Arc::new(Mutex::new(String::new()));
        let address = loop {
            let mut line = String::new();
            let read = stderr.read_line(&mut line).expect("it speaks UTF-8");
            assert!(read > 0, "it ended: {}", said.lock().expect("whole"));
            said.lock().expect("whole").push_str(&line);
            if let Some((_, rest)) = line.split_once("serving http://") {
                let end = rest.find('/').expect("the address has a path");
                break rest[..end].parse().expect("the address is a socket's");
            }
        };
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                heard.lock().expect("whole").push_str(&format!("{line}\n"));
            }
        });
        Self { folder, child, address, said }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).expect("written");
    }

    /// Waits until it has said something.
    fn until_said(&self, text: &str) {
        let end = Instant::now() + DEADLINE;
        while !self.said().contains(text) {
            assert!(Instant::now() < end, "it never says {text}: {}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).expect("it is there")
    }

    fn said(&self) -> String {
        self.said.lock().expect("whole").clone()
    }

    fn send(&self, head: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("set");
        stream.write_all(format!("{head}\r\n\r\n").as_bytes()).expect("sent");
        stream
    }

    /// The whole answer to a request.
    fn ask(&self, head: &str) -> String {
        let mut answer = Vec::new();
        let mut stream = self.send(&format!("{head}\r\nConnection: close"));
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.address))
    }

    fn status(&self, head: &str) -> String {
        self.ask(head).split(' ').nth(1).expect("a status").to_owned()
    }

    /// Asks for a page until it is as wanted.
    fn until(&self, path: &str, what: &str, is_wanted: impl Fn(&str) -> bool) {
        let end = Instant::now() + DEADLINE;
        let mut answer = self.get(path);
        while !is_wanted(&answer) {
            assert!(Instant::now() < end, "{path}: {what}\n{answer}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
            answer = self.get(path);
        }
    }

    fn until_shown(&self, path: &str, text: &str) {
        self.until(path, &format!("never shows {text}"), |answer| answer.contains(text));
    }

    /// The address of the channel of a page, as its script makes it.
    fn channel(&self, path: &str) -> String {
        let page = self.get(path);
        let of = |name: &str| {
            let (_, rest) = page.split_once(&format!("{name}=\"")).expect("the script is told");
            rest.split('"').next().expect("the value ends").to_owned()
        };
        let (token, seen) = (of("data-token"), of("data-seen"));
        format!("/_sinew/changes?token={token}&page={path}&seen={seen}")
    }

    /// Listens to a channel like a page of the site.
    fn listen(&self, channel: &str) -> BufReader<TcpStream> {
        let head = format!("GET {channel} HTTP/1.1\r\nHost: {}", self.address);
        let mut stream =
            BufReader::new(self.send(&format!("{head}\r\nSec-Fetch-Site: same-origin")));
        assert!(line_with(&mut stream, "HTTP/1.1").contains("200"));
        line_with(&mut stream, "content-type: text/event-stream");
        stream
    }
}

/// The next line of a stream that contains a text.
fn line_with(stream: &mut impl BufRead, text: &str) -> String {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).expect("it goes on") > 0, "the stream ended");
        if line.contains(text) {
            return line;
        }
    }
}
