//! Asks other sites whether what is linked there is still there: all hosts side by side, each one
//! slowly. Knows nothing of records, and prints nothing.

mod answers;
mod ask;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

pub use answers::{Answer, Answers, now};

use super::publish::{Trouble, for_each, link_agent};

/// How many hosts are asked at once.
const HOSTS: usize = 16;

/// How gently each host is asked.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// The time from one request to the next.
    pub pace: Duration,
    /// The longest that a host may ask to wait before it is asked again.
    pub longest: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self { pace: Duration::from_millis(500), longest: Duration::from_secs(60) }
    }
}

/// Asks for each of the addresses, and notes what is answered.
///
/// # Errors
/// If this machine cannot make secret connections.
pub fn ask_all(
    addresses: &[String],
    manners: Manners,
    note: &(dyn Fn(&str, Answer) + Sync),
) -> Result<(), Trouble> {
    let agent = link_agent(concat!("sinew/", env!("CARGO_PKG_VERSION"), " (checks links)"))?;
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        hosts.entry(ask::host_of(address)).or_default().push(address);
    }
    let hosts: Vec<Vec<&str>> = hosts.into_values().collect();
    for_each(HOSTS, &hosts, |addresses| {
        let mut turn = Turn { manners, last: None };
        for address in addresses {
            note(address, ask::ask(&agent, address, &mut turn));
        }
        Ok(())
    })
}

/// Whose turn it is at a host: one request after the other.
struct Turn {
    manners: Manners,
    last: Option<Instant>,
}

impl Turn {
    /// Waits until the host may be asked again.
    fn wait(&mut self) {
        if let Some(last) = self.last {
            std::thread::sleep(self.manners.pace.saturating_sub(last.elapsed()));
        }
        self.last = Some(Instant::now());
    }
}
