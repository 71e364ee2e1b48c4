// The default theme on the sample's pages, as readers meet it: without barriers in light and dark, on
// narrow screens, without scripts, with the body map and its list tied together, and light to load.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { AxeBuilder } from "@axe-core/playwright";

import { launch, open } from "./browser.mjs";
import { published, TEMPLATES } from "./site.mjs";

const ARTICLE = "/articles/nine-ways-to-release-a-trigger-point/";

let site;
let browser;
before(async () => { [site, browser] = await Promise.all([published(), launch()]); });
after(async () => {
  await browser?.close();
  await site?.stop();
});

const visit = (path, options) => open(browser, site.url + path, options);
/// Every rule for people and for the law, with the two that axe leaves out unless asked: text at 7:1,
/// and targets that a thumb can hit. The dark scheme changes nothing but colours.
/// Of what is well there is no report: to write it takes a fifth of the time.
const RULES = {
  light: {
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
    resultTypes: ["violations"],
  },
  dark: {
    runOnly: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"],
    resultTypes: ["violations"],
  },
};
const barriers = async (page, colorScheme = "light") => {
  // Axe reads colours in lists that are far below before they are laid out.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets.push(sheet);
    // Names from A to Z are all made alike.
    for (const one of document.querySelectorAll(".letter-list > :nth-child(n + 7)")) one.remove();
  });
  const { violations } = await new AxeBuilder({ page }).options(RULES[colorScheme]).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
};
/// What is wider than the window, or cut off.
const overflow = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
});

// Two pages at a time, as axe has one thread in each.
describe("every template", { concurrency: 2 }, () => {
  // Colours do not depend on the width.
  for (const [colorScheme, width] of [["light", 390], ["light", 1280], ["dark", 1280]]) {
    test(`has no barriers: ${colorScheme}, ${width} px`, async () => {
      const page = await visit("/", { colorScheme, viewport: { width, height: 900 } });
      for (const path of TEMPLATES) {
        await page.goto(site.url + path);
        assert.deepEqual(await barriers(page, colorScheme), [], path);
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }

  test("fits a window of 320 px, and keeps fitting with the spacing that readers may set", async () => {
    const page = await visit("/", { viewport: { width: 320, height: 640 }, bypassCSP: true });
    for (const path of TEMPLATES) {
      await page.goto(site.url + path);
      assert.equal(await overflow(page), 0, path);
      const content = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; " +
        "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
      await page.addStyleTag({ content });
      assert.equal(await overflow(page), 0, `${path} with more space`);
    }
    await page.context().close();
  });

  test("can be read, and reaches all others, without scripts", async () => {
    const page = await visit("/", { javaScriptEnabled: false });
    for (const path of TEMPLATES) {
      await page.goto(site.url + path);
      assert.ok(await page.locator("main h1").isVisible(), path);
      assert.ok(await page.locator(".search-link").isVisible(), path);
    }
    await page.context().close();
  });

  test("points back to where lines begin", async () => {
    const page = await visit(ARTICLE);
    const arrow = () => page.locator(".back a").first().evaluate((one) => getComputedStyle(one, "::before").content);
    assert.match(await arrow(), /←/);
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    assert.match(await arrow(), /→/);
    await page.context().close();
  });

  test("takes the colours that a reader's system forces", async () => {
    const page = await visit("/muscles/infraspinatus/", { forcedColors: "active" });
    const fills = await page.locator(".map-primary").evaluateAll((shapes) =>
      shapes.map((shape) => getComputedStyle(shape).fill));
    const ground = await page.locator(".map-ground").first().evaluate((one) => getComputedStyle(one).fill);
    assert.ok(fills.length > 0 && fills.every((fill) => fill !== ground), `${fills} on ${ground}`);
    const legend = page.locator(".body-map-legend .zone-mark-primary");
    assert.equal(await legend.evaluate((one) => getComputedStyle(one).backgroundColor), fills[0]);
    await page.context().close();
  });
});

describe("the body map", () => {
  const lit = (page, selector) => page.locator(selector).first()
    .evaluate((one) => getComputedStyle(one).getPropertyValue("--lit").trim() !== "");

  test("and its list light each other up, by pointer and by keyboard", async () => {
    const page = await visit("/pain/", { viewport: { width: 1280, height: 1000 } });
    const [item, shape] = [".region-list .r-low-back", ".body-map-back .r-low-back"];
    assert.equal(await lit(page, shape), false);
    await page.locator(item).hover();
    assert.equal(await lit(page, shape), true);
    assert.equal(await lit(page, ".body-map-back .r-buttock"), false);
    await page.mouse.move(0, 0);
    await page.locator(shape).first().focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.equal(await lit(page, item), true);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/pain/low-back/");
    await page.context().close();
  });

  test("names every region once, from head to toe, and says how many muscles", async () => {
    const page = await visit("/pain/");
    const front = page.locator(".body-map-front svg");
    const names = await front.getByRole("link").evaluateAll((links) =>
      links.map((link) => link.getAttribute("aria-label")));
    assert.equal(new Set(names).size, names.length);
    assert.match(names[0], /^Top of the head, \d+ muscles?$/);
    assert.match(names.at(-1), /toe/i);
    await page.context().close();
  });

  test("shows a muscle's zones beside the same in words, with a legend", async () => {
    const page = await visit("/muscles/infraspinatus/");
    for (const intensity of ["primary", "spillover"]) {
      const drawn = await page.locator(`.body-map .map-${intensity}`).count();
      const said = await page.locator(`.zones .zone-mark-${intensity}`).count();
      assert.ok(drawn > 0 && said > 0, `${intensity}: ${drawn} drawn, ${said} in words`);
      assert.ok(await page.locator(`.body-map-legend .zone-mark-${intensity}`).isVisible());
    }
    assert.equal(await page.locator(".body-map a").count(), 0, "a picture has no links in it");
    await page.context().close();
  });
});

describe("without a script", () => {
  test("the menu of a phone opens, closes on Escape, and leads on", async () => {
    const page = await visit("/", { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const muscles = page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "Muscles" });
    assert.equal(await muscles.isVisible(), false);
    await page.getByRole("button", { name: "Menu" }).click();
    assert.equal(await muscles.isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await muscles.isVisible(), false);
    await page.getByRole("button", { name: "Menu" }).click();
    await muscles.click();
    await page.waitForURL("**/muscles/");
    await page.context().close();
  });

  test("the filter of the techniques leaves those of one setting, and the groups that have some", async () => {
    const page = await visit("/techniques/");
    const cards = page.locator(".card:visible");
    const all = await cards.count();
    await page.getByLabel("At home").check();
    const shown = await page.locator(".card:visible .card-meta").allTextContents();
    assert.ok(shown.length > 0 && shown.length < all);
    assert.ok(shown.every((line) => line.includes("At home")), String(shown));
    assert.equal(await page.locator(".block:visible:not(:has(.card:visible))").count(), 0);
    await page.getByLabel("All").check();
    assert.equal(await cards.count(), all);
    await page.context().close();
  });

  test("the contents mark the section that is being read", async () => {
    const page = await visit(ARTICLE, { viewport: { width: 1280, height: 900 } });
    const marked = () => page.locator(".toc a:target-current").allTextContents();
    const heading = page.locator(".prose h2").nth(3);
    await heading.evaluate((one) => scrollTo(0, one.offsetTop));
    await page.waitForFunction((text) =>
      document.querySelector(".toc a:target-current")?.textContent === text, await heading.textContent());
    assert.equal((await marked()).length, 1);
    await page.context().close();
  });
});

describe("on a small screen", () => {
  test("a long name of the site, long names in lists and large letters fit", async () => {
    const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
    const [settings, service] = [await read("site.toml"), await read("content/services/deep-tissue-massage.yaml")];
    const named = await published({
      "site.toml": settings.replace(/^title = .*$/m, 'title = "Physiotherapiezentrum Sendling"'),
      "content/services/deep-tissue-massage.yaml":
        service.replace(/^(name|title): .*$/m, "$1: Temporomandibulargelenkschmerzen"),
    });
    try {
      for (const [width, standard] of [[320, 16], [360, 16], [390, 16], [390, 32]]) {
        const page = await open(browser, named.url, { viewport: { width, height: 800 } });
        const client = await page.context().newCDPSession(page);
        await client.send("Page.setFontSizes", { fontSizes: { standard, fixed: standard } });
        for (const path of ["/", "/services/", "/services/deep-tissue-massage/"]) {
          await page.goto(named.url + path);
          assert.equal(await overflow(page), 0, `${path} at ${width} px, letters of ${standard} px`);
        }
        const button = await page.getByRole("button", { name: "Menu" }).boundingBox();
        assert.ok(button.x >= 0 && button.x + button.width <= width, JSON.stringify(button));
        await page.context().close();
      }
    } finally {
      await named.stop();
    }
  });

  test("the menu ends within the window, or scrolls by itself", async () => {
    const entries = Array.from({ length: 13 }, (_, at) => `[[menu]]\nlabel = "Part ${at}"\nurl = "/pain/"\n`);
    const settings = await readFile(new URL("../../site.toml", import.meta.url), "utf8");
    const long = await published({ "site.toml": `${settings.replace(/\[\[menu\]\][^[]*/g, "")}\n${entries.join("\n")}` });
    try {
      for (const [width, height] of [[390, 500], [667, 320], [320, 256]]) {
        const page = await open(browser, long.url, { viewport: { width, height } });
        await page.getByRole("button", { name: "Menu" }).click();
        const menu = await page.locator(".site-menu").boundingBox();
        assert.ok(menu.height <= height, `${menu.height} of ${height}`);
        const last = page.getByRole("link", { name: "Part 12" });
        await page.mouse.move(width / 2, height / 2);
        await page.mouse.wheel(0, 3000);
        await page.waitForFunction(() => {
          const menu = document.querySelector(".site-menu");
          return menu.scrollTop + menu.clientHeight >= menu.scrollHeight - 1;
        });
        const box = await last.boundingBox();
        assert.ok(box.y + box.height <= height, `${width}×${height}`);
        await page.mouse.wheel(0, 3000);
        assert.equal(await page.evaluate(() => scrollY), 0);
        await page.context().close();
      }
    } finally {
      await long.stop();
    }
  });

  test("a table of words that do not fit scrolls by itself, and is whole on paper", async () => {
    const words = ["Shoulderblade", "Intermediate", "Physiotherapy", "Recommendation", "Observation", "Musculature"];
    const row = `| ${words.join(" | ")} |\n`;
    const text = `---\ntitle: Table\n---\n\n${row}${"|---".repeat(6)}|\n${row}`;
    const tables = await published({ "content/pages/table.md": text });
    try {
      const page = await open(browser, `${tables.url}/table/`, { viewport: { width: 390, height: 800 } });
      assert.equal(await overflow(page), 0);
      const table = page.locator(".table");
      assert.ok(await table.evaluate((one) => one.scrollWidth > one.clientWidth));
      await table.focus();
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => document.querySelector(".table").scrollLeft > 0);
      assert.deepEqual(await barriers(page), []);
      await page.emulateMedia({ media: "print" });
      assert.equal(await table.evaluate((one) => getComputedStyle(one).overflowX), "visible");
      await page.context().close();
    } finally {
      await tables.stop();
    }
  });
});

describe("steps that are folded", () => {
  test("are a touch away, and open on paper", async () => {
    const page = await visit("/symptoms/stiff-neck/");
    const folded = page.locator("details.technique-steps:not([open])");
    const steps = folded.first().locator(".steps li").first();
    assert.equal(await steps.isVisible(), false);
    await page.emulateMedia({ media: "print" });
    assert.ok((await steps.boundingBox()).height > 0);
    assert.equal(await folded.first().locator("summary").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    await folded.first().locator("summary").click();
    assert.ok(await page.locator("details.technique-steps").nth(1).locator(".steps li").first().isVisible());
    await page.context().close();
  });
});

describe("the weight", () => {
  // In bytes, packed by Brotli at 11, as `sinew publish` packs them.
  const weight = async (path) => brotliCompressSync(await readFile(join(site.folder, path))).length;
  const sheet = async (name) => {
    const names = await readdir(join(site.folder, "assets"));
    return weight(join("assets", names.find((one) => one.startsWith(`${name}.`) && one.endsWith(".css"))));
  };

  test("of the style sheets stays within their budgets", async () => {
    for (const [name, budget] of Object.entries({ site: 4670, records: 6910 })) {
      const bytes = await sheet(name);
      assert.ok(bytes <= budget, `${name}: ${bytes} bytes`);
    }
  });

  test("of an article's first view stays below 14 kB, however long the article is, but for one", async () => {
    const style = await sheet("site");
    const articles = (await readdir(join(site.folder, "articles"), { withFileTypes: true }))
      .filter((one) => one.isDirectory() && one.name !== "page");
    assert.ok(articles.length > 10);
    for (const { name } of articles) {
      // Its words alone weigh 6.8 kB.
      const budget = `/articles/${name}/` === ARTICLE ? 15850 : 14000;
      const bytes = style + await weight(`/articles/${name}/index.html`);
      assert.ok(bytes <= budget, `${name}: ${bytes} bytes`);
    }
  });

  test("of the HTML stays within its budget on every template", async () => {
    // Texts and maps decide; a theme that says things twice would show here.
    const budgets = {
      "/pain/": 25000, "/references/": 25200, "/faq/": 19100, "/search/": 15200, "/": 14700,
      "/muscles/infraspinatus/": 14900, "/glossary/": 12900, [ARTICLE]: 11400, "/symptoms/stiff-neck/": 10700,
    };
    for (const path of TEMPLATES.filter((path) => path.endsWith("/"))) {
      const bytes = await weight(`${path}index.html`);
      assert.ok(bytes <= (budgets[path] ?? 10300), `${path}: ${bytes} bytes`);
    }
  });

  test("of an article's first view is four requests at most", async () => {
    const page = await visit("/404.html");
    const requests = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(site.url + ARTICLE);
    // The page, its style, the script that waits, and the icon, which a browser asks for once.
    const counted = requests.filter((path) => !/^\/(media|maps)\//.test(path));
    assert.ok(counted.length <= 4, String(counted));
    await page.context().close();
  });
});

describe("the margin of a wide screen", () => {
  const PLACES = { "/articles/why-it-hurts-somewhere-else/": ".note", "/articles/sleep-and-the-neck/": ".referral" };

  for (const [path, part] of Object.entries(PLACES)) {
    test(`holds what an author puts there, and nothing lies over it: ${path}`, async () => {
      const page = await visit(path, { viewport: { width: 1280, height: 900 } });
      const box = (selector) => page.locator(selector).first().boundingBox();
      const [aside, text, toc] = [await box(`${part}.in-margin`), await box(".prose > p"), await box(".toc")];
      assert.ok(aside.x > text.x + text.width, "beside the text");
      assert.ok(aside.x + aside.width <= 1280);
      assert.ok(aside.y >= toc.y + toc.height || aside.y + aside.height <= toc.y, "apart from the contents");
      assert.deepEqual(await barriers(page), []);
      await page.setViewportSize({ width: 390, height: 844 });
      const narrow = await box(`${part}.in-margin`);
      assert.ok(narrow.x >= 0 && narrow.x + narrow.width <= 390, "in the text on a phone");
      await page.context().close();
    });
  }
});
