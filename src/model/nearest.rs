//! From a name that nobody has to the one that may be meant, for help.

/// The known name that is most like `name`, if one is like it at all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let allowed = (name.chars().count() / 3).clamp(1, 4);
    known
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let whole = strsim::damerau_levenshtein(&name, &lower);
            // `trapezus` is like a part of `upper-trapezius`, though not as much as a whole.
            let part = lower
                .split(['-', ' '])
                .filter(|part| part.len() > 3)
                .map(|part| strsim::damerau_levenshtein(&name, part) + 1)
                .min();
            let distance = part.map_or(whole, |part| part.min(whole));
            (distance <= allowed).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Help for a name that nobody has, if a known one is like it; `what` is what it names, as in `a kind`.
pub fn similar<'a>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(name, known).map(|near| format!("{what} with a similar name exists: `{near}`"))
}
