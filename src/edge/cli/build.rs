//! `sinew build`: checks the content, and writes the site if it has no errors.

use std::cell::Cell;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::Outcome;
use super::arguments::{Build, Global};
use super::progress::Progress;
use super::project::{Project, open_to_analyze};
use super::report::report;
use super::root;
use super::terminal::print_aside;
use crate::diagnostic::Diagnostic;
use crate::edge::disk::{Cache, Destination, OutputMemo, WhenLocked, Written, write_site};
use crate::edge::machine::MachineError;
use crate::page::output::{Made, OutputPath, Pages};
use crate::source::{Fingerprint, Fingerprinter};

/// The memo of the last build.
const LAST: &str = "last";

/// The last build: if nothing that it was made from has changed, it is not made again. What it was made
/// from and what it wrote are one memo, so that a kill cannot part them: nothing would tell a site of
/// drafts from the one without.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Last {
    /// The fingerprint of everything that it was made from.
    made_from: Fingerprint,
    /// What it found.
    diagnostics: Vec<Diagnostic>,
    /// What it wrote.
    output: OutputMemo,
}

impl Last {
    /// The last build of the project at `root`.
    pub(super) fn of(root: &Path) -> Self {
        Cache::of(root).load(LAST)
    }
}

pub(super) fn run(global: &Global, build: &Build) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let watch = Stopwatch::started(global);
    let (project, last) = rayon::join(
        || open_to_analyze(&root, global, build.base_url.as_deref()),
        || Last::of(&root),
    );
    let project = project?;
    watch.lap("took a snapshot of the files");
    let output = build.output.clone().unwrap_or_else(|| root.join("public"));
    let destination = Destination::new(&output, &root, when_locked(build.no_wait));
    let built = build_project(global, &project, last, &destination, &watch, Vec::new())?;
    if !built.is_written && !global.quiet {
        print_aside("nothing was written: errors have to be mended first\n");
    }
    Ok(built.outcome)
}

/// What to do while another build writes there: to say so and wait, unless `--no-wait` is given.
pub(super) fn when_locked(no_wait: bool) -> WhenLocked<'static> {
    if no_wait {
        return WhenLocked::Fail;
    }
    WhenLocked::Wait(&|lock| {
        let place = lock.display();
        print_aside(&format!("waiting for another build to finish (it holds `{place}`)\n"));
    })
}

/// What became of a build.
pub(super) struct Built {
    pub(super) outcome: Outcome,
    /// Whether the output is the site as it is now.
    is_written: bool,
    /// What is wrong with it.
    pub(super) found: Vec<Diagnostic>,
}

/// Builds a project, and says what it found and did, and what was found besides.
pub(super) fn build_project(
    global: &Global,
    project: &Project,
    mut last: Last,
    destination: &Destination<'_>,
    watch: &Stopwatch,
    besides: Vec<Diagnostic>,
) -> Result<Built, MachineError> {
    let (written, mut found) = match same_again(project, destination, &mut last)? {
        Some(done) => done,
        None => anew(global, project, destination, watch, last.output)?,
    };
    found.extend(besides);
    let outcome = report(&project.input.sources, &found, global)?;
    let is_written = written.is_some();
    if let Some(written) = written {
        for notice in &written.notices {
            print_aside(&format!("{notice}\n"));
        }
        if !global.quiet {
            print_aside(&summary(&written, watch));
        }
    }
    Ok(Built { outcome, is_written, found })
}

fn summary(written: &Written, watch: &Stopwatch) -> String {
    let files = written.made + written.kept;
    let milliseconds = watch.milliseconds();
    let Written { made, kept, removed, .. } = written;
    let removed = if *removed > 0 { format!(", {removed} removed") } else { String::new() };
    format!("built {files} files in {milliseconds} ms ({made} written, {kept} kept{removed})\n")
}

type Done = (Option<Written>, Vec<Diagnostic>);

/// The build if nothing changed since the last one, inside or in the output; else nothing.
fn same_again(
    project: &Project,
    destination: &Destination<'_>,
    last: &mut Last,
) -> Result<Option<Done>, MachineError> {
    if last.output.paths().is_empty() || last.made_from != made_from(project) {
        return Ok(None);
    }
    let paths = last.output.paths().to_vec();
    let unchanged = Unchanged(paths);
    let (written, ()) = rayon::join(
        || write_site(destination, &unchanged, &mut last.output),
        || project.remember_files(),
    );
    let written = written?;
    // A file of the output that is not as it was left has to be made, which takes everything.
    Ok((!written.is_unknown).then(|| (Some(written), last.diagnostics.clone())))
}

/// A site of which nothing has changed.
struct Unchanged(Vec<OutputPath>);

impl Pages for Unchanged {
    fn paths(&self) -> &[OutputPath] {
        &self.0
    }

    fn make(&self, _: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        Ok(known.map_or(Made::Unknown, |_| Made::Same))
    }
}

/// The fingerprint of all that a site is made from.
pub(super) fn made_from(project: &Project) -> Fingerprint {
    let mut all = Fingerprinter::new();
    for (path, file) in project.input.sources.iter() {
        all.add(path.as_str().as_bytes()).add_value(&file.fingerprint);
    }
    let circumstances = &project.input.circumstances;
    all.add(circumstances.as_of.to_string().as_bytes())
        .add_value(&circumstances.with_drafts)
        .add_value(&circumstances.base_url)
        .add_value(&project.diagnostics);
    all.finish()
}

fn anew(
    global: &Global,
    project: &Project,
    destination: &Destination<'_>,
    watch: &Stopwatch,
    mut output: OutputMemo,
) -> Result<Done, MachineError> {
    let mut memo = project.memo();
    watch.lap("loaded what the last build found out");
    let (analysis, mut diagnostics) = project.analyzed_with(&mut memo);
    watch.lap("read, resolved and checked");
    if crate::diagnostic::has_errors(&diagnostics) {
        project.remember(&memo);
        return Ok((None, diagnostics));
    }
    let progress = Progress::new(global);
    let tell = |what, done, all| progress.show_made(what, done, all);
    let (pictures, found) = analysis.pictures(&project.input, &project.shelf, &tell);
    progress.end();
    diagnostics.extend(found);
    if crate::diagnostic::has_errors(&diagnostics) {
        project.remember(&memo);
        return Ok((None, diagnostics));
    }
    watch.lap("made pictures in their sizes");
    let site = analysis.site(&project.input, pictures);
    watch.lap("planned the site");
    // What was found out is kept whatever becomes of the output, and meanwhile.
    let (written, made_from) = rayon::join(
        || write_site(destination, &site, &mut output),
        || {
            project.remember(&memo);
            made_from(project)
        },
    );
    progress.end();
    let written = written?;
    watch.lap("made and wrote the pages");
    if !written.diagnostics.is_empty() {
        diagnostics.extend(written.diagnostics);
        return Ok((None, diagnostics));
    }
    let last = Last { made_from, diagnostics: diagnostics.clone(), output };
    project.cache.save(LAST, &last);
    watch.lap("kept what was found out");
    // The process ends here; to free half a gigabyte piece by piece takes longer than a page.
    std::mem::forget((memo, last));
    std::mem::forget(site);
    std::mem::forget(analysis);
    Ok((Some(written), diagnostics))
}

/// Says how long each stage took, where that is wanted.
pub(super) struct Stopwatch {
    start: Instant,
    last: Cell<Instant>,
    is_heard: bool,
}

impl Stopwatch {
    pub(super) fn started(global: &Global) -> Self {
        let now = Instant::now();
        Self { start: now, last: Cell::new(now), is_heard: global.verbose }
    }

    /// How long it is since the start.
    pub(super) fn milliseconds(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    pub(super) fn lap(&self, done: &str) {
        let now = Instant::now();
        let milliseconds = now.duration_since(self.last.replace(now)).as_millis();
        if self.is_heard {
            print_aside(&format!("{done} in {milliseconds} ms\n"));
        }
    }
}
