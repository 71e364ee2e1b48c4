// Lighthouse on every template of the sample, as a phone and as a desk: prints a table, and ends with
// status 1 if a figure is below 100. Times depend on the machine: leave it alone meanwhile.
//
//     make quality
//     node lighthouse.mjs /pain/ /muscles/infraspinatus/     only these

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

import { published, TEMPLATES } from "../site.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const DEVICES = [["phone", undefined], ["desk", desktopConfig]];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu"];

/// What cannot be had on this server, and is had where the site is published.
const SKIPPED = ["is-on-https", "redirects-http", "canonical", "uses-text-compression"];

/// Asks for a page and what it loads, so that no time of packing is measured.
async function warm(path) {
  const get = (address) => fetch(new URL(address, site.url), { headers: { "Accept-Encoding": "br" } });
  const html = await (await get(path)).text();
  const assets = html.match(/(?<=(?:href|src)=")[^"]*\/assets\/[^"]*/g) ?? [];
  await Promise.all(assets.map(async (address) => (await get(address)).arrayBuffer()));
}

const paths = process.argv.length > 2 ? process.argv.slice(2) : TEMPLATES.filter((path) => path !== "/404.html");
const site = await published();
const browser = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: FLAGS });
const failed = [];
console.log(`| page | device | ${CATEGORIES.join(" | ")} | LCP ms | CLS | TBT ms |`);
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
try {
  for (const path of paths) {
    await warm(path);
    for (const [device, config] of DEVICES) {
      const flags = { port: browser.port, logLevel: "error", onlyCategories: CATEGORIES, skipAudits: SKIPPED };
      const { lhr } = await lighthouse(site.url + path, flags, config);
      const scores = CATEGORIES.map((name) => Math.round((lhr.categories[name].score ?? 0) * 100));
      const figure = (name) => lhr.audits[name].numericValue ?? NaN;
      const [lcp, cls, tbt] = ["largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"].map(figure);
      console.log(`| ${path} | ${device} | ${scores.join(" | ")} | ${Math.round(lcp)} | ${cls.toFixed(3)} | ${Math.round(tbt)} |`);
      if (scores.some((score) => score < 100)) failed.push([path, device, lhr]);
    }
  }
} finally {
  browser.kill();
  await site.stop();
}
for (const [path, device, lhr] of failed) {
  const short = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) =>
    score !== null && score < 1 && !["informative", "manual", "notApplicable"].includes(scoreDisplayMode));
  for (const { id, title, displayValue } of short) console.log(`${path} (${device}): ${id}: ${title} ${displayValue ?? ""}`);
}
process.exit(failed.length > 0 ? 1 : 0);
