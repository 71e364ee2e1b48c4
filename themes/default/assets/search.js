// Fetches the search and the cards of mentions once a reader goes for them, and nothing before.
// Every page is whole without it: the link leads to everything from A to Z.

const link = document.querySelector(".search-link[data-dialog]");
const { dialog, card } = link?.dataset ?? {};

function openSearch(event) {
  event?.preventDefault();
  import(dialog).then((search) => search.open(link)).catch(() => location.assign(link.href));
}

if (dialog) {
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-keyshortcuts", "/");
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) openSearch(event);
  });
  document.addEventListener("keydown", (event) => {
    const within = (selector) => event.target.closest?.(selector);
    // A dialog that is closed has the focus still, until the next frame.
    const isTyping = within("input, textarea, select, dialog, [contenteditable]") && !within("dialog:not([open])");
    const isWith = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && !isTyping && !isWith) openSearch(event);
  });
}

if (dialog && location.pathname === link.pathname && new URLSearchParams(location.search).get("q")) openSearch();

if (card) {
  let wait;
  const show = (mention) => import(card).then((cards) => cards.show(mention, link), () => {});
  const mentionOf = (event) => event.target.closest?.("a.mention, .citation a");
  document.addEventListener("pointerover", (event) => {
    clearTimeout(wait);
    const mention = event.pointerType === "mouse" && mentionOf(event);
    // Who only passes by wants no card.
    if (mention) wait = setTimeout(show, 150, mention);
  });
  document.addEventListener("focusin", (event) => {
    const mention = mentionOf(event);
    // A finger gives focus, too, but not a visible one.
    if (mention?.matches(":focus-visible")) show(mention);
  });
}
