//! A storage where each request fails once, and one that kills its client at each request, while a
//! reader looks at all pages after every single change.

use std::process::Stdio;

use super::storage_server::Storage;
use super::{Studio, storage};

fn start(studio: &Studio) -> std::process::Child {
    let mut command = studio.command(&["publish", "--yes", "--quiet"]);
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "hidden");
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")
}

fn publish(studio: &Studio) -> bool {
    start(studio).wait().expect("it ends").success()
}

/// A published site with a reader, and how many requests another edit takes.
fn published() -> (Storage, Studio, usize) {
    let storage = Storage::start();
    let studio = storage::studio(&storage);
    storage.lock().reader = Some(Vec::new());
    assert!(publish(&studio));
    // The first edit also brings words that the search learns.
    studio.edit();
    assert!(publish(&studio));
    storage.lock().requests.clear();
    studio.edit();
    assert!(publish(&studio));
    let requests = std::mem::take(&mut storage.lock().requests).len();
    assert!(requests > 6, "{requests}");
    (storage, studio, requests)
}

#[track_caller]
fn expect_whole(storage: &Storage, studio: &Studio) {
    let built = crate::project::files_below(&studio.root().join("public"));
    let state = storage.lock();
    for (path, bytes) in built.iter().filter(|(path, _)| *path != ".sinew-manifest") {
        let object = state.objects.get(&format!("/site/{path}"));
        assert!(object.is_some_and(|object| object.bytes == *bytes), "{path} is another one");
    }
    assert!(!state.objects.contains_key("/site/.sinew-claim"), "the claim is still there");
    assert_eq!(state.reader.as_deref(), Some(&[][..]), "a reader met a page without its assets");
}

#[test]
fn every_request_may_fail_once() {
    let (storage, studio, requests) = published();
    for at in 0..requests {
        studio.edit();
        storage.lock().fault = Some((at, "503"));
        assert!(publish(&studio), "a passing failure at request {at} ended it");
        assert!(storage.lock().fault.is_none(), "the fault {at} did not come");
        expect_whole(&storage, &studio);
    }
}

#[test]
fn whoever_is_killed_at_any_request_finishes_the_work_the_next_time() {
    let (storage, studio, requests) = published();
    for at in 0..requests {
        studio.edit();
        let mut child = start(&studio);
        storage.lock().kill = Some((at, child.id()));
        let ended = child.wait().expect("it ends");
        assert!(!ended.success(), "the kill at request {at} did not come");
        assert!(publish(&studio), "not finished after a kill at request {at}");
        expect_whole(&storage, &studio);
    }
}

#[test]
fn a_reader_never_meets_a_page_without_its_assets_while_the_design_changes() {
    let storage = Storage::start();
    let studio = storage::studio(&storage);
    storage.lock().reader = Some(Vec::new());
    for round in 0..4 {
        studio.redesign();
        let mut child = start(&studio);
        if round == 2 {
            // In the middle of all pages.
            storage.lock().kill = Some((30, child.id()));
            assert!(!child.wait().expect("it ends").success());
            child = start(&studio);
        }
        assert!(child.wait().expect("it ends").success(), "round {round}");
        expect_whole(&storage, &studio);
    }
    let sheets = storage.lock().objects.keys().filter(|name| name.ends_with(".css")).count();
    assert!(sheets >= 2, "the style sheet of the build before is gone");
}
