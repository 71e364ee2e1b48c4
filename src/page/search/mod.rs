//! `search/…`: what the search of a page looks things up in, in pieces that are fetched when they are
//! wanted, and the cards that a page shows of the names that it mentions.
//!
//! | file | what is in it | when it is fetched |
//! | --- | --- | --- |
//! | `names.json` | every name by which readers look for something, and the warning signs | when the search opens |
//! | `texts/<n>.txt` | the words of names and texts, by their first letters, and where they stand | with a word of three letters |
//! | `titles/<n>.json` | the titles of articles and questions, where they are too many for `names.json` | when one of them is shown |
//! | `cards/<section>-<letter>.json` | name, kind and summary of what texts mention or cite | when a mention is pointed at |
//!
//! The script that reads them is `themes/default/assets/search/find.js`.

mod cards;
mod documents;
mod names;
mod signs;
mod texts;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use super::published::{Published, TextFile};
use documents::Documents;

/// What the files of the search have in common, each made once.
#[derive(Default)]
pub struct Search {
    documents: OnceLock<Documents>,
    texts: OnceLock<Vec<String>>,
}

impl Search {
    fn documents(&self, published: &Published<'_>) -> &Documents {
        self.documents.get_or_init(|| Documents::of(published.base))
    }

    /// The texts of the files with words.
    fn texts(&self, published: &Published<'_>) -> &[String] {
        self.texts.get_or_init(|| texts::pieces(published.base, self.documents(published)))
    }
}

/// All files of the search.
pub fn files<'a>(published: &Published<'a>) -> Vec<TextFile<'a>> {
    let documents = published.search.documents(published);
    let mut files = vec![TextFile::new("search/names.json", |published| {
        names::names(published, published.search.documents(published))
    })];
    for number in 0..texts::pieces_for(documents) {
        let path = format!("search/texts/{number}.txt");
        // The bytes are few, and the index that they come from is not made twice.
        let text =
            move |published: &Published<'_>| published.search.texts(published)[number].clone();
        files.push(TextFile::of_texts(path, text));
    }
    for number in 0..names::pieces_for(documents) {
        let path = format!("search/titles/{number}.json");
        files.push(TextFile::new(path, move |published| {
            names::titles(published.base, published.search.documents(published), number)
        }));
    }
    files.extend(cards::files(published.base));
    files
}
