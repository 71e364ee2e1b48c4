//! What the findings about single files mean.

use crate::diagnostic::Explanation;

/// What the findings of reading mean.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: "cut-text",
        text: "A text without quotes in a data file or front matter is followed by ` #`, with which a comment \
               begins: all that follows is lost. `summary: Number #1 of all` says `Number`. Put quotes around \
               the text; where a comment is meant, put a space behind the sign.",
    },
    Explanation {
        code: "damaged-picture",
        text: "A picture breaks off before its end, or is not what its first bytes say. It is published \
               as it is: in one size, and with all that a camera wrote into it, perhaps the place where \
               it was taken. Save it again, or copy it again from where it came from.",
    },
    Explanation {
        code: "duplicate-key",
        text: "A key stands twice in one map. Only one of the two could count, so neither does.",
    },
    Explanation {
        code: "duplicate-record",
        text: "Two files define a record of the same kind and id. A record is defined once: in a file \
               of its own, whose stem is its id, or at its id in the file of its kind.",
    },
    Explanation {
        code: "huge-picture",
        text: "A picture has more than 64 million pixels. To make it in the sizes that pages ask for, all \
               of it would have to stand in memory, and a small file can claim any size. So it is \
               published in one size. Save it smaller: no page shows more than 1600 pixels side by side.",
    },
    Explanation {
        code: "invalid-id",
        text: "The stem of a file, a key in the file of a kind, or one of the former ids in `was`, \
               cannot be an id. Ids stand in addresses, so they are made of lower-case letters a to z, \
               digits and single hyphens, at most 100 of them. An old address of another form, such as \
               `/articles/Old_Name/`, leads on by `[[redirect]]` in `site.toml`.",
    },
    Explanation {
        code: "invalid-toml",
        text: "The settings in `site.toml` are not TOML. Nothing is built with settings that cannot be \
               read, and no rule is run: what it would find could follow from the settings that are missing.",
    },
    Explanation {
        code: "invalid-yaml",
        text: "A data file or front matter is not YAML. Most often a text needs quotes, the space after a \
               colon is missing, or a line is not indented as those beside it.",
    },
    Explanation { code: "missing-field", text: "A record lacks a field that its kind must have." },
    Explanation {
        code: "missing-record",
        text: "A markdown file belongs to the record of the same stem, but there is none. Articles and \
               pages hold their record in their front matter; other kinds in a `.yaml` file.",
    },
    Explanation {
        code: "not-text",
        text: "A file that should be text is not: it is in another encoding than UTF-8, or it holds \
               NUL bytes. Save it as UTF-8.",
    },
    Explanation {
        code: "secret-in-settings",
        text: "`site.toml` holds what looks like a password, a key or a token. It is part of the \
               project, which others can read, and of its history. Secrets come from the environment, \
               or from the files in which the program of a service keeps them; \
               `docs/publishing.md` says which.",
    },
    Explanation {
        code: "unclosed-front-matter",
        text: "A markdown file begins with a line of `---`, which opens its front matter, but no other \
               line of `---` closes it.",
    },
    Explanation {
        code: "unknown-choice",
        text: "A field takes one of a few words, and this is none of them.",
    },
    Explanation {
        code: "unknown-key",
        text: "A record, or the settings, have no field of this name. A misspelt field would otherwise \
               be lost without a word.",
    },
    Explanation {
        code: "unknown-kind",
        text: "A file below `content/` lies in no folder of a kind, and is not the file of a kind. \
               Pictures and other files to publish belong below `content/media/`.",
    },
    Explanation {
        code: "wrong-type",
        text: "A field holds something else than it takes: text where a list is expected, say, or a day \
               that does not exist.",
    },
];
