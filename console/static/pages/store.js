// The storekeeper's page of one place: pick and issue by scan, receive, count blind.

import { render } from "../compiled/store.js";
import { openPage } from "../lib/app.js";
import { base, clock, deeds, root, say, shown } from "./staff.js";
import { useCount } from "./store_count.js";
import { usePicks } from "./store_pick.js";
import { useArrivals } from "./store_receive.js";

const { computed, reactive, ref } = globalThis.Vue;

openPage(
  {
    name: "StorePage",
    props: ["data", "tools"],
    setup(props) {
      const { api, bridge, tell } = props.tools;
      const { data: store, show, look } = shown(props.data, api, tell);
      const tab = ref(store.value.picks.length ? "pick" : store.value.count ? "count" : "pick");
      const code = ref("");
      const busy = ref("");
      const meant = reactive({ open: false, pieces: [] });

      const send = deeds(api, show, (error) => {
        tell(error);
        if (error.status === 409) look();
      });

      /** Do one thing at a time; its answer, or null where it was refused. */
      async function act(deed, facts) {
        busy.value = deed;
        const answer = await send(deed, facts);
        busy.value = "";
        return answer;
      }

      const shared = { store, act, tell: (words) => say(words) };
      const picks = usePicks(shared);
      const arrivals = useArrivals(shared);
      const count = useCount(shared);

      /** A code is for what is in front: the request that is picked, the purchase that arrives, or the count. */
      function use(piece, text) {
        meant.open = false;
        if (tab.value === "pick") picks.take(piece);
        else if (tab.value === "receive") arrivals.take(piece, text);
        else count.take(piece);
      }

      async function find(text) {
        const wanted = text.trim();
        if (!wanted) return;
        code.value = "";
        if (tab.value === "receive" && arrivals.takeNew(wanted)) return;
        try {
          const { found } = (await api.get(`${base}/data?code=${encodeURIComponent(wanted.slice(0, 100))}`)).data;
          if (found.length === 1) use(found[0], wanted);
          else if (found.length) Object.assign(meant, { open: true, pieces: found });
          else say(`“${wanted.slice(0, 30)}”不是已知的备件或序列号，请核对标签，或直接输入编码。`);
        } catch (error) {
          tell(error);
        }
      }

      async function scan() {
        try {
          await find(await bridge.scan());
        } catch (error) {
          tell(error);
        }
      }

      const tabs = computed(() => [
        { key: "pick", label: "拣货出库", count: store.value.picks.length },
        { key: "receive", label: "到货入库", count: store.value.purchases.length + store.value.transfers.length },
        { key: "count", label: "盘点", count: store.value.count?.running ? 1 : 0 },
      ]);
      const goTo = (url) => url && location.assign(url);

      return { store, tab, tabs, code, busy, meant, find, scan, use, goTo, clock, picks, arrivals, count };
    },
    render,
  },
  { root },
);
