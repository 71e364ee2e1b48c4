//! Explanations of what is always reported: names that lead nowhere, markdown that is not whole, a
//! theme that does not fit. Files that cannot be read are explained where they are read.

use crate::diagnostic::Explanation;

/// What the findings of the other floors mean, and those of this one that are no rules.
pub(super) const ALL: &[Explanation] = &[
    Explanation {
        code: "address-collision",
        text: "Two pages or files would be written to one address, or to two that differ only by case. \
               Give one of the two another id or name. `site.css` in `assets/` of a theme would take the \
               place of the sheet that is made from its `css/`.",
    },
    Explanation {
        code: "against-policy",
        text: "A template or a style sheet of the theme has what browsers leave out of the site's pages: a script \
               or a style within HTML, `onclick` and its like, a frame, or a file from another site. The \
               policy that is published with the pages (`Content-Security-Policy`) forbids it, so that \
               nothing foreign runs on them and no other site hears who reads them.",
    },
    Explanation {
        code: "ambiguous-alias",
        text: "An alias is also the name or alias of another record, or a synonym of a region is also \
               that of another region or an alias. A reader who looks for it could not be led to one \
               of them, and no text could be linked.",
    },
    Explanation {
        code: "bad-redirect",
        text: "The `from` of a `[[redirect]]` is not the path of a page: it begins with a slash, and \
               has no `..` and none of `\\ : * ? \" < > |`. One with an anchor, such as `/a/#old`, can only be led to another \
               place of the same page, as hosts never see anchors: `to = \"/a/#new\"`.",
    },
    Explanation {
        code: "broken-card",
        text: "What `templates/social_card.svg.xml` of a theme draws is no SVG: a tag that is not closed, or an \
               `&` that is not written `&amp;`. It has to be whole for the title of every page.",
    },
    Explanation {
        code: "broken-link",
        text: "A link leads to a page, a file or a section that is not there. Links are written as \
               `[[id]]`, `[[kind:id]]`, a relative path to a file, or a path of the site; each may end \
               in `#section`. The menu and `booking_url` lead to paths of the site, or to other sites; \
               `url(…)` and `css` of a theme to its own files.",
    },
    Explanation {
        code: "changed-while-building",
        text: "A file changed, vanished or became unreadable between the first look at all files and the \
               last. Nothing was written; build again.",
    },
    Explanation {
        code: "conflicting-arguments",
        text: "A directive was given several of the arguments of which it takes one: a \
               `referral-map` shows a muscle or a region, not both.",
    },
    Explanation {
        code: "dead-link",
        text: "Found by `sinew check --external`: another site says that nothing is at a linked address \
               (404 or 410), or leads from one address to the next without an end. Link to what took its \
               place, or take the link out.",
    },
    Explanation {
        code: "duplicate-anchor",
        text: "Two headings of one text have the same anchor, or a heading has that of a trigger point or a \
               question on its page, or two trigger points of a muscle have one id, so a link can only lead \
               to the first. Give one of them its own: `## Heading {#another}`.",
    },
    Explanation {
        code: "duplicate-argument",
        text: "A directive was given the same argument twice. Only one of the two can count.",
    },
    Explanation {
        code: "duplicate-footnote",
        text: "Two footnotes of one text have the same label. Readers see the first one, wherever the text refers \
               to it. Give the second another label, or join the two.",
    },
    Explanation {
        code: "empty-target",
        text: "A link or picture has nothing between its parentheses: `[text]()`, or nothing before \
               its bar: `[[|text]]`. It leads nowhere.",
    },
    Explanation {
        code: "malformed-arguments",
        text: "What follows the name of a directive cannot be read. Arguments stand on the same line, \
               in braces: `{key=value key=\"two words\"}`. The name itself stands in none.",
    },
    Explanation {
        code: "malformed-editor",
        text: "`editor` in `[serve]` is the address with which pages of `sinew serve` open a file in your \
               editor: a scheme, then `{file}` (the whole path) or `{path}` (the path below the project), \
               and, if it likes, `{line}` and `{column}`. Without it, VS Code is opened: \
               `vscode://file{file}:{line}:{column}`.",
    },
    Explanation {
        code: "malformed-language",
        text: "`language` in `site.toml` is a tag that browsers, screen readers and search engines know: the \
               code of the language in two or three small letters, and, if it matters, the place: `de`, \
               `en-GB`. The strings of the theme stand in a file of that name.",
    },
    Explanation {
        code: "misplaced-directive",
        text: "A directive stands where it can show nothing. In HTML or in the midst of a paragraph, \
               readers see its line as text: it needs an empty line before it. In a field, such as the answer to a question, `::faq` shows nothing: one answer could \
               show another, and that one the first.",
    },
    Explanation {
        code: "missing-argument",
        text: "A directive lacks an argument without which it shows nothing, such as the `level` of a \
               `care` card.",
    },
    Explanation {
        code: "missing-strings",
        text: "The theme has no words of its own (\"Contents\", \"Back to all articles\") in the \
               language of the site, and shows them in English: all of them, or those that the file of the \
               language lacks. `sinew theme strings/de.toml --copy` writes the English ones into a theme of \
               your own, under the name of your language: translate them there; where the file is there, \
               add the lines that it lacks. `sinew theme` lists what else a theme has.",
    },
    Explanation {
        code: "moved-link",
        text: "Found by `sinew check --external`: another site says that a page has moved for good (301 or \
               308). The old address may stop to lead on; link to the new one.",
    },
    Explanation {
        code: "not-renamed",
        text: "`sinew rename` found a reference that is written in a way that it cannot rewrite, such \
               as an alias of YAML or an escape. Write the id out, then rename again.",
    },
    Explanation {
        code: "picture-elsewhere",
        text: "A picture lies on another site. It would tell that site who reads yours, and may vanish. \
               Put a copy that you may publish into `content/media/`.",
    },
    Explanation {
        code: "redirect-over-page",
        text: "A redirect begins at an address where a page is shown, which would never be seen, or where a \
               file of the site is or may be, such as `/feed.xml` or `/data/muscles.json`. `/about`, `/About/` and \
               `/about/index.html` are the same address as `/about/`.",
    },
    Explanation {
        code: "redirect-to-nowhere",
        text: "The `to` of a `[[redirect]]` is an address of the site at which there is no page, or one \
               that leads elsewhere itself, or an anchor that its page does not have. Lead it to where the \
               reader is to end.",
    },
    Explanation {
        code: "redirect-twice",
        text: "Two redirects begin at one address, or at two that differ only by case or by a slash at the \
               end. Only one of them can count.",
    },
    Explanation {
        code: "self-reference",
        text: "A record names itself where another one is meant: as its own antagonist, or as related to \
               itself. Take it out, or name the other one.",
    },
    Explanation {
        code: "stray-close",
        text: "A line of `:::` closes a directive that was never opened, or was closed already.",
    },
    Explanation {
        code: "style-error",
        text: "A style sheet of the theme has a bracket, a quotation mark or a comment that nothing closes, or \
               closes one that was never opened. Browsers would read all that follows as something else, \
               in the other sheets too, so the sheet is left out. Or it has an `@import`: the sheets of \
               `css/` are joined, and browsers read an `@import` at the beginning of all only.",
    },
    Explanation {
        code: "unclosed-directive",
        text: "A directive that was opened with `:::name` is never closed with a line of `:::`, or \
               stands in more than 16 others. One that has no body is written with two colons.",
    },
    Explanation {
        code: "template-error",
        text: "A template of the theme cannot be read or drawn: it has a slip in its syntax, or asks for \
               something that its page does not have. The message is the template engine's.",
    },
    Explanation {
        code: "unanswered-link",
        text: "Found by `sinew check --external`: another site did not say whether a linked page is there. \
               It may be down, or not answer programs. What works in a browser and never answers here can \
               stand in `site.toml`: `[external]` with `allow = [\"https://example.com/*\"]`.",
    },
    Explanation {
        code: "undefined-footnote",
        text: "The text refers to a footnote that is not there. Write it on a line of its own: \
               `[^label]: text`.",
    },
    Explanation {
        code: "unclosed-link",
        text: "`[[` begins a link that does not end, so that readers see its brackets. It ends with `]]` in \
               the same paragraph. In a table the bar of `[[muscle|text]]` would end the cell: write `\\|`.",
    },
    Explanation {
        code: "undefined-label",
        text: "`[text][label]` is a link whose address stands elsewhere, as `[label]: address`; here \
               there is no such line.",
    },
    Explanation {
        code: "unknown-argument",
        text: "A directive has no argument of this name. A misspelt one would otherwise be lost without \
               a word.",
    },
    Explanation {
        code: "unknown-directive",
        text: "No directive has this name. They are listed in the guide for authors; code that begins \
               with colons belongs between lines of three backticks.",
    },
    Explanation {
        code: "unknown-name",
        text: "The list of an article's `auto_link` names what is not to become a link there, and no record \
               has this name or id. It is misspelt, or the record has another name now; until it is mended, \
               the name in the text becomes a link all the same.",
    },
    Explanation {
        code: "unknown-reference",
        text: "A field, a citation or a directive names a record that does not exist. Records are named \
               by their id: the stem of their file, or their key in the file of their kind.",
    },
    Explanation {
        code: "unknown-rule",
        text: "`[check]` in `site.toml` sets the level of a rule that does not exist, or of a finding \
               that is always an error.",
    },
    Explanation {
        code: "unknown-theme",
        text: "`site.toml` names a theme for which there is no folder below `themes/`, or that may not be \
               called so: `builtin` is the built-in one, as templates name it.",
    },
    Explanation {
        code: "unsafe-address",
        text: "An address in `site.toml` has a scheme that is not published, such as `javascript:`. Menus, \
               booking and redirects lead to paths of the site, or use https, http, mailto or tel. The \
               `base_url` of a site begins with `https://` and ends with its path, without `?` and `#`; a \
               `domain` is a name alone.",
    },
    Explanation {
        code: "unused-footnote",
        text: "A footnote is written that no text refers to, so readers never see it.",
    },
    Explanation {
        code: "unused-theme-file",
        text: "A file of your theme has the path of no file of the default theme and is used by none of \
               its templates. It is mostly a misspelt name. Or it has the path of a part of the default theme, and \
               does not define that component.",
    },
    Explanation {
        code: "wrong-directive-form",
        text: "A directive with a body opens with three colons and is closed by a line of `:::`; one \
               without stands on a line of its own, with two colons.",
    },
];
