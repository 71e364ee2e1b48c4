//! The theme that the settings name: its files in the project, or that there are none.

use std::collections::BTreeMap;

use super::{BUILT_IN, Layer, embedded};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::settings::Settings;
use crate::source::{SourcePath, Sources};

/// The theme of projects that name none. A folder of that name may hold files of theirs.
const DEFAULT: &str = "default";

/// The files of the theme that the settings name: first the project's own, then the embedded ones.
pub fn layers_of(settings: &Settings, sources: &Sources) -> [Layer; 2] {
    let name = settings.theme.0.name.as_deref().unwrap_or(DEFAULT);
    let folder = format!("themes/{name}");
    let mut files = BTreeMap::new();
    for path in sources.paths().filter(|_| name != BUILT_IN) {
        // Only the theme's own files are read: this loop goes over all files of the project.
        if let Some(below) = path.below(&folder)
            && let Some(bytes) = sources.bytes(path)
        {
            files.insert(below.to_owned(), bytes);
        }
    }
    let own = Layer { name: name.to_owned(), folder, files };
    [own, embedded::layer()]
}

/// Whether a project has a theme of its own, of which this is the layer, or has named one.
pub fn is_named(own: &Layer) -> bool {
    !own.files.is_empty() || ![DEFAULT, BUILT_IN].contains(&own.name.as_str())
}

/// Says that there is no theme of the name that the settings give.
pub(super) fn unknown(settings: &Settings, sources: &Sources) -> Option<Diagnostic> {
    let name = settings.theme.0.name.as_deref().filter(|name| *name != DEFAULT)?;
    if name == BUILT_IN {
        let message = format!("`{name}` is how templates call the built-in theme");
        let help =
            "give the folder in `themes/` another name; without `theme`, the built-in one is taken";
        let place = place_of_name(sources);
        return Some(Diagnostic::error("unknown-theme", place, message).help(help));
    }
    let folder = format!("themes/{name}");
    if sources.paths().any(|path| path.below(&folder).is_some()) {
        return None;
    }
    let names = sources.paths().filter_map(|path| path.below("themes")?.split('/').next());
    let help = crate::model::similar("a theme", name, names).unwrap_or_else(|| {
        "`sinew theme FILE --copy` begins it with a built-in file, which `sinew theme` lists; \
         without a name, the built-in theme is taken"
            .to_owned()
    });
    let message = format!("there is no theme in `{folder}`");
    Some(Diagnostic::error("unknown-theme", place_of_name(sources), message).help(help))
}

/// Where the settings name the theme: as a text, or in a table.
fn place_of_name(sources: &Sources) -> Place {
    let path = SourcePath::new("site.toml");
    let text = sources.text_lossy(&path).unwrap_or_default();
    let named = text
        .parse::<toml::Table>()
        .is_ok_and(|all| all.get("theme").and_then(|theme| theme.get("name")).is_some());
    let theme = FieldPath::key("theme");
    Place::value(&path, if named { theme.then("name") } else { theme })
}
