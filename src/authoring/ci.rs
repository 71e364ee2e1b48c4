//! What hosts of repositories have to be told, so that they check every proposal and publish what was
//! accepted: the files of `starter/ci/`.

/// A host of repositories with its own form of pipelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
    /// Forgejo, such as Codeberg.
    Forgejo,
}

/// The path and the text of the file for a host. `targets` are the names of the places of a project.
pub fn workflow(host: Host, targets: &[String]) -> (&'static str, String) {
    let gitlab = include_str!("../../starter/ci/gitlab.yml");
    let (path, text) = match (host, targets) {
        (Host::Github, _) => {
            (".github/workflows/site.yml", include_str!("../../starter/ci/github.yml").to_owned())
        }
        (Host::Forgejo, _) => {
            (".forgejo/workflows/site.yml", include_str!("../../starter/ci/forgejo.yml").to_owned())
        }
        (Host::Gitlab, []) => {
            let pages = include_str!("../../starter/ci/gitlab-pages.yml");
            (".gitlab-ci.yml", format!("{gitlab}{pages}"))
        }
        (Host::Gitlab, _) => {
            let publish = include_str!("../../starter/ci/gitlab-publish.yml");
            (".gitlab-ci.yml", format!("{gitlab}{publish}"))
        }
    };
    let target = match targets {
        // The only one need not be said.
        [] | [_] => String::new(),
        [first, ..] => format!("{first} "),
    };
    let text = text.replace("@VERSION@", env!("CARGO_PKG_VERSION"));
    (path, text.replace("@TARGET@", &target))
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::*;

    fn parsed(host: Host, targets: &[&str]) -> (String, Value) {
        let targets: Vec<String> = targets.iter().map(|name| (*name).to_owned()).collect();
        let (_, text) = workflow(host, &targets);
        assert!(!text.contains("@VERSION@") && !text.contains("@TARGET@"), "{text}");
        let value = serde_yaml::from_str(&text).expect("it is YAML");
        (text, value)
    }

    /// What the steps of a job run.
    fn commands(job: &Value) -> Vec<String> {
        let steps = job["steps"].as_sequence().expect("a job has steps");
        let run = steps.iter().filter_map(|step| step["run"].as_str());
        run.map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn github_checks_with_remarks_and_publishes_main_alone() {
        let (_, workflow) = parsed(Host::Github, &["live"]);
        let check = commands(&workflow["jobs"]["check"]);
        assert!(check.contains(&"sinew check --format github".to_owned()), "{check:?}");
        let publish = &workflow["jobs"]["publish"];
        assert!(commands(publish).contains(&"sinew publish --yes".to_owned()));
        assert_eq!(publish["needs"].as_str(), Some("check"));
        assert_eq!(publish["if"].as_str(), Some("github.event_name == 'push'"));
        assert_eq!(workflow["permissions"]["contents"].as_str(), Some("read"));
        assert_eq!(workflow["on"]["push"]["branches"][0].as_str(), Some("main"));
    }

    #[test]
    fn forgejo_does_the_same_and_names_one_of_several_places() {
        let (_, workflow) = parsed(Host::Forgejo, &["live", "trial"]);
        let [check, publish] = ["check", "publish"].map(|job| commands(&workflow["jobs"][job]));
        assert!(check.iter().any(|line| line.ends_with("sinew check")), "{check:?}");
        assert!(publish.iter().any(|line| line.ends_with("sinew publish live --yes")));
    }

    #[test]
    fn gitlab_reports_code_quality_and_builds_its_pages_where_no_place_is_set() {
        let (text, workflow) = parsed(Host::Gitlab, &[]);
        let report = workflow["check"]["artifacts"]["reports"]["codequality"].as_str();
        assert_eq!(report, Some("gl-code-quality-report.json"));
        assert!(text.contains(&format!("--format gitlab > {}", report.unwrap_or_default())));
        assert_eq!(workflow["pages"]["artifacts"]["paths"][0].as_str(), Some("public"));
        let (_, workflow) = parsed(Host::Gitlab, &["live"]);
        assert_eq!(workflow["publish"]["script"][0].as_str(), Some("sinew publish --yes"));
        assert!(workflow.get("pages").is_none());
    }
}
