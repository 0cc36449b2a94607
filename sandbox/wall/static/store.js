// What the server told, and the only ways to ask it for something.

const token = document.querySelector('meta[name="wall-token"]').content;

export const state = { phones: new Map(), rows: [], switches: null, timing: null, play: null, guide: null, canReset: false, canScan: false, hasLedger: false, live: false };
const time = { read: Date.now(), now: Date.now(), ahead: 0 };
const listeners = { hello: [], chat: [], wire: [], beside: [], live: [] };

export function on(name, listener) {
  listeners[name].push(listener);
}

function tell(name, data) {
  for (const listener of listeners[name]) listener(data);
}

export function platformNow() {
  return time.now + (Date.now() - time.read) * speed();
}

// By how much the platforms' time is ahead of real time.
export function aheadMs() {
  return time.ahead + (Date.now() - time.read) * (speed() - 1);
}

const speed = () => state.timing?.speed ?? 1;

const HANDLERS = {
  hello(data) {
    state.phones = new Map(data.phones.map((phone) => [phone.key, phone]));
    for (const phone of state.phones.values()) for (const chat of phone.chats) chat.bubbles = new Map();
    state.rows = [];
    state.guide = data.guide;
    takeBeside(data);
  },
  chat(data) {
    const chat = state.phones.get(data.phone)?.chats.find((one) => one.key === data.chat);
    if (!chat) return;
    data.fresh = data.set.filter((bubble) => !chat.bubbles.has(bubble.id));
    for (const id of data.gone) chat.bubbles.delete(id);
    for (const bubble of data.set) chat.bubbles.set(bubble.id, bubble);
  },
  wire(data) {
    state.rows.push(...data.rows);
    if (state.rows.length > 600) state.rows.splice(0, state.rows.length - 600);
  },
  beside: takeBeside,
};

function takeBeside(data) {
  state.switches = data.switches;
  state.play = data.play;
  state.canReset = data.can_reset;
  state.canScan = data.can_scan;
  state.hasLedger = data.has_ledger;
  state.timing = data.timing;
  Object.assign(time, { read: Date.now(), now: data.now.now_ms, ahead: data.now.ahead_ms });
}

export function connect() {
  const source = new EventSource("/events");
  for (const [name, handle] of Object.entries(HANDLERS)) {
    source.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      handle(data);
      tell(name, data);
    });
  }
  source.addEventListener("again", () => {
    source.close();
    setTimeout(connect, 300);
  });
  source.onopen = () => setLive(true);
  source.onerror = () => {
    setLive(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

function setLive(live) {
  if (state.live !== live) {
    state.live = live;
    tell("live", live);
  }
}

async function answer(response) {
  const facts = await response.json().catch(() => ({ error: `服务器答复 ${response.status}` }));
  if (!response.ok) throw new Error(facts.error || `服务器答复 ${response.status}`);
  return facts;
}

function send(path, body, type) {
  return fetch(path, { method: "POST", headers: { "X-Wall-Token": token, "Content-Type": type }, body }).then(answer, () => {
    throw new Error("演示已经停止，请回到终端重新启动");
  });
}

export const post = (path, facts = {}) => send(path, JSON.stringify(facts), "application/json");
export const postPhoto = (path, blob) => send(path, blob, blob.type || "application/octet-stream");
export const chatPath = (phone, chat, what) =>
  `/phones/${encodeURIComponent(phone.key)}/${encodeURIComponent(chat.key)}/${what}`;

export function toast(words, bad = true) {
  const box = document.getElementById("toasts");
  const line = document.createElement("div");
  line.className = bad ? "toast bad" : "toast";
  line.textContent = words;
  box.append(line);
  setTimeout(() => line.remove(), 4500);
}
