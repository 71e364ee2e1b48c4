//! What the machine or its user got wrong, with the exit status that follows from it.

use std::fmt;
use std::io;
use std::path::Path;

/// A failure that is not the author's: it ends the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineError {
    /// Which exit status follows.
    pub kind: MachineErrorKind,
    /// What is wrong, with the path; lower case, no full stop.
    pub message: String,
    /// The cure, if there is one to name.
    pub help: Option<String>,
}

/// The kinds of failures, by what the user has to do about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineErrorKind {
    /// The command asks for something that sinew refuses to do.
    Usage,
    /// The disk, the network or the system failed.
    Machine,
    /// Another build holds the lock.
    Locked,
}

impl MachineErrorKind {
    /// The exit status of the command.
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::Machine => 3,
            Self::Locked => 4,
        }
    }
}

impl MachineError {
    /// A refusal.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind: MachineErrorKind::Usage, message: message.into(), help: Some(help.into()) }
    }

    /// A failure of the system: `cannot write `/x/y`: no space left on device`.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self {
            kind: MachineErrorKind::Machine,
            message: format!("cannot {doing} `{}`: {}", path.display(), without_capital(error)),
            help: None,
        }
    }
}

impl fmt::Display for MachineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for MachineError {}

/// System messages begin with a capital letter, ours do not.
fn without_capital(error: &io::Error) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => text,
    }
}

/// How often an interrupted call is made again: not forever, so that nothing hangs.
const ATTEMPTS: usize = 100;

/// Makes a system call again when a signal interrupted it; std does so for some calls only.
pub(crate) fn insist<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..ATTEMPTS {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            settled => return settled,
        }
    }
    call()
}

/// Makes a system call; its failure names what it was `doing` to which path.
pub(crate) fn attempt<T>(
    doing: &str,
    path: &Path,
    call: impl FnMut() -> io::Result<T>,
) -> Result<T, MachineError> {
    insist(call).map_err(|error| MachineError::io(doing, path, &error))
}
