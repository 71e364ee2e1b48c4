//! Brings a built site to where its readers find it, so that none of them meets half of it.
//! Knows nothing of how a site is made, and prints nothing: it tells a [`Listener`].
//!
//! The order is the same for every target: a look for strangers, claim, deletions of what stands in the way
//! of a folder or a file, assets, other files, new pages, new lists, changed pages, lists, record, other
//! deletions, the end of the claim. A failure or a
//! kill in between leaves a site that works, and a claim that says what is in doubt; the next run
//! finishes the work.

mod before;
mod claim;
mod folder;
mod git;
mod handover;
mod home;
mod http;
mod local;
mod open;
mod parallel;
mod plan;
mod program;
mod record;
mod redirections;
mod retry;
mod s3;
mod site;
mod ssh;
mod target;
#[cfg(test)]
mod tests;
mod trouble;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

pub use claim::Pace;
pub use folder::Folder;
pub use git::Git;
pub use handover::Handover;
pub(super) use http::{link_agent, trouble as link_trouble};
pub use local::Local;
pub use open::{prepare, target_of};
pub(super) use parallel::for_each;
pub use plan::{Before, Plan, Step};
pub use record::{Files, Held, Record};
pub use redirections::redirections;
pub use retry::Patience;
pub use s3::S3;
pub use site::{LocalSite, Packing};
pub use ssh::Ssh;
pub use target::{Arrived, Found, Note, Standing, Standings, Target, Upload};
pub use trouble::{Nature, Trouble};

use before::{before, claim, refuse_strangers};
use claim::{Claim, Holder, outwait};
use local::Journal;

use crate::edge::disk::{Lock, WhenLocked};
use crate::edge::machine::{MachineError, MachineErrorKind};
use crate::page::output::OutputPath;

/// What is to be published, where, and how carefully.
pub struct Order<'a> {
    /// The place.
    pub target: &'a dyn Target,
    /// What this machine remembers of it.
    pub local: &'a Local,
    /// How many addresses may go.
    pub allowed_losses: Option<usize>,
    /// Whether files that sinew did not publish may be written over.
    pub takes_over: bool,
    /// How publishers wait for each other.
    pub pace: Pace,
}

/// The build that is to be published.
pub enum Build {
    /// A site that was just built, with its pages that lead elsewhere.
    New(LocalSite, BTreeMap<OutputPath, String>),
    /// The build before the one that is published.
    Before,
}

/// Hears of what happens.
pub trait Listener: Sync {
    /// The plan is made; whether to go on.
    ///
    /// # Errors
    /// If nobody can be asked.
    fn agree(&self, plan: &Plan) -> Result<bool, Trouble>;
    /// A line that somebody may want to know of.
    fn notice(&self, line: String);
    /// How far it is: files and bytes that have arrived.
    fn progress(&self, files: usize, bytes: u64);
}

/// How publishing ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The target has it all already.
    Nothing(Plan),
    /// It was not wanted.
    Declined,
    /// It is there.
    Published(Plan),
}

/// Publishes a build.
///
/// # Errors
/// If it did not get there as a whole. What readers find works all the same, and the next attempt
/// finishes the work.
pub fn publish(
    order: &Order<'_>,
    build: Build,
    listener: &dyn Listener,
) -> Result<Ending, Trouble> {
    order.local.make()?;
    let _lock = Lock::take(order.local.lock(), WhenLocked::Fail).map_err(not_locked)?;
    let publisher = order.local.publisher()?;
    let found = order.target.look()?;
    let before = before(order, &found, &publisher, listener)?;
    let (site, redirections) = match build {
        Build::New(site, redirections) => (site, redirections),
        Build::Before => (order.local.before(&before.record)?, BTreeMap::new()),
    };
    let plan = Plan::new(&before, site.files(), &redirections);
    if plan.is_empty() && found.claim.is_none() {
        return Ok(Ending::Nothing(plan));
    }
    // What somebody brings there meanwhile would be strange to us.
    wait_for_others(order, &found, &publisher, listener)?;
    refuse_strangers(order, &before, &plan)?;
    if !plan.is_empty() && !listener.agree(&plan)? {
        return Ok(Ending::Declined);
    }
    if let Some(lost) = plan.losses(order.allowed_losses) {
        return Err(too_many(lost, plan.before));
    }
    let claim = claim(&before, &plan, publisher, local::random());
    let journal = order.local.journal(&claim.run, &before.arrived)?;
    let over = found.claim.as_ref().map(|claim| claim.version.as_str());
    let holder = Holder::take(order.target, claim, over)?;
    let work = Work { order, plan: &plan, site: &site, redirections: &redirections, found: &found };
    match holder.while_alive(order.pace, || work.run(&holder, &journal, listener)) {
        Ok(()) => holder.release().map_err(Trouble::halfway)?,
        Err(trouble) => {
            holder.give_up();
            return Err(trouble.halfway());
        }
    }
    order.local.close_journal();
    order.local.keep(&site, &plan.after, &before.record);
    Ok(Ending::Published(plan))
}

/// Why the lock could not be taken. What holds it is no build.
fn not_locked(error: MachineError) -> Trouble {
    match error.kind {
        MachineErrorKind::Locked => {
            let message = "this project is being published there by another process";
            Trouble::new(Nature::Conflict, message)
        }
        _ => error.into(),
    }
}

/// Whoever has the claim may be at work; not if it is us, as we hold our own lock.
fn wait_for_others(
    order: &Order<'_>,
    found: &Found,
    publisher: &str,
    listener: &dyn Listener,
) -> Result<(), Trouble> {
    let Some(note) = &found.claim else { return Ok(()) };
    match Claim::parse(&note.bytes) {
        Some(claim) if claim.publisher == publisher || claim.is_over => {}
        _ => {
            let seconds = order.pace.lease.as_secs();
            let name = order.target.name();
            listener.notice(format!(
                "somebody else began to publish to {name}: waiting {seconds} s for a sign of life"
            ));
            outwait(order.target, note, order.pace)?;
        }
    }
    listener.notice("the last publish did not get to its end: going on from there".to_owned());
    Ok(())
}

fn too_many(lost: usize, before: usize) -> Trouble {
    let message = format!("refused to remove {lost} of {before} published files");
    Trouble::new(Nature::Usage, message)
        .hint(format!("if that is meant, say so with `--allow-deletes {lost}`"))
}

/// One publish at work.
struct Work<'a> {
    order: &'a Order<'a>,
    plan: &'a Plan,
    site: &'a LocalSite,
    redirections: &'a BTreeMap<OutputPath, String>,
    found: &'a Found,
}

impl Work<'_> {
    fn run(
        &self,
        holder: &Holder<'_>,
        journal: &Journal,
        listener: &dyn Listener,
    ) -> Result<(), Trouble> {
        let target = self.order.target;
        self.look_again(holder)?;
        let (files, bytes) = (AtomicUsize::new(0), AtomicU64::new(0));
        let arrived = |path: &OutputPath| {
            let Some(travel) = self.plan.travels.get(path) else { return };
            journal.note(path, &travel.held);
            let files = files.fetch_add(1, Ordering::Relaxed) + 1;
            let size = travel.held.size;
            listener.progress(files, bytes.fetch_add(size, Ordering::Relaxed) + size);
        };
        let (first, last) = self.plan.removals_by_turn();
        if !first.is_empty() {
            target.remove(&first, &|_| {})?;
        }
        for step in Step::ALL {
            let uploads = self.uploads(step);
            if !uploads.is_empty() {
                target.put(&uploads, &arrived)?;
                holder.check()?;
            }
        }
        let over = self.found.record.as_ref().map(|record| record.version.as_str());
        target.commit(self.plan, &self.plan.after.to_bytes(), over)?;
        if !last.is_empty() {
            // What goes may be what another publisher has just put there.
            holder.check()?;
            target.remove(&last, &|_| {})?;
        }
        Ok(())
    }

    /// Between the look and the claim somebody may have published, and gone again.
    fn look_again(&self, holder: &Holder<'_>) -> Result<(), Trouble> {
        let now = self.order.target.look()?;
        let version = |found: &Found| found.record.as_ref().map(|record| record.version.clone());
        if version(&now) == version(self.found)
            && (now.claim.is_none() || holder.is(now.claim.as_ref()))
        {
            return Ok(());
        }
        let message = format!("somebody else published to {} just now", self.order.target.name());
        Err(Trouble::new(Nature::Conflict, message).hint("publish again"))
    }

    fn uploads(&self, step: Step) -> Vec<Upload<'_>> {
        let travels = self.plan.travels.iter().filter(|(_, travel)| travel.step == step);
        travels
            .map(|(path, travel)| Upload {
                path,
                travel: *travel,
                site: self.site,
                leads_to: self.redirections.get(path).map(String::as_str),
            })
            .collect()
    }
}
