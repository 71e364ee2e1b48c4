//! Regular expressions that mean the same, with smaller classes of characters, and fewer pieces (`lookaround.rs`).
//!
//! A class of Unicode such as `\w` is hundreds of ranges, which are compiled each time that an expression
//! holds it. Code is ASCII nearly everywhere: there a class stays what it is, and beyond it holds all or
//! nothing, as it holds most letters or few.

use fancy_regex::Expr;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::lookaround::apart;
use super::pieces::{in_quick_pieces, made_larger};
use super::print::{print, print_class};

/// How `syntect` has expressions read: of Unicode, in the way of Oniguruma.
const FLAGS: u32 = 1 << 5 | 1 << 6;

/// Letters of many scripts.
const LETTERS: &str = "ßéñøğжщωλאبकกあ中한";

/// Stands for `\0` to `\9` while an expression is read that refers to what opened its context.
const FIRST_OUTER: u32 = 0xE000;

/// A simpler form of an expression, or nothing if it holds something that is not known here.
pub(super) fn simpler(expression: &str, has_outer: bool) -> Option<String> {
    let text = if has_outer { without_outer(expression) } else { expression.to_owned() };
    let tree = in_quick_pieces(simpler_tree(parse(&text)?)?);
    let text = print(&tree)?;
    // What was printed reads as what was meant.
    let again = print(&in_quick_pieces(simpler_tree(parse(&text)?)?))?;
    assert_eq!(text, again, "{expression}");
    let text = print(&made_larger(tree))?;
    Some(if has_outer { with_outer(text) } else { text })
}

fn parse(expression: &str) -> Option<Expr> {
    Expr::parse_tree_with_flags(expression, FLAGS).ok().map(|tree| tree.expr)
}

fn outer(digit: u32) -> char {
    char::from_u32(FIRST_OUTER + digit).expect("a character for private use")
}

/// `syntect` puts text in the place of `\1` before it compiles an expression.
fn without_outer(expression: &str) -> String {
    let mut text = String::new();
    let mut chars = expression.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        match (escaped, escaped.and_then(|escaped| escaped.to_digit(10))) {
            (_, Some(digit)) => text.push(outer(digit)),
            (escaped, None) => text.extend([Some(c), escaped].into_iter().flatten()),
        }
    }
    text
}

fn with_outer(text: String) -> String {
    (0..10).fold(text, |text, digit| text.replace(outer(digit), &format!("\\{digit}")))
}

fn simpler_tree(tree: Expr) -> Option<Expr> {
    let all = |trees: Vec<Expr>| trees.into_iter().map(simpler_tree).collect::<Option<Vec<_>>>();
    let one = |tree: Box<Expr>| simpler_tree(*tree).map(Box::new);
    Some(match tree {
        Expr::Literal { val, casei: true } => {
            class(&format!("(?i:{})", regex_syntax::escape(&val)))?
        }
        Expr::Delegate { inner, size: 1, casei } => {
            class(&if casei { format!("(?i:{inner})") } else { inner })?
        }
        Expr::Concat(trees) => {
            let row = all(trees)?.into_iter().flat_map(|tree| match tree {
                Expr::Concat(row) => row,
                tree => vec![tree],
            });
            Expr::Concat(row.collect())
        }
        Expr::Alt(trees) => Expr::Alt(all(trees)?),
        Expr::Group(tree) => Expr::Group(one(tree)?),
        Expr::LookAround(tree, kind) => apart(simpler_tree(*tree)?, kind),
        Expr::AtomicGroup(tree) => Expr::AtomicGroup(one(tree)?),
        Expr::Repeat { child, lo, hi, greedy } => {
            Expr::Repeat { child: one(child)?, lo, hi, greedy }
        }
        tree => tree,
    })
}

/// An expression for one character, with all or nothing beyond ASCII.
fn class(expression: &str) -> Option<Expr> {
    let whole = members(&regex_syntax::parse(expression).ok()?)?;
    let holds = |letter: &char| {
        let mut ranges = whole.ranges().iter();
        ranges.any(|range| (range.start()..=range.end()).contains(letter))
    };
    let beyond = ClassUnicode::new([ClassUnicodeRange::new('\u{80}', char::MAX)]);
    let mut simple = whole.clone();
    if LETTERS.chars().filter(holds).count() * 2 > LETTERS.chars().count() {
        simple.union(&beyond);
    } else {
        simple.difference(&beyond);
    }
    // A class of signs beyond ASCII alone, such as operators of Julia.
    let simple = if simple.ranges().is_empty() { whole } else { simple };
    Some(expression_of(&simple))
}

/// A class as an expression.
pub(super) fn expression_of(class: &ClassUnicode) -> Expr {
    match class.ranges() {
        [range] if range.start() == range.end() => {
            Expr::Literal { val: range.start().to_string(), casei: false }
        }
        _ => Expr::Delegate { inner: print_class(class), size: 1, casei: false },
    }
}

/// The characters of an expression that stands for one of them.
pub(super) fn class_of(expression: &Expr) -> Option<ClassUnicode> {
    match expression {
        Expr::Literal { val, casei: false } => {
            members(&regex_syntax::parse(&regex_syntax::escape(val)).ok()?)
        }
        Expr::Delegate { inner, size: 1, casei: false } => {
            members(&regex_syntax::parse(inner).ok()?)
        }
        _ => None,
    }
}

/// The characters that an expression of one character stands for.
fn members(hir: &Hir) -> Option<ClassUnicode> {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class.clone()),
        HirKind::Class(Class::Bytes(class)) => class.to_unicode_class(),
        HirKind::Literal(literal) => {
            let mut chars = str::from_utf8(&literal.0).ok()?.chars();
            let only = chars.next().filter(|_| chars.next().is_none())?;
            Some(ClassUnicode::new([ClassUnicodeRange::new(only, only)]))
        }
        _ => None,
    }
}
