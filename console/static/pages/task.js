// The approver's page: what is asked, who decided what so far, and a decision with a remark.

import { render } from "../compiled/task.js";
import { openPage } from "../lib/app.js";
import { base, clock, deeds, root, shown } from "./staff.js";

const { computed, reactive, ref } = globalThis.Vue;

const LABELS = { agree: "同意", refuse: "拒绝", return: "退回", ask: "问一句" };
const NEEDS_WORDS = new Set(["refuse", "return", "ask"]);

openPage(
  {
    name: "TaskPage",
    props: ["data", "tools"],
    setup(props) {
      const { api, tell } = props.tools;
      const { data: task, show, look } = shown(props.data, api, tell);
      const form = reactive({ open: false, verb: "agree", comment: "", to: "initiator", straight: false });
      const busy = ref(false);

      const send = deeds(api, show, (error) => {
        tell(error);
        // What changed meanwhile is shown, so that the next press is about what is seen.
        if (error.status === 409 && error.code !== "reason_needed") {
          form.open = false;
          look();
        }
      });

      function begin(verb) {
        form.verb = verb;
        form.open = true;
      }

      async function decide() {
        busy.value = true;
        const facts = { comment: form.comment, version: task.value.version };
        if (form.verb === "return") Object.assign(facts, { to: form.to, straight: form.straight });
        const answer = await send(form.verb, facts);
        busy.value = false;
        if (answer) Object.assign(form, { open: false, comment: "" });
      }

      const photos = computed(() => task.value.photos.map((sha256) => `${base}/files/${sha256}`));
      const lacks = computed(() => NEEDS_WORDS.has(form.verb) && !form.comment.trim());

      function enlarge(index) {
        globalThis.vant.showImagePreview({ images: photos.value, startPosition: index, closeable: true });
      }

      const amount = computed(() => task.value.facts.find(([label]) => label === "金额")?.[1] ?? "");
      const main = computed(() => ["refuse", "return", "agree"].filter((verb) => task.value.actions.includes(verb)));

      return { task, form, busy, lacks, photos, amount, main, begin, decide, enlarge, clock, LABELS };
    },
    render,
  },
  { root },
);
