//! Paths as SVG has them: what is one, and that of a region from its corners.

/// A closed path through corners, in steps from one to the next: a fifth shorter than where they are,
/// and a page draws a hundred of them. It knows hundredths of a unit.
pub(super) fn closed(corners: &[[f64; 2]]) -> String {
    let hundredths = |corner: &[f64; 2]| corner.map(|value| (value * 100.0).round() as i64);
    let mut corners = corners.iter().map(hundredths);
    let Some(first) = corners.next() else { return String::new() };
    let (mut path, mut last) = (String::from("M"), first);
    push_pair(&mut path, first);
    for corner in corners {
        if last == first {
            path.push('l');
        }
        push_pair(&mut path, [corner[0] - last[0], corner[1] - last[1]]);
        last = corner;
    }
    path.push('z');
    path
}

/// Adds two numbers, with a space or comma only where it is needed.
fn push_pair(path: &mut String, pair: [i64; 2]) {
    for (value, between) in pair.into_iter().zip([' ', ',']) {
        if value >= 0 && path.ends_with(|last: char| last.is_ascii_digit()) {
            path.push(between);
        }
        push_hundredths(path, value);
    }
}

fn push_hundredths(path: &mut String, value: i64) {
    let (whole, part) = (value.abs() / 100, value.abs() % 100);
    if value < 0 {
        path.push('-');
    }
    if whole > 0 || part == 0 {
        push_digits(path, whole);
    }
    if part > 0 {
        path.push('.');
        push_digits(path, part / 10);
        if part % 10 > 0 {
            push_digits(path, part % 10);
        }
    }
}

/// Adds a number that is not negative. There are thousands: to format each took 8 % of loading a theme.
fn push_digits(path: &mut String, number: i64) {
    if number >= 10 {
        push_digits(path, number / 10);
    }
    path.push(char::from(b'0' + (number % 10) as u8));
}

/// Whether a text is a path: commands, the first of which moves, each with the numbers that it takes.
pub(super) fn is_path(text: &str) -> bool {
    let mut rest = text.trim_start();
    if !rest.starts_with(['M', 'm']) {
        return false;
    }
    while !rest.is_empty() {
        let Some((Command { takes, numbers, .. }, after)) = command(rest) else { return false };
        let count = numbers.len();
        let is_right = if takes == 0 { count == 0 } else { count > 0 && count % takes == 0 };
        if !is_right {
            return false;
        }
        rest = after;
    }
    true
}

/// The same path without what nobody needs to read it: a sixth shorter than a hand writes one.
pub(super) fn shortened(path: &str) -> String {
    let mut short = String::with_capacity(path.len());
    let mut rest = path.trim_start();
    let mut last = None;
    while let Some((Command { letter, numbers, .. }, after)) = command(rest) {
        // What follows the numbers of a move is a line to each of the next ones.
        let is_repeated = last == Some(letter) && !matches!(letter, 'M' | 'm');
        if !is_repeated {
            short.push(letter);
        }
        last = Some(letter);
        let mut is_behind_number = is_repeated;
        let mut is_behind_point = false;
        for number in numbers {
            let (sign, number) = number.split_at(number.starts_with('-').into());
            let part = number.strip_prefix('0').filter(|part| part.starts_with('.'));
            let number = part.unwrap_or(number);
            // A second point begins a number of its own.
            let is_apart = !sign.is_empty() || (is_behind_point && number.starts_with('.'));
            if is_behind_number && !is_apart {
                short.push(' ');
            }
            short.extend([sign, number]);
            (is_behind_number, is_behind_point) = (true, number.contains('.'));
        }
        rest = after;
    }
    short
}

/// A command of a path, how many numbers it takes at once, and all that stand behind it.
struct Command<'a> {
    letter: char,
    takes: usize,
    numbers: Vec<&'a str>,
}

/// The command that a text begins with, and what stands after it.
fn command(text: &str) -> Option<(Command<'_>, &str)> {
    let letter = text.chars().next()?;
    let takes = takes(letter)?;
    let (numbers, after) = numbers(&text[1..], takes);
    Some((Command { letter, takes, numbers }, after))
}

/// How many numbers a command takes, if it is one.
fn takes(command: char) -> Option<usize> {
    Some(match command.to_ascii_lowercase() {
        'z' => 0,
        'h' | 'v' => 1,
        'm' | 'l' | 't' => 2,
        's' | 'q' => 4,
        'c' => 6,
        'a' => 7,
        _ => return None,
    })
}

/// The numbers that a text begins with, and what stands after them.
fn numbers(text: &str, takes: usize) -> (Vec<&str>, &str) {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        // Two numbers of an arc are flags, and may stand right before the next one.
        let is_flag = takes == 7 && matches!(numbers.len() % 7, 3 | 4);
        let length = if is_flag { rest.starts_with(['0', '1']).into() } else { number(rest) };
        if length == 0 {
            return (numbers, rest);
        }
        let (number, after) = rest.split_at(length);
        numbers.push(number);
        rest = after;
    }
}

/// The length of the number that a text begins with, or 0.
fn number(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let sign = |from: usize| usize::from(text[from..].starts_with(['+', '-']));
    let whole = sign(0) + digits(sign(0));
    let part = if text[whole..].starts_with('.') { digits(whole + 1) } else { 0 };
    if digits(sign(0)) + part == 0 {
        return 0;
    }
    let end = if part > 0 { whole + 1 + part } else { whole };
    if !text[end..].starts_with(['e', 'E']) {
        return end;
    }
    let exponent = end + 1 + sign(end + 1);
    match digits(exponent) {
        0 => end,
        more => exponent + more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_drawn_from_corner_to_corner() {
        assert_eq!(closed(&[]), "");
        let corners = [[12.5, 8.0], [12.75, 8.0], [10.0, 20.333], [9.5, 20.25]];
        assert_eq!(closed(&corners), "M12.5,8l.25,0-2.75,12.33-.5-.08z");
    }

    #[test]
    fn a_path_is_shortened_and_stays_what_it_is() {
        let path = "M120,8.8 c-2.8,0-5.8,0.2-8.4,1.1 c0,1.1 0.1,1.7 0.5,2 -0.5 -1e-3 0 10 0 0.25 Z";
        let short = "M120 8.8c-2.8 0-5.8.2-8.4 1.1 0 1.1.1 1.7.5 2-.5-1e-3 0 10 0 .25Z";
        let arcs = "M0 0 M1,1 m2 2 a1 1 0 013,4 a1,1 0 1 0 .5 00.5";
        let short_arcs = "M0 0M1 1m2 2a1 1 0 0 1 3 4 1 1 0 1 0 .5 00.5";
        for (path, short) in [(path, short), (arcs, short_arcs)] {
            assert!(is_path(path) && is_path(short));
            assert_eq!(shortened(path), short);
            assert_eq!(shortened(short), short);
        }
    }

    #[test]
    fn a_path_has_commands_with_their_numbers() {
        for path in ["M0,0", "m.5-.5.5.5 Z", "M 1e3 2\nH3 v-4 a1 1 0 013,4 z", "M1 2 L3,4 5,6"] {
            assert!(is_path(path), "{path}");
        }
        for text in
            ["", "banana", "L1,2", "M1", "M1,2 3", "M1,2 H", "M1,2 z3", "M1,2 a1 1 0 2 0 3,4"]
        {
            assert!(!is_path(text), "{text}");
        }
    }
}
