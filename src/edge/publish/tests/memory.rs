//! A target in memory, where every call can fail and a reader looks after each.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::super::record::RECORD_NAME;
use super::super::target::CLAIM_NAME;
use super::super::{
    Arrived, Files, Found, Nature, Note, Plan, Standing, Standings, Target, Trouble, Upload,
};
use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// Files by their names, and what happens to calls.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) files: Mutex<BTreeMap<String, Vec<u8>>>,
    calls: Mutex<Vec<String>>,
    /// From this call on nothing works any more, as if the process had been killed.
    pub(super) dies_at: Option<usize>,
    /// Only this call fails.
    pub(super) fails_at: Option<usize>,
}

impl Memory {
    fn call(&self, what: String) -> Result<(), Trouble> {
        let mut calls = self.calls.lock().expect("whole");
        let number = calls.len();
        calls.push(what);
        self.read_all();
        let is_dead = self.dies_at.is_some_and(|at| number >= at);
        if is_dead || self.fails_at == Some(number) {
            return Err(Trouble::lasting("the line is dead"));
        }
        Ok(())
    }

    /// A reader who follows everything: each page finds what it loads.
    pub(super) fn read_all(&self) {
        let files = self.files.lock().expect("whole");
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8_lossy(bytes);
            for asset in text.split_whitespace().filter(|word| word.starts_with("assets/")) {
                assert!(files.contains_key(asset), "{path} loads {asset}, which is not there");
            }
        }
    }

    pub(super) fn note(&self, name: &str) -> Option<Note> {
        let bytes = self.files.lock().expect("whole").get(name)?.clone();
        Some(Note { version: Fingerprint::of(&bytes).to_string(), bytes })
    }

    fn exchange(&self, name: &str, bytes: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.call(format!("write {name}"))?;
        if self.note(name).map(|note| note.version).as_deref() != over {
            return Err(Trouble::new(Nature::Conflict, "changed"));
        }
        self.files.lock().expect("whole").insert(name.to_owned(), bytes.to_vec());
        Ok(Fingerprint::of(bytes).to_string())
    }

    pub(super) fn names(&self) -> Vec<String> {
        let files = self.files.lock().expect("whole");
        files.keys().filter(|name| !name.starts_with('.')).cloned().collect()
    }

    pub(super) fn text(&self, name: &str) -> String {
        let files = self.files.lock().expect("whole");
        String::from_utf8_lossy(&files[name]).into_owned()
    }

    pub(super) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().expect("whole"))
    }
}

impl Target for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn look(&self) -> Result<Found, Trouble> {
        self.call("look".to_owned())?;
        Ok(Found { record: self.note(RECORD_NAME), claim: self.note(CLAIM_NAME) })
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        let there = self.files.lock().expect("whole");
        let standing = files.iter().filter_map(|(path, held)| {
            let bytes = there.get(path.as_str())?;
            let is_meant = Fingerprint::of(bytes) == held.hash;
            let standing = if is_meant { Standing::Meant } else { Standing::other(path.as_str()) };
            Some((path.clone(), standing))
        });
        Ok(standing.collect())
    }

    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.exchange(CLAIM_NAME, claim, over)
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        for upload in uploads {
            self.call(format!("put {}", upload.path))?;
            let bytes = upload.bytes()?;
            self.files.lock().expect("whole").insert(upload.path.to_string(), bytes);
            arrived(upload.path);
        }
        Ok(())
    }

    fn commit(&self, _: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.exchange(RECORD_NAME, record, over).map(drop)
    }

    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        for path in paths {
            self.call(format!("remove {path}"))?;
            self.files.lock().expect("whole").remove(path.as_str());
            removed(path);
        }
        Ok(())
    }

    fn release(&self, version: &str) -> Result<(), Trouble> {
        self.call("release".to_owned())?;
        if self.note(CLAIM_NAME).is_some_and(|note| note.version == version) {
            self.files.lock().expect("whole").remove(CLAIM_NAME);
        }
        Ok(())
    }
}

/// A target at which somebody else is at work, or publishes between the look and the claim.
pub(super) struct Busy {
    pub(super) memory: Memory,
    pub(super) looks: Mutex<u32>,
    pub(super) publishes: bool,
}

impl Target for Busy {
    fn name(&self) -> String {
        self.memory.name()
    }
    fn look(&self) -> Result<Found, Trouble> {
        let mut looks = self.looks.lock().expect("whole");
        *looks += 1;
        let mut found = self.memory.look()?;
        let bytes = looks.to_string().into_bytes();
        let note = Some(Note { version: looks.to_string(), bytes });
        if self.publishes {
            found.record = note;
        } else {
            found.claim = note;
        }
        Ok(found)
    }
    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        self.memory.standing(files)
    }
    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.memory.claim(claim, over)
    }
    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        self.memory.put(uploads, arrived)
    }
    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.memory.commit(plan, record, over)
    }
    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        self.memory.remove(paths, removed)
    }
    fn release(&self, version: &str) -> Result<(), Trouble> {
        self.memory.release(version)
    }
}
