//! The claim: who is publishing, and which files are in doubt until they are done.
//!
//! It is written before anything else is touched, each time over the version that was seen, so two
//! publishers cannot both have it. It says more than that somebody is at work: whoever comes after
//! one that was killed knows which files that one may have left otherwise.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::record::Files;
use super::target::{Note, Target};
use super::trouble::{Nature, Trouble};
use crate::page::output::OutputPath;

/// How publishers wait for each other.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How often a publisher shows that it lives.
    pub beat: Duration,
    /// How long a claim without a beat is believed.
    pub lease: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { beat: Duration::from_secs(20), lease: Duration::from_secs(75) }
    }
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// The machine and project that publish: a number made once.
    pub(super) publisher: String,
    /// This publish: a number of its own.
    pub(super) run: String,
    /// How often it has shown that it lives.
    pub(super) beat: u64,
    /// Whether it gave up.
    pub(super) is_over: bool,
    /// The files of ours that it touches.
    pub(super) paths: Vec<OutputPath>,
    /// The files that it puts where nothing was: until they have arrived, somebody else may put
    /// something there.
    pub(super) new: Files,
}

impl Claim {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a claim is plain data")
    }

    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// A claim that is held, and kept alive by a thread of its own.
pub(super) struct Holder<'a> {
    target: &'a dyn Target,
    state: Mutex<State>,
    ended: Condvar,
}

struct State {
    claim: Claim,
    version: String,
    is_ended: bool,
    lost: Option<Trouble>,
}

impl<'a> Holder<'a> {
    /// Writes a claim over the one that was seen.
    pub(super) fn take(
        target: &'a dyn Target,
        claim: Claim,
        over: Option<&str>,
    ) -> Result<Self, Trouble> {
        let version = target.claim(&claim.to_bytes(), over)?;
        let state = State { claim, version, is_ended: false, lost: None };
        Ok(Self { target, state: Mutex::new(state), ended: Condvar::new() })
    }

    /// Does something while the claim shows that this publisher lives.
    pub(super) fn while_alive<T>(&self, pace: Pace, act: impl FnOnce() -> T) -> T {
        std::thread::scope(|scope| {
            scope.spawn(|| self.beat(pace));
            let end = End(self);
            let done = act();
            drop(end);
            done
        })
    }

    fn beat(&self, pace: Pace) {
        let mut state = self.state.lock().expect("no holder panics");
        while !state.is_ended && state.lost.is_none() {
            let (waited, time) =
                self.ended.wait_timeout(state, pace.beat).expect("no holder panics");
            state = waited;
            if time.timed_out() && !state.is_ended {
                state.claim.beat += 1;
                self.write(&mut state);
            }
        }
    }

    fn write(&self, state: &mut State) {
        match self.target.claim(&state.claim.to_bytes(), Some(&state.version)) {
            Ok(version) => state.version = version,
            // One missed beat is none that matters; the next write says what is wrong.
            Err(trouble) if trouble.nature == Nature::Passing => {}
            Err(trouble) => state.lost = Some(trouble),
        }
    }

    /// Whether the claim is still ours, as far as is known.
    pub(super) fn check(&self) -> Result<(), Trouble> {
        let state = self.state.lock().expect("no holder panics");
        state.lost.clone().map_or(Ok(()), Err)
    }

    /// Whether a claim that was found is this one.
    pub(super) fn is(&self, found: Option<&Note>) -> bool {
        let run = &self.state.lock().expect("no holder panics").claim.run;
        found.and_then(|note| Claim::parse(&note.bytes)).is_some_and(|claim| claim.run == *run)
    }

    /// Ends with all files as they should be, unless somebody else has the claim by now.
    pub(super) fn release(self) -> Result<(), Trouble> {
        let state = self.state.into_inner().expect("no holder panics");
        state.lost.map_or_else(|| self.target.release(&state.version), Err)
    }

    /// Ends with files in doubt: the claim stays, and says that nobody is at work any more.
    pub(super) fn give_up(self) {
        let mut state = self.state.into_inner().expect("no holder panics");
        state.claim.is_over = true;
        // If this fails as well, the claim looks like that of a publisher that was killed.
        let _ = self.target.claim(&state.claim.to_bytes(), Some(&state.version));
    }
}

/// Ends the beat, however the work ends.
struct End<'a, 'b>(&'a Holder<'b>);

impl Drop for End<'_, '_> {
    fn drop(&mut self) {
        if let Ok(mut state) = self.0.state.lock() {
            state.is_ended = true;
        }
        self.0.ended.notify_all();
    }
}

/// Waits until a claim of another publisher can be written over, or says that it lives.
pub(super) fn outwait(target: &dyn Target, seen: &Note, pace: Pace) -> Result<(), Trouble> {
    let rounds = 10;
    for _ in 0..rounds {
        std::thread::sleep(pace.lease / rounds);
        let now = target.look()?.claim;
        if now.as_ref() != Some(seen) {
            let message = format!("somebody else is publishing to {}", target.name());
            return Err(Trouble::new(Nature::Conflict, message).hint("publish again in a moment"));
        }
    }
    Ok(())
}
