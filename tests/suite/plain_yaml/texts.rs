//! YAML to read: plain, odd, and nearly right.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::files;

/// Every record in YAML of the sample, the starter and the tests: path and text.
pub(crate) fn records() -> Vec<(String, String)> {
    let mut records = Vec::new();
    for folder in ["content", "starter", "tests"] {
        for (path, bytes) in files::read(&files::repository(folder)) {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let path = format!("{folder}/{path}");
            if path.ends_with(".yaml") || path.ends_with(".yml") {
                records.push((path, text));
            } else if path.ends_with(".md")
                && let Some(front) = sinew::syntax::front_matter::split(&text).front_matter
            {
                records.push((path, text[front].to_owned()));
            }
        }
    }
    records
}

/// What may stand as a scalar.
const SCALARS: &[&str] = &[
    "text",
    "two words",
    "é…",
    "null",
    "~",
    "Null",
    "true",
    "False",
    "yes",
    "0",
    "12",
    "-3",
    "012",
    "+1",
    "0x1f",
    "0o17",
    "1e3",
    "1.5",
    "-0.5",
    ".5",
    "5.",
    ".inf",
    "-.INF",
    ".nan",
    "1_000",
    "2026-11-25",
    "2026-11-25 10:00",
    "a: b",
    "a:b",
    "a #b",
    "a#b",
    "#b",
    "''",
    "'it''s'",
    "\"\"",
    "\"a \\\"b\\\" c\"",
    "\"\\n\\t\\/\\\\\"",
    "\"\\u00e9\"",
    "\"a: [b]\"",
    "'a # b'",
    "[]",
    "{}",
    "[a, b]",
    "[a , 'b', \"c\"]",
    "[a,b]",
    "[[a], {b: c}]",
    "{a: b}",
    "{a: [b, c], d: {e: 1}}",
    "{a: , b}",
    "[a: b]",
    "[a, ]",
    "[-1, - 1]",
    "{\"a\":1}",
    "{'a': 1, b: 2}",
    "&a b",
    "*a",
    "!t x",
    "!",
    "? a",
    "- a",
    "-",
    "--",
    "---",
    "...",
    ".a",
    "-a",
    "-.5",
    "@a",
    "`a`",
    "%a",
    "%",
    "a, b",
    "a [b]",
    "a]",
    "{a",
    "[a",
    "\"a",
    "'a",
    "a\"b\"",
    "\"a\" b",
    "\"a\" # b",
    "\"a\"#b",
    "a\tb",
    "\ta",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{feff}",
    "a\u{7}",
    "a\u{a0}b",
    "a\r",
    "<<",
    "=",
    "a ",
    "a  b",
    "|",
    ">",
    "|-",
    ">+",
    "|2",
    "| # c",
    "a:",
    ":a",
    "a::b",
    "::",
    "?a",
    "(a)",
    "a'b",
    "$a",
    "/a",
    "\\a",
    "^",
    "key: [a, b] # c",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345678",
    "1.2.3",
];

const LINE_STARTS: &[&str] = &[
    "", "", "a: ", "b: ", "a:", "b:", "- ", "-", "- a: ", "- b:", "- - ", "# ", "\"a\": ",
    "'b' : ", "a : ", "? ",
];

const LINE_ENDS: &[&str] =
    &["\n", "\n", "\n", "\n", "\n\n", " \n", " # c\n", "\n  \n", "\r\n", "\r", ""];

/// Pieces to put into a text.
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\n  ", "\n- ", "- ", ":", ": ", ",", ", ", "#", " #", "\"", "'", "''", "\\",
    "[", "]", "{", "}", "|", ">", "|\n", ">-\n", "&a ", "*a", "!", "!a ", "?", "? ", "%", "@", "`",
    "---", "\n---\n", "...", "\t", "\r", "\u{85}", "\u{2028}", "\u{feff}", "\u{7f}", "é", "~",
    "null", "0", "1", ".", "-", "+", "a", "a: b", "\na: b\n",
];

/// Lines of which few fit together.
pub(crate) fn any_lines() -> impl Strategy<Value = String> {
    let line = (
        prop::sample::select(&[0_usize, 0, 0, 1, 2, 2, 2, 3, 4, 4, 6][..]),
        prop::sample::select(LINE_STARTS),
        prop_oneof![
            prop::sample::select(&["", "", "text", "'a'", "[a, b]"][..]),
            prop::sample::select(SCALARS)
        ],
        prop::sample::select(LINE_ENDS),
    );
    prop::collection::vec(line, 1..5).prop_map(|lines| {
        let line = |(indent, start, scalar, end)| format!("{:indent$}{start}{scalar}{end}", "");
        lines.into_iter().map(line).collect()
    })
}

/// Something that may be a number.
pub(crate) fn any_scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(SCALARS).prop_map(ToOwned::to_owned),
        "[-+]?[0-9]{1,3}",
        "[-+.]?(0x|0o|0b)?[0-9a-f]{0,3}[.]?[0-9]{0,2}",
        "[-+.0-9a-fxobXeEinIN_:' \"#,~]{0,6}",
        "[-+]?[0-9]{15,40}",
        "[-+]?[0-9]{0,20}[.][0-9]{0,20}(e[-+]?[0-9]{1,3})?",
    ]
}

/// Places in a text, each with a number of bytes to cut there and a piece to put there.
pub(crate) type Edits = Vec<(prop::sample::Index, usize, &'static str)>;

pub(crate) fn any_edits() -> impl Strategy<Value = Edits> {
    let cut = prop::sample::select(&[0_usize, 0, 0, 1, 1, 2, 4, 30][..]);
    let edit = (any::<prop::sample::Index>(), cut, prop::sample::select(PIECES));
    prop::collection::vec(edit, 0..4)
}

pub(crate) fn edited(text: &str, edits: &Edits) -> String {
    let mut text = text.to_owned();
    for (at, cut, piece) in edits {
        let start = text.floor_char_boundary(at.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + cut).min(text.len()));
        text.replace_range(start..end, piece);
    }
    text
}

/// A document that is right, in one of the many ways in which it can be written.
pub(crate) fn any_document() -> impl Strategy<Value = String> {
    any::<u64>().prop_map(|state| {
        let mut writer = Writer { dice: Dice(state), text: String::new() };
        if writer.dice.roll(8) == 0 {
            writer.text.push_str(["---\n", "# c\n---\n", "\n", "# c\n"][writer.dice.roll(4)]);
        }
        writer.block(0, 0);
        writer.text
    })
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }
}

struct Writer {
    dice: Dice,
    text: String,
}

impl Writer {
    /// A list or a map whose lines begin at a column; the first of them is indented already.
    fn block(&mut self, column: usize, depth: usize) {
        let is_list = self.dice.roll(3) == 0;
        for count in 0..=self.dice.roll(3) {
            if count > 0 {
                let _ = write!(self.text, "{:column$}", "");
            }
            if is_list {
                self.item(column, depth);
            } else {
                let key =
                    ["a", "b", "some key", "\"c\"", "'d'", "é", "1", "null"][self.dice.roll(8)];
                let _ = write!(self.text, "{key}:");
                self.value(column, depth);
            }
        }
    }

    fn item(&mut self, column: usize, depth: usize) {
        let spaces = 1 + self.dice.roll(2);
        let _ = write!(self.text, "-{:spaces$}", "");
        match self.dice.roll(3) {
            0 if depth < 3 => {
                let count = self.dice.roll(3);
                for key in 0..=count {
                    if key > 0 {
                        let inner = column + 1 + spaces;
                        let _ = write!(self.text, "{:inner$}", "");
                    }
                    let _ = write!(self.text, "k{key}:");
                    self.value(column + 1 + spaces, depth + 1);
                }
            }
            _ => self.scalar(column),
        }
    }

    fn value(&mut self, column: usize, depth: usize) {
        match self.dice.roll(6) {
            0 | 1 if depth < 3 => {
                self.end();
                let inner = column + 1 + self.dice.roll(3);
                let _ = write!(self.text, "{:inner$}", "");
                self.block(inner, depth + 1);
            }
            2 if depth < 3 => {
                self.end();
                for _ in 0..=self.dice.roll(3) {
                    let _ = write!(self.text, "{:column$}", "");
                    self.item(column, depth + 1);
                }
            }
            3 if self.dice.roll(3) == 0 => self.end(),
            _ => {
                self.text.push(' ');
                self.scalar(column);
            }
        }
    }

    fn scalar(&mut self, column: usize) {
        if self.dice.roll(4) == 0 {
            return self.block_text(column);
        }
        let right = [
            "text",
            "two words",
            "é… – ’",
            "12",
            "-1.5",
            "true",
            "null",
            "2026-11-25",
            "\"a: b # c\"",
            "\"a \\\"b\\\"\"",
            "'it''s'",
            "''",
            "[a, b]",
            "{a: b, c: [d, \"e\"]}",
            "[]",
            "a:b",
            "a#b",
            "(a) & b",
        ];
        let scalar = right[self.dice.roll(right.len())];
        self.text.push_str(scalar);
        self.end();
    }

    fn block_text(&mut self, column: usize) {
        let marks = ["|", ">", "|-", ">-", "|+", ">+"];
        self.text.push_str(marks[self.dice.roll(marks.len())]);
        self.text.push('\n');
        let indent = column + 1 + self.dice.roll(3);
        for line in 0..=self.dice.roll(4) {
            match self.dice.roll(8) {
                0 if line > 0 => self.text.push('\n'),
                1 if line > 0 => {
                    let blank = self.dice.roll(indent + 2);
                    let _ = writeln!(self.text, "{:blank$}", "");
                }
                2 if line > 0 => {
                    let _ = writeln!(self.text, "{:indent$}  more", "");
                }
                _ => {
                    let lines = ["a line", "- a", "# b", "c: d", "trailing ", "é", "\"q\""];
                    let line = lines[self.dice.roll(lines.len())];
                    let _ = writeln!(self.text, "{:indent$}{line}", "");
                }
            }
        }
        if self.dice.roll(4) == 0 {
            self.text.push('\n');
        }
    }

    fn end(&mut self) {
        let ends =
            ["\n", "\n", "\n", "\n", " \n", " # c\n", "\n\n", "\n   \n", "\n  # c\n", "\n# c\n"];
        self.text.push_str(ends[self.dice.roll(ends.len())]);
    }
}
