// A project whose every text wants to be more than text, in a browser: nothing of it runs, with the
// policy of the site or without, every page keeps its structure, and readers see what was written.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { FILES, HOSTILE } from "./hostile.mjs";
import { published, served } from "./site.mjs";

/// What markdown and browsers leave of a text: white space and directions are theirs.
const SEEN = "<script>ran=1</script> \"><img src=nothing onerror=\"ran=1\"> '><svg onload='ran=1'></svg>";
/// A template that drew it would have counted.
const UNCOUNTED = "{{ 7 * 191 }} {% raw %} {# gone #}";

let site;
let browser;
let paths;
before(async () => {
  [site, browser] = await Promise.all([published(FILES, [], []), launch()]);
  const files = await readdir(site.folder, { recursive: true });
  paths = files.filter((file) => file.endsWith(".html")).map((file) => `/${file.replace(/index\.html$/, "")}`);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/// What a page says that it may only say if it was broken out of.
const broken = (page) => page.evaluate(() => {
  const wrong = [];
  const all = [...document.querySelectorAll("*")];
  const ours = (one) => new URL(one, location.href).origin === location.origin;
  if (window.ran !== undefined) wrong.push("a script of the content ran");
  for (const one of all) {
    const name = one.localName;
    for (const { name: attribute, value } of one.attributes) {
      if (attribute.startsWith("on") || ["srcdoc", "autofocus"].includes(attribute)) wrong.push(`${name}[${attribute}]`);
      if (!/^[a-z][\w:.-]*$/i.test(attribute)) wrong.push(`${name} has an attribute called ${attribute}`);
      if (["href", "src", "action", "formaction", "data"].includes(attribute)) {
        const { protocol } = new URL(value, location.href);
        if (!["http:", "https:", "mailto:", "tel:"].includes(protocol)) wrong.push(`${name}[${attribute}=${value}]`);
      }
    }
    if (["iframe", "object", "embed", "base", "style", "hostile-tag", "textarea"].includes(name)) wrong.push(`<${name}>`);
    if (name === "img" && one.getAttribute("src") === "nothing") wrong.push("a picture of the content");
    if (name === "svg" && one.closest("svg svg")) wrong.push("a drawing of the content");
    if (name === "meta" && one.httpEquiv === "refresh") wrong.push("a meta refresh");
    if (name === "script") {
      const isData = one.type === "application/ld+json";
      if (!isData && !(one.src && ours(one.src) && one.src.includes("/assets/"))) wrong.push("a script of the content");
    }
    if (name === "link" && one.rel === "stylesheet" && !ours(one.href)) wrong.push("a style sheet of the content");
  }
  for (const name of ["title", "main", "h1", "body > footer"]) {
    const found = document.querySelectorAll(name === "title" ? "html > head > title" : name).length;
    if (found !== 1) wrong.push(`${found} of ${name}`);
  }
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) wrong.push(`a comment: ${comments.currentNode.data.slice(0, 40)}`);
  const ids = all.map((one) => one.id).filter(Boolean);
  wrong.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `#${id} twice`));
  for (const one of document.querySelectorAll("script[type='application/ld+json']")) {
    try { JSON.parse(one.textContent); } catch (error) { wrong.push(`JSON-LD: ${error}`); }
  }
  return wrong;
});

// What redirects has nothing but an address on it, and goes there at once.
const isRedirect = async (path) =>
  (await readFile(join(site.folder, path, "index.html"), "utf8").catch(() => "")).includes("http-equiv=\"refresh\"");

describe("a site of hostile texts", () => {
  for (const bypassCSP of [false, true]) {
    test(`runs nothing and keeps its structure ${bypassCSP ? "without" : "under"} its policy`, async () => {
      assert.ok(paths.length > 25, `${paths.length} pages`);
      const page = await open(browser, `${site.url}/404.html`, { bypassCSP });
      page.on("dialog", (dialog) => { page.trouble.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
      for (const path of paths) {
        if (await isRedirect(path)) continue;
        const answer = await page.goto(site.url + encodeURI(path), { waitUntil: "load" });
        assert.match(answer.headers()["content-security-policy"], /script-src 'self'/, path);
        // What handlers wait for.
        await page.mouse.move(200, 200);
        await page.keyboard.press("Tab");
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
        assert.deepEqual(await broken(page), [], path);
        assert.deepEqual(page.trouble, [], path);
      }
      await page.context().close();
    });
  }

  test("shows what was written, character for character", async () => {
    const page = await open(browser, `${site.url}/muscles/infraspinatus/`);
    assert.ok((await page.title()).includes(SEEN));
    assert.ok((await page.locator("h1").first().textContent()).includes(SEEN));
    const shown = await page.locator("main").textContent();
    for (const part of [SEEN, UNCOUNTED, "&lt;script&gt;ran=1&lt;/script&gt;", "</main></body></html>"]) {
      assert.ok(shown.includes(part), part);
    }
    const description = await page.locator("meta[name=description]").getAttribute("content");
    assert.ok(description.includes("<script>ran=1</script>"), description);
    await page.context().close();
  });

  test("leads readers on from former addresses and nowhere else", async () => {
    const redirects = [];
    for (const path of paths) if (await isRedirect(path)) redirects.push(path);
    assert.equal(redirects.length, 2, String(redirects));
    const page = await open(browser, `${site.url}/404.html`);
    for (const path of redirects) {
      const text = await readFile(join(site.folder, path, "index.html"), "utf8");
      const said = await page.evaluate((html) => {
        const tree = new DOMParser().parseFromString(html, "text/html");
        return {
          names: [...new Set(Array.from(tree.querySelectorAll("*"), (one) => one.localName))].sort(),
          refresh: tree.querySelector("meta[http-equiv=refresh]").content,
        };
      }, text);
      assert.deepEqual(said.names, ["a", "body", "head", "html", "link", "meta", "p", "title"], path);
      assert.match(said.refresh, /^0; url=https:\/\/(studio\.example|example\.org)\//, path);
    }
    await page.context().close();
  });

  test("finds hostile names, and shows them as text", async () => {
    const page = await open(browser, `${site.url}/glossary/`, { bypassCSP: true });
    await page.keyboard.press("/");
    const field = page.getByRole("combobox");
    for (const words of ["infraspinatus", "knots", "script ran", "\"><img"]) {
      await field.fill(words);
      await page.waitForFunction(
        (shown) => document.querySelector(".search-dialog")?.dataset.shown === shown, words);
      assert.deepEqual(await broken(page), [], words);
      if (!words.startsWith("\"")) {
        const options = await page.getByRole("option").allTextContents();
        assert.ok(options.some((option) => option.includes(SEEN)), `${words}: ${options}`);
      }
    }
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("shows hostile names and summaries as text on the cards of mentions", async () => {
    const page = await open(browser, `${site.url}/articles/more/`, { bypassCSP: true });
    for (const link of ["a.mention[href*=infraspinatus]", "a.mention[href*=glossary]"]) {
      await page.mouse.move(0, 0);
      await page.locator(link).first().hover();
      const card = page.getByRole("tooltip");
      await card.waitFor();
      assert.ok((await card.textContent()).includes(SEEN), link);
      assert.deepEqual(await broken(page), [], link);
      await page.mouse.move(0, 0);
      await card.waitFor({ state: "hidden" });
    }
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("is well formed for machines too, with the texts in it", async () => {
    const page = await open(browser, `${site.url}/404.html`);
    const files = await readdir(site.folder, { recursive: true });
    const read = (file) => readFile(join(site.folder, file), "utf8");
    for (const file of files.filter((one) => /\.(xml|svg)$/.test(one) && !one.startsWith("media"))) {
      const said = await page.evaluate((xml) => {
        const tree = new DOMParser().parseFromString(xml, "application/xml");
        return { isBroken: tree.querySelector("parsererror")?.textContent, text: tree.documentElement.textContent };
      }, await read(file));
      assert.equal(said.isBroken, undefined, file);
      if (file === "feed.xml") assert.ok(said.text.includes(SEEN), file);
    }
    for (const file of files.filter((one) => one.endsWith(".json"))) JSON.parse(await read(file));
    assert.ok(JSON.stringify(JSON.parse(await read("data/muscles.json"))).includes(JSON.stringify(HOSTILE).slice(1, -1)));
    await page.context().close();
  });

  test("runs nothing of a drawing that is opened by itself", async () => {
    const media = (await readdir(join(site.folder, "media")))[0];
    const page = await open(browser, `${site.url}/404.html`);
    await page.goto(`${site.url}/media/${encodeURIComponent(media)}`);
    assert.equal(await page.evaluate(() => window.ran), undefined);
    await page.context().close();
  });
});

test("a page that is broken out of is found", async () => {
  const loose = "<!doctype html><title>x</title><main><h1>{{ site.title | safe }}</h1></main>";
  const settings = `title = ${JSON.stringify(SEEN)}\n[check]\ndefault = "allow"\n`;
  const over = { ...FILES, "site.toml": settings, "themes/default/templates/topics.html": loose };
  const broke = await published(over, [], []);
  const page = await open(browser, `${broke.url}/topics/`, { bypassCSP: true });
  const wrong = await broken(page);
  for (const part of ["a script of the content ran", "a picture of the content", "svg[onload]"]) {
    assert.ok(wrong.includes(part), `${part}: ${wrong}`);
  }
  await page.context().close();
  await broke.stop();
});

test("findings about hostile texts are text over the page that they are about", async () => {
  const wrong = `---\ntitle: 'x <img src=nothing onerror=ran=1>'\n---\n\n`
    + `[a](<nowhere"><img src=nothing onerror=ran=1>>) [[<img src=nothing onerror=ran=1>]] [b](javascript:ran=1)\n\n`
    + `::<img{a="<script>ran=1</script>"}\n\n::odd{src="<img src=nothing onerror=ran=1>"}\n`;
  const dev = await served({ ...FILES, "content/pages/odd.md": "---\ntitle: Odd\n---\n\nText.\n" }, [], []);
  try {
    const page = await open(browser, `${dev.url}/odd/`, { bypassCSP: true });
    await dev.project.write("content/pages/odd.md", wrong);
    await page.getByText("javascript:ran=1").first().waitFor();
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.equal(await page.locator("[onerror], img[src=nothing]").count(), 0);
    await page.context().close();
  } finally {
    await dev.stop();
  }
});
