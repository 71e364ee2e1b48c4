//! What must not stand beside a piece of code, with names apart from all else.

use fancy_regex::{Expr, LookAround};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::simpler::{class_of, expression_of};

/// A look around, where it forbids a class that holds all beyond ASCII by a look of its own: `(?!\w|::)` is
/// `(?!::)(?!\w)`, and each of them is quick to compile (`pieces.rs`).
///
/// What begins with a backslash beside such a class is a letter of a name by its number, and counts as the
/// backslash alone.
pub(super) fn apart(inner: Expr, kind: LookAround) -> Expr {
    let is_negative = matches!(kind, LookAround::LookAheadNeg | LookAround::LookBehindNeg);
    let mut rest = match &inner {
        Expr::Alt(all) if is_negative => all.clone(),
        _ => return look(inner, kind),
    };
    let mut forbidden = ClassUnicode::empty();
    rest.retain(|one| match first_of(one) {
        Some(class) => {
            forbidden.union(&class);
            false
        }
        None => true,
    });
    if !holds_all_beyond(&forbidden) {
        return look(inner, kind);
    }
    let name = look(expression_of(&forbidden), kind);
    match rest.len() {
        0 => name,
        1 => Expr::Concat(vec![look(rest.remove(0), kind), name]),
        _ => Expr::Concat(vec![look(Expr::Alt(rest), kind), name]),
    }
}

/// An expression that looks around.
pub(super) fn look(inner: Expr, kind: LookAround) -> Expr {
    Expr::LookAround(Box::new(inner), kind)
}

/// Whether a class holds all characters beyond ASCII.
pub(super) fn holds_all_beyond(class: &ClassUnicode) -> bool {
    let last = class.ranges().last();
    last.is_some_and(|last| last.start() <= '\u{80}' && last.end() == char::MAX)
}

/// The characters that an alternative stands for, or the backslash with which it begins.
fn first_of(alternative: &Expr) -> Option<ClassUnicode> {
    class_of(alternative).or_else(|| match alternative {
        Expr::Concat(row) => class_of(row.first()?).filter(|class| *class == backslash()),
        _ => None,
    })
}

fn backslash() -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new('\\', '\\')])
}
