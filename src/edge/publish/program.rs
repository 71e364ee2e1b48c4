//! Runs a program of the system, and tells what it said when it fails, without its secrets.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::trouble::{Nature, Trouble};

/// What programs add after they have said what is wrong.
const SAYS_NOTHING: [&str; 7] = [
    "could not read from remote repository",
    "please make sure you have the correct access rights",
    "and the repository exists",
    "failed to push some refs",
    "connection closed",
    "connection unexpectedly closed",
    "rsync error: ",
];

/// How a program ended.
pub(super) struct Ended {
    pub(super) status: i32,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: String,
}

impl Ended {
    pub(super) fn is_success(&self) -> bool {
        self.status == 0
    }

    /// The last thing that it said, and that says something.
    pub(super) fn said(&self) -> String {
        let lines = self.stderr.lines().map(str::trim).filter(|line| !line.is_empty());
        let telling = lines.clone().filter(|line| {
            let line = line.to_lowercase();
            !SAYS_NOTHING.iter().any(|words| line.contains(words))
        });
        let wanted = telling.clone().rfind(|line| {
            ["fatal:", "error:", "remote:"].iter().any(|start| line.starts_with(start))
        });
        let last = || telling.clone().next_back().or_else(|| lines.clone().next_back());
        let line = wanted.or_else(last).unwrap_or("it did not say why");
        without_passwords(line.trim_start_matches("fatal: ").trim_start_matches("error: "))
    }

    /// Whether it said any of some words.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        let said = self.stderr.to_lowercase();
        words.iter().any(|word| said.contains(word))
    }
}

/// Runs a program to its end, and gives it some bytes to read.
pub(super) fn run(command: &mut Command, input: &[u8]) -> Result<Ended, Trouble> {
    let name = command.get_program().to_string_lossy().into_owned();
    // What it says is looked through: it has to be in the language of the programs, with names as they
    // are. GNU's programs follow `LANGUAGE` first, even so.
    command
        .env("LC_ALL", "C.UTF-8")
        .env_remove("LANGUAGE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_started(&name, &error))?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that does not listen to the end says why when it ends.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        child.wait_with_output()
    });
    let output = output.map_err(|error| not_started(&name, &error))?;
    Ok(Ended {
        status: output.status.code().unwrap_or(-1),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Says that a program could not be started.
pub(super) fn not_started(name: &str, error: &io::Error) -> Trouble {
    if error.kind() == io::ErrorKind::NotFound {
        return Trouble::new(Nature::Usage, format!("`{name}` is not installed"))
            .hint(format!("install `{name}`: sinew publishes there by it"));
    }
    let reason = crate::edge::machine::reason(error);
    Trouble::lasting(format!("cannot run `{name}`: {reason}"))
}

/// A line without the names and passwords of addresses: `https://me:secret@host` is `https://host`.
fn without_passwords(line: &str) -> String {
    let mut parts = line.split("://");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['/', ' ', '\'']).unwrap_or(part.len());
        let start = part[..end].rfind('@').map_or(0, |at| at + 1);
        clean.push_str("://");
        clean.push_str(&part[start..]);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_of_an_address_is_shown() {
        let line =
            "unable to access 'https://me:hunter2@x.org/a@b.git/': nothing at ssh://git@y.org";
        assert_eq!(
            without_passwords(line),
            "unable to access 'https://x.org/a@b.git/': nothing at ssh://y.org",
        );
    }

    #[test]
    fn the_line_that_says_what_is_wrong_is_told_and_not_the_one_after_it() {
        let said = |stderr: &str| {
            Ended { status: 1, stdout: Vec::new(), stderr: stderr.to_owned() }.said()
        };
        let git = "fatal: '../x.git' does not appear to be a git repository\n\
                   fatal: Could not read from remote repository.\n\n\
                   Please make sure you have the correct access rights\n\
                   and the repository exists.\n";
        assert_eq!(said(git), "'../x.git' does not appear to be a git repository");
        let ssh = "Host key verification failed.\r\nConnection closed\n";
        assert_eq!(said(ssh), "Host key verification failed.");
        let hook = "remote: no more\n ! [remote rejected]\nerror: failed to push some refs\n";
        assert_eq!(said(hook), "remote: no more");
        assert_eq!(said("Connection closed\n"), "Connection closed");
        assert_eq!(said(""), "it did not say why");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let missing = run(&mut Command::new("sinew-no-such-program"), b"");
        let trouble = missing.err().expect("it is not there");
        assert_eq!(trouble.message, "`sinew-no-such-program` is not installed");
    }

    #[test]
    fn programs_speak_their_own_language_whatever_the_readers_one_is() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo $LC_ALL $LANGUAGE"]).env("LC_ALL", "de_DE").env("LANGUAGE", "de");
        let ended = run(&mut shell, b"").expect("it runs");
        assert_eq!(String::from_utf8_lossy(&ended.stdout), "C.UTF-8\n");
    }

    #[test]
    fn what_a_program_reads_comes_back_from_one_that_repeats_it() {
        let input = vec![b'x'; 1 << 20];
        let ended = run(&mut Command::new("cat"), &input).expect("it runs");
        assert!(ended.is_success() && ended.stdout == input);
    }
}
