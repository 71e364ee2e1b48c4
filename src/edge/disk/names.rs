//! Names of files: which are left out, and which would not survive a move to another system.

use crate::source::device;

/// What programs look for at the top of a site lies in this folder (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// The endings of what is edited as text, or drawn.
const SAVED_BY_HAND: [&str; 9] = ["md", "yaml", "yml", "toml", "html", "css", "js", "svg", "txt"];

/// Whether a file is none of the author's: hidden, or left behind by an editor or a system.
pub(super) fn is_left_out(name: &str) -> bool {
    (name.starts_with('.') && name != WELL_KNOWN)
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
        || is_half_saved(name)
}

/// Whether a file is a text that Qt or GLib is about to put in the place of another one: `a.md.aB3xZ9`.
fn is_half_saved(name: &str) -> bool {
    // Of those that chance makes nearly all hold a capital, and endings in use, such as `backup`, do not.
    let is_by_chance = |end: &str| {
        end.len() == 6
            && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && end.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    name.rsplit_once('.').is_some_and(|(name, end)| {
        is_by_chance(end)
            && name.rsplit_once('.').is_some_and(|(_, ending)| SAVED_BY_HAND.contains(&ending))
    })
}

/// Why a name is not portable, as the end of a sentence that begins with the name.
pub(super) fn fault(name: &str) -> Option<String> {
    // Nearly all names are plain: to ask of each letter what it is takes longer than to list the file.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'_' | b'.');
    if !name.bytes().all(is_plain) {
        if name.chars().any(is_invisible) {
            return Some("holds characters that cannot be seen".to_owned());
        }
        if let Some(c) = name.chars().find(|c| r#"\:*?"<>|"#.contains(*c)) {
            return Some(format!("holds `{c}`, which other systems refuse"));
        }
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends in a dot or a space, which other systems drop".to_owned());
    }
    device(name).map(|device| format!("is the name of a device (`{device}`) on other systems"))
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_left_out() {
        for name in [
            ".a.md.swp",
            "a.md~",
            "#a.md#",
            "4913",
            ".DS_Store",
            ".git",
            "a.md___jb_tmp___",
            "a.md.aB3xZ9",
            "site.toml.QxQYwB",
            "b.c.svg.000A00",
        ] {
            assert!(is_left_out(name), "{name}");
        }
        for name in [
            "a.md",
            "#1.md",
            "49131",
            "#",
            ".well-known",
            "a.aB3xZ9",
            "a.aB3xZ9.md",
            "a.md.aB3xZ",
            "a.md.backup",
            "a.md.202611",
            "a.pdf.aB3xZ9",
        ] {
            assert!(!is_left_out(name), "{name}");
        }
    }

    #[test]
    fn names_that_other_systems_refuse_are_named() {
        for name in [
            "aux.md",
            "CON",
            "nul.tar.gz",
            "com1.md",
            "a:b",
            "a.",
            "a ",
            "a\nb",
            "a\u{202e}b",
            "a\\b",
            "what?.md",
        ] {
            assert!(fault(name).is_some(), "{name:?}");
        }
        for name in ["auxiliary.md", "com.md", "com10.md", "schulter-größe.md", "👍.png", "a b.md"]
        {
            assert_eq!(fault(name), None, "{name:?}");
        }
    }
}
