//! To S3 servers of somebody else: moto, and s3s-fs, which checks signatures. What we take for their
//! language has to be what they speak, on lines that do not always hold, too.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, PoisonError};

use super::faulty::{Fault, Line};
use super::servers::{Server, free_port, get, tool};
use super::{Studio, missing_assets, said};
use crate::project::files_below;

const KEY: &str = "AKIAEXAMPLE";
const SECRET: &str = "hidden-hidden-hidden-hidden";

/// moto, with the bucket `site` opened to readers, as a studio does it.
fn moto() -> Option<Server> {
    let port = free_port();
    let mut command = Command::new(tool("moto_server")?);
    let server = Server::start(command.args(["-H", "127.0.0.1", "-p", &port.to_string()]), port);
    let agent = ureq::Agent::new_with_defaults();
    let made = agent.put(server.url("/site")).send_empty().expect("it makes buckets");
    assert_eq!(made.status().as_u16(), 200);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::site/*"}]}"#;
    let opened = agent.put(server.url("/site?policy")).send(policy).expect("it takes policies");
    assert!(opened.status().is_success());
    Some(server)
}

/// s3s-fs over a folder, in which the bucket `site` is a folder as well.
struct Checking {
    server: Server,
    folder: tempfile::TempDir,
}

impl Checking {
    fn start() -> Option<Self> {
        let program = tool("s3s-fs")?;
        let (folder, port) = (tempfile::tempdir().expect("a folder"), free_port());
        std::fs::create_dir(folder.path().join("site")).expect("made");
        let mut command = Command::new(program);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        command.args(["--access-key", KEY, "--secret-key", SECRET]).arg(folder.path());
        Some(Self { server: Server::start(&mut command, port), folder })
    }

    fn bucket(&self) -> PathBuf {
        self.folder.path().join("site")
    }
}

fn studio(endpoint: &str) -> Studio {
    let settings = "[publish.live]\ntype = \"s3\"\nbucket = \"site\"\n";
    Studio::new(&format!("{settings}endpoint = {endpoint:?}\n"))
}

fn command(studio: &Studio, secret: &str, arguments: &[&str]) -> Command {
    let mut command = studio.command(&["publish", "--yes"]);
    command.args(arguments).env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", secret);
    command
}

fn run(studio: &Studio, secret: &str, arguments: &[&str]) -> Output {
    command(studio, secret, arguments).output().expect("it runs")
}

#[track_caller]
fn publish(studio: &Studio, arguments: &[&str]) -> String {
    let output = run(studio, SECRET, arguments);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

/// What the site has, file by file.
fn built(studio: &Studio) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_below(&studio.root().join("public"));
    files.remove(".sinew-manifest");
    files
}

#[test]
fn a_site_is_published_to_moto_changed_and_rolled_back() {
    let Some(server) = moto() else { return };
    let studio = studio(&server.url(""));
    let page = || get(&server.url("/site/muscles/infraspinatus/index.html"), "identity");
    publish(&studio, &[]);
    let first = page();
    assert!(!first.body.is_empty());
    assert_eq!(first.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    assert!(publish(&studio, &[]).contains("nothing to do"));
    studio.edit();
    publish(&studio, &[]);
    let body = String::from_utf8_lossy(&page().body).into_owned();
    assert!(body.contains("One more sentence."), "{body}");
    publish(&studio, &["--rollback"]);
    assert!(page().body == first.body, "the build before is not back");
}

#[test]
fn a_bucket_that_is_not_there_is_told_of() {
    let Some(server) = moto() else { return };
    let studio = studio(&server.url(""));
    let path = studio.root().join("site.toml");
    let settings = std::fs::read_to_string(&path).expect("readable");
    std::fs::write(path, settings.replace("\"site\"", "\"sight\"")).expect("written");
    let output = run(&studio, SECRET, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("there is no bucket `sight` at"), "{}", said(&output));
}

#[test]
fn a_server_that_checks_signatures_takes_ours_and_no_wrong_one() {
    let Some(storage) = Checking::start() else { return };
    let studio = studio(&storage.server.url(""));
    let refused = run(&studio, "another-secret", &[]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("does not accept the credentials"), "{}", said(&refused));
    assert!(files_below(&storage.bucket()).is_empty(), "something was published");
    publish(&studio, &[]);
    studio.expect_site(&storage.bucket(), &[".sinew-published"]);
    let before = files_below(&storage.bucket());
    assert!(publish(&studio, &[]).contains("nothing to do"));
    studio.edit();
    publish(&studio, &[]);
    studio.expect_site(&storage.bucket(), &[".sinew-published"]);
    publish(&studio, &["--rollback"]);
    assert!(files_below(&storage.bucket()) == before, "the build before is not back");
}

#[test]
fn a_storage_that_does_not_speak_tls_is_told_of() {
    let Some(storage) = Checking::start() else { return };
    let studio = studio(&storage.server.url("").replace("http://", "https://"));
    let refused = run(&studio, SECRET, &[]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("does not speak TLS"), "{}", said(&refused));
}

/// Publishes an edit after another over a line where, one after the other, each request has a
/// fault, and then each kills whoever asks. `expect` looks whether all is there.
fn publish_over(line: &Line, studio: &Studio, expect: &dyn Fn(&str)) {
    publish(studio, &[]);
    // The first edit also brings words that the search learns.
    studio.edit();
    publish(studio, &[]);
    line.lock().requests = 0;
    studio.edit();
    publish(studio, &[]);
    let requests = line.lock().requests;
    assert!(requests > 6, "{requests}");
    let faults = [Fault::Lost, Fault::Reset, Fault::Busy];
    for (at, fault) in (0..requests).zip(faults.into_iter().cycle()) {
        studio.edit();
        line.lock().fault = Some((at, fault));
        publish(studio, &["--quiet"]);
        assert!(line.lock().fault.is_none(), "the fault {at} did not come");
        expect(&format!("{fault:?} at {at}"));
        studio.edit();
        let mut child = command(studio, SECRET, &["--quiet"]).spawn().expect("it runs");
        line.lock().fault = Some((at, Fault::Kill(child.id())));
        assert!(!child.wait().expect("it ends").success(), "the kill at {at} did not come");
        publish(studio, &["--quiet"]);
        expect(&format!("a kill at {at}"));
    }
}

#[test]
fn each_request_to_a_server_that_checks_signatures_may_fail_and_a_reader_misses_nothing() {
    let Some(storage) = Checking::start() else { return };
    let (bucket, missed) = (storage.bucket(), Arc::new(Mutex::new(Vec::new())));
    let seen = Arc::clone(&missed);
    let line = Line::to(storage.server.port, move || {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(missing_assets(&files_below(&bucket)));
    });
    let studio = studio(&line.address);
    publish_over(&line, &studio, &|when| {
        let mut there = files_below(&storage.bucket());
        there.remove(".sinew-published");
        assert!(there == built(&studio), "{when}: files differ");
    });
    for fault in [Some(Fault::Lost), None] {
        studio.redesign();
        let mut child = command(&studio, SECRET, &["--quiet"]).spawn().expect("it runs");
        // In the middle of all pages.
        line.lock().fault = Some((30, fault.unwrap_or(Fault::Kill(child.id()))));
        assert_eq!(child.wait().expect("it ends").success(), fault.is_some());
        studio.redesign();
        publish(&studio, &["--quiet"]);
    }
    let missed = missed.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(missed.is_empty(), "a reader met pages without their assets: {missed:?}");
}

#[test]
fn each_request_to_moto_may_fail() {
    let Some(server) = moto() else { return };
    let line = Line::to(server.port, || {});
    let studio = studio(&line.address);
    publish_over(&line, &studio, &|when| {
        for (path, bytes) in built(&studio) {
            let found = get(&server.url(&format!("/site/{path}")), "identity");
            assert!(found.body == bytes, "{when}: {path} is another one");
        }
        assert_eq!(get(&server.url("/site/.sinew-claim"), "identity").status, 404, "{when}");
    });
}
