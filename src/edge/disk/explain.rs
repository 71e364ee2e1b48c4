//! What the findings about files as files mean; a test holds that each of them is raised.

use crate::diagnostic::Explanation;

/// What the findings about files mean.
pub const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: "bad-file-name",
        text: "A name that holds control characters, that is not UTF-8, or that other systems refuse: \
               `aux`, `con`, `nul` and their like, names with `: * ? \" < > | \\`, and names that end \
               in a dot or a space. The folder could not be copied to another computer.",
    },
    Explanation {
        code: "same-file-name",
        text: "Two files whose names differ only by case, or by how their accents are written. On many \
               systems they are one and the same file.",
    },
    Explanation {
        code: "link-outside",
        text: "A symbolic link that leads out of the project. Nothing outside is read; links that stay \
               inside the project work.",
    },
    Explanation {
        code: "link-loop",
        text: "A symbolic link that leads back to a folder it stands in, or to itself.",
    },
    Explanation {
        code: "not-a-file",
        text: "Something that is neither a file nor a folder, such as a pipe, a socket or a device. It \
               is never opened.",
    },
    Explanation {
        code: "unreadable-file",
        text: "A file or folder that the system does not let you read.",
    },
    Explanation {
        code: "file-too-large",
        text: "A text of more than 64 MiB, or a picture or other file of more than 256 MiB. It is not \
               read.",
    },
    Explanation {
        code: "folder-too-deep",
        text: "A folder inside 32 others. What is in it is not read.",
    },
];
