//! The commonest slips of a text that is not YAML: the line that is to blame, in the words of who
//! wrote it, and what mends it. The library names the line at which it could not go on, and often
//! what it was at; the rest is read off the lines around.

use super::yaml_error::{CONTROL, Report, YamlError, bracket, open_bracket, open_quote};
use super::yaml_text::{Line, beginning, block_key, content, in_quotes, is_key, line_above};

/// The slip behind a report, if it is one that is known.
pub(super) fn find(report: &Report, text: &str) -> Option<YamlError> {
    let at = report.at;
    let line = Line::at(text, at);
    if report.problem == CONTROL {
        return control(text, at);
    }
    if line.text.trim_start_matches(' ').starts_with('\t') {
        let tab = line.start + line.indent();
        let error = YamlError::plain(tab..tab + 1, "the line is indented with a tab");
        return Some(error.help("indent with spaces, not with tabs"));
    }
    match report.problem.as_str() {
        "found unexpected end of stream" | "found unexpected document indicator" => {
            (report.doing == "scanning a quoted scalar").then(|| open(report.began, text))?
        }
        "could not find expected ':'" if report.doing == "scanning a simple key" => {
            Some(unfinished_key(text, report.began))
        }
        "mapping values are not allowed in this context" => Some(stray_colon(text, at)),
        "did not find expected key" | "did not find expected '-' indicator" => {
            if text[line.start..at].trim_ascii().is_empty() {
                misplaced_line(report, text)
            } else {
                after_value(text, at)
            }
        }
        "did not find expected node content" if report.doing == "parsing a flow node" => {
            open_bracket(text, text.len()).map(|opened| unclosed_bracket(report, opened, text))
        }
        "found character that cannot start any token"
        | "did not find expected node content"
        | "mapping keys are not allowed in this context"
        | "unknown anchor" => cannot_begin(text, at),
        "did not find expected alphabetic or numeric character" => cannot_begin(text, report.began),
        "block sequence entries are not allowed in this context" => Some(list_on_line(text, at)),
        "did not find expected comment or line break" => Some(text_on_line(report, text)),
        "found unknown escape character" | "did not find expected hexadecimal number" => {
            escape(text, at)
        }
        problem if problem.contains("more than one document") => {
            let second = text.find("\n---").map_or(at, |end| end + 1);
            let end = (second + 3).min(text.len());
            let error = YamlError::plain(second..end, "a second document begins here");
            Some(error.help(
                "remove the line of `---` that begins the second one; text stands in a `.md` file",
            ))
        }
        _ => within_brackets(report, text),
    }
}

fn control(text: &str, at: usize) -> Option<YamlError> {
    let found = text[at..].chars().next()?;
    let message = format!("the text holds the control character U+{:04X}", u32::from(found));
    Some(YamlError::plain(at..at + found.len_utf8(), message).help("remove it"))
}

/// A quote that nothing closes: the library reads on to the end, or to the next quote.
fn open(at: usize, text: &str) -> Option<YamlError> {
    let quote = text[at..].chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let error = YamlError::plain(at..at + 1, "the quote is never closed");
    Some(error.help(format!("close it with `{quote}` at the end of the text")))
}

fn list_on_line(text: &str, at: usize) -> YamlError {
    YamlError::plain(at..at + 1, "a list cannot begin on the line of its key")
        .help("begin the list on the next line, each item with `- `")
        .help(format!("put quotes around a text: {}", in_quotes(text, at)))
}

fn text_on_line(report: &Report, text: &str) -> YamlError {
    let at = report.at..(report.at + 1).min(text.len());
    YamlError::plain(at, "text stands on the line of `|` or `>`")
        .help("begin the text on the next line, indented further than its key")
        .help(format!("put quotes around it: {}", in_quotes(text, report.began)))
}

fn escape(text: &str, at: usize) -> Option<YamlError> {
    let backslash = if text[at..].starts_with('\\') { at } else { text[..at].rfind('\\')? };
    let escaped = text[backslash + 1..].chars().next()?;
    let message = format!("`\\{escaped}` stands for no character in double quotes");
    let error = YamlError::plain(backslash..backslash + 1 + escaped.len_utf8(), message);
    Some(error.help("write `\\\\` for a backslash, or put single quotes around the text"))
}

/// What is wrong in a list or map in brackets.
fn within_brackets(report: &Report, text: &str) -> Option<YamlError> {
    let opened = bracket(report, text)?;
    // A quote that was open is closed by the next one, which should open a text.
    let is_after_quote = text[..report.at].ends_with(['"', '\'']);
    let quote = is_after_quote.then(|| open_quote(text, report.at - 1)).flatten();
    match quote.filter(|quote| *quote < Line::at(text, report.at).start) {
        Some(quote) => open(quote, text),
        None => Some(unclosed_bracket(report, opened, text)),
    }
}

fn unclosed_bracket(report: &Report, opened: usize, text: &str) -> YamlError {
    let close = if text[opened..].starts_with('[') { ']' } else { '}' };
    let error = YamlError::plain(report.at..(report.at + 1).min(text.len()), &*report.problem);
    let error = error.help(format!("part items by commas, and close the bracket with `{close}`"));
    YamlError { opened_at: Some(opened), ..error }
}

/// A line that should be a key with its value, and lacks what makes it one.
fn unfinished_key(text: &str, began: usize) -> YamlError {
    let line = Line::at(text, began);
    let written = content(line.text);
    let start = line.start + line.text.find(written).unwrap_or(0);
    if let Some(quote) = written.chars().next().filter(|first| matches!(first, '"' | '\''))
        && !written[1..].contains(quote)
        && let Some(error) = open(start, text)
    {
        return error;
    }
    if let Some(above) = line_above(text, line.start)
        && let Some(key) = block_key(above.text)
        && line.indent() <= above.key_column()
    {
        let message = format!("the text of `{key}` is not indented further than its key");
        let by = above.key_column() + 2;
        return YamlError::plain(start..start + written.len(), message)
            .help(format!("indent each line of the text by {by} spaces"));
    }
    if let Some(item) = written.strip_prefix('-').filter(|item| !item.starts_with(['-', ' '])) {
        let message = "there is no space after the hyphen";
        return YamlError::plain(start..start + 1, message)
            .help(format!("write it as `- {}`", beginning(item)));
    }
    if let Some((key, value)) = written.split_once(':')
        && !key.contains(char::is_whitespace)
        && !value.is_empty()
        && !value.starts_with("//")
    {
        let colon = start + key.len();
        return YamlError::plain(colon..colon + 1, "there is no space after the colon")
            .help(format!("write it as `{key}: {}`", beginning(value)));
    }
    let is_beside = |above: &Line| {
        above.indent() == line.indent() && above.text.trim_ascii_start().starts_with("- ")
    };
    if line_above(text, line.start).as_ref().is_some_and(is_beside) && !is_key(written) {
        let message = "the line stands among the items of a list";
        return YamlError::plain(start..start + written.len(), message)
            .help(format!("write it as `- {}`", beginning(written)));
    }
    let word = written.split_ascii_whitespace().next().unwrap_or(written);
    let value = written[word.len()..].trim_start();
    let further = "if the line goes on with the text above, indent it further than its key";
    if !word.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_')) {
        return YamlError::plain(start..start + written.len(), "the line has no key")
            .help("write a key with a colon before its value")
            .help(further);
    }
    let whole = format!("{word}: {}", beginning(value));
    let message = format!("there is no colon after `{word}`");
    let error = YamlError::plain(start..start + word.len(), message)
        .help(format!("write it as `{}`", whole.trim_end()));
    let has_text = |above: Line| is_key(above.text) && !above.ends_with_colon();
    if value.contains(' ') && line_above(text, line.start).is_some_and(has_text) {
        error.help(further)
    } else {
        error
    }
}

/// A colon where the library expects none: within a text, or after a key that it takes for text.
fn stray_colon(text: &str, at: usize) -> YamlError {
    let line = Line::at(text, at);
    let before = content(&line.text[..at - line.start]);
    let quotes = "put quotes around text that holds a colon";
    let holds = || YamlError::plain(at..at + 1, "the text holds a colon").help(quotes);
    if is_key(before) {
        return holds();
    }
    // What stands above without a colon is taken for a text that goes on here.
    let (mut guilty, mut key) = (None, line_above(text, line.start));
    while let Some(above) = key.filter(|above| !is_key(above.text)) {
        guilty = Some(above);
        key = line_above(text, above.start);
    }
    let goes_on = |line: &Line| {
        key.is_some_and(|key| !key.ends_with_colon() && line.indent() > key.key_column())
    };
    if let Some(guilty) = guilty.filter(|guilty| !goes_on(guilty)) {
        return unfinished_key(text, guilty.start);
    }
    if before.contains(' ') {
        return holds();
    }
    YamlError::plain(at - before.len()..at, "the line is indented further than the key above it")
        .help(format!("indent the line as far as the keys beside it, or {quotes}"))
}

/// A line that is indented as nothing above it, or that is no key or item where those stand.
fn misplaced_line(report: &Report, text: &str) -> Option<YamlError> {
    let line = Line::at(text, report.at);
    let found = content(line.text);
    let indent = line.indent();
    let start = line.start + indent;
    let whole = start..start + line.text.trim_ascii().len();
    let says = |message: String| YamlError::plain(whole.clone(), message);
    if let Some((key, first)) = block_above(text, line) {
        let error = says(format!("the line is indented less than the text of `{key}` above it"))
            .help(format!("indent it by {} spaces, as the first line of the text", first.indent()));
        let beside = "if it is a key, indent it as far as the keys beside it";
        return Some(if is_key(found) { error.help(beside) } else { error });
    }
    let is_list = report.problem.contains('-');
    let column = report.began - Line::at(text, report.began).start;
    if indent == column && is_list && line.text.trim_ascii_start().starts_with('-') {
        return Some(unfinished_key(text, start));
    }
    if indent == column && is_list {
        let error = says("a key stands among the items of a list".to_owned());
        let help = "begin the line with `- `, or indent it as far as the key of the list";
        return Some(error.help(help));
    }
    if indent == column && found.len() < line.text.trim_ascii().len() {
        let error = says("an item of a list stands among keys".to_owned());
        return Some(
            error.help("write the items of a list below its key, which has no other value"),
        );
    }
    if indent == column {
        return None;
    }
    let spaces = if indent == 1 { "1 space" } else { &format!("{indent} spaces") };
    let error = says(format!("the line is indented by {spaces}, unlike the lines beside it"));
    let is_item = found.len() < line.text.trim_ascii().len();
    let item = is_list.then(|| item_above(text, line, column)).flatten();
    Some(match item {
        Some(item) if !is_item => {
            let by = item.key_column();
            error.help(format!("indent the line by {by} spaces, as the keys of its item"))
        }
        _ if is_item => error.help("indent the line as far as the items beside it"),
        _ => error.help("indent the line as far as the keys beside it"),
    })
}

/// The key and the first line of the text of several lines that a line interrupts.
fn block_above<'text>(text: &'text str, line: Line<'text>) -> Option<(&'text str, Line<'text>)> {
    let mut first = line;
    while let Some(above) = line_above(text, first.start) {
        if above.indent() < line.indent() {
            let key = block_key(above.text)?;
            return (first.start < line.start).then_some((key, first));
        }
        first = above;
    }
    None
}

/// The item of a list, whose hyphens stand in a column, to which a line belongs.
fn item_above<'text>(text: &'text str, line: Line<'text>, column: usize) -> Option<Line<'text>> {
    let mut above = line_above(text, line.start)?;
    while above.indent() > column {
        above = line_above(text, above.start)?;
    }
    above.text[above.indent()..].starts_with("- ").then_some(above)
}

/// What follows a value that has ended: its quote or bracket was not the last, or never closed.
fn after_value(text: &str, at: usize) -> Option<YamlError> {
    let line = Line::at(text, at);
    let close = text[..at].trim_ascii_end().len().checked_sub(1)?;
    let rest = at..line.start + line.text.trim_ascii_end().len();
    match text.as_bytes()[close] {
        b'"' | b'\'' => {
            let opened = open_quote(text, close)?;
            let first = Line::at(text, opened);
            let is_within = |line: Line| line.indent() <= first.indent();
            if opened < line.start && is_within(line) {
                return open(opened, text);
            }
            let error = YamlError::plain(rest, "the text goes on after the closing quote");
            Some(if opened < line.start {
                error.help("close the quote at the end of the text only")
            } else {
                error
                    .help(format!("put other quotes around all of it: {}", in_quotes(text, opened)))
            })
        }
        b']' | b'}' => {
            let opened = open_bracket(text, close)?;
            if text[at..].starts_with([']', '}']) {
                let error = YamlError::plain(at..at + 1, "the bracket closes nothing");
                return Some(error.help("remove it"));
            }
            let error = YamlError::plain(rest, "the text goes on after the closing bracket");
            Some(if opened < line.start {
                error.help("remove what follows the bracket, or put it on a line of its own")
            } else {
                error.help(format!("put quotes around a text: {}", in_quotes(text, opened)))
            })
        }
        _ => None,
    }
}

/// A text that begins with a character that means something else to YAML.
fn cannot_begin(text: &str, at: usize) -> Option<YamlError> {
    let first = text[at..].chars().next()?;
    let message = match first {
        '`' => "a text without quotes cannot begin with a backtick".to_owned(),
        _ => format!("a text without quotes cannot begin with `{first}`"),
    };
    let error = YamlError::plain(at..at + first.len_utf8(), message);
    Some(error.help(format!("put quotes around it: {}", in_quotes(text, at))))
}
