//! What Apache is told, in a file of the folder that it serves.

use super::{HEADERS, TYPES, cache_control, decoded, exactly, plain, told};
use crate::graph::KnowledgeBase;
use crate::page::address::SiteAddress;

/// An `.htaccess` for the folder in which the pages lie. It asks for `AllowOverride FileInfo`, which
/// shared hosts give, and leaves out what a module that is missing would do.
pub fn apache(base: &KnowledgeBase) -> String {
    let site = SiteAddress::of(base);
    let folder = decoded(site.base_path()).unwrap_or_default();
    let mut text = format!(
        "# Made by `sinew hosting apache`. Save it as `.htaccess` in the folder in which the pages lie.\n\
         ErrorDocument 404 \"{folder}/404.html\"\n\
         AddDefaultCharset off\n"
    );
    for (endings, kind) in TYPES {
        text.push_str(&format!("AddType \"{kind}\" {}\n", endings.join(" ")));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    let (named, others) = (cache_control("assets/"), cache_control(""));
    text.push_str(&format!(
        "Header set Cache-Control \"{others}\"\n\
         <If \"%{{REQUEST_URI}} =~ m#^{}/assets/#\">\nHeader set Cache-Control \"{named}\"\n</If>\n\
         </IfModule>\n",
        exactly(&folder)
    ));
    text.push_str("<IfModule mod_deflate.c>\n");
    let texts = TYPES.iter().filter_map(|(_, kind)| kind.strip_suffix("; charset=utf-8"));
    text.push_str(&format!(
        "AddOutputFilterByType DEFLATE {}\n",
        texts.collect::<Vec<_>>().join(" ")
    ));
    text.push_str("</IfModule>\n<IfModule mod_rewrite.c>\nRewriteEngine on\n");
    text.push_str("RewriteRule \"(^|/)\\.(?!well-known/)\" - [R=404,L]\n");
    for (from, to) in told(base) {
        let Some(from) = decoded(&from) else { continue };
        let below = from.strip_prefix(&folder).unwrap_or(&from).trim_start_matches('/');
        // A percent sign would take something out of a condition.
        let to = plain(&to).replace('%', "\\%");
        text.push_str(&format!("RewriteRule \"^{}$\" \"{to}\" [R=301,NE,L]\n", exactly(below)));
    }
    text.push_str("</IfModule>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

    #[test]
    fn apache_is_told_headers_types_and_redirections() {
        let text = apache(&small_project());
        for (name, value) in HEADERS {
            assert!(text.contains(&format!("Header always set {name} \"{value}\"\n")), "{name}");
        }
        for line in [
            "ErrorDocument 404 \"/kb/404.html\"\n",
            "RewriteRule \"^muscles/infra-old/$\" \"/kb/muscles/infra/\" [R=301,NE,L]\n",
            "RewriteRule \"^gone$\" \"https://y.org/?q=\\%22\\%3Cb\\%3E\\%22\" [R=301,NE,L]\n",
            "AddType \"text/javascript; charset=utf-8\" js mjs\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
