//! Which rules run, and how much their findings matter: the defaults and the `[check]` settings.

use super::{Find, Rule, rules, structural};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::model::{self, Content, similar};
use crate::source::SourcePath;

/// The levels of all rules in one project.
pub(super) struct Levels<'a> {
    content: &'a Content,
}

impl<'a> Levels<'a> {
    pub(super) fn new(content: &'a Content) -> Self {
        Self { content }
    }

    /// The level of a rule: its own setting, else `default`, else what the rule says.
    pub(super) fn of(&self, rule: &Rule) -> Level {
        // What rules find without the settings could follow from that alone: the mistake in them is
        // reported, and their levels are not known.
        if self.content.has_broken_settings {
            return Level::Allow;
        }
        let check = &self.content.settings.check;
        let set = check.get(rule.code).or_else(|| check.get("default"));
        set.map_or(rule.default, |level| Level::from(*level))
    }

    /// The rules that run, with their levels: not those that look for words of another language.
    pub(super) fn active(&self) -> impl Iterator<Item = (&'static Rule, Level)> {
        let levels = rules::ALL.iter().map(|rule| (rule, self.of(rule)));
        let is_english = self.content.settings.is_english();
        levels.filter(move |(rule, level)| {
            *level != Level::Allow && (is_english || !matches!(rule.find, Find::English(_)))
        })
    }

    /// The keys of `[check]` that are no rules.
    pub(super) fn unknown_rules(&self) -> Vec<Diagnostic> {
        let names = self.content.settings.check.0.iter().map(|(name, _)| name.as_str());
        names.filter_map(unknown_rule).collect()
    }
}

fn unknown_rule(name: &str) -> Option<Diagnostic> {
    if name == "default" || rules::ALL.iter().any(|rule| rule.code == name) {
        return None;
    }
    let path = SourcePath::new("site.toml");
    let place = Place::key(&path, FieldPath::key("check").then(name));
    let diagnostic =
        Diagnostic::error("unknown-rule", place, format!("no rule is called `{name}`"));
    if structural::ALL.iter().chain(model::EXPLANATIONS).any(|one| one.code == name) {
        let help = format!("`{name}` is always reported: mend what it finds, and remove this line");
        return Some(diagnostic.help(help));
    }
    let known = rules::ALL.iter().map(|rule| rule.code).chain(["default"]);
    let help = similar("a rule", name, known);
    Some(diagnostic.help(help.unwrap_or_else(|| "`sinew explain` lists all rules".to_owned())))
}
