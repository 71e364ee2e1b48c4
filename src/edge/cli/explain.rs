//! `sinew explain CODE`: says what a finding means, at more length than its message has.

use super::Outcome;
use super::arguments::Explain;
use super::terminal::print;
use crate::check;
use crate::diagnostic::{Explanation, Level};
use crate::edge::disk;
use crate::edge::machine::MachineError;
use crate::model;

pub(super) fn run(explain: &Explain) -> Result<Outcome, MachineError> {
    let text = match &explain.code {
        Some(code) => explained(code).ok_or_else(|| unknown(code))?,
        None => listed(),
    };
    print(&text)?;
    Ok(Outcome::Done)
}

/// All rules with their levels, then the codes of what is always reported.
fn listed() -> String {
    let mut rules: Vec<_> = check::rules().iter().collect();
    rules.sort_unstable_by_key(|rule| rule.code);
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut text =
        "rules, with the levels that they have unless `[check]` sets others:\n\n".to_owned();
    for rule in &rules {
        let line = format!("{:width$}  {:5}  {}\n", rule.code, word(rule.default), rule.summary);
        text.push_str(&line);
    }
    let mut others: Vec<&str> =
        all().filter(|code| rules.iter().all(|rule| rule.code != *code)).collect();
    others.sort_unstable();
    text.push_str("\nalways reported:\n\n");
    text.push_str(&wrapped(&others.join(", "), 80));
    text.push('\n');
    text
}

/// All there is to say about a code.
fn explained(code: &str) -> Option<String> {
    let of_files = disk::EXPLANATIONS.iter().find(|explanation| explanation.code == code);
    if let Some(Explanation { text, .. }) = of_files {
        return Some(format!("{code}\n\n{}\n", wrapped(text, 80)));
    }
    let explanation = check::explain(code)?;
    let head = match explanation.rule {
        Some((level, summary)) => format!("{code}: {summary}\nlevel: {}", word(level)),
        None => code.to_owned(),
    };
    Some(format!("{head}\n\n{}\n", paragraphs(explanation.text)))
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Error => "error",
    }
}

/// Markdown with its paragraphs wrapped, and its code as it stands.
fn paragraphs(markdown: &str) -> String {
    let pieces = markdown.trim_end().split("```").enumerate().map(|(number, piece)| {
        if number % 2 == 1 {
            return format!("```{piece}```");
        }
        let wrapped: Vec<String> = piece.split("\n\n").map(|one| wrapped(one, 80)).collect();
        let (start, end) = (piece.starts_with('\n'), piece.ends_with('\n'));
        let text = wrapped.join("\n\n").trim_matches('\n').to_owned();
        let gap = |is_there: bool| if is_there { "\n\n" } else { "" };
        format!("{}{text}{}", gap(start), gap(end && !text.is_empty()))
    });
    pieces.collect()
}

/// The codes of all explanations.
fn all() -> impl Iterator<Item = &'static str> {
    disk::EXPLANATIONS.iter().map(|explanation| explanation.code).chain(check::codes())
}

fn unknown(code: &str) -> MachineError {
    let error = MachineError::usage(format!("there is no code `{code}`"));
    let mut codes: Vec<&str> = all().collect();
    codes.sort_unstable();
    let similar = model::similar("a code", code, codes.iter().copied());
    error.hint(similar.unwrap_or_else(|| format!("codes are {}", codes.join(", "))))
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
        let mut codes: Vec<&str> = all().collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        let text = |code: &str| explained(code).unwrap_or_default();
        assert!(codes.iter().all(|code| text(code).trim_end().ends_with(['.', '`'])), "{codes:?}");
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
