// The whole sample in the HTML checker of the W3C's validators (Nu), which needs Java.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

import jar from "vnu-jar";

import { FILES } from "./hostile.mjs";
import { published } from "./site.mjs";

const hasJava = () => {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const skip = hasJava() ? false : "Java is missing: install the Debian package default-jre-headless";

/// What the checker says of the pages of a folder, one line for each message.
const said = async (folder, flags = []) => {
  const how = ["--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always", ...flags];
  const words = ["-jar", jar, ...how, folder];
  const { stdout } = await promisify(execFile)("java", words, { maxBuffer: 64 << 20 });
  return JSON.parse(stdout).messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`);
};

test("every page is valid HTML", { skip }, async () => {
  const site = await published();
  assert.deepEqual(await said(site.folder), []);
  await site.stop();
});

test("a page that is not is found", { skip }, async () => {
  const base = "{% raw %}{% endraw %}<!doctype html><title>x</title><p><div></p>";
  const site = await published({ "themes/default/templates/topics.html": base });
  const messages = await said(site.folder);
  assert.ok(messages.some((message) => message.includes("/topics/index.html")), String(messages));
  await site.stop();
});

test("every page of a site of hostile texts is valid HTML", { skip }, async () => {
  const site = await published(FILES, [], []);
  const messages = await said(site.folder, ["--errors-only"]);
  // A character that stands for nothing is shown as its author wrote it.
  assert.deepEqual(messages.filter((message) => !message.endsWith("Forbidden code point U+fffe.")), []);
  await site.stop();
});
