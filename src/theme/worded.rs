//! Puts the words of the theme where the built-in templates show them: they are the same on all pages, and to find
//! each anew took about a hundredth of a build.

use super::strings::Strings;
use crate::syntax::escape::push_escaped;

/// How a template shows a word, up to its name, and after it.
const SHOWN: [&str; 2] = ["{{ strings.", " }}"];

/// A template of HTML with words in the place of their names. What means something to the engine stays a name.
pub(super) fn with_words(template: &str, strings: &Strings) -> String {
    let mut whole = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(SHOWN[0]) {
        whole.push_str(before);
        let named = after.split_once(SHOWN[1]);
        let word = named.and_then(|(name, behind)| Some((strings.get(name)?, behind)));
        match word.filter(|(word, _)| is_plain(word)) {
            Some((word, behind)) => {
                push_escaped(&mut whole, word);
                rest = behind;
            }
            None => {
                whole.push_str(SHOWN[0]);
                rest = after;
            }
        }
    }
    whole.push_str(rest);
    whole
}

/// Whether the engine takes a word for nothing but text, whatever stands beside it: it has no braces, and no space
/// at its ends that a tag would eat.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.trim() == word && !word.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::embedded;

    #[test]
    fn words_take_the_place_of_their_names() {
        let strings = Strings::load(&[embedded::layer()], "en", &mut Vec::new());
        let skip = strings.get("nav.skip").expect("it is there");
        let template =
            "<a>{{ strings.nav.skip }}</a>{{ strings.nav.skip | upper }}{{ strings.nav.none }}";
        let worded = with_words(template, &strings);
        assert_eq!(worded, template.replacen("{{ strings.nav.skip }}", skip, 1));
    }

    #[test]
    fn what_the_engine_would_take_for_its_own_is_not_plain() {
        assert!(is_plain("“Skip” & go"));
        for word in ["", " a", "a\n", "{count} muscles", "a }} b"] {
            assert!(!is_plain(word), "{word}");
        }
    }
}
