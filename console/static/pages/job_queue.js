// The technician's steps on their way to the server: one by one, in order, each once, with the phone's time.

import { Refusal } from "../lib/api.js";
import { openDrafts } from "../lib/drafts.js";
import { upload } from "../lib/photos.js";

const { reactive } = globalThis.Vue;

const OVER = new Set([401, 403, 404, 410]);

// What the clock of this phone is off, known from the server's; without a network the last known counts.
const SKEW = "fixloop-skew-ms";

export function learnClock(now) {
  try {
    localStorage.setItem(SKEW, String(Math.round(Date.parse(now) - Date.now())));
  } catch {
    // A web view without storage: the phone's own time counts.
  }
}

function skew() {
  try {
    return Number(localStorage.getItem(SKEW)) || 0;
  } catch {
    return 0;
  }
}

/** Upload what was not uploaded yet; the names of all photos, in order. */
export async function uploadAll(base, photos, patience = {}) {
  const names = [];
  for (const photo of photos) {
    if (!photo.sha256) photo.sha256 = (await upload(`${base}/files`, photo, patience).answer).sha256;
    names.push(photo.sha256);
  }
  return names;
}

async function sent(step, base, api) {
  const { deed, body, photos, as, skew_ms } = step.facts;
  const device_at = new Date(Date.parse(step.device_at) + skew_ms).toISOString();
  const facts = { ...body, device_at };
  if (photos.length) {
    const names = await uploadAll(base, photos, { attempts: 1 });
    facts[as] = as === "photos" ? names : names[0];
  }
  return api.send(`${base}/do/${deed}`, facts, { key: step.key, attempts: 1 });
}

/**
 * The waiting steps of one technician, of whom this page shows those of one work order.
 *
 * `state` is reactive: `steps` of this work order, `others` is how many wait for other work orders, `offline` says that
 * the last attempt did not reach the server. `press(deed, body, label, photos)` returns the answer, or null when the step
 * waits now; it throws the Refusal of a step that was refused at once, which then waits for nothing.
 */
export async function openQueue({ owner, order, base, api, onAnswer, onConflict }) {
  const state = reactive({ steps: [], others: 0, offline: false });
  const answers = new Map();

  async function send(step) {
    const own = step.order === order;
    try {
      const answer = await sent(step, own ? base : step.url, api);
      state.offline = false;
      if (own) {
        answers.set(step.key, answer);
        onAnswer(answer);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A link that ran out says nothing about the steps: they wait for the next one.
      if (OVER.has(error.status)) throw new Refusal("expired", error.message, { status: error.status });
      // What changed meanwhile, e.g. in another tab, is shown, so that the next press is about what is seen.
      if (error.status === 409 && own) onConflict();
      throw error;
    }
  }

  const drafts = await openDrafts({
    owner,
    send,
    onChange: (steps) => {
      state.steps = steps.filter((step) => step.order === order);
      state.others = steps.length - state.steps.length;
    },
  });
  const all = await drafts.steps();
  state.steps = all.filter((step) => step.order === order);
  state.others = all.length - state.steps.length;

  async function flush() {
    const { stopped } = await drafts.flush();
    state.offline = Boolean(stopped && ["offline", "slow", "busy"].includes(stopped.code));
    return stopped;
  }

  async function press(deed, body, label, photos = [], as = "photos") {
    const step = await drafts.add({ order, url: base, label, facts: { deed, body, photos, as, skew_ms: skew() } });
    const look = async () => (await drafts.steps()).find((one) => one.id === step.id);
    let stopped = await flush();
    // A round that was just ending has not seen the new step.
    if (!stopped && (await look())?.state === "waiting") stopped = await flush();
    if (answers.has(step.key)) return answers.get(step.key);
    const kept = await look();
    if (kept && kept.state === "refused") {
      await drafts.drop(step.id);
      throw new Refusal(kept.code, kept.message);
    }
    if (stopped && stopped.code === "expired") throw stopped;
    return null;
  }

  return { ...drafts, state, flush, press };
}
