//! Numbers of things and of bytes, for people.

/// A number of things.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    let (mut value, mut unit) = (bytes, "B");
    let mut tenths = 0;
    for larger in ["kB", "MB", "GB"] {
        if value < 1000 {
            break;
        }
        (tenths, value, unit) = (value % 1000 / 100, value / 1000, larger);
    }
    if unit == "B" { format!("{value} B") } else { format!("{value}.{tenths} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_no_things() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "file")), ["0 files", "1 file", "2 files"]);
    }

    #[test]
    fn sizes_are_for_people() {
        let shown = [0, 999, 1000, 1550, 12_345_678].map(size);
        assert_eq!(shown, ["0 B", "999 B", "1.0 kB", "1.5 kB", "12.3 MB"]);
    }
}
