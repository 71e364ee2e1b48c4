//! The letters that pictures are written in, and text set in lines of them.
//! Knows nothing about what is written, and no font but the two that the binary brings along.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The family, as SVG names it.
pub(super) const FAMILY: &str = "Source Serif 4";

/// A weight of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Semi-bold and upright, for titles: `font-weight="600"`.
    Strong,
    /// Regular and italic, for what stands below: `font-style="italic"`.
    Italic,
}

/// Text in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The size of its letters in pixels.
    pub size: u32,
    /// The lines, from the top.
    pub lines: Vec<String>,
}

impl Weight {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Strong, Self::Italic];

    /// The file of the font.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Strong => include_bytes!("../../fonts/SourceSerif4-SemiBold.ttf"),
            Self::Italic => include_bytes!("../../fonts/SourceSerif4-Italic.ttf"),
        }
    }

    fn font(self) -> &'static FontRef<'static> {
        static STRONG: LazyLock<FontRef<'_>> = LazyLock::new(|| Weight::Strong.read());
        static ITALIC: LazyLock<FontRef<'_>> = LazyLock::new(|| Weight::Italic.read());
        match self {
            Self::Strong => &STRONG,
            Self::Italic => &ITALIC,
        }
    }

    fn read(self) -> FontRef<'static> {
        FontRef::new(self.bytes()).expect("the fonts that come along can be read")
    }

    /// Whether there is a letter for all of a text.
    pub fn can_write(self, text: &str) -> bool {
        let letters = self.font().charmap();
        text.chars().all(|letter| letter.is_whitespace() || letters.map(letter).is_some())
    }

    /// How wide a text is, for letters of one pixel.
    fn width(self, text: &str) -> f32 {
        let font = self.font();
        let letters = font.charmap();
        let size = Size::new(1.0);
        let metrics = font.glyph_metrics(size, LocationRef::default());
        let width = |letter| metrics.advance_width(letters.map(letter)?);
        text.chars().filter_map(width).sum()
    }

    /// Sets a text in the largest of some sizes in which it takes no more than `most` lines of a
    /// width; in the last of them, what goes beyond is left out.
    pub fn set(self, text: &str, width: u32, sizes: &[u32], most: usize) -> Lines {
        let width = width as f32;
        let smallest = sizes.last().copied().unwrap_or(1);
        for size in sizes {
            let lines = self.broken(text, width / *size as f32);
            let is_narrow = |line: &String| self.width(line) * *size as f32 <= width;
            if lines.len() <= most && lines.iter().all(is_narrow) {
                return Lines { size: *size, lines: self.balanced(lines, width / *size as f32) };
            }
        }
        let lines = self.broken(text, width / smallest as f32);
        Lines { size: smallest, lines: self.cut(lines, width / smallest as f32, most) }
    }

    /// The text in lines that are as full as they can be.
    fn broken(self, text: &str, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(line) = lines.last_mut()
                && self.width(line) + self.width(" ") + self.width(word) <= width
            {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }

    /// As many lines, but of about the same length.
    fn balanced(self, lines: Vec<String>, width: f32) -> Vec<String> {
        const STEPS: u16 = 20;
        let text = lines.join(" ");
        let narrower = (1..STEPS).map(|step| {
            let width = width * f32::from(STEPS - step) / f32::from(STEPS);
            let broken = self.broken(&text, width);
            let is_narrow = broken.iter().all(|line| self.width(line) <= width);
            (is_narrow && broken.len() == lines.len()).then_some(broken)
        });
        narrower.map_while(|broken| broken).last().unwrap_or(lines)
    }

    /// The first lines, with a sign where the rest is missing.
    fn cut(self, mut lines: Vec<String>, width: f32, most: usize) -> Vec<String> {
        let is_cut = lines.len() > most;
        lines.truncate(most);
        if is_cut && let Some(line) = lines.last_mut() {
            while self.width(line) + self.width("…") > width
                && let Some((kept, _)) = line.rsplit_once(' ')
            {
                *line = kept.to_owned();
            }
            *line = format!("{}…", line.trim_end_matches([',', ';', ':', '.']));
        }
        // A word that is wider than the line is cut as well.
        for line in &mut lines {
            while self.width(line) > width && line.chars().nth(1).is_some() {
                line.pop();
                line.pop();
                line.push('…');
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, sizes: &[u32], most: usize) -> (u32, Vec<String>) {
        let Lines { size, lines } = Weight::Strong.set(text, 600, sizes, most);
        (size, lines)
    }

    fn lines<const N: usize>(lines: [&str; N]) -> Vec<String> {
        lines.map(str::to_owned).to_vec()
    }

    #[test]
    fn a_text_takes_the_largest_size_in_which_it_has_room() {
        assert_eq!(set("Soleus", &[90, 40], 1), (90, lines(["Soleus"])));
        let long = "What the back has to do with it";
        assert_eq!(set(long, &[90, 40], 1), (40, lines([long])));
        assert_eq!(set("", &[90, 40], 1), (90, Vec::new()));
    }

    #[test]
    fn lines_are_of_about_the_same_length() {
        let (_, lines) = set("Pain after sitting, and what the back has to do with it", &[60], 4);
        assert_eq!(lines.len(), 3);
        let widths: Vec<f32> = lines.iter().map(|line| Weight::Strong.width(line)).collect();
        let (least, most) = (widths.iter().copied().fold(f32::MAX, f32::min), widths[0]);
        assert!(least > most * 0.7, "{lines:?}");
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let (size, found) = set("One word, and another one; and so on for ever", &[80, 60], 2);
        assert_eq!((size, found), (60, lines(["One word, and", "another one; and…"])));
        let (_, found) = set("Donaudampfschifffahrtsgesellschaft", &[60], 1);
        assert!(found[0].ends_with('…') && Weight::Strong.width(&found[0]) <= 10.0, "{found:?}");
        assert_eq!(set("one two", &[60], 0).1, Vec::<String>::new());
        assert_eq!(Weight::Strong.set("one two", 0, &[60], 1).lines, ["…"]);
    }

    #[test]
    fn letters_that_are_missing_are_known() {
        for weight in Weight::ALL {
            assert!(weight.can_write("Größe, Muskel – „naïve“ Übung Łódź Ωμέγα Боль 1 × 2"));
            assert!(!weight.can_write("עברית"));
        }
    }
}
