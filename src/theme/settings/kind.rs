//! What a setting of a theme takes, and what is wrong with a value that it does not take.

use serde_json::{Map, Value as Json};

use crate::model::nearest;
use crate::picture::{SHOWN, is_shown};

/// What a setting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// A text.
    Text,
    /// A telephone number, which is never empty.
    Phone,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A colour such as `#0b4f4c`, or nothing.
    Colour,
    /// A picture of the project, by its path below `content/`, or nothing.
    Picture,
    /// One of some words.
    Choice(Vec<String>),
    /// Some of these words, each once, in an order of one's own.
    Choices(Vec<String>),
}

/// Why a value is not taken, with a cure where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// What is wrong.
    pub(super) message: String,
    /// A cure.
    pub(super) help: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }
}

impl SettingKind {
    /// The kind that a `theme.toml` declares.
    pub(super) fn declared(declared: &Json) -> Result<Self, String> {
        let table = declared.as_object().cloned().unwrap_or_else(Map::new);
        let word = table.get("type").and_then(Json::as_str).unwrap_or_default();
        let words = || -> Result<Vec<String>, String> {
            let list = table.get("choices").and_then(Json::as_array);
            let words: Vec<String> = list
                .into_iter()
                .flatten()
                .filter_map(|word| word.as_str().map(ToOwned::to_owned))
                .collect();
            let is_right = !words.is_empty() && list.is_some_and(|list| list.len() == words.len());
            is_right
                .then_some(words)
                .ok_or_else(|| "expected `choices`: a list of words".to_owned())
        };
        match word {
            "text" => Ok(Self::Text),
            "phone" => Ok(Self::Phone),
            "number" => Ok(Self::Number),
            "flag" => Ok(Self::Flag),
            "colour" => Ok(Self::Colour),
            "picture" => Ok(Self::Picture),
            "choice" => words().map(Self::Choice),
            "choices" => words().map(Self::Choices),
            _ => Err(
                "expected `type` to be `text`, `phone`, `number`, `flag`, `colour`, `picture`, \
                      `choice` or `choices`"
                    .to_owned(),
            ),
        }
    }

    /// Nothing, if the setting takes the value.
    pub(super) fn refusal(&self, value: &Json) -> Option<Refusal> {
        match self {
            Self::Text if value.is_string() => None,
            Self::Text => Some(Refusal::new("expected text")),
            Self::Phone => match value.as_str() {
                Some(number) if number.bytes().any(|sign| sign.is_ascii_digit()) => None,
                _ => Some(Refusal {
                    message: "expected a telephone number".to_owned(),
                    help: Some("write it as text, such as `\"112\"`".to_owned()),
                }),
            },
            Self::Number if value.is_number() => None,
            Self::Number => Some(Refusal::new("expected a number")),
            Self::Flag if value.is_boolean() => None,
            Self::Flag => Some(Refusal::new("expected `true` or `false`")),
            Self::Colour => match value.as_str() {
                Some(colour) if colour.is_empty() || is_colour(colour) => None,
                _ => Some(Refusal {
                    message: "expected a colour".to_owned(),
                    help: Some("write it as `#0b4f4c`: red, green and blue".to_owned()),
                }),
            },
            Self::Picture => match value.as_str() {
                Some(path) if path.is_empty() || is_picture(path) => None,
                Some(path) => Some(Refusal {
                    message: format!("`{path}` is no picture"),
                    help: Some(format!("pictures end in `.{}`", SHOWN.join("`, `."))),
                }),
                None => Some(Refusal::new("expected the path of a picture")),
            },
            Self::Choice(words) => match value.as_str() {
                Some(word) if words.iter().any(|known| known == word) => None,
                Some(word) => Some(unknown(word, words)),
                None => Some(Refusal::new(format!("expected {}", alternatives(words)))),
            },
            Self::Choices(words) => several(value, words),
        }
    }
}

fn is_picture(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| is_shown(ending))
}

/// Whether a text is a colour in hexadecimal digits: nothing else may reach the style sheet.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

fn several(value: &Json, words: &[String]) -> Option<Refusal> {
    let Some(list) = value.as_array() else {
        return Some(Refusal::new(format!("expected a list of {}", alternatives(words))));
    };
    for (position, item) in list.iter().enumerate() {
        let Some(word) = item.as_str() else {
            return Some(Refusal::new(format!("expected a list of {}", alternatives(words))));
        };
        if !words.iter().any(|known| known == word) {
            return Some(unknown(word, words));
        }
        if list[..position].contains(item) {
            return Some(Refusal::new(format!("`{word}` stands here twice")));
        }
    }
    None
}

fn unknown(word: &str, words: &[String]) -> Refusal {
    let near = nearest(word, words.iter().map(String::as_str))
        .map(|near| format!("a similar word is right: `{near}`"));
    Refusal { message: format!("expected {}, found `{word}`", alternatives(words)), help: near }
}

/// `a`, `b` or `c`.
fn alternatives(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
