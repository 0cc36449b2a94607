// Photos chosen on the page: made small, uploaded at once where there is a network, else together with their step.

import { Refusal } from "../lib/api.js";
import { prepare, upload } from "../lib/photos.js";

const { markRaw, reactive } = globalThis.Vue;

/** What can be kept in a draft, and sent with a step. */
export const plain = (photos) => photos.map(({ sha256, blob, name }) => ({ sha256, blob, name }));

/**
 * Photos of one form: `list` of `{url, sha256, blob, name, part, error}`, `part` being 0 to 1 while it is on its way.
 *
 * Args: `most` photos; `onChange` is called when something is to be kept; `tell` says what was refused.
 */
export function usePhotos({ base, bridge, most, onChange, tell }) {
  const state = reactive({ list: [], busy: false });

  function add({ blob, name, sha256 = "" }) {
    state.list.push({ url: URL.createObjectURL(blob), blob: markRaw(blob), name, sha256, part: 0, error: "" });
    return state.list[state.list.length - 1];
  }

  async function send(photo) {
    photo.error = "";
    photo.part = 0.01;
    const { answer } = upload(`${base}/files`, photo, {
      attempts: 2,
      onProgress: (part) => {
        photo.part = Math.max(part, 0.01);
      },
    });
    try {
      photo.sha256 = (await answer).sha256;
      onChange();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      photo.error = error.again ? "还没传上去，提交时会再传" : error.message;
    } finally {
      photo.part = 0;
    }
  }

  async function choose() {
    const files = await bridge.pickImages({ most: Math.max(1, most - state.list.length) });
    state.busy = true;
    for (const file of files.slice(0, most - state.list.length)) {
      try {
        const photo = add(await prepare(file));
        onChange();
        await send(photo);
      } catch (error) {
        tell(error);
      }
    }
    state.busy = false;
  }

  function remove(photo) {
    URL.revokeObjectURL(photo.url);
    state.list.splice(state.list.indexOf(photo), 1);
    onChange();
  }

  function clear() {
    for (const photo of state.list) URL.revokeObjectURL(photo.url);
    state.list.splice(0);
  }

  function restore(photos) {
    clear();
    for (const photo of photos) add(photo);
  }

  return reactive({ state, most, choose, send, remove, clear, restore, plain: () => plain(state.list) });
}
