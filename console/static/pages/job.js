// The technician's page of one job. What is done on it goes through a queue (job_queue.js) that outlives the network.

import { render } from "../compiled/job.js";
import { openPage } from "../lib/app.js";
import { SignPad } from "../lib/sign.js";
import { forgetPage, keepPage } from "./job_offline.js";
import { useParts } from "./job_parts.js";
import { usePhotos } from "./job_photos.js";
import { learnClock, openQueue } from "./job_queue.js";
import { useReport } from "./job_report.js";
import { useSign } from "./job_sign.js";

const { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef } = globalThis.Vue;

const LOCATION_MS = 5000;
const LOOK_EVERY_MS = 20_000;
const CLOCK = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
const URGENT = ["接单时限", "时限", "优先级"]; // What is read before anything is done; the rest is on file.
const SAVED = "现在没有网络，已存在手机上，恢复后自动提交。";
const BEHIND = "前面有一步没有提交成功，这一步先存在手机上，请先处理“还没提交”里的那一步。";
const root = document.getElementById("page");
const { base } = root.dataset;

/** Where the phone is, if it tells soon; a step is possible without. */
function place(bridge) {
  const late = new Promise((done) => setTimeout(() => done(null), LOCATION_MS));
  const told = bridge.location().then(
    ({ latitude, longitude }) => ({ latitude, longitude }),
    () => null,
  );
  return Promise.race([told, late]);
}

/** `11月30日 14:05` in China, as everything else on the page has it. */
function timeOf(iso) {
  const part = Object.fromEntries(CLOCK.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part.month}月${part.day}日 ${part.hour}:${part.minute}`;
}

/** Where the job stands once everything that waits has arrived. */
function expected(job, steps) {
  let status = job.head.status;
  let before = job.head.held_from;
  for (const { state, facts } of steps) {
    if (state !== "waiting") continue;
    const to = job.steps.find((step) => step.name === facts.deed)?.to;
    if (facts.deed === "hold") [status, before] = ["on_hold", status];
    else if (facts.deed === "resume") status = before;
    else if (to) status = to;
  }
  return status;
}

openPage(
  {
    name: "JobPage",
    components: { SignPad },
    props: ["data", "tools"],
    setup(props) {
      const { api, bridge, tell } = props.tools;
      const job = shallowRef(props.data);
      const state = reactive({ tab: "work", busy: "", locating: false, holding: false, reason: "", wait: "", declining: false, why: "", minutes: "", text: "", to: "note", ready: false });
      const waiting = reactive({ state: { steps: [], others: 0, offline: Boolean(job.value.kept) } });
      let queue = null;

      const say = (message) => globalThis.vant.showToast({ message, duration: 3500, position: "bottom", wordBreak: "break-word" });

      function show(answer) {
        // A kept copy is older than what is in view, and so is its clock.
        if (!answer?.data || answer.data.kept) return;
        learnClock(answer.data.now);
        job.value = answer.data;
        if (!answer.data.held) forgetPage(base);
      }

      const refresh = () => api.get(`${base}/data`).then(show, () => null);

      function refused(error) {
        tell(error);
        if (error.status === 409) refresh();
      }

      async function press(deed, body, label, photos = [], as = "photos") {
        const answer = await queue.press(deed, JSON.parse(JSON.stringify(body)), label, photos, as);
        say(answer ? answer.message : stuck.value ? BEHIND : SAVED);
        return answer;
      }

      async function once(button, work) {
        if (state.busy) return;
        state.busy = button;
        try {
          await work();
        } catch (error) {
          refused(error);
        } finally {
          state.busy = "";
        }
      }

      // Whether somebody else was asked instead, only the server knows: accepting and declining do not wait.
      const accept = api.submission(`${base}/do/accept`);
      const decline = api.submission(`${base}/do/decline`);

      const step = (name, label) =>
        once(name, async () => {
          if (name === "complete") {
            state.tab = "report";
            return;
          }
          if (name === "accept") {
            const answer = await accept({});
            show(answer);
            say(answer.message);
            return;
          }
          state.locating = true;
          const here = await place(bridge);
          state.locating = false;
          const minutes = name === "depart" && state.minutes ? { minutes: Number(state.minutes) } : {};
          await press(name, { ...here, ...minutes }, label);
          state.minutes = "";
        });

      const refuse = () =>
        once("decline", async () => {
          const answer = await decline({ reason: state.why });
          state.declining = false;
          show(answer);
          say(answer.message);
        });

      const hold = () =>
        once("hold", async () => {
          await press("hold", { reason: state.reason, note: state.wait }, "挂起");
          Object.assign(state, { holding: false, reason: "", wait: "" });
        });

      const resume = () => once("resume", () => press("resume", {}, "恢复"));

      const notes = usePhotos({ base, bridge, most: 6, onChange: () => null, tell });
      const note = () =>
        once("note", async () => {
          const here = notes.state.list.length ? await place(bridge) : {};
          await press(state.to, { ...here, text: state.text }, state.to === "tell" ? "告诉客户" : "进展", notes.plain());
          state.text = "";
          notes.clear();
        });

      const report = useReport({
        form: () => job.value.report,
        base,
        bridge,
        order: job.value.number,
        press: async (...given) => {
          const [deed, body, label, photos] = given;
          const here = await place(bridge);
          return press(deed, { ...body, ...here }, label, photos);
        },
        tell,
        after: () => {
          state.tab = "work";
          window.scrollTo(0, 0);
        },
      });
      const { pad, sign } = useSign({ version: () => job.value.report.version, press, tell });
      const parts = useParts({ api, base, bridge, show, tell: refused, say });

      const status = computed(() => (job.value.held ? expected(job.value, waiting.state.steps) : ""));
      const next = computed(() => (job.value.steps ?? []).find((one) => one.from.includes(status.value)) ?? null);
      const stuck = computed(() => waiting.state.steps.some((one) => one.state !== "waiting"));

      const pending = computed(() => new Set(waiting.state.steps.map((one) => one.facts.deed)));

      /** Whether a step will not be submitted by itself. */
      const isOver = (one) => one.state !== "waiting" || !job.value.held;

      /** The words that a step carries, so that they can be copied where nobody takes them any more. */
      function wordsOf({ facts: { body } }) {
        return [body.cause && `原因：${body.cause}`, body.remedy && `处理：${body.remedy}`, body.hours && `工时：${body.hours}`, body.text, body.note].filter(Boolean).join("\n");
      }

      const again = (one) => once("again", () => queue.again(one.id));
      const drop = (one) =>
        globalThis.vant
          .showConfirmDialog({ title: "不要这一条了？", message: `“${one.label}”（${timeOf(one.device_at)}）会从手机上删除。`, confirmButtonText: "删除", cancelButtonText: "留着" })
          .then(() => queue.drop(one.id), () => null);

      onMounted(async () => {
        if (!job.value.kept) learnClock(job.value.now);
        try {
          queue = await openQueue({ owner: job.value.owner, order: job.value.number, base, api, onAnswer: show, onConflict: refresh });
          waiting.state = queue.state;
          if (job.value.held) await report.open(queue);
          queue.state.offline = Boolean(job.value.kept);
          queue.start();
        } catch (error) {
          tell(error);
        }
        state.ready = true;
        if (job.value.held) keepPage(base);
        else forgetPage(base);
      });

      const back = () => {
        queue?.flush().then(() => !queue.state.offline && refresh());
      };
      const timer = setInterval(() => queue?.state.offline && back(), LOOK_EVERY_MS);
      window.addEventListener("online", back);
      // Whoever comes back from the chat or another window sees what others did meanwhile.
      window.addEventListener("focus", back);
      onBeforeUnmount(() => {
        clearInterval(timer);
        window.removeEventListener("online", back);
        window.removeEventListener("focus", back);
        queue?.stop();
      });

      return { job, state, waiting, status, next, stuck, pending, notes, report, pad, sign, parts, base, urgent: URGENT, step, refuse, hold, resume, note, timeOf, wordsOf, isOver, again, drop };
    },
    render,
  },
  { root },
);
