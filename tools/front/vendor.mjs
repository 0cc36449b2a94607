// Copies the libraries that package-lock.json pins into console/static/vendor/, with what a browser and a lawyer need
// beside them: a gzipped sibling, the licences, and vendor.lock.json with the hashes that a test checks.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MODULES = new URL("./node_modules/", import.meta.url);
const STATIC = new URL("../../console/static/", import.meta.url);
const VENDOR = new URL("vendor/", STATIC);

// `load` says how a page takes the file in: a deferred classic script, a style sheet, an import of a module of ours, or
// only by a style sheet that names it.
const FILES = [
  { name: "vue", from: "dist/vue.runtime.global.prod.js", as: "vue.runtime.global.prod.js", load: "script" },
  { name: "vant", from: "lib/vant.min.js", as: "vant.min.js", load: "script" },
  { name: "vant", from: "lib/index.css", as: "vant.css", load: "style", change: withoutFont },
  { name: "signature_pad", from: "dist/signature_pad.min.js", as: "signature_pad.min.js", load: "module", change: withoutMap },
];
const FONT = /url\(data:font\/woff2;charset=utf-8;base64,([A-Za-z0-9+/=]+)\) format\("woff2"\),url\(\/\/[^)]+\) format\("woff"\)/;

function withoutMap(text) {
  return { text: text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "\n"), note: "without the reference to a source map" };
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
  licences.set(name, `## ${name} ${facts.version} (${facts.license})\n\n${read(name, "LICENSE").toString("utf8").trim()}\n`);
}

writeFileSync(new URL("vendor.lock.json", STATIC), `${JSON.stringify({ files: rows }, null, 2)}\n`);
const head = "# Licences of the vendored files\n\nWritten by `make front`; the files are listed in `../vendor.lock.json`.\n";
writeFileSync(new URL("LICENSES.md", VENDOR), [head, ...licences.values()].join("\n"));
console.log(rows.map(({ file, bytes }) => `${file} ${bytes}`).join("\n"));
