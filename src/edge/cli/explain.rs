//! `sinew explain CODE`: says what a finding means, at more length than its message has.

use super::Outcome;
use super::arguments::Explain;
use super::terminal::print;
use crate::diagnostic::Explanation;
use crate::edge::disk;
use crate::edge::machine::MachineError;
use crate::model;

pub(super) fn run(explain: &Explain) -> Result<Outcome, MachineError> {
    match all().find(|explanation| explanation.code == explain.code) {
        Some(explanation) => {
            print(&format!("{}\n\n{}\n", explanation.code, wrapped(explanation.text, 80)))?;
            Ok(Outcome::Done)
        }
        None => Err(unknown(&explain.code)),
    }
}

/// Every explanation: of files, of reading.
fn all() -> impl Iterator<Item = &'static Explanation> {
    disk::EXPLANATIONS.iter().chain(model::EXPLANATIONS)
}

fn unknown(code: &str) -> MachineError {
    let error = MachineError::usage(format!("there is no code `{code}`"));
    let mut codes: Vec<&str> = all().map(|explanation| explanation.code).collect();
    codes.sort_unstable();
    match model::nearest(code, codes.iter().copied()) {
        Some(nearest) => error.hint(format!("a code with a similar name exists: `{nearest}`")),
        None => error.hint(format!("codes are {}", codes.join(", "))),
    }
}

/// The text in lines of at most `width` characters, where its words allow it.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            lines.push('\n');
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_once_in_whole_sentences() {
        let mut codes: Vec<&str> = all().map(|explanation| explanation.code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        assert!(all().all(|explanation| explanation.text.ends_with('.')));
    }

    #[test]
    fn a_code_that_does_not_exist_names_the_nearest() {
        let error = unknown("duplicate-recrod");
        let hint = error.hint.as_deref();
        assert_eq!(hint, Some("a code with a similar name exists: `duplicate-record`"));
    }

    #[test]
    fn lines_are_wrapped_between_words() {
        assert_eq!(wrapped("aa bb  cc\ndddddddd e", 5), "aa bb\ncc\ndddddddd\ne");
    }
}
