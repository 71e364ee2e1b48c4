//! Parts that many kinds of page show.

use serde::Serialize;

use super::on_many_pages::Shared;

/// What stands in the head of a page: `page.meta`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Meta {
    /// The title of the page, without the site's.
    pub title: String,
    /// One or two sentences for search engines and previews.
    pub description: Option<String>,
    /// The full address of the page; `None` if the site has no address, or there is none (404).
    pub canonical: Option<String>,
    /// The same as people write it, for paper: `example.com/muscles/soleus/`.
    pub shown_address: Option<String>,
    /// `article` or `website`, for Open Graph.
    pub og_type: String,
    /// The full address of a picture for previews.
    pub image: Option<String>,
    /// What that picture shows.
    pub image_alt: Option<String>,
    /// The width of that picture in pixels, if it is known.
    pub image_width: Option<u32>,
    /// The height of that picture in pixels, if it is known.
    pub image_height: Option<u32>,
    /// JSON-LD as JSON text; the template escapes it for a script element.
    pub json_ld: Option<String>,
    /// The section of the site, such as `muscles`: marks the present entry of the menu.
    pub section: Option<String>,
    /// Whether search engines should leave it out.
    pub is_hidden: bool,
}

/// One step of the way from the home page to this one. The last has no address.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Crumb {
    /// Where it leads; `None` for the page itself.
    pub href: Option<String>,
    /// What it is called.
    pub title: String,
}

/// A link with its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its text.
    pub title: String,
}

/// A name that may have a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MaybeLink {
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// Its text.
    pub title: String,
}

/// A record or an article in a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Card {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// The word of its kind, such as `muscle`; names the string `kinds.<kind>`.
    pub kind: String,
    /// Short facts in a line below, such as a date or a reading time, ready to be read.
    pub meta: Vec<String>,
    /// The regions of the body map that it stands for, by id: map and list light each other up.
    pub regions: Vec<String>,
}

/// Cards under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CardGroup {
    /// The anchor of the heading.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Where the heading leads, if it has a page of its own.
    pub href: Option<String>,
    /// The cards; groups without any are left out.
    pub cards: Vec<Card>,
}

/// The same picture in a format that not every browser knows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PictureSource {
    /// The format, such as `image/avif`.
    pub format: String,
    /// The files with their widths, as the attribute wants it.
    pub srcset: String,
}

/// A picture with its alternatives.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Picture {
    /// The file.
    pub src: String,
    /// The same in other widths, as the attribute wants it.
    pub srcset: Option<String>,
    /// How wide it is shown in a column of text, as the attribute wants it.
    pub sizes: Option<String>,
    /// The same in other formats, the best first: `source` elements before the `img`. While a site
    /// is served, there are none.
    pub sources: Vec<PictureSource>,
    /// Its width in pixels, if known.
    pub width: Option<u32>,
    /// Its height in pixels, if known.
    pub height: Option<u32>,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// A sentence below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// When and by whom a page was checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReviewLine {
    /// Who checked it.
    pub by: Option<Shared<MaybeLink>>,
    /// The day of the check, as an ISO date.
    pub on: Option<String>,
    /// The day by which it will be checked again, as an ISO date.
    pub next: Option<String>,
    /// How far the check went: `editorial` or `clinical`.
    pub scope: String,
    /// The day of publication, as an ISO date.
    pub published: Option<String>,
    /// The day of the last edit, as an ISO date.
    pub updated: Option<String>,
}

/// A work that a page rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SourceItem {
    /// Its anchor, such as `source-simons-1999`.
    pub id: String,
    /// Its number in the text; `None` in a list without numbers.
    pub number: Option<u32>,
    /// Who wrote it, as one text; "and others" is not part of it.
    pub authors: Option<String>,
    /// Whether others wrote it, too.
    pub and_others: bool,
    /// Its title.
    pub title: String,
    /// The journal it appeared in, or who published it.
    pub publisher: Option<String>,
    /// The year it appeared.
    pub year: Option<u32>,
    /// The day it was read, for works that change or name no year.
    pub accessed: Option<String>,
    /// What sort of work it is, such as `review`; names the string `source_kinds.<kind>`.
    pub kind: Option<String>,
    /// Where it can be read.
    pub href: Option<String>,
    /// Its digital object identifier.
    pub doi: Option<String>,
    /// What it found, in a sentence.
    pub takeaway: Option<String>,
    /// Where that is said, if it is not here: on the page of references.
    pub takeaway_href: Option<String>,
    /// The places of the page's text that cite it, as anchors such as `#cite-1-1`.
    pub backlinks: Vec<String>,
    /// The pages that cite it; empty but on the page of references.
    pub cited_by: Vec<Link>,
}

/// A question with its answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Question {
    /// Its anchor.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer: safe HTML; empty on pages that lead to it and do not show it.
    pub answer: String,
    /// The question on the page of all questions; `None` if it has no place there.
    pub href: Option<String>,
    /// Where to read more; empty where the answer is empty.
    pub more: Vec<Link>,
}

/// One thing to take away from an article.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TakeawayView {
    /// A few words that lead in.
    pub lead: String,
    /// One or two sentences: safe inline HTML.
    pub text: String,
}

/// One line of the contents of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TocEntry {
    /// The anchor, such as `#how-it-is-noticed`.
    pub href: String,
    /// The heading's text.
    pub title: String,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// A price.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PriceView {
    /// The amount as a plain number, such as `85` or `85.50`.
    pub amount: String,
    /// The currency's code in ISO 4217.
    pub currency: String,
}

/// A person in a box or a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PersonCard {
    /// The page of the person.
    pub href: String,
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Titles and qualifications.
    pub credentials: Vec<String>,
    /// A few sentences: safe HTML.
    pub bio: Option<String>,
    /// A portrait.
    pub photo: Option<Picture>,
    /// The list of all their articles, if they wrote any.
    pub articles_href: Option<String>,
}

/// Where a page stands in a list that goes over several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub number: u32,
    /// How many there are.
    pub count: u32,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Those that it links to, in order; a long list leaves some out.
    pub pages: Vec<PagerPage>,
}

/// One page of a list that goes over several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PagerPage {
    /// Its number, from 1.
    pub number: u32,
    /// Where it is.
    pub href: String,
    /// Whether pages before it were left out.
    pub is_after_gap: bool,
}
