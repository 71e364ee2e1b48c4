//! Attempts once more what may work in a moment: later each time, and never at the same time as
//! all others that the same trouble has hit.

use std::time::Duration;

use super::trouble::{Nature, Trouble};

/// How patient to be.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often something is attempted.
    pub attempts: u32,
    /// How long to wait after the first failure; twice as long after each further one.
    pub pause: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 6, pause: Duration::from_millis(250), longest: Duration::from_secs(20) }
    }
}

/// Does something until it works, or its trouble is not of the passing sort.
pub(super) fn insist<T>(
    patience: Patience,
    mut attempt: impl FnMut() -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let mut pause = patience.pause;
    for _ in 1..patience.attempts {
        match attempt() {
            Err(trouble) if trouble.nature == Nature::Passing => {
                let wanted = trouble.wait.map_or(Duration::ZERO, Duration::from_secs);
                std::thread::sleep(jittered(pause).max(wanted).min(patience.longest));
                pause = (pause * 2).min(patience.longest);
            }
            settled => return settled,
        }
    }
    attempt()
}

/// Something between a half and the whole of a time, by chance.
fn jittered(time: Duration) -> Duration {
    time / 2 + time.mul_f64(f64::from(random_byte()) / 512.0)
}

fn random_byte() -> u8 {
    let mut byte = [0];
    // Without chance, all wait for the same time: that is no failure.
    let _ = rustix::rand::getrandom(&mut byte, rustix::rand::GetRandomFlags::empty());
    byte[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Patience {
        Patience { attempts: 3, pause: Duration::ZERO, longest: Duration::ZERO }
    }

    #[test]
    fn passing_trouble_is_attempted_again_and_lasting_trouble_is_not() {
        let mut attempts = 0;
        let done = insist(quick(), || {
            attempts += 1;
            if attempts < 3 { Err(Trouble::passing("busy")) } else { Ok(attempts) }
        });
        assert_eq!(done, Ok(3));
        let mut attempts = 0;
        let failed: Result<(), _> = insist(quick(), || {
            attempts += 1;
            Err(Trouble::lasting("forbidden"))
        });
        assert!(failed.is_err());
        assert_eq!(attempts, 1);
    }

    #[test]
    fn trouble_that_does_not_pass_ends_it() {
        let mut attempts = 0;
        let failed: Result<(), _> = insist(quick(), || {
            attempts += 1;
            Err(Trouble::passing("busy"))
        });
        assert_eq!(failed, Err(Trouble::passing("busy")));
        assert_eq!(attempts, 3);
    }
}
