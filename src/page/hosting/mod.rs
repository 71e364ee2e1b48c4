//! The files that hosts read: headers, redirections, and the pages that redirect where no host does;
//! and the same for servers that read no such files.

mod apache;
mod caddy;
mod cloudfront;
mod nginx;

use std::collections::BTreeSet;

pub use apache::apache;
pub use caddy::caddy;
pub use cloudfront::{cloudfront_function, cloudfront_headers};
pub use nginx::nginx;

use crate::graph::{KnowledgeBase, Redirection, file_of};
use crate::page::address::SiteAddress;
use crate::page::published::{Published, TextFile};
use crate::syntax::address::{is_elsewhere, is_web, push_address, scheme};
use crate::syntax::escape::escaped;

/// What a published page may load: what the theme ships, and nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; \
     script-src 'self'; connect-src 'self'; font-src 'self'; media-src 'self'; \
     manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer, beside the policy.
pub const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// How long a file below the output may be kept: for ever where its name says what is in it.
pub fn cache_control(file: &str) -> &'static str {
    if file.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=0, must-revalidate"
    }
}

/// Endings of files, and their type as the header `Content-Type` says it.
pub const TYPES: [(&[&str], &str); 21] = [
    (&["html", "htm"], "text/html; charset=utf-8"),
    (&["css"], "text/css; charset=utf-8"),
    (&["js", "mjs"], "text/javascript; charset=utf-8"),
    (&["json", "map"], "application/json; charset=utf-8"),
    (&["webmanifest"], "application/manifest+json; charset=utf-8"),
    (&["xml"], "application/xml; charset=utf-8"),
    (&["svg"], "image/svg+xml; charset=utf-8"),
    (&["txt", "md", "csv"], "text/plain; charset=utf-8"),
    (&["png"], "image/png"),
    (&["jpg", "jpeg"], "image/jpeg"),
    (&["gif"], "image/gif"),
    (&["webp"], "image/webp"),
    (&["avif"], "image/avif"),
    (&["ico"], "image/x-icon"),
    (&["woff2"], "font/woff2"),
    (&["woff"], "font/woff"),
    (&["pdf"], "application/pdf"),
    (&["mp4"], "video/mp4"),
    (&["webm"], "video/webm"),
    (&["mp3"], "audio/mpeg"),
    (&["ogg"], "audio/ogg"),
];

/// What kind of file a path is, by its ending, as the header `Content-Type` says it.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        // `_headers`, `_redirects`, `.nojekyll`.
        "" | "nojekyll" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => {
            let known = TYPES.iter().find(|(endings, _)| endings.contains(&ending.as_str()));
            known.map_or("application/octet-stream", |(_, kind)| kind)
        }
    }
}

/// `_headers`, `_redirects`, `.nojekyll`, and a page for each redirection.
pub fn files<'a>(published: &Published<'a>) -> Vec<TextFile<'a>> {
    let mut files = vec![
        TextFile::new("_headers", |published| headers(&published.site)),
        // Without it, GitHub Pages leaves out files whose names begin with an underscore.
        TextFile::new(".nojekyll", |_| String::new()),
    ];
    let followed = followed(published.base);
    if !followed.is_empty() {
        let lines: Vec<_> = followed.iter().map(|(_, one)| *one).collect();
        files.push(TextFile::new("_redirects", move |published| {
            lines.iter().map(|one| redirect_line(&published.site, one)).collect()
        }));
    }
    files.extend(followed.into_iter().map(|(file, one)| {
        let page = move |published: &Published<'_>| {
            redirect_page(published.base, &published.site, &one.to)
        };
        TextFile::new(file, page)
    }));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn headers(site: &SiteAddress) -> String {
    let folder = site.base_path();
    let mut text = format!("{folder}/*\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // Hosts join the headers of all rules that fit, so a second `Cache-Control` in the first rule
    // would spoil this one. What the hosts do by themselves is right for the rest: they ask again.
    let forever = cache_control("assets/");
    text.push_str(&format!("\n{folder}/assets/*\n  Cache-Control: {forever}\n"));
    text
}

/// The redirections that lead to a page, here or on the web, each with the file of its own page; the
/// graph lets none stand in the way of another file. A star or a colon would be a pattern in
/// `_redirects`; no such path can be a file.
fn followed(base: &KnowledgeBase) -> Vec<(String, &Redirection)> {
    let mut taken = BTreeSet::new();
    let leads_to_page = |to: &str| scheme(to).is_none() || is_web(to);
    base.routes
        .redirections
        .iter()
        .filter(|one| leads_to_page(&one.to))
        .filter_map(|one| Some((file_of(&one.from)?, one)))
        // `/old` and `/old/` may both lead to the same.
        .filter(|(file, _)| taken.insert(file.clone()))
        .collect()
}

fn redirect_line(site: &SiteAddress, redirection: &Redirection) -> String {
    let (from, to) = from_and_to(site, redirection);
    format!("{from} {to} 301\n")
}

/// Where a redirection begins and ends, encoded as in addresses, with the base path.
fn from_and_to(site: &SiteAddress, redirection: &Redirection) -> (String, String) {
    let to = match is_elsewhere(&redirection.to) {
        true => site.url(&redirection.to),
        false => site.path(&redirection.to),
    };
    (site.path(&redirection.from), to)
}

/// The redirections of a site, as [`from_and_to`] says them, for servers that are told.
fn told(base: &KnowledgeBase) -> Vec<(String, String)> {
    let site = SiteAddress::of(base);
    followed(base).into_iter().map(|(_, one)| from_and_to(&site, one)).collect()
}

/// A path as servers compare it: decoded. `None` if that has something in it that the language of a
/// server may take for its own.
fn decoded(path: &str) -> Option<String> {
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let is_plain = |c: char| !c.is_control() && !"\"\\{}$*`'".contains(c);
    path.chars().all(is_plain).then(|| path.into_owned())
}

/// A path as a regular expression that nothing else fits.
fn exactly(path: &str) -> String {
    let mut exact = String::new();
    for c in path.chars() {
        if c.is_ascii_punctuation() && !"/-_".contains(c) {
            exact.push('\\');
        }
        exact.push(c);
    }
    exact
}

/// An address without signs that servers take for a variable or a placeholder.
fn plain(address: &str) -> String {
    let mut plain = String::new();
    for c in address.chars() {
        match c {
            '$' | '{' | '}' | '"' | '\\' | '`' | '\'' => {
                plain.push_str(&format!("%{:02X}", c as u32))
            }
            c => plain.push(c),
        }
    }
    plain
}

fn redirect_page(base: &KnowledgeBase, site: &SiteAddress, to: &str) -> String {
    let mut url = String::new();
    push_address(&mut url, &site.url(to));
    let language = escaped(base.settings().language());
    let title = escaped(base.settings().title());
    // A relative page would not be canonical for a search engine.
    let canonical = match site.is_known() || is_elsewhere(to) {
        true => format!("<link rel=\"canonical\" href=\"{url}\">\n"),
        false => String::new(),
    };
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n{canonical}<meta http-equiv=\"refresh\" content=\"0; url={url}\">\n\
         </head>\n<body>\n<p><a href=\"{url}\">{url}</a></p>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{SMALL_PROJECT, knowledge_base, made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    fn file(base: &KnowledgeBase, name: &str) -> Option<String> {
        files(base).into_iter().find(|(path, _)| path == name).map(|(_, text)| text)
    }

    #[test]
    fn nothing_but_what_the_theme_ships_is_loaded_and_named_assets_are_kept() {
        assert_eq!(
            file(&small_project(), "_headers").as_deref(),
            Some(
                "/kb/*\n  Content-Security-Policy: default-src 'none'; img-src 'self'; \
                 style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; \
                 media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
                 Referrer-Policy: strict-origin-when-cross-origin\n  \
                 Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n\n\
                 /kb/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
            ),
        );
    }

    fn names(base: &KnowledgeBase) -> Vec<String> {
        files(base).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn redirections_are_lines_for_hosts_and_pages_for_the_rest() {
        let base = small_project();
        assert_eq!(
            names(&base),
            [
                ".nojekyll",
                "_headers",
                "_redirects",
                "gone/index.html",
                "muscles/infra-old/index.html",
                "old.html",
            ],
        );
        assert_eq!(
            file(&base, "_redirects").as_deref(),
            Some(
                "/kb/gone https://y.org/?q=%22%3Cb%3E%22 301\n\
                 /kb/muscles/infra-old/ /kb/muscles/infra/ 301\n\
                 /kb/old.html /kb/faq/#how-many 301\n"
            ),
        );
        assert_eq!(
            file(&base, "old.html").as_deref(),
            Some(
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                 <title>Knots &amp; aches</title>\n\
                 <link rel=\"canonical\" href=\"https://x.org/kb/faq/#how-many\">\n\
                 <meta http-equiv=\"refresh\" content=\"0; url=https://x.org/kb/faq/#how-many\">\n\
                 </head>\n<body>\n<p><a href=\"https://x.org/kb/faq/#how-many\">\
                 https://x.org/kb/faq/#how-many</a></p>\n</body>\n</html>\n"
            ),
        );
    }

    #[test]
    fn a_redirection_writes_over_nothing_leaves_no_folder_and_runs_no_script() {
        let mut project = SMALL_PROJECT.to_vec();
        let settings = "\
            [[redirect]]\nfrom = \"/index.html\"\nto = \"/faq/\"\n\
            [[redirect]]\nfrom = \"/Muscles/Infra/index.html\"\nto = \"/faq/\"\n\
            [[redirect]]\nfrom = \"/%2e%2e/x.html\"\nto = \"/faq/\"\n\
            [[redirect]]\nfrom = \"/js/\"\nto = \"javascript:alert(1)\"\n\
            [[redirect]]\nfrom = \"/a*:b/\"\nto = \"faq/\"\n\
            [[redirect]]\nfrom = \"/ä b/\"\nto = \"faq/\"\n";
        project[0].1 = settings;
        let base = knowledge_base(&project);
        assert_eq!(
            names(&base),
            [
                ".nojekyll",
                "_headers",
                "_redirects",
                "muscles/infra-old/index.html",
                "ä b/index.html",
            ],
        );
        let lines = file(&base, "_redirects").expect("there are redirections");
        let expected = "/muscles/infra-old/ /muscles/infra/ 301\n/%C3%A4%20b/ /faq/ 301\n";
        assert_eq!(lines, expected);
    }
}
