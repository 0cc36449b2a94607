// The delivery ledger: what the product owes to people, how far each notification came, and what is tried again when.
import { clock, fill, h } from "./dom.js";
import { state } from "./store.js";

const EVERY_MS = 2000;
const STANDINGS = {
  due: "待发", retrying: "重试中", waiting: "等对方说话", accepted: "平台已收", acted: "已处理", dropped: "没有发", dead: "死信",
};
const FILTERS = [
  ["", "全部", () => true],
  ["open", "在途", (row) => ["due", "retrying", "waiting"].includes(row.standing)],
  ["done", "已送达", (row) => ["accepted", "acted"].includes(row.standing)],
  ["dead", "死信", (row) => row.standing === "dead"],
];
const STEPS = [["intended", "决定"], ["sent", "发出"], ["accepted", "平台已收"], ["acted", "有动作"]];

export class LedgerPage {
  constructor() {
    this.rows = [];
    this.kept = new Map();
    this.filter = "";
    this.asked = 0;
    this.bar = h("div", { class: "modes ledger-bar" });
    this.list = h("div", { class: "rows" });
    this.element = h("div", { class: "page ledger" },
      h("div", { class: "filters" }, this.bar),
      h("p", { class: "legend" }, "每一条通知：决定 → 发出 → 平台已收 → 对方有动作。平台不告诉我们谁看过，所以看下一步动作。"), this.list);
    this.drawBar({});
  }

  // Another board has another ledger.
  forget() {
    this.rows = [];
    this.kept.clear();
    this.list.replaceChildren();
  }

  async tick() {
    if (!state.hasLedger || this.element.offsetParent === null || document.hidden) return;
    if (Date.now() - this.asked < EVERY_MS) return;
    this.asked = Date.now();
    const response = await fetch("/ledger").catch(() => null);
    if (!response?.ok) return;
    const { rows, counts } = await response.json();
    this.rows = rows;
    this.drawBar(counts);
    this.draw();
  }

  drawBar(counts) {
    const many = { open: (counts.due || 0) + (counts.waiting || 0), done: counts.accepted || 0, dead: counts.dead || 0 };
    const look = JSON.stringify([many, this.filter]);
    if (look === this.drawn) return;
    this.drawn = look;
    fill(this.bar, FILTERS.map(([key, label]) =>
      h("button", { type: "button", class: key, "aria-pressed": String(key === this.filter), onclick: () => { this.filter = key; this.drawBar(counts); this.draw(); } },
        label, key ? h("b", {}, many[key]) : null)));
  }

  draw() {
    const fits = FILTERS.find(([key]) => key === this.filter)[2];
    const nodes = this.rows.filter(fits).map((row) => this.node(row));
    const same = nodes.length === this.list.children.length && nodes.every((node, at) => node === this.list.children[at]);
    if (same) return;
    if (nodes.length) this.list.replaceChildren(...nodes);
    else fill(this.list, h("p", { class: "empty" }, this.filter === "dead" ? "没有死信。让平台“宕机”不会有死信：会一直重试；被平台明确拒绝、又没有别的办法时才会。" : "还没有通知"));
  }

  node(row) {
    const look = JSON.stringify(row);
    const before = this.kept.get(row.key);
    if (before?.look === look) return before.node;
    const node = h("details", { class: `owed ${row.standing}`, open: Boolean(before?.node.open), "data-key": row.key },
      h("summary", {},
        h("span", { class: "at" }, clock(row.intended, true)),
        h("span", { class: "to" }, row.to),
        h("span", { class: "standing" }, STANDINGS[row.standing]),
        h("span", { class: "what" }, row.what),
        h("span", { class: "steps" }, STEPS.map(([key, label]) => h("i", { class: row[key] ? "on" : "", title: row[key] ? `${label} ${clock(row[key], true)}` : label }))),
        h("span", { class: "way" }, [row.way, row.attempts.length > 1 ? `试了 ${row.attempts.length} 次` : "", row.next && row.standing !== "due" ? `下次 ${clock(row.next, true)}` : ""].filter(Boolean).join(" · "))),
      h("div", { class: "tries" },
        STEPS.filter(([key]) => row[key]).map(([key, label]) => h("p", {}, h("span", { class: "at" }, clock(row[key], true)), label)),
        row.attempts.map((one, at) => h("p", { class: one.code ? "trouble" : "" }, h("span", { class: "at" }, clock(one.at, true)), `第 ${at + 1} 次 ${one.way}：${one.said}${one.code ? `（${one.code}）` : ""}`)),
        row.next ? h("p", {}, h("span", { class: "at" }, clock(row.next, true)), row.standing === "due" ? "到时候发" : "再试一次") : null,
        row.why ? h("p", { class: "why" }, row.why) : null));
    this.kept.set(row.key, { look, node });
    return node;
  }
}
