// Copies the libraries that package-lock.json pins into console/static/vendor/, with what a browser and a lawyer need
// beside them: a gzipped sibling, the licences, and vendor.lock.json with the hashes that a test checks.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { buildSync, version as ESBUILD } from "esbuild";

const MODULES = new URL("./node_modules/", import.meta.url);
const STATIC = new URL("../../console/static/", import.meta.url);
const VENDOR = new URL("vendor/", STATIC);

// `load` says how a page takes the file in: a deferred classic script, a style sheet, an import of a module of ours, or
// only by a style sheet that names it, or by the bridge once a page needs it within that chat.
const FILES = [
  { name: "vue", from: "dist/vue.runtime.global.prod.js", as: "vue.runtime.global.prod.js", load: "script" },
  { name: "vant", from: "lib/vant.min.js", as: "vant.min.js", load: "script" },
  { name: "vant", from: "lib/index.css", as: "vant.css", load: "style", change: withoutFont },
  { name: "signature_pad", from: "dist/signature_pad.min.js", as: "signature_pad.min.js", load: "module", change: withoutMap },
  { name: "@wecom/jssdk", from: "dist/wecom.global.prod.js", as: "wecom-jssdk.min.js", load: "bridge" },
  { name: "dingtalk-jsapi", from: "core.js", as: "dingtalk-jsapi.min.js", load: "bridge", change: bundled },
];
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
const FONT = /url\(data:font\/woff2;charset=utf-8;base64,([A-Za-z0-9+/=]+)\) format\("woff2"\),url\(\/\/[^)]+\) format\("woff"\)/;

function withoutMap(text) {
  return { text: text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "\n"), note: "without the reference to a source map" };
}

// The package is CommonJS modules without a file for browsers.
function bundled() {
  const built = buildSync({
    entryPoints: [new URL("./dingtalk.mjs", import.meta.url).pathname],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2017",
    external: ["promise-polyfill/*"], // Asked for only where there is no Promise, and no page of ours runs there.
    metafile: true,
  });
  const foreign = Object.keys(built.metafile.inputs).filter((file) => !/dingtalk(\.mjs$|-jsapi\/)/.test(file));
  if (foreign.length > 0) throw new Error(`another library came along, whose licence is to be read: ${foreign}`);
  return { text: built.outputFiles[0].text, note: `tools/front/dingtalk.mjs, bundled by esbuild ${ESBUILD}` };
}

// Base64 does not compress, the policy would have to allow data: fonts, and the fallback stands on somebody's host.
function withoutFont(text, version) {
  const found = FONT.exec(text);
  if (found === null) throw new Error("vant's icon font is not where it was; look at its @font-face again");
  const file = `vant-icon-${version}.woff2`;
  const note = "the icon font stands in a file of its own, and the fallback on another host is left out";
  return { text: text.replace(FONT, `url(${file}) format("woff2")`), note, font: { file, bytes: Buffer.from(found[1], "base64") } };
}

function read(name, path) {
  return readFileSync(new URL(`${name}/${path}`, MODULES));
}

function write(file, bytes) {
  writeFileSync(new URL(file, VENDOR), bytes);
  if (file.endsWith(".woff2")) return;
  const packed = gzipSync(bytes, { level: 9 });
  packed.fill(0, 4, 8); // No time and no system in the header, so that the same input gives the same bytes.
  packed[9] = 255;
  writeFileSync(new URL(`${file}.gz`, VENDOR), packed);
}

function row({ name, version, license }, source, file, load, bytes, note) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const told = { name, version, licence: license, package: `${name}@${version}`, source, file: `vendor/${file}`, load, bytes: bytes.length, sha256 };
  return note ? { ...told, changed: note } : told;
}

// Both chats' packages say MIT in package.json, which their makers publish, and carry no text of it.
function licence({ name, author, repository }) {
  const own = new URL(`${name}/LICENSE`, MODULES);
  if (existsSync(own)) return readFileSync(own, "utf8").trim();
  const maker = author?.name ?? author ?? repository?.url ?? name;
  return `The package declares this licence in its package.json and carries no text of it; published by: ${maker}.\n\n${MIT}`;
}

mkdirSync(VENDOR, { recursive: true });
for (const old of readdirSync(VENDOR)) rmSync(new URL(old, VENDOR));

const rows = [];
const licences = new Map();
for (const { name, from, as, load, change } of FILES) {
  const facts = JSON.parse(read(name, "package.json"));
  const file = as.replace(/^[^.]+/, (stem) => `${stem}-${facts.version}`);
  const changed = change?.(read(name, from).toString("utf8"), facts.version);
  const bytes = changed ? Buffer.from(changed.text) : read(name, from);
  write(file, bytes);
  rows.push(row(facts, from, file, load, bytes, changed?.note));
  if (changed?.font) {
    write(changed.font.file, changed.font.bytes);
    rows.push(row(facts, from, changed.font.file, "font", changed.font.bytes, "taken out of the style sheet"));
  }
  licences.set(name, `## ${name} ${facts.version} (${facts.license})\n\n${licence(facts)}\n`);
}

writeFileSync(new URL("vendor.lock.json", STATIC), `${JSON.stringify({ files: rows }, null, 2)}\n`);
const head = "# Licences of the vendored files\n\nWritten by `make front`; the files are listed in `../vendor.lock.json`.\n";
writeFileSync(new URL("LICENSES.md", VENDOR), [head, ...licences.values()].join("\n"));
console.log(rows.map(({ file, bytes }) => `${file} ${bytes}`).join("\n"));
