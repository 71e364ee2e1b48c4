//! `sinew check --external`: the links that lead out of the site, asked for on the network.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::amounts::counted;
use super::arguments::Global;
use super::project::Project;
use super::terminal::print_aside;
use crate::check::{LinkElsewhere, links_elsewhere};
use crate::diagnostic::Diagnostic;
use crate::edge::external::{Answer, Answers, Manners, ask_all, now};
use crate::edge::machine::MachineError;
use crate::graph::KnowledgeBase;

/// The memo of what other sites answered.
const ANSWERS: &str = "external";

/// What is wrong with links to other sites, as far as they answer.
pub(super) fn external(
    base: &KnowledgeBase,
    project: &Project,
    global: &Global,
) -> Result<Vec<Diagnostic>, MachineError> {
    let allowed = &base.settings().external.allow;
    let mut links = links_elsewhere(base);
    links.retain(|link| !allowed.iter().any(|pattern| fits(pattern, &link.address)));
    let known: Answers = project.cache.load(ANSWERS);
    let addresses: BTreeSet<&str> = links.iter().map(|link| &*link.address).collect();
    let start = now();
    let is_fresh = |address: &str| known.fresh(address, start).is_some();
    let asked: Vec<String> =
        addresses.iter().filter(|one| !is_fresh(one)).map(|one| (*one).to_owned()).collect();
    if !global.quiet {
        let (all, asked) = (counted(addresses.len(), "link"), asked.len());
        print_aside(&format!("asking about {asked} of {all} to other sites\n"));
    }
    let mut answers = known;
    answers.0.retain(|address, _| addresses.contains(address.as_str()));
    let answers = Mutex::new(answers);
    let asking = ask_all(&asked, Manners::default(), &|address, answer| {
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.0.insert(address.to_owned(), (now(), answer));
    });
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    project.cache.save(ANSWERS, &answers);
    asking?;
    Ok(links.iter().filter_map(|link| finding(link, &answers, start)).collect())
}

/// Whether an address is one that is taken to work: itself, or the beginning before a star.
fn fits(pattern: &str, address: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => address.starts_with(start),
        None => address == pattern,
    }
}

fn finding(link: &LinkElsewhere, answers: &Answers, start: u64) -> Option<Diagnostic> {
    let LinkElsewhere { address, place } = link;
    let (at, answer) = answers.0.get(address)?;
    let diagnostic = match answer {
        Answer::There => return None,
        Answer::Gone(why) => {
            let message = format!("nothing is at `{address}` any more");
            Diagnostic::error("dead-link", place.clone(), message)
                .note(why.clone())
                .help("link to what took its place, or take the link out")
        }
        Answer::Moved(to) => {
            let message = format!("`{address}` has moved");
            Diagnostic::warn("moved-link", place.clone(), message)
                .help(format!("link to where it is now: `{to}`"))
        }
        Answer::Unclear(why) => {
            let message = format!("it is not known whether `{address}` is still there");
            Diagnostic::warn("unanswered-link", place.clone(), message).note(why.clone()).help(
                "see for yourself; `[external] allow` in `site.toml` names those that never answer",
            )
        }
    };
    let age = start.saturating_sub(*at);
    Some(if age >= 60 { diagnostic.note(format!("asked {} ago", ago(age))) } else { diagnostic })
}

/// A number of seconds for people.
fn ago(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    counted(usize::try_from(number).unwrap_or(usize::MAX), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_an_address_or_its_beginning() {
        assert!(fits("https://a.org/*", "https://a.org/b"));
        assert!(fits("https://a.org/b", "https://a.org/b"));
        assert!(!fits("https://a.org/", "https://a.org/b"));
        assert_eq!([60, 7200, 86_400].map(ago), ["1 minute", "2 hours", "1 day"]);
    }
}
