//! Answers requests: from the table of the site, with the headers of a published one.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Extract};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

use super::foot::ASSETS;
use super::key::Entry;
use super::state::{Answer, File, State};
use super::{guard, reload};
use crate::page::hosting;

/// What no page of another server may load, not even as a picture or as a script.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What is said to whoever has no key.
const NO_KEY: &str = "This server needs the key: open the address that it printed.\n";

/// The server as a service.
pub(super) fn router(state: Arc<State>) -> Router {
    Router::new().fallback(handle).with_state(state)
}

async fn handle(Extract(state): Extract<Arc<State>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let entry = state.doors.key.as_ref().map_or(Entry::Open, |key| key.entry(&request));
    let mut response = match (guard::refusal(&request, &state.doors), entry) {
        (Some(status), _) => refused(status),
        (None, Entry::Open) => answer(state, &request).await,
        (None, Entry::Keep { location, cookie }) => {
            (StatusCode::FOUND, [(LOCATION, location), (SET_COOKIE, cookie)]).into_response()
        }
        (None, Entry::Shut) => (StatusCode::FORBIDDEN, NO_KEY).into_response(),
    };
    add_headers(response.headers_mut());
    response
}

fn refused(status: StatusCode) -> Response {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => (status, [(ALLOW, "GET, HEAD")]).into_response(),
        _ => status.into_response(),
    }
}

async fn answer(state: Arc<State>, request: &Parts) -> Response {
    match request.uri.path() {
        reload::ADDRESS => return reload::channel(&state, request),
        path => {
            if let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) {
                return ([(CONTENT_TYPE, asset.kind)], asset.text).into_response();
            }
        }
    }
    // What is no text is the path of nothing.
    let path =
        percent_decode_str(request.uri.path()).decode_utf8().unwrap_or_default().into_owned();
    match tokio::task::spawn_blocking(move || state.answer(&path)).await {
        Ok(Answer::File(file)) => file_response(file),
        Ok(Answer::Folder) => folder_response(request),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn file_response(file: File) -> Response {
    let status = StatusCode::from_u16(file.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = hosting::content_type(file.path.as_str());
    (status, [(CONTENT_TYPE, kind)], Body::from(file.bytes)).into_response()
}

/// Leads on to the same path with a slash at its end. It is the path of a folder of the site, so it
/// begins with one slash, and leads to no other host.
fn folder_response(request: &Parts) -> Response {
    let query = request.uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let location = format!("{}/{query}", request.uri.path());
    (StatusCode::FOUND, [(LOCATION, location)]).into_response()
}

/// The headers of all answers: those of a published site, and that nothing is to be kept.
fn add_headers(headers: &mut HeaderMap) {
    for (name, value) in hosting::HEADERS {
        if let Ok(name) = HeaderName::try_from(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
}
