//! Which rules run, and how much their findings matter: the defaults and the `[check]` settings.

use super::{Find, Rule, rules, structural};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place, Segment};
use crate::model::settings::Settings;
use crate::model::{self, Content, Declared, Shape, similar};
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
        let check = &self.content.settings.check;
        let own = check.get(rule.code);
        // What a rule finds could follow from what could not be read: that is reported. How much it
        // matters is not known where that is what could not be.
        let is_unknown = self.is_unread(&["check", rule.code])
            || own.is_none() && self.is_unread(&["check", "default"]);
        if is_unknown || followed(rule).iter().any(|key| self.is_partly_unread(key)) {
            return Level::Allow;
        }
        own.or_else(|| check.get("default")).map_or(rule.default, |level| Level::from(*level))
    }

    /// Whether a setting, or what it is part of, could not be read.
    fn is_unread(&self, path: &[&str]) -> bool {
        let is_key =
            |(segment, key): (&Segment, &&str)| matches!(segment, Segment::Key(one) if one == key);
        self.content.unread_settings.iter().any(|unread| {
            let segments = unread.segments();
            segments.len() <= path.len() && segments.iter().zip(path).all(is_key)
        })
    }

    /// Whether anything below a key could not be read, or below one that may be a slip for it.
    fn is_partly_unread(&self, key: &str) -> bool {
        self.content.unread_settings.iter().any(|unread| match unread.segments() {
            [Segment::Key(first), ..] => first == key || !is_setting(first),
            _ => true,
        })
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

/// The settings that a rule goes by.
fn followed(rule: &Rule) -> &'static [&'static str] {
    match rule.code {
        "missing-base-url" => &["base_url"],
        "missing-licence" => &["studio"],
        "orphan-page" => &["menu"],
        "raw-html" => &["content"],
        "vanished-address" | "vanished-anchor" => &["redirect"],
        "region-without-shape" | "shape-without-region" => &["theme"],
        _ if matches!(rule.find, Find::English(_)) => &["language"],
        _ => &[],
    }
}

fn is_setting(key: &str) -> bool {
    match Settings::SHAPE {
        Shape::Record(shape) => shape.fields.iter().any(|field| field.name == key),
        _ => false,
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
