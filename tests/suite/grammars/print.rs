//! Regular expressions as text. `fancy-regex` itself prints those only which another engine could run.

use fancy_regex::{Assertion, Expr, LookAround};
use regex_syntax::hir::ClassUnicode;

/// An expression as text, or nothing if it holds something that is not known here.
pub(super) fn print(expression: &Expr) -> Option<String> {
    let mut out = String::new();
    push(&mut out, expression, Within::Group)?;
    Some(out)
}

/// What an expression stands in; the further down, the tighter it binds.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Within {
    Group,
    Alternatives,
    Row,
    Repeat,
}

fn push(out: &mut String, expression: &Expr, within: Within) -> Option<()> {
    match expression {
        Expr::Empty => {}
        Expr::Any { newline } => out.push_str(if *newline { r"\O" } else { "." }),
        Expr::Literal { val, casei: false } => {
            let is_row = within == Within::Repeat && val.chars().count() > 1;
            enclosed(out, is_row, |out| {
                val.chars().for_each(|c| push_literal(out, c));
                Some(())
            })?;
        }
        Expr::Assertion(assertion) => out.push_str(match assertion {
            Assertion::StartText => "^",
            Assertion::EndText => "$",
            Assertion::StartLine { crlf: false } => "(?m:^)",
            Assertion::EndLine { crlf: false } => "(?m:$)",
            Assertion::WordBoundary => r"\b",
            Assertion::NotWordBoundary => r"\B",
            _ => return None,
        }),
        Expr::Concat(row) => enclosed(out, within > Within::Alternatives, |out| {
            row.iter().try_for_each(|one| push(out, one, Within::Row))
        })?,
        Expr::Alt(all) => enclosed(out, within > Within::Group, |out| {
            all.iter().enumerate().try_for_each(|(number, one)| {
                if number > 0 {
                    out.push('|');
                }
                push(out, one, Within::Alternatives)
            })
        })?,
        Expr::Group(inner) => push_group(out, "(", inner)?,
        Expr::AtomicGroup(inner) => push_group(out, "(?>", inner)?,
        Expr::LookAround(inner, kind) => {
            let open = match kind {
                LookAround::LookAhead => "(?=",
                LookAround::LookAheadNeg => "(?!",
                LookAround::LookBehind => "(?<=",
                LookAround::LookBehindNeg => "(?<!",
            };
            push_group(out, open, inner)?;
        }
        Expr::Repeat { child, lo, hi, greedy } => enclosed(out, within == Within::Repeat, |out| {
            push(out, child, Within::Repeat)?;
            push_times(out, *lo, *hi);
            if !greedy {
                out.push('?');
            }
            Some(())
        })?,
        Expr::Delegate { inner, size: 1, casei: false } => out.push_str(inner),
        // What `\Z` looks for.
        Expr::Delegate { inner, size: 0, casei: false } if inner == r"\n*$" => out.push_str("\n*$"),
        Expr::Backref { group, casei: false } => out.push_str(&format!(r"(?:\{group})")),
        Expr::KeepOut => out.push_str(r"\K"),
        Expr::ContinueFromPreviousMatchEnd => out.push_str(r"\G"),
        _ => return None,
    }
    Some(())
}

fn enclosed(
    out: &mut String,
    is_group: bool,
    inner: impl FnOnce(&mut String) -> Option<()>,
) -> Option<()> {
    if is_group {
        out.push_str("(?:");
    }
    inner(out)?;
    if is_group {
        out.push(')');
    }
    Some(())
}

fn push_group(out: &mut String, open: &str, inner: &Expr) -> Option<()> {
    out.push_str(open);
    push(out, inner, Within::Group)?;
    out.push(')');
    Some(())
}

fn push_times(out: &mut String, least: usize, most: usize) {
    match (least, most) {
        (0, 1) => out.push('?'),
        (0, usize::MAX) => out.push('*'),
        (1, usize::MAX) => out.push('+'),
        (least, usize::MAX) => out.push_str(&format!("{{{least},}}")),
        (least, most) if least == most => out.push_str(&format!("{{{least}}}")),
        (least, most) => out.push_str(&format!("{{{least},{most}}}")),
    }
}

fn push_literal(out: &mut String, c: char) {
    if r"\.+*?()|[]{}^$#".contains(c) {
        out.push('\\');
    }
    out.push(c);
}

/// A class of characters as text, negated where that is shorter.
pub(super) fn print_class(class: &ClassUnicode) -> String {
    let mut rest = class.clone();
    rest.negate();
    let (in_it, not_in_it) = (print_ranges(class), print_ranges(&rest));
    if in_it.len() <= not_in_it.len() || not_in_it.is_empty() {
        format!("[{in_it}]")
    } else {
        format!("[^{not_in_it}]")
    }
}

fn print_ranges(class: &ClassUnicode) -> String {
    let mut out = String::new();
    for range in class.ranges() {
        let (first, last) = (range.start(), range.end());
        push_member(&mut out, first);
        if first != last {
            if last as u32 > first as u32 + 1 {
                out.push('-');
            }
            push_member(&mut out, last);
        }
    }
    out
}

fn push_member(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\t' => out.push_str(r"\t"),
        '\r' => out.push_str(r"\r"),
        // What some engine reads as more than itself; another one takes `\<` for the edge of a word.
        '[' | ']' | '\\' | '^' | '-' | '&' | '~' => out.extend(['\\', c]),
        ' '..='~' => out.push(c),
        c => out.push_str(&format!(r"\x{{{:X}}}", u32::from(c))),
    }
}
