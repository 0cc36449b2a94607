// Answers for a page of a job while the server cannot be reached. Its scope is one page's address, see job_offline.js.
// A signature for a chat's script is never kept.
// What never changes (files named by their contents) comes from what was kept; everything else from the network first.

const BUILD = self.location.pathname.split("/")[2];
const NAME = `fixloop-job-${BUILD}`;
const OVER = new Set([401, 403, 404, 410]);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("fixloop-job-") && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    await Promise.all(event.data.keep.map((url) => cache.add(url).catch(() => null)));
  };
  event.waitUntil(keep());
});

const isFixed = ({ pathname }) => pathname.startsWith("/static/") || /\/files\/[0-9a-f]{64}$/.test(pathname);

/** Page data says of itself that it is old. */
async function old(kept, { pathname }) {
  if (!pathname.endsWith("/data")) return kept;
  const body = await kept.json();
  body.data.kept = true;
  return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
}

async function answer(request, url) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(url.href, { ignoreVary: true });
  if (kept && isFixed(url)) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(url.href, fresh.clone());
    if (OVER.has(fresh.status)) await cache.delete(url.href);
    return fresh.status >= 500 && kept ? old(kept, url) : fresh;
  } catch (error) {
    if (kept) return old(kept, url);
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isKept = url.origin === self.location.origin && !url.pathname.endsWith("/sdk");
  if (event.request.method === "GET" && isKept) event.respondWith(answer(event.request, url));
});
