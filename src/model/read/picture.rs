//! How large a picture is, so that a page keeps its place while it loads.

/// The width and height of a picture in pixels, if its file says.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if let Ok(size) = imagesize::blob_size(bytes) {
        return Some((size.width.try_into().ok()?, size.height.try_into().ok()?));
    }
    svg_size(&String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]))
}

/// The root element of a drawing stands near its beginning; no more is looked at.
const LOOK: usize = 64 * 1024;

/// The size that the root element names; where it names one side or none, the `viewBox` helps.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let attributes = root_attributes(text)?;
    let of =
        |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let (width, height) = (of("width").and_then(pixels), of("height").and_then(pixels));
    let (of_box_width, of_box_height) = of("viewBox").and_then(view_box).unzip();
    let ratio = of_box_width.zip(of_box_height).map(|(width, height)| width / height);
    let (width, height) = match (width, height) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width / ratio?),
        (None, Some(height)) => (height * ratio?, height),
        (None, None) => (of_box_width?, of_box_height?),
    };
    Some((whole(width)?, whole(height)?))
}

/// The attributes of the root element, if it is `svg`.
fn root_attributes(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            // A declaration may hold others in brackets.
            _ if rest.starts_with("<!")
                && rest.find('[') < rest.find('>')
                && rest.contains('[') =>
            {
                "]>"
            }
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let rest = rest.strip_prefix("<svg")?;
    rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/').then(|| attributes(rest))
}

fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim();
        if name.contains(['>', '<']) {
            break;
        }
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some((value, after)) = after[1..].split_once(quote) else { break };
        found.push((name, value));
        rest = after;
    }
    found
}

/// A length in pixels; other units depend on the page.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    number(length.strip_suffix("px").unwrap_or(length))
}

/// The width and height of a view box.
fn view_box(value: &str) -> Option<(f64, f64)> {
    let parts =
        value.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    match parts.collect::<Vec<_>>().as_slice() {
        [_, _, width, height] => Some((number(width)?, number(height)?)),
        _ => None,
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn whole(length: f64) -> Option<u32> {
    let length = length.round();
    (1.0..=f64::from(u32::MAX)).contains(&length).then_some(length as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(root: &str) -> Option<(u32, u32)> {
        size(root.as_bytes())
    }

    #[test]
    fn a_drawing_says_its_size() {
        assert_eq!(of("<svg width=\"10\" height='5px'/>"), Some((10, 5)));
        assert_eq!(of("<svg xmlns=\"x\"\n viewBox=\"0 0 800 400.4\">"), Some((800, 400)));
        assert_eq!(of("<svg viewBox=\"0,10,200,100\" width = \"100\">"), Some((100, 50)));
        assert_eq!(
            of("<svg viewBox=\"0 0 200 100\" height=\"50\" width=\"100%\">"),
            Some((100, 50))
        );
    }

    #[test]
    fn what_stands_before_the_root_is_passed_over() {
        let head = "\u{feff}<?xml version=\"1.0\"?>\n<!-- width=\"1\" > -->\n\
                    <!DOCTYPE svg [ <!ENTITY a \"b\"> ]>\n";
        assert_eq!(of(&format!("{head}<svg width=\"3\" height=\"4\">")), Some((3, 4)));
        let head = "<!DOCTYPE svg PUBLIC \"x\" \"y\">";
        assert_eq!(of(&format!("{head}<svg width=\"3\" height=\"4\">[")), Some((3, 4)));
    }

    #[test]
    fn a_file_that_says_nothing_has_no_size() {
        for root in [
            "",
            "text",
            "<svg>",
            "<svg width=\"10em\" height=\"5em\">",
            "<svg width=\"-1\" height=\"1e999\">",
            "<svg viewBox=\"0 0 0 0\">",
            "<svg width=\"7\"><g height=\"7\">",
            "<svgx width=\"7\" height=\"7\">",
            "<svg width=7 height=7>",
            "<svg width=\"7",
            "<!-- <svg width=\"7\" height=\"7\">",
            "<html width=\"7\" height=\"7\">",
        ] {
            assert_eq!(of(root), None, "{root}");
        }
    }
}
