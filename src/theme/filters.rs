//! What templates can do to a value beyond what the engine brings.
//! No filter reads a clock, a disk or the environment.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, Map, State, StringInput, Tera, TeraResult, Value};

use super::colour::on_paper;
use super::strings::Strings;
use crate::picture::Weight;
use crate::syntax::escape::with_escapes;
use crate::syntax::slug::anchor;

/// How many words an adult reads in a minute: a round number between the studies (Brysbaert 2019
/// found 238 for plain prose), lower because readers in pain read slowly.
const WORDS_PER_MINUTE: i64 = 220;

/// Their names.
const OWN: [&str; 10] = [
    "date", "fill", "json", "json_ld", "minutes", "on_paper", "plural", "price", "slug", "typeset",
];

/// The filters that templates can use.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    OWN.into_iter().chain(OF_THE_ENGINE.iter().copied())
}

/// Adds our filters. Must come before any template.
pub(crate) fn register(tera: &mut Tera, strings: &Arc<Strings>) {
    // Each name is taken out of the list, so that it has all that there are.
    let [date, fill, json, json_ld, minutes, on_paper, plural, price, slug, typeset] = OWN;
    let words = Arc::clone(strings);
    tera.register_filter(date, move |iso: &str, _: Kwargs, _: &State| {
        words.date(iso).ok_or_else(|| tera::Error::message(format!("`{iso}` is not a date")))
    });
    let words = Arc::clone(strings);
    tera.register_filter(plural, move |count: i64, kwargs: Kwargs, _: &State| {
        let key: &str = kwargs.must_get("key")?;
        words.plural(count, key).ok_or_else(|| {
            tera::Error::message(format!("the strings have no plural called `{key}`"))
        })
    });
    let words = Arc::clone(strings);
    tera.register_filter(price, move |price: &Map, _: Kwargs, _: &State| money(&words, price));
    tera.register_filter(fill, |text: &str, kwargs: Kwargs, _: &State| self::fill(text, &kwargs));
    tera.register_filter(json, |value: &Value, _: Kwargs, _: &State| {
        let text = serde_json::to_string(value).map_err(tera::Error::message)?;
        Ok::<_, tera::Error>(Value::safe_string(&for_script(&text)))
    });
    tera.register_filter(json_ld, |json: StringInput, _: Kwargs, _: &State| {
        match for_script(json.as_str()) {
            // Most of them are long, and have nothing to escape.
            Cow::Borrowed(_) => json.into_value().mark_safe(),
            Cow::Owned(safe) => Value::safe_string(&safe),
        }
    });
    tera.register_filter(on_paper, |colour: &str, _: Kwargs, _: &State| self::on_paper(colour));
    tera.register_filter(slug, |text: &str, _: Kwargs, _: &State| anchor(text));
    tera.register_filter(typeset, |text: &str, kwargs: Kwargs, _: &State| {
        self::typeset(text, &kwargs)
    });
    // The engine's own copies what it marks, and that is most of a page.
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State| {
        if value.is_string() { value.mark_safe() } else { Value::safe_string(&value.to_string()) }
    });
    tera.register_filter(minutes, |words: i64, _: Kwargs, _: &State| {
        (words + WORDS_PER_MINUTE / 2).div_euclid(WORDS_PER_MINUTE).max(1)
    });
}

/// A text in lines of a width, as large as it can be: `{size, lines}`, for drawings, where nothing else
/// breaks lines.
fn typeset(text: &str, kwargs: &Kwargs) -> TeraResult<Value> {
    let weight = match kwargs.get::<String>("style")?.as_deref() {
        None | Some("strong") => Weight::Strong,
        Some("italic") => Weight::Italic,
        Some(other) => {
            let message = format!("`{other}` is no style of letters: `strong` or `italic`");
            return Err(tera::Error::message(message));
        }
    };
    let width: u32 = kwargs.must_get("width")?;
    let sizes: Vec<u32> = kwargs.must_get("sizes")?;
    let most: usize = kwargs.get("most")?.unwrap_or(1);
    let lines = weight.set(text, width, &sizes, most);
    Ok(Value::from_serializable(&BTreeMap::from([
        ("size", Value::from(lines.size)),
        ("lines", Value::from_serializable(&lines.lines)),
    ])))
}

/// JSON text in which nothing can end a script element or a line.
pub(crate) fn for_script(json: &str) -> Cow<'_, str> {
    // Inside JSON these characters stand in strings only, so an escape means the same.
    let escape = |bytes: &[u8]| match bytes {
        [b'<', ..] => Some((1, "\\u003c")),
        [b'>', ..] => Some((1, "\\u003e")),
        [b'&', ..] => Some((1, "\\u0026")),
        [0xe2, 0x80, 0xa8, ..] => Some((3, "\\u2028")),
        [0xe2, 0x80, 0xa9, ..] => Some((3, "\\u2029")),
        _ => None,
    };
    let may_need_escape = |byte| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    if !json.bytes().fold(false, |found, byte| found | may_need_escape(byte)) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 64);
    with_escapes(json, may_need_escape, escape, |piece| safe.push_str(piece));
    Cow::Owned(safe)
}

/// A string with `{name}` replaced by the argument `name`.
fn fill(text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        filled.push_str(&kwargs.must_get::<String>(name)?);
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// A price as `currencies.<code>` writes it; without such a string, the amount and the code.
fn money(strings: &Strings, price: &Map) -> TeraResult<String> {
    let text = |key: &'static str| {
        price
            .get(&tera::value::Key::from(key))
            .and_then(Value::as_str)
            .ok_or_else(|| tera::Error::message(format!("a price has the field `{key}`")))
    };
    let (amount, currency) = (text("amount")?, text("currency")?);
    let form = strings.get(&format!("currencies.{currency}")).unwrap_or("{amount} {currency}");
    Ok(form.replace("{amount}", &strings.amount(amount)).replace("{currency}", currency))
}

/// The filters that the engine brings, for help with wrong names.
const OF_THE_ENGINE: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "nth",
    "pairs",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str) -> Result<String, String> {
        let mut tera = Tera::default();
        register(&mut tera, &Arc::new(Strings::default()));
        tera.add_raw_template("t.html", template).map_err(|error| error.to_string())?;
        tera.render("t.html", &tera::Context::new()).map_err(|error| error.to_string())
    }

    #[test]
    fn json_cannot_end_a_script_element() {
        let text = for_script("{\"a\":\"</script><!--\u{2028}\"}");
        assert_eq!(text, "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u2028\"}");
        assert_eq!(render("{{ '</b>' | json }}").as_deref(), Ok("\"\\u003c/b\\u003e\""));
    }

    #[test]
    fn what_is_marked_as_safe_is_written_as_it_is() {
        assert_eq!(
            render("{{ '<b>' | safe }}{{ 7 | safe }}{{ '<i>' }}").as_deref(),
            Ok("<b>7&lt;i&gt;")
        );
    }

    #[test]
    fn a_string_is_filled_once_and_escaped() {
        let page = "{{ 'by {name}, {n}' | fill(name='{n}<', n=2) }}";
        assert_eq!(render(page).as_deref(), Ok("by {n}&lt;, 2"));
        assert!(render("{{ 'by {name}' | fill(nam='x') }}").is_err());
    }

    #[test]
    fn reading_takes_at_least_a_minute() {
        assert_eq!(render("{{ 3 | minutes }} {{ 2200 | minutes }}").as_deref(), Ok("1 10"));
    }
}
