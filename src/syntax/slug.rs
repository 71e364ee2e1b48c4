//! From words to the part of an address that stands for them.

/// The slug of a text: ASCII letters, digits and single hyphens; never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for word in deunicode::deunicode_with_tofu(text, "-")
        .to_ascii_lowercase()
        .replace('\'', "")
        .split(|c: char| !c.is_ascii_alphanumeric())
    {
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
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
