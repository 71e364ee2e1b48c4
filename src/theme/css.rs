//! One style sheet as text: what is not whole in it, the files that it names, and the same without
//! what means nothing.

use std::ops::Range;

/// What is opened in a sheet and closed by nothing, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unbalanced {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// The cure.
    pub(super) help: String,
}

/// The first thing in a sheet that makes a browser read the rest as something else.
pub(super) fn unbalanced(css: &str) -> Option<Unbalanced> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let nothing = |at: usize, sign: &str, end: &str| Unbalanced {
        at: at..at + sign.len(),
        message: format!("`{sign}` is closed by nothing"),
        help: format!("close it with `{end}`"),
    };
    for piece in pieces(css) {
        match piece.kind {
            PieceKind::Comment if !piece.is_whole => return Some(nothing(piece.start, "/*", "*/")),
            PieceKind::Quoted if !piece.is_whole => {
                return Some(nothing(piece.start, &piece.text[..1], &piece.text[..1]));
            }
            PieceKind::Sign(sign @ ('{' | '(' | '[')) => open.push((sign, piece.start)),
            PieceKind::Sign(sign @ ('}' | ')' | ']')) => match open.pop() {
                Some((opening, _)) if closing(opening) == sign => {}
                Some((opening, at)) => {
                    let (opening, end) = (opening.to_string(), closing(opening).to_string());
                    return Some(nothing(at, &opening, &end));
                }
                None => {
                    return Some(Unbalanced {
                        at: piece.start..piece.start + 1,
                        message: format!("`{sign}` closes nothing"),
                        help: "take it out, or open what it closes".to_owned(),
                    });
                }
            },
            _ => {}
        }
    }
    let (opening, at) = open.into_iter().next()?;
    Some(nothing(at, &opening.to_string(), &closing(opening).to_string()))
}

/// Where a sheet takes in another one, the first time.
pub(super) fn import(css: &str) -> Option<Range<usize>> {
    let word = "@import";
    let is_named = |start: usize| {
        let name = css.get(start..start + word.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(word))
    };
    // Hardly any sheet has one, not even in a comment.
    if !css.match_indices('@').any(|(at, _)| is_named(at)) {
        return None;
    }
    let mut signs = pieces(css).filter(|piece| matches!(piece.kind, PieceKind::Sign('@')));
    let at = signs.find(|piece| is_named(piece.start))?;
    Some(at.start..at.start + word.len())
}

fn closing(opening: char) -> char {
    match opening {
        '{' => '}',
        '(' => ')',
        _ => ']',
    }
}

/// After these a space means nothing; one before a colon is a descendant.
const IDLE_BEFORE: [char; 6] = ['{', '}', ';', ',', ':', ' '];
/// Before these a space means nothing.
const IDLE_AFTER: [char; 4] = ['{', '}', ';', ','];

/// A sheet without comments, and without white space that means nothing. `rename` is asked for every
/// file that `url(…)` names, with its place, and may say another name for it.
pub(super) fn minify(
    css: &str,
    mut rename: impl FnMut(&str, Range<usize>) -> Option<String>,
) -> String {
    let mut small = String::with_capacity(css.len());
    for piece in pieces(css) {
        let end = piece.start + piece.text.len();
        match piece.kind {
            PieceKind::Comment => {
                // `1px/**/2px` is two lengths, and `a/**/.b` one element: neither nothing nor a space.
                let rest = &css[end..];
                let parts = !small.is_empty() && !small.ends_with(IDLE_BEFORE) && !rest.is_empty();
                if parts
                    && !rest
                        .starts_with(|c: char| c.is_ascii_whitespace() || IDLE_AFTER.contains(&c))
                {
                    small.push_str("/**/");
                }
            }
            PieceKind::Quoted | PieceKind::Word => small.push_str(piece.text),
            PieceKind::Url(name) => {
                let renamed = rename(&css[name.clone()], name.clone());
                small.push_str(&css[piece.start..name.start]);
                small.push_str(renamed.as_deref().unwrap_or(&css[name.clone()]));
                small.push_str(&css[name.end..end]);
            }
            PieceKind::Space => {
                let is_idle = small.ends_with(IDLE_BEFORE) || css[end..].starts_with(IDLE_AFTER);
                if !small.is_empty() && !is_idle {
                    small.push(' ');
                }
            }
            PieceKind::Sign(sign) => {
                if sign == '}' && small.ends_with(';') {
                    small.pop();
                }
                small.push_str(piece.text);
            }
        }
    }
    small.truncate(small.trim_end().len());
    small
}

/// A piece of a sheet, as far as it has to be told apart from others.
struct Piece<'a> {
    kind: PieceKind,
    start: usize,
    text: &'a str,
    /// Whether it ends as it should.
    is_whole: bool,
}

enum PieceKind {
    Comment,
    Quoted,
    /// `url(…)`, and where the name in it stands.
    Url(Range<usize>),
    Space,
    /// Letters, digits and hyphens in a row.
    Word,
    /// One sign, or a sign that a backslash stands before.
    Sign(char),
}

fn pieces(css: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, length, is_whole) = piece(&css[at..], css[..at].chars().next_back(), at)?;
        let start = at;
        at += length;
        Some(Piece { kind, start, text: &css[start..at], is_whole })
    })
}

/// What a sheet goes on with: its kind, its length, and whether it is whole.
fn piece(rest: &str, before: Option<char>, at: usize) -> Option<(PieceKind, usize, bool)> {
    let next = rest.chars().next()?;
    if let Some(comment) = rest.strip_prefix("/*") {
        let end = comment.find("*/");
        return Some((PieceKind::Comment, end.map_or(rest.len(), |end| end + 4), end.is_some()));
    }
    if next == '"' || next == '\'' {
        let (length, is_whole) = quoted(rest, next);
        return Some((PieceKind::Quoted, length, is_whole));
    }
    if next.is_ascii_whitespace() {
        let length = rest.len() - rest.trim_ascii_start().len();
        return Some((PieceKind::Space, length, true));
    }
    let is_word = before.is_some_and(|before| before.is_alphanumeric() || "-_\\".contains(before));
    if !is_word && let Some((name, length)) = url(rest) {
        return Some((PieceKind::Url(at + name.start..at + name.end), length, true));
    }
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let word = rest.bytes().take_while(is_of_word).count();
    if word > 0 {
        return Some((PieceKind::Word, word, true));
    }
    if next == '\\' {
        let length = rest.chars().take(2).map(char::len_utf8).sum();
        return Some((PieceKind::Sign('\\'), length, true));
    }
    Some((PieceKind::Sign(next), next.len_utf8(), true))
}

/// The length of a quoted text, and whether it is closed; to a browser, it ends with its line.
fn quoted(text: &str, quote: char) -> (usize, bool) {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = signs.next() {
        match c {
            '\\' => {
                // The end of a line counts as one sign, however it is written.
                let is_return = signs.next().is_some_and(|(_, escaped)| escaped == '\r');
                signs.next_if(|(_, next)| is_return && *next == '\n');
            }
            '\n' => return (at, false),
            _ if c == quote => return (at + 1, true),
            _ => {}
        }
    }
    (text.len(), false)
}

/// Where the name stands in the `url(…)` that a text begins with, and the length of all of it.
fn url(text: &str) -> Option<(Range<usize>, usize)> {
    let (word, inside) = text.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case("url(") {
        return None;
    }
    let start = text.len() - inside.trim_ascii_start().len();
    let name = match text[start..].chars().next()? {
        quote @ ('"' | '\'') => {
            let (length, is_whole) = quoted(&text[start..], quote);
            is_whole.then(|| start + 1..start + length - 1)?
        }
        // One that nothing closes is a bracket that nothing closes.
        _ => {
            let mut signs = text[start..].char_indices();
            let end = loop {
                match signs.next()? {
                    (at, ')') => break start + at,
                    (_, '\\') => drop(signs.next()),
                    _ => {}
                }
            };
            start..start + text[start..end].trim_ascii_end().len()
        }
    };
    let after = text[name.end..].trim_start_matches(['"', '\'']).trim_ascii_start();
    after.starts_with(')').then(|| (name, text.len() - after.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_loses_comments_and_idle_space_only() {
        let css = "/* x */ a:hover > b ,\n c { content: \" ; /* \" ; margin: 0 auto; }\n\n@media (width < 3em) { d { e: f } }";
        assert_eq!(
            minify(css, |_, _| None),
            "a:hover > b,c{content:\" ; /* \";margin:0 auto}@media (width < 3em){d{e:f}}"
        );
        let css = "a/* x */.b { c: 1px/* y */2px; /* z */ d: e /* f */ g }";
        assert_eq!(minify(css, |_, _| None), "a/**/.b{c:1px/**/2px;d:e g}");
    }

    #[test]
    fn what_is_not_closed_is_found_where_it_opens() {
        let said = |css: &str| unbalanced(css).map(|one| (one.at.start, one.message));
        let open = |at: usize, sign: &str| Some((at, format!("`{sign}` is closed by nothing")));
        assert_eq!(said("a { b: \"}\"; c: url(data:x;{/*); d: \\{ }/* { */ [e='(' ] { }"), None);
        assert_eq!(said("a { b: \"c \\\r\n d\"; e: url(f\\)g.png) }"), None);
        assert_eq!(said(":root{--radius:0"), open(5, "{"));
        assert_eq!(said("a {} /* b"), open(5, "/*"));
        assert_eq!(said("a { b: 'c;\n}"), open(7, "'"));
        assert_eq!(said("a { b: calc(1 + (2); }"), open(11, "("));
        assert_eq!(said("a { b: url(x; }\nc { d: e }"), open(10, "("));
        assert_eq!(said("a {}}"), Some((4, "`}` closes nothing".to_owned())));
    }

    #[test]
    fn the_files_that_a_sheet_names_can_have_other_names() {
        let css = "a { b: url( x.png ), URL(\"y z.png\"), my-url(n); c: \"url(m)\" }";
        let mut named = Vec::new();
        let small = minify(css, |name, at| {
            named.push((name.to_owned(), css[at].to_owned()));
            Some(format!("{}!", name.len()))
        });
        let twice = |name: &str| (name.to_owned(), name.to_owned());
        assert_eq!(named, [twice("x.png"), twice("y z.png")]);
        assert_eq!(small, "a{b:url( 5! ),URL(\"7!\"),my-url(n);c:\"url(m)\"}");
    }
}
