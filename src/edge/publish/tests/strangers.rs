//! What sinew did not put there, before a publish, and after one that was killed.

use std::path::Path;

use super::super::record::RECORD_NAME;
use super::super::target::CLAIM_NAME;
use super::super::{Ending, Nature};
use super::{Memory, Texts, broken_off, calls_of_second, expect, folder, run, second, site};

fn put(memory: &Memory, name: &str, text: &str) {
    memory.files.lock().expect("whole").insert(name.to_owned(), text.as_bytes().to_vec());
}

#[track_caller]
fn refused(memory: &Memory, home: &Path, texts: &Texts) -> String {
    let trouble = run(memory, home, texts).expect_err("something is in the way");
    assert_eq!(trouble.nature, Nature::Usage);
    trouble.message
}

#[test]
fn a_stranger_in_the_way_ends_it_before_anything_is_touched_however_often() {
    let (memory, home) = (Memory::default(), folder());
    put(&memory, "index.html", "theirs");
    for _ in 0..3 {
        let message = refused(&memory, home.path(), &site(1));
        assert_eq!(message, "`index.html` is in the way in memory: sinew did not put it there");
        assert_eq!(memory.names(), ["index.html"]);
        assert!(memory.note(CLAIM_NAME).is_none(), "there is a claim");
    }
    assert_eq!(memory.text("index.html"), "theirs");
}

#[test]
fn what_somebody_puts_there_after_a_kill_is_neither_written_over_nor_removed() {
    const NEW: &str = "articles/f/index.html";
    let mut tried = 0;
    for at in 0..calls_of_second() {
        for is_elsewhere in [false, true] {
            let (home, other) = (folder(), folder());
            let memory = broken_off(at, true, home.path());
            if memory.names().iter().any(|name| name == NEW) {
                continue;
            }
            tried += 1;
            put(&memory, NEW, "theirs");
            let next = if is_elsewhere { other.path() } else { home.path() };
            refused(&memory, next, &second());
            refused(&memory, next, &second());
            run(&memory, next, &site(1)).expect("without the page, nothing is in the way");
            assert_eq!(memory.text(NEW), "theirs", "after a kill at {at}");
        }
    }
    assert!(tried > 6);
}

#[test]
fn what_a_kill_left_is_ours_although_the_page_is_another_one_by_now() {
    let (home, elsewhere) = (folder(), folder());
    let last_put = calls_of_second() - 6;
    for next in [home.path(), elsewhere.path()] {
        let memory = broken_off(last_put, true, home.path());
        assert!(memory.names().iter().any(|name| name == "articles/f/index.html"));
        let mut texts = second();
        texts.insert("articles/f/index.html", "f loads assets/2.css tomorrow".to_owned());
        run(&memory, next, &texts).expect("it goes on");
        expect(&memory, &texts, &["assets/1.css"]);
    }
}

#[test]
fn after_a_damaged_record_what_was_published_from_here_is_known() {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    put(&memory, RECORD_NAME, "garbage");
    put(&memory, "articles/f/index.html", "theirs");
    refused(&memory, home.path(), &second());
    let mut fewer = site(1);
    fewer.retain(|name, _| !name.contains("articles/"));
    let trouble = run(&memory, home.path(), &fewer).expect_err("too many go");
    assert_eq!(trouble.message, "refused to remove 6 of 10 published files");
    memory.files.lock().expect("whole").remove("articles/f/index.html");
    run(&memory, home.path(), &second()).expect("published");
    expect(&memory, &second(), &["assets/1.css"]);
}

#[test]
fn after_a_damaged_record_elsewhere_everything_is_a_strangers_but_what_is_the_same() {
    let (memory, elsewhere) = (Memory::default(), folder());
    run(&memory, folder().path(), &site(1)).expect("published");
    put(&memory, RECORD_NAME, "garbage");
    refused(&memory, elsewhere.path(), &second());
    expect(&memory, &site(1), &[]);
    assert!(matches!(run(&memory, elsewhere.path(), &site(1)), Ok(Ending::Published(_))));
    expect(&memory, &site(1), &[]);
}
