// Renews a page that is shown by `sinew serve`. The answer of the server says which page this is and
// what of it was seen; the stream says when there is something else to see.
(() => {
  const { token, page, seen: first } = document.currentScript.dataset;
  let seen = first;
  let stream = null;
  let retry = null;
  let wasOpen = false;

  const address = () => `/_sinew/reload?${new URLSearchParams({ token, page, seen })}`;

  // Browsers have six connections for each host: hidden tabs let go of theirs.
  const close = () => {
    stream?.close();
    stream = null;
    clearTimeout(retry);
  };

  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(address());
    stream.onopen = () => { wasOpen = true; };
    stream.onerror = () => { close(); retry = setTimeout(again, 1000); };
    stream.addEventListener("reload", () => { close(); location.reload(); });
    stream.addEventListener("style", (event) => restyle(event.data));
  };

  // The server may be another one by now, with another token.
  const again = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address(), { method: "HEAD" });
      if (answer.ok) return open();
      if (wasOpen) return location.reload();
    } catch {
      retry = setTimeout(again, 1000);
    }
  };

  // The old sheet goes when the new one is there, so that nothing flickers.
  const restyle = (now) => {
    const style = (stamp) => stamp.slice(stamp.indexOf(":") + 1);
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      if (new URL(old.href).pathname !== style(seen)) continue;
      const link = old.cloneNode();
      link.href = style(now);
      link.onload = () => old.remove();
      old.after(link);
    }
    seen = now;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
