// Talks JSON to the server for a page: a limit of time, patience, and one key per submission.

const TIMEOUT_MS = 15_000;
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 600;
const LONGEST_WAIT_MS = 10_000;
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

export const WORDS = {
  offline: "网络不通，请检查网络后再试。",
  slow: "网络太慢，服务器没有及时回应，请稍后再试。",
  busy: "系统繁忙，请稍后再试。",
  expired: "这个链接已失效，请回到聊天里重新打开。",
  forbidden: "您不能打开这个页面，请回到自己的聊天里打开链接。",
  missing: "没有找到这条内容，请回到聊天里重新打开。",
  too_large: "内容太大，请减少照片或文字后再提交。",
  conflict: "内容刚刚被别人改过，请刷新页面后再试。",
  refused: "提交没有成功，请检查后再试。",
};
const BY_STATUS = { 401: "expired", 403: "forbidden", 404: "missing", 409: "conflict", 410: "expired", 413: "too_large" };

/** What the server or the network said no with. `message` is for the reader; `code` and `fields` are for the page. */
export class Refusal extends Error {
  constructor(code, message, { fields = {}, status = 0, again = false, wait_ms = 0 } = {}) {
    super(message || WORDS[code] || WORDS.refused);
    this.name = "Refusal";
    this.code = code;
    this.fields = fields;
    this.status = status;
    this.again = again;
    this.wait_ms = wait_ms;
  }
}

/** A key nobody else makes; crypto.randomUUID is missing outside HTTPS. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Read an error answer, `{code, message, fields}`; anything else becomes a sentence of ours. */
export function refusalOf(status, text, retryAfter = null) {
  let told = null;
  try {
    told = JSON.parse(text);
  } catch {
    // A proxy's HTML page says nothing to the reader.
  }
  const again = AGAIN.has(status);
  const code = told?.code || BY_STATUS[status] || (again ? "busy" : "refused");
  const wait_ms = Math.min((Number(retryAfter) || 0) * 1000, LONGEST_WAIT_MS);
  return new Refusal(code, told?.message, { fields: told?.fields ?? {}, status, again, wait_ms });
}

export function sleep(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

/**
 * Do something until it succeeds, is refused for good, or was tried often enough.
 * The waits double and vary, so that a hundred phones coming out of a tunnel do not knock at once.
 */
export async function patiently(attempt, { attempts = ATTEMPTS, first_wait_ms = FIRST_WAIT_MS, onWait = () => {} } = {}) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt(tried);
    } catch (error) {
      if (!(error instanceof Refusal) || !error.again || tried >= attempts) throw error;
      onWait(error, tried);
      const wait = Math.min(first_wait_ms * 2 ** (tried - 1), LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
      await sleep(Math.max(wait, error.wait_ms));
    }
  }
}

/** The headers every call of a page carries; no foreign form can send the key. */
export function headersOf(key = "") {
  return { Accept: "application/json", ...(key && { "Idempotency-Key": key }) };
}

async function once(url, { method, headers, body, timeout_ms }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout_ms);
  try {
    const answer = await fetch(url, { method, headers, body, signal: stop.signal, credentials: "same-origin", cache: "no-store" });
    const text = await answer.text();
    if (!answer.ok) throw refusalOf(answer.status, text, answer.headers.get("Retry-After"));
    return text === "" ? null : JSON.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof SyntaxError) throw new Refusal("busy", "", { again: true });
    throw new Refusal(stop.signal.aborted ? "slow" : "offline", "", { again: true });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The server as one page sees it.
 *
 * - `get(url)` returns the answer.
 * - `send(url, facts, {key})` posts once or several times under one key, and returns the answer.
 * - `submission(url)` is for a button: pressing twice sends once, and pressing again after the network was lost repeats
 *   the same submission unless the facts changed.
 */
export function createApi({ attempts = ATTEMPTS, first_wait_ms = FIRST_WAIT_MS, timeout_ms = TIMEOUT_MS } = {}) {
  const patience = { attempts, first_wait_ms };

  function get(url) {
    return patiently(() => once(url, { method: "GET", headers: headersOf(), timeout_ms }), patience);
  }

  function send(url, facts, { key = newKey(), attempts: tries = attempts } = {}) {
    const headers = { ...headersOf(key), "Content-Type": "application/json" };
    const body = JSON.stringify(facts);
    return patiently(() => once(url, { method: "POST", headers, body, timeout_ms }), { ...patience, attempts: tries });
  }

  function submission(url) {
    let key = "";
    let sent = "";
    let running = null;

    async function run(facts) {
      try {
        const answer = await send(url, facts, { key });
        key = "";
        return answer;
      } catch (error) {
        // Whoever did not hear the answer does not know whether it was done, so the key stays for the next press.
        if (!error.again) key = "";
        throw error;
      }
    }

    return (facts) => {
      if (running) return running;
      const written = JSON.stringify(facts);
      if (key === "" || written !== sent) key = newKey();
      sent = written;
      running = run(facts).finally(() => {
        running = null;
      });
      return running;
    };
  }

  return { get, send, submission };
}
