// The customer signs on the technician's phone: for the report that stands above the field, and for no other.

import { Refusal } from "../lib/api.js";

const { reactive, ref } = globalThis.Vue;

const MOST_POINTS = 4000;

/** What signature_pad calls data, as lines of [x, y, milliseconds since the first point]. */
function lines({ strokes }) {
  const begins = Math.min(...strokes.flatMap(({ points }) => points.map(({ time }) => time)));
  const all = strokes.map(({ points }) => points.map(({ x, y, time }) => [Math.round(x), Math.round(y), Math.max(0, Math.round(time - begins))]));
  const every = Math.ceil(all.flat().length / MOST_POINTS);
  return every > 1 ? all.map((line) => line.filter((_, at) => at % every === 0)) : all;
}

export function useSign({ version, press, tell }) {
  const pad = ref(null);
  const state = reactive({ open: false, signer: "", busy: false });

  async function submit() {
    state.busy = true;
    try {
      if (!state.signer.trim()) throw new Refusal("signer", "请填写签字人的姓名。");
      const { png, strokes } = await pad.value.take();
      const body = { signer: state.signer.trim(), strokes: lines(strokes), seen_report: version(), device: navigator.userAgent.slice(0, 200) };
      await press("sign", body, "客户签字", [{ blob: png, name: "signature.png" }], "image");
      Object.assign(state, { open: false, signer: "" });
    } catch (error) {
      tell(error);
    } finally {
      state.busy = false;
    }
  }

  return { pad, sign: reactive({ state, submit }) };
}
