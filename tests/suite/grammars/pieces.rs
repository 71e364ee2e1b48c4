//! What `fancy-regex` hands on to the engine behind it, made so that there is less of it to compile.
//!
//! It runs an expression itself where that looks around, and hands on each piece that does not. The other
//! engine spends 140 µs on a class that holds all beyond ASCII, which is many sequences of bytes, and 25 µs
//! on one that holds nothing beyond; characters that follow one another it is not asked for.

use fancy_regex::{Assertion, Expr, LookAround};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::lookaround::{holds_all_beyond, look};
use super::simpler::{class_of, expression_of};

/// The same expression, in pieces that are quick to compile.
pub(super) fn in_quick_pieces(tree: Expr) -> Expr {
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
    let forbidden = forbidden_by(&last);
    let is_run_here = forbidden.is_some() || row.iter().any(looks_around) || looks_around(&last);
    let ahead = match forbidden {
        Some(class) => none_of(class),
        None if is_run_here || row.is_empty() => look(piece(*last, false), LookAround::LookAhead),
        None => look(*last, LookAround::LookAhead),
    };
    let mut row = if is_run_here { pieces(row, true) } else { row };
    row.push(ahead);
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
        Expr::LookAround(tree, kind) => match forbidden_by(&tree) {
            Some(class) if kind == LookAround::LookAhead => none_of(class),
            _ => Expr::LookAround(one(tree, false), kind),
        },
        Expr::Repeat { child, lo, hi, greedy } => {
            let is_apart = is_apart || ((lo, hi) != (0, 1) && looks_around(&child));
            Expr::Repeat { child: one(child, is_apart), lo, hi, greedy }
        }
        tree => alone(tree),
    }
}

/// The parts of a row: the first ones are handed on together, and the last ones, up to what looks around.
fn pieces(row: Vec<Expr>, is_apart: bool) -> Vec<Expr> {
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
        look(expression_of(&first), LookAround::LookAheadNeg),
        Expr::Any { newline: true },
        look(expression_of(others), LookAround::LookBehindNeg),
    ])
}

/// That none of a class follows.
fn none_of(class: ClassUnicode) -> Expr {
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
