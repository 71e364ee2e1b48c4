//! Every word that a reader sees and no author wrote, by language.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::layers::{Layer, every};
use super::missing_strings::Coverage;
use super::{own_strings, toml_files};
use crate::diagnostic::Diagnostic;
use crate::syntax::markdown::Quotes;
use crate::syntax::node::Node;
use crate::syntax::toml;

/// The strings of one language, as a tree of texts.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    tree: Json,
    // A list of ten thousand articles says as many dates: what they need is looked up once.
    months: Vec<String>,
    date_format: Option<Vec<DatePiece>>,
    quotes: Arc<Quotes>,
    writes_names_small: bool,
}

/// What a date is written with.
#[derive(Debug, Clone)]
enum DatePiece {
    Words(String),
    Day,
    Month,
    Year,
}

/// The size of most dates in words, in bytes, and of longer ones.
const LONG_DATE: usize = 24;

/// What one language says nothing about another: without it, quotes and names stay as they are written.
const OF_ONE_LANGUAGE: [&str; 2] = ["names_within_sentences", "quotes"];

impl Strings {
    /// Puts the strings of a language together. A key of an upper layer wins over the same key of
    /// a lower one, and what a language lacks comes from `en`; a plural is one key with all its forms.
    pub(crate) fn load(layers: &[Layer], language: &str, found: &mut Vec<Diagnostic>) -> Self {
        let primary = language.split('-').next().unwrap_or(language);
        let mut tree = Json::Object(Map::new());
        let mut own = Coverage::default();
        let known = built_in(layers);
        for wanted in wanted_files(language) {
            let is_own = primary == "en" || wanted != "strings/en.toml";
            for file in every(layers, "strings", &[".toml"]) {
                if file.path != wanted {
                    continue;
                }
                let path = file.source_path();
                let text = file.text(found);
                let strings = text.and_then(|text| toml_files::placed(&path, text, found));
                if is_own {
                    own.add(&path, strings.as_ref());
                }
                let Some(mut strings) = strings else { continue };
                if let Some(known) = &known {
                    own_strings::keep_what_fits(&path, &mut strings, known, found);
                }
                let mut strings = without_known_plurals(toml_files::plain(strings), &tree);
                if let Json::Object(strings) = &mut strings
                    && !is_own
                {
                    OF_ONE_LANGUAGE.iter().for_each(|key| drop(strings.shift_remove(*key)));
                }
                fill_gaps(&mut tree, strings);
            }
        }
        if primary != "en" {
            found.extend(own.missing(language, known.as_ref()));
        }
        Self::new(tree)
    }

    fn new(tree: Json) -> Self {
        let months = tree.pointer("/date/months").and_then(Json::as_array);
        let months = months.into_iter().flatten().filter_map(Json::as_str);
        let months = months.map(ToOwned::to_owned).collect();
        let date_format = tree.pointer("/date/format").and_then(Json::as_str);
        let date_format = date_pieces(date_format.unwrap_or_default());
        let text = |path| tree.pointer(path).and_then(Json::as_str).map(ToOwned::to_owned);
        let quotes = Quotes {
            open: text("/quotes/open"),
            close: text("/quotes/close"),
            open_within: text("/quotes/open_within"),
            close_within: text("/quotes/close_within"),
        };
        let writes_names_small = text("/names_within_sentences").as_deref() == Some("small");
        Self { months, date_format, quotes: Arc::new(quotes), writes_names_small, tree }
    }

    /// The whole tree, as templates see it: `strings`.
    pub(crate) fn tree(&self) -> &Json {
        &self.tree
    }

    /// The text at a path such as `date.format`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// The value at a path.
    pub(crate) fn at(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(&self.tree, |tree, key| tree.get(key))
    }

    /// The quotation marks that stand for straight ones.
    pub(crate) fn quotes(&self) -> &Arc<Quotes> {
        &self.quotes
    }

    /// Whether names within a sentence begin with a small letter.
    pub(crate) fn writes_names_small(&self) -> bool {
        self.writes_names_small
    }

    /// An amount such as `1200.50` with the marks of the language.
    pub(crate) fn amount(&self, amount: &str) -> String {
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        let mut words = String::with_capacity(amount.len() + 4);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                words.push_str(self.get("numbers.thousands_mark").unwrap_or_default());
            }
            words.push(digit);
        }
        if !part.is_empty() {
            words.push_str(self.get("numbers.decimal_mark").unwrap_or("."));
            words.push_str(part);
        }
        words
    }

    /// The form of `plurals.<key>` for a number, with `{n}` filled in.
    pub fn plural(&self, count: i64, key: &str) -> Option<String> {
        let forms = self.tree.get("plurals")?.get(key)?;
        let category = category(self.get("plural_rule").unwrap_or("one-other"), count);
        let number = count.to_string();
        let names = [number.as_str(), category, "other"];
        let form = names.iter().find_map(|name| forms.get(*name).and_then(Json::as_str))?;
        Some(form.replace("{n}", &number))
    }

    /// An ISO date in words, by `date.format` and `date.months`.
    pub fn date(&self, iso: &str) -> Option<String> {
        let date: jiff::civil::Date = iso.parse().ok()?;
        let month = self.months.get(usize::try_from(date.month() - 1).ok()?)?;
        let mut words = String::with_capacity(LONG_DATE);
        for piece in self.date_format.as_ref()? {
            match piece {
                DatePiece::Words(between) => words.push_str(between),
                DatePiece::Day => write!(words, "{}", date.day()).ok()?,
                DatePiece::Month => words.push_str(month),
                DatePiece::Year => write!(words, "{}", date.year()).ok()?,
            }
        }
        Some(words)
    }
}

/// The pieces of `date.format`, such as `{month} {day}, {year}`; nothing if it asks for something else.
fn date_pieces(format: &str) -> Option<Vec<DatePiece>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        pieces.push(DatePiece::Words(before.to_owned()));
        let (name, after) = after.split_once('}')?;
        pieces.push(match name {
            "day" => DatePiece::Day,
            "month" => DatePiece::Month,
            "year" => DatePiece::Year,
            _ => return None,
        });
        rest = after;
    }
    pieces.push(DatePiece::Words(rest.to_owned()));
    Some(pieces)
}

/// The English strings of the lowest layer: what templates ask for, and in which shape.
fn built_in(layers: &[Layer]) -> Option<Node> {
    let bytes = layers.last()?.files.get("strings/en.toml")?;
    Some(toml::parse(std::str::from_utf8(bytes).ok()?).0)
}

/// The files that hold a language's strings, the nearest first.
pub(crate) fn wanted_files(language: &str) -> Vec<String> {
    let primary = language.split('-').next().unwrap_or(language);
    let mut files: Vec<String> =
        [language, primary, "en"].iter().map(|tag| format!("strings/{tag}.toml")).collect();
    files.dedup();
    files
}

/// Adds what `below` has and `tree` lacks.
fn fill_gaps(tree: &mut Json, below: Json) {
    let (Json::Object(tree), Json::Object(below)) = (tree, below) else { return };
    for (key, value) in below {
        match tree.get_mut(&key) {
            Some(known) => fill_gaps(known, value),
            None => {
                tree.insert(key, value);
            }
        }
    }
}

/// The same without the plurals that a nearer language has: which forms those need is up to it.
fn without_known_plurals(mut below: Json, tree: &Json) -> Json {
    let known = tree.get("plurals").and_then(Json::as_object);
    let plurals = below.get_mut("plurals").and_then(Json::as_object_mut);
    if let (Some(known), Some(plurals)) = (known, plurals) {
        plurals.retain(|key, _| !known.contains_key(key));
    }
    below
}

/// The plural category of a whole number, by the rule that the strings name.
fn category(rule: &str, count: i64) -> &'static str {
    let (ten, hundred) = (count % 10, count % 100);
    match rule {
        "other" => "other",
        "zero-one-other" if count == 0 || count == 1 => "one",
        "one-few-many" if ten == 1 && hundred != 11 => "one",
        "one-few-many" if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
        "one-few-many" => "many",
        "one-other" if count == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings() -> Strings {
        Strings::new(serde_json::json!({
            "date": {"format": "{month} {day}, {year}", "months": ["January", "February"]},
            "plurals": {"muscle": {"0": "no muscle", "one": "{n} muscle", "other": "{n} muscles"}},
        }))
    }

    #[test]
    fn a_number_takes_the_form_of_its_language() {
        let said = |count| strings().plural(count, "muscle");
        assert_eq!(said(0).as_deref(), Some("no muscle"));
        assert_eq!(said(1).as_deref(), Some("1 muscle"));
        assert_eq!(said(12).as_deref(), Some("12 muscles"));
        assert_eq!(strings().plural(1, "bone"), None);
        assert_eq!(category("one-few-many", 22), "few");
        assert_eq!(category("one-few-many", 12), "many");
    }

    #[test]
    fn an_amount_has_the_marks_of_its_language() {
        let marks = serde_json::json!({"decimal_mark": ",", "thousands_mark": "."});
        let german = Strings::new(serde_json::json!({"numbers": marks}));
        let said = ["5", "79.50", "1200", "1234567.05"].map(|amount| german.amount(amount));
        assert_eq!(said, ["5", "79,50", "1.200", "1.234.567,05"]);
        assert_eq!(Strings::default().amount("1200.50"), "1200.50");
    }

    #[test]
    fn a_date_is_said_in_words() {
        assert_eq!(strings().date("2026-02-03").as_deref(), Some("February 3, 2026"));
        assert_eq!(strings().date("2026-02-30"), None);
    }
}
