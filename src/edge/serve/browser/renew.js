// Renews a page that is shown by `sinew serve`, without loading it again: what the server changed is
// changed, and what the reader or a script of the theme did to the page stays.
//
// It runs before every script that waits for the whole page, and takes note of the page as it was
// served. The element that loads it says which page this is, and what of it was seen; a stream says
// when there is something else to see.
(() => {
  const RENEW = "sinew-renew";
  const FINDINGS = "sinew-findings";
  const PUT_AWAY = "sinew-put-away";
  const RETRY = 1000;

  const { token, page } = document.currentScript.dataset;
  let seen = document.currentScript.dataset.seen;
  let stream = null;
  let retry = null;
  let wasOpen = false;
  let wasHidden = false;
  let work = Promise.resolve();

  // Elements and texts as the server sent them. What is not among them was made by a script.
  const served = new WeakMap();
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  const state = (node) =>
    isElement(node)
      ? new Map(Array.from(node.attributes, ({ name, value }) => [name, value]))
      : node.nodeValue;
  const remember = (root) => {
    const all = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = all.nextNode()) served.set(node, state(node));
  };

  const address = (more = {}) =>
    `/_sinew/changes?${new URLSearchParams({ token, page, seen, ...more })}`;

  // Browsers have six connections for each host: hidden tabs let go of theirs. When they are shown
  // again, the stream begins with what they missed.
  const close = () => {
    stream?.close();
    stream = null;
    clearTimeout(retry);
  };

  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(address(wasHidden ? { returns: "yes" } : {}));
    stream.onopen = () => { wasOpen = true; wasHidden = false; };
    stream.onerror = () => { close(); retry = setTimeout(again, RETRY); };
    const hear = (name, act) =>
      stream.addEventListener(name, ({ data }) => {
        work = work.then(() => act(data)).catch(() => location.reload());
      });
    hear("page", renew);
    hear("style", restyle);
    hear("follow", (path) => location.assign(new URL(path, location.origin)));
  };

  // The server may be another one by now, with another token.
  const again = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address(), { method: "HEAD" });
      if (answer.ok) return open();
      if (wasOpen) return location.reload();
    } catch {
      retry = setTimeout(again, RETRY);
    }
  };

  // The new sheet is there before the old one goes, so that nothing flickers.
  const restyle = async (now) => {
    const style = (stamp) => stamp.slice(stamp.indexOf(":") + 1);
    const [before, after] = [style(seen), style(now)];
    seen = now;
    if (!after || before === after) return;
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      if (new URL(old.href).pathname !== before) continue;
      const link = old.cloneNode();
      link.href = after;
      const loaded = new Promise((done) => { link.onload = link.onerror = done; });
      old.after(link);
      await loaded;
      old.remove();
      remember(link);
    }
  };

  const renew = async (now) => {
    if (now === seen) return;
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.redirected) return location.reload();
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = next.getElementById(RENEW)?.dataset.seen;
    // A script that runs already cannot be taken back.
    if (!told || scripts(next) !== scripts(document)) return location.reload();
    await restyle(told);
    morph(next);
    fetchChanged(pictures(next));
    restore();
    dispatchEvent(new CustomEvent("sinew:renewed"));
  };

  const scripts = (tree) =>
    Array.from(tree.querySelectorAll("script[src]"), (script) => script.getAttribute("src"))
      .filter((source) => !source.startsWith("/_sinew/"))
      .join("\n");

  const pictures = (tree) => {
    const all = JSON.parse(tree.getElementById(RENEW).dataset.pictures);
    const path = (address) => new URL(address, location.origin).pathname;
    return new Map(Object.entries(all).map(([address, print]) => [path(address), print]));
  };

  // Browsers show a picture as it was for as long as its address stays: one that is another now gets
  // an address that is new to the page, also where it is put into the page later.
  let shown = pictures(document);
  const changed = new Map();
  const fetchChanged = (now) => {
    for (const [path, print] of now) if (shown.get(path) !== print) changed.set(path, print);
    shown = now;
    for (const picture of document.images) {
      const url = new URL(picture.src, location.origin);
      const print = changed.get(url.pathname);
      if (!print || url.origin !== location.origin || url.search === `?${print}`) continue;
      picture.src = `${url.pathname}?${print}`;
    }
  };

  const morph = (next) => {
    const listed = document.getElementById(FINDINGS)?.dataset.findings;
    const pair = new WeakMap();
    const isServed = (node) => served.has(node);
    // What the server says as before is as the reader or a script left it.
    const isTouched = (old, now) => !isServed(old) || served.get(old) === now.nodeValue;
    Idiomorph.morph(document.documentElement, next.documentElement, {
      head: { style: "merge", shouldRemove: isServed },
      callbacks: {
        beforeNodeMorphed: (old, now) => {
          if (isElement(old)) pair.set(old, now);
          return isElement(old) || !isTouched(old, now);
        },
        afterNodeMorphed: (old, now) => { served.set(old, state(now)); },
        afterNodeAdded: remember,
        beforeNodeRemoved: isServed,
        beforeAttributeUpdated: (name, element) => {
          const now = pair.get(element);
          const before = served.get(element)?.get(name) ?? null;
          return !now || before !== now.getAttribute(name);
        },
      },
    });
    const findings = document.getElementById(FINDINGS);
    if (findings && findings.dataset.findings !== listed) findings.open = true;
  };

  // A list that was put away stays so on other pages too, until there is something else in it.
  const restore = () => {
    const findings = document.getElementById(FINDINGS);
    if (!findings) return;
    findings.ontoggle = () => {
      if (findings.open) sessionStorage.removeItem(PUT_AWAY);
      else sessionStorage.setItem(PUT_AWAY, findings.dataset.findings);
    };
    if (sessionStorage.getItem(PUT_AWAY) === findings.dataset.findings) findings.open = false;
  };

  document.addEventListener("keydown", ({ key }) => {
    const findings = document.getElementById(FINDINGS);
    if (key === "Escape" && findings) findings.open = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return open();
    wasHidden = true;
    close();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  remember(document.documentElement);
  restore();
  open();
})();
