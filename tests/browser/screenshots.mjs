// Takes the pictures in `docs/screenshots/`: each template at 1280 and 390 px, some at 768 and in the dark.
// Needs `cwebp` and `pdftoppm` (Debian: webp, poppler-utils), and looks best with the theme's fonts
// (Debian: fonts-urw-base35, fonts-crosextra-carlito).

import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { published } from "./site.mjs";

const OUT = resolve(dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");
const TEMPLATES = {
  home: "/", pain: "/pain/", area: "/pain/shoulder/", region: "/pain/low-back/", muscles: "/muscles/",
  muscle: "/muscles/infraspinatus/", symptoms: "/symptoms/", symptom: "/symptoms/stiff-neck/",
  techniques: "/techniques/", technique: "/techniques/ball-or-roller-pressure/", articles: "/articles/",
  article: "/articles/nine-ways-to-release-a-trigger-point/", services: "/services/",
  service: "/services/deep-tissue-massage/", questions: "/faq/", glossary: "/glossary/", myths: "/myths/",
  team: "/team/", person: "/team/studio-team/", references: "/references/", topics: "/topics/",
  topic: "/topics/home-care/", search: "/search/", "not-found": "/404.html", page: "/about/",
};
const CLOSER = ["home", "pain", "muscle", "article"];
const HEIGHTS = { 390: 844, 768: 1024, 1280: 900 };

const site = await published();
const browser = await launch();
const rough = await mkdtemp(join(tmpdir(), "sinew-shots-"));
await mkdir(OUT, { recursive: true });

async function shoot(name, path, width, colorScheme = "light", act = async () => {}) {
  const viewport = { width, height: HEIGHTS[width] };
  // Those that the README shows are sharp on good screens.
  const isSharp = width === 390 && colorScheme === "light" && ["home", "muscle"].includes(name);
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: isSharp ? 1.5 : 1 });
  await page.goto(site.url + path);
  await act(page);
  await page.waitForTimeout(150);
  const file = `${name}-${width}${colorScheme === "dark" ? "-dark" : ""}`;
  await page.screenshot({ path: join(rough, `${file}.png`) });
  const size = width === 1280 ? ["-resize", "1024", "0", "-q", "58"] : ["-q", "50"];
  pack(file, size);
  await page.close();
}

function pack(file, flags) {
  const [from, to] = [join(rough, `${file}.png`), join(OUT, `${file}.webp`)];
  execFileSync("cwebp", ["-quiet", ...flags, "-m", "6", "-sharp_yuv", from, "-o", to]);
}

for (const [name, path] of Object.entries(TEMPLATES)) {
  for (const width of CLOSER.includes(name) ? [390, 768, 1280] : [390, 1280]) {
    await shoot(name, path, width);
    if (CLOSER.includes(name) && width !== 768) await shoot(name, path, width, "dark");
  }
}
await shoot("map-lit", TEMPLATES.pain, 1280, "light", async (page) => {
  const place = page.locator(".region-list .r-shoulder-blade");
  await place.evaluate((one) => one.scrollIntoView({ block: "center" }));
  await place.hover();
});
await shoot("contents", TEMPLATES.article, 1280, "light", (page) => page.evaluate(() => scrollTo(0, 2250)));
await shoot("menu", TEMPLATES.home, 390, "light", (page) => page.getByRole("button", { name: "Menu" }).click());

const page = await browser.newPage();
await page.goto(site.url + TEMPLATES.muscle);
await writeFile(join(rough, "handout.pdf"), await page.pdf({ format: "A4" }));
execFileSync("pdftoppm", ["-r", "80", "-png", join(rough, "handout.pdf"), join(rough, "handout")]);
for (const number of [1, 2]) pack(`handout-${number}`, ["-q", "60"]);

await browser.close();
await site.stop();
await rm(rough, { recursive: true });
