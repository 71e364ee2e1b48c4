//! The one place where values become JSON.

use serde_json::Value;

/// Compact JSON that can stand in a script element of an HTML page: `<`, `>`, `&` and the two line
/// ends that JavaScript knows beyond JSON are escaped.
pub fn written(value: &Value) -> String {
    let plain = value.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 16);
    let mut rest = 0;
    // These characters stand in strings only, so that an escape is right wherever they are found.
    for (at, c) in plain.char_indices() {
        let escape = match c {
            '<' => "\\u003c",
            '>' => "\\u003e",
            '&' => "\\u0026",
            '\u{2028}' => "\\u2028",
            '\u{2029}' => "\\u2029",
            _ => continue,
        };
        out.push_str(&plain[rest..at]);
        out.push_str(escape);
        rest = at + c.len_utf8();
    }
    out.push_str(&plain[rest..]);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_in_the_json_can_end_a_script_element() {
        let value = json!({"</script><!--": "a & b\u{2028}\u{2029}\"]]>"});
        let text = written(&value);
        assert_eq!(text, r#"{"\u003c/script\u003e\u003c!--":"a \u0026 b\u2028\u2029\"]]\u003e"}"#,);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }
}
