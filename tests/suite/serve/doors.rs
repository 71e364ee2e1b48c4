//! Closed doors: what is not answered, and who is not let in.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use super::{DEADLINE, PAGE, Served, command, page, project};

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
    assert_eq!(ask("/_sinew/changes?page=/&token=guess", &own), "403");
    assert_eq!(ask("/_sinew/changes", &own), "403");
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
fn only_names_that_were_allowed_lead_here() {
    let served = Served::with(&[], &["--allow-host", "studio.test", "--allow-host", "kb.test"]);
    let get = |host: &str| served.status(&format!("GET / HTTP/1.1\r\nHost: {host}"));
    assert_eq!(get("studio.test:1313"), "200");
    assert_eq!(get("KB.test"), "200");
    assert_eq!(get("evil.test"), "403");
    assert_eq!(get("a.studio.test"), "403");
}

#[test]
fn pages_of_other_servers_can_lead_here_and_use_nothing() {
    let served = Served::new(&[(PAGE, &page("x"))]);
    let ask = |path: &str, site: &str, mode: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}", served.address);
        served.status(&format!("{head}\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}"))
    };
    assert_eq!(ask("/aftercare/", "cross-site", "navigate"), "200");
    assert_eq!(ask("/aftercare/", "cross-site", "no-cors"), "403");
    assert_eq!(ask("/aftercare/", "cross-site", "cors"), "403");
    assert_eq!(ask("/media/band.svg", "same-site", "no-cors"), "403");
    assert_eq!(ask("/_sinew/renew.js", "cross-site", "no-cors"), "403");
    assert_eq!(ask("/media/band.svg", "same-origin", "no-cors"), "200");
}

#[test]
fn whoever_comes_over_another_interface_needs_the_key() {
    let served = Served::with(&[(PAGE, &page("A draft."))], &["--interface", "0.0.0.0"]);
    let said = served.said();
    assert!(said.contains("0.0.0.0 can be reached by others"), "{said}");
    let (_, key) = said.split_once("/?key=").expect("the address has the key");
    let key = key.split_whitespace().next().expect("it ends");
    assert_eq!(key.len(), 16, "it is short enough to be typed: {key}");
    let get = |path: &str, more: &str| {
        served.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}{more}", served.address))
    };
    for path in ["/aftercare/", "/", "/media/band.svg", "/_sinew/changes", "/?key=0", "/no/"] {
        let answer = get(path, "");
        assert!(answer.starts_with("HTTP/1.1 403 "), "{path}: {answer}");
        assert!(!answer.contains("draft") && !answer.contains(key), "{answer}");
    }
    let led = get(&format!("/aftercare/?key={key}"), "");
    assert!(led.starts_with("HTTP/1.1 302 ") && led.contains("location: /aftercare/\r\n"), "{led}");
    let (_, cookie) = led.split_once("set-cookie: ").expect("a cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax\r\n"), "{led}");
    let cookie = cookie.split(';').next().expect("it ends");
    assert!(get("/aftercare/", &format!("\r\nCookie: {cookie}")).contains("A draft."));
    let foreign = format!("\r\nCookie: {cookie}\r\nHost: evil.example");
    assert!(get("/aftercare/", &foreign).starts_with("HTTP/1.1 403 "));
}

#[test]
fn slow_clients_keep_nobody_waiting_and_are_let_go() {
    let served = Served::new(&[(PAGE, &page("x"))]);
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(served.address).expect("it listens");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("sent");
            stream
        })
        .collect();
    let start = Instant::now();
    served.until_shown("/aftercare/", "x");
    assert!(start.elapsed() < Duration::from_secs(5), "it waits for others");
    for mut stream in slow {
        stream.set_read_timeout(Some(DEADLINE)).expect("set");
        let mut rest = Vec::new();
        // An end, or a reset; only waiting for ever would be wrong.
        if let Err(error) = stream.read_to_end(&mut rest) {
            let is_over = error.kind() == std::io::ErrorKind::ConnectionReset;
            assert!(is_over, "it is still waited for: {error}");
        }
    }
}
