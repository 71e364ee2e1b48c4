//! Puts parts of the built-in theme where its pages call them. What is drawn is the same to the byte, without
//! the two maps that the engine makes of the arguments of each call, and the copy of what stands within it.
//! Knows only what parts of the built-in theme do: a call that it does not understand stays a call.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::BUILT_IN;
use super::errors::TemplateSources;
use super::squeeze::without_idle_space;
use super::strings::Strings;
use super::worded::with_words;

/// The parts by their names.
type Parts = BTreeMap<String, Part>;

/// A component that can stand where it is called.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    /// Its parameters, each with what it is if no argument says so.
    parameters: Vec<(String, Option<String>)>,
    /// Whether it sees names of the template that calls it. Those of a page are not to be seen in its parts.
    looks_around: bool,
    body: String,
}

/// What stands for each parameter: a path such as `page.title`, or a literal.
type Arguments<'a> = BTreeMap<&'a str, &'a str>;

/// How deep parts may call each other.
const DEEPEST: usize = 8;

/// How a component begins.
const DEFINITION: &str = "{% component ";

/// How calls begin: those without a body, and those with one.
const CALLS: [&str; 2] = ["{{<", "{% <"];

/// Where the body of a call goes.
const SLOT: &str = "{{ body }}";

/// What eats the space beside it, which another text must not lose.
const EATING: [&str; 4] = ["{%-", "{{-", "-%}", "-}}"];

/// Whether a template is one of the built-in theme, by the engine's name of it.
pub(super) fn is_built_in(name: &str) -> bool {
    name.split('/').next() == Some(BUILT_IN)
}

/// The parts of the built-in theme that can stand where they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Placing {
    in_pages: Parts,
    in_parts: Parts,
}

impl Placing {
    /// All of them but the components that a studio has of its own.
    pub(super) fn new<'a>(
        sources: &TemplateSources,
        own: impl Iterator<Item = &'a String>,
    ) -> Self {
        let built_in = sources.iter().filter(|(name, _)| is_built_in(name));
        let mut in_pages: Parts = built_in.flat_map(|(_, source)| parts_of(&source.text)).collect();
        for name in own {
            in_pages.remove(name);
        }
        let mut in_parts = in_pages.clone();
        in_parts.retain(|_, part| !part.looks_around);
        Self { in_pages, in_parts }
    }

    /// A template as the engine is given it: one of the built-in theme without indentation, with words in the place
    /// of their names, and with parts in the place of their calls.
    pub(super) fn drawn<'a>(&self, name: &str, text: &'a str, strings: &Strings) -> Cow<'a, str> {
        if !is_built_in(name) {
            return Cow::Borrowed(text);
        }
        let parts = if text.contains(DEFINITION) { &self.in_parts } else { &self.in_pages };
        let whole = without_idle_space(&with_parts(text, parts));
        if name.ends_with(".txt") { whole } else { with_words(&whole, strings) }.into()
    }
}

/// The components that a template calls.
pub(super) fn calls(text: &str) -> impl Iterator<Item = &str> {
    let called = CALLS.iter().flat_map(|call| text.split(call).skip(1));
    called.map(|rest| &rest[..end_of_name(rest)]).filter(|name| !name.is_empty())
}

/// The components that a file defines, as far as they can stand where they are called.
fn parts_of(file: &str) -> Vec<(String, Part)> {
    let definitions = file.split(DEFINITION).skip(1);
    definitions.filter_map(part_of).filter(|(_, part)| can_be_moved(&part.body)).collect()
}

fn part_of(definition: &str) -> Option<(String, Part)> {
    let (name, rest) = definition.split_once('(')?;
    let (parameters, rest) = rest.split_once(')')?;
    let (_, rest) = rest.split_once("%}").filter(|(end, _)| matches!(end.trim(), "" | "-"))?;
    let rest_is_trimmed = definition[..definition.len() - rest.len()].ends_with("-%}");
    let (body, _) = rest.split_once("endcomponent")?;
    let body = match body.strip_suffix("{%- ") {
        Some(body) => body.trim_end(),
        None => body.strip_suffix("{% ")?,
    };
    let body = if rest_is_trimmed { body.trim_start() } else { body };
    let looks_around = parameters.contains('@');
    let own = parameters.split(", ").filter(|one| !one.is_empty() && !one.starts_with('@'));
    let own = own.map(|one| match one.split_once('=') {
        Some((name, default)) => (name.to_owned(), Some(default.to_owned())),
        None => (one.to_owned(), None),
    });
    let parameters: Vec<(String, Option<String>)> = own.collect();
    let part = Part { looks_around, body: body.to_owned(), parameters };
    part.parameters.iter().all(|(name, _)| is_name(name)).then(|| (name.to_owned(), part))
}

/// Whether a body does the same elsewhere: names that it sets would stay, but for those in loops.
fn can_be_moved(body: &str) -> bool {
    let mut loops = 0;
    let mut is_alone = |tag: &str| {
        loops += usize::from(tag.starts_with("for "));
        loops -= usize::from(tag.starts_with("endfor "));
        !(tag.starts_with("include ")
            || tag.starts_with("set_global ")
            || (tag.starts_with("set ") && loops == 0))
    };
    let mut tags = body.split("{%").skip(1).map(|tag| tag.trim_start_matches(['-', ' ']));
    !is_eating(body) && !body.contains("{#") && tags.all(&mut is_alone)
}

/// Whether a text would eat the space beside it.
fn is_eating(text: &str) -> bool {
    let (start, end) = (text.trim_start(), text.trim_end());
    EATING.iter().any(|tag| start.starts_with(tag) || end.ends_with(tag))
}

/// A template with the parts that it calls in the place of the calls.
fn with_parts(template: &str, parts: &Parts) -> String {
    placed(template, parts, 0)
}

fn placed(template: &str, parts: &Parts, depth: usize) -> String {
    let mut whole = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some(at) = next_tag(rest, CALLS) {
        let (before, call) = rest.split_at(at);
        whole.push_str(before);
        let in_place = Call::of(call).filter(|call| {
            depth < DEEPEST
                && !EATING.iter().any(|tag| {
                    whole.trim_end().ends_with(tag) || call.after.trim_start().starts_with(tag)
                })
        });
        match in_place.and_then(|call| Some((call.in_place(parts)?, call))) {
            Some((text, call)) => {
                let text = placed(&text, parts, depth + 1);
                match call.body.map(|body| placed(body, parts, depth)) {
                    Some(body) => whole.push_str(&text.replacen(SLOT, &body, 1)),
                    None => whole.push_str(&text),
                }
                rest = call.after;
            }
            None => {
                whole.push_str(&call[..3]);
                rest = &call[3..];
            }
        }
    }
    whole.push_str(rest);
    whole
}

/// Where the next of two sorts of tags begins.
fn next_tag(text: &str, tags: [&str; 2]) -> Option<usize> {
    let mut braces = text.match_indices('{').map(|(at, _)| at);
    braces.find(|at| tags.iter().any(|tag| text[*at..].starts_with(tag)))
}

/// A call at the beginning of a text.
struct Call<'a> {
    name: &'a str,
    arguments: Arguments<'a>,
    /// What stands between its tags, if it has two.
    body: Option<&'a str>,
    /// What follows it.
    after: &'a str,
}

impl<'a> Call<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (tag, body, after) = match text.strip_prefix("{{<") {
            Some(rest) => rest.split_once(" />}}").map(|(tag, after)| (tag, None, after))?,
            None => {
                let (tag, rest) = text.strip_prefix("{% <")?.split_once("> %}")?;
                let name = tag.split(' ').next()?;
                let (body, after) = rest.split_once(&format!("{{% </{name}> %}}"))?;
                let is_nested = body.contains(&format!("{{% <{name}"));
                (!is_nested).then_some((tag, Some(body), after))?
            }
        };
        let (name, written) = tag.split_once(' ').unwrap_or((tag, ""));
        let arguments = arguments(written)?;
        is_name(name).then_some(Self { name, arguments, body, after })
    }

    /// What it draws, as a text that draws the same; `None` if that is not known.
    fn in_place(&self, parts: &Parts) -> Option<String> {
        let part = parts.get(self.name)?;
        let slots = part.body.matches(SLOT).count();
        if slots != usize::from(self.body.is_some()) {
            return None;
        }
        // Names of loops would be seen in what stands between the tags.
        if self.body.is_some_and(|body| is_eating(body) || part.body.contains("{% for ")) {
            return None;
        }
        let given = part.parameters.iter().map(|(name, default)| {
            let name = name.as_str();
            Some((name, self.arguments.get(name).copied().or(default.as_deref())?))
        });
        let given: Arguments<'_> = given.collect::<Option<_>>()?;
        let mut named = self.arguments.keys();
        named.all(|name| given.contains_key(name)).then(|| filled(&part.body, &given))?
    }
}

/// The arguments of a call: `a={page.b}`, `a="words"`, or `a` for `a={a}`.
fn arguments(written: &str) -> Option<Arguments<'_>> {
    let mut arguments = Arguments::new();
    let mut rest = written.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_at(end_of_name(rest));
        let (value, after) = match after.strip_prefix('=') {
            None => (name, after),
            Some(after) => match after.strip_prefix('{') {
                Some(after) => after.split_once('}')?,
                None => after.split_at(after.strip_prefix('"')?.find('"')? + 2),
            },
        };
        if !is_name(name) || !is_simple(value) {
            return None;
        }
        arguments.insert(name, value);
        rest = after.trim_start();
    }
    Some(arguments)
}

/// The body of a part with arguments for its parameters.
fn filled(body: &str, arguments: &Arguments<'_>) -> Option<String> {
    let mut filled = String::with_capacity(2 * body.len());
    let mut rest = body;
    while let Some(at) = next_tag(rest, ["{{", "{%"]) {
        let close = if rest[at..].starts_with("{{") { "}}" } else { "%}" };
        let end = at + rest[at..].find(close)? + 2;
        let tag = &rest[at..end];
        filled.push_str(&rest[..at]);
        let shown = tag.strip_prefix("{{ ").and_then(|tag| tag.strip_suffix(" }}"));
        match shown.and_then(|name| arguments.get(name)).and_then(|value| plain(value)) {
            Some(words) => filled.push_str(words),
            None => filled.push_str(&filled_tag(tag, arguments)?),
        }
        rest = &rest[end..];
    }
    filled.push_str(rest);
    Some(filled)
}

/// The words of a literal that HTML shows as they are.
fn plain(value: &str) -> Option<&str> {
    let words = value.strip_prefix('"')?.strip_suffix('"')?;
    words.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(words)
}

fn filled_tag(tag: &str, arguments: &Arguments<'_>) -> Option<String> {
    let named = tag.trim_start_matches(['{', '%', '-', ' ']);
    let named = match named.split_once(' ') {
        Some(("for", rest)) => rest.split(" in ").next(),
        Some(("set", rest)) => rest.split(' ').next(),
        _ => None,
    };
    let is_hidden = |name: &str| {
        let mut values = arguments.values();
        arguments.contains_key(name) || values.any(|value| value.split('.').next() == Some(name))
    };
    if named.is_some_and(|names| names.split(", ").any(is_hidden)) {
        return None;
    }
    let opened = CALLS.iter().find(|call| tag.starts_with(**call)).map(|call| open(call));
    let mut filled = String::with_capacity(tag.len() + 32);
    let mut rest = tag;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"')? + 2,
            _ => end_of_name(rest).max(first.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        let before = filled.chars().next_back();
        let is_label = after.starts_with('=') && !after.starts_with("==");
        match arguments.get(piece).filter(|_| !is_label && !matches!(before, Some('.' | '<' | '/')))
        {
            None => filled.push_str(piece),
            Some(value) if !is_path(value) && after.starts_with(['.', '[']) => return None,
            // Short for an argument of the same name.
            Some(value) if before == Some(' ') && opened == Some(open(&filled)) => {
                filled.push_str(&format!("{piece}={{{value}}}"));
            }
            Some(value) => filled.push_str(value),
        }
        rest = after;
    }
    Some(filled)
}

/// How many braces are open at the end of a text.
fn open(text: &str) -> usize {
    text.matches('{').count() - text.matches('}').count()
}

/// Whether a value is a literal text, or a path.
fn is_simple(value: &str) -> bool {
    let literal = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    literal.is_some_and(|words| !words.contains('"')) || is_path(value)
}

/// Whether a value is a name, or leads from one to a field; numbers and `true` are no others here.
fn is_path(value: &str) -> bool {
    value.split('.').all(is_name)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && end_of_name(text) == text.len()
}

fn end_of_name(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &str = r#"
        {% component name(item) -%}
        {% if item.href %}<a href="{{ item.href }}">{{ item.title }}</a>{% endif %}
        {%- endcomponent name %}
        {% component block(id, title="None") %}<h2 id="{{ id }}">{{ title }}</h2>{{ body }}{% endcomponent block %}
        {% component list(items, @strings) %}{% for item in items %}{{ item | fill(items=1) }}{{<name item />}}{% endfor %}{% endcomponent list %}
        {% component counted(items) %}{% set count = items %}{% endcomponent counted %}
    "#;

    fn placed(template: &str) -> String {
        with_parts(template, &parts_of(PARTS).into_iter().collect())
    }

    #[test]
    fn a_call_becomes_what_it_draws() {
        for (template, expected) in [
            (
                "a {{<name item={page.author} />}} b",
                "a {% if page.author.href %}<a href=\"{{ page.author.href }}\">{{ page.author.title }}</a>{% endif %} b",
            ),
            (
                "{% <block id=\"one\" title={strings.one}> %}{{<block id=\"two\" />}}{% </block> %}",
                "<h2 id=\"one\">{{ strings.one }}</h2>{{<block id=\"two\" />}}",
            ),
            ("{% <block id=\"one\"> %}x{% </block> %}", "<h2 id=\"one\">None</h2>x"),
            (
                "{{<list items={page.list} />}}",
                "{% for item in page.list %}{{ item | fill(items=1) }}{% if item.href %}<a href=\"{{ item.href }}\">\
                 {{ item.title }}</a>{% endif %}{% endfor %}",
            ),
        ] {
            assert_eq!(placed(template), expected);
        }
    }

    #[test]
    fn what_is_not_understood_stays_a_call() {
        for template in [
            "{{<other item={page.author} />}}",
            "{{<name />}}",
            "{{<name item={page.author} other={page.title} />}}",
            "{{<name item={page.authors[0]} />}}",
            "{{<name item=\"words\" />}}",
            "{{<counted items={page.list} />}}",
            "{{<list items={item.list} />}}",
            "{% if page.author -%} {{<name item={page.author} />}}",
            "{{<name item={page.author} />}} {%- if page.author %}",
            "{% <block id=\"one\"> %} {%- if page.author %}x{% endif %}{% </block> %}",
        ] {
            assert_eq!(placed(template), template);
        }
    }
}
