//! Carries staged files to a server: by `rsync`, which puts all of a batch in place at its end, or by
//! `sftp`, which renames one after the other.

use std::process::Command;

use super::Ssh;
use super::sftp::Batch;
use crate::edge::publish::program::run;
use crate::edge::publish::retry::insist;
use crate::edge::publish::target::Upload;
use crate::edge::publish::trouble::{Nature, Trouble};

/// Where files grow on the server until they are whole.
const INCOMING: &str = ".sinew-incoming";

impl Ssh {
    pub(super) fn carry_by_rsync(&self) -> Result<(), Trouble> {
        let mut command = self.rsync();
        // Contents decide, and they were compared already.
        command.args(["--ignore-times", "--delay-updates", "--chmod=D755,F644"]);
        command.arg(format!("{}/", self.stage.display())).arg(self.over_there());
        insist(self.patience, || {
            let ended = run(&mut command, b"")?;
            if ended.is_success() {
                return Ok(());
            }
            let trouble = self.sftp.trouble("rsync", &ended);
            // 12: the stream broke; 30 and 35: no answer in time.
            match ended.status {
                12 | 30 | 35 if trouble.nature == Nature::Lasting => {
                    Err(Trouble { nature: Nature::Passing, ..trouble })
                }
                127 => Err(trouble.hint("where the server has no `rsync`: `with = \"sftp\"`")),
                _ => Err(trouble),
            }
        })
    }

    fn rsync(&self) -> Command {
        let mut command = Command::new("rsync");
        let shell = self.sftp.options().into_iter().map(|word| format!("'{word}'"));
        let shell = shell.collect::<Vec<_>>().join(" ");
        command.args(["--recursive", "--secluded-args", "--timeout=120"]);
        command.arg("-e").arg(format!("ssh {shell}"));
        command
    }

    fn over_there(&self) -> String {
        format!("{}:{}/", self.sftp.host(), self.root)
    }

    pub(super) fn carry_by_sftp(&self, uploads: &[Upload<'_>]) -> Result<(), Trouble> {
        let mut folders: Vec<&str> =
            uploads.iter().flat_map(|upload| upload.path.folders()).collect();
        // Outer folders come before those that they hold.
        folders.sort_unstable();
        folders.dedup();
        let mut batch = Batch::default();
        let incoming = self.at(INCOMING);
        batch.or_not("mkdir", &[&incoming]);
        for folder in folders {
            batch.or_not("mkdir", &[&self.at(folder)]);
        }
        for (number, upload) in uploads.iter().enumerate() {
            let path = upload.path.as_str();
            let here = self.stage.join(path);
            let there = format!("{incoming}/{number}");
            batch.must("put", &[&here.to_string_lossy(), &there]);
            batch.must("rename", &[&there, &self.at(path)]);
        }
        batch.or_not("rmdir", &[&incoming]);
        self.run(&batch).map(drop)
    }
}
