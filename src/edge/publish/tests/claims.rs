//! What becomes of a claim that somebody else took over, and of a lock that cannot be taken.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use super::super::target::CLAIM_NAME;
use super::super::{
    Arrived, Build, Files, Found, Local, Nature, Order, Pace, Plan, Standings, Target, Trouble,
    Upload, publish,
};
use super::{Memory, Quiet, Texts, folder, local_site, run, second, site};
use crate::edge::disk::{Lock, WhenLocked};
use crate::page::output::OutputPath;

/// A target at which this publisher sleeps once its record is written, until somebody else has its
/// claim and it has noticed.
#[derive(Default)]
struct Overtaken {
    memory: Memory,
    is_refused: Mutex<bool>,
    noticed: Condvar,
}

impl Target for Overtaken {
    fn name(&self) -> String {
        self.memory.name()
    }
    fn look(&self) -> Result<Found, Trouble> {
        self.memory.look()
    }
    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        self.memory.standing(files)
    }
    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        let written = self.memory.claim(claim, over);
        if written.is_err() {
            *self.is_refused.lock().expect("whole") = true;
            self.noticed.notify_all();
        }
        written
    }
    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        self.memory.put(uploads, arrived)
    }
    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.memory.commit(plan, record, over)?;
        self.memory.files.lock().expect("whole").insert(CLAIM_NAME.to_owned(), b"theirs".to_vec());
        let is_refused = self.is_refused.lock().expect("whole");
        drop(self.noticed.wait_while(is_refused, |is_refused| !*is_refused).expect("whole"));
        Ok(())
    }
    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        self.memory.remove(paths, removed)
    }
    fn release(&self, version: &str) -> Result<(), Trouble> {
        self.memory.release(version)
    }
}

fn bring(target: &Overtaken, home: &Path, texts: &Texts) -> Result<(), Trouble> {
    let local = Local::of(home, "live");
    let pace = Pace { beat: Duration::from_millis(1), lease: Duration::ZERO };
    let order = Order { target, local: &local, allowed_losses: None, takes_over: false, pace };
    publish(&order, Build::New(local_site(texts), BTreeMap::new()), &Quiet).map(drop)
}

#[test]
fn whoever_lost_the_claim_removes_nothing_and_does_not_say_that_it_is_done() {
    let mut changed = site(1);
    changed.insert("sitemap.xml", "map of today".to_owned());
    for texts in [second(), changed] {
        let (target, home) = (Overtaken::default(), folder());
        run(&target.memory, home.path(), &site(1)).expect("published");
        let trouble = bring(&target, home.path(), &texts).expect_err("it lost its claim");
        assert_eq!(trouble.nature, Nature::Conflict);
        assert!(target.memory.names().contains(&"articles/e/index.html".to_owned()));
        assert_eq!(target.memory.text(CLAIM_NAME), "theirs");
    }
}

#[test]
fn a_lock_that_cannot_be_taken_is_not_one_that_another_process_holds() {
    let (memory, home) = (Memory::default(), folder());
    run(&memory, home.path(), &site(1)).expect("published");
    let path = Local::of(home.path(), "live").lock();
    let held = Lock::take(path.clone(), WhenLocked::Fail);
    let trouble = run(&memory, home.path(), &second()).expect_err("it is held");
    assert_eq!(trouble.message, "this project is being published there by another process");
    assert_eq!(trouble.nature, Nature::Conflict);
    drop(held);
    std::fs::create_dir(&path).expect("made");
    let trouble = run(&memory, home.path(), &second()).expect_err("it is a folder");
    assert_eq!(trouble.message, format!("cannot lock `{}`: is a directory", path.display()));
    assert_eq!(trouble.nature, Nature::Lasting);
}
