//! Which pages a site has, and what each of them shows. Knows nothing about where bytes go.

pub mod output;
