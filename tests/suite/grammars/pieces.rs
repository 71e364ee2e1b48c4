//! What `fancy-regex` hands on to the engine behind it, made so that there is less of it to compile.
//!
//! It runs an expression itself where that looks around, and hands on each piece that does not. The other
//! engine spends 140 µs on a class that holds all beyond ASCII, which is many sequences of bytes, and 25 µs
//! on one that holds nothing beyond; characters that follow one another it is not asked for.

use fancy_regex::{Assertion, Expr, LookAround};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::edges::{edge, few_of, few_or_end};
use super::lookaround::{holds_all_beyond, look};
use super::print::print;
use super::simpler::{class_of, expression_of};

/// How long an expression of one size is that is worth being made larger, and which is large anyway.
const SHORT: usize = 8;
const LONG: usize = 150;

/// The same expression, in pieces that are quick to compile.
pub(super) fn in_quick_pieces(tree: Expr) -> Expr {
    match in_pieces(tree) {
        // Even an empty expression would be compiled.
        Expr::Empty => Expr::AtomicGroup(Box::new(Expr::Empty)),
        // A look ahead alone would have an empty group compiled before it.
        Expr::LookAround(tree, LookAround::LookAhead) if looks_around(&tree) => {
            Expr::Concat(vec![look(*tree, LookAround::LookAhead), Expr::KeepOut])
        }
        tree => tree,
    }
}

fn in_pieces(tree: Expr) -> Expr {
    if !looks_around(&tree) {
        return alone(tree);
    }
    // What comes last is not looked ahead for, but found behind the group that is the match.
    let (row, last) = match tree {
        Expr::Concat(mut row) => match row.pop() {
            Some(Expr::LookAround(last, LookAround::LookAhead)) => (row, last),
            last => {
                row.extend(last);
                return piece(Expr::Concat(row), false);
            }
        },
        Expr::LookAround(last, LookAround::LookAhead) => (Vec::new(), last),
        tree => return piece(tree, false),
    };
    let last = if row.is_empty() && !looks_around(&last) { alone(*last) } else { *last };
    let forbidden = forbidden_by(&last);
    let is_run_here = forbidden.is_some() || row.iter().any(looks_around) || looks_around(&last);
    let ahead = match forbidden {
        Some(class) => edge(&class, &row).unwrap_or_else(|| vec![none_of(class)]),
        None if is_run_here => vec![look(piece(last, false), LookAround::LookAhead)],
        None => vec![look(last, LookAround::LookAhead)],
    };
    let mut row = if is_run_here { pieces(row, true) } else { row };
    row.extend(ahead);
    one_of_row(row)
}

fn one_of_row(row: Vec<Expr>) -> Expr {
    let mut flat: Vec<Expr> = row
        .into_iter()
        .flat_map(|tree| match tree {
            Expr::Concat(row) => row,
            tree => vec![tree],
        })
        .collect();
    if flat.len() == 1 { flat.remove(0) } else { Expr::Concat(flat) }
}

/// A part of an expression. If the parts before it look around, nothing is handed on as a whole.
fn piece(tree: Expr, is_apart: bool) -> Expr {
    if !is_apart && !looks_around(&tree) {
        return alone(tree);
    }
    let one = |tree: Box<Expr>, is_apart| Box::new(piece(*tree, is_apart));
    match tree {
        Expr::Concat(row) => one_of_row(pieces(row, is_apart)),
        Expr::Alt(all) => Expr::Alt(all.into_iter().map(|tree| piece(tree, is_apart)).collect()),
        Expr::Group(tree) => Expr::Group(one(tree, is_apart)),
        Expr::AtomicGroup(tree) => Expr::AtomicGroup(one(tree, false)),
        Expr::LookAround(tree, kind) => match none_ahead(&tree, kind) {
            Some(class) => none_of(class),
            None => Expr::LookAround(one(tree, false), kind),
        },
        Expr::Repeat { child, lo, hi, greedy } => {
            let is_apart = is_apart || ((lo, hi) != (0, 1) && looks_around(&child));
            Expr::Repeat { child: one(child, is_apart), lo, hi, greedy }
        }
        // What is apart is not handed on if it is one of a few characters.
        tree if is_apart => few_of(&tree).unwrap_or_else(|| alone(tree)),
        tree => alone(tree),
    }
}

/// A row in which edges of words tell what must not follow letters.
fn with_edges(row: &[Expr]) -> Vec<Expr> {
    let mut out = Vec::new();
    for (number, tree) in row.iter().enumerate() {
        let before = &row[..number];
        let class = match tree {
            Expr::LookAround(tree, kind) => none_ahead(tree, *kind),
            _ => None,
        };
        let told = class.and_then(|class| edge(&class, before));
        out.extend(told.unwrap_or_else(|| vec![tree.clone()]));
    }
    out
}

/// The parts of a row: the first ones are handed on together, and the last ones, up to what looks around.
fn pieces(row: Vec<Expr>, is_apart: bool) -> Vec<Expr> {
    let row = with_edges(&row);
    let is_short = |tree: &&Expr| !looks_around(tree) && size(tree).is_some();
    let first = row.iter().take_while(is_short).count();
    let is_last = |tree: &&Expr| !looks_around(tree) && (!is_apart || size(tree).is_some());
    let last = row.len() - row[first..].iter().rev().take_while(is_last).count();
    let mut parts = row.into_iter();
    let mut out = together(parts.by_ref().take(first).collect());
    out.extend(parts.by_ref().take(last - first).map(|tree| piece(tree, true)));
    out.extend(together(parts.collect()));
    out
}

/// Parts that are handed on together, unless only one of them is more than certain characters.
fn together(row: Vec<Expr>) -> Vec<Expr> {
    let is_more = |tree: &&Expr| !matches!(tree, Expr::Literal { .. });
    if row.iter().filter(is_more).count() > 1 {
        return row;
    }
    row.into_iter().map(alone).collect()
}

/// A part that is handed on alone.
fn alone(tree: Expr) -> Expr {
    match class_beyond(&tree) {
        Some(class) => any_of(&class),
        None => tree,
    }
}

/// The characters of a part, if all beyond ASCII are among them.
fn class_beyond(tree: &Expr) -> Option<ClassUnicode> {
    let class = match tree {
        Expr::Any { newline: false } => all_but(ClassUnicodeRange::new('\n', '\n')),
        tree => class_of(tree)?,
    };
    holds_all_beyond(&class).then_some(class)
}

fn all_but(range: ClassUnicodeRange) -> ClassUnicode {
    let mut class = ClassUnicode::new([range]);
    class.negate();
    class
}

/// The class that must not follow, if this is what a look around says.
fn none_ahead(tree: &Expr, kind: LookAround) -> Option<ClassUnicode> {
    match kind {
        LookAround::LookAhead => forbidden_by(tree),
        LookAround::LookAheadNeg => class_of(tree),
        _ => None,
    }
}

/// The class that must not follow, where what may follow is said: `[a-z]|$` forbids `[^a-z]`.
fn forbidden_by(ahead: &Expr) -> Option<ClassUnicode> {
    let Expr::Alt(all) = ahead else { return None };
    let mut may_end = false;
    let mut class = ClassUnicode::empty();
    for one in all {
        match one {
            Expr::Assertion(Assertion::EndText) => may_end = true,
            Expr::Assertion(Assertion::EndLine { crlf: false }) => {
                may_end = true;
                class.push(ClassUnicodeRange::new('\n', '\n'));
            }
            one => class.union(&class_of(one)?),
        }
    }
    class.negate();
    may_end.then_some(class)
}

/// `[^ab]` as `(?!a)\O(?<!b)`, for a class that holds all beyond ASCII.
fn any_of(class: &ClassUnicode) -> Expr {
    let mut without = class.clone();
    without.negate();
    let Some(first) = without.ranges().first().map(|range| range.start()) else {
        return Expr::Any { newline: true };
    };
    let first = ClassUnicode::new([ClassUnicodeRange::new(first, first)]);
    let mut others = without;
    others.difference(&first);
    // A class of one, of which both sides are told.
    let others = if others.ranges().is_empty() { &first } else { &others };
    Expr::Concat(vec![
        look(expression_of(others), LookAround::LookAheadNeg),
        Expr::Any { newline: true },
        look(expression_of(&first), LookAround::LookBehindNeg),
    ])
}

/// That none of a class follows.
fn none_of(class: ClassUnicode) -> Expr {
    let mut rest = class.clone();
    rest.negate();
    if let Some(ahead) = few_or_end(&rest) {
        return ahead;
    }
    let one = if holds_all_beyond(&class) { any_of(&class) } else { expression_of(&class) };
    look(one, LookAround::LookAheadNeg)
}

/// Whether `fancy-regex` runs an expression itself.
fn looks_around(tree: &Expr) -> bool {
    match tree {
        Expr::Assertion(assertion) => {
            matches!(assertion, Assertion::WordBoundary | Assertion::NotWordBoundary)
        }
        Expr::Concat(trees) | Expr::Alt(trees) => trees.iter().any(looks_around),
        Expr::Group(tree) | Expr::Repeat { child: tree, .. } => looks_around(tree),
        Expr::Empty | Expr::Any { .. } | Expr::Literal { .. } | Expr::Delegate { .. } => false,
        _ => true,
    }
}

/// How many characters an expression stands for, if that is certain.
fn size(tree: &Expr) -> Option<usize> {
    match tree {
        Expr::Any { .. } | Expr::Literal { .. } => Some(1),
        Expr::Delegate { size, .. } => Some(*size),
        Expr::Concat(row) => row.iter().map(size).sum(),
        Expr::Alt(all) => {
            let first = size(all.first()?)?;
            all.iter().all(|tree| size(tree) == Some(first)).then_some(first)
        }
        Expr::Group(tree) | Expr::AtomicGroup(tree) => size(tree),
        Expr::Repeat { child, lo, hi, .. } => {
            size(child).filter(|_| lo == hi).map(|size| size * lo)
        }
        Expr::Backref { .. } => None,
        _ => Some(0),
    }
}

/// The same expression, with something that never matches added to what is handed on, `(?:$[!-~]{24})?`.
///
/// For what is small, of up to 30 states, the other engine compiles two whole automata, which takes half of its
/// time. Those of what is larger are made as far as text asks for it.
pub(super) fn made_larger(tree: Expr) -> Expr {
    match tree {
        Expr::LookAround(tree, kind @ (LookAround::LookAhead | LookAround::LookAheadNeg)) => {
            look(made_larger(*tree), kind)
        }
        tree if !looks_around(&tree) => larger(tree),
        Expr::Concat(mut row) => {
            // Other parts of a row are handed on with what is beside them.
            let last = row.pop().map(made_larger);
            let ahead = |tree| if looks_around(&tree) { made_larger(tree) } else { tree };
            Expr::Concat(row.into_iter().map(ahead).chain(last).collect())
        }
        tree => tree,
    }
}

fn larger(tree: Expr) -> Expr {
    if !is_worth_it(&tree) {
        return tree;
    }
    let sign = Expr::Delegate { inner: "[!-~]".to_owned(), size: 1, casei: false };
    let signs = Expr::Repeat { child: Box::new(sign), lo: 24, hi: 24, greedy: true };
    let behind = Box::new(Expr::Concat(vec![Expr::Assertion(Assertion::EndText), signs]));
    one_of_row(vec![tree, Expr::Repeat { child: behind, lo: 0, hi: 1, greedy: true }])
}

/// Whether an expression is neither one class nor some words, for which no automaton is made, nor short nor long.
fn is_worth_it(tree: &Expr) -> bool {
    let Some(text) = print(tree).filter(|_| class_of(tree).is_none()) else { return false };
    let Ok(hir) = regex_syntax::parse(&text) else { return false };
    let properties = hir.properties();
    let is_plain = properties.explicit_captures_len() == 0 && properties.look_set().is_empty();
    let is_words = is_plain && Extractor::new().extract(&hir).is_exact();
    let is_of_one_size = properties.minimum_len() == properties.maximum_len();
    let least = if is_of_one_size { SHORT } else { 0 };
    !is_words && (least..=LONG).contains(&text.len())
}
