//! What publishing would do, as text for whoever decides.

use super::amounts::{counted, size};
use crate::diagnostic::Diagnostic;
use crate::edge::publish::{Files, Held, Packing, Plan};
use crate::page::output::OutputPath;

/// How many files of a sort are named, unless all are wanted.
const NAMED: usize = 12;

/// What the check of the content found that a publisher should think of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Warnings {
    overdue: usize,
    drafts: usize,
}

impl Warnings {
    pub(super) fn of(found: &[Diagnostic]) -> Self {
        let count = |code: &str| found.iter().filter(|one| one.code == code).count();
        Self { overdue: count("stale-review"), drafts: count("linked-draft") }
    }

    fn lines(&self, plan: &Plan) -> Vec<String> {
        let vanished = plan.deleted.keys().filter(|path| path.is_page()).count();
        let mut lines = Vec::new();
        let mut add = |count: usize, one: &str, many: &str| match count {
            0 => {}
            1 => lines.push(format!("warning: 1 {one}")),
            _ => lines.push(format!("warning: {count} {many}")),
        };
        add(
            vanished,
            "address vanishes and leads nowhere: `was:` or `[[redirect]]` keep it",
            "addresses vanish and lead nowhere: `was:` or `[[redirect]]` keep them",
        );
        add(self.overdue, "review is overdue", "reviews are overdue");
        add(self.drafts, "link leads to a draft", "links lead to drafts");
        lines
    }
}

/// The plan as text. With `all`, every file is named.
pub(super) fn plan(plan: &Plan, place: &str, warnings: &Warnings, all: bool) -> String {
    let mut text = format!("to {place}:\n");
    let plan = &without_packed(plan);
    let redirected: Files = plan
        .changed
        .iter()
        .filter(|(path, _)| plan.redirected.contains_key(*path))
        .map(own)
        .collect();
    let changed: Files =
        plan.changed.iter().filter(|(path, _)| !redirected.contains_key(*path)).map(own).collect();
    for (word, mark, files) in [
        ("added", '+', &plan.added),
        ("changed", '~', &changed),
        ("redirected", '>', &redirected),
        ("deleted", '-', &plan.deleted),
    ] {
        if files.is_empty() {
            continue;
        }
        text.push_str(&format!("  {word:<11}{}\n", amount(files)));
        let most = if all { usize::MAX } else { NAMED };
        for path in files.keys().take(most) {
            let to = plan.redirected.get(path).filter(|_| mark == '>');
            let to = to.map_or_else(String::new, |to| format!(" -> {to}"));
            text.push_str(&format!("    {mark} {}{to}\n", path.address()));
        }
        if files.len() > most {
            text.push_str(&format!("    {mark} and {} more (`--verbose`)\n", files.len() - most));
        }
    }
    text.push_str(&format!("  {:<11}{}\n", "unchanged", counted(plan.same, "file")));
    let again = plan.travels.len().saturating_sub(plan.added.len() + plan.changed.len());
    if again > 0 {
        let files = counted(again, "file");
        text.push_str(&format!("  {:<11}{files} that an earlier attempt left in doubt\n", "again"));
    }
    for line in warnings.lines(plan) {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// The plan without packed files: they stand for the others.
fn without_packed(plan: &Plan) -> Plan {
    let shown = |path: &OutputPath| {
        let base = Packing::of(path.as_str()).and_then(|(_, base)| OutputPath::new(base));
        !base.is_some_and(|base| {
            plan.after.files.contains_key(&base) || plan.deleted.contains_key(&base)
        })
    };
    let some = |files: &Files| files.iter().filter(|(path, _)| shown(path)).map(own).collect();
    let mut less = plan.clone();
    less.added = some(&plan.added);
    less.changed = some(&plan.changed);
    less.deleted = some(&plan.deleted);
    less.travels.retain(|path, _| shown(path));
    less.same = plan.after.files.keys().filter(|path| shown(path)).count()
        - less.added.len()
        - less.changed.len();
    less
}

fn own((path, held): (&OutputPath, &Held)) -> (OutputPath, Held) {
    (path.clone(), *held)
}

fn amount(files: &Files) -> String {
    let pages = files.keys().filter(|path| path.is_page()).count();
    let others = files.len() - pages;
    let bytes = files.values().map(|held| held.size).sum();
    let mut parts = Vec::new();
    if pages > 0 {
        parts.push(counted(pages, "page"));
    }
    if others > 0 {
        parts.push(counted(others, "other file"));
    }
    format!("{}, {}", parts.join(" and "), size(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::publish::{Before, Record};
    use crate::source::Fingerprint;

    fn files(list: &[(&str, &str)]) -> Files {
        let file = |(path, text): &(&str, &str)| {
            let held = Held { hash: Fingerprint::of(text.as_bytes()), size: text.len() as u64 };
            (OutputPath::new(path).expect("a path"), held)
        };
        list.iter().map(file).collect()
    }

    #[test]
    fn a_plan_counts_names_and_warns() {
        let record = Record {
            files: files(&[
                ("a/index.html", "1"),
                ("b/index.html", "1"),
                ("c/index.html", "1"),
                ("index.html", "1"),
            ]),
            kept: Files::new(),
        };
        let before = Before { record, ..Before::default() };
        let site = files(&[
            ("a/index.html", "22"),
            ("b/index.html", "to"),
            ("index.html", "1"),
            ("x.png", "333"),
        ]);
        let to = [(OutputPath::new("b/index.html").expect("a path"), "/a/".to_owned())].into();
        let made = Plan::new(&before, &site, &to);
        let warnings = Warnings { overdue: 2, drafts: 1 };
        assert_eq!(
            plan(&made, "the folder `x`", &warnings, false),
            "to the folder `x`:\n\
             \x20 added      1 other file, 3 B\n    + /x.png\n\
             \x20 changed    1 page, 2 B\n    ~ /a/\n\
             \x20 redirected 1 page, 2 B\n    > /b/ -> /a/\n\
             \x20 deleted    1 page, 1 B\n    - /c/\n\
             \x20 unchanged  1 file\n\
             warning: 1 address vanishes and leads nowhere: `was:` or `[[redirect]]` keep it\n\
             warning: 2 reviews are overdue\n\
             warning: 1 link leads to a draft\n",
        );
    }
}
