//! `sinew serve`, the real program, over real sockets.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
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
        let folder = project(over);
        let mut child = command(&folder, 0).spawn().expect("it starts");
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
        format!("/_sinew/reload?token={token}&page={path}&seen={seen}")
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

#[test]
fn pages_files_and_folders_are_served_with_their_kinds_and_the_sites_own_policy() {
    let served = Served::new(&[(PAGE, &page("Drink water."))]);
    let shown = served.get("/aftercare/");
    assert!(shown.starts_with("HTTP/1.1 200 OK\r\n"), "{shown}");
    assert!(shown.contains("Drink water."), "{shown}");
    let head = shown.split("\r\n\r\n").next().expect("a head");
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert!(head.contains("cross-origin-resource-policy: same-origin"), "{head}");
    assert!(!head.contains("access-control"), "{head}");
    assert!(served.get("/media/band.svg").contains("content-type: image/svg+xml; charset=utf-8"));
    assert!(served.get("/_sinew/reload.js").contains("content-type: text/javascript"));
    let folder = served.get("/aftercare?q=1");
    assert!(folder.starts_with("HTTP/1.1 302 "), "{folder}");
    assert!(folder.contains("location: /aftercare/?q=1\r\n"), "{folder}");
    let missing = served.get("/no/such/page/");
    assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
    assert!(missing.contains("<html"), "{missing}");
    let head = served.ask(&format!("HEAD /aftercare/ HTTP/1.1\r\nHost: {}", served.address));
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn no_request_reaches_the_disk() {
    let served = Served::new(&[]);
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/media/..%2f..%2fsite.toml",
        "/media/%2e%2e/%2e%2e/site.toml",
        "/..%5csite.toml",
        "//etc/passwd",
        "/site.toml",
        "/content/people.yaml",
        "/%00",
        "/%ff",
        "/_sinew/",
    ] {
        let answer = served.get(path);
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
        assert!(!answer.contains("base_url"), "{path}: {answer}");
    }
}

#[test]
fn doors_are_closed_to_other_hosts_methods_and_sizes() {
    let served = Served::new(&[]);
    let own = served.address;
    let get = |host: &str| served.status(&format!("GET / HTTP/1.1\r\nHost: {host}"));
    assert_eq!(get(&own.to_string()), "200");
    assert_eq!(get("localhost:9"), "200");
    assert_eq!(get("[::1]"), "200");
    assert_eq!(get("evil.example"), "403");
    assert_eq!(get(&format!("{own}\r\nHost: evil.example")), "403");
    assert_eq!(served.status("GET / HTTP/1.0"), "403");
    assert_eq!(served.status(&format!("GET http://evil.example/ HTTP/1.1\r\nHost: {own}")), "403");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let head = format!("{method} / HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0");
        assert_eq!(served.status(&head), "405", "{method}");
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: {own}", "a".repeat(20_000));
    assert_eq!(served.status(&long), "414");
    let large = format!("GET / HTTP/1.1\r\nHost: {own}\r\nCookie: {}", "a".repeat(200_000));
    assert_eq!(served.status(&large), "431");
}

#[test]
fn the_reload_channel_is_for_pages_of_this_run_only() {
    let served = Served::new(&[(PAGE, &page("x"))]);
    let channel = served.channel("/aftercare/");
    let ask = |channel: &str, header: &str| {
        served.status(&format!("HEAD {channel} HTTP/1.1\r\nHost: {}{header}", served.address))
    };
    let own = format!("\r\nOrigin: http://{}", served.address);
    assert_eq!(ask(&channel, &own), "200");
    assert_eq!(ask(&channel, "\r\nSec-Fetch-Site: same-origin"), "200");
    assert_eq!(ask(&channel, ""), "403");
    assert_eq!(ask(&channel, "\r\nOrigin: http://evil.example"), "403");
    assert_eq!(ask(&channel, &format!("{own}\r\nSec-Fetch-Site: cross-site")), "403");
    assert_eq!(ask("/_sinew/reload?page=/&token=guess", &own), "403");
    assert_eq!(ask("/_sinew/reload", &own), "403");
}

#[test]
fn an_edit_is_served_and_only_tabs_that_show_something_else_are_told() {
    let served = Served::new(&[(PAGE, &page("Before."))]);
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write(PAGE, &page("After."));
    served.until_shown("/aftercare/", "After.");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: reload");
    let said = served.said();
    assert!(said.contains(&format!("{PAGE} changed: made 1 of 1 open page in ")), "{said}");
    // What was seen is told again with the next channel, and an equal page is no news: the first
    // thing that this tab hears of is the second edit.
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write("content/media/other.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    served.until("/media/other.svg", "never comes", |answer| answer.contains("HTTP/1.1 200"));
    served.write(PAGE, &page("Afterwards."));
    let now = line_with(&mut tab, "data: ");
    let shown = served.get("/aftercare/");
    assert!(shown.contains("Afterwards.") && shown.contains(now["data: ".len()..].trim()));
}

#[test]
fn a_style_sheet_is_changed_without_loading_the_page_again() {
    let settings = "title = \"Sinew Studio\"\ntheme = \"mine\"\n";
    let sheet = "themes/mine/css/own.css";
    let served = Served::new(&[("site.toml", settings), (sheet, "p { color: #111 }")]);
    let mut tab = served.listen(&served.channel("/"));
    served.write(sheet, "p { color: #222 }");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: style");
    let data = line_with(&mut tab, "data: ");
    let (_, address) = data.trim().rsplit_once(':').expect("a stamp names the style sheet");
    assert!(served.get(address).contains("#222"));
}

#[test]
fn a_mistake_is_listed_over_the_last_good_page_until_it_is_cured() {
    let served = Served::new(&[(PAGE, &page("Drink water."))]);
    let is_good = |answer: &str| {
        answer.contains("HTTP/1.1 200") && !answer.contains("<details id=\"sinew-findings\"")
    };
    served.until("/aftercare/", "is not good", is_good);
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write(PAGE, &page("See [[<script>nowhere]]."));
    served.until_shown("/aftercare/", "id=\"sinew-findings\"");
    let shown = served.get("/aftercare/");
    assert!(shown.contains("content/pages/aftercare.md:6:"), "{shown}");
    assert!(!shown.contains("<script>nowhere"), "{shown}");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: reload");
    // A record that cannot be read at all is shown as it was.
    served.write(PAGE, "---\ntitle: [\n---\n\nDrink water.\n");
    served.until("/aftercare/", "is not as it was", |answer| {
        answer.contains("HTTP/1.1 200")
            && answer.contains("Drink water.")
            && answer.contains("id=\"sinew-findings\"")
    });
    // Every other page says so as well.
    served.until_shown("/", "id=\"sinew-findings\"");
    served.write(PAGE, &page("Drink more."));
    served.until_shown("/aftercare/", "Drink more.");
    served.until("/aftercare/", "is not good again", is_good);
    assert!(served.said().contains("1 error"), "{}", served.said());
}

#[test]
fn it_starts_with_errors_and_with_a_broken_template() {
    let template = "{% extends \"builtin/page.html\" %}{% block main %}{{ page.nothing.at.all }}{% endblock %}";
    let settings = "title = \"Sinew Studio\"\ntheme = \"mine\"\n";
    let path = "themes/mine/templates/page.html";
    let served = Served::new(&[(PAGE, &page("x")), ("site.toml", settings), (path, template)]);
    served.until_shown("/aftercare/", "id=\"sinew-findings\"");
    served.write(path, "{% extends \"builtin/page.html\" %}");
    served.until("/aftercare/", "is not cured", |answer| {
        answer.contains("HTTP/1.1 200") && !answer.contains("<details id=\"sinew-findings\"")
    });
}

#[test]
fn every_way_of_saving_is_seen() {
    let served = Served::new(&[(PAGE, &page("zero"))]);
    served.until_shown("/aftercare/", "zero");
    // Written beside it and renamed.
    let beside = served.at("content/pages/.aftercare.md.tmp");
    fs::write(&beside, page("one")).expect("written");
    fs::rename(&beside, served.at(PAGE)).expect("renamed");
    served.until_shown("/aftercare/", "one");
    // Renamed away and written anew, as vim does.
    fs::rename(served.at(PAGE), served.at("content/pages/aftercare.md~")).expect("renamed");
    served.write(PAGE, &page("two"));
    served.until_shown("/aftercare/", "two");
    // Removed and made again.
    fs::remove_file(served.at(PAGE)).expect("removed");
    served.until("/aftercare/", "is still there", |answer| answer.contains("HTTP/1.1 404"));
    served.write(PAGE, &page("three"));
    served.until_shown("/aftercare/", "three");
    // In folders that were not there.
    let deep = served.at("content/pages/a/b/c");
    fs::create_dir_all(&deep).expect("made");
    fs::write(deep.join("deep.md"), page("four")).expect("written");
    served.until_shown("/deep/", "four");
    fs::write(deep.join("deep.md"), page("five")).expect("written");
    served.until_shown("/deep/", "five");
}

#[test]
fn a_content_folder_that_is_removed_and_made_again_is_watched_again() {
    let served = Served::new(&[(PAGE, &page("one"))]);
    served.until_shown("/aftercare/", "one");
    let (content, aside) = (served.at("content"), served.at("aside"));
    for text in ["two", "three"] {
        fs::rename(&content, &aside).expect("renamed");
        served.until("/aftercare/", "is still there", |answer| answer.contains("HTTP/1.1 404"));
        fs::rename(&aside, &content).expect("renamed");
        served.until("/aftercare/", "is not back", |answer| answer.contains("HTTP/1.1 200"));
        served.write(PAGE, &page(text));
        served.until_shown("/aftercare/", text);
    }
}

#[test]
fn a_port_that_is_asked_for_and_taken_is_a_failure_of_the_machine() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("it has an address").port();
    let output = command(&project(&[]), port).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("cannot listen on 127.0.0.1:{port}")), "{said}");
}

#[test]
fn an_interrupt_is_a_quiet_end_even_while_tabs_listen() {
    let mut served = Served::new(&[]);
    let _tab = served.listen(&served.channel("/"));
    let id = rustix::process::Pid::from_child(&served.child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("told");
    let end = Instant::now() + DEADLINE;
    let status = loop {
        match served.child.try_wait().expect("it is a child") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
        assert!(Instant::now() < end, "it goes on");
    };
    assert_eq!(status.code(), Some(0), "{}", served.said());
}
