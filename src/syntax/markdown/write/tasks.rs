//! Items of task lists, whose box is called what the item says.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;

impl Writer<'_> {
    pub(super) fn open_task(&mut self, is_done: bool) {
        let checked = if is_done { " checked" } else { "" };
        self.push(&format!("<label><input type=\"checkbox\" disabled{checked}> "));
        self.is_in_task = true;
    }

    /// Ends the words of a task where a block ends, or another one begins in its item.
    pub(super) fn end_task(&mut self, event: &Event<'_>) {
        let is_block = match event {
            Event::Start(tag) => !is_inline(tag),
            Event::End(tag) => matches!(tag, TagEnd::Paragraph | TagEnd::Item),
            _ => false,
        };
        if self.is_in_task && is_block {
            self.is_in_task = false;
            self.push("</label>");
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
