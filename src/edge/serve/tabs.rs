//! The tabs that show pages and listen, and which of them is to show another one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The tabs that are open and not hidden.
#[derive(Debug, Default)]
pub(super) struct Tabs(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    /// The number of the next one.
    next: u64,
    /// The path that each shows.
    paths: BTreeMap<u64, String>,
    way: Option<Way>,
}

/// A way that one tab has to go.
#[derive(Debug)]
struct Way {
    /// The tab; without one, the first that is shown again.
    tab: Option<u64>,
    /// Where it leads, as a path of the site.
    address: String,
}

impl Tabs {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a tab that shows a path, until it is dropped.
    pub(super) fn enter(self: &Arc<Self>, path: &str) -> Tab {
        let mut open = self.open();
        let number = open.next;
        open.next += 1;
        open.paths.insert(number, path.to_owned());
        Tab { tabs: Arc::clone(self), number, path: path.to_owned() }
    }

    /// The paths that are shown.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        self.open().paths.values().cloned().collect()
    }

    /// Leads the tab that was opened last to an address, unless some tab shows that page already.
    /// Without a tab, the first that comes back from being hidden is led there.
    pub(super) fn lead_to(&self, address: String) {
        let mut open = self.open();
        let page = address.split('#').next().unwrap_or_default();
        let is_shown = open.paths.values().any(|path| path == page);
        let tab = open.paths.last_key_value().map(|(tab, _)| *tab);
        open.way = (!is_shown).then_some(Way { tab, address });
    }
}

/// A tab that shows a path, for as long as it is listening.
#[derive(Debug)]
pub(super) struct Tab {
    tabs: Arc<Tabs>,
    number: u64,
    /// The path that it shows.
    pub(super) path: String,
}

impl Tab {
    /// Where this tab has to go, if anywhere; said once. `returns` says that it was hidden before.
    pub(super) fn way(&self, returns: bool) -> Option<String> {
        let mut open = self.tabs.open();
        let is_meant = open.way.as_ref().is_some_and(|way| match way.tab {
            Some(tab) => tab == self.number,
            None => returns,
        });
        let way = if is_meant { open.way.take() } else { None };
        way.map(|way| way.address).filter(|address| *address != self.path)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let mut open = self.tabs.open();
        open.paths.remove(&self.number);
        if let Some(way) = &mut open.way
            && way.tab == Some(self.number)
        {
            way.tab = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_tab_is_led_to_a_page_that_no_tab_shows_and_only_once() {
        let tabs = Arc::new(Tabs::default());
        let (first, second) = (tabs.enter("/"), tabs.enter("/a/"));
        assert_eq!(tabs.paths().len(), 2);
        tabs.lead_to("/b/#x".to_owned());
        assert_eq!(first.way(true), None);
        assert_eq!(second.way(false).as_deref(), Some("/b/#x"));
        assert_eq!(second.way(false), None);
        tabs.lead_to("/a/#x".to_owned());
        assert_eq!(second.way(false), None);
    }

    #[test]
    fn a_tab_that_was_hidden_is_led_there_when_it_comes_back_and_a_new_one_is_not() {
        let tabs = Arc::new(Tabs::default());
        drop(tabs.enter("/"));
        tabs.lead_to("/b/".to_owned());
        assert_eq!(tabs.enter("/").way(false), None);
        assert_eq!(tabs.enter("/").way(true).as_deref(), Some("/b/"));
        // The tab was hidden before it was told.
        let told = tabs.enter("/");
        tabs.lead_to("/b/".to_owned());
        drop(told);
        assert_eq!(tabs.enter("/").way(true).as_deref(), Some("/b/"));
    }
}
