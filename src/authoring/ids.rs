//! What is wrong with an id that somebody wants for a record.

use crate::model::Id;
use crate::source::device;

/// Why no record can have an id, if so, and the cure.
pub(super) fn fault(id: &str) -> Option<(String, String)> {
    let message = format!("`{id}` cannot be an id");
    if device(id).is_some() {
        let help = "choose another one: other systems keep this name for a device";
        return Some((message, help.to_owned()));
    }
    if Id::new(id).is_well_formed() {
        return None;
    }
    let help = match Id::like(id) {
        None => "an id is made of lower-case letters a to z, digits and single hyphens".to_owned(),
        Some(better) => format!("call it `{better}`"),
    };
    Some((message, help))
}
