// A card with the name, the kind and one line about what a text mentions, beside the mention.

const sections = new Map();
let card;
let shown;
let wait;

/// Shows the card of a mention, if the reader is still there once it is known.
export async function show(mention, link) {
  const row = await about(mention, link);
  if (!row) return;
  card ??= make(link);
  await card.styled;
  const isThere = mention.matches(":hover") || mention === document.activeElement;
  if (!isThere || shown === mention) return;
  const [, name, kind, summary] = row;
  const [title, meta, text] = card.children;
  [title.textContent, meta.textContent, text.textContent] = [name, kind, summary];
  hide();
  shown = mention;
  mention.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place(mention);
}

/// The row of a mention's record, out of the file for its section and the first letter of its id.
async function about(mention, link) {
  const base = new URL(".", link.href).pathname;
  const root = base.replace(/[^/]+\/$/, "");
  const { pathname, hash } = new URL(mention.href);
  const [section, own] = pathname.slice(root.length).split("/");
  const id = hash ? decodeURIComponent(hash.slice(1)) : own;
  if (!section || !id) return undefined;
  const file = `${base}cards/${section}-${id[0]}.json`;
  if (!sections.has(file)) {
    const rows = fetch(file).then((response) => (response.ok ? response.json() : []));
    sections.set(file, rows.catch(() => { sections.delete(file); return []; }));
  }
  return (await sections.get(file)).find(([known]) => known === id);
}

function make(link) {
  const { style } = link.dataset;
  const made = document.createElement("div");
  if (style && !document.querySelector(`link[href="${style}"]`)) {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", href: style });
    // Without its style the card has another size, and so another place.
    made.styled = new Promise((done) => (sheet.onload = sheet.onerror = done));
    document.head.append(sheet);
  }
  Object.assign(made, { id: "page--card", className: "mention-card", popover: "manual" });
  made.setAttribute("role", "tooltip");
  for (const part of ["name", "kind", "summary"]) {
    const line = document.createElement("p");
    line.className = `mention-${part}`;
    made.append(line);
  }
  // Inside the main part: what lies outside all landmarks is not found by those who go by them.
  (document.querySelector("main") ?? document.body).append(made);
  // The pointer may move onto the card, and stay there.
  document.addEventListener("pointerover", ({ target }) => {
    clearTimeout(wait);
    const isInside = made.contains(target) || shown?.contains(target);
    if (shown && !isInside && shown !== document.activeElement) wait = setTimeout(hide, 200);
  });
  document.addEventListener("focusout", ({ target }) => { if (target === shown) hide(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  document.addEventListener("pointerdown", hide);
  return made;
}

function hide() {
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = undefined;
  card.hidePopover();
}

/// Below the first line of the mention, or above it where there is no room.
function place(mention) {
  const [line] = mention.getClientRects();
  const { width, height } = card.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const isBelow = line.bottom + height < clientHeight || line.top < height;
  const left = Math.min(Math.max(line.left, 8), Math.max(8, clientWidth - width - 8));
  card.style.left = `${left}px`;
  card.style.top = `${isBelow ? line.bottom : line.top - height}px`;
}
