//! What must not stand beside a piece of code, said by what may.

use fancy_regex::{Assertion, Expr, LookAround};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::simpler::{class_of, expression_of};

/// A look around, where it forbids a class that holds all beyond ASCII by what it allows: `(?!\w|:)` is
/// `(?!:)(?=\W|$)`. What is left of ASCII is quick to compile, and an expression that ends in what it allows is
/// compiled as one.
///
/// What begins with a backslash beside such a class is a letter of a name by its number, and counts as the
/// backslash alone.
pub(super) fn allowed(inner: Expr, kind: LookAround) -> Expr {
    let (positive, edge) = match kind {
        LookAround::LookAheadNeg => (LookAround::LookAhead, Assertion::EndText),
        LookAround::LookBehindNeg => (LookAround::LookBehind, Assertion::StartText),
        LookAround::LookAhead | LookAround::LookBehind => return look(inner, kind),
    };
    let mut rest = match &inner {
        Expr::Alt(all) => all.clone(),
        one => vec![one.clone()],
    };
    let mut forbidden = ClassUnicode::empty();
    rest.retain(|one| match first_of(one) {
        Some(class) => {
            forbidden.union(&class);
            false
        }
        None => true,
    });
    let last = forbidden.ranges().last();
    let holds_all_beyond =
        last.is_some_and(|last| last.start() <= '\u{80}' && last.end() == char::MAX);
    forbidden.negate();
    if !holds_all_beyond || forbidden.ranges().is_empty() {
        return look(inner, kind);
    }
    let may_stand = Expr::Alt(vec![expression_of(&forbidden), Expr::Assertion(edge)]);
    let may_stand = look(may_stand, positive);
    match rest.len() {
        0 => may_stand,
        1 => Expr::Concat(vec![look(rest.remove(0), kind), may_stand]),
        _ => Expr::Concat(vec![look(Expr::Alt(rest), kind), may_stand]),
    }
}

fn look(inner: Expr, kind: LookAround) -> Expr {
    Expr::LookAround(Box::new(inner), kind)
}

/// The characters that an alternative stands for, or the backslash with which it begins.
fn first_of(alternative: &Expr) -> Option<ClassUnicode> {
    class_of(alternative).or_else(|| match alternative {
        Expr::Concat(row) => match row.first() {
            Some(Expr::Literal { val, casei: false }) if val == "\\" => {
                Some(ClassUnicode::new([ClassUnicodeRange::new('\\', '\\')]))
            }
            _ => None,
        },
        _ => None,
    })
}
