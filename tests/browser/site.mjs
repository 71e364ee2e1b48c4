// Turns the sample, or a copy of it with other files over it, into a site at an address: built and
// served as a host would (`published`), or shown by the dev server (`served`).
//
// `SINEW` is the program (else `target/debug/sinew`), `SAMPLE_DAY` the day that counts as today.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const SINEW = resolve(process.env.SINEW ?? join(REPOSITORY, "target/debug/sinew"));
const DAY = process.env.SAMPLE_DAY ?? "2026-11-25";

/// One page of every template.
export const TEMPLATES = [
  "/", "/pain/", "/pain/shoulder/", "/pain/low-back/", "/muscles/", "/muscles/infraspinatus/",
  "/symptoms/", "/symptoms/stiff-neck/", "/techniques/", "/techniques/finger-pressure/", "/articles/",
  "/articles/nine-ways-to-release-a-trigger-point/", "/services/", "/services/deep-tissue-massage/",
  "/faq/", "/glossary/", "/myths/", "/team/", "/team/studio-team/", "/references/", "/topics/",
  "/topics/home-care/", "/search/", "/about/", "/404.html",
];

const KINDS = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8", ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".wasm": "application/wasm",
};

/// What makes up the sample.
const SAMPLE = ["site.toml", "content"];

/// A folder with the sample in it, or only some parts of it, and these files over it:
/// `{ "content/a.md": "text" }`.
export async function project(over = {}, parts = SAMPLE) {
  const folder = await mkdtemp(join(tmpdir(), "sinew-"));
  const root = join(folder, "site");
  for (const part of parts) {
    await cp(join(REPOSITORY, part), join(root, part), { recursive: true });
  }
  // In one step, so that nobody sees half of a file.
  const write = async (path, text) => {
    const file = join(root, path);
    const half = join(dirname(file), `.${basename(file)}.half`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(half, text);
    await rename(half, file);
  };
  for (const [path, text] of Object.entries(over)) await write(path, text);
  return {
    folder,
    root,
    write,
    read: (path) => readFile(join(root, path), "utf8"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/// The sample as it is published, with the headers of its `_headers`: `url`, `folder` with the
/// files, and `stop()`.
export async function published(over = {}, flags = [], parts = SAMPLE) {
  const source = await project(over, parts);
  const folder = join(source.folder, "public");
  const words = ["build", "-r", source.root, "-o", folder, "--as-of", DAY, "--quiet", ...flags];
  try {
    await promisify(execFile)(SINEW, words);
  } catch (error) {
    await source.remove();
    throw error;
  }
  const headers = await headersOf(folder);
  const server = createServer((request, response) => answer(folder, headers, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await source.remove();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, folder, stop };
}

/// The headers of a path, as `_headers` says them: blocks of a pattern and its headers.
async function headersOf(folder) {
  const text = await readFile(join(folder, "_headers"), "utf8");
  const blocks = text.trim().split(/\n\n+/).map((block) => {
    const [pattern, ...lines] = block.split("\n");
    return [pattern.trim(), lines.map((line) => /^\s*([^:]+):\s*(.*)$/.exec(line).slice(1))];
  });
  const fits = (pattern, path) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return (path) => blocks.filter(([pattern]) => fits(pattern, path)).flatMap(([, headers]) => headers);
}

/// As `compress = ["br"]` packs what is published, by the path of the file.
const PACKED = new Map();

function packed(path, bytes) {
  const known = PACKED.get(path);
  if (known?.bytes.equals(bytes)) return known.packed;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  PACKED.set(path, { bytes, packed: brotliCompressSync(bytes, { params }) });
  return PACKED.get(path).packed;
}

async function answer(folder, headers, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = path.endsWith("/") ? `${path}index.html` : path;
  const read = (name) => readFile(join(folder, name)).catch(() => null);
  const found = await read(file);
  let bytes = found ?? (await read("404.html"));
  const kind = found ? KINDS[extname(file)] ?? "application/octet-stream" : KINDS[".html"];
  for (const [name, value] of headers(path)) response.setHeader(name, value);
  if (/text|json|xml/.test(kind) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
    bytes = packed(`${folder}/${file}`, bytes);
    response.setHeader("Content-Encoding", "br");
  }
  response.writeHead(found ? 200 : 404, { "Content-Type": kind });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/// The sample in the dev server: `url`, the `project` with `write` and `read`, what was `said()` in
/// the terminal, and `stop()`.
export async function served(over = {}, flags = [], parts = SAMPLE) {
  const source = await project(over, parts);
  const words = ["serve", "-r", source.root, "--as-of", DAY, "--port", "0", ...flags];
  const child = spawn(SINEW, words, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const lines = [];
  let tell;
  const ready = new Promise((done) => (tell = done));
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    const found = /serving (http:\S+)\//.exec(line);
    if (found) tell(found[1]);
  });
  let isStopping = false;
  const failed = ended.then(() => Promise.reject(new Error(`it ended: ${lines.join("\n")}`)));
  failed.catch((error) => { if (!isStopping) console.error(error.message); });
  const url = await Promise.race([ready, failed]);
  const stop = async () => {
    isStopping = true;
    child.kill();
    await ended;
    await source.remove();
  };
  return { url, project: source, said: () => lines.join("\n"), stop };
}
