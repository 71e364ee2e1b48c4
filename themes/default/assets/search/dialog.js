// The search as readers see it: a dialog with a field, and pages in groups below it as they type.

/// How long a pause in typing is, in milliseconds.
const PAUSE = 60;

/// After so long a pause the address says what was typed: browsers refuse to be told more than 100 times
/// in half a minute.
const LONG_PAUSE = 400;

let search;

/// Opens the search that a link stands for. Its attributes say where its parts lie.
export async function open(link) {
  search ??= make(link);
  const dialog = await search;
  // A page that the dev server changed in place has lost it.
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  const field = dialog.querySelector("input");
  field.select();
  if (isPageOf(link)) keep(field.value);
}

/// Whether this is the page of the search itself. Its address says what was asked there.
const isPageOf = (link) => location.pathname === link.pathname;

/// What the address asks. Who makes a long one up shall not make the reader fetch everything.
const askedFor = () => new URL(location.href).searchParams.get("q")?.slice(0, 200) ?? "";

/// Keeps what is asked in the address, to be shared or loaded again, and leaves the history as it is.
function keep(typed) {
  const address = new URL(location.href);
  if (typed.trim()) address.searchParams.set("q", typed);
  else address.searchParams.delete("q");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

async function make(link) {
  const { find, style, close } = link.dataset;
  const { Finder } = await import(find);
  await styled(style);
  const finder = new Finder(new URL(".", link.href).pathname);
  const parts = build(link.textContent.trim(), close);
  const { dialog, field, list, status } = parts;
  let asked = 0;
  let wait;
  /// Whether what stands in the field is shown now, and nothing else was asked meanwhile.
  const show = async () => {
    clearTimeout(wait);
    const now = (asked += 1);
    const typed = field.value;
    try {
      const words = await finder.load();
      const groups = await finder.find(typed);
      // An answer that comes late is an answer to something else.
      if (now !== asked) return false;
      render(parts, groups, words, typed);
      return typed === field.value;
    } catch {
      if (now !== asked) return false;
      render(parts, [], {}, "");
      failed(parts, link);
      return false;
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(show, PAUSE);
  });
  field.addEventListener("keydown", (event) => steer(event, parts, show));
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) dialog.close();
  });
  if (isPageOf(link)) follow(parts, link);
  // A press beside the dialog closes it. One that begins in the field selects text, wherever it ends.
  let pressed;
  dialog.addEventListener("pointerdown", (event) => (pressed = event.target));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && pressed === dialog) dialog.close();
  });
  if (field.value) show();
  else finder.load().then((words) => {
    if (!field.value) status.textContent = words.hint;
  }, () => failed(parts, link));
  return dialog;
}

/// On the page of the search, the field takes what the address asks, and the address what is typed. Who
/// closes the dialog asks no more; who goes to a page and comes back finds what was there.
function follow({ dialog, field, list }, link) {
  let wait;
  let isLeaving = false;
  field.value = askedFor();
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => keep(dialog.open ? field.value : ""), LONG_PAUSE);
  });
  list.addEventListener("click", (event) => {
    isLeaving = Boolean(event.target.closest("a"));
    clearTimeout(wait);
    keep(field.value);
  });
  dialog.addEventListener("close", () => {
    if (!isLeaving) keep("");
    isLeaving = false;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && askedFor()) open(link);
  });
}

/// Waits for the style sheet, so that nothing is seen without it.
function styled(href) {
  const known = document.querySelector(`link[href="${href}"]`);
  if (!href || known) return undefined;
  const sheet = element("link", { rel: "stylesheet", href });
  return new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

function build(title, close) {
  const field = element("input", {
    id: "search--field", type: "text", role: "combobox", inputmode: "search", enterkeyhint: "go",
    autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": "search--list",
  });
  const list = element("div", { id: "search--list", role: "listbox", "aria-label": title, hidden: "" });
  const status = element("p", { class: "search-status", role: "status" });
  const button = element("button", { type: "submit", class: "search-close" }, close);
  const label = element("label", { for: "search--field" }, title);
  const form = element("form", { method: "dialog", role: "search" }, label, field, button);
  const dialog = element("dialog", { class: "search-dialog", "aria-label": title });
  dialog.append(form, status, list);
  document.body.append(dialog);
  return { dialog, field, list, status };
}

function render({ dialog, field, list, status }, groups, words, typed) {
  const [signs, pages] = [true, false].map((isSign) => groups.filter(({ level }) => !level !== isSign));
  const count = sum(pages, (group) => group.pages.length);
  const warnings = sum(signs, (group) => group.pages.length);
  list.replaceChildren(...groups.map((group, at) => {
    const id = `search--group-${at}`;
    const heading = element("div", { class: "search-group", id, role: "presentation" }, group.label);
    if (group.level) {
      heading.replaceChildren(element("strong", {}, group.label), " ", group.title);
      heading.dataset.level = group.level;
    }
    const options = group.pages.map((page, number) => option(page, `${id}-${number}`, words));
    return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
  }));
  list.hidden = groups.length === 0;
  field.setAttribute("aria-expanded", String(groups.length > 0));
  field.removeAttribute("aria-activedescendant");
  const all = sum(pages, (group) => group.fitting);
  const said = all > count ? words.first : count === 1 ? words.one : words.many;
  const many = said?.replace("{n}", count).replace("{all}", all);
  const isNothing = groups.length === 0 && typed.trim() !== "";
  const found = [warnings > 0 && words.signs?.replace("{n}", warnings), count > 0 && many];
  status.textContent = groups.length > 0 ? found.filter(Boolean).join(" ")
    : (isNothing ? words.none?.replace("{typed}", () => typed.trim()) : words.hint) ?? "";
  // Nobody who is in pain shall end here.
  if (isNothing) {
    const ways = words.ways.map(([label, href]) => element("a", { href }, label));
    status.append(...[words.emergency, ...ways].flatMap((way) => (way ? [" ", way] : [])));
  }
  dialog.dataset.shown = typed;
}

const sum = (groups, number) => groups.reduce((all, group) => all + number(group), 0);

function option({ href, name, other, place }, id, words) {
  const link = element("a", { id, href, role: "option", "aria-selected": "false", tabindex: "-1" }, name);
  if (other) link.append(" ", element("small", {}, words.other.replace("{name}", other)));
  if (place) link.append(" ", element("small", { class: "search-place" }, place));
  return link;
}

/// Arrows choose among the pages, Enter goes to the one that is chosen, or else to the first.
function steer(event, parts, show) {
  const { field, list } = parts;
  const options = optionsOf(list);
  const chosen = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.isComposing) go(parts, options[chosen], show);
  } else if (event.key in steps && options.length > 0) {
    event.preventDefault();
    const start = chosen < 0 && steps[event.key] < 0 ? 0 : chosen;
    const next = (start + steps[event.key] + options.length) % options.length;
    options[chosen]?.setAttribute("aria-selected", "false");
    options[next].setAttribute("aria-selected", "true");
    options[next].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[next].id);
  }
}

/// Goes to the page that is chosen. Who types faster than pages are found means what stands in the field,
/// and not what is listed for an earlier one.
async function go({ dialog, field, list }, chosen, show) {
  const isShown = dialog.dataset.shown === field.value;
  if (!isShown && !(await show())) return;
  if (dialog.open) ((isShown && chosen) || optionsOf(list)[0])?.click();
}

const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];

/// The way without a search: the page with everything from A to Z.
function failed({ status }, link) {
  status.replaceChildren(element("a", { href: link.href }, link.dataset.failed));
}
