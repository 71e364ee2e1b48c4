//! Finds the credentials for S3: in the environment, or in the files where AWS's own programs keep
//! them. Never in the settings. What is secret is never shown.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::edge::publish::trouble::{Nature, Trouble};

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for signing.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    pub(super) key_id: String,
    pub(super) secret_key: Secret,
    pub(super) session_token: Option<Secret>,
}

/// What the environment says: variables and files by name.
pub(super) struct Surroundings<'a> {
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
    pub(super) file: &'a dyn Fn(&Path) -> Option<String>,
    pub(super) home: Option<PathBuf>,
}

impl Surroundings<'_> {
    fn profile(&self, wanted: Option<&str>) -> String {
        let wanted = wanted.map(ToOwned::to_owned).or_else(|| (self.variable)("AWS_PROFILE"));
        wanted.unwrap_or_else(|| "default".to_owned())
    }

    fn path(&self, variable: &str, name: &str) -> Option<PathBuf> {
        let named = (self.variable)(variable).map(PathBuf::from);
        named.or_else(|| Some(self.home.as_ref()?.join(".aws").join(name)))
    }

    /// A key of a profile, from the file of credentials or that of settings.
    fn of_profile(&self, profile: &str, key: &str) -> Option<String> {
        let secrets = self.path("AWS_SHARED_CREDENTIALS_FILE", "credentials");
        let found = secrets.and_then(|path| (self.file)(&path));
        let found = found.and_then(|text| ini(&text, profile, key));
        found.or_else(|| {
            let text = (self.file)(&self.path("AWS_CONFIG_FILE", "config")?)?;
            let section =
                if profile == "default" { profile } else { &format!("profile {profile}") };
            ini(&text, section, key)
        })
    }

    /// The credentials. A profile that the settings name counts more than the environment.
    pub(super) fn credentials(&self, profile: Option<&str>) -> Result<Credentials, Trouble> {
        let of_environment = || self.of_environment().filter(|_| profile.is_none());
        of_environment().or_else(|| self.of_files(&self.profile(profile))).ok_or_else(|| {
            let message = match profile {
                Some(profile) => format!("there are no credentials of the profile `{profile}`"),
                None => "there are no credentials for the storage".to_owned(),
            };
            Trouble::new(Nature::Usage, message)
                .hint("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`")
        })
    }

    fn of_environment(&self) -> Option<Credentials> {
        let variable = |name: &str| (self.variable)(name).filter(|text| !text.is_empty());
        Some(Credentials {
            key_id: variable("AWS_ACCESS_KEY_ID")?,
            secret_key: Secret::new(variable("AWS_SECRET_ACCESS_KEY")?),
            session_token: variable("AWS_SESSION_TOKEN").map(Secret::new),
        })
    }

    fn of_files(&self, profile: &str) -> Option<Credentials> {
        Some(Credentials {
            key_id: self.of_profile(profile, "aws_access_key_id")?,
            secret_key: Secret::new(self.of_profile(profile, "aws_secret_access_key")?),
            session_token: self.of_profile(profile, "aws_session_token").map(Secret::new),
        })
    }

    /// The region: of the settings, of the environment, of the profile.
    pub(super) fn region(&self, wanted: Option<&str>, profile: Option<&str>) -> String {
        let variable = |name: &str| (self.variable)(name).filter(|text| !text.is_empty());
        wanted
            .map(ToOwned::to_owned)
            .or_else(|| variable("AWS_REGION"))
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or_else(|| self.of_profile(&self.profile(profile), "region"))
            .unwrap_or_else(|| "us-east-1".to_owned())
    }
}

/// A key of a section of a file in the manner of `.ini`.
fn ini(text: &str, section: &str, key: &str) -> Option<String> {
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            is_inside = name.trim() == section;
        } else if is_inside
            && let Some((name, value)) = line.split_once('=')
            && name.trim() == key
        {
            return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
        [default]\naws_access_key_id = ONE\naws_secret_access_key = s1\n\n\
        [studio]\naws_access_key_id=TWO\naws_secret_access_key=s2=\naws_session_token = t\n";
    const CONFIG: &str = "[default]\nregion = eu-west-1\n[profile studio]\nregion = eu-north-1\n";

    fn with<T>(variables: &[(&str, &str)], act: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let file = |path: &Path| match path.to_str() {
            Some("/home/me/.aws/credentials") => Some(FILE.to_owned()),
            Some("/home/me/.aws/config") => Some(CONFIG.to_owned()),
            _ => None,
        };
        let home = Some(PathBuf::from("/home/me"));
        act(&Surroundings { variable: &variable, file: &file, home })
    }

    fn key_id(variables: &[(&str, &str)], profile: Option<&str>) -> Result<String, Trouble> {
        with(variables, |around| around.credentials(profile).map(|found| found.key_id))
    }

    #[test]
    fn the_environment_counts_more_than_files_and_a_named_profile_more_than_both() {
        let variables = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "x")];
        assert_eq!(key_id(&variables, None), Ok("ENV".to_owned()));
        assert_eq!(key_id(&variables, Some("studio")), Ok("TWO".to_owned()));
        assert_eq!(key_id(&[], None), Ok("ONE".to_owned()));
        assert_eq!(key_id(&[("AWS_PROFILE", "studio")], None), Ok("TWO".to_owned()));
        assert!(key_id(&[], Some("nobody")).expect_err("none").message.contains("`nobody`"));
    }

    #[test]
    fn the_region_comes_from_the_settings_the_environment_or_the_profile() {
        let region = |variables: &[_], wanted, profile| {
            with(variables, |around| around.region(wanted, profile))
        };
        assert_eq!(region(&[("AWS_REGION", "a")], Some("b"), None), "b");
        assert_eq!(region(&[("AWS_REGION", "a")], None, None), "a");
        assert_eq!(region(&[], None, None), "eu-west-1");
        assert_eq!(region(&[], None, Some("studio")), "eu-north-1");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let found = with(&[], |around| around.credentials(Some("studio"))).expect("there are some");
        let shown = format!("{found:?}");
        assert!(!shown.contains("s2") && shown.contains("(secret)"), "{shown}");
        assert_eq!(found.secret_key.reveal(), "s2=");
    }
}
