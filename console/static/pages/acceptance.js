// The end of a repair for the customer: read what was done, sign for it or send it back, and say how it went.

import { render } from "../compiled/acceptance.js";
import { Refusal } from "../lib/api.js";
import { openPage } from "../lib/app.js";
import { SignPad } from "../lib/sign.js";
import { say, sent, showFirstError } from "./customer.js";
import { compact } from "./strokes.js";

const { reactive, ref, shallowRef } = globalThis.Vue;

const SCORES = [
  { score: 5, label: "很满意" },
  { score: 4, label: "满意" },
  { score: 3, label: "一般" },
  { score: 2, label: "不满意" },
  { score: 1, label: "很不满意" },
];
const CHANGED = new Refusal("outdated_press", "服务报告刚刚改过，已显示最新内容，请看过后再提交。");
const { base } = document.getElementById("page").dataset;

openPage({
  name: "AcceptancePage",
  components: { SignPad },
  props: ["data", "tools"],
  setup(props) {
    const { api, tell } = props.tools;
    const data = shallowRef(props.data);
    const errors = ref({});
    const busy = ref(false);
    const pad = ref(null);
    const strokes = ref(0);
    const rejecting = ref(false);
    const reason = ref("");
    const signing = reactive({ signer: "" });
    const rating = reactive({ score: 0, comment: "", nps: null });
    const send = Object.fromEntries(["sign", "reject", "rate"].map((deed) => [deed, api.submission(`${base}/do/${deed}`)]));

    async function submit(deed, factsOf) {
      if (busy.value) return;
      errors.value = {};
      busy.value = true;
      try {
        const answer = await send[deed](await factsOf());
        if (answer.data) data.value = answer.data;
        rejecting.value = false;
        say(answer.message);
        window.scrollTo(0, 0);
      } catch (error) {
        errors.value = error.fields ?? {};
        tell(error.code === "outdated_press" ? CHANGED : error);
        if (error.status === 409) await refresh();
        else showFirstError();
      } finally {
        busy.value = false;
      }
    }

    // The report may have been corrected, or somebody else accepted it, since it was opened.
    async function refresh() {
      const answer = await api.get(`${base}/data`).catch(() => null);
      if (!answer) return;
      // What was drawn was meant for the report that was read.
      if (answer.data.report?.version !== data.value.report?.version) pad.value?.clear();
      data.value = answer.data;
    }

    const sign = () =>
      submit("sign", async () => {
        const { png, strokes: drawn } = await pad.value.take();
        const image = await sent(base, { blob: png, name: "signature.png" });
        return { report: data.value.report.version, image, strokes: compact(drawn.strokes), signer: signing.signer, device: navigator.userAgent };
      });
    const reject = () => submit("reject", () => ({ report: data.value.report.version, reason: reason.value }));
    const rate = () => submit("rate", () => ({ ...rating }));

    return { data, errors, busy, pad, strokes, rejecting, reason, signing, rating, sign, reject, rate, scores: SCORES, base };
  },
  render,
});
