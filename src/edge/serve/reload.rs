//! Tells open tabs when there is something else to see: a stream of events for each, as long as it
//! is not hidden.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream::unfold;
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::guard::is_from_own_page;
use super::stamp::Step;
use super::state::State;
use super::tabs::Tab;

/// Where tabs listen.
pub(super) const ADDRESS: &str = "/_sinew/changes";

/// What a tab asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    token: String,
    page: String,
    seen: String,
    /// It was hidden, and is shown again.
    returns: bool,
}

impl Wish {
    /// The wish that a query spells.
    fn of(query: &str) -> Self {
        let mut wish = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            // Forms write spaces as `+`.
            let spaced = value.replace('+', " ");
            let value = percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
            match name {
                "token" => wish.token = value,
                "page" => wish.page = value,
                "seen" => wish.seen = value,
                "returns" => wish.returns = value == "yes",
                _ => {}
            }
        }
        wish
    }
}

/// Answers a tab that wants to listen, if it is one of this run.
pub(super) fn channel(state: &Arc<State>, request: &Parts) -> Response {
    let wish = Wish::of(request.uri.query().unwrap_or_default());
    if !is_welcome(&request.headers, &wish.token, &state.token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if request.method == Method::HEAD {
        return StatusCode::OK.into_response();
    }
    let stream = steps(Arc::clone(state), wish);
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn is_welcome(headers: &HeaderMap, token: &str, own: &str) -> bool {
    is_from_own_page(headers) && token == own
}

/// A tab that listens.
struct Listener {
    state: Arc<State>,
    tab: Tab,
    seen: String,
    returns: bool,
    version: watch::Receiver<u64>,
}

/// The steps of a tab: one after each analysis that changes what it shows, and the way to another
/// page.
fn steps(state: Arc<State>, wish: Wish) -> impl Stream<Item = Result<Event, Infallible>> {
    let (tab, version) = (state.tabs.enter(&wish.page), state.version.subscribe());
    let Wish { seen, returns, .. } = wish;
    let mut listener = Listener { state, tab, seen, returns, version };
    // What came between the page and its stream is told at once.
    listener.version.mark_changed();
    unfold(listener, |mut listener| async {
        loop {
            listener.version.changed().await.ok()?;
            if let Some(address) = listener.tab.way(std::mem::take(&mut listener.returns)) {
                return Some((Ok(Event::default().event("follow").data(address)), listener));
            }
            let now = stamp_of(&listener).await?;
            if let Some(step) = Step::between(&listener.seen, &now) {
                listener.seen.clone_from(&now);
                return Some((Ok(Event::default().event(step.name()).data(now)), listener));
            }
        }
    })
}

/// The stamp of a tab's page as it is now.
async fn stamp_of(listener: &Listener) -> Option<String> {
    let (state, path) = (Arc::clone(&listener.state), listener.tab.path.clone());
    tokio::task::spawn_blocking(move || state.stamp_of(&path)).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_a_wish() {
        let wish = Wish::of("token=t&page=%2Fa+b%2F&seen=1%3A%2Fx.css&returns=yes&more=1&rest");
        let (token, page, seen) = ("t".into(), "/a b/".into(), "1:/x.css".into());
        let expected = Wish { token, page, seen, returns: true };
        assert_eq!(wish, expected);
        assert_eq!(Wish::of(""), Wish::default());
    }
}
