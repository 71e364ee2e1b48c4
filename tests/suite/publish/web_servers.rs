//! What `sinew hosting` prints is held against the servers themselves.

use std::fs;
use std::process::Command;

use super::servers::{Server, free_port, get, has};
use super::{Studio, assets};

const SITE: &str =
    "[publish.live]\ntype = \"folder\"\npath = \"../www/kb\"\ncompress = [\"br\", \"gzip\"]\n";

/// A published site, and what `sinew hosting` prints for a server.
fn published(server: &str) -> (Studio, String) {
    let studio = Studio::new(SITE);
    studio.done(&["publish", "--yes"]);
    let output = studio.run(&["hosting", server]);
    assert!(output.status.success(), "{}", super::said(&output));
    (studio, String::from_utf8(output.stdout).expect("it is text"))
}

/// Everything that readers can notice of how a site is served.
#[track_caller]
fn expect_well_served(server: &Server) {
    let page = get(&server.url("/kb/muscles/infraspinatus/"), "identity");
    assert_eq!(page.status, 200);
    let cases = [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "public, max-age=0, must-revalidate"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
    ];
    for (name, value) in cases {
        assert_eq!(page.header(name), value, "{name}");
    }
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let text = String::from_utf8(page.body).expect("it is text");
    let style = assets(&text).find(|asset| asset.ends_with(".css")).expect("it has a style sheet");
    let style = get(&server.url(&format!("/kb/{style}")), "identity");
    assert_eq!(style.status, 200);
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(style.header("x-content-type-options"), "nosniff");
    for (path, kind) in [
        ("/kb/sitemap.xml", "application/xml; charset=utf-8"),
        ("/kb/data/muscles.json", "application/json; charset=utf-8"),
        ("/kb/robots.txt", "text/plain; charset=utf-8"),
    ] {
        assert_eq!(get(&server.url(path), "identity").header("content-type"), kind, "{path}");
    }
    let moved = get(&server.url("/kb/old/"), "identity");
    assert_eq!(moved.status, 301);
    // Apache says the whole address.
    let to = moved.header("location").trim_start_matches(&server.url(""));
    assert_eq!(to, "/kb/muscles/infraspinatus/");
    let slash = get(&server.url("/kb/muscles"), "identity");
    assert!(matches!(slash.status, 301 | 308), "{}", slash.status);
    assert!(slash.header("location").ends_with("/kb/muscles/"), "{}", slash.header("location"));
    let missing = get(&server.url("/kb/no-such-page/"), "identity");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.header("x-content-type-options"), "nosniff");
    assert!(String::from_utf8_lossy(&missing.body).contains("</html>"), "not our own page");
    assert_eq!(get(&server.url("/kb/.sinew-published"), "identity").status, 404);
    let gone = get(&server.url("/kb/assets/gone.css"), "identity");
    assert_eq!(gone.status, 404);
    assert!(!gone.header("cache-control").contains("immutable"), "what is missing would be kept");
}

#[test]
fn nginx_serves_a_site_as_it_is_told() {
    if !has("nginx") {
        return;
    }
    let (studio, mut told) = published("nginx");
    // Debian's nginx can serve what is packed, though not by brotli.
    told = told.replace("# gzip_static", "gzip_static");
    let (folder, port) = (studio.beside("nginx"), free_port());
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("site.conf"), told).expect("written");
    let (here, www) = (folder.display(), studio.beside("www"));
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|one| format!("{one}_temp_path {here}/{one};\n")).concat();
    let conf = format!(
        "daemon off;\nmaster_process off;\npid {here}/pid;\nerror_log {here}/errors;\nevents {{}}\n\
         http {{\naccess_log off;\n{temporary}server {{\nlisten 127.0.0.1:{port};\nroot {};\n\
         include {here}/site.conf;\n}}\n}}\n",
        www.display(),
    );
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    // Where the tests are run by root, the workers are somebody else.
    fs::set_permissions(studio.beside(""), mode).expect("it can be set");
    fs::write(folder.join("nginx.conf"), conf).expect("written");
    let mut command = Command::new("nginx");
    command.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf"));
    command.arg("-e").arg(folder.join("errors"));
    let server = Server::start(&mut command, port);
    expect_well_served(&server);
    expect_packed(&server, "gzip");
}

/// Whether a page comes as it was packed beforehand, and is told to be what it is.
#[track_caller]
fn expect_packed(server: &Server, encoding: &str) {
    let packed = get(&server.url("/kb/muscles/"), encoding);
    assert_eq!(packed.header("content-encoding"), encoding);
    assert_eq!(packed.header("content-type"), "text/html; charset=utf-8");
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"), "caches mix them up");
}

/// The function is run by Node.js, which has all that CloudFront's own JavaScript has.
#[test]
fn cloudfront_leads_former_addresses_and_folders_on_and_finds_pages() {
    if !has("node") {
        return;
    }
    let (_studio, told) = published("cloudfront-function");
    let answer = |uri: &str| {
        let call =
            format!("{told}console.log(JSON.stringify(handler({{request: {{uri: {uri:?}}}}})));");
        let output = Command::new("node").args(["-e", &call]).output().expect("it runs");
        assert!(output.status.success(), "{}", super::said(&output));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    };
    assert_eq!(answer("/kb/muscles/"), r#"{"uri":"/kb/muscles/index.html"}"#);
    assert_eq!(answer("/kb/feed.xml"), r#"{"uri":"/kb/feed.xml"}"#);
    let led = |to: &str| {
        format!(
            r#"{{"statusCode":301,"statusDescription":"Moved Permanently","headers":{{"location":{{"value":"{to}"}}}}}}"#
        )
    };
    assert_eq!(answer("/kb/muscles"), led("/kb/muscles/"));
    assert_eq!(answer("/kb/old/"), led("/kb/muscles/infraspinatus/"));
    assert_eq!(answer("/constructor/"), r#"{"uri":"/constructor/index.html"}"#);
}

#[test]
fn apache_serves_a_site_as_it_is_told() {
    if !has("apache2") {
        return;
    }
    let (studio, told) = published("apache");
    let (folder, port) = (studio.beside("apache"), free_port());
    fs::create_dir(&folder).expect("made");
    let www = studio.beside("www");
    fs::write(www.join("kb/.htaccess"), told).expect("written");
    let modules =
        ["mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "deflate", "filter"];
    let modules = modules
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    let (here, www) = (folder.display(), www.display());
    let conf = format!(
        "{}ServerName localhost\nServerRoot {here}\nListen 127.0.0.1:{port}\nPidFile {here}/pid\n\
         ErrorLog {here}/errors\nDefaultRuntimeDir {here}\nTypesConfig /dev/null\nDocumentRoot {www}\n\
         User nobody\nGroup nogroup\n\
         <Directory {www}>\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n",
        modules.concat(),
    );
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    // Where the tests are run by root, the workers are somebody else.
    fs::set_permissions(studio.beside(""), mode).expect("it can be set");
    fs::write(folder.join("apache.conf"), conf).expect("written");
    let mut command = Command::new("apache2");
    command.args(["-X", "-f"]).arg(folder.join("apache.conf"));
    let server = Server::start(&mut command, port);
    expect_well_served(&server);
    let packed = get(&server.url("/kb/muscles/"), "gzip");
    assert_eq!(packed.header("content-encoding"), "gzip");
}

#[test]
fn caddy_serves_a_site_as_it_is_told() {
    if !has("caddy") {
        return;
    }
    let (studio, told) = published("caddy");
    let (folder, port) = (studio.beside("caddy"), free_port());
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("site.caddy"), told).expect("written");
    let conf = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\n\
         http://127.0.0.1:{port} {{\n\troot * {}\n\timport {}/site.caddy\n}}\n",
        studio.beside("www").display(),
        folder.display(),
    );
    fs::write(folder.join("Caddyfile"), conf).expect("written");
    let mut command = Command::new("caddy");
    command.env("HOME", &folder).env("XDG_DATA_HOME", &folder).env("XDG_CONFIG_HOME", &folder);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
    let server = Server::start(&mut command, port);
    expect_well_served(&server);
    expect_packed(&server, "br");
    expect_packed(&server, "gzip");
}
