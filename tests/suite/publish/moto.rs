//! To moto, an S3 server of somebody else: what we take for its language has to be what it speaks.

use std::process::Command;

use super::servers::{Server, free_port, get, has};
use super::{Studio, said};

#[test]
fn a_site_is_published_to_moto_changed_and_rolled_back() {
    if !has("moto_server") {
        return;
    }
    let port = free_port();
    let mut command = Command::new("moto_server");
    let server = Server::start(command.args(["-H", "127.0.0.1", "-p", &port.to_string()]), port);
    let agent = ureq::Agent::new_with_defaults();
    let made = agent.put(server.url("/site")).send_empty().expect("it makes buckets");
    assert_eq!(made.status().as_u16(), 200);
    // As a studio opens its bucket to readers.
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::site/*"}]}"#;
    let opened = agent.put(server.url("/site?policy")).send(policy).expect("it takes policies");
    assert!(opened.status().is_success());
    let studio = Studio::new(&format!(
        "[publish.live]\ntype = \"s3\"\nbucket = \"site\"\nendpoint = {:?}\n",
        server.url("")
    ));
    let publish = |arguments: &[&str]| {
        let mut command = studio.command(&["publish", "--yes"]);
        command.args(arguments);
        command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "hidden");
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let page = || get(&server.url("/site/muscles/infraspinatus/index.html"), "identity");
    publish(&[]);
    let first = page();
    assert!(!first.body.is_empty());
    assert_eq!(first.header("content-type"), "text/html; charset=utf-8");
    assert!(publish(&[]).contains("nothing to do"));
    studio.edit();
    publish(&[]);
    let body = String::from_utf8_lossy(&page().body).into_owned();
    assert!(body.contains("One more sentence."), "{body}");
    publish(&["--rollback"]);
    assert!(page().body == first.body, "the build before is not back");
}
