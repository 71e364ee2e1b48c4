//! What other sites answered, and when: whoever answered lately is not asked again.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Something is there.
    There,
    /// It has moved for good, to this address.
    Moved(String),
    /// Nothing is there; what the host said.
    Gone(String),
    /// It is not known; what was in the way.
    Unclear(String),
}

/// How long answers count, in seconds: those that may change soon are asked for again soon.
const LONG: u64 = 7 * 24 * 3600;
const SHORT: u64 = 3600;

impl Answer {
    fn lasts(&self) -> u64 {
        match self {
            Self::There | Self::Moved(_) => LONG,
            Self::Gone(_) | Self::Unclear(_) => SHORT,
        }
    }
}

/// Answers by address, each with the second in which it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(pub BTreeMap<String, (u64, Answer)>);

impl Answers {
    /// The answer for an address that still counts, and how many seconds old it is.
    pub fn fresh(&self, address: &str, now: u64) -> Option<(u64, &Answer)> {
        let (at, answer) = self.0.get(address)?;
        let age = now.checked_sub(*at)?;
        (age < answer.lasts()).then_some((age, answer))
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_answers_count_for_a_week_and_bad_ones_for_an_hour() {
        let mut answers = Answers::default();
        answers.0.insert("a".to_owned(), (1000, Answer::There));
        answers.0.insert("b".to_owned(), (1000, Answer::Gone("404".to_owned())));
        assert_eq!(answers.fresh("a", 1000 + LONG - 1), Some((LONG - 1, &Answer::There)));
        assert_eq!(answers.fresh("a", 1000 + LONG), None);
        assert!(answers.fresh("b", 1000 + SHORT - 1).is_some());
        assert_eq!(answers.fresh("b", 1000 + SHORT), None);
        // A clock that was put back is no reason to believe anything.
        assert_eq!(answers.fresh("a", 999), None);
    }
}
