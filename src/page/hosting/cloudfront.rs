//! What CloudFront is told: a function for the requests of viewers, and a policy for the headers of
//! answers.

use serde_json::{Map, Value, json};

use super::{HEADERS, told};
use crate::graph::KnowledgeBase;

/// A function that finds the pages of folders, with or without the slash at their end, and leads
/// former addresses on.
pub fn cloudfront_function(base: &KnowledgeBase) -> String {
    let moved: Map<String, Value> =
        told(base).into_iter().map(|(from, to)| (from, Value::String(to))).collect();
    let moved = Value::Object(moved);
    format!(
        "// Made by `sinew hosting cloudfront-function`, for the requests of viewers.\n\
         var moved = {moved};\n\n\
         function ledTo(address) {{\n\
         \x20 return {{\n\
         \x20   statusCode: 301,\n\
         \x20   statusDescription: \"Moved Permanently\",\n\
         \x20   headers: {{ location: {{ value: address }} }},\n\
         \x20 }};\n\
         }}\n\n\
         function handler(event) {{\n\
         \x20 var request = event.request;\n\
         \x20 var isMoved = Object.prototype.hasOwnProperty.call(moved, request.uri);\n\
         \x20 if (isMoved) return ledTo(moved[request.uri]);\n\
         \x20 if (request.uri.endsWith(\"/\")) request.uri += \"index.html\";\n\
         \x20 else if (!request.uri.split(\"/\").pop().includes(\".\")) return ledTo(request.uri + \"/\");\n\
         \x20 return request;\n\
         }}\n"
    )
}

/// The configuration of a response headers policy.
pub fn cloudfront_headers() -> String {
    let value = |wanted: &str| {
        let found = HEADERS.iter().find(|(name, _)| *name == wanted);
        found.map_or("", |(_, value)| *value)
    };
    // These CloudFront knows by name, and takes nowhere else.
    let named = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"];
    let others = HEADERS.iter().filter(|(name, _)| !named.contains(name));
    let items: Vec<Value> = others
        .map(|(name, value)| json!({ "Header": name, "Value": value, "Override": true }))
        .collect();
    let policy = json!({
        "Name": "sinew",
        "Comment": "made by `sinew hosting cloudfront-headers`",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {
                "Override": true,
                "ContentSecurityPolicy": value("Content-Security-Policy"),
            },
            "ContentTypeOptions": { "Override": true },
            "ReferrerPolicy": { "Override": true, "ReferrerPolicy": value("Referrer-Policy") },
        },
        "CustomHeadersConfig": { "Quantity": items.len(), "Items": items },
    });
    format!("{policy:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

    #[test]
    fn the_function_leads_former_addresses_on_and_finds_pages() {
        let text = cloudfront_function(&small_project());
        assert!(text.contains("\"/kb/muscles/infra-old/\":\"/kb/muscles/infra/\""), "{text}");
        assert!(text.contains("request.uri += \"index.html\""), "{text}");
    }

    #[test]
    fn the_policy_has_every_header_once() {
        let policy: Value = serde_json::from_str(&cloudfront_headers()).expect("it is JSON");
        for (name, value) in HEADERS.iter().filter(|(name, _)| *name != "X-Content-Type-Options") {
            assert_eq!(policy.to_string().matches(value).count(), 1, "{name}");
        }
        assert_eq!(policy["CustomHeadersConfig"]["Quantity"], 1);
        assert_eq!(policy["SecurityHeadersConfig"]["ContentTypeOptions"]["Override"], true);
    }
}
