//! Publishing to a target in memory: what travels, in which order, and what a kill leaves.

mod claims;
mod folder;
mod memory;
mod strangers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use super::target::CLAIM_NAME;
use super::{
    Build, Ending, Listener, Local, LocalSite, Nature, Order, Pace, Plan, Trouble, publish,
};
use memory::{Busy, Memory};

struct Quiet;

impl Listener for Quiet {
    fn agree(&self, _: &Plan) -> Result<bool, Trouble> {
        Ok(true)
    }
    fn notice(&self, _: String) {}
    fn progress(&self, _: usize, _: u64) {}
}

const PACE: Pace = Pace { beat: Duration::from_secs(60), lease: Duration::ZERO };

type Texts = BTreeMap<&'static str, String>;

/// A site whose style sheet is of some version, as all its pages say, with ten articles.
fn site(version: u32) -> Texts {
    let sheet: &'static str =
        ["assets/1.css", "assets/2.css", "assets/3.css"][version as usize - 1];
    let page = |name: &str| format!("{name} loads {sheet} today");
    let mut texts: Texts = [
        "articles/a/index.html",
        "articles/b/index.html",
        "articles/c/index.html",
        "articles/d/index.html",
        "articles/e/index.html",
        "index.html",
        "articles/index.html",
    ]
    .into_iter()
    .map(|name| (name, page(name)))
    .collect();
    texts.insert(sheet, format!("sheet {version}"));
    texts.insert("media/p.png", "picture".to_owned());
    texts.insert("sitemap.xml", format!("map {version}"));
    texts
}

fn local_site(texts: &Texts) -> LocalSite {
    let mut site = LocalSite::default();
    for (path, text) in texts {
        site.add_unless_there(path, text.clone().into_bytes());
    }
    site
}

fn run(memory: &Memory, home: &Path, texts: &Texts) -> Result<Ending, Trouble> {
    run_build(memory, home, Build::New(local_site(texts), BTreeMap::new()), None)
}

fn run_build(
    memory: &Memory,
    home: &Path,
    build: Build,
    allowed: Option<usize>,
) -> Result<Ending, Trouble> {
    let local = Local::of(home, "live");
    let order = Order {
        target: memory,
        local: &local,
        allowed_losses: allowed,
        takes_over: false,
        pace: PACE,
    };
    publish(&order, build, &Quiet)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What has to be there: the site, and the named assets that may still be asked for.
#[track_caller]
fn expect(memory: &Memory, texts: &Texts, kept: &[&str]) {
    let mut names: BTreeSet<String> = texts.keys().map(|name| (*name).to_owned()).collect();
    names.extend(kept.iter().map(|name| (*name).to_owned()));
    assert_eq!(memory.names(), names.into_iter().collect::<Vec<_>>());
    for (name, text) in texts {
        assert_eq!(memory.text(name), *text, "{name}");
    }
    assert!(memory.note(CLAIM_NAME).is_none(), "the claim is still there");
}

#[test]
fn a_first_publish_brings_assets_files_pages_lists_and_then_the_record() {
    let (memory, home) = (Memory::default(), folder());
    let texts = site(1);
    assert!(matches!(run(&memory, home.path(), &texts), Ok(Ending::Published(_))));
    expect(&memory, &texts, &[]);
    assert_eq!(
        memory.calls(),
        [
            "look",
            "write .sinew-claim",
            "look",
            "put assets/1.css",
            "put media/p.png",
            "put articles/a/index.html",
            "put articles/b/index.html",
            "put articles/c/index.html",
            "put articles/d/index.html",
            "put articles/e/index.html",
            "put articles/index.html",
            "put index.html",
            "put sitemap.xml",
            "write .sinew-published",
            "release",
        ],
    );
}

#[test]
fn nothing_changed_is_one_look_and_one_changed_page_is_one_page() {
    let (memory, home) = (Memory::default(), folder());
    let mut texts = site(1);
    run(&memory, home.path(), &texts).expect("published");
    memory.calls();
    assert!(matches!(run(&memory, home.path(), &texts), Ok(Ending::Nothing(_))));
    assert_eq!(memory.calls(), ["look"]);
    texts.insert("articles/b/index.html", "b loads assets/1.css now".to_owned());
    run(&memory, home.path(), &texts).expect("published");
    assert_eq!(
        memory.calls(),
        [
            "look",
            "write .sinew-claim",
            "look",
            "put articles/b/index.html",
            "write .sinew-published",
            "release",
        ],
    );
}

#[test]
fn named_assets_stay_for_one_more_publish() {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    run(&memory, home.path(), &site(2)).expect("published");
    expect(&memory, &site(2), &["assets/1.css"]);
    run(&memory, home.path(), &site(3)).expect("published");
    expect(&memory, &site(3), &["assets/2.css"]);
}

/// The second site: another style sheet, one page less, one more.
fn second() -> Texts {
    let mut texts = site(2);
    texts.remove("articles/e/index.html");
    texts.insert("articles/f/index.html", "f loads assets/2.css today".to_owned());
    texts
}

fn calls_of_second() -> usize {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    memory.calls();
    run(&memory, home.path(), &second()).expect("published");
    memory.calls().len()
}

/// Publishes the first site, and the second until it dies or fails at a call.
fn broken_off(at: usize, dies: bool, home: &Path) -> Memory {
    let mut memory = Memory::default();
    run(&memory, home, &site(1)).expect("published");
    memory.calls();
    let field = if dies { &mut memory.dies_at } else { &mut memory.fails_at };
    *field = Some(at);
    assert!(run(&memory, home, &second()).is_err(), "call {at} failed unnoticed");
    (memory.dies_at, memory.fails_at) = (None, None);
    memory
}

#[test]
fn a_kill_or_a_failure_at_every_call_leaves_pages_whole_and_the_next_run_converges() {
    for at in 0..calls_of_second() {
        for dies in [true, false] {
            let (home, elsewhere) = (folder(), folder());
            let memory = broken_off(at, dies, home.path());
            memory.read_all();
            run(&memory, home.path(), &second()).expect("it goes on");
            let kept: Vec<_> =
                memory.names().into_iter().filter(|name| name.starts_with("assets/")).collect();
            assert_eq!(kept, ["assets/1.css", "assets/2.css"], "call {at}");
            expect(&memory, &second(), &["assets/1.css"]);

            // Another machine, which knows nothing of it, and publishes what was there before.
            let memory = broken_off(at, dies, home.path());
            run(&memory, elsewhere.path(), &site(1)).expect("it goes on");
            memory.read_all();
            let texts = site(1);
            for (name, text) in &texts {
                assert_eq!(memory.text(name), *text, "{name} after call {at}");
            }
            let pages = memory.names().into_iter().filter(|name| name.ends_with(".html"));
            let expected = texts.keys().filter(|name| name.ends_with(".html"));
            assert_eq!(pages.collect::<Vec<_>>(), expected.copied().collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_has_arrived_does_not_travel_again_unless_somebody_else_was_there() {
    let home = folder();
    let memory = broken_off(8, true, home.path());
    let arrived = memory.calls().iter().filter(|call| call.starts_with("put")).count() - 1;
    assert!(arrived > 2);
    run(&memory, home.path(), &second()).expect("it goes on");
    let again = memory.calls().iter().filter(|call| call.starts_with("put")).count();
    let all = calls_of_second();
    let whole = {
        let (memory, home) = (Memory::default(), folder());
        run(&memory, home.path(), &site(1)).expect("published");
        memory.calls();
        run(&memory, home.path(), &second()).expect("published");
        memory.calls().iter().filter(|call| call.starts_with("put")).count()
    };
    assert_eq!(again + arrived, whole, "of {all} calls");

    // Elsewhere, the claim is taken over, and then given up.
    let mut memory = broken_off(8, true, home.path());
    memory.calls();
    // After a look, ten more for a sign of life, the claim, another look and two files.
    memory.dies_at = Some(15);
    let elsewhere = folder();
    assert!(run(&memory, elsewhere.path(), &site(1)).is_err());
    memory.dies_at = None;
    memory.calls();
    run(&memory, home.path(), &second()).expect("it goes on");
    let again = memory.calls().iter().filter(|call| call.starts_with("put")).count();
    assert_eq!(again, whole);
}

#[test]
fn many_deletions_are_refused_until_they_are_allowed() {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    let mut fewer = site(1);
    fewer.retain(|name, _| !name.contains("articles/"));
    let refused = run(&memory, home.path(), &fewer).expect_err("too many");
    assert_eq!(refused.message, "refused to remove 6 of 10 published files");
    expect(&memory, &site(1), &[]);
    let build = |texts: &Texts| Build::New(local_site(texts), BTreeMap::new());
    assert!(run_build(&memory, home.path(), build(&fewer), Some(5)).is_err());
    run_build(&memory, home.path(), build(&fewer), Some(6)).expect("allowed");
    expect(&memory, &fewer, &[]);
}

#[test]
fn the_build_before_comes_back_whole_and_so_does_the_one_after_it() {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    let none = run_build(&memory, home.path(), Build::Before, None).expect_err("no build before");
    assert!(none.message.contains("not kept"));
    run(&memory, home.path(), &second()).expect("published");
    run_build(&memory, home.path(), Build::Before, None).expect("rolled back");
    expect(&memory, &site(1), &["assets/2.css"]);
    run_build(&memory, home.path(), Build::Before, None).expect("rolled forward");
    expect(&memory, &second(), &["assets/1.css"]);
    // After somebody else published, what is kept here is not what is there.
    run(&memory, folder().path(), &site(3)).expect("published");
    assert!(run_build(&memory, home.path(), Build::Before, None).is_err());
}

#[test]
fn two_publishers_never_mix() {
    for publishes in [false, true] {
        let busy = Busy { memory: Memory::default(), looks: Mutex::new(0), publishes };
        // What they brought so far is no reason to tell our studio that it is in the way.
        if !publishes {
            let theirs = ("index.html".to_owned(), b"theirs".to_vec());
            busy.memory.files.lock().expect("whole").extend([theirs]);
        }
        let before = busy.memory.names();
        let (home, texts) = (folder(), site(1));
        let local = Local::of(home.path(), "live");
        let order = Order {
            target: &busy,
            local: &local,
            allowed_losses: None,
            takes_over: false,
            pace: PACE,
        };
        let build = Build::New(local_site(&texts), BTreeMap::new());
        let trouble = publish(&order, build, &Quiet).expect_err("somebody else is at work");
        assert_eq!(trouble.nature, Nature::Conflict);
        assert_eq!(busy.memory.names(), before);
    }
}
