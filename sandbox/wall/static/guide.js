// Whose turn it is, found out from what stands on the phones: the newest button that waits for its owner.
import { avatar, fill, h } from "./dom.js";
import { state } from "./store.js";

const CHOOSE = "点选一项，或直接回复";

// What can be pressed on a bubble now, and the links beside it.
const offered = (bubble) => [
  ...(bubble.items ?? []).filter((item) => item.tap).map((item) => item.text),
  ...(bubble.buttons ?? []).filter((button) => !button.url).map((button) => button.text),
  ...(bubble.menu ?? []),
];

// A menu of 微信客服 stays where it is: it waits until its reader says something, or is told that it is done.
function waiting(chat, cues) {
  const bubbles = [...chat.bubbles.values()];
  let answered = false;
  for (let at = bubbles.length - 1; at >= 0; at -= 1) {
    const bubble = bubbles[at];
    if (bubble.side === "me" && bubble.kind === "text") answered = true;
    const labels = bubble.side === "product" && !(bubble.kind === "menu" && answered) ? offered(bubble) : [];
    const cue = cues.find((one) => labels.includes(one.label));
    if (cue?.does) {
      const told = bubbles.slice(at + 1).map((one) => JSON.stringify(one));
      if (!cue.ends || !told.some((text) => text.includes(cue.ends))) return { bubble, cue };
    } else if (!cue && labels.length && bubble.kind === "menu" && at === bubbles.length - 1) {
      return { bubble, cue: { label: labels[0], does: CHOOSE, late: false, also: labels } };
    }
  }
  return null;
}

/** Whose turn it is: phone, chat, bubble and what to do; null where nobody is waited for. */
export function turnOf(phones, guide) {
  let best = null;
  for (const phone of phones.values()) {
    for (const chat of phone.user_id ? phone.chats : []) {
      const found = chat.members.length ? null : waiting(chat, guide.cues);
      const rank = found && [found.cue.late ? 0 : 1, found.bubble.at];
      if (rank && (!best || rank[0] > best.rank[0] || (rank[0] === best.rank[0] && rank[1] >= best.rank[1]))) {
        best = { phone, chat, bubble: found.bubble, does: found.cue.does, marks: [found.cue.label, ...found.cue.also], rank };
      }
    }
  }
  const first = phones.get(guide.first);
  if (best || !first) return best;
  const [chat] = first.chats;
  const begun = [...chat.bubbles.values()].some((bubble) => bubble.side === "me");
  return begun ? null : { phone: first, chat, bubble: null, does: guide.does, says: guide.says, marks: [] };
}

/** The line above the phones. Args: `goTo(turn)` shows the phone; `reset()` begins anew; `write(turn)` fills in the words; `seen(key)`: the phone is in view. */
export class GuideLine {
  constructor(element, { goTo, reset, write, seen }) {
    Object.assign(this, { element, goTo, reset, write, seen, turn: null, drawn: "", byHand: false });
  }

  // Something was done by hand: from now on the line tells whose turn it is, not that a story was told.
  act() {
    this.byHand = true;
    this.draw();
  }

  draw() {
    const { guide, play, phones } = state;
    this.turn = guide && !play?.running ? turnOf(phones, guide) : null;
    const told = Boolean(play?.played) && !this.byHand && !play.running;
    const { turn } = this;
    const away = turn && !this.seen(turn.phone.key);
    const look = JSON.stringify([Boolean(guide), play?.running, play?.played, told, turn?.phone.key, turn?.does, away, state.canReset]);
    this.mark(told);
    if (look === this.drawn) return;
    this.drawn = look;
    this.element.hidden = !guide;
    fill(this.element, play?.running ? (play.played ? this.watching(play.running) : this.preparing()) : told && state.canReset ? this.over() : turn ? this.next(turn, away) : this.idle());
  }

  preparing() {
    return h("p", {}, h("strong", {}, "正在准备"), "约半分钟，请稍等。");
  }

  watching(title) {
    return h("p", {}, h("strong", {}, "先看，不用动手"), `系统正在自己演“${title}”，每部手机都在动；演完就轮到您。`);
  }

  over() {
    return [h("p", {}, h("strong", {}, "演完了"), "往上翻可以看每一步。现在自己走一遍："),
      h("button", { type: "button", class: "go", onclick: this.reset }, "从头自己来"),
      h("button", { type: "button", class: "later", onclick: () => this.act() }, "接着往下")];
  }

  next(turn, away) {
    return [h("p", {}, avatar(turn.phone.name), h("span", {}, h("strong", {}, `轮到 ${turn.phone.name}（${turn.phone.role}）`), turn.does)),
      turn.says ? h("button", { type: "button", class: "go", onclick: () => this.write(turn) }, "帮我写好") : null,
      away && !turn.says ? h("button", { type: "button", class: "go", onclick: () => this.goTo(turn) }, "去这部手机") : null];
  }

  idle() {
    return h("p", {}, h("strong", {}, "等一下"), "系统在答复，或这一单已经走完；随时可以在任何一部手机上说话。");
  }

  // The phone, its chip and the button, wherever they are drawn now.
  mark(told) {
    const { turn } = this;
    const key = told ? "" : turn?.phone.key;
    for (const one of document.querySelectorAll("[data-phone], [data-person]")) {
      one.classList.toggle("turn", Boolean(key) && (one.dataset.phone ?? one.dataset.person) === key);
    }
    for (const one of document.querySelectorAll(".cue")) one.classList.remove("cue");
    if (!key || !turn.bubble) return;
    const keys = document.querySelectorAll(`[data-phone="${CSS.escape(key)}"] [data-id="${CSS.escape(turn.bubble.id)}"] :is(.key, .tap, a)`);
    for (const one of keys) one.classList.toggle("cue", turn.marks.includes(one.textContent));
  }
}
