// Lets the page open without a network once it was opened with one, where the web view can (job-worker.js).

const NAME = "fixloop-job";

const worker = () => navigator.serviceWorker;

function resources(base) {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const own = loaded.filter((url) => new URL(url).origin === location.origin && url.includes("/static/"));
  return [...new Set([...own, `${location.origin}${base}`, `${location.origin}${base}/data`])];
}

/** Keep the page for later. Returns whether this web view can. */
export async function keepPage(base) {
  if (!worker()) return false;
  try {
    const found = await worker().register(new URL("./job-worker.js", import.meta.url), { scope: base });
    const ready = found.active ?? (await activated(found));
    ready.postMessage({ keep: resources(base) });
    return true;
  } catch (error) {
    console.warn("the page cannot be kept:", error);
    return false;
  }
}

function activated(registration) {
  const one = registration.installing ?? registration.waiting;
  return new Promise((done, fail) => {
    const look = () => {
      if (one.state === "activated") done(one);
      if (one.state === "redundant") fail(new Error("the worker was not installed"));
    };
    one.addEventListener("statechange", look);
    look();
  });
}

/** Forget what was kept of a job that is somebody else's now. */
export async function forgetPage(base) {
  if (!window.caches) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(NAME)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(`${base}/`)) await cache.delete(request);
    }
  }
}
