//! Names within sentences: capitals belong at their start.

use crate::model::{Data, Kind};

/// The name of a record as it is written within a sentence: `Deltoid` is "deltoid" there.
///
/// Names of people, titles and questions stay as they are. So does a name whose first word is more
/// than a capital and small letters, such as "TENS", and one that an alias or synonym shows to be a
/// proper name by writing the same first word with its capital.
pub(crate) fn name_within(data: &Data) -> Option<String> {
    let is_common_noun = matches!(
        data.kind(),
        Kind::Muscle
            | Kind::Group
            | Kind::Area
            | Kind::Region
            | Kind::Symptom
            | Kind::Technique
            | Kind::Service
            | Kind::Term
    );
    let word = first_word(data.name());
    let mut letters = word.chars();
    let first = letters.next().filter(|first| is_common_noun && first.is_uppercase())?;
    let mut rest = letters.clone();
    if !rest.next()?.is_lowercase() || rest.any(char::is_uppercase) {
        return None;
    }
    if data.other_names().any(|other| first_word(other) == word) {
        return None;
    }
    Some(first.to_lowercase().chain(data.name().chars().skip(1)).collect())
}

fn first_word(name: &str) -> &str {
    name.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default()
}

/// Whether what follows some HTML stands within a sentence: words of the same block go before it,
/// and the last of them does not end one.
pub(crate) fn is_within(html: &str) -> bool {
    let mut before = html;
    while let Some(last) = before.chars().next_back() {
        before = match last {
            '>' => {
                let Some((rest, tag)) = before.rsplit_once('<') else { return false };
                match tag.trim_start_matches('/').trim_end_matches('>').split(' ').next() {
                    // The numbers of a citation belong to no sentence.
                    Some("sup") => rest.rsplit_once("<sup").map_or(rest, |(rest, _)| rest),
                    Some("a" | "em" | "strong" | "del" | "sub" | "code" | "br") => rest,
                    _ => return false,
                }
            }
            '.' | '!' | '?' | '…' => return false,
            '(' | ')' | '[' | ']' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›'
            | '"' => &before[..before.len() - last.len_utf8()],
            _ if last.is_whitespace() => before.trim_end(),
            _ => return true,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::knowledge_base;

    fn within(term: &str) -> Option<String> {
        let base =
            knowledge_base(&[("content/terms.yaml", &format!("x: {{{term}, definition: It.}}"))]);
        let (_, entry) = base.of_kind(Kind::Term).next().expect("there is one term");
        name_within(&entry.data)
    }

    #[test]
    fn a_common_noun_loses_its_capital() {
        assert_eq!(within("name: Taut band").as_deref(), Some("taut band"));
        assert_eq!(within("name: Élan").as_deref(), Some("élan"));
    }

    #[test]
    fn an_acronym_and_a_proper_name_keep_it() {
        assert_eq!(within("name: TENS"), None);
        assert_eq!(within("name: X-ray"), None);
        assert_eq!(within("name: pH"), None);
        assert_eq!(within("name: Achilles tendon, aliases: [Achilles]"), None);
        assert_eq!(within("name: Taut band, aliases: [taut spot]").as_deref(), Some("taut band"));
    }

    #[test]
    fn words_before_it_in_its_block_make_a_sentence() {
        for html in [
            "<p>The ",
            "<p>The <a href=\"/x/\">",
            "<li><strong>See</strong> (",
            "<p>Or the<br />\n",
            "<p>The <a href=\"/x/\">soleus</a>, ",
            "<p>That is so<sup class=\"citation\"><a href=\"#1\">1</a></sup>, and <a>",
        ] {
            assert!(is_within(html), "{html}");
        }
    }

    #[test]
    fn a_block_and_a_full_stop_begin_one() {
        for html in [
            "",
            "<p>",
            "<p>The end</p>\n<p><a href=\"/x/\">",
            "<ul>\n<li><strong><a>",
            "<p>That is so. <a>",
            "<p>Is it? “",
            "<p>(It is.) ",
            "<p>That is so.<sup class=\"citation\"><a href=\"#1\">1</a>, <a>2</a></sup> <a>",
        ] {
            assert!(!is_within(html), "{html}");
        }
    }
}
