// What the customer's pages share: photos that travel at once, and the field that a refusal is about.

import { Refusal } from "../lib/api.js";
import { prepare, upload } from "../lib/photos.js";

const { reactive } = globalThis.Vue;

/** Say that something was done. */
export function say(message) {
  globalThis.vant.showToast({ message, duration: 3000, wordBreak: "break-word" });
}

/** Go to the first field that was filled in wrongly. */
export function showFirstError() {
  requestAnimationFrame(() => {
    const wrong = document.querySelector(".van-field__error-message, .bad[role=alert]");
    const field = wrong?.closest(".van-cell")?.querySelector("input, textarea");
    (field ?? wrong)?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  });
}

/** Upload something as bytes and return its sha256. */
export async function sent(base, photo, options = {}) {
  const { answer } = upload(`${base}/files`, photo, options);
  return (await answer).sha256;
}

/** Photos of a form: `list` of `{url, blob, name, sha256, part, error}`, `part` being 0 to 1 on its way. */
export function usePhotos({ base, bridge, most, tell }) {
  const state = reactive({ list: [], busy: false, choose, send, remove, clear });

  async function send(photo) {
    photo.error = "";
    photo.part = 0.01;
    try {
      const onProgress = (part) => {
        photo.part = Math.max(part, 0.01);
      };
      photo.sha256 = await sent(base, photo, { onProgress });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      photo.error = error.message;
      tell(error);
    } finally {
      photo.part = 0;
    }
  }

  async function choose() {
    const files = await bridge.pickImages({ most: most - state.list.length });
    state.busy = files.length > 0;
    for (const file of files) {
      try {
        const { blob, name } = await prepare(file);
        state.list.push({ url: URL.createObjectURL(blob), blob: globalThis.Vue.markRaw(blob), name, sha256: "", part: 0, error: "" });
        await send(state.list[state.list.length - 1]);
      } catch (error) {
        tell(error);
      }
    }
    state.busy = false;
  }

  function remove(photo) {
    URL.revokeObjectURL(photo.url);
    state.list.splice(state.list.indexOf(photo), 1);
  }

  function clear() {
    while (state.list.length > 0) remove(state.list[0]);
  }

  return state;
}
