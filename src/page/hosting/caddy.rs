//! What Caddy is told, to be imported in the block of a site.

use super::{HEADERS, TYPES, cache_control, decoded, exactly, plain, told};
use crate::graph::KnowledgeBase;
use crate::page::address::SiteAddress;

/// A file for `import` in the block of a site, whose `root` is the folder that holds the site's base
/// path.
pub fn caddy(base: &KnowledgeBase) -> String {
    let site = SiteAddress::of(base);
    let folder = decoded(site.base_path()).unwrap_or_default();
    let mut text = String::from(
        "# Made by `sinew hosting caddy`. Import it in the block of the site; `root` is the folder in which its\n\
         # pages lie.\n",
    );
    for (from, to) in told(base) {
        if let Some(from) = decoded(&from) {
            text.push_str(&format!("redir \"{from}\" \"{}\" 301\n", plain(&to)));
        }
    }
    text.push_str(&format!("@sinew path {folder}/*\nheader @sinew {{\n"));
    for (name, value) in HEADERS {
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str("}\n");
    let (named, others) = (cache_control("assets/"), cache_control(""));
    text.push_str(&format!(
        "@sinew_named path {folder}/assets/*\nheader @sinew_named Cache-Control \"{named}\"\n\
         @sinew_others {{\n\tpath {folder}/*\n\tnot path {folder}/assets/*\n}}\n\
         header @sinew_others Cache-Control \"{others}\"\n"
    ));
    let exactly = exactly(&folder);
    let texts = TYPES.iter().filter(|(_, kind)| kind.contains("charset"));
    for (endings, kind) in texts.filter(|(endings, _)| !endings.contains(&"html")) {
        let name = endings[0];
        // The star of `path` stops at slashes.
        let endings = endings.join("|");
        text.push_str(&format!(
            "@sinew_{name} path_regexp ^{exactly}/.*\\.({endings})$\nheader @sinew_{name} {{\n\tContent-Type \"{kind}\"\n\tdefer\n}}\n"
        ));
    }
    text.push_str(&format!(
        "# `precompressed` takes the files of `compress` in `site.toml`, where there are any.\n\
         file_server {folder}/* {{\n\thide .sinew-*\n\tprecompressed br gzip\n}}\n\
         handle_errors {{\n\t@sinew_missing `{{err.status_code}} == 404`\n\
         \thandle @sinew_missing {{\n\t\theader {{\n"
    ));
    for (name, value) in HEADERS.iter().chain([&("Cache-Control", others)]) {
        text.push_str(&format!("\t\t\t{name} \"{value}\"\n"));
    }
    text.push_str(&format!("\t\t}}\n\t\trewrite * {folder}/404.html\n\t\tfile_server\n\t}}\n}}\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

    #[test]
    fn caddy_is_told_headers_types_and_redirections() {
        let text = caddy(&small_project());
        for (name, value) in HEADERS {
            assert!(text.contains(&format!("\t{name} \"{value}\"\n")), "{name}");
        }
        for line in [
            "redir \"/kb/muscles/infra-old/\" \"/kb/muscles/infra/\" 301\n",
            "redir \"/kb/gone\" \"https://y.org/?q=%22%3Cb%3E%22\" 301\n",
            "header @sinew_js {\n\tContent-Type \"text/javascript; charset=utf-8\"\n\tdefer\n}\n",
            "\t\trewrite * /kb/404.html\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
