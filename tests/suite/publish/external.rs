//! `sinew check --external`, against a site of our own.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::{Studio, said};

/// What was asked, in order, with when.
type Asked = Arc<Mutex<Vec<(String, Instant)>>>;

/// A site of a few pages; gives its address and what it is asked.
fn site() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    let asked = Asked::default();
    let heard = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // Who goes away in the middle has heard enough.
            let _ = answer(stream, &heard);
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, asked: &Asked) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let request = line.rsplit_once(' ').map_or("", |(request, _)| request).to_owned();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
    }
    let before = {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let before = asked.iter().filter(|(one, _)| *one == request).count();
        asked.push((request.clone(), Instant::now()));
        before
    };
    let (status, header) = match (request.as_str(), before) {
        ("HEAD /busy", 0) => ("429 Too Many Requests", "Retry-After: 1\r\n"),
        (_, _) if request.ends_with("/there") || request.ends_with("/busy") => ("200 OK", ""),
        ("GET /headless", _) => ("200 OK", ""),
        ("HEAD /headless", _) => ("405 Method Not Allowed", ""),
        (_, _) if request.ends_with("/moved") => ("301 Moved Permanently", "Location: /there\r\n"),
        (_, _) if request.ends_with("/lent") => ("302 Found", "Location: /there\r\n"),
        (_, _) if request.ends_with("/circle") => ("302 Found", "Location: /circle\r\n"),
        (_, _) if request.ends_with("/broken") => ("500 Internal Server Error", ""),
        _ => ("404 Not Found", ""),
    };
    write!(stream, "HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

fn requests(asked: &Asked) -> Vec<String> {
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.iter().map(|(request, _)| request.clone()).collect()
}

#[test]
fn links_to_other_sites_are_reported_where_they_stand_and_asked_for_gently_and_once() {
    let (address, asked) = site();
    let studio = Studio::new(&format!("[external]\nallow = [\"{address}/private/*\"]\n"));
    let page = studio.root().join("content/pages/about.md");
    let text = std::fs::read_to_string(&page).expect("readable");
    let names =
        ["there", "gone#x", "moved", "lent", "headless", "busy", "circle", "broken", "private/x"];
    let links: Vec<String> =
        names.iter().map(|name| format!("[{name}]({address}/{name})\n")).collect();
    std::fs::write(&page, format!("{text}\n{}", links.join("\n"))).expect("written");
    let line_of = |name: &str| {
        let at = names.iter().position(|one| *one == name).expect("a link");
        text.lines().count() + 2 + 2 * at
    };

    studio.done(&["build"]);
    studio.done(&["check"]);
    assert_eq!(requests(&asked), Vec::<String>::new(), "asked without being told to");

    let output = studio.run(&["check", "--external", "--format", "json", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let lines = String::from_utf8(output.stdout).expect("it is text");
    let mut found: Vec<(String, u64, String)> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("it is JSON"))
        .map(|finding| {
            assert_eq!(finding["path"], "content/pages/about.md");
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let line = finding["line"].as_u64().expect("a line");
            (text(&finding["code"]), line, text(&finding["help"][0]))
        })
        .collect();
    found.sort();
    let found: Vec<(&str, u64)> = found
        .iter()
        .map(|(code, line, help)| {
            assert!(code != "moved-link" || help.contains(&format!("`{address}/there`")), "{help}");
            (code.as_str(), *line)
        })
        .collect();
    let line = |name| line_of(name) as u64;
    assert_eq!(
        found,
        [
            ("dead-link", line("gone#x")),
            ("dead-link", line("circle")),
            ("moved-link", line("moved")),
            ("unanswered-link", line("broken")),
        ],
    );
    let first = requests(&asked);
    assert!(first.contains(&"GET /headless".to_owned()), "{first:?}");
    assert!(!first.contains(&"GET /there".to_owned()), "{first:?}");
    assert!(!first.iter().any(|request| request.contains("/private/")), "{first:?}");
    let times = asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // Half a second lies between two requests. Where this machine is busy, some arrive late, and the
    // next one right after them; the whole takes its time all the same.
    let took = times[times.len() - 1].1 - times[0].1;
    let least = 500 * (times.len() as u128 - 1);
    assert!(took.as_millis() + 2000 >= least, "{} requests in {took:?}", times.len());
    let at = times.iter().position(|(one, _)| one == "HEAD /busy").expect("it was asked");
    assert!((times[at + 1].1 - times[at].1).as_millis() >= 1000, "it was not given its time");

    studio.refused(1, &["check", "--external"]);
    assert_eq!(requests(&asked), first, "asked again for what was just answered");
}

#[test]
fn a_host_that_is_not_there_is_told_of_and_fails_nothing() {
    let studio = Studio::new("");
    let page = studio.root().join("content/pages/about.md");
    let text = std::fs::read_to_string(&page).expect("readable");
    let link = "[x](http://127.0.0.1:9/) and [y](http://nowhere.invalid/)";
    std::fs::write(&page, format!("{text}\n{link}\n")).expect("written");
    let told = studio.done(&["check", "--external"]);
    assert_eq!(told.matches("warning[unanswered-link]").count(), 2, "{told}");
    assert!(told.contains("content/pages/about.md"), "{told}");
}
