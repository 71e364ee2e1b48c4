//! System calls that are made again when a signal interrupts them, and that say what they were at.

use std::io;
use std::path::Path;

use crate::edge::machine::MachineError;

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
