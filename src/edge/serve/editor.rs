//! Makes addresses that open a file of the project in the author's editor.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::graph::editor_mistake;
use crate::model::settings::Settings;
use crate::source::SourcePath;

/// The address of VS Code.
const DEFAULT: &str = "vscode://file{file}:{line}:{column}";
/// What is encoded in a path, so that it is one in a query as well.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What opens files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    form: String,
    root: String,
}

impl Editor {
    /// The editor of the settings, for the project at `root`, an absolute path. One that would open
    /// nothing was reported; VS Code stands in.
    pub(super) fn of(settings: &Settings, root: &Path) -> Self {
        let form = settings.serve.editor.as_deref().filter(|form| editor_mistake(form).is_none());
        Self {
            form: form.unwrap_or(DEFAULT).to_owned(),
            root: root.to_string_lossy().trim_end_matches('/').to_owned(),
        }
    }

    /// The address that opens a file at a line and a column, both from 1.
    pub(super) fn link(&self, file: &SourcePath, line: usize, column: usize) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, IN_PATHS).to_string();
        let whole = encoded(&format!("{}/{file}", self.root));
        let places = [
            ("{file}", whole),
            ("{path}", encoded(file.as_str())),
            ("{line}", line.to_string()),
            ("{column}", column.to_string()),
        ];
        places.iter().fold(self.form.clone(), |form, (name, value)| form.replace(name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(editor: Option<&str>, file: &str) -> String {
        let mut settings = Settings::default();
        settings.serve.editor = editor.map(Into::into);
        Editor::of(&settings, Path::new("/home/jo/my kb")).link(&file.into(), 6, 11)
    }

    #[test]
    fn a_file_is_opened_at_its_line_in_the_editor_of_the_settings() {
        let vscode = "vscode://file/home/jo/my%20kb/content/a.md:6:11";
        assert_eq!(link(None, "content/a.md"), vscode);
        let idea = Some("idea://open?file={file}&line={line}");
        assert_eq!(
            link(idea, "content/a&b.md"),
            "idea://open?file=/home/jo/my%20kb/content/a%26b.md&line=6"
        );
        assert_eq!(link(Some("x://{path}"), "content/{line}.md"), "x://content/%7Bline%7D.md");
        assert_eq!(link(Some("javascript:{file}"), "content/a.md"), vscode);
    }
}
