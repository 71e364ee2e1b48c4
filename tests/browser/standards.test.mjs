// The whole sample against what was agreed on elsewhere: links and anchors that lead somewhere, JSON-LD,
// feed and sitemap in their form, and a style sheet of which the browser takes every word. Nothing here
// asks sinew: a browser reads what was published.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { published } from "./site.mjs";

let site;
let browser;
let page;
before(async () => {
  [site, browser] = await Promise.all([published(), launch()]);
  page = await open(browser, `${site.url}/404.html`, { bypassCSP: true });
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/// Every page that can be reached from the home page, as a crawler sees it: `{ "/path/": { ids, links } }`.
const crawl = () => page.evaluate(async () => {
  const pages = {};
  const waiting = ["/", "/404.html"];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (pages[path]) continue;
    const answer = await fetch(path);
    const isPage = answer.headers.get("content-type").startsWith("text/html");
    pages[path] = { status: answer.status, ids: [], links: [], graphs: [] };
    if (!answer.ok || !isPage) continue;
    const tree = new DOMParser().parseFromString(await answer.text(), "text/html");
    const base = new URL(path, location.origin);
    pages[path].ids = Array.from(tree.querySelectorAll("[id]"), (one) => one.id);
    pages[path].graphs = Array.from(
      tree.querySelectorAll("script[type='application/ld+json']"), (one) => one.textContent);
    for (const one of tree.querySelectorAll("[href], [src]")) {
      const url = new URL(one.getAttribute("href") ?? one.getAttribute("src"), base);
      if (url.origin !== location.origin) continue;
      pages[path].links.push([url.pathname, decodeURIComponent(url.hash.slice(1))]);
      waiting.push(url.pathname);
    }
  }
  return pages;
});

describe("the published sample", () => {
  let pages;
  before(async () => { pages = await crawl(); });

  test("has no link and no anchor that leads nowhere", () => {
    assert.ok(Object.keys(pages).length > 200);
    const broken = Object.entries(pages).flatMap(([path, { links }]) =>
      links.filter(([to, anchor]) => pages[to].status !== 200 || (anchor && !pages[to].ids.includes(anchor)))
        .map(([to, anchor]) => `${path}: ${to}#${anchor}`));
    assert.deepEqual(broken, []);
  });

  test("has no id twice on a page", () => {
    const twice = Object.entries(pages).flatMap(([path, { ids }]) =>
      ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${path}#${id}`));
    assert.deepEqual(twice, []);
  });

  test("says on each page in one graph what it is about, and leads to nothing that is not there", () => {
    const wrong = [];
    for (const [path, { graphs }] of Object.entries(pages)) {
      for (const text of graphs) {
        const { "@context": context, "@graph": nodes } = JSON.parse(text);
        const ids = new Set(nodes.map((node) => node["@id"]));
        const isWhole = ids.size === nodes.length && nodes.every((node) => node["@type"]);
        // What stands within another thing, such as the items of a list, is described there.
        const known = new Set();
        JSON.stringify(nodes, (_, value) => {
          if (value?.["@type"] && value["@id"]) known.add(value["@id"]);
          return value;
        });
        if (context !== "https://schema.org" || !isWhole) wrong.push(`${path}: a node without type or id`);
        // A thing without a type is a mere reference: it is described in the same graph.
        JSON.stringify(nodes, (_, value) => {
          if (value?.["@id"] && !value["@type"] && !known.has(value["@id"])) wrong.push(`${path}: ${value["@id"]}`);
          return value;
        });
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("has a feed and a sitemap as their standards want them", async () => {
    const read = async (name) => page.evaluate((text) => {
      const tree = new DOMParser().parseFromString(text, "application/xml");
      const plain = (one) => [one.namespaceURI, one.localName, one.children.length === 0 ? one.textContent.trim() : "",
        one.getAttribute("href") ?? "", Array.from(one.children, plain)];
      return plain(tree.documentElement);
    }, await readFile(join(site.folder, name), "utf8"));
    const all = (node, name) => node[4].filter((one) => one[1] === name);
    const text = (node, name) => all(node, name)[0]?.[2] ?? "";
    const DAY_AND_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

    const feed = await read("feed.xml");
    assert.deepEqual(feed.slice(0, 2), ["http://www.w3.org/2005/Atom", "feed"]);
    const entries = all(feed, "entry");
    assert.ok(entries.length > 5);
    for (const one of [feed, ...entries]) {
      for (const name of ["id", "title", "updated"]) assert.equal(all(one, name).length, 1, name);
      assert.ok(URL.canParse(text(one, "id")) && text(one, "title") !== "");
      assert.match(text(one, "updated"), DAY_AND_TIME);
    }
    // An entry has an author of its own, or that of the feed.
    assert.ok(all(feed, "author").length > 0 || entries.every((one) => all(one, "author").length > 0));
    assert.equal(new Set(entries.map((one) => text(one, "id"))).size, entries.length);

    const map = await read("sitemap.xml");
    assert.deepEqual(map.slice(0, 2), ["http://www.sitemaps.org/schemas/sitemap/0.9", "urlset"]);
    const places = all(map, "url").map((one) => text(one, "loc"));
    assert.ok(places.length > 200);
    assert.equal(new Set(places).size, places.length);
    for (const one of all(map, "url")) {
      assert.deepEqual(one[4].filter(([, name]) => !["loc", "lastmod", "changefreq", "priority"].includes(name)), []);
      const { pathname } = new URL(text(one, "loc"));
      assert.equal(pages[pathname]?.status, 200, pathname);
      for (const [, , day] of all(one, "lastmod")) assert.match(day, /^\d{4}-\d\d-\d\d(T.+)?$/);
    }
  });
});

test("the browser understands every declaration of the style sheets", async () => {
  const folder = join(site.folder, "assets");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".css"));
  assert.ok(names.length >= 3, String(names));
  for (const name of names) {
    const sheet = await readFile(join(folder, name), "utf8");
    const wrong = await page.evaluate((text) => {
      // Descriptors of at-rules are no properties.
      const bare = text.replace(/@(view-transition|page|font-face)\s*\{[^}]*\}/g, "");
      const said = bare.matchAll(/(?<=[{;])\s*([a-z-]+):((?:"[^"]*"|[^;{}"])*)(?=[;}])/g);
      return Array.from(said, ([, property, value]) => [property, value])
        .filter(([property]) => !property.startsWith("--"))
        .filter(([property, value]) => !CSS.supports(property, value.replace(/!important/, "")))
        .map(([property, value]) => `${property}: ${value}`);
    }, sheet);
    assert.deepEqual(wrong, [], name);
  }
});
