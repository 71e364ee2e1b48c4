//! The whole program on one page: a site is a pure function of its sources.
//!
//! `analyze` reads, resolves and checks; `Analysis::pictures` and `Analysis::site` go on to the pages.
//! What an author got wrong is among the diagnostics. A memo only saves work: an empty one gives the
//! same bytes.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::check::{self, CheckMemo};
use crate::diagnostic::Diagnostic;
use crate::graph::{self, Circumstances, GraphMemo, KnowledgeBase};
use crate::model::{self, Content, SourceChanges, SourceMemo};
use crate::page::{Pictures, Shelf, Site, Tell};
use crate::source::Sources;
use crate::theme::{self, Drawn, Theme, ThemeMemo};

/// All that a site is made from.
pub struct Input {
    /// The files of the project.
    pub sources: Sources,
    /// The day, and what is wanted of this build.
    pub circumstances: Circumstances,
}

/// What earlier builds found out. It only saves work.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memo {
    sources: SourceMemo,
    graph: GraphMemo,
    check: CheckMemo,
    #[serde(skip)]
    theme: ThemeMemo,
}

/// What makes a memo that was written in full what it is now.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Changes<'a> {
    sources: SourceChanges<'a>,
    graph: Cow<'a, GraphMemo>,
    check: Cow<'a, CheckMemo>,
}

impl Memo {
    /// What changed since it was written in full, if that is little beside all of it.
    pub fn changes(&self) -> Option<Changes<'_>> {
        let Self { sources, graph, check, .. } = self;
        let (graph, check) = (Cow::Borrowed(graph), Cow::Borrowed(check));
        Some(Changes { sources: sources.changes()?, graph, check })
    }

    /// Makes one that was written in full what it was when `changes` were written.
    pub fn apply(&mut self, changes: Changes<'_>) {
        self.sources.apply(changes.sources);
        self.graph = changes.graph.into_owned();
        self.check = changes.check.into_owned();
    }
}

/// The knowledge base, the theme that shows it, and everything that is wrong with them.
pub struct Analysis {
    /// The knowledge base.
    pub base: KnowledgeBase,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What the author got wrong, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the sources, resolves them and checks the result.
pub fn analyze(input: &Input, memo: &mut Memo) -> Analysis {
    let Memo { sources, graph, check, theme } = memo;
    // What is wrong with them is said when everything is read.
    let (settings, _) = model::settings(&input.sources);
    let mut load = |drawn| theme::load(&settings, &input.sources, theme, drawn);
    let mut resolve = |read| resolved(input, read, graph, check);
    // The theme needs none of it, and is loaded beside what cannot be done side by side: to read many files
    // gives every thread enough to do.
    let ((base, mut diagnostics), (theme, found_in_theme)) = if sources.is_empty() {
        let files = model::read_files(&input.sources, sources);
        let put_together = || model::put_together(&input.sources, sources, files);
        rayon::join(|| resolve(put_together()), || load(Drawn::Most))
    } else {
        rayon::join(|| resolve(model::read(&input.sources, sources)), || load(Drawn::Some))
    };
    diagnostics.extend(found_in_theme);
    diagnostics.extend(check::body_map(&base, &theme.shapes()));
    let lost = model::lost(&input.sources);
    if !lost.is_empty() {
        // All else may follow from what is missing, here and in the memo.
        *memo = Memo::default();
        diagnostics = lost;
    }
    Analysis { base, theme, diagnostics }
}

/// What the sources say as a knowledge base, with everything that is wrong in them and between their records.
fn resolved(
    input: &Input,
    (mut content, mut diagnostics): (Content, Vec<Diagnostic>),
    graph: &mut GraphMemo,
    check: &mut CheckMemo,
) -> (KnowledgeBase, Vec<Diagnostic>) {
    let circumstances = input.circumstances.clone();
    if circumstances.with_drafts {
        diagnostics.extend_from_slice(content.take_up_unfinished());
    }
    let (base, found) = graph::resolve(content, circumstances, &input.sources, graph);
    diagnostics.extend(found);
    diagnostics.extend(check::check(&base, &input.sources, check));
    (base, diagnostics)
}

impl Analysis {
    /// All pictures in the sizes that pages ask for, and which of them cannot be read. What the
    /// shelf has is not made again.
    pub fn pictures<'a>(
        &self,
        input: &Input,
        shelf: &'a dyn Shelf,
        tell: Tell<'a>,
    ) -> (Pictures<'a>, Vec<Diagnostic>) {
        Pictures::make(&self.base.content, &input.sources, shelf, tell)
    }

    /// The site: which files it has, and how each is made.
    pub fn site<'a>(&'a self, input: &'a Input, pictures: Pictures<'a>) -> Site<'a> {
        Site::new(&self.base, &self.theme, &input.sources, pictures)
    }
}
