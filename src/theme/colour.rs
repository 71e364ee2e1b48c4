//! Colours of a studio, made dark enough to be read on paper, as the style sheet makes them where a browser
//! draws: `oklch(from var(--accent) min(l, 0.4) c h)`.

/// The lightest that a colour of letters is, in OKLab: 7:1 on paper.
const LIGHTEST: f64 = 0.4;

/// A colour such as `#0f0` with its hue, and dark enough for letters on paper. What is no such colour
/// stays as it is.
pub(super) fn on_paper(colour: &str) -> String {
    // A byte of a colour is not exact: what was made dark enough stays so.
    let is_light = |[lightness, ..]: &[f64; 3]| *lightness > LIGHTEST + 0.005;
    let Some([_, a, b]) = parsed(colour).map(oklab).filter(is_light) else {
        return colour.to_owned();
    };
    // Dark colours cannot be as vivid as light ones: what no screen shows loses of its chroma.
    let (mut least, mut most) = (0.0, 1.0);
    for _ in 0..24 {
        let share = f64::midpoint(least, most);
        match is_shown(linear([LIGHTEST, a * share, b * share])) {
            true => least = share,
            false => most = share,
        }
    }
    let [red, green, blue] = linear([LIGHTEST, a * least, b * least]).map(encoded);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Red, green and blue of `#0f0` or `#00ff00`, linear.
fn parsed(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.is_ascii())?;
    let wide = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok().map(decoded);
    Some([part(0)?, part(2)?, part(4)?])
}

fn decoded(byte: u8) -> f64 {
    let value = f64::from(byte) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let curved =
        if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
    (curved * 255.0).round() as u8
}

fn is_shown(colour: [f64; 3]) -> bool {
    colour.iter().all(|part| (-0.000_1..=1.000_1).contains(part))
}

/// Björn Ottosson, "A perceptual color space for image processing", 2020: the numbers of CSS Color 4.
fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn linear([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours by WCAG 2.2.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |colour| {
            let [red, green, blue] = parsed(colour).expect("it is a colour");
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn a_light_accent_is_read_on_paper_and_a_dark_one_stays() {
        for accent in ["#0f0", "#ffff00", "#ff69b4", "#8ecae6", "#fff", "#e63946"] {
            let dark = on_paper(accent);
            assert!(contrast(&dark, "#fbf8f1") >= 7.0, "{accent}: {dark}");
            assert_eq!(on_paper(&dark), dark, "{accent}");
        }
        for accent in ["#0b4f4c", "#000", "teal", "#12", "#éé"] {
            assert_eq!(on_paper(accent), accent);
        }
    }

    /// What a custom property of the style sheet is, in paper's colours and in those of the dark.
    fn tokens(name: &str) -> Vec<&'static str> {
        let sheet = include_str!("../../themes/default/css/tokens.css");
        let value = |line: &'static str| line.trim().strip_prefix(name)?.strip_prefix(": ");
        sheet.lines().filter_map(value).map(|value| value.trim_end_matches(';')).collect()
    }

    /// A colour such as `oklch(from var(--accent) 0.93 min(c, 0.035) h)`, of a hue and as vivid as it gets.
    fn of_hue(value: &str, degrees: f64) -> String {
        let mut numbers =
            value.split([' ', ',', '(', ')']).filter_map(|part| part.parse::<f64>().ok());
        let (lightness, chroma) = (numbers.next().expect("light"), numbers.next().expect("chroma"));
        let (b, a) = degrees.to_radians().sin_cos();
        let [red, green, blue] = linear([lightness, a * chroma, b * chroma]).map(encoded);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    #[test]
    fn what_a_link_has_led_to_is_read_on_its_wash_whatever_the_accent() {
        let (washes, inks) = (tokens("--reached"), tokens("--ink-soft"));
        let links = tokens("--link");
        for hue in (0..360).step_by(10).map(f64::from) {
            let link = on_paper(&of_hue("oklch(0.9 0.2)", hue));
            for (wash, letters) in [
                (washes[0], inks[0]),
                (washes[0], &*link),
                (washes[1], inks[1]),
                (washes[1], &*of_hue(links[1], hue)),
            ] {
                let wash = of_hue(wash, hue);
                assert!(contrast(&wash, letters) >= 7.0, "{hue}: {letters} on {wash}");
            }
        }
    }
}
