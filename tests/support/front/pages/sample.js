// The sample page of tests/flows/test_front.py, written like the pages in console/static/pages.

import { render } from "../compiled/sample.js";
import { openPage } from "../lib/app.js";
import { SignPad } from "../lib/sign.js";

const { reactive, ref } = globalThis.Vue;

openPage({
  name: "SamplePage",
  components: { SignPad },
  props: ["data", "tools"],
  setup({ tools }) {
    const facts = reactive({ fault: "" });
    const errors = ref({});
    const receipt = ref("");
    const busy = ref(false);
    const pad = ref(null);
    const strokes = ref(0);
    const send = tools.api.submission("/report");

    async function submit() {
      errors.value = {};
      busy.value = true;
      try {
        const { png, strokes: drawn } = await pad.value.take();
        receipt.value = (await send({ ...facts, png_bytes: png.size, drawn })).number;
      } catch (error) {
        errors.value = error.fields ?? {};
        tools.tell(error);
      } finally {
        busy.value = false;
      }
    }

    return { facts, errors, receipt, busy, pad, strokes, submit };
  },
  render,
});
