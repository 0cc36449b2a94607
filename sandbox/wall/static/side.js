// Behind the scenes: what goes over the wire, the delivery ledger, the clock, the fault switches, and the story.
import { clock, fill, h } from "./dom.js";
import { LedgerPage } from "./ledger.js";
import { on, post, state, toast } from "./store.js";
import { ClockBox } from "./timing.js";

const MODES = [
  ["ok", "正常", "接口照常工作"],
  ["slow", "变慢", "每次调用等 3 秒才答复"],
  ["down", "宕机", "每次调用答复 502"],
  ["throttle", "限流", "按平台的限流错误拒绝"],
  ["drop", "静默丢弃", "答复成功，但谁也收不到"],
  ["cut", "断线", "做完了，答复之前断开"],
];
const PLATFORMS = { wecom: "企业微信", dingtalk: "钉钉" };
const SHORT = { wecom: "企微", dingtalk: "钉钉" };
const KINDS = { lost: "丢失", dropped: "丢弃", ack: "应答" };
const MOST_ROWS = 250;

export class Side {
  constructor(element) {
    this.element = element;
    this.tab = "wire";
    this.filter = { platform: "", text: "", trouble: false };
    this.list = h("div", { class: "rows" });
    this.ledger = new LedgerPage();
    this.clock = new ClockBox();
    this.switches = h("div");
    this.pages = { wire: this.wirePage(), ledger: this.ledger.element, faults: h("div", { class: "page faults" }, this.clock.element, this.switches), story: h("div", { class: "page story" }) };
    this.tabs = h("div", { class: "side-tabs", role: "tablist" });
    fill(element, this.tabs, Object.values(this.pages));
    this.show("wire");
    on("hello", () => { this.ledger.forget(); this.show(this.tab); this.drawRows(); this.drawFaults(); this.drawStory(); });
    on("wire", (data) => this.addRows(data.rows));
    on("beside", () => { this.drawFaults(); this.drawStory(); });
  }

  show(tab) {
    this.tab = tab;
    const names = { wire: "线上往来", ledger: "送达", faults: "时钟与故障", story: "剧情" };
    const offered = Object.entries(names).filter(([key]) => key !== "ledger" || state.hasLedger);
    fill(this.tabs, offered.map(([key, name]) =>
      h("button", { type: "button", role: "tab", "aria-selected": String(key === tab), onclick: () => this.show(key) }, name)));
    for (const [key, page] of Object.entries(this.pages)) page.hidden = key !== tab;
    this.ledger.tick();
  }

  // The wire.

  wirePage() {
    const redraw = () => this.drawRows();
    const which = h("select", { "aria-label": "平台", onchange: (event) => { this.filter.platform = event.target.value; redraw(); } },
      h("option", { value: "" }, "两个平台"), Object.entries(PLATFORMS).map(([key, name]) => h("option", { value: key }, name)));
    const text = h("input", { type: "search", placeholder: "筛选接口，如 kf/send_msg", "aria-label": "筛选", oninput: (event) => { this.filter.text = event.target.value.trim().toLowerCase(); redraw(); } });
    const trouble = h("label", {}, h("input", { type: "checkbox", onchange: (event) => { this.filter.trouble = event.target.checked; redraw(); } }), "只看异常");
    const legend = h("p", { class: "legend" }, h("span", { class: "dir in" }, "产品→平台"), h("span", { class: "dir out" }, "平台→产品"), "最新的在上面，点一行看解密后的内容");
    return h("div", { class: "page wire" }, h("div", { class: "filters" }, which, text, trouble), legend, this.list);
  }

  fits(row) {
    const { platform, text, trouble } = this.filter;
    return (!platform || row.platform === platform) && (!text || row.path.toLowerCase().includes(text)) && (!trouble || !row.ok);
  }

  drawRows() {
    fill(this.list, state.rows.filter((row) => this.fits(row)).slice(-MOST_ROWS).reverse().map((row) => this.row(row)));
  }

  addRows(rows) {
    this.list.prepend(...rows.filter((row) => this.fits(row)).reverse().map((row) => this.row(row)));
    while (this.list.children.length > MOST_ROWS) this.list.lastChild.remove();
  }

  row(row) {
    const details = h("details", { class: `row ${row.ok ? "" : "trouble"}` },
      h("summary", {},
        h("span", { class: "at" }, clock(row.at, true)),
        h("span", { class: `plat ${row.platform}` }, SHORT[row.platform]),
        h("span", { class: `dir ${row.dir}` }, row.dir === "out" ? "→产品" : row.dir === "in" ? "→平台" : "✕"),
        h("span", { class: "path", title: row.path }, KINDS[row.kind] ? `${KINDS[row.kind]} ${row.path}` : row.path),
        h("span", { class: "code" }, row.code, row.disturbed ? " ⚡" : ""),
        h("span", { class: "ms" }, row.ms === null ? "" : `${Math.round(row.ms)} ms`)));
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) this.expand(details, row.n); });
    return details;
  }

  async expand(details, number) {
    const body = h("pre", {}, "…");
    details.append(body);
    const response = await fetch(`/wire/${number}`);
    body.textContent = response.ok ? await response.text() : "这条记录已经不在了";
  }

  // Faults and the clock.

  drawFaults() {
    this.clock.draw();
    const switches = state.switches;
    const look = JSON.stringify(switches);
    if (!switches || look === this.drawn) return;
    this.drawn = look;
    fill(this.switches, Object.keys(PLATFORMS).map((platform) => this.platform(platform, switches[platform])));
  }

  platform(platform, now) {
    const set = (name, value) => post(`/switches/${platform}/${name}`, { value }).catch((error) => toast(error.message));
    const once = (name, words) => () => post(`/once/${name}`).then(() => toast(words, false), (error) => toast(error.message));
    const dingtalk = platform === "dingtalk";
    const toggle = (name, label) => h("label", { class: "toggle" },
      h("input", { type: "checkbox", checked: now[name], onchange: (event) => set(name, event.target.checked) }), label);
    return h("section", { class: `box ${now.mode === "ok" && !now.twice && !now.lost ? "" : "disturbed"}` },
      h("h3", {}, PLATFORMS[platform], dingtalk ? h("small", {}, now.connections ? `长连接 ${now.connections} 条` : "长连接已断开") : null),
      h("div", { class: "modes" }, MODES.map(([mode, label, hint]) =>
        h("button", { type: "button", title: hint, "aria-pressed": String(now.mode === mode), onclick: () => set("mode", mode) }, label))),
      h("p", { class: "hint" }, MODES.find(([mode]) => mode === now.mode)[2]),
      toggle("twice", dingtalk ? "每次推送重复一遍" : "每次回调重复一遍"),
      toggle("lost", dingtalk ? "长连接假死（推送有去无回）" : "回调全部丢失"),
      h("div", { class: "once" },
        dingtalk ? h("button", { type: "button", onclick: once("disconnect", "已通知产品断开重连") }, "通知断开") : null,
        dingtalk ? h("button", { type: "button", onclick: once("cut", "长连接已剪断") }, "剪断连接") : null,
        h("button", { type: "button", onclick: once(`expire_${platform}`, "令牌已全部失效") }, "令牌失效")));
  }

  tick() {
    this.clock.tick();
    this.ledger.tick();
  }

  // The story.

  drawStory() {
    const play = state.play;
    if (!play) return;
    const start = (act) => () => post(`/acts/${act.key}`).catch((error) => toast(error.message));
    const page = this.pages.story;
    const log = h("div", { class: "log" }, play.lines.map((line) => h("p", { class: line.trim().startsWith("✗") ? "missing" : line.startsWith("【") ? "scene" : "" }, line.trim())));
    fill(page,
      h("div", { class: "acts" }, play.acts.map((act) =>
        h("button", { type: "button", title: act.hint, disabled: Boolean(play.running), onclick: start(act) }, h("strong", {}, act.title), h("small", {}, act.hint)))),
      play.acts.length ? null : h("p", { class: "hint" }, play.running ? `正在演：${play.running}` : "这里没有可以演的剧情。"),
      log);
    log.scrollTop = log.scrollHeight;
  }
}
