// One phone: its chats, what they show, and everything its owner can do.
import { badge, clock, fill, h, icon, when } from "./dom.js";
import { message } from "./bubbles.js";
import { scan } from "./scan.js";
import { chatPath, post, postPhoto, platformNow, state, toast } from "./store.js";

const GAP_MS = 3 * 60 * 1000;
const SITE = { latitude: 31.3725, longitude: 121.2384, text: "银翔路停车场", address: "上海市嘉定区银翔路 1288 号" };
const CLIENTS = { wechat: "微信", wecom: "企业微信", dingtalk: "钉钉" };
const TAGS = { kf: "微信客服", app: "应用", robot: "机器人", group: "", webhook: "" };

export class Phone {
  constructor(facts, seen, acted) {
    this.facts = facts;
    this.seen = seen;
    this.acted = acted;
    this.chat = facts.chats[0];
    this.unread = new Map(facts.chats.map((chat) => [chat.key, 0]));
    this.drawn = new Map();
    this.quoting = null;
    this.at = [];
    this.build();
  }

  build() {
    this.time = h("span", { class: "time-now" });
    this.tabs = this.facts.chats.map((chat) => {
      const count = badge();
      return { chat, count, button: h("button", { type: "button", role: "tab", onclick: () => this.open(chat) }, chat.title, count.element) };
    });
    this.titles = h("div", { class: "tabs", role: "tablist" }, this.tabs.map((tab) => tab.button));
    this.head = h("div", { class: "head-title" });
    this.list = h("div", { class: "list", tabindex: "0" });
    this.tray = h("div", { class: "tray", hidden: true });
    this.sheet = h("div", { class: "sheet", hidden: true });
    this.beside = h("div", { class: "beside" });
    this.foot = h("div", { class: "foot" });
    this.file = h("input", { type: "file", accept: "image/png,image/jpeg", hidden: true, onchange: () => this.sendFile() });
    const caption = h("figcaption", {}, h("strong", {}, this.facts.name), h("span", { class: "role" }, this.facts.role),
      h("span", { class: `client ${this.facts.client}` }, CLIENTS[this.facts.client]));
    const screen = h("div", { class: "screen" },
      h("div", { class: "status-bar" }, this.time, h("span", { class: "battery" })),
      h("div", { class: "title-bar" }, icon("back"), this.head, icon("dots")),
      this.facts.chats.length > 1 ? this.titles : null, this.list, this.beside, this.foot, this.tray, this.sheet, this.file);
    this.element = h("figure", { class: `phone ${this.facts.client}`, "data-phone": this.facts.key }, caption, h("div", { class: "frame" }, screen));
    this.open(this.chat);
    this.tick();
  }

  get shown() {
    if (!this.element.isConnected || this.element.offsetParent === null) return false;
    const { top, bottom } = this.element.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    return middle > 0 && middle < window.innerHeight;
  }

  // Whether nothing of it that can be typed or pressed is out of view.
  get whole() {
    return this.shown && this.element.getBoundingClientRect().bottom < window.innerHeight + 20;
  }

  tick() {
    this.time.textContent = clock(platformNow());
  }

  open(chat) {
    this.chat = chat;
    this.drawn.clear();
    this.quoting = null;
    this.at = [];
    const tag = TAGS[chat.kind];
    fill(this.head, h("span", {}, chat.title), tag ? h("small", {}, tag) : null,
      chat.members.length ? h("small", { class: "count" }, `${chat.members.length + 1} 人`) : null);
    this.drawFoot();
    this.draw(true);
    this.read();
  }

  read() {
    if (this.shown) this.unread.set(this.chat.key, 0);
    this.drawTabs();
    this.seen();
  }

  get count() {
    return [...this.unread.values()].reduce((sum, one) => sum + one, 0);
  }

  // What was said to its owner alone: what a group reads is everybody's.
  get own() {
    return this.facts.chats.reduce((sum, chat) => sum + (chat.members.length ? 0 : this.unread.get(chat.key)), 0);
  }

  // New or changed bubbles arrived in one of the chats.
  take(chat, fresh, first) {
    const others = fresh.filter((bubble) => bubble.side !== "me").length;
    if (chat !== this.chat || !this.shown) this.unread.set(chat.key, this.unread.get(chat.key) + (first ? 0 : others));
    if (chat === this.chat) this.draw(first);
    this.drawTabs();
    this.seen();
  }

  drawTabs() {
    for (const { chat, count, button } of this.tabs) {
      button.setAttribute("aria-selected", String(chat === this.chat));
      count.show(this.unread.get(chat.key));
    }
  }

  draw(first) {
    const list = this.list;
    const atEnd = first || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const nodes = [];
    let before = -GAP_MS;
    for (const bubble of this.chat.bubbles.values()) {
      if (bubble.at - before > GAP_MS) nodes.push(h("div", { class: "moment" }, when(bubble.at, platformNow())));
      before = bubble.at;
      nodes.push(this.node(bubble, first));
    }
    if (!nodes.length) nodes.push(h("p", { class: "empty" }, this.facts.hint || "还没有消息"));
    const top = list.scrollTop;
    list.replaceChildren(...nodes);
    list.scrollTop = atEnd ? list.scrollHeight : top;
  }

  node(bubble, first) {
    const look = JSON.stringify(bubble);
    const kept = this.drawn.get(bubble.id);
    if (kept && kept.look === look) return kept.node;
    const node = message(bubble, this.facts, this.chat, this.acts());
    if (!first) node.classList.add(kept ? "changed" : "fresh");
    node.addEventListener("animationend", () => node.classList.remove("changed", "fresh"));
    node.querySelector("img")?.addEventListener("load", () => {
      if (this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 320) this.list.scrollTop = this.list.scrollHeight;
    });
    this.drawn.set(bubble.id, { look, node });
    return node;
  }

  acts() {
    const can = this.chat.can;
    return {
      press: (bubble, label, key, selected = {}) => this.press(bubble, label, key, selected),
      say: can.includes("say") ? (text) => this.do("say", { text }) : null,
      quote: can.includes("quote") ? (bubble) => { this.quoting = bubble; this.drawBeside(); this.input.focus(); } : null,
    };
  }

  drawFoot() {
    const can = this.chat.can;
    this.tray.hidden = true;
    this.sheet.hidden = true;
    this.drawBeside();
    if (!can.includes("say")) {
      fill(this.foot, h("p", { class: "mute" }, "群机器人只发不收，这里只能看"));
      return;
    }
    this.input = h("input", { class: "say", type: "text", placeholder: "发消息",
      "aria-label": `${this.facts.name} 说`, maxlength: "20000", enterkeyhint: "send",
      onkeydown: (event) => { if (event.key === "Enter" && !event.isComposing) this.say(); } });
    fill(this.foot,
      this.facts.user_id ? null : this.speakers(),
      can.includes("voice") ? h("button", { type: "button", class: "round", title: "语音", "aria-label": "发语音", onclick: () => this.voice() }, icon("mic")) : null,
      this.input,
      h("button", { type: "button", class: "round", title: "更多", "aria-label": "更多", onclick: () => this.toggleTray() }, icon("plus")),
      h("button", { type: "button", class: "send", onclick: () => this.say() }, "发送"));
  }

  speakers() {
    this.speaker = h("select", { class: "speaker", "aria-label": "以谁的身份说话" },
      this.chat.members.map((member) => h("option", { value: member.user_id }, member.name)));
    return this.speaker;
  }

  toggleTray() {
    const can = this.chat.can;
    const tile = (name, label, act) => h("button", { type: "button", class: "tile", onclick: act }, h("span", {}, icon(name)), label);
    fill(this.tray,
      can.includes("photo") ? tile("photo", "图片", () => this.file.click()) : null,
      can.includes("photo") ? tile("camera", "示例照片", () => this.sendSample()) : null,
      can.includes("photo") && state.canScan ? tile("scan", "扫一扫", () => { this.tray.hidden = true; scan(this); }) : null,
      can.includes("voice") ? tile("mic", "语音", () => this.voice()) : null,
      can.includes("place") ? tile("pin", "位置", () => this.place()) : null,
      can.includes("enter") ? tile("door", "进入会话", () => this.do("enter", {})) : null,
      can.includes("at") ? this.chat.members.map((member) => tile("at", member.name, () => this.mention(member))) : null);
    this.tray.hidden = !this.tray.hidden;
    this.list.scrollTop = this.list.scrollHeight;
  }

  drawBeside() {
    const drop = (act) => h("button", { type: "button", class: "drop", "aria-label": "去掉", onclick: act }, icon("close"));
    fill(this.beside,
      this.quoting ? h("div", { class: "chip" }, `引用：${this.quoting.text.slice(0, 40)}`, drop(() => { this.quoting = null; this.drawBeside(); })) : null,
      this.at.map((member) => h("div", { class: "chip" }, `@${member.name}`, drop(() => { this.at = this.at.filter((one) => one !== member); this.drawBeside(); }))));
  }

  mention(member) {
    if (!this.at.includes(member)) this.at = [...this.at, member];
    this.tray.hidden = true;
    this.drawBeside();
    this.input.focus();
  }

  bring(id) {
    this.drawn.get(id)?.node.scrollIntoView({ block: "nearest" });
  }

  // What the owner does.

  async do(what, facts) {
    this.tray.hidden = true;
    this.acted();
    try {
      return await post(chatPath(this.facts, this.chat, what), this.facts.user_id ? facts : { ...facts, speaker: this.speaker.value });
    } catch (error) {
      toast(`${this.facts.name}：${error.message}`);
      return null;
    }
  }

  async say() {
    const text = this.input.value.trim();
    if (!text) return;
    const facts = { text };
    if (this.quoting) facts.quoting = this.quoting.id;
    if (this.at.length) facts.at = this.at.map((member) => member.user_id);
    if (await this.do("say", facts)) {
      this.input.value = "";
      this.quoting = null;
      this.at = [];
      this.drawBeside();
      this.list.scrollTop = this.list.scrollHeight;
    }
  }

  async press(bubble, label, key, selected) {
    key.classList.add("busy");
    const told = await this.do("press", { bubble: bubble.id, label, selected });
    key.classList.remove("busy");
    if (told?.error) toast(`${this.facts.name} 点“${label}”：${told.error}`);
  }

  voice() {
    const robot = this.chat.kind === "robot";
    const text = this.input.value.trim() || "3号冷库压缩机启动不了，麻烦派人看看";
    this.do("voice", robot ? { text } : {});
    if (robot) this.input.value = "";
  }

  place() {
    const text = this.input.value.trim();
    this.input.value = "";
    this.do("place", text ? { ...SITE, text } : SITE);
  }

  async sendSample() {
    const content = await (await fetch("/static/photo.png")).blob();
    // Every photo is another one, as photos are: the same bytes twice would be taken for one.
    this.photo(new Blob([content, `\n${Date.now()}`], { type: "image/png" }));
  }

  sendFile() {
    const [file] = this.file.files;
    if (file) this.photo(file);
    this.file.value = "";
  }

  async photo(blob) {
    this.tray.hidden = true;
    this.acted();
    const who = this.facts.user_id ? "" : `?speaker=${encodeURIComponent(this.speaker.value)}`;
    try {
      await postPhoto(chatPath(this.facts, this.chat, "photo") + who, blob);
    } catch (error) {
      toast(`${this.facts.name}：${error.message}`);
    }
  }
}
