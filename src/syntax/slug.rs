//! From words to the part of an address that stands for them.

/// The slug of a text: ASCII letters, digits and single hyphens; nothing of a text without any.
pub fn slug(text: &str) -> Option<String> {
    let slug = match text.is_ascii() {
        true => slug_of_ascii(text),
        false => slug_of_ascii(&deunicode::deunicode_with_tofu(text, "-")),
    };
    Some(slug).filter(|slug| !slug.is_empty())
}

/// The anchor of a part of a page that has a text for its heading: never empty.
pub fn anchor(heading: &str) -> String {
    slug(heading).unwrap_or_else(|| "section".to_owned())
}

fn slug_of_ascii(text: &str) -> String {
    // Never longer than the text: a hyphen stands for one or more of its bytes.
    let mut slug = vec![0; text.len()];
    let mut length = 0;
    let mut is_between_words = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if is_between_words && length > 0 {
                slug[length] = b'-';
                length += 1;
            }
            is_between_words = false;
            slug[length] = byte.to_ascii_lowercase();
            length += 1;
        } else if byte != b'\'' {
            is_between_words = true;
        }
    }
    slug.truncate(length);
    String::from_utf8(slug).expect("letters, digits and hyphens of ASCII are text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_whatever_the_text() {
        let of = |text| slug(text).unwrap_or_default();
        assert_eq!(of("What’s it like? (Part 2)"), "whats-it-like-part-2");
        assert_eq!(of("Übertragung — größer"), "ubertragung-grosser");
        assert_eq!(slug("…"), None);
        assert_eq!(anchor("…"), "section");
    }
}
