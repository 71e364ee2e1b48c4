// Published pages, as a reader's browser sees them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { barriers, launch, open } from "./browser.mjs";
import { published } from "./site.mjs";

// One page of each kind that has pages of its own.
const PAGES = ["/", "/muscles/", "/pain/", "/articles/", "/faq/", "/404.html"];

describe("a published page", () => {
  let site;
  let browser;
  before(async () => {
    site = await published();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  for (const path of PAGES) {
    test(`loads all that it wants under its own policy, without barriers: ${path}`, async () => {
      const page = await open(browser, site.url + path);
      assert.ok(await page.title());
      assert.deepEqual(page.trouble, []);
      assert.deepEqual(await barriers(page), []);
      await page.context().close();
    });
  }
});
