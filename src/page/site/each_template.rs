//! Picks files of a site that show every template at work, for whoever only wants its mistakes.

use std::collections::BTreeSet;

use super::{File, Site};
use crate::model::Kind;
use crate::page::compose::Subject;

/// What one template draws.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Drawn {
    Record(Kind),
    Index(&'static str),
    Articles,
    Drawing,
    Card,
}

impl Site<'_> {
    /// The positions of the first file that each template draws. Two lists may share one: both are there.
    pub fn one_of_each_template(&self) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let drawn =
            self.files.iter().enumerate().filter_map(|(at, file)| Some((at, self.drawn(file)?)));
        drawn.filter_map(|(at, drawn)| seen.insert(drawn).then_some(at)).collect()
    }

    fn drawn(&self, file: &File<'_>) -> Option<Drawn> {
        match file {
            File::Page(Subject::Record(record)) => {
                Some(Drawn::Record(self.composer.base.entry(*record).kind))
            }
            File::Page(Subject::Index(path)) => Some(Drawn::Index(path)),
            File::Page(Subject::Articles(_)) => Some(Drawn::Articles),
            File::Drawing(_) => Some(Drawn::Drawing),
            File::Card(_) => Some(Drawn::Card),
            File::Asset(_) | File::Media(_) | File::Sized(..) | File::Text(_) => None,
        }
    }
}
