//! The files of the theme that a site is drawn by: which there are, who provides each, and copies of them
//! to be changed.

use std::collections::BTreeSet;

use bytes::Bytes;

use crate::model::nearest;
use crate::theme::Layer;

/// How templates call the built-in theme; before a path, its file is meant and not one over it.
const BUILT_IN: [&str; 2] = ["builtin/", "themes/default/"];
/// The strings that stand in where a language has none.
const ENGLISH: &str = "strings/en.toml";

/// One file that a site is drawn by.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Its path in the theme.
    pub path: String,
    /// Its path in the project; a built-in one has none.
    pub own: Option<String>,
    /// What it holds.
    pub bytes: Bytes,
}

/// All files of a theme, sorted: of each path the one that wins.
pub fn all(own: &Layer, built_in: &Layer) -> Vec<ThemeFile> {
    let paths: BTreeSet<&String> = own.files.keys().chain(built_in.files.keys()).collect();
    paths.into_iter().filter_map(|path| winner(own, built_in, path)).collect()
}

fn winner(own: &Layer, built_in: &Layer, path: &str) -> Option<ThemeFile> {
    let file = |bytes: &Bytes, own| ThemeFile { path: path.to_owned(), own, bytes: bytes.clone() };
    let of_own =
        own.files.get(path).map(|bytes| file(bytes, Some(format!("{}/{path}", own.folder))));
    of_own.or_else(|| built_in.files.get(path).map(|bytes| file(bytes, None)))
}

/// The file that is meant by a path in a theme or in the project. A language without strings has the
/// English ones.
///
/// # Errors
/// Says that there is no such file, and which may have been meant.
pub fn file(own: &Layer, built_in: &Layer, asked: &str) -> Result<ThemeFile, (String, String)> {
    let nothing = Layer::default();
    let asked = asked.trim_start_matches("./");
    let folder = format!("{}/", own.folder);
    let of_built_in = || BUILT_IN.iter().find_map(|start| asked.strip_prefix(start));
    let (own, path) = match (asked.strip_prefix(&folder), of_built_in()) {
        (Some(path), _) => (own, path),
        (None, Some(path)) => (&nothing, path),
        (None, None) => (own, asked),
    };
    if let Some(file) = winner(own, built_in, path) {
        return Ok(file);
    }
    let is_language = path.strip_prefix("strings/").is_some_and(|name| name.ends_with(".toml"));
    if is_language && let Some(english) = winner(own, built_in, ENGLISH) {
        return Ok(ThemeFile { path: path.to_owned(), ..english });
    }
    let known = || own.files.keys().chain(built_in.files.keys()).map(String::as_str);
    let end = format!("/{path}");
    let near = known().find(|known| known.ends_with(&end)).or_else(|| nearest(path, known()));
    let help = match near {
        Some(near) => format!("a file with a similar name exists: `{near}`"),
        None => "`sinew theme` lists all of them".to_owned(),
    };
    Err((format!("the theme has no file `{path}`"), help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers() -> [Layer; 2] {
        let own = [("css/mine.css", "own"), ("templates/page.html", "own")];
        let built_in = [
            ("strings/en.toml", "english"),
            ("templates/page.html", "built in"),
            ("templates/parts/answer.html", "answer"),
        ];
        [Layer::of_texts("mine", &own), Layer::of_texts("default", &built_in)]
    }

    #[test]
    fn all_files_are_listed_with_who_provides_them() {
        let [own, built_in] = layers();
        let all = all(&own, &built_in);
        let listed: Vec<(&str, Option<&str>)> =
            all.iter().map(|file| (&*file.path, file.own.as_deref())).collect();
        assert_eq!(
            listed,
            [
                ("css/mine.css", Some("themes/mine/css/mine.css")),
                ("strings/en.toml", None),
                ("templates/page.html", Some("themes/mine/templates/page.html")),
                ("templates/parts/answer.html", None),
            ]
        );
    }

    #[test]
    fn a_file_is_found_by_its_path_in_the_theme_or_the_project() {
        let [own, built_in] = layers();
        let found = |asked: &str| {
            let file = file(&own, &built_in, asked).expect("it is there");
            (file.path, String::from_utf8_lossy(&file.bytes).into_owned())
        };
        for (asked, path, text) in [
            ("templates/page.html", "templates/page.html", "own"),
            ("./themes/mine/templates/page.html", "templates/page.html", "own"),
            ("builtin/templates/page.html", "templates/page.html", "built in"),
            ("themes/default/templates/page.html", "templates/page.html", "built in"),
            ("strings/de.toml", "strings/de.toml", "english"),
        ] {
            assert_eq!(found(asked), (path.to_owned(), text.to_owned()), "{asked}");
        }
        let (message, help) = file(&own, &built_in, "answer.html").expect_err("it is not there");
        assert_eq!(message, "the theme has no file `answer.html`");
        assert_eq!(help, "a file with a similar name exists: `templates/parts/answer.html`");
    }
}
