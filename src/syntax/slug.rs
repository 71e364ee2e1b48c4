//! From words to the part of an address that stands for them.

/// The slug of a text: ASCII letters, digits and single hyphens; never empty.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        return slug_of_ascii(text);
    }
    slug_of_ascii(&deunicode::deunicode_with_tofu(text, "-"))
}

fn slug_of_ascii(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut is_between_words = false;
    for byte in text.bytes().filter(|byte| *byte != b'\'') {
        if !byte.is_ascii_alphanumeric() {
            is_between_words = true;
            continue;
        }
        if is_between_words && !slug.is_empty() {
            slug.push('-');
        }
        is_between_words = false;
        slug.push(char::from(byte.to_ascii_lowercase()));
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_whatever_the_text() {
        assert_eq!(slug("What’s it like? (Part 2)"), "whats-it-like-part-2");
        assert_eq!(slug("Übertragung — größer"), "ubertragung-grosser");
        assert_eq!(slug("…"), "section");
    }
}
