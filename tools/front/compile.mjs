// Compiles every console/templates/*.html (a Vue template) into console/static/compiled/*.js, a module with `render`.
// The strict policy of the pages forbids eval, so this cannot be left to the browser.
//
//   node compile.mjs                      write what changed
//   node compile.mjs --check              write nothing; end with 1 when something is not fresh
//   node compile.mjs FROM INTO [--check]  other folders (the tests' sample page)

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { compile } = require("@vue/compiler-dom");
const { version } = require("@vue/compiler-dom/package.json");

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const words = process.argv.slice(2);
const check = words.includes("--check");
const [from = join(ROOT, "console/templates"), into = join(ROOT, "console/static/compiled")] = words.filter((word) => word !== "--check");

const IMPORT = /^import \{ (.+) \} from "vue"$/m;

function compiled(name, source) {
  const { code } = compile(source.trim(), {
    mode: "module",
    prefixIdentifiers: true,
    // Hoisted static parts would become one string for innerHTML, and the policy forbids style attributes in it.
    hoistStatic: false,
    comments: false,
    filename: name,
    onError: (error) => {
      const { line, column } = error.loc?.start ?? { line: 1, column: 1 };
      throw new Error(`${name}:${line}:${column}: ${error.message}`);
    },
  });
  const sha256 = createHash("sha256").update(source).digest("hex");
  // Vue is a global there, because Vant's build wants one; a bare "vue" would need an import map, which is inline script.
  const body = code.replace(IMPORT, (_, names) => `const { ${names.replaceAll(" as ", ": ")} } = globalThis.Vue;`);
  if (/\bfrom "vue"|createStaticVNode/.test(body)) throw new Error(`${name}: the compiler wrote what a strict policy refuses`);
  return `// Compiled from ${name} by \`make front\` with @vue/compiler-dom ${version}; do not edit.\n// sha256 of the template: ${sha256}\n${body.trim()}\n`;
}

const outdated = [];
if (!check) mkdirSync(into, { recursive: true });
const listed = (folder, ending) => (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith(ending)).sort();
const pages = listed(from, ".html");
for (const page of pages) {
  const target = join(into, page.replace(/\.html$/, ".js"));
  const code = compiled(page, readFileSync(join(from, page), "utf8"));
  if (existsSync(target) && readFileSync(target, "utf8") === code) continue;
  outdated.push(target);
  if (!check) writeFileSync(target, code);
}
for (const file of listed(into, ".js")) {
  if (pages.includes(file.replace(/\.js$/, ".html"))) continue;
  outdated.push(resolve(into, file));
  if (!check) rmSync(join(into, file));
}
for (const target of outdated) console.log(`${check ? "not fresh" : "written"}: ${target}`);
if (check && outdated.length > 0) process.exit(1);
