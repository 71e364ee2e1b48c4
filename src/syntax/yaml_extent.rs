//! How far a scalar of YAML reaches whose beginning is known.

use super::locate::Part;
use super::yaml_error::open_bracket;

/// The end of the scalar that starts at `start`: its closing quote, or the end of the plain text.
pub(super) fn scalar_end(text: &str, start: usize, part: Part) -> usize {
    let rest = &text[text.floor_char_boundary(start)..];
    let Some(first) = rest.chars().next() else { return start };
    if first == '"' || first == '\'' {
        return start + quoted_len(rest, first);
    }
    let line = rest.lines().next().unwrap_or_default();
    if matches!(first, '|' | '>') {
        return start + line.trim_end().len();
    }
    if matches!(first, '[' | '{') {
        return start + bracketed_len(line);
    }
    let mut end = line.len();
    for (at, _) in line.char_indices() {
        let after = &line[at..];
        let is_comment = after.starts_with(" #");
        let is_value = after.starts_with(": ") || after == ":";
        if is_comment || is_value {
            end = at;
            break;
        }
    }
    // Within brackets, which may open lines above, a plain scalar ends at the comma or the bracket.
    if let Some(at) = line[..end].find([',', ']', '}'])
        && open_bracket(text, start).is_some()
    {
        end = at;
    }
    let is_map_start = part == Part::Value && end < line.len() && line[end..].starts_with(':');
    if is_map_start {
        // A block map: its first key stands for it.
        return start + end;
    }
    start + line[..end].trim_end().len().max(1)
}

/// The length of a list or map in brackets, as far as its first line goes.
fn bracketed_len(line: &str) -> usize {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let begins_text = line[..at].trim_end().ends_with(['[', '{', ',', ':']);
        match c {
            '"' | '\'' if begins_text => {
                at += quoted_len(&line[at..], c);
                continue;
            }
            '#' if line[..at].ends_with(' ') => return line[..at].trim_end().len(),
            '[' | '{' => open += 1,
            ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        at += c.len_utf8();
        if open == 0 {
            return at;
        }
    }
    line.trim_end().len()
}

fn quoted_len(rest: &str, quote: char) -> usize {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let is_doubled = quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'');
            if !is_doubled {
                return at + 1;
            }
            chars.next();
        }
    }
    rest.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'text>(text: &'text str, beginning: &str) -> &'text str {
        let start = text.find(beginning).expect("it is there");
        &text[start..scalar_end(text, start, Part::Value)]
    }

    #[test]
    fn a_value_in_brackets_ends_at_its_comma_or_bracket_wherever_they_opened() {
        let text = "m: [infra,\n  infras, tp]\nr: {\n  by: team,\n  on: 2026-11-3, next: x }\n";
        assert_eq!(scalar(text, "infras,"), "infras");
        assert_eq!(scalar(text, "tp]"), "tp");
        assert_eq!(scalar(text, "2026-11-3"), "2026-11-3");
        assert_eq!(scalar(text, "x }"), "x");
        assert_eq!(scalar("a: one, two]\n", "one"), "one, two]");
    }

    #[test]
    fn a_list_in_brackets_ends_with_them() {
        let text = "{side: [same], at: {x: \"]\"}, of: ['it''s', b] # c\n  }";
        assert_eq!(scalar(text, "[same"), "[same]");
        assert_eq!(scalar(text, "{x"), "{x: \"]\"}");
        assert_eq!(scalar(text, "['it"), "['it''s', b]");
        assert_eq!(scalar("a: [one, # so\n  two]\n", "[one"), "[one,");
    }
}
