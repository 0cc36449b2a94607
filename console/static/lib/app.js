// Opens a page: fetches its data, shows that it is loading, why it failed or that its link has run out, and hands over.
//
// The document holds no data and no inline script, only
//   <div id="page" data-url="…page data…" data-base="…where the page's deeds and files are…"></div>
// The answer is `{data}`, the page data; `title` in it becomes the document's.

import { Refusal, createApi } from "./api.js";
import { createBridge } from "./bridge.js";

const { createApp, h, shallowRef } = globalThis.Vue;

const SDK_MS = 2000;
const OVER = new Set(["expired", "forbidden", "missing"]);
const HEADINGS = { expired: "链接已失效", forbidden: "不能打开", missing: "没有找到", offline: "网络不通", slow: "网络太慢" };
const DEFECT = new Refusal("defect", "页面出了点问题，请刷新后再试；一直这样时，请在聊天里告诉我们。", { again: true });

function loading() {
  return h("div", { class: "state", role: "status" }, [h("div", { class: "spinner" }), h("p", "正在打开…")]);
}

function failed(error, reload) {
  const parts = [h("h1", HEADINGS[error.code] ?? "没有打开"), h("p", error.message)];
  if (!OVER.has(error.code)) parts.push(h("button", { type: "button", class: "act", onClick: reload }, "重试"));
  return h("div", { class: "state", role: "alert" }, parts);
}

/** Say something that went wrong, for a moment; what is not a Refusal is a defect and goes to the console too. */
export function tell(error) {
  const known = error instanceof Refusal;
  if (!known) console.error(error);
  globalThis.vant.showToast({ message: known ? error.message : DEFECT.message, duration: 4000, wordBreak: "break-word" });
}

/** Ask once and briefly: somebody waits with a finger on the button. */
function asking(base) {
  const api = createApi({ attempts: 1, timeout_ms: SDK_MS });
  return async (platform, url) => (await api.get(`${base}/sdk?${new URLSearchParams({ platform, url })}`)).sdk;
}

/**
 * Mount a page.
 *
 * Args:
 *   page: a component with `render` from compiled/ and `setup(props)`; its props are `data`, the page data, and `tools`,
 *     `{api, bridge, reload, tell}`. `reload()` fetches the data anew; `setup` runs again then.
 *   root: the mount node.
 *   readCode: see bridge.js; given `(api) => async (file) => text`.
 */
export function openPage(page, { root = document.getElementById("page"), readCode = null } = {}) {
  const { url, base } = root.dataset;
  const api = createApi();
  const state = shallowRef({ phase: "loading" });
  let bridge = null;

  let turn = 0;

  async function load() {
    const { data } = await api.get(url);
    bridge ??= createBridge({ askSdk: base ? asking(base) : null, readCode: readCode?.(api) ?? null });
    if (data.title) document.title = data.title;
    turn += 1; // A key of its own makes the component anew with the new data.
    state.value = { phase: "ready", data, turn };
  }

  const give = (error) => {
    state.value = { phase: "failed", error: error instanceof Refusal ? error : DEFECT };
    if (!(error instanceof Refusal)) console.error(error);
  };

  function begin() {
    state.value = { phase: "loading" };
    return load().catch(give);
  }

  // What is in view stays in view when it cannot be fetched anew, unless the link has run out.
  function reload() {
    return load().catch((error) => (OVER.has(error.code) ? give(error) : tell(error)));
  }

  const app = createApp({
    name: "PageFrame",
    setup: () => () => {
      const { phase, data, error, turn: key } = state.value;
      root.setAttribute("aria-busy", String(phase === "loading"));
      if (phase === "loading") return loading();
      if (phase === "failed") return failed(error, begin);
      return h(page, { key, data, tools: { api, bridge, reload, tell } });
    },
  });
  // A refusal that a page did not catch is told; anything else is a defect, and half a page would mislead.
  app.config.errorHandler = (error) => (error instanceof Refusal ? tell(error) : give(error));
  app.use(globalThis.vant);
  app.mount(root);
  begin();
  return app;
}
