//! Publishing to a folder that stops taking anything at every call, as a drive does that is pulled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use super::super::{
    Arrived, Files, Folder, Found, Order, Plan, Standings, Target, Trouble, Upload, publish,
};
use super::{Build, Local, PACE, Quiet, Texts, folder, local_site, second, site};
use crate::page::output::OutputPath;

/// A folder that is gone after some calls; each file is a call of its own.
struct Pulled {
    folder: Folder,
    left: Mutex<usize>,
    calls: Mutex<usize>,
}

impl Pulled {
    fn after(www: &Path, calls: usize) -> Self {
        let folder = Folder::new(www.to_owned());
        Self { folder, left: Mutex::new(calls), calls: Mutex::new(0) }
    }

    fn call(&self) -> Result<(), Trouble> {
        *self.calls.lock().expect("whole") += 1;
        let mut left = self.left.lock().expect("whole");
        *left = left.checked_sub(1).ok_or_else(|| Trouble::lasting("the drive is gone"))?;
        Ok(())
    }
}

impl Target for Pulled {
    fn name(&self) -> String {
        self.folder.name()
    }
    fn look(&self) -> Result<Found, Trouble> {
        self.folder.look()
    }
    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        self.folder.standing(files)
    }
    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.call()?;
        self.folder.claim(claim, over)
    }
    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        uploads.iter().try_for_each(|upload| {
            self.call()?;
            self.folder.put(std::slice::from_ref(upload), arrived)
        })
    }
    fn commit(&self, plan: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.call()?;
        self.folder.commit(plan, record, over)
    }
    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        paths.iter().try_for_each(|path| {
            self.call()?;
            self.folder.remove(std::slice::from_ref(path), removed)
        })
    }
    fn release(&self, version: &str) -> Result<(), Trouble> {
        self.call()?;
        self.folder.release(version)
    }
}

fn bring(target: &Pulled, home: &Path, texts: &Texts) -> Result<(), Trouble> {
    let local = Local::of(home, "live");
    let order =
        Order { target, local: &local, allowed_losses: None, takes_over: false, pace: PACE };
    publish(&order, Build::New(local_site(texts), BTreeMap::new()), &Quiet).map(drop)
}

/// The files that readers find, each with its text.
fn found(www: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(www).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.filter_map(|entry| {
        let name = entry.path().strip_prefix(www).ok()?.to_str()?.to_owned();
        Some((name, fs::read_to_string(entry.path()).ok()?))
    });
    named.filter(|(name, _)| !name.starts_with('.')).collect()
}

#[test]
fn a_drive_that_is_pulled_at_any_write_leaves_pages_whole_and_the_next_run_converges() {
    const ALWAYS: usize = usize::MAX;
    let (home, www) = (folder(), folder());
    bring(&Pulled::after(www.path(), ALWAYS), home.path(), &site(1)).expect("published");
    let whole = Pulled::after(www.path(), ALWAYS);
    bring(&whole, home.path(), &second()).expect("published");
    let calls = *whole.calls.lock().expect("whole");
    assert!(calls > 10);
    for at in 0..calls {
        let (home, www) = (folder(), folder());
        bring(&Pulled::after(www.path(), ALWAYS), home.path(), &site(1)).expect("published");
        let pulled = bring(&Pulled::after(www.path(), at), home.path(), &second());
        assert!(pulled.is_err(), "write {at} failed unnoticed");
        let files = found(www.path());
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let known = [site(1), second()];
            let is_whole = known.iter().any(|texts| texts.get(path.as_str()) == Some(text));
            assert!(is_whole, "{path} is neither the old nor the new one after {at}");
            for asset in text.split_whitespace().filter(|word| word.starts_with("assets/")) {
                assert!(files.contains_key(asset), "{path} loads {asset} after {at}");
            }
        }
        bring(&Pulled::after(www.path(), ALWAYS), home.path(), &second()).expect("it goes on");
        let names: BTreeSet<String> = found(www.path()).into_keys().collect();
        let texts = second();
        let mut expected: BTreeSet<String> = texts.keys().map(ToString::to_string).collect();
        expected.insert("assets/1.css".to_owned());
        assert_eq!(names, expected, "after {at}");
        assert!(!www.path().join(".sinew-claim").exists(), "the claim is still there after {at}");
    }
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let (home, www) = (folder(), folder());
    let (mut file, mut below) = (site(1), site(1));
    file.insert("media/sheet", "a sheet".to_owned());
    below.insert("media/sheet/a.pdf", "one of two".to_owned());
    below.insert("media/sheet/more/b.pdf", "the other".to_owned());
    for texts in [&file, &below, &file] {
        bring(&Pulled::after(www.path(), usize::MAX), home.path(), texts).expect("published");
        let expected: BTreeMap<String, String> =
            texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
        assert_eq!(found(www.path()), expected);
    }
}
