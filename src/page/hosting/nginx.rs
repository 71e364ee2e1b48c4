//! What nginx is told, to be included in the `server` of a site.

use super::{HEADERS, TYPES, cache_control, decoded, plain, told};
use crate::graph::KnowledgeBase;
use crate::page::address::SiteAddress;

/// A file for `include` in a `server`, whose `root` is the folder that holds the site's base path.
pub fn nginx(base: &KnowledgeBase) -> String {
    let site = SiteAddress::of(base);
    let folder = decoded(site.base_path()).unwrap_or_default();
    let mut text = String::from(
        "# Made by `sinew hosting nginx`. Include it in the `server` of the site; `root` is the folder in which\n\
         # its pages lie. Headers are said twice, since nginx forgets the outer ones where there are inner ones.\n",
    );
    for (from, to) in told(base) {
        if let Some(from) = decoded(&from) {
            let to = plain(&to);
            text.push_str(&format!(
                "location = \"{from}\" {{ absolute_redirect off; return 301 \"{to}\"; }}\n"
            ));
        }
    }
    text.push_str(&format!("location {folder}/ {{\n"));
    text.push_str("    index index.html;\n    absolute_redirect off;\n    charset off;\n");
    text.push_str("    default_type application/octet-stream;\n    types {\n");
    for (endings, kind) in TYPES {
        text.push_str(&format!("        \"{kind}\" {};\n", endings.join(" ")));
    }
    text.push_str(
        "    }\n    # With `compress` in `site.toml`; brotli needs the module ngx_brotli.\n",
    );
    text.push_str("    # gzip_static on;\n    # brotli_static on;\n");
    // Without it, caches in between give what is packed to readers who cannot unpack it.
    text.push_str("    gzip_vary on;\n");
    headers(&mut text, "    ", cache_control(""));
    text.push_str(&format!("    error_page 404 {folder}/404.html;\n"));
    text.push_str("    try_files $uri $uri/ =404;\n");
    text.push_str(&format!("    location {folder}/assets/ {{\n"));
    headers(&mut text, "        ", cache_control("assets/"));
    text.push_str("    }\n    location ~ /\\.(?!well-known/) { return 404; }\n}\n");
    text
}

fn headers(text: &mut String, indent: &str, cache: &str) {
    for (name, value) in HEADERS.iter().chain([&("Cache-Control", cache)]) {
        // A file below `assets/` that is not there is not one to be kept.
        let always = if *name == "Cache-Control" { "" } else { " always" };
        text.push_str(&format!("{indent}add_header {name} \"{value}\"{always};\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

    #[test]
    fn nginx_is_told_all_headers_twice_types_and_redirections() {
        let text = nginx(&small_project());
        for (name, value) in HEADERS {
            let line = format!("add_header {name} \"{value}\" always;");
            assert_eq!(text.matches(&line).count(), 2, "{name}");
        }
        for line in [
            "location = \"/kb/muscles/infra-old/\" { absolute_redirect off; return 301 \"/kb/muscles/infra/\"; }\n",
            "location = \"/kb/gone\" { absolute_redirect off; return 301 \"https://y.org/?q=%22%3Cb%3E%22\"; }\n",
            "location /kb/ {\n",
            "    location /kb/assets/ {\n",
            "add_header Cache-Control \"public, max-age=31536000, immutable\";\n",
            "        \"text/javascript; charset=utf-8\" js mjs;\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
