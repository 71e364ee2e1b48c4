//! `sinew publish`: builds the site, says what would change for its readers, and brings it to them.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use super::amounts::counted;
use super::arguments::{Global, Publish};
use super::build::{Last, Stopwatch, build_project, when_locked};
use super::plan::{Warnings, plan as plan_text};
use super::progress::Progress;
use super::project::open_to_analyze;
use super::report::report;
use super::root;
use super::terminal::{print, print_aside};
use super::{Outcome, addresses};
use crate::check;
use crate::diagnostic::has_errors;
use crate::edge::disk::Destination;
use crate::edge::machine::MachineError;
use crate::edge::publish::{
    Build, Ending, Listener, Local, LocalSite, Nature, Order, Pace, Plan, Trouble, prepare,
    publish, redirections, target_of,
};
use crate::graph::Circumstances;
use crate::model::Pairs;
use crate::model::publish::PublishTarget;
use crate::model::settings::Settings;

pub(super) fn run(global: &Global, wanted: &Publish) -> Result<Outcome, MachineError> {
    if global.drafts {
        return Err(MachineError::usage("drafts are not published")
            .hint("publish without `--drafts`; `sinew serve --drafts` shows them"));
    }
    let root = root::find(global)?;
    let watch = Stopwatch::started(global);
    let (project, last) = rayon::join(|| open_to_analyze(&root, global, None), || Last::of(&root));
    let mut project = project?;
    let (settings, mistakes) = crate::model::settings(&project.input.sources);
    if has_errors(&mistakes) {
        return report(&project.input.sources, &mistakes, global);
    }
    let (name, target) = choose(&settings, wanted.target.as_deref())?;
    let base_url = target.base_url.as_deref();
    let circumstances = &mut project.input.circumstances;
    *circumstances = Circumstances { base_url: base_url.map(Into::into), ..circumstances.clone() };
    let local = Local::of(&root, name);
    let output = output(&root, &local, target);
    let destination = Destination::new(&output, &root, when_locked(wanted.no_wait));
    let place = target_of(target, &root, &local, &destination)?;
    let mut warnings = Warnings::default();
    let build = if wanted.rollback {
        Build::Before
    } else {
        let base_url = base_url.or(settings.base_url.as_deref()).unwrap_or_default();
        let placeholders = check::placeholders(&settings, base_url);
        let built = build_project(global, &project, last, &destination, &watch, placeholders)?;
        if built.outcome != Outcome::Done {
            say_unpublished(global, has_errors(&built.found));
            return Ok(built.outcome);
        }
        warnings = Warnings::of(&built.found);
        new_build(&output, target, base_url)?
    };
    watch.lap("read the site");
    let order = Order {
        target: &*place,
        local: &local,
        allowed_losses: wanted.allow_deletes,
        takes_over: wanted.take_over,
        pace: Pace::default(),
    };
    let told = Told { global, wanted, name, place: place.name(), warnings };
    let teller = Teller { told: &told, progress: Progress::new(global) };
    let ending = publish(&order, build, &teller);
    teller.progress.end();
    watch.lap("published");
    let ending = ending.map_err(nothing_done)?;
    told.tell(&ending, &watch)?;
    let is_there = !wanted.rollback && !wanted.dry_run && ending != Ending::Declined;
    if is_there && is_the_site(&settings, target) {
        addresses::keep(&root, &project, global)?;
    }
    Ok(Outcome::Done)
}

/// Says that readers see what they saw, after the findings that say why.
fn say_unpublished(global: &Global, has_errors: bool) {
    let why = match has_errors {
        true => "errors have to be mended first",
        false => "warnings count as errors (`--strict`)",
    };
    if !global.quiet {
        print_aside(&format!("nothing was published: {why}\n"));
    }
}

/// The target that is meant: the one that is named, or the only one.
fn choose<'a>(
    settings: &'a Settings,
    wanted: Option<&'a str>,
) -> Result<(&'a str, &'a PublishTarget), MachineError> {
    let Pairs(targets) = &settings.publish;
    let names = || {
        let names: Vec<String> = targets.iter().map(|(name, _)| format!("`{name}`")).collect();
        let are = if names.len() == 1 { "is" } else { "are" };
        format!("there {are} {}", names.join(", "))
    };
    let example = "add `[publish.live]` to `site.toml`, with `type = \"folder\"` and `path = …`";
    match (targets.as_slice(), wanted) {
        ([], _) => Err(MachineError::usage("no place to publish to is set").hint(example)),
        ([(name, target)], None) => Ok((name, target)),
        (_, None) => {
            Err(MachineError::usage("which place to publish to is not said").hint(names()))
        }
        (_, Some(wanted)) => {
            let found = targets.iter().find(|(name, _)| name == wanted);
            let found = found.map(|(name, target)| (name.as_str(), target));
            found.ok_or_else(|| {
                MachineError::usage(format!("no place to publish to is called `{wanted}`"))
                    .hint(names())
            })
        }
    }
}

/// Whether a place is where readers find the site, and not a trial beside it.
fn is_the_site(settings: &Settings, target: &PublishTarget) -> bool {
    let own = target.base_url.as_deref().map(|url| url.trim_end_matches('/'));
    settings.publish.0.len() == 1 || own.is_none_or(|own| own == settings.base_url())
}

/// The folder that is built into: a site for another address is another site.
fn output(root: &Path, local: &Local, target: &PublishTarget) -> PathBuf {
    match &target.base_url {
        None => root.join("public"),
        Some(_) => local.site(),
    }
}

fn new_build(output: &Path, target: &PublishTarget, base_url: &str) -> Result<Build, MachineError> {
    let mut site = LocalSite::built(output)?;
    prepare(&mut site, target);
    let lines = std::fs::read_to_string(output.join("_redirects")).unwrap_or_default();
    Ok(Build::New(site, redirections(&lines, base_url)))
}

/// Trouble with nothing to say of what to do came before anything was touched.
fn nothing_done(trouble: Trouble) -> MachineError {
    match &trouble.hint {
        None => trouble.hint("nothing was published").into(),
        Some(_) => trouble.into(),
    }
}

/// What to say, and to whom.
struct Told<'a> {
    global: &'a Global,
    wanted: &'a Publish,
    name: &'a str,
    place: String,
    warnings: Warnings,
}

impl Told<'_> {
    fn tell(&self, ending: &Ending, watch: &Stopwatch) -> Result<(), MachineError> {
        let (name, place) = (self.name, &self.place);
        let line = match ending {
            Ending::Nothing(plan) => {
                let files = plan.same;
                format!("{place} (`{name}`) has all {files} files already: nothing to do\n")
            }
            Ending::Declined if self.wanted.dry_run => return Ok(()),
            Ending::Declined => "nothing was published\n".to_owned(),
            Ending::Published(plan) => {
                let (sent, gone) = (plan.travels.len(), plan.removals.len());
                let gone = if gone > 0 { format!(", {gone} removed") } else { String::new() };
                let milliseconds = watch.milliseconds();
                let sent = counted(sent, "file");
                format!("published {sent} to {place} (`{name}`) in {milliseconds} ms{gone}\n")
            }
        };
        if !self.global.quiet {
            print_aside(&line);
        }
        Ok(())
    }
}

/// Tells the terminal, and asks it.
struct Teller<'a> {
    told: &'a Told<'a>,
    progress: Progress,
}

impl Listener for Teller<'_> {
    fn agree(&self, plan: &Plan) -> Result<bool, Trouble> {
        let Told { global, wanted, name, place, warnings } = self.told;
        self.progress.expect(plan.travels.len(), plan.bytes());
        let text = plan_text(plan, &format!("{place} (`{name}`)"), warnings, global.verbose);
        // Too many losses end in a refusal before anything is touched: there is nothing to ask.
        let is_refused = plan.losses(wanted.allow_deletes).is_some();
        if wanted.dry_run {
            match global.format.is_for_machines() {
                true => print_aside(&text),
                false => print(&text)?,
            }
            return Ok(is_refused);
        }
        if !wanted.yes || !global.quiet {
            print_aside(&text);
        }
        if wanted.yes || is_refused { Ok(true) } else { ask() }
    }

    fn notice(&self, line: String) {
        print_aside(&format!("{line}\n"));
    }

    fn progress(&self, files: usize, bytes: u64) {
        self.progress.show(files, bytes);
    }
}

fn ask() -> Result<bool, Trouble> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Trouble::new(Nature::Usage, "there is no terminal to ask whether to publish")
            .hint("say so beforehand with `--yes`, or look first with `--dry-run`"));
    }
    print_aside("publish? [y/N] ");
    let mut line = String::new();
    // Whoever says nothing has not agreed.
    let _ = io::stdin().lock().read_line(&mut line);
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}
