// A fault reported by whoever stands before the machine. What was typed is kept on the phone until it has arrived; then the
// receipt is, so that whoever goes back sees it and does not report again.

import { render } from "../compiled/report.js";
import { Refusal } from "../lib/api.js";
import { openPage } from "../lib/app.js";
import { showFirstError, usePhotos } from "./customer.js";

const { reactive, ref, watch } = globalThis.Vue;

const MOST_PHOTOS = 9;
const TIMES = ["尽快", "今天下午", "明天上午", "明天下午"];
const { base } = document.getElementById("page").dataset;
const KEPT = `fixloop-report-${base}`;
const NOT_YET = new Refusal("photo_waits", "有照片还没有传上去，请点“重传”，或删掉这张照片后再提交。");

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // A private window keeps nothing.
  }
}

function keep(facts) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(facts));
  } catch {
    // As above.
  }
}

openPage({
  name: "ReportPage",
  props: ["data", "tools"],
  setup({ tools }) {
    const { receipt: got = null, ...typed } = kept();
    const facts = reactive({ fault: "", name: "", mobile: "", when: "", ...typed });
    const errors = ref({});
    const busy = ref(false);
    const receipt = ref(got);
    const photos = usePhotos({ base, bridge: tools.bridge, most: MOST_PHOTOS, tell: tools.tell });
    const send = tools.api.submission(`${base}/do/report`);
    watch(facts, () => keep(facts));
    for (const name of Object.keys(facts)) {
      watch(() => facts[name], () => {
        delete errors.value[name];
      });
    }

    async function submit() {
      if (busy.value) return;
      errors.value = {};
      busy.value = true;
      try {
        if (photos.list.some((photo) => !photo.sha256)) throw NOT_YET;
        const answer = await send({ ...facts, photos: photos.list.map((photo) => photo.sha256) });
        receipt.value = { ...answer.more, message: answer.message };
        keep({ receipt: receipt.value });
        window.scrollTo(0, 0);
      } catch (error) {
        errors.value = error.fields ?? {};
        tools.tell(error);
        showFirstError();
      } finally {
        busy.value = false;
      }
    }

    function again() {
      receipt.value = null;
      Object.assign(facts, { fault: "", when: "" });
      photos.clear();
      keep(facts);
      window.scrollTo(0, 0);
    }

    return { facts, errors, busy, receipt, photos, submit, again, most: MOST_PHOTOS, times: TIMES };
  },
  render,
});
