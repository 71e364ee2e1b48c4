// Handouts: the pages of muscles, places, symptoms and techniques on one or two sheets, whatever the paper.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { published, TEMPLATES } from "./site.mjs";

let site;
let browser;
before(async () => { [site, browser] = await Promise.all([published(), launch()]); });
after(async () => {
  await browser?.close();
  await site?.stop();
});

/// How many sheets a page takes.
async function sheets(page, format) {
  const pdf = (await page.pdf({ format })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b/g).length;
}

// Two sections at a time: a browser prints in one thread of each page.
describe("a handout has two sheets at most", { concurrency: 2 }, () => {
  // Letter is the lower of the two: what fits there is long for A4 only where its lines are shorter.
  for (const section of ["muscles", "pain", "symptoms", "techniques"]) {
    test(`on Letter, every page below /${section}/`, async () => {
      const entries = await readdir(join(site.folder, section), { withFileTypes: true });
      const paths = entries.filter((one) => one.isDirectory()).map(({ name }) => `/${section}/${name}/`);
      assert.ok(paths.length > 5);
      const page = await open(browser, site.url);
      const long = [];
      for (const path of paths) {
        await page.goto(site.url + path);
        const count = await sheets(page, "Letter");
        if (count > 2) long.push(`${path}: ${count}`);
      }
      assert.deepEqual(long, []);
      await page.context().close();
    });
  }

  test("on paper a line of code is whole", async () => {
    const line = "word ".repeat(60) + "letters".repeat(60);
    const text = `---\ntitle: Code\n---\n\n\`\`\`text\n${line}\n\`\`\`\n`;
    const coded = await published({ "content/pages/code.md": text });
    try {
      const page = await open(browser, `${coded.url}/code/`, { viewport: { width: 700, height: 900 } });
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator("pre").evaluate((one) => one.scrollWidth <= one.clientWidth));
      await page.context().close();
    } finally {
      await coded.stop();
    }
  });

  test("on paper no card with signs is broken over columns: its last ones would stand below no heading", async () => {
    // A sheet of Letter is so wide within its margins.
    const page = await open(browser, site.url, { viewport: { width: 725, height: 900 } });
    await page.emulateMedia({ media: "print" });
    for (const section of ["muscles", "pain", "symptoms"]) {
      const entries = await readdir(join(site.folder, section), { withFileTypes: true });
      for (const { name } of entries.filter((one) => one.isDirectory())) {
        await page.goto(`${site.url}/${section}/${name}/`);
        const broken = await page.evaluate(() => [...document.querySelectorAll(".care-card")]
          .filter((card) => card.getClientRects().length > 1).length);
        assert.equal(broken, 0, `/${section}/${name}/`);
      }
    }
    await page.context().close();
  });

  test("on paper no heading stands alone, and no number leads to a list that is not there", async () => {
    const page = await open(browser, site.url);
    await page.emulateMedia({ media: "print" });
    for (const path of TEMPLATES) {
      await page.goto(site.url + path);
      const odd = await page.evaluate(() => {
        const isSeen = (one) => one.checkVisibility() && one.getClientRects().length > 0;
        const blocks = [...document.querySelectorAll(".block:has(> h2)")].filter(isSeen);
        const alone = blocks.filter((block) => ![...block.children].some((one) => one.tagName !== "H2" && isSeen(one)));
        const marks = [...document.querySelectorAll(".citation")].filter(isSeen);
        const isListed = [...document.querySelectorAll(".sources")].some(isSeen);
        return [...alone.map((block) => block.firstElementChild.id), ...(isListed ? [] : marks.map((one) => one.outerHTML))];
      });
      assert.deepEqual(odd, [], path);
    }
    await page.context().close();
  });

  for (const path of [
    "/muscles/infraspinatus/", "/muscles/trapezius-upper/", "/pain/low-back/", "/symptoms/stiff-neck/",
    "/techniques/finger-pressure/",
  ]) {
    test(`on A4: ${path}`, async () => {
      const page = await open(browser, site.url + path);
      assert.ok((await sheets(page, "A4")) <= 2);
      await page.emulateMedia({ media: "print" });
      const screenOnly = page.locator(".site-menu, .crumbs, .toc, .action").filter({ visible: true });
      assert.equal(await screenOnly.count(), 0);
      for (const kept of [".page-address", ".review-line", ".studio-name"]) {
        assert.ok(await page.locator(kept).isVisible(), kept);
      }
      await page.context().close();
    });
  }
});
