//! One build at a time for each output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::attempt::{attempt, insist};
use crate::edge::machine::{MachineError, MachineErrorKind};

/// What to do when another build holds the lock.
#[derive(Clone, Copy)]
pub enum WhenLocked<'a> {
    /// Give up at once.
    Fail,
    /// Call this once, with the path of the lock, then wait.
    Wait(&'a (dyn Fn(&Path) + Sync)),
}

/// The lock, held as long as this lives. The system lets go of it when the process dies.
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock whose file is `path`.
    pub(crate) fn take(path: PathBuf, when_locked: WhenLocked<'_>) -> Result<Self, MachineError> {
        let mut has_waited = false;
        loop {
            let file = attempt("lock", &path, || {
                OpenOptions::new().write(true).create(true).truncate(false).open(&path)
            })?;
            match try_lock(&file) {
                Ok(true) => {}
                Ok(false) => {
                    let WhenLocked::Wait(tell) = when_locked else { return Err(locked(&path)) };
                    if !has_waited {
                        tell(&path);
                        has_waited = true;
                    }
                    attempt("lock", &path, || file.lock())?;
                }
                Err(error) => return Err(MachineError::io("lock", &path, &error)),
            }
            // Whoever held it removed the file before letting go: a third build may have made and
            // locked a new one by now, so only the file that still has the name counts.
            if has_name(&file, &path)? {
                return Ok(Self { file, path });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // First the name, then the lock: the other way round two builds could both hold it.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn try_lock(file: &File) -> io::Result<bool> {
    insist(|| match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    })
}

fn has_name(file: &File, path: &Path) -> Result<bool, MachineError> {
    let held = attempt("read", path, || file.metadata())?;
    match insist(|| std::fs::symlink_metadata(path)) {
        Ok(named) => Ok((named.dev(), named.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(MachineError::io("read", path, &error)),
    }
}

fn locked(path: &Path) -> MachineError {
    MachineError {
        kind: MachineErrorKind::Locked,
        message: format!("another build holds the lock `{}`", path.display()),
        hint: Some("without `--no-wait` this build waits for the other one".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn many_threads_never_hold_the_lock_together() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let holders = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::take(path.clone(), WhenLocked::Wait(&|_| {}));
                        let lock = lock.expect("the lock comes in the end");
                        let before = holders.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(before, 0);
                        holders.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(!path.exists());
    }

    #[test]
    fn whoever_waits_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = Mutex::new(Lock::take(path.clone(), WhenLocked::Fail).ok());
        let told = AtomicU32::new(0);
        let tell = |_: &Path| {
            told.fetch_add(1, Ordering::Relaxed);
            first.lock().expect("nobody panicked").take();
        };
        let second = Lock::take(path, WhenLocked::Wait(&tell));
        assert!(second.is_ok());
        assert_eq!(told.into_inner(), 1);
    }
}
