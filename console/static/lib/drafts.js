// What was done without a network: steps wait on the phone in order, with the phone's time, until the server has them.
// One step is one call; the steps of a work order go in the order in which they were done. Forms half filled in are kept
// beside them. Everything survives a reload, and stands under its owner, because colleagues lend each other phones.

import { Refusal, newKey } from "./api.js";

const VERSION = 1;
const EVERY_MS = 30_000;
const FULL = "手机存不下草稿，请保持联网后再提交，或者清理手机存储空间。";

function asked(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

function opened(name) {
  return new Promise((done, fail) => {
    let request;
    try {
      request = indexedDB.open(name, VERSION);
    } catch {
      fail(new Refusal("storage", FULL));
      return;
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore("steps", { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore("forms", { keyPath: "name" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(new Refusal("storage", FULL));
  });
}

// Two tabs of one phone must not send the same queue at once; where locks are missing, the keys make it harmless.
function alone(name, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

/**
 * The drafts of one person.
 *
 * Args:
 *   owner: whose they are, an id that stays the same when the link is renewed.
 *   send: `async (step) => answer`; throws a Refusal. A page passes
 *     `(step) => api.send(step.url, {...step.facts, device_at: step.device_at}, {key: step.key, attempts: 1})`.
 *   onChange: called with all waiting steps whenever they change.
 *
 * A step is `{id, order, url, facts, label, key, device_at, state, code, message}`; `state` is "waiting", "conflict" or
 * "refused", the latter two with the server's sentence. After such a step the later ones of its work order wait, because
 * they were done believing in it; the page shows the sentence and offers `again(id)` or `drop(id)`.
 */
export async function openDrafts({ owner, send, onChange = () => {} }) {
  const name = `fixloop-drafts-${owner}`;
  const database = await opened(name);
  let sending = null;
  let timer = 0;

  async function within(store, mode, work) {
    const transaction = database.transaction(store, mode);
    const finished = new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onabort = () => fail(new Refusal("storage", FULL));
    });
    try {
      const [result] = await Promise.all([work(transaction.objectStore(store)), finished]);
      return result;
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal("storage", FULL);
    }
  }

  const steps = () => within("steps", "readonly", (store) => asked(store.getAll()));

  async function changed() {
    onChange(await steps());
  }

  /** Keep a step for the next `flush()`. Facts may hold blobs if `send` knows what to do with them. */
  async function add({ order, url, facts, label = "" }) {
    const step = { order, url, facts, label, key: newKey(), device_at: new Date().toISOString(), state: "waiting", code: "", message: "" };
    step.id = await within("steps", "readwrite", (store) => asked(store.add(step)));
    await changed();
    return step;
  }

  async function put(step) {
    // Dropped by another tab meanwhile is dropped.
    await within("steps", "readwrite", async (store) => {
      if (await asked(store.get(step.id))) await asked(store.put(step));
    });
    await changed();
  }

  async function drop(id) {
    await within("steps", "readwrite", (store) => asked(store.delete(id)));
    await changed();
  }

  /** Try a step once more that the server had refused, under a new key, because the old one stands for the refusal. */
  async function again(id) {
    const step = (await steps()).find((one) => one.id === id);
    if (step) await put({ ...step, state: "waiting", code: "", message: "", key: newKey() });
    return flush();
  }

  async function next() {
    const held = new Set();
    for (const step of await steps()) {
      if (held.has(step.order)) continue;
      if (step.state === "waiting") return step;
      held.add(step.order);
    }
    return null;
  }

  async function sendAll() {
    const report = { sent: 0, stopped: null };
    for (let step = await next(); step; step = await next()) {
      try {
        await send(step);
        report.sent += 1;
        await drop(step.id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // Without network or with a link that has run out nothing of the rest would arrive either.
        if (error.again || error.code === "expired") {
          report.stopped = error;
          return report;
        }
        const state = error.code === "conflict" ? "conflict" : "refused";
        await put({ ...step, state, code: error.code, message: error.message });
      }
    }
    return report;
  }

  /** Send what waits, in order. Returns `{sent, stopped}`, `stopped` being the Refusal that ended it early. */
  function flush() {
    sending ??= Promise.resolve(alone(name, sendAll))
      .then((report) => report ?? { sent: 0, stopped: null })
      .finally(() => {
        sending = null;
      });
    return sending;
  }

  const wake = () => {
    if (document.visibilityState !== "hidden" && navigator.onLine !== false) flush().catch(console.error);
  };

  /** Send by itself: now, when the network is back, when the page is looked at again, and every half minute. */
  function start() {
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    timer = setInterval(wake, EVERY_MS);
    wake();
  }

  function stop() {
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
    clearInterval(timer);
    database.close();
  }

  const keepForm = (form, value) => within("forms", "readwrite", (store) => asked(store.put({ name: form, value })));
  const dropForm = (form) => within("forms", "readwrite", (store) => asked(store.delete(form)));
  const loadForm = async (form) => (await within("forms", "readonly", (store) => asked(store.get(form))))?.value ?? null;

  return { add, again, drop, flush, steps, start, stop, keepForm, loadForm, dropForm };
}
