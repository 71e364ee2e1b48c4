//! What is seen of a page, as a short text: tabs tell which one they show.

use std::borrow::Cow;

use crate::source::Fingerprint;

/// The fingerprint of a page without the address of its style sheet, which is one of `styles`, and of
/// what stands at its foot or is known of its pictures; then that address.
pub(super) fn stamp(page: &str, foot: &str, styles: &[String]) -> String {
    let style = styles.iter().find(|style| page.contains(style.as_str()));
    let bare = style.map_or(Cow::Borrowed(page), |style| page.replace(style, "").into());
    let seen = Fingerprint::of([&bare, foot].concat().as_bytes());
    format!("{seen}:{}", style.map_or("", String::as_str))
}

/// What a tab that shows one stamp has to do to show another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Become the page as it is now.
    Page,
    /// Take another style sheet.
    Style,
}

impl Step {
    /// The step from one stamp to another.
    pub(super) fn between(seen: &str, now: &str) -> Option<Self> {
        let page = |stamp: &str| stamp.split_once(':').map(|(page, _)| page.to_owned());
        match (seen == now, page(seen) == page(now)) {
            (true, _) => None,
            (false, true) => Some(Self::Style),
            (false, false) => Some(Self::Page),
        }
    }

    /// Its name in the stream.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Style => "style",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_style_sheet_alone_is_no_reason_to_touch_a_page() {
        let page = |words: &str, style: &str| {
            let styles = ["/assets/other.css".to_owned(), style.to_owned()];
            stamp(&format!("<link href=\"{style}\">{words}"), "", &styles)
        };
        let seen = page("a", "/assets/site.1.css");
        let step = |now: &str| Step::between(&seen, now);
        assert_eq!(step(&seen), None);
        assert_eq!(step(&page("a", "/assets/site.2.css")), Some(Step::Style));
        assert_eq!(step(&page("b", "/assets/site.1.css")), Some(Step::Page));
        assert_eq!(step(&page("b", "/assets/site.2.css")), Some(Step::Page));
    }
}
