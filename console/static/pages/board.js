// The service desk's board: what stands where, what everybody has today, and asking a technician.

import { render } from "../compiled/board.js";
import { openPage } from "../lib/app.js";
import { base, clock, deeds, root, span } from "./staff.js";

const { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } = globalThis.Vue;

const POLL_MS = 15_000;
const DESK = matchMedia("(min-width: 900px)");
const URGENT = new Set(["P1", "P2"]);

function query(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value !== "" && value !== false);
  return new URLSearchParams(given.map(([name, value]) => [name, value === true ? "1" : String(value)])).toString();
}

openPage(
  {
    name: "BoardPage",
    props: ["data", "tools"],
    setup(props) {
      const { api, tell } = props.tools;
      const board = shallowRef(props.data);
      const wanted = reactive({ view: "", region: "", technician: "", overdue: false });
      const now = ref(Date.parse(board.value.at));
      const lost = ref("");
      const tab = ref(board.value.columns.find((one) => one.orders.length)?.key ?? board.value.columns[0].key);
      const picked = shallowRef(null);
      const form = reactive({ open: false, technician: "", reason: "" });
      const busy = ref(false);
      const wide = ref(DESK.matches);
      const onWidth = () => {
        wide.value = DESK.matches;
      };
      let ahead = Date.parse(board.value.at) - Date.now();
      let timer = 0;
      let turn = 0;

      function show(fresh) {
        board.value = fresh;
        ahead = Date.parse(fresh.at) - Date.now();
      }

      async function look({ anew = false } = {}) {
        const mine = (turn += 1);
        try {
          const known = anew ? "" : board.value.version;
          const fresh = (await api.get(`${base}/data?${query({ ...wanted, known })}`)).data;
          if (mine !== turn) return; // A filter was changed meanwhile.
          if (!fresh.same) show(fresh);
          lost.value = "";
        } catch (error) {
          if (mine !== turn) return;
          lost.value = `没有刷新成功，显示的是 ${clock(board.value.at)} 的内容。`;
          if (anew || !error.again) tell(error);
        } finally {
          now.value = Date.now() + ahead;
        }
      }

      function poll() {
        timer = setTimeout(async () => {
          if (!document.hidden && !form.open) await look();
          poll();
        }, POLL_MS);
      }

      const onSeen = () => {
        if (!document.hidden) look();
      };
      onMounted(() => {
        poll();
        document.addEventListener("visibilitychange", onSeen);
        DESK.addEventListener("change", onWidth);
      });
      onBeforeUnmount(() => {
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", onSeen);
        DESK.removeEventListener("change", onWidth);
      });
      watch(wanted, () => look({ anew: true }));

      /** What a limit says now: `剩 35 分钟`, `超时 20 分钟`, or how long it stands where that is too long. */
      function limit(order) {
        if (order.due) {
          const left = Date.parse(order.due) - now.value;
          if (Math.abs(left) < 60_000) return { words: left >= 0 ? "马上到时限" : "刚超时", late: left < 0 };
          return left >= 0 ? { words: `剩 ${span(left)}`, late: false } : { words: `超时 ${span(-left)}`, late: true };
        }
        const late = now.value > Date.parse(order.stale);
        return { words: late ? "停留过久" : "", late };
      }

      // A phone draws only the column it shows.
      const shown = (column) => (wide.value || tab.value === column.key ? column.orders : []);
      const age = (order) => span(now.value - Date.parse(order.since));
      const lateIn = (column) => column.orders.filter((order) => limit(order).late).length;
      const urgent = (order) => URGENT.has(order.priority);

      async function pick(order) {
        try {
          picked.value = (await api.get(`${base}/data?pick=${order.id}`)).data;
        } catch (error) {
          tell(error);
          return;
        }
        Object.assign(form, { open: true, technician: picked.value.best[0]?.id ?? "", reason: "" });
      }

      const send = deeds(
        api,
        () => look({ anew: true }),
        (error) => {
          tell(error);
          if (error.status === 409 && error.code !== "reason_needed") {
            form.open = false;
            look({ anew: true });
          }
        },
      );

      async function ask() {
        busy.value = true;
        const { id, version } = picked.value;
        const answer = await send("ask", { work_order_id: id, version, technician_id: form.technician, reason: form.reason });
        busy.value = false;
        if (answer) form.open = false;
      }

      const lacks = computed(() => !form.technician || (picked.value?.does === "reassign" && !form.reason.trim()));
      const other = computed(() => (picked.value?.others.some((one) => one.id === form.technician) ? form.technician : ""));
      const hours = (minutes) => (minutes ? `，预计 ${Math.round(minutes / 6) / 10} 小时` : "");

      return { board, wanted, tab, lost, picked, form, busy, lacks, other, limit, shown, age, lateIn, urgent, pick, ask, clock, hours };
    },
    render,
  },
  { root },
);
