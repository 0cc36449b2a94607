// A field to sign on with a finger: sharp on every screen, kept when the phone is turned, never empty.

import SignaturePad from "../vendor/signature_pad-5.1.4.min.js";
import { Refusal } from "./api.js";

const { h, onBeforeUnmount, onMounted, ref } = globalThis.Vue;

const SHORTEST_PX = 40;
const EMPTY = "还没有签名，请先在框里签名。";
const TOO_SHORT = "签名太短，请写下姓名后再提交。";

const count = (strokes) => strokes.filter((stroke) => stroke.points.length > 0).length;

function lengthOf(strokes) {
  let length = 0;
  for (const { points } of strokes) {
    for (let at = 1; at < points.length; at += 1) {
      length += Math.hypot(points[at].x - points[at - 1].x, points[at].y - points[at - 1].y);
    }
  }
  return length;
}

function scaled(strokes, by) {
  return strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((point) => ({ ...point, x: point.x * by, y: point.y * by })) }));
}

function fitted(canvas, pad, before) {
  const { offsetWidth: width, offsetHeight: height } = canvas;
  if (width === 0 || (width === before.width && height === before.height)) return before;
  const strokes = before.width ? scaled(pad.toData(), width / before.width) : [];
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext("2d").scale(ratio, ratio);
  pad.fromData(strokes); // Clears, which a canvas of a new size needs for its white ground.
  return { width, height };
}

/**
 * The component `<sign-pad ref="pad" @change="strokes => …">`.
 *
 * Its methods: `take()` returns `{png, strokes}`, a PNG blob and what signature_pad calls data (points with time and
 * pressure, JSON), and throws a Refusal when nobody signed; `clear()`; `undo()` takes the last stroke away.
 */
export const SignPad = {
  name: "SignPad",
  props: { label: { type: String, default: "请在框内签名" } },
  emits: ["change"],
  setup(props, { emit, expose }) {
    const canvas = ref(null);
    const strokes = ref(0);
    let pad = null;
    let watcher = null;
    let size = { width: 0, height: 0 };

    function changed() {
      strokes.value = count(pad.toData());
      emit("change", strokes.value);
    }

    function clear() {
      pad.clear();
      changed();
    }

    function undo() {
      pad.fromData(pad.toData().slice(0, -1));
      changed();
    }

    async function take() {
      const data = pad.toData();
      if (count(data) === 0) throw new Refusal("signature_empty", EMPTY);
      if (lengthOf(data) < SHORTEST_PX) throw new Refusal("signature_short", TOO_SHORT);
      const png = await new Promise((done) => canvas.value.toBlob(done, "image/png"));
      return { png, strokes: { width: size.width, height: size.height, strokes: data } };
    }

    onMounted(() => {
      pad = new SignaturePad(canvas.value, { backgroundColor: "rgb(255,255,255)", penColor: "rgb(16,24,40)", minWidth: 0.8, maxWidth: 2.6 });
      pad.addEventListener("endStroke", changed);
      const fit = () => {
        size = fitted(canvas.value, pad, size);
      };
      fit();
      watcher = new ResizeObserver(fit);
      watcher.observe(canvas.value);
    });
    onBeforeUnmount(() => {
      watcher?.disconnect();
      pad?.off();
    });
    expose({ take, clear, undo });

    const button = (words, act) =>
      h("button", { type: "button", class: "sign-act", disabled: strokes.value === 0, onClick: act }, words);
    return () =>
      h("div", { class: "sign" }, [
        h("canvas", { ref: canvas, class: "sign-field", role: "img", "aria-label": props.label }),
        strokes.value === 0 ? h("span", { class: "sign-hint", "aria-hidden": "true" }, props.label) : null,
        h("div", { class: "sign-acts" }, [button("撤销一笔", undo), button("重写", clear)]),
      ]);
  },
};
