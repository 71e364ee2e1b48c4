//! What is at a target before anything travels: what is ours, what of it is in doubt, what is in the way.
//! Ours is what a record says, and what a claim meant to put there and that stands there so: nothing
//! else is written over or removed.

use super::claim::Claim;
use super::plan::{Before, Plan};
use super::record::{Files, Record};
use super::site::Packing;
use super::target::{Found, Note, Standing, Target};
use super::trouble::Trouble;
use super::{Listener, Order};
use crate::page::output::OutputPath;

/// What is at the target, and what of it is in doubt.
pub(super) fn before(
    order: &Order<'_>,
    found: &Found,
    publisher: &str,
    listener: &dyn Listener,
) -> Result<Before, Trouble> {
    let mut before = Before { is_all_ours: order.takes_over, ..Before::default() };
    if let Some(note) = &found.record {
        match Record::parse(&note.bytes) {
            Some(record) => before.record = record,
            None => recall(&mut before, order, listener),
        }
    }
    let Some(note) = &found.claim else { return Ok(before) };
    doubt(&mut before, note, order, publisher)?;
    Ok(before)
}

/// A damaged record says nothing. What this machine published there last is ours, and in doubt.
fn recall(before: &mut Before, order: &Order<'_>, listener: &dyn Listener) {
    let name = order.target.name();
    let mut line = format!("the record of {name} was damaged: everything travels again");
    match order.local.current() {
        Some(current) => {
            before.record = current;
            doubt_all(before);
        }
        None => line.push_str(", and what is no longer part of the site stays there"),
    }
    listener.notice(line);
}

/// Takes in what a claim says that somebody left.
fn doubt(
    before: &mut Before,
    claim: &Note,
    order: &Order<'_>,
    publisher: &str,
) -> Result<(), Trouble> {
    let Some(claim) = Claim::parse(&claim.bytes) else {
        doubt_all(before);
        return Ok(());
    };
    if claim.publisher == publisher {
        before.arrived = order.local.arrived(&claim.run);
    }
    let there = arrived(claim.new, before, order.target)?;
    before.doubtful.extend(claim.paths.into_iter().chain(there));
    Ok(())
}

fn doubt_all(before: &mut Before) {
    let all = before.record.files.keys().chain(before.record.kept.keys());
    before.doubtful.extend(all.cloned());
}

/// Which of the new files of a claim have arrived. In the place of the others somebody may have put
/// something since.
fn arrived(new: Files, before: &Before, target: &dyn Target) -> Result<Vec<OutputPath>, Trouble> {
    let is_known =
        |path: &OutputPath| before.arrived.contains_key(path) || before.record.owns(path);
    let (known, unknown): (Files, Files) = new.into_iter().partition(|(path, _)| is_known(path));
    let mut there: Vec<OutputPath> = known.into_keys().collect();
    if !unknown.is_empty() {
        let standing = target.standing(&unknown)?.into_iter();
        there.extend(standing.filter(is_meant).map(|(path, _)| path));
    }
    Ok(there)
}

/// What packed files should be can be told by few targets: the fingerprint is that of what they
/// were packed from. Nothing was there when they were claimed.
fn is_meant((path, standing): &(OutputPath, Standing)) -> bool {
    match standing {
        Standing::Meant => true,
        Standing::Other(names) => {
            Packing::of(path.as_str()).is_some() && names.as_slice() == [path.as_str()]
        }
    }
}

/// Ends a publish whose new files would meet something of somebody else's, before anything is
/// touched.
pub(super) fn refuse_strangers(
    order: &Order<'_>,
    before: &Before,
    plan: &Plan,
) -> Result<(), Trouble> {
    let new = plan.new_files();
    if new.is_empty() {
        return Ok(());
    }
    let standing = order.target.standing(&new)?;
    let is_ours = |name: &str| before.owned().any(|path| path.as_str() == name);
    let mut names: Vec<&str> = standing.values().flat_map(Standing::others).collect();
    names.retain(|name| !is_ours(name));
    Trouble::in_the_way(&names, &order.target.name()).map_or(Ok(()), Err)
}

/// The claim of a publish.
pub(super) fn claim(before: &Before, plan: &Plan, publisher: String, run: String) -> Claim {
    let new = plan.new_files();
    let touched = plan.touched().filter(|path| !new.contains_key(*path));
    let mut paths: Vec<OutputPath> = touched.chain(&before.doubtful).cloned().collect();
    paths.sort();
    paths.dedup();
    Claim { publisher, run, beat: 0, is_over: false, paths, new }
}
