//! What follows a name or a word, told by what `fancy-regex` tests itself: edges of words and certain characters.
//!
//! A class that it hands on is compiled for 15 µs wherever it stands, and grammars have one behind each keyword.

use std::slice;

use fancy_regex::{Assertion, Expr, LookAround};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::lookaround::look;
use super::simpler::{class_of, expression_of};

/// How many characters are tried one by one: those that hexadecimal numbers are made of.
const FEW: usize = 22;

/// That none of a class follows a letter: `if(?![\w$])` is `if\b(?!\$)`.
pub(super) fn edge(class: &ClassUnicode, before: &[Expr]) -> Option<Vec<Expr>> {
    let mut word = letters();
    word.union(&range('\u{80}', char::MAX));
    let mut signs = class.clone();
    signs.difference(&word);
    word.difference(class);
    let is_edge = word.ranges().is_empty() && ends_in_letter(before);
    let signs = few(&signs).filter(|_| is_edge)?;
    let edge = Expr::Assertion(Assertion::WordBoundary);
    let no_sign = signs.into_iter().map(|sign| look(sign, LookAround::LookAheadNeg));
    Some([edge].into_iter().chain(no_sign).collect())
}

/// That one of a few characters follows, or none: `(?!(?!a|(?>b))\O(?<!a))`, as what is atomic is not handed on.
pub(super) fn few_or_end(class: &ClassUnicode) -> Option<Expr> {
    let all = few(class)?;
    let first = all.first()?.clone();
    let other = vec![
        look(one_by_one(all), LookAround::LookAheadNeg),
        Expr::Any { newline: true },
        look(first, LookAround::LookBehindNeg),
    ];
    Some(look(Expr::Concat(other), LookAround::LookAheadNeg))
}

/// One of a few letters or digits. Space is looked for too often to try one after the other.
pub(super) fn few_of(tree: &Expr) -> Option<Expr> {
    let class = class_of(tree)?;
    let mut others = class.clone();
    others.difference(&letters());
    let all = few(&class).filter(|all| all.len() > 1 && others.ranges().is_empty())?;
    Some(Expr::AtomicGroup(Box::new(one_by_one(all))))
}

/// Characters that are tried one by one.
fn one_by_one(mut all: Vec<Expr>) -> Expr {
    let last = all.pop().map(|last| Expr::AtomicGroup(Box::new(last)));
    all.extend(last);
    Expr::Alt(all)
}

/// The characters of a class one by one, if they are few.
fn few(class: &ClassUnicode) -> Option<Vec<Expr>> {
    let count: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
    let chars = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    (count <= FEW).then(|| chars.map(|c| expression_of(&range(c, c))).collect())
}

/// What words are made of in ASCII.
fn letters() -> ClassUnicode {
    let mut class = range('_', '_');
    for (first, last) in [('0', '9'), ('A', 'Z'), ('a', 'z')] {
        class.union(&range(first, last));
    }
    class
}

fn range(first: char, last: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(first, last)])
}

/// Whether a row ends in a letter of ASCII wherever it is found. A class holds signs beyond it, such as `’`.
fn ends_in_letter(row: &[Expr]) -> bool {
    let Some((last, before)) = row.split_last() else { return false };
    match last {
        Expr::Assertion(_) | Expr::LookAround(..) => ends_in_letter(before),
        Expr::Concat(row) => ends_in_letter(row),
        Expr::Alt(all) => all.iter().all(|one| ends_in_letter(slice::from_ref(one))),
        Expr::Group(tree) | Expr::AtomicGroup(tree) => ends_in_letter(slice::from_ref(tree)),
        Expr::Repeat { child, lo, .. } => {
            ends_in_letter(slice::from_ref(child)) && (*lo > 0 || ends_in_letter(before))
        }
        tree => class_of(tree).is_some_and(|mut class| {
            class.difference(&letters());
            class.ranges().is_empty()
        }),
    }
}
