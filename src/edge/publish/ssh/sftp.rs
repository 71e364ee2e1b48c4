//! Batches of commands for the system's `sftp`, one connection each.

use std::process::Command;

use crate::edge::publish::home::at_home;
use crate::edge::publish::program::{Ended, run};
use crate::edge::publish::trouble::{Nature, Trouble};
use crate::model::publish::PublishTarget;

/// Who is reached, and how.
pub(super) struct Sftp {
    destination: String,
    port: Option<u32>,
    identity: Option<String>,
}

/// Commands in a row.
#[derive(Default)]
pub(super) struct Batch {
    text: String,
}

/// What was said.
pub(super) struct Said {
    pub(super) stdout: Vec<u8>,
    stderr: String,
}

impl Said {
    /// What could not be done, though it was there.
    pub(super) fn refusals(&self) -> impl Iterator<Item = &str> {
        let refused = ["permission denied", "failure", "read-only"];
        self.stderr.lines().filter(move |line| {
            let line = line.to_lowercase();
            !line.contains("rmdir")
                && !line.contains("remove directory")
                && refused.iter().any(|word| line.contains(word))
        })
    }
}

impl Batch {
    /// A command that has to work.
    pub(super) fn must(&mut self, command: &str, paths: &[&str]) {
        self.add("", command, paths);
    }

    /// A command that may fail.
    pub(super) fn or_not(&mut self, command: &str, paths: &[&str]) {
        self.add("-", command, paths);
    }

    fn add(&mut self, mark: &str, command: &str, paths: &[&str]) {
        self.text.push_str(mark);
        self.text.push_str(command);
        for path in paths {
            self.text.push_str(&format!(" {}", quoted(path)));
        }
        self.text.push('\n');
    }
}

/// Lets a batch make a folder, with those that hold it.
pub(super) fn make_folders(batch: &mut Batch, folder: &str) {
    for (at, _) in folder.match_indices('/').filter(|(at, _)| *at > 0) {
        batch.or_not("mkdir", &[&folder[..at]]);
    }
    batch.or_not("mkdir", &[folder]);
}

/// A path as `sftp` reads it: in quotes nothing is a pattern.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Sftp {
    pub(super) fn new(settings: &PublishTarget) -> Result<Self, Trouble> {
        let host = settings.host.as_deref().unwrap_or_default();
        let user = settings.user.as_deref();
        let is_plain = |text: &str| {
            !text.starts_with('-') && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        };
        if host.is_empty() || !is_plain(host) || !user.is_none_or(is_plain) {
            return Err(Trouble::new(
                Nature::Usage,
                format!("`{host}` is not the name of a server"),
            ));
        }
        let destination = user.map_or_else(|| host.to_owned(), |user| format!("{user}@{host}"));
        let identity = settings.identity_file.as_deref().map(at_home);
        let identity = identity.map(|path| path.to_string_lossy().into_owned());
        Ok(Self { destination, port: settings.port, identity })
    }

    /// The server with the account.
    pub(super) fn host(&self) -> &str {
        &self.destination
    }

    /// What `ssh` is told for every connection. It never asks: batches have no answers.
    pub(super) fn options(&self) -> Vec<String> {
        let mut options: Vec<String> =
            ["BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=15", "LogLevel=ERROR"]
                .into_iter()
                .flat_map(|option| ["-o".to_owned(), option.to_owned()])
                .collect();
        if let Some(port) = self.port {
            options.extend(["-o".to_owned(), format!("Port={port}")]);
        }
        if let Some(identity) = &self.identity {
            options.extend(["-i".to_owned(), identity.clone()]);
        }
        options
    }

    pub(super) fn run(&self, batch: &Batch) -> Result<Said, Trouble> {
        let mut command = Command::new("sftp");
        // Without `-q`, which would also hide why there is no connection.
        command.args(self.options()).args(["-b", "-", "--"]).arg(&self.destination);
        let ended = run(&mut command, batch.text.as_bytes())?;
        if !ended.is_success() {
            return Err(self.trouble("sftp", &ended));
        }
        Ok(Said { stdout: ended.stdout, stderr: ended.stderr })
    }

    /// What it means that a program ended without success.
    pub(super) fn trouble(&self, program: &str, ended: &Ended) -> Trouble {
        let said = ended.said();
        let message = format!("{program} and `{}`: {said}", self.destination);
        if ended.says(&["host key verification failed", "host identification has changed"]) {
            return Trouble::new(Nature::Usage, message)
                .hint("connect once by hand, and see whether it is the right server");
        }
        if ended.says(&["permission denied (", "no such identity", "too many authentication"]) {
            return Trouble::new(Nature::Usage, message)
                .hint("`ssh` to that server has to work without a question: see its keys");
        }
        if ended.says(&["could not resolve", "connection refused"]) {
            return Trouble::passing(message)
                .hint("see whether `host` and `port` are right, and whether there is a network");
        }
        let is_lost =
            ended.status == 255 || ended.says(&["connection", "broken pipe", "timed out"]);
        Trouble::new(if is_lost { Nature::Passing } else { Nature::Lasting }, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_stay_one_word() {
        let mut batch = Batch::default();
        batch.must("put", &["a b", "c\"*d"]);
        batch.or_not("rm", &["x\\y"]);
        assert_eq!(batch.text, "put \"a b\" \"c\\\"*d\"\n-rm \"x\\\\y\"\n");
    }

    #[test]
    fn a_folder_is_made_with_those_that_hold_it() {
        let mut batch = Batch::default();
        make_folders(&mut batch, "/srv/www/kb");
        assert_eq!(batch.text, "-mkdir \"/srv\"\n-mkdir \"/srv/www\"\n-mkdir \"/srv/www/kb\"\n");
    }
}
