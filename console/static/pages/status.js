// How far the repair is. Looked at again, it fetches anew by itself.

import { render } from "../compiled/status.js";
import { openPage } from "../lib/app.js";
import { say as tellDone } from "./customer.js";

const { computed, onBeforeUnmount, onMounted, ref, shallowRef } = globalThis.Vue;

const FIRST_LINES = 5;
const LOOK_EVERY_MS = 30_000;
const { base } = document.getElementById("page").dataset;

openPage({
  name: "StatusPage",
  props: ["data", "tools"],
  setup(props) {
    const { api, tell } = props.tools;
    const data = shallowRef(props.data);
    const text = ref("");
    const errors = ref({});
    const busy = ref(false);
    const all = ref(false);
    const shown = computed(() => (all.value ? data.value.lines : data.value.lines.slice(0, FIRST_LINES)));
    const sendWords = api.submission(`${base}/do/say`);
    const sendUrging = api.submission(`${base}/do/expedite`);

    async function submit(send, facts) {
      if (busy.value) return false;
      errors.value = {};
      busy.value = true;
      try {
        const answer = await send(facts);
        if (answer.data) data.value = answer.data;
        tellDone(answer.message);
        return true;
      } catch (error) {
        errors.value = error.fields ?? {};
        tell(error);
        return false;
      } finally {
        busy.value = false;
      }
    }

    async function say() {
      if (await submit(sendWords, { text: text.value })) text.value = "";
    }

    const expedite = () => submit(sendUrging, {});

    // The page stays as it is when it cannot be fetched; the next look may succeed.
    async function look() {
      if (document.hidden || busy.value) return;
      const answer = await api.get(`${base}/data`).catch(() => null);
      if (answer) data.value = answer.data;
    }

    let timer = 0;
    onMounted(() => {
      timer = setInterval(look, LOOK_EVERY_MS);
      document.addEventListener("visibilitychange", look);
    });
    onBeforeUnmount(() => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    });

    return { data, text, errors, busy, all, shown, say, expedite, base };
  },
  render,
});
