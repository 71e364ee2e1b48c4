//! Holds the strings of a theme against those of the built-in one, and reports what does not fit.
//! What does not fit is left out, so that no template fails on it too.

use crate::diagnostic::{Diagnostic, Level, Place};
use crate::model::nearest;
use crate::source::SourcePath;
use crate::syntax::node::{Entry, Node, Value};

/// The rules of plurals that `plural_rule` may name.
const RULES: [&str; 4] = ["one-other", "zero-one-other", "one-few-many", "other"];

/// What `names_within_sentences` may be.
const NAMES: [&str; 2] = ["small", "as-written"];

/// The forms of a plural; a number of its own is one too.
const FORMS: [&str; 4] = ["one", "few", "many", "other"];

/// Leaves of `root`, the strings of the file at `path`, what has the shape of `known`.
pub(super) fn keep_what_fits(
    path: &SourcePath,
    root: &mut Node,
    known: &Node,
    found: &mut Vec<Diagnostic>,
) {
    if let (Value::Map(entries), Value::Map(known)) = (&mut root.value, &known.value) {
        Comparison { path, found }.table(entries, known, "");
    }
}

struct Comparison<'a> {
    path: &'a SourcePath,
    found: &'a mut Vec<Diagnostic>,
}

impl Comparison<'_> {
    fn table(&mut self, entries: &mut Vec<Entry>, known: &[Entry], table: &str) {
        let written: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        entries.retain_mut(|entry| {
            let like = known.iter().find(|known| known.key == entry.key).map(|known| &known.node);
            match (table, entry.key.as_str()) {
                ("", "plural_rule") => {
                    self.choice(&entry.node, &RULES, "the name of a rule of plurals")
                }
                ("", "names_within_sentences") => {
                    self.choice(&entry.node, &NAMES, "how names are written within a sentence")
                }
                ("date", "format") => self.date_format(&entry.node),
                ("date", "months") => self.months(&entry.node),
                ("plurals", _) => {
                    if like.is_none() {
                        self.unknown(entry, known, &written);
                    }
                    self.plural(entry, like)
                }
                ("currencies", _) => self.text(&entry.node, &["amount"]),
                _ => match like {
                    Some(like) => self.value(entry, like),
                    None => {
                        self.unknown(entry, known, &written);
                        true
                    }
                },
            }
        });
    }

    fn value(&mut self, entry: &mut Entry, like: &Node) -> bool {
        match (&mut entry.node.value, &like.value) {
            (Value::Map(entries), Value::Map(known)) => {
                self.table(entries, known, &entry.key);
                true
            }
            (_, Value::Map(_)) => {
                let help = format!("write a table for its texts: `[{}]`", entry.key);
                self.wrong("a table", &entry.node, Some(help))
            }
            (_, Value::Text(like)) => self.text(&entry.node, &placeholders(like)),
            _ => true,
        }
    }

    /// Whether a value is text. What it fills in and nothing gives it, readers would see.
    fn text(&mut self, node: &Node, known: &[&str]) -> bool {
        let Value::Text(text) = &node.value else { return self.wrong("text", node, None) };
        for name in placeholders(text) {
            if !known.contains(&name) {
                self.report(Level::Warn, node, "unknown-choice", &placeholder(name, known));
            }
        }
        true
    }

    /// Whether a value is one of a few words.
    fn choice(&mut self, node: &Node, words: &[&str], expected: &str) -> bool {
        let Value::Text(text) = &node.value else { return self.wrong(expected, node, None) };
        if words.contains(&text.as_str()) {
            return true;
        }
        let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let message = format!("expected one of {}, found `{text}`", listed.join(", "));
        self.report(Level::Error, node, "unknown-choice", &message);
        false
    }

    fn date_format(&mut self, node: &Node) -> bool {
        const PARTS: [&str; 3] = ["day", "month", "year"];
        let Value::Text(text) = &node.value else { return self.wrong("text", node, None) };
        let Some(name) = placeholders(text).into_iter().find(|name| !PARTS.contains(name)) else {
            return true;
        };
        self.report(Level::Error, node, "unknown-choice", &placeholder(name, &PARTS));
        false
    }

    fn months(&mut self, node: &Node) -> bool {
        let Value::List(months) = &node.value else {
            return self.wrong("a list of twelve months", node, None);
        };
        if let Some(month) = months.iter().find(|month| !matches!(month.value, Value::Text(_))) {
            return self.wrong("text", month, None);
        }
        if months.len() != 12 {
            let message = format!("expected twelve months, found {}", months.len());
            self.report(Level::Error, node, "wrong-type", &message);
        }
        months.len() == 12
    }

    fn plural(&mut self, entry: &Entry, like: Option<&Node>) -> bool {
        let Value::Map(forms) = &entry.node.value else {
            let help = "write its forms: `{ one = \"{n} page\", other = \"{n} pages\" }`";
            return self.wrong("the forms of a plural", &entry.node, Some(help.to_owned()));
        };
        let mut known = vec!["n"];
        if let Some(Value::Map(like)) = like.map(|like| &like.value) {
            known.extend(like.iter().flat_map(|form| match &form.node.value {
                Value::Text(text) => placeholders(text),
                _ => Vec::new(),
            }));
        }
        known.sort_unstable();
        known.dedup();
        let (mut fits, mut is_misspelt) = (true, false);
        for form in forms {
            fits &= self.text(&form.node, &known);
            let is_number = form.key.bytes().all(|byte| byte.is_ascii_digit());
            if !is_number && !FORMS.contains(&form.key.as_str()) {
                is_misspelt = true;
                let help = match nearest(&form.key, FORMS) {
                    Some(name) => format!("a similar form exists: `{name}`"),
                    None => "the forms are `one`, `few`, `many`, `other` and single numbers".into(),
                };
                let message = format!("no plural has a form called `{}`", form.key);
                self.push(Level::Warn, form, "unknown-key", message, Some(help));
            }
        }
        // The rule, which another file may name, says which of the two is that of most numbers.
        if forms.iter().any(|form| matches!(form.key.as_str(), "other" | "many")) {
            return fits;
        }
        if !is_misspelt {
            let message = format!("the plural `{}` has no form for most numbers", entry.key);
            let help = "add `other`, or `many` for the rule `one-few-many`".to_owned();
            self.push(Level::Error, entry, "missing-field", message, Some(help));
        }
        false
    }

    /// Warns of a key that is most likely another one; a theme may have strings of its own.
    fn unknown(&mut self, entry: &Entry, known: &[Entry], written: &[String]) {
        let names = known.iter().map(|known| known.key.as_str());
        let near = nearest(&entry.key, names).filter(|near| !written.iter().any(|key| key == near));
        if let Some(near) = near {
            let message = format!("unknown key `{}`", entry.key);
            let help = format!("a similar key exists: `{near}`");
            self.push(Level::Warn, entry, "unknown-key", message, Some(help));
        }
    }

    fn wrong(&mut self, expected: &str, node: &Node, help: Option<String>) -> bool {
        let message = format!("expected {expected}, found {}", node.value.description());
        let place = self.place(node.span);
        self.found.push(Diagnostic::error("wrong-type", place, message).maybe_help(help));
        false
    }

    fn report(&mut self, level: Level, node: &Node, code: &'static str, message: &str) {
        let place = self.place(node.span);
        self.found.push(Diagnostic::new(code, level, place, message));
    }

    fn push(
        &mut self,
        level: Level,
        entry: &Entry,
        code: &'static str,
        message: String,
        help: Option<String>,
    ) {
        let place = self.place(entry.key_span);
        self.found.push(Diagnostic::new(code, level, place, message).maybe_help(help));
    }

    fn place(&self, span: Option<crate::source::Span>) -> Place {
        span.map_or_else(|| Place::file(self.path), |span| Place::bytes(self.path, span))
    }
}

fn placeholder(name: &str, known: &[&str]) -> String {
    let listed: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
    match listed.as_slice() {
        [] => format!("expected a text that fills in nothing, found `{{{name}}}`"),
        [one] => format!("expected {one}, found `{{{name}}}`"),
        _ => format!("expected one of {}, found `{{{name}}}`", listed.join(", ")),
    }
}

/// What a text fills in: `{name}`.
fn placeholders(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{At, Diagnostic, Level};
    use crate::theme::{Layer, Strings, embedded};

    fn load(text: &str) -> (Strings, Vec<Diagnostic>) {
        let own = Layer::of_texts("mine", &[("strings/de.toml", text)]);
        let mut found = Vec::new();
        let strings = Strings::load(&[own, embedded::layer()], "de", &mut found);
        (strings, found)
    }

    /// What is said of the strings of a theme: each finding with the text at its place.
    fn said(text: &str) -> Vec<String> {
        let (_, found) = load(text);
        let lacks_strings = |one: &&Diagnostic| one.code == "missing-strings";
        found
            .iter()
            .filter(|one| !lacks_strings(one))
            .map(|found| {
                assert_eq!(found.place.path.as_str(), "themes/mine/strings/de.toml");
                let At::Bytes(span) = found.place.at else { panic!("{found:?} has no place") };
                let level = if found.level == Level::Error { "error" } else { "warning" };
                let help = found.help.concat();
                format!("{}: {level} {}; {help}", &text[span.range()], found.message)
            })
            .collect()
    }

    #[test]
    fn a_string_of_another_shape_is_reported_where_it_stands() {
        assert_eq!(
            said(
                "search = \"Suche\"\nplural_rule = \"foo\"\n[date]\nformat = \"{tag}. {month}\"\nmonths = [\"Jan\"]\n"
            ),
            [
                "\"Suche\": error expected a table, found text; write a table for its texts: `[search]`",
                "\"foo\": error expected one of `one-other`, `zero-one-other`, `one-few-many`, `other`, found `foo`; ",
                "\"{tag}. {month}\": error expected one of `{day}`, `{month}`, `{year}`, found `{tag}`; ",
                "[\"Jan\"]: error expected twelve months, found 1; ",
            ]
        );
        assert_eq!(
            said("[search]\nfailed = 5\n"),
            ["5: error expected text, found a whole number; "]
        );
        assert_eq!(
            said("[plurals]\nminutes = \"x\"\n"),
            [
                "\"x\": error expected the forms of a plural, found text; write its forms: `{ one = \"{n} page\", other = \"{n} pages\" }`"
            ]
        );
    }

    #[test]
    fn a_key_like_a_known_one_is_reported_and_strings_of_ones_own_are_not() {
        assert_eq!(
            said("[sections]\nred_flag = \"Warnung\"\n[serch]\nhint = \"Ort\"\n"),
            [
                "red_flag: warning unknown key `red_flag`; a similar key exists: `red_flags`",
                "serch: warning unknown key `serch`; a similar key exists: `search`",
            ]
        );
        let own = "[mine]\nhint = \"Ort {x}\"\n[sections]\nred_flags = \"A\"\nred_flag = \"B\"\n\
                   [currencies]\nCHF = \"{amount} Fr.\"\n[plurals]\nrooms = { other = \"{n} Orte\" }\n";
        assert_eq!(said(own), [""; 0]);
    }

    #[test]
    fn what_a_text_cannot_fill_in_and_a_form_that_no_number_takes_are_reported() {
        assert_eq!(
            said(
                "[search]\nfailed = \"{nope}\"\n[plurals]\nminutes = { on = \"x\" }\nseconds = { one = \"{y}\" }\n"
            ),
            [
                "\"{nope}\": warning expected a text that fills in nothing, found `{nope}`; ",
                "on: warning no plural has a form called `on`; a similar form exists: `one`",
                "\"{y}\": warning expected `{n}`, found `{y}`; ",
                "seconds: error the plural `seconds` has no form for most numbers; add `other`, or `many` for the rule `one-few-many`",
            ]
        );
        let points = "[plurals]\ntrigger_points_of = { other = \"{reaching} von {n}\" }\n";
        assert_eq!(said(points), [""; 0]);
    }

    #[test]
    fn what_does_not_fit_is_taken_from_the_strings_below() {
        let (strings, _) = load("search = \"Suche\"\n[date]\nmonths = [\"Jan\"]\n");
        assert_eq!(strings.date("2026-11-30").as_deref(), Some("November 30, 2026"));
        assert_eq!(strings.get("search.title"), Some("Find a page"));
    }
}
