//! What can be asked of `sinew`: its commands and their flags.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::graph::base_url_mistake;
use crate::model::{Date, Kind};

/// Turns a folder of articles and records about muscles, trigger points and referred pain into a
/// linked, checked website.
#[derive(Debug, Clone, Parser)]
#[command(name = "sinew", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// The folder of the project [default: the nearest one upward with `site.toml` or `content/`]
    #[arg(short, long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) root: Option<PathBuf>,
    /// How findings are shown
    #[arg(long, global = true, value_name = "FORMAT", default_value = "full")]
    pub(super) format: Format,
    /// Let warnings fail like errors
    #[arg(long, global = true)]
    pub(super) strict: bool,
    /// The day that counts as today, such as `2026-11-23`
    #[arg(long, global = true, value_name = "DATE", value_parser = Date::parse)]
    pub(super) as_of: Option<Date>,
    /// Include records that are drafts
    #[arg(long, global = true)]
    pub(super) drafts: bool,
    /// Print findings and nothing else
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print what is done, and how long it takes
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines they are about, notes and help.
    Full,
    /// One line each.
    Concise,
    /// One JSON object per line, on standard output.
    Json,
    /// Commands for GitHub's workflows, on standard output.
    Github,
    /// GitLab's report of code quality, on standard output.
    Gitlab,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// Make a small complete project to begin with
    Init(Init),
    /// Begin a record, with every field explained
    New(New),
    /// Build the site
    Build(Build),
    /// Report every mistake in the content
    Check(Check),
    /// Show the site while it is written, and build it anew at every change
    Serve(Serve),
    /// Build the site, and bring it to its readers
    Publish(Publish),
    /// Print what a web server has to be told of headers, types and redirects
    Hosting(Hosting),
    /// Write down the addresses that readers may keep, in `addresses.txt`
    Addresses(Addresses),
    /// Give a record another id, everywhere
    Rename(Rename),
    /// Say what a page is made from, and what leads to it
    Why(Why),
    /// Show what is missing, due, linked or hard to read, as a table
    Report(Report),
    /// List the files of the theme, print one, or copy it to be changed
    Theme(Theme),
    /// Say what the code of a finding means
    Explain(Explain),
    /// Write JSON Schemas of all kinds of record, for editors
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page, or write those of all commands
    Man(Man),
}

#[derive(Debug, Clone, Args)]
pub(super) struct Init {
    /// The folder to make it in [default: this one]
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) dir: Option<PathBuf>,
    /// Write the pipeline that checks proposals and publishes `main`; in a project, nothing else
    #[arg(long, value_name = "HOST")]
    pub(super) ci: Option<CiHost>,
}

/// Where the repository is hosted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiHost {
    /// `.github/workflows/site.yml`.
    Github,
    /// `.gitlab-ci.yml`.
    Gitlab,
    /// `.forgejo/workflows/site.yml`, for Codeberg and others.
    Forgejo,
}

#[derive(Debug, Clone, Args)]
pub(super) struct New {
    /// The kind of the record
    #[arg(value_parser = kinds())]
    pub(super) kind: Kind,
    /// The id of the record, such as `teres-minor`
    pub(super) id: String,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Check {
    /// Ask other sites whether what is linked there is still there
    #[arg(long)]
    pub(super) external: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Build {
    /// The folder to write the site to [default: `public` below the root]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
    /// The address under which the site is published
    #[arg(short = 'u', long, value_name = "URL", value_parser = base_url)]
    pub(super) base_url: Option<String>,
    /// Fail with status 4 if another build is running, instead of waiting for it
    #[arg(long)]
    pub(super) no_wait: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Serve {
    /// The port to listen on; 0 for any that is free [default: 1313, or the next that is free]
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// The address to listen on; `0.0.0.0` is all of this machine's
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = interface)]
    pub(super) interface: IpAddr,
    /// Another name under which the site may be asked for; may be given several times
    #[arg(long, value_name = "HOST", value_parser = host)]
    pub(super) allow_host: Vec<String>,
    /// Look for changes every second: for shares that tell of none
    #[arg(long)]
    pub(super) poll: bool,
    /// Lead a tab to the page that was edited
    #[arg(long)]
    pub(super) follow: bool,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub(super) open: bool,
}

/// An address of this machine.
fn interface(address: &str) -> Result<IpAddr, String> {
    match address {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => address.parse().map_err(|_| {
            "expected an address of this machine, such as `192.168.1.5`, or `0.0.0.0` for all of them"
                .to_owned()
        }),
    }
}

/// The address of a site.
fn base_url(address: &str) -> Result<String, String> {
    match base_url_mistake(address) {
        None => Ok(address.to_owned()),
        Some((_, help)) => Err(help.to_owned()),
    }
}

/// A name of a host, without a port.
fn host(name: &str) -> Result<String, String> {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if name.split('.').all(is_label) {
        Ok(name.to_owned())
    } else {
        Err("expected the name of a host, such as `studio.test`, without a port".to_owned())
    }
}

#[derive(Debug, Clone, Args)]
pub(super) struct Rename {
    /// The kind of the record
    #[arg(value_parser = kinds())]
    pub(super) kind: Kind,
    /// The id that the record has
    pub(super) old: String,
    /// The id that it is to have
    pub(super) new: String,
    /// Print what would change as a unified diff, and write nothing
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Why {
    /// Its address, a file of the output, a source file, or a record such as `muscle:infraspinatus`
    pub(super) page: String,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Report {
    /// What to report on
    pub(super) topic: ReportTopic,
}

/// What can be reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportTopic {
    /// Regions, muscles and pages that lack something.
    Coverage,
    /// Which pages are to be reviewed, and when.
    Reviews,
    /// How many links lead from and to each page, the weakest first.
    Links,
    /// How hard each page is to read, the hardest first.
    Reading,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Publish {
    /// The place, a `[publish.<name>]` of `site.toml` [default: the only one]
    pub(super) target: Option<String>,
    /// Build, say what would travel, and bring nothing
    #[arg(short = 'n', long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
    /// Do not ask
    #[arg(short, long)]
    pub(super) yes: bool,
    /// Let up to N addresses go, even if they are many
    #[arg(long, value_name = "N")]
    pub(super) allow_deletes: Option<usize>,
    /// Go back to the build that was published before
    #[arg(long)]
    pub(super) rollback: bool,
    /// Write over files that sinew did not publish
    #[arg(long)]
    pub(super) take_over: bool,
    /// Fail with status 4 if another build is running, instead of waiting for it
    #[arg(long)]
    pub(super) no_wait: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Hosting {
    /// The server
    pub(super) server: Server,
    /// The address under which the site is published
    #[arg(short = 'u', long, value_name = "URL", value_parser = base_url)]
    pub(super) base_url: Option<String>,
}

/// What has to be told how to serve a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Server {
    /// A file to include in a `server`.
    Nginx,
    /// An `.htaccess` for the folder of the pages.
    Apache,
    /// A file to import in the block of a site.
    Caddy,
    /// A function for the requests of viewers.
    CloudfrontFunction,
    /// The configuration of a response headers policy.
    CloudfrontHeaders,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Addresses {
    /// Print what is new, and write nothing
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Theme {
    /// The file to print, such as `templates/page.html`; without it, all are listed. `builtin/` before
    /// it means the built-in one
    pub(super) file: Option<String>,
    /// Write the file into the theme of the project, over none that is there
    #[arg(long, requires = "file")]
    pub(super) copy: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Explain {
    /// The code, such as `duplicate-record`; without it, all are listed
    pub(super) code: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Schema {
    /// The folder to write them to [default: `.sinew/schema` below the root]
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: Shell,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Man {
    /// The folder to write the pages of all commands to; without it, that of `sinew` is printed
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) dir: Option<PathBuf>,
}

/// Reads a kind by its word, such as `muscle`, or by its folder.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let value = |kind: &Kind| {
        let doc = kind.shape().doc.trim().trim_end_matches('.');
        PossibleValue::new(kind.word()).alias(kind.folder()).help(doc)
    };
    let values = PossibleValuesParser::new(Kind::ALL.iter().map(value));
    values.try_map(|word| {
        let kind = Kind::named(&word);
        kind.ok_or_else(|| format!("no kind is called `{word}`"))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_declaration_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn global_flags_may_follow_the_command() {
        let words = ["sinew", "check", "-r", "x", "--as-of", "2026-11-23", "--format", "github"];
        let arguments = Arguments::try_parse_from(words).expect("they are right");
        assert_eq!(arguments.global.root, Some("x".into()));
        assert_eq!(arguments.global.format, Format::Github);
        assert_eq!(arguments.global.as_of, Date::parse("2026-11-23").ok());
    }

    #[test]
    fn hosts_are_names_without_ports_or_patterns() {
        assert_eq!(host("my-laptop.local").as_deref(), Ok("my-laptop.local"));
        for wrong in ["", "a:80", "*", "a..b", "http://a", "a/b"] {
            assert!(host(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_interface_is_an_address_or_this_machine() {
        assert_eq!(interface("localhost"), Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        assert_eq!(interface("0.0.0.0"), Ok(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
        assert!(interface("my-laptop").is_err());
    }

    #[test]
    fn wrong_calls_have_the_status_2_and_help_has_0() {
        for words in [
            &["sinew"][..],
            &["sinew", "chekc"],
            &["sinew", "check", "--as-of", "today"],
            &["sinew", "build", "-u", "example.com"],
            &["sinew", "hosting", "nginx", "-u", "ftp://x"],
        ] {
            assert_eq!(Arguments::try_parse_from(words).expect_err("wrong").exit_code(), 2);
        }
        let help = Arguments::try_parse_from(["sinew", "--help"]).expect_err("help is no command");
        assert_eq!(help.exit_code(), 0);
    }
}
