//! One analysis, kept with all that pages are made from.

use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::print::Finding;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edge::cli::find;
use crate::page::output::{OutputPath, Pages};
use crate::page::{Plan, Site};
use crate::pipeline::{Analysis, Input};

/// One analysis with all that pages are made from.
pub(super) struct Current {
    /// What it was made from.
    pub(super) input: Input,
    /// What is wrong with the files as files.
    pub(super) of_files: Vec<Diagnostic>,
    /// All that is wrong, with its places.
    pub(super) findings: Vec<Finding>,
    has_errors: bool,
    analysis: Analysis,
    plan: Arc<Plan>,
    /// The mistakes in templates that came up since.
    mistakes: Mutex<Vec<Diagnostic>>,
}

impl Current {
    /// An analysis, and what is wrong with the files as files.
    pub(super) fn new(input: Input, of_files: Vec<Diagnostic>, analysis: Analysis) -> Self {
        let all: Vec<_> = of_files.iter().chain(&analysis.diagnostics).cloned().collect();
        let findings = find(&input.sources, &all);
        let plan = analysis.site(&input).plan();
        let (has_errors, mistakes) = (has_errors(&all), Mutex::default());
        Self { input, of_files, findings, has_errors, analysis, plan, mistakes }
    }

    /// The site: made in no time, since its plan is kept.
    pub(super) fn site(&self) -> Site<'_> {
        self.analysis.planned_site(&self.input, Arc::clone(&self.plan))
    }

    /// The address of the style sheet.
    pub(super) fn style(&self) -> String {
        let sheet = self.analysis.theme.assets().first();
        sheet.map_or_else(String::new, |sheet| format!("/{}", sheet.path))
    }

    /// A mistake in a template with its place, and whether it is new.
    pub(super) fn mistake(&self, mistake: Diagnostic) -> (Vec<Finding>, bool) {
        let finding = find(&self.input.sources, std::slice::from_ref(&mistake));
        let mut known = self.mistakes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !known.contains(&mistake);
        if is_new {
            known.push(mistake);
        }
        (finding, is_new)
    }
}

/// The analysis that is shown.
pub(super) struct Shown {
    /// The newest.
    pub(super) current: Arc<Current>,
    /// While it has errors: the newest that had none.
    last_good: Option<Arc<Current>>,
}

impl Shown {
    /// What is shown first.
    pub(super) fn new(current: Current) -> Self {
        Self { current: Arc::new(current), last_good: None }
    }

    /// What is shown after this.
    pub(super) fn then(&self, current: Current) -> Self {
        let good = match self.current.has_errors {
            true => self.last_good.as_ref(),
            false => Some(&self.current),
        };
        let last_good = good.filter(|_| current.has_errors).cloned();
        Self { current: Arc::new(current), last_good }
    }

    /// The file of a path, and the analysis that has it. While there are errors, what is broken may
    /// be missing from the site: it is shown as it was.
    pub(super) fn find(&self, path: &OutputPath) -> Option<(&Arc<Current>, usize)> {
        std::iter::once(&self.current).chain(&self.last_good).find_map(|current| {
            let index = current.site().paths().binary_search(path).ok()?;
            Some((current, index))
        })
    }

    /// The file of a path in the last analysis without errors.
    pub(super) fn find_last_good(&self, path: &OutputPath) -> Option<(&Arc<Current>, usize)> {
        let good = self.last_good.as_ref()?;
        Some((good, good.site().paths().binary_search(path).ok()?))
    }
}
