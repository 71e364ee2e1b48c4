// The search, and the cards of mentions, as a reader's browser shows them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { barriers, launch, open } from "./browser.mjs";
import { published } from "./site.mjs";

const MENTIONING = "content/pages/mentioning.md";
const PAGE = "---\ntitle: Mentioning\n---\n\nThe infraspinatus lies on the shoulder blade.\n";

/// So that the first query meets a site of a thousand pages.
const MANY = 1000;
const WORDS = ["neck", "shoulder", "stretch", "pressure", "slow", "rest", "warm", "morning", "desk"];

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([published({ [MENTIONING]: PAGE }), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/// A page that keeps a list of what it asked for.
async function visit(path = "/muscles/", options = {}, url = site.url) {
  const page = await open(browser, url, options);
  page.asked = [];
  page.on("request", (request) => page.asked.push(new URL(request.url()).pathname));
  await page.goto(url + path, { waitUntil: "networkidle" });
  return page;
}

const field = (page) => page.getByRole("combobox");
const options = (page) => page.getByRole("option");
const isOfSearch = (path) => path.startsWith("/search/") || path.includes("/assets/search/");

async function type(page, words) {
  await page.keyboard.press("/");
  await field(page).fill(words);
  await page.locator(`.search-dialog[data-shown="${words}"]`).waitFor();
  return options(page).allTextContents();
}

async function close(page) {
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "hidden" });
}

describe("the search", () => {
  test("fetches nothing before a reader goes for it", async () => {
    const page = await visit();
    assert.deepEqual(page.asked.filter(isOfSearch), []);
    const own = page.asked.find((path) => /\/assets\/search\.\w+\.js$/.test(path));
    const loader = await readFile(join(site.folder, own));
    assert.ok(brotliCompressSync(loader).length < 1024, "the loader is less than a kilobyte");
    await page.keyboard.press("/");
    await field(page).waitFor();
    assert.ok(page.asked.some(isOfSearch));
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`finds as one types, by kind, the exact name first, without barriers: ${colorScheme}`, async () => {
      const page = await visit("/muscles/", { colorScheme });
      await page.getByRole("link", { name: "Search", exact: true }).click();
      await field(page).pressSequentially("infraspinatus");
      await page.locator('.search-dialog[data-shown="infraspinatus"]').waitFor();
      assert.match(await options(page).first().textContent(), /^Infraspinatus/);
      await page.getByRole("group", { name: "Muscles" }).waitFor();
      assert.ok((await page.getByRole("group").count()) > 1, "more than one kind is found");
      assert.deepEqual(await barriers(page, ".search-dialog"), []);
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }

  test("knows what people say, and forgives a slip, in the first letters too", async () => {
    const page = await visit();
    assert.match((await type(page, "back of my head"))[0], /^Back of the head/);
    await close(page);
    for (const slip of ["infraspintus", "nifraspinatus"]) {
      assert.match((await type(page, slip))[0], /^Infraspinatus/);
      await close(page);
    }
    for (const [slip, meant] of [["nek pain", /neck/], ["bak pain", /back/], ["hpi pain", /hip/]]) {
      assert.match((await type(page, slip)).join("; "), meant);
      await close(page);
    }
    // What texts say is spelt right: "price" is not "triceps".
    assert.ok(!(await type(page, "price")).some((name) => /^Triceps/.test(name)));
    await close(page);
    // A common word does not make up for the one that is missing.
    const ofNeck = await type(page, "neck ache");
    assert.match(ofNeck[0], /^Stiff neck/);
    assert.ok(!ofNeck.some((name) => /wrist/.test(name)), ofNeck.join("; "));
    await close(page);
    for (const typed of ["the pain", "hip"]) {
      const shown = await type(page, typed);
      assert.ok(!shown.some((name) => /^Toe/.test(name)), `${typed}: ${shown}`);
      await close(page);
    }
    await type(page, "pain");
    const found = await page.getByRole("status").textContent();
    const [, shown, all] = /^The first (\d+) of (\d+) pages/.exec(found) ?? [];
    assert.equal(Number(shown), await options(page).count(), found);
    assert.ok(Number(all) > Number(shown), found);
    await close(page);
    assert.deepEqual(await type(page, "zzzzqqqq"), []);
    const nothing = await page.getByRole("status").textContent();
    assert.match(nothing, /^Nothing found for “zzzzqqqq”.+In an emergency, call 911/);
    const ways = await page.getByRole("status").getByRole("link").evaluateAll((all) => all.map((one) => one.pathname));
    assert.deepEqual(ways, ["/pain/", "/muscles/", "/search/"]);
    assert.deepEqual(await barriers(page, ".search-dialog"), []);
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  for (const [typed, level, said, at] of [
    ["numb", "emergency", /numbness or tingling around the genitals/, "/pain/low-back/#section--emergency"],
    ["chest pain", "emergency", /new chest pain/],
    ["blader", "emergency", /loss of bladder or bowel control/, "/pain/low-back/#section--emergency"],
    ["can't lift my foot", "urgent", /foot or leg is getting weaker/, "/pain/low-back/#section--emergency"],
    ["back pain and fever", "urgent", /back pain with fever/],
  ]) {
    test(`leads to a warning sign before all else: ${typed}`, async () => {
      const page = await visit("/muscles/", { colorScheme: level === "urgent" ? "dark" : "light" });
      await type(page, typed);
      const first = page.locator(".search-group").first();
      assert.equal(await first.getAttribute("data-level"), level);
      const action = { emergency: /^Emergency Call 911/, urgent: /^Get help today Get medical help/ }[level];
      assert.match(await first.textContent(), action);
      const group = page.getByRole("group", { name: action });
      const sign = group.getByRole("option").filter({ hasText: said });
      assert.equal(await sign.count(), 1);
      assert.match(await page.getByRole("status").textContent(), /^Warning signs: \d/);
      assert.deepEqual(await barriers(page, ".search-dialog"), []);
      if (at) {
        await sign.click();
        await page.waitForURL((url) => url.pathname === new URL(at, site.url).pathname);
        assert.equal(await page.evaluate(() => location.pathname + location.hash), at);
        assert.ok(await page.getByText(said).first().isVisible());
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }

  test("takes no place, no exercise and no number for a warning sign; what can wait stands last", async () => {
    const page = await visit();
    const levels = () => page.locator(".search-group").evaluateAll((all) => all.map(({ dataset }) => dataset.level));
    for (const typed of ["neck pain", "back", "stiff neck", "shoulder pain", "exercise", "number of sessions", "hard bed"]) {
      await type(page, typed);
      assert.deepEqual((await levels()).filter(Boolean), [], typed);
      await close(page);
    }
    await type(page, "numb face");
    const all = await levels();
    assert.deepEqual([all[0], all.at(-1)], ["emergency", "doctor"]);
    assert.ok(all.includes(undefined), "pages stand between");
    await page.context().close();
  });

  test("on its own page is asked by the address, which says what is typed and is no new step back", async () => {
    const page = await visit("/search/?q=bladder");
    await page.locator('.search-dialog[data-shown="bladder"]').waitFor();
    assert.equal(await page.locator(".search-group").first().getAttribute("data-level"), "emergency");
    const steps = await page.evaluate(() => history.length);
    await field(page).pressSequentially(" or soleus", { delay: 20 });
    await field(page).fill("soleus");
    await page.waitForURL("**/search/?q=soleus");
    assert.equal(await page.evaluate(() => history.length), steps);
    await page.reload();
    await page.locator('.search-dialog[data-shown="soleus"]').waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/muscles/soleus/");
    await page.goBack();
    await page.locator('.search-dialog[open][data-shown="soleus"]').waitFor();
    assert.equal(await field(page).inputValue(), "soleus");
    await close(page);
    await page.waitForURL("**/search/");
    await page.keyboard.press("/");
    await page.waitForURL("**/search/?q=soleus");
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("takes what an address asks as text, and leaves the address of other pages alone", async () => {
    const page = await visit(`/search/?q=${encodeURIComponent("<img src=x onerror=alert(1)> $& zzzzqqqq")}`);
    await page.locator(".search-dialog[data-shown]").waitFor();
    assert.equal(await page.locator(".search-dialog img").count(), 0);
    await page.goto(`${site.url}/muscles/?q=bladder`);
    await type(page, "soleus");
    await page.waitForTimeout(600);
    assert.equal(new URL(page.url()).search, "?q=bladder");
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("is worked by the keyboard: arrows, Enter, Escape", async () => {
    const page = await visit();
    await type(page, "infraspinatus");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    const active = await field(page).getAttribute("aria-activedescendant");
    const chosen = page.locator("[aria-selected=true]");
    assert.equal(await chosen.getAttribute("id"), active);
    assert.match(await chosen.textContent(), /^Infraspinatus/);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    await field(page).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/muscles/infraspinatus/");
    await page.context().close();
  });

  test("goes to what stands in the field, however fast Enter follows", async () => {
    const page = await visit();
    await type(page, "jaw ache");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("soleus");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/muscles/soleus/");
    await page.context().close();
  });

  test("goes there once it is found, where the network is slow", async () => {
    const page = await visit();
    let arrive;
    const arrived = new Promise((done) => (arrive = done));
    await page.route(`${site.url}/search/**`, async (route) => {
      await arrived;
      await route.continue();
    });
    await page.keyboard.press("/");
    await field(page).fill("soleus");
    await page.keyboard.press("Enter");
    arrive();
    await page.waitForURL("**/muscles/soleus/");
    await page.context().close();
  });

  test("stays where the text of its field is selected beyond its edge, and closes beside it", async () => {
    const page = await visit("/muscles/", { viewport: { width: 1280, height: 900 } });
    await type(page, "infraspinatus");
    const box = await field(page).boundingBox();
    await page.mouse.move(box.x + 40, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(20, 600);
    await page.mouse.up();
    assert.ok(await field(page).isVisible());
    await page.mouse.click(20, 600);
    await field(page).waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("goes on when the site is published anew while a page is open", async () => {
    const page = await visit();
    let isFirst = true;
    await page.route("**/search/names.json", async (route) => {
      const names = await (await route.fetch()).json();
      await route.fulfill({ json: isFirst ? { ...names, version: "an old one" } : names });
      isFirst = false;
    });
    assert.match((await type(page, "infraspinatus"))[0], /^Infraspinatus/);
    assert.equal(isFirst, false);
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("is a list from A to Z without a script", async () => {
    const page = await visit("/muscles/", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.waitForURL("**/search/");
    const entry = page.getByRole("link", { name: "Infraspinatus", exact: true });
    assert.ok(await entry.first().isVisible());
    await page.context().close();
  });

  test("takes at most 30 kB for the first query among a thousand pages", async () => {
    const people = await readFile(new URL("../../content/people.yaml", import.meta.url), "utf8");
    const author = /^([\w-]+):/m.exec(people)[1];
    const over = {};
    for (let at = 0; at < MANY; at += 1) {
      const word = (step) => WORDS[(at * step + step) % WORDS.length];
      const text = Array.from({ length: 60 }, (_, n) => `${word(n + 1)} w${(at * 31 + n * n) % 4999}`);
      over[`content/articles/made-${at}.md`] = `---
title: "The ${word(2)} and the ${word(5)}: what ${word(7)} does, part ${at}"
summary: About ${word(2)} and ${word(3)}.
author: ${author}
published: 2025-01-01
auto_link: false
---

${text.join(" ")}
`;
    }
    const many = await published(over);
    try {
      const page = await visit("/muscles/", {}, many.url);
      const before = page.asked.length;
      await type(page, "shoulder pain");
      const files = [...new Set(page.asked.slice(before))];
      const read = (file) => readFile(join(many.folder, decodeURIComponent(file)));
      const sizes = files.map(async (file) => brotliCompressSync(await read(file)).length);
      const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
      assert.ok(files.some((file) => file.startsWith("/search/titles/")), "titles are fetched");
      assert.ok(bytes <= 30_000, `${bytes} bytes: ${files.join(", ")}`);
      await page.context().close();
    } finally {
      await many.stop();
    }
  });
});

describe("the card of a mention", () => {
  const mention = (page) => page.locator("a.mention").first();
  const card = (page) => page.getByRole("tooltip");

  test("opens under the pointer, stays under it, and closes on Escape", async () => {
    const page = await visit("/mentioning/");
    assert.deepEqual(page.asked.filter(isOfSearch), []);
    await mention(page).hover();
    await card(page).waitFor();
    assert.match(await card(page).textContent(), /^Infraspinatus.+\./);
    assert.equal(await mention(page).getAttribute("aria-describedby"), "page--card");
    assert.deepEqual(await barriers(page), []);
    await card(page).hover();
    await page.waitForTimeout(400);
    assert.ok(await card(page).isVisible());
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "hidden" });
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("of a muscle shows where it can hurt, and that of a source what it says", async () => {
    const page = await visit("/articles/sleep-and-the-neck/");
    await page.locator("a.mention[href='/muscles/levator-scapulae/']").first().hover();
    await card(page).waitFor();
    const picture = card(page).locator("img");
    await page.waitForFunction(() => document.querySelector(".mention-picture").naturalWidth > 0);
    assert.ok(await picture.isVisible());
    await page.mouse.move(0, 0);
    await card(page).waitFor({ state: "hidden" });
    await page.locator(".citation a").first().hover();
    await card(page).waitFor();
    assert.match(await card(page).textContent(), /Trigger Point Manual.*book, 1999.+\./);
    assert.equal(await picture.isVisible(), false);
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test("opens on focus, and closes when it goes", async () => {
    const page = await visit("/mentioning/");
    await page.locator("#page--main").focus();
    await page.keyboard.press("Tab");
    assert.ok(await mention(page).evaluate((link) => link === document.activeElement));
    await card(page).waitFor();
    await page.keyboard.press("Tab");
    await card(page).waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("never opens on touch: the link just goes", async () => {
    const page = await visit("/mentioning/", { hasTouch: true, isMobile: true });
    await page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
    await mention(page).tap();
    await page.waitForTimeout(500);
    assert.equal(await card(page).count(), 0);
    assert.deepEqual(page.asked.filter(isOfSearch), []);
    await page.context().close();
  });
});
