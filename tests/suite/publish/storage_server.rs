//! A storage for the tests: objects with tags and conditional writes, in memory. It does not check
//! signatures (a test beside the signer does), and it writes down every request.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// An object, with the headers that it was written with.
#[derive(Clone)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    pub(super) headers: BTreeMap<String, String>,
    tag: String,
}

/// What the storage holds and does.
#[derive(Default)]
pub(super) struct State {
    pub(super) objects: BTreeMap<String, Object>,
    /// `PUT /site/index.html` and the like.
    pub(super) requests: Vec<String>,
    /// Which request, from now on, is answered with this instead: how many to let pass first.
    pub(super) fault: Option<(usize, &'static str)>,
    /// Which request, from now on, kills whoever asks: how many to let pass first, and who asks.
    pub(super) kill: Option<(usize, u32)>,
    /// After which request, from now on, somebody else has the claim: how it begins.
    pub(super) overtaken_at: Option<&'static str>,
    /// Whether a reader looks at everything after each request, and what it missed.
    pub(super) reader: Option<Vec<String>>,
    writes: usize,
}

/// A running storage.
pub(super) struct Storage {
    pub(super) state: Arc<Mutex<State>>,
    pub(super) address: String,
}

impl Storage {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it listens"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &state));
            }
        });
        Self { state, address }
    }

    pub(super) fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no request panics")
    }
}

fn serve(stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let request = line.rsplit_once(' ')?.0.to_owned();
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length").and_then(|text| text.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body).ok()?;
        let is_head = request.starts_with("HEAD");
        let (status, tag, body) = state.lock().ok()?.answer(&request, headers, body);
        let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n{tag}\r\n", body.len());
        writer.write_all(head.as_bytes()).ok()?;
        if !is_head {
            writer.write_all(&body).ok()?;
        }
    }
}

impl State {
    fn answer(
        &mut self,
        request: &str,
        headers: BTreeMap<String, String>,
        body: Vec<u8>,
    ) -> (String, String, Vec<u8>) {
        self.requests.push(request.to_owned());
        match &mut self.fault {
            Some((0, status)) => {
                let status = *status;
                self.fault = None;
                // Whoever answers may repeat what they were told.
                let told = headers.get("authorization").cloned().unwrap_or_default();
                return plain(status, format!("<Error><Code>Odd</Code>{told}</Error>").as_bytes());
            }
            Some((left, _)) => *left -= 1,
            None => {}
        }
        match &mut self.kill {
            Some((0, process)) => {
                // It gets no answer, so it does not know whether the request was heard.
                let process = process.to_string();
                let killed = std::process::Command::new("kill").args(["-9", &process]).status();
                assert!(killed.is_ok_and(|status| status.success()), "it could not be killed");
                self.kill = None;
            }
            Some((left, _)) => *left -= 1,
            None => {}
        }
        let answer = self.heard(request, headers, body);
        if self.overtaken_at.is_some_and(|start| request.starts_with(start)) {
            self.overtaken_at = None;
            self.heard("PUT /site/.sinew-claim", BTreeMap::new(), b"theirs".to_vec());
        }
        self.crawl();
        answer
    }

    /// Reads every page, and follows it to what it loads.
    fn crawl(&mut self) {
        let Some(missed) = &mut self.reader else { return };
        for (name, object) in self.objects.iter().filter(|(name, _)| name.ends_with(".html")) {
            let text = String::from_utf8_lossy(&object.bytes);
            for asset in super::assets(&text) {
                if !self.objects.contains_key(&format!("/site/{asset}")) {
                    missed.push(format!("{name}: {asset}"));
                }
            }
        }
    }

    fn heard(
        &mut self,
        request: &str,
        headers: BTreeMap<String, String>,
        body: Vec<u8>,
    ) -> (String, String, Vec<u8>) {
        let (method, name) = request.split_once(' ').unwrap_or((request, ""));
        let found = self.objects.get(name);
        match method {
            "PUT" => {
                let tag = found.map(|object| object.tag.clone());
                let is_wrong = match (headers.get("if-match"), headers.get("if-none-match")) {
                    (Some(wanted), _) => tag.as_ref() != Some(wanted),
                    (None, Some(_)) => tag.is_some(),
                    (None, None) => false,
                };
                if is_wrong {
                    return plain("412", b"<Error><Code>PreconditionFailed</Code></Error>");
                }
                self.writes += 1;
                let tag = format!("\"{}\"", self.writes);
                let object = Object { bytes: body, headers, tag: tag.clone() };
                self.objects.insert(name.to_owned(), object);
                ("200".to_owned(), format!("etag: {tag}\r\n"), Vec::new())
            }
            "DELETE" => {
                self.objects.remove(name);
                plain("204", b"")
            }
            _ => match found {
                None => plain("404", b"<Error><Code>NoSuchKey</Code></Error>"),
                Some(object) => {
                    let mark = object.headers.get("x-amz-meta-sinew");
                    let mark = mark.map(|mark| format!("x-amz-meta-sinew: {mark}\r\n"));
                    let head = format!("etag: {}\r\n{}", object.tag, mark.unwrap_or_default());
                    ("200".to_owned(), head, object.bytes.clone())
                }
            },
        }
    }
}

/// An answer without headers of its own.
fn plain(status: &str, body: &[u8]) -> (String, String, Vec<u8>) {
    (status.to_owned(), String::new(), body.to_vec())
}
