//! To a storage that speaks S3: the order in which a reader meets files, what they are told to be,
//! and what a request that fails does.

use super::storage_server::Storage;
use super::{Studio, assets};

pub(super) fn studio(storage: &Storage) -> Studio {
    let address = &storage.address;
    Studio::new(&format!(
        "[publish.live]\ntype = \"s3\"\nbucket = \"site\"\nendpoint = \"{address}\"\nwebsite = true\n"
    ))
}

#[track_caller]
fn publish(studio: &Studio) -> std::process::Output {
    let mut command = studio.command(&["publish", "--yes"]);
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "hidden");
    command.output().expect("it runs")
}

#[track_caller]
fn done(studio: &Studio) {
    let output = publish(studio);
    assert!(output.status.success(), "{}", super::said(&output));
}

/// The names of what was written or removed since the last look, in their order.
fn changes(storage: &Storage) -> Vec<String> {
    let requests = std::mem::take(&mut storage.lock().requests);
    let changes = requests.into_iter().filter(|request| {
        (request.starts_with("PUT") || request.starts_with("DELETE")) && !request.contains("claim")
    });
    changes.map(|request| request.replace("/site/", "")).collect()
}

#[test]
fn assets_come_before_pages_and_the_record_before_what_goes() {
    let storage = Storage::start();
    let studio = studio(&storage);
    done(&studio);
    let changes = changes(&storage);
    let at = |wanted: &str| {
        let places = changes.iter().enumerate().filter(|(_, change)| change.contains(wanted));
        places.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let (loaded, pages, record) = (at("PUT assets/"), at(".html"), at(".sinew-published"));
    assert!(loaded.iter().max() < pages.iter().min(), "{changes:?}");
    assert_eq!(record, [changes.len() - 1], "{changes:?}");
    assert!(at("PUT index.html") > at("PUT muscles/infraspinatus/index.html"), "{changes:?}");
    let state = storage.lock();
    let header = |name: &str, header: &str| state.objects[name].headers[header].clone();
    assert_eq!(header("/site/index.html", "content-type"), "text/html; charset=utf-8");
    assert!(header("/site/index.html", "cache-control").contains("must-revalidate"));
    let asset = state.objects.keys().find(|name| name.starts_with("/site/assets/"));
    assert!(header(asset.expect("there are assets"), "cache-control").contains("immutable"));
    let leads_to = header("/site/old/index.html", "x-amz-website-redirect-location");
    assert_eq!(leads_to, "/kb/muscles/infraspinatus/");
    assert!(!state.objects.contains_key("/site/.sinew-claim"), "the claim is still there");
}

#[test]
fn an_object_in_the_way_ends_it_before_anything_is_written_however_often() {
    let storage = Storage::start();
    let studio = studio(&storage);
    let agent = ureq::Agent::new_with_defaults();
    let address = format!("{}/site/about/index.html", storage.address);
    agent.put(address).send("theirs").expect("it takes objects");
    for _ in 0..2 {
        let output = publish(&studio);
        let said = super::said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("`about/index.html` is in the way"), "{said}");
        let names: Vec<String> = storage.lock().objects.keys().cloned().collect();
        assert_eq!(names, ["/site/about/index.html"]);
    }
}

#[test]
fn nothing_new_is_two_reads_and_one_page_is_one_page() {
    let storage = Storage::start();
    let studio = studio(&storage);
    done(&studio);
    storage.lock().requests.clear();
    done(&studio);
    let requests = std::mem::take(&mut storage.lock().requests);
    assert_eq!(requests, ["GET /site/.sinew-published", "GET /site/.sinew-claim"]);
    studio.edit();
    done(&studio);
    let changes = changes(&storage);
    assert!(changes.contains(&"PUT muscles/infraspinatus/index.html".to_owned()), "{changes:?}");
    assert!(changes.len() < 6, "more than what changed travelled: {changes:?}");
}

#[test]
fn a_request_that_fails_for_a_moment_is_made_again_and_one_that_is_refused_ends_it_whole() {
    for (status, at) in [("503", 0), ("503", 40), ("403", 9)] {
        let storage = Storage::start();
        let studio = studio(&storage);
        storage.lock().fault = Some((at, status));
        let output = publish(&studio);
        assert!(storage.lock().fault.is_none(), "the fault {at} did not come");
        let expected = if status == "403" { Some(2) } else { Some(0) };
        assert_eq!(output.status.code(), expected, "{status} at {at}: {}", super::said(&output));
        let objects = storage.lock().objects.clone();
        for (name, object) in objects.iter().filter(|(name, _)| name.ends_with(".html")) {
            for asset in assets(&String::from_utf8_lossy(&object.bytes)) {
                assert!(objects.contains_key(&format!("/site/{asset}")), "{name}: {asset}");
            }
        }
        done(&studio);
        let state = storage.lock();
        let pages = state.objects.keys().filter(|name| !name.contains("/.sinew-")).count();
        let built = crate::project::files_below(&studio.root().join("public")).len() - 1;
        assert_eq!(pages, built, "{status} at {at}");
    }
}

#[test]
fn a_claim_that_somebody_else_took_over_is_left_to_them() {
    let storage = Storage::start();
    let studio = studio(&storage);
    storage.lock().overtaken_at = Some("PUT /site/.sinew-published");
    publish(&studio);
    let state = storage.lock();
    let claim = state.objects.get("/site/.sinew-claim").map(|object| &*object.bytes);
    assert_eq!(claim, Some(&b"theirs"[..]));
}
