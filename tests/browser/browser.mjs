// One Chromium for all tests of a file, and for each test a page that reports what goes wrong in it.

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/// Starts the browser; `CHROMIUM` says which.
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS });
}

/// A page in a context of its own. `page.trouble` lists errors of scripts, messages of the console
/// (a policy that is broken is one), and files that could not be loaded.
export async function open(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.trouble = [];
  page.on("pageerror", (error) => page.trouble.push(String(error)));
  page.on("console", (message) => {
    const { url } = message.location();
    // Browsers ask for it whether a page names it or not.
    if (!["error", "warning"].includes(message.type()) || url.endsWith("/favicon.ico")) return;
    page.trouble.push(`${url}: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // What a page itself broke off, as a stream that it left.
    if (reason !== "net::ERR_ABORTED") page.trouble.push(`${request.url()}: ${reason}`);
  });
  await page.goto(url);
  return page;
}

/// What axe finds wrong with a page, or with a part of it, one line for each element.
export async function barriers(page, within = "html") {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}
