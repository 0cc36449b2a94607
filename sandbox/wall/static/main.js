import { avatar, badge, clock, fill, h } from "./dom.js";
import { GuideLine } from "./guide.js";
import { Phone } from "./phone.js";
import { Side } from "./side.js";
import { connect, on, platformNow, post, state, toast } from "./store.js";
import { aheadWords } from "./timing.js";

const wall = document.getElementById("wall");
const people = document.getElementById("people");
const bar = document.getElementById("bar");
const narrow = window.matchMedia("(max-width: 720px)");
const PAGE = { width: 390, height: 780 };
const side = new Side(document.getElementById("side"));
const phones = new Map();
const chips = new Map();
let shown = [];
let current = "";
let settled = false;
const guide = new GuideLine(document.getElementById("guide"), { goTo, reset: () => begin(), write, seen: (key) => phones.get(key)?.whole });

on("hello", () => {
  const before = new Set(shown);
  phones.clear();
  chips.clear();
  for (const facts of state.phones.values()) phones.set(facts.key, new Phone(facts, drawPeople, () => guide.act()));
  const kept = [...phones.keys()].filter((key) => before.has(key));
  shown = kept.length ? kept : [...state.phones.values()].filter((facts) => facts.open).map((facts) => facts.key);
  if (!phones.has(current) && current !== "side") [current] = shown;
  settled = false;
  makeChips();
  hang();
});
on("chat", (data) => {
  const phone = phones.get(data.phone);
  const chat = phone?.facts.chats.find((one) => one.key === data.chat);
  if (chat) phone.take(chat, data.fresh, !settled);
  if (settled) guide.draw();
});
// The first word about anything besides the chats says that they were all told.
on("beside", () => { settled = true; drawBar(); drawTime(); guide.draw(); });
on("hello", drawBar);
on("live", drawBar);
narrow.addEventListener("change", hang);

function hang() {
  const keys = narrow.matches ? [current].filter((key) => phones.has(key)) : shown;
  wall.replaceChildren(...keys.map((key) => phones.get(key).element));
  document.body.classList.toggle("side-only", narrow.matches && current === "side");
  for (const key of keys) {
    phones.get(key).draw(true);
    phones.get(key).read();
  }
  drawPeople();
  guide.draw();
}

// Show somebody's phone, with the message that waits in view.
function goTo({ phone: { key }, chat, bubble }) {
  if (narrow.matches) current = key;
  else if (!shown.includes(key)) shown = [...phones.keys()].filter((one) => one === key || shown.includes(one));
  const phone = phones.get(key);
  hang();
  if (phone.chat !== chat) phone.open(chat);
  phone.element.scrollIntoView({ block: "center" });
  if (bubble) phone.bring(bubble.id);
  chips.get(key).button.scrollIntoView({ block: "nearest", inline: "center" });
}

function write(turn) {
  goTo(turn);
  const { input } = phones.get(turn.phone.key);
  input.value = turn.says;
  input.focus();
}

function makeChips() {
  chips.clear();
  for (const { facts: { key, name, role, client } } of phones.values()) {
    const count = badge();
    const button = h("button", { type: "button", class: `chip-person ${client}`, "data-person": key, onclick: () => choose(key) },
      avatar(name), h("span", {}, h("strong", {}, name), h("small", {}, role)), count.element);
    chips.set(key, { button, count });
  }
  fill(people, [...chips.values()].map((chip) => chip.button));
}

function drawPeople() {
  for (const [key, { button, count }] of chips) {
    button.setAttribute("aria-pressed", String(narrow.matches ? key === current : shown.includes(key)));
    count.show(phones.get(key).count);
    button.classList.toggle("unread", phones.get(key).own > 0);
  }
}

function choose(key) {
  if (narrow.matches) current = key;
  else if (shown.includes(key)) shown = shown.filter((one) => one !== key);
  else shown = [...phones.keys()].filter((one) => one === key || shown.includes(one));
  hang();
  if (!narrow.matches && shown.includes(key)) phones.get(key).element.scrollIntoView({ behavior: "smooth", block: "nearest" });
}

// A page opened from a chat gets a window of a phone's size, as it would fill a phone; a new tab where there is only one phone.
wall.addEventListener("click", (event) => {
  const link = event.target.closest("a[target=_blank]");
  if (!link || narrow.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  window.open(link.href, "_blank", `popup,noopener,noreferrer,width=${PAGE.width},height=${PAGE.height}`);
});

const last = h("small");
const time = h("button", { type: "button", class: "time", hidden: true, onclick: () => side.show("faults") });

function drawTime() {
  const { timing } = state;
  time.hidden = !timing?.ahead;
  time.title = `演示的时间，${aheadWords()}`;
  time.textContent = timing?.speed === 1 ? clock(platformNow()) : `${clock(platformNow())} ×${timing?.speed}`;
}

let drawn = "";

function drawBar() {
  const play = state.play;
  const running = play?.running || "";
  last.textContent = play?.lines.at(-1)?.trim() || "";
  const look = JSON.stringify([running, play?.acts, state.canReset, state.live, current === "side"]);
  if (look === drawn) return;
  drawn = look;
  const act = (one) => h("button", { type: "button", class: "act", title: one.hint, disabled: Boolean(running), onclick: () => { side.show("story"); post(`/acts/${one.key}`).catch((error) => toast(error.message)); } }, one.title);
  fill(bar,
    h("h1", {}, h("span", { class: "logo" }, "F"), h("span", {}, h("span", { class: "brand" }, "Fixloop "), "演示墙")),
    h("div", { class: "plays" }, running ? h("p", { class: "running" }, h("span", { class: "pulse" }), `正在演：${running}`, last) : play?.acts.length ? [h("span", { class: "label" }, "演一遍"), play.acts.map(act)] : null),
    state.canReset ? h("button", { type: "button", class: "reset", disabled: Boolean(running), title: "清空一切，回到示例数据", onclick: reset }, "重置") : null,
    time,
    h("button", { type: "button", class: "behind", "aria-pressed": String(current === "side"), onclick: () => { current = current === "side" ? shown[0] : "side"; hang(); drawBar(); } }, "幕后"),
    h("span", { class: `live ${state.live ? "on" : ""}`, title: "页面与沙箱的连接" }, state.live ? "实时" : "已断开"));
}

function reset() {
  if (window.confirm("清空所有聊天和工单，回到示例数据？产品会重新启动，约需半分钟。")) begin();
}

function begin() {
  side.show("story");
  post("/reset").catch((error) => toast(error.message));
}

// What comes into view was seen.
window.addEventListener("scroll", () => {
  for (const phone of phones.values()) if (phone.count && phone.shown) phone.read();
  guide.draw();
}, { passive: true });

setInterval(() => {
  for (const phone of phones.values()) phone.tick();
  side.tick();
  drawTime();
}, 1000);
document.title = "Fixloop 演示墙";
connect();
