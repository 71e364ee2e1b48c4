//! Which pages of a built site only lead elsewhere, from its own `_redirects`.

use std::collections::BTreeMap;

use crate::graph::file_of;
use crate::page::address::SiteAddress;
use crate::page::output::OutputPath;

/// The pages that lead elsewhere, each with where: the lines of `_redirects` of a site that is
/// published at `base_url`.
pub fn redirections(lines: &str, base_url: &str) -> BTreeMap<OutputPath, String> {
    let site = SiteAddress::new(base_url);
    lines.lines().filter_map(|line| one(line, site.base_path())).collect()
}

fn one(line: &str, base_path: &str) -> Option<(OutputPath, String)> {
    let mut words = line.split_whitespace();
    let (from, to) = (words.next()?, words.next()?);
    let path = OutputPath::new(file_of(from.strip_prefix(base_path)?)?)?;
    Some((path, to.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_for_hosts_name_the_pages_that_redirect() {
        let lines = "/kb/old/ /kb/new/ 301\n/kb/gone.html https://y.org/ 301\n";
        let found = redirections(lines, "https://x.org/kb");
        let found: Vec<_> = found.iter().map(|(path, to)| (path.as_str(), to.as_str())).collect();
        assert_eq!(found, [("gone.html", "https://y.org/"), ("old/index.html", "/kb/new/")]);
    }
}
