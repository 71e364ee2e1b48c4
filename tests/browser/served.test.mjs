// `sinew serve` in a browser: pages that change in place, what is wrong over them, and what pages of
// other servers cannot do.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { barriers, launch, open } from "./browser.mjs";
import { served } from "./site.mjs";

const ARTICLE = "content/pages/visit.md";
const text = (words) => `---
title: Before your visit
menu: 9
---

${words}

## One

${"A long page.\n\n".repeat(60)}

## Two

The end.
`;

// A theme with what readers and scripts change: fields, something to unfold, an element of a script.
const THEME = {
  "site.toml": 'title = "Studio"\ntheme = "mine"\n[check]\norphan-page = "allow"\n',
  "themes/mine/templates/page.html": `{% extends "builtin/page.html" %}
{% block head %}<script src="/media/mine.js" defer></script>{% endblock head %}
{% block main %}
<details id="more"><summary>More</summary>Folded.</details>
<form><input id="field" value="served"><textarea id="area">served</textarea>
<input type="checkbox" id="check"><select id="choice"><option>a</option><option>b</option></select></form>
<p id="count">0 results</p>
{{ page.content | safe }}
{% endblock main %}
`,
  "content/media/mine.js": `addEventListener("DOMContentLoaded", () => {
  document.documentElement.dataset.scheme = "dark";
  document.getElementById("count").textContent = "3 results";
  const made = document.createElement("div");
  made.id = "made";
  document.body.prepend(made);
});
`,
};

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

describe("a served page", () => {
  let site;
  before(async () => { site = await served({ ...THEME, [ARTICLE]: text("First.") }); });
  after(() => site?.stop());

  const visit = async (path = "/visit/") => {
    const page = await open(browser, site.url + path);
    await page.evaluate(() => { window.isTheSame = true; });
    return page;
  };
  const shows = (page, words) => page.getByText(words, { exact: true }).waitFor();
  const isTheSame = (page) => page.evaluate(() => window.isTheSame === true);
  const write = (words) => site.project.write(ARTICLE, text(words));

  test("changes in place; what the reader and scripts did to it stays", async () => {
    await write("First.");
    const page = await visit();
    await shows(page, "First.");
    await page.locator("#more summary").click();
    await page.locator("#field").fill("typed");
    await page.locator("#area").fill("typed too");
    await page.locator("#check").check();
    await page.locator("#choice").selectOption("b");
    await page.locator("#field").focus();
    await page.evaluate(() => scrollTo(0, 700));
    await write("Second.");
    await shows(page, "Second.");
    assert.ok(await isTheSame(page), "it was loaded again");
    const state = await page.evaluate(() => ({
      scroll: Math.round(scrollY),
      more: document.getElementById("more").open,
      field: document.getElementById("field").value,
      area: document.getElementById("area").value,
      check: document.getElementById("check").checked,
      choice: document.getElementById("choice").value,
      focus: document.activeElement.id,
      count: document.getElementById("count").textContent,
      made: document.getElementById("made") !== null,
      scheme: document.documentElement.dataset.scheme,
    }));
    assert.deepEqual(state, {
      scroll: 700, more: true, field: "typed", area: "typed too", check: true, choice: "b",
      focus: "field", count: "3 results", made: true, scheme: "dark",
    });
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("takes another title, and is loaded again for another script", async () => {
    const page = await visit();
    const before = await site.project.read(ARTICLE);
    await site.project.write(ARTICLE, before.replace("Before your visit", "At the studio"));
    await page.waitForFunction(() => document.title.includes("At the studio"));
    assert.ok(await isTheSame(page));
    const template = "themes/mine/templates/page.html";
    await site.project.write(template, THEME[template].replace("mine.js", "mine.js?2"));
    await page.waitForFunction(() => window.isTheSame !== true);
    await page.evaluate(() => { window.isTheSame = true; });
    await site.project.write(template, THEME[template]);
    await page.waitForFunction(() => window.isTheSame !== true);
    await page.context().close();
  });

  test("takes another style sheet without being loaded again", async () => {
    const page = await visit();
    const colour = "rgb(1, 2, 3)";
    await site.project.write("themes/mine/css/own.css", `body { outline-color: ${colour}; }`);
    await page.waitForFunction(
      (wanted) => getComputedStyle(document.body).outlineColor === wanted, colour);
    assert.ok(await isTheSame(page));
    assert.equal(await page.locator("head link[rel=stylesheet]").count(), 1);
    await page.context().close();
  });

  test("fetches a picture again that became another one behind its address", async () => {
    const square = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
<rect width="40" height="40" fill="${colour}"/></svg>`;
    const file = "content/media/square.svg";
    await site.project.write(file, square("#00ff00"));
    await write("![A square](../media/square.svg)");
    const page = await visit();
    const colour = (wanted) => page.waitForFunction((wanted) => {
      const picture = document.querySelector("img[src^='/media/square.svg']");
      if (!picture?.complete || !picture.naturalWidth) return false;
      const canvas = document.createElement("canvas").getContext("2d");
      canvas.drawImage(picture, 0, 0);
      return Array.from(canvas.getImageData(5, 5, 1, 1).data).join() === wanted;
    }, wanted);
    await colour("0,255,0,255");
    await site.project.write(file, square("#ff0000"));
    await colour("255,0,0,255");
    // What stands in the page from now on is the new one, too, and so it stays.
    await write("Words.\n\n![A square](../media/square.svg)\n\n![A square](../media/square.svg)");
    await page.locator("img[src^='/media/square.svg']").nth(1).waitFor();
    await colour("255,0,0,255");
    const addresses = await page.locator("img[src^='/media/square.svg']")
      .evaluateAll((all) => new Set(all.map((one) => one.src)).size);
    assert.equal(addresses, 1);
    await site.project.write(file, square("#00ff00"));
    await colour("0,255,0,255");
    assert.ok(await isTheSame(page), "it was loaded again");
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("is not touched by a change of another page", async () => {
    await write("Here.");
    await shows(await visit(), "Here.");
    const page = await visit("/");
    const asked = [];
    page.on("request", (request) => {
      // When a browser fetches the icon is its own affair.
      const { pathname } = new URL(request.url());
      if (pathname !== "/_sinew/changes" && !pathname.includes("/icon.")) asked.push(pathname);
    });
    const other = await visit();
    await shows(other, "Here.");
    await write("Elsewhere.");
    await shows(other, "Elsewhere.");
    await site.project.write("content/pages/hours.md", "---\ntitle: Hours\n---\n\nNine.\n");
    while (!(await fetch(`${site.url}/hours/`)).ok) { /* It is not there yet. */ }
    assert.deepEqual(asked, []);
    for (const one of [page, other]) await one.context().close();
  });

  test("listens only while it is shown, and catches up when it is shown again", async () => {
    const page = await visit();
    const hide = (isHidden) => page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
    await hide(true);
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await write("While hidden.");
    const other = await visit();
    await shows(other, "While hidden.");
    assert.deepEqual(requests, []);
    await hide(false);
    await shows(page, "While hidden.");
    assert.ok(await isTheSame(page));
    assert.ok(requests.some((url) => url.includes("returns=yes")));
    for (const one of [page, other]) await one.context().close();
  });

  test("lists what is wrong over the last good page, until it is cured", async () => {
    await write("Good.");
    const page = await visit();
    await shows(page, "Good.");
    await write("See [[<img src=x onerror=alert(1)>]] and [[nowhere]].");
    const findings = page.locator("#sinew-findings");
    await findings.waitFor();
    assert.ok(await isTheSame(page));
    assert.equal(await findings.locator("summary").innerText(), "2 errors");
    assert.match(await findings.locator("pre").last().innerText(), /\[\[nowhere\]\]/);
    const link = await findings.locator("a").last().getAttribute("href");
    assert.equal(link, `vscode://file${site.project.root}/${ARTICLE}:6:42`);
    assert.deepEqual(await barriers(page, "#sinew-dev"), []);
    // It is put away, stays so on another page, and comes back with something else in it.
    await page.keyboard.press("Escape");
    assert.equal(await findings.getAttribute("open"), null);
    await page.goto(`${site.url}/`);
    assert.equal(await findings.getAttribute("open"), null);
    await write("See [[elsewhere]].");
    await page.locator("#sinew-findings[open]").waitFor();
    await write("Right again.");
    await findings.waitFor({ state: "detached" });
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("says in the bar what it is, and unfolds its warnings", async () => {
    await write("#### Skipped");
    const page = await visit();
    const bar = page.locator("#sinew-bar");
    await page.getByText("Skipped", { exact: true }).waitFor();
    assert.equal(await bar.locator("strong").innerText(), "page:visit");
    assert.equal(await page.locator("#sinew-findings").count(), 0);
    await bar.locator("summary", { hasText: "1 warning" }).click();
    assert.match(await bar.locator(".sinew-warning pre").first().innerText(), /skipped-heading/);
    assert.deepEqual(await barriers(page, "#sinew-dev"), []);
    await write("Mended.");
    await bar.locator("summary", { hasText: "warning" }).waitFor({ state: "detached" });
    await page.context().close();
  });

  test("cannot be read, framed or listened to by a page of another server", async () => {
    await write("A secret draft.");
    const foreign = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>foreign</title>");
    });
    foreign.listen(0, "127.0.0.1");
    await once(foreign, "listening");
    const own = await visit();
    const address = await own.evaluate(() => {
      const { token, page, seen } = document.getElementById("sinew-renew").dataset;
      return `/_sinew/changes?${new URLSearchParams({ token, page, seen })}`;
    });
    // Both another port of this machine, and another name for it.
    for (const host of ["127.0.0.1", "localhost"]) {
      const page = await open(browser, `http://${host}:${foreign.address().port}/`);
      const got = await page.evaluate(async ({ url, stream }) => {
        const read = (options) =>
          fetch(url, options).then((answer) => answer.text(), () => "refused");
        const load = (name, attributes) => new Promise((done) => {
          const element = Object.assign(document.createElement(name), attributes);
          element.onload = () => done("loaded");
          element.onerror = () => done("refused");
          document.body.append(element);
        });
        const listen = new Promise((done) => {
          const source = new EventSource(stream);
          source.onopen = () => done("open");
          source.onerror = () => done("refused");
        });
        const frame = document.createElement("iframe");
        frame.src = url;
        const framed = new Promise((done) => { frame.onload = () => done(); });
        document.body.append(frame);
        await framed;
        let inside = "refused";
        try { inside = frame.contentDocument.body.innerText; } catch { /* It is another origin's. */ }
        return {
          fetch: await read({}),
          opaque: await read({ mode: "no-cors" }),
          script: await load("script", { src: new URL("/_sinew/renew.js", url).href }),
          picture: await load("img", { src: new URL("/media/mine.js", url).href }),
          listen: await listen,
          inside: inside || "refused",
        };
      }, { url: `${site.url}/visit/`, stream: site.url + address });
      assert.deepEqual(got, {
        fetch: "refused", opaque: "refused", script: "refused", picture: "refused",
        listen: "refused", inside: "refused",
      });
      await page.context().close();
    }
    await own.context().close();
    foreign.close();
  });
});

test("a tab follows the author to the page that was edited", async () => {
  const site = await served({ [ARTICLE]: text("First.") }, ["--follow"]);
  try {
    const page = await open(browser, `${site.url}/`);
    // Only a tab that listens is led anywhere.
    await Promise.all([
      page.waitForResponse((response) => response.url().includes("/_sinew/changes")),
      page.reload(),
    ]);
    await site.project.write(ARTICLE, text("Second."));
    await page.waitForURL(`${site.url}/visit/`);
    await page.getByText("Second.", { exact: true }).waitFor();
    await page.context().close();
  } finally {
    await site.stop();
  }
});

test("what morphs pages is the package of npm, to the byte", async () => {
  const hash = async (path) =>
    createHash("sha256").update(await readFile(new URL(path, import.meta.url))).digest("hex");
  const ours = "../../src/edge/serve/browser/idiomorph";
  const theirs = "node_modules/idiomorph";
  assert.equal(await hash(`${ours}.js`), await hash(`${theirs}/dist/idiomorph.min.js`));
  assert.equal(await hash(`${ours}.LICENSE`), await hash(`${theirs}/LICENSE`));
});
