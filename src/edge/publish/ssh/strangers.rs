//! What stands on a server where files are to go: folders are listed, and what could be the very file is
//! fetched.

use std::collections::BTreeMap;
use std::fs;

use super::sftp::Batch;
use super::{BATCH, Ssh, empty};
use crate::edge::publish::record::{Files, Held};
use crate::edge::publish::target::{Standing, Standings, Upload};
use crate::edge::publish::trouble::Trouble;
use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// What a listing says of a name: `-` is a file, `d` a folder, `l` a link.
#[derive(Clone, Copy)]
struct Listed {
    kind: char,
    size: u64,
}

impl Ssh {
    pub(super) fn all_standing(&self, files: &Files) -> Result<Standings, Trouble> {
        let files: Vec<(&OutputPath, &Held)> = files.iter().collect();
        let mut standing = Standings::new();
        for some in files.chunks(BATCH) {
            standing.append(&mut self.standing_of(some)?);
        }
        Ok(standing)
    }

    fn standing_of(&self, files: &[(&OutputPath, &Held)]) -> Result<Standings, Trouble> {
        let there = self.list(files)?;
        let mut standing = Standings::new();
        let mut alike = Vec::new();
        for (path, held) in files {
            let is_file = |name: &&str| there.get(*name).is_some_and(|found| found.kind != 'd');
            let name = match (path.folders().find(is_file), there.get(path.as_str())) {
                (Some(folder), _) => folder,
                (None, Some(found)) => {
                    if found.kind == '-' && found.size == held.size {
                        alike.push((*path, *held));
                    }
                    path.as_str()
                }
                (None, None) => continue,
            };
            standing.insert((*path).clone(), Standing::other(name));
        }
        for path in self.same(&alike)? {
            standing.insert(path.clone(), Standing::Meant);
        }
        Ok(standing)
    }

    /// All that is in the folders where files are to go.
    fn list(&self, files: &[(&OutputPath, &Held)]) -> Result<BTreeMap<String, Listed>, Trouble> {
        let mut folders: Vec<&str> = files.iter().flat_map(|(path, _)| path.folders()).collect();
        folders.sort_unstable();
        folders.dedup();
        let mut batch = Batch::default();
        batch.or_not("ls -lna", &[&self.root]);
        for folder in folders {
            batch.or_not("ls -lna", &[&self.at(folder)]);
        }
        let said = self.run(&batch)?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        Ok(text.lines().filter_map(|line| listed(line, &self.root)).collect())
    }

    /// Those of some files whose bytes are those of the server.
    fn same<'a>(&self, files: &[(&'a OutputPath, &Held)]) -> Result<Vec<&'a OutputPath>, Trouble> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        empty(&self.stage)?;
        let here = |number: usize| self.stage.join(number.to_string());
        let mut batch = Batch::default();
        for (number, (path, _)) in files.iter().enumerate() {
            batch.or_not("get", &[&self.at(path.as_str()), &here(number).to_string_lossy()]);
        }
        self.run(&batch)?;
        let is_same = |number: usize, held: &Held| {
            fs::read(here(number)).is_ok_and(|bytes| Fingerprint::of(&bytes) == held.hash)
        };
        let files = files.iter().enumerate();
        Ok(files.filter(|(at, (_, held))| is_same(*at, held)).map(|(_, (path, _))| *path).collect())
    }

    /// Refuses new files where something came that sinew did not put there.
    pub(super) fn refuse_foreign(&self, uploads: &[Upload<'_>]) -> Result<(), Trouble> {
        let new = uploads.iter().filter(|upload| upload.travel.is_new);
        let new: Files = new.map(|upload| (upload.path.clone(), upload.travel.held)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let standing = self.all_standing(&new)?;
        let names: Vec<&str> = standing.values().flat_map(Standing::others).collect();
        Trouble::in_the_way(&names, &self.place()).map_or(Ok(()), Err)
    }
}

/// A line of `ls -ln`: mode, links, owner, group, size, three words of a date, and the path.
fn listed(line: &str, root: &str) -> Option<(String, Listed)> {
    let (before, name) = line.split_once(&format!(" {root}/"))?;
    let kind = before.chars().next()?;
    let size = before.split_whitespace().nth(4)?.parse().ok()?;
    Some((name.to_owned(), Listed { kind, size }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_says_what_stands_there() {
        let of = |line: &str| {
            listed(line, "/srv/www").map(|(name, found)| (name, found.kind, found.size))
        };
        let line = "-rw-r--r--    ? root     root           12 Nov 30 01:42 /srv/www/a b/x.html";
        assert_eq!(of(line), Some(("a b/x.html".to_owned(), '-', 12)));
        let line = "lrwxrwxrwx    ? root     root            4 Nov 30  2025 /srv/www/a";
        assert_eq!(of(line), Some(("a".to_owned(), 'l', 4)));
        assert_eq!(of("sftp> -ls -lna \"/srv/www/a\""), None);
    }
}
