//! What to write in the place of a value or a key that is wrong, where what was meant can be told.

use super::declare::{RecordShape, Shape};
use super::scalars::Date;
use crate::syntax::node::Value;

/// A flag in other words than `true` and `false`.
pub(super) fn flag(value: &Value) -> Option<String> {
    let word = match value {
        Value::Text(text) => text.to_lowercase(),
        Value::Integer(number) => number.to_string(),
        _ => return None,
    };
    match word.as_str() {
        "yes" | "y" | "on" | "1" | "true" => Some("write `true`".to_owned()),
        "no" | "n" | "off" | "0" | "false" => Some("write `false`".to_owned()),
        _ => None,
    }
}

/// A number that stands in quotes, or with a comma.
pub(super) fn number(value: &Value) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let number = decimal(text).filter(|number| number.parse::<f64>().is_ok())?;
    Some(format!("write it as a number: {number}"))
}

/// A number with a point. With a zero in front, one is a text though it stands without quotes.
fn decimal(text: &str) -> Option<String> {
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let number = Some(text.trim_start_matches('0')).filter(|rest| starts(rest)).unwrap_or(text);
    let (whole, rest) = number.split_once(',').unwrap_or((number, ""));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match rest {
        "" if !number.contains(',') => Some(number.to_owned()),
        cents if is_digits(whole) && is_digits(cents) && cents.len() < 3 => {
            Some(format!("{whole}.{cents}"))
        }
        _ => None,
    }
}

/// The code of a currency.
pub(super) fn currency(written: &str) -> String {
    match code(written) {
        Some(code) => format!("write it as `{code}`"),
        None => "write its code, such as `EUR` or `USD`".to_owned(),
    }
}

fn code(written: &str) -> Option<String> {
    let word = written.trim().to_lowercase();
    let known = match word.as_str() {
        "€" | "euro" | "euros" => "EUR",
        "$" | "us$" | "dollar" | "dollars" => "USD",
        "£" | "pound" | "pounds" => "GBP",
        "fr." | "sfr" | "sfr." | "franken" => "CHF",
        word if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            return Some(word.to_uppercase());
        }
        _ => return None,
    };
    Some(known.to_owned())
}

/// A price that is written as people say it: `79,50 €`.
pub(super) fn price(value: &Value, record: &RecordShape) -> Option<String> {
    let is_price = record.fields.iter().any(|field| matches!(field.shape, Shape::Currency));
    if !is_price {
        return None;
    }
    let written = match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let is_amount = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let amount = written.trim_matches(|c| !is_amount(c)).trim_end_matches(['.', ',']);
    let word = written.replacen(amount, "", 1);
    let amount = decimal(amount).filter(|amount| amount.parse::<f64>().is_ok());
    let amount = amount.unwrap_or_else(|| "79.50".to_owned());
    let code = code(&word).unwrap_or_else(|| "EUR".to_owned());
    Some(format!("write it as `{{amount: {amount}, currency: {code}}}`"))
}

/// A day in another order, or with fewer digits.
pub(super) fn date(written: &str) -> String {
    let numbers: Vec<&str> = written.trim().split(['.', '/', '-']).map(str::trim).collect();
    let day = match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => Some((year, month, day)),
        // With slashes, the month may come first.
        [day, month, year] if year.len() == 4 => {
            let is_clear = !written.contains('/') || day.parse::<u8>().is_ok_and(|day| day > 12);
            is_clear.then_some((year, month, day))
        }
        _ => None,
    };
    let day = day.map(|(year, month, day)| format!("{year}-{month:0>2}-{day:0>2}"));
    match day.filter(|day| Date::parse(day).is_ok()) {
        Some(day) => format!("write it as `{day}`"),
        None => "write year, month and day: `2026-11-23`".to_owned(),
    }
}

/// A key of another program, or the cents of an amount with a comma: the field that is meant, if
/// there is one, and the cure.
pub(super) fn key(key: &str, record: &RecordShape) -> Option<(Option<&'static str>, String)> {
    let field = |name: &str| record.fields.iter().map(|field| field.name).find(|one| *one == name);
    if field("amount").is_some() && !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some((None, "an amount has a point: `79.50`".to_owned()));
    }
    // What names an article elsewhere names other records, too.
    field("was")?;
    let meant = match key {
        "date" | "publishDate" | "publish_date" => "published",
        "lastmod" | "modified" | "last_modified_at" => "updated",
        "description" | "excerpt" => "summary",
        "tags" | "categories" | "keywords" | "taxonomies" => "topics",
        "image" | "cover" | "thumbnail" | "featured_image" => "hero",
        "slug" | "permalink" | "url" | "path" => {
            let help = "leave it out: the address follows from the name of the file";
            return Some((None, help.to_owned()));
        }
        "weight" | "layout" | "template" | "type" => {
            let help = "leave it out: nothing here goes by it";
            return Some((None, help.to_owned()));
        }
        _ => return None,
    };
    field(meant).map(|name| (Some(name), format!("it is called `{name}` here")))
}
