//! The pictures that a page shows, by their addresses: one may become another behind the same address,
//! and nothing in the page says so.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::source::Fingerprint;

/// The pictures of a page, each with what it is made from, as the script of the page reads them.
pub(super) fn pictures(page: &str, print: impl Fn(&str) -> Option<Fingerprint>) -> String {
    let mut all = BTreeMap::new();
    for address in addresses(page) {
        let address = address.replace("&amp;", "&");
        if !all.contains_key(&address)
            && let Ok(path) = percent_decode_str(&address).decode_utf8()
            && let Some(print) = print(&path)
        {
            all.insert(address, print.short(16));
        }
    }
    serde_json::to_string(&all).expect("texts are JSON")
}

/// The addresses of the elements that are pictures; others may be among them, which name none.
fn addresses(page: &str) -> impl Iterator<Item = &str> {
    page.split("<img").skip(1).filter_map(|rest| {
        let (_, address) = rest.split_once(" src=\"")?;
        address.split('"').next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_what_its_pictures_are_made_from_each_once() {
        let page = "<script src=\"/a.js\"></script><img class=\"x\" src=\"/media/a%20b.svg\">\
                    <img src=\"/media/a%20b.svg\"><img src=\"/no.svg\"><img alt=\"x\">";
        let print = |path: &str| (path == "/media/a b.svg").then(Fingerprint::default);
        assert_eq!(pictures(page, print), "{\"/media/a%20b.svg\":\"0000000000000000\"}");
        assert_eq!(pictures("<p>", print), "{}");
    }
}
