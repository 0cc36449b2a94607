// What the staff's pages share: where they stand, what they say, how they tell time.

export const root = document.getElementById("page");
export const { base } = root.dataset;

/** Say what happened, for a moment. */
export function say(message) {
  globalThis.vant.showToast({ message, duration: 3500, position: "top", wordBreak: "break-word" });
}

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** `11月30日 14:05`, in China, wherever the browser is. */
export function clock(moment) {
  if (!moment) return "";
  const parts = Object.fromEntries(CLOCK.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return `${parts.month}月${parts.day}日 ${parts.hour}:${parts.minute}`;
}

/** `35 分钟`, `6 小时` or `3 天`: as short as the chat says it. */
export function span(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return `${minutes} 分钟`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 1440)} 天`;
}

/** What the page shows, as `data`: replaced by `show(fresh)` where there is any, fetched anew by `look()`. */
export function shown(first, api, tell) {
  const data = globalThis.Vue.shallowRef(first);

  function show(fresh) {
    if (fresh) data.value = fresh;
  }

  async function look() {
    try {
      show((await api.get(`${base}/data`)).data);
    } catch (error) {
      tell(error);
    }
  }

  return { data, show, look };
}

/** One submission per deed; its answer's fresh data goes to `show`. */
export function deeds(api, show, tell) {
  const sends = {};
  return async function send(deed, facts) {
    sends[deed] ??= api.submission(`${base}/do/${deed}`);
    try {
      const answer = await sends[deed](facts);
      show(answer.data);
      say(answer.message);
      return answer;
    } catch (error) {
      tell(error);
      return null;
    }
  };
}
