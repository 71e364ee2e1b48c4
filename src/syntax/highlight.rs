//! Code with a dozen classes of our own, so that colours come from the theme's stylesheet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::escape::push_escaped;

// Loading costs 2 ms, the first block of a language up to 30 ms: paid only where code is.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(|| {
    // Made by `tests/suite/grammars/`.
    from_uncompressed_data(include_bytes!("grammars.bin")).expect("a dump of grammars")
});

/// The classes, by the beginning of a scope's name; the first that fits, from the innermost scope.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c-comment"),
        ("string", "c-string"),
        ("constant.character.escape", "c-escape"),
        ("constant.numeric", "c-number"),
        ("constant", "c-constant"),
        ("keyword.operator", "c-operator"),
        ("keyword", "c-keyword"),
        ("storage", "c-keyword"),
        ("entity.name.tag", "c-name"),
        ("entity.name.function", "c-function"),
        ("entity.other.attribute-name", "c-attribute"),
        ("entity", "c-name"),
        ("support", "c-name"),
        ("variable.parameter", "c-variable"),
        ("variable.function", "c-function"),
        ("meta.mapping.key", "c-attribute"),
        ("invalid", "c-invalid"),
        ("markup.inserted", "c-inserted"),
        ("markup.deleted", "c-deleted"),
    ]
    .iter()
    .filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, *class)))
    .collect()
});

/// How many blocks of code are remembered.
const REMEMBERED: usize = 256;

type Known = FxHashMap<(String, String), Arc<str>>;

// A block costs 0.5 ms, and the same example often stands on many pages.
static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// Appends `code` as HTML, in `language` if that is known, else as plain text.
pub fn push_highlighted(out: &mut String, code: &str, language: &str) {
    if language.is_empty() || matches!(language, "text" | "txt" | "plain") {
        return push_escaped(out, code);
    }
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let name = (language.to_owned(), code.to_owned());
    let remembered = known().get(&name).cloned();
    let html = remembered.unwrap_or_else(|| {
        let html: Arc<str> = highlighted(code, language).into();
        let mut known = known();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(name, Arc::clone(&html));
        html
    });
    out.push_str(&html);
}

/// Highlights the code that some texts seem to hold, each language in a thread of its own: otherwise one
/// thread compiles the rules of a language while all others that meet it wait.
pub fn prepare<'a>(texts: impl Iterator<Item = &'a [u8]>) {
    let mut languages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (language, code) in texts.flat_map(blocks) {
        languages.entry(language.trim()).or_default().insert(code);
    }
    let languages: Vec<_> = languages.into_iter().collect();
    languages.into_par_iter().with_max_len(1).for_each(|(language, blocks)| {
        for code in blocks {
            push_highlighted(&mut String::new(), code, language);
        }
    });
}

/// Whether a text seems to hold code.
pub fn is_in(text: &[u8]) -> bool {
    memmem::find(text, FENCE.as_bytes()).is_some()
}

/// The blocks of code in a text, each with its language, as far as a quick look tells. What it gets wrong
/// costs time and nothing else.
fn blocks(text: &[u8]) -> Vec<(&str, &str)> {
    let text = str::from_utf8(text).unwrap_or_default();
    let fences: Vec<usize> = memmem::find_iter(text.as_bytes(), FENCE).collect();
    let block = |pair: &[usize]| text[pair[0] + FENCE.len()..=pair[1]].split_once('\n');
    fences.chunks_exact(2).filter_map(block).collect()
}

/// What stands before the name of a language, and after the code.
const FENCE: &str = "\n```";

fn highlighted(code: &str, language: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    if push_parsed(&mut html, code, language).is_none() {
        push_escaped(&mut html, code);
    }
    html
}

fn push_parsed(out: &mut String, code: &str, language: &str) -> Option<()> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = String::with_capacity(code.len() * 2);
    let mut open: Option<&'static str> = None;
    for line in syntect::util::LinesWithEndings::from(code) {
        let mut at = 0;
        for (position, operation) in state.parse_line(line, &SYNTAXES).ok()? {
            // What a rule only looked at can end behind where the next one begins.
            let position = position.max(at);
            push_piece(&mut html, &line[at..position], &stack, &mut open);
            at = position;
            stack.apply(&operation).ok()?;
        }
        push_piece(&mut html, &line[at..], &stack, &mut open);
    }
    if open.is_some() {
        html.push_str("</span>");
    }
    out.push_str(&html);
    Some(())
}

fn push_piece(out: &mut String, piece: &str, stack: &ScopeStack, open: &mut Option<&'static str>) {
    if piece.is_empty() {
        return;
    }
    let class = if piece.trim().is_empty() { None } else { class_of(stack) };
    if class != *open {
        if open.is_some() {
            out.push_str("</span>");
        }
        if let Some(class) = class {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = class;
    }
    push_escaped(out, piece);
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_takes_our_own_classes_and_nothing_is_lost() {
        let mut out = String::new();
        push_highlighted(&mut out, "x = 1 # <b>\n", "python");
        assert!(out.contains("<span class=\"c-number\">1</span>"), "{out}");
        assert!(out.contains("<span class=\"c-comment\"># &lt;b&gt;"), "{out}");
        let mut out = String::new();
        push_highlighted(&mut out, "a < b", "no-such-language");
        assert_eq!(out, "a &lt; b");
    }

    #[test]
    fn blocks_are_found_with_their_languages() {
        let text = b"A text:\n```yaml\na: 1\n```\n\n```\nplain\n```\n\n```rust\nno end";
        assert_eq!(blocks(text), [("yaml", "a: 1\n"), ("", "plain\n")]);
        assert!(blocks(b"```\n```\xff").is_empty());
    }
}
