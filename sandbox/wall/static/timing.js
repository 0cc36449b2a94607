// The clock: what it shows, how fast it goes, and how it is moved on.
import { fill, h, moment } from "./dom.js";
import { aheadMs, platformNow, post, state, toast } from "./store.js";

const JUMPS = [["minutes", "＋10 分钟"], ["hour", "＋1 小时"], ["day", "＋1 天"], ["morning", "到早上 8:30"]];
const TOGETHER = "产品和两个平台用同一个钟：时限提醒、超时升级、日报、令牌到期都会跟着来。时间只往前走，“重置”回到真实时间。演剧情时按真实速度走。";
const APART = "只拨两个平台的钟：令牌、素材、会话会到期，回调带着错的时间。产品不是这里启动的，用它自己的钟，不会跟着快。";

const move = (by, facts) => () => post(`/clock/${by}`, facts ? facts() : {}).catch((error) => toast(error.message));

export class ClockBox {
  constructor() {
    this.element = h("section", { class: "box clock-box" });
    this.now = h("strong", { class: "now" });
    this.ahead = h("small");
  }

  draw() {
    const { timing } = state;
    const playing = Boolean(state.play?.running);
    if (!timing) return;
    this.element.classList.toggle("disturbed", timing.ahead);
    this.tick();
    // What is redrawn under somebody's finger swallows the click, so a jump alone redraws nothing.
    const look = JSON.stringify([timing.followed, timing.speed, playing, timing.followed || timing.ahead]);
    if (look === this.drawn) return;
    this.drawn = look;
    const button = (label, act, props = {}) => h("button", { type: "button", disabled: playing, onclick: act, ...props }, label);
    const to = this.to = h("input", { type: "datetime-local", "aria-label": "跳到什么时候", value: this.later(), disabled: playing });
    fill(this.element,
      h("h3", {}, timing.followed ? "时钟" : "平台的时钟", this.ahead), this.now,
      timing.followed ? h("div", { class: "modes speeds" },
        button("正常速度", move("steady"), { "aria-pressed": String(timing.speed === 1) }),
        button(["快进 ", "×60"], move("fast"), { "aria-pressed": String(timing.speed !== 1), title: "一秒当一分钟" })) : null,
      h("div", { class: "once" }, JUMPS.map(([by, label]) => button(label, move(by)))),
      h("div", { class: "once" }, to, button("跳到", move("to", () => ({ to: to.value })))),
      timing.followed ? null : h("div", { class: "once" }, button("回到真实时间", move("real"), { disabled: playing || !timing.ahead })),
      h("p", { class: "hint" }, timing.followed ? TOGETHER : APART));
    this.tick();
  }

  // The whole hour in China after the next minutes, as the input writes it.
  later(minutes = 60) {
    const there = new Date(Math.ceil((platformNow() + minutes * 60000) / 3600000) * 3600000 + 8 * 3600000);
    return there.toISOString().slice(0, 16);
  }

  tick() {
    this.now.textContent = moment(platformNow(), true);
    this.ahead.textContent = aheadWords();
    if (this.to && document.activeElement !== this.to && this.to.value < this.later(0)) this.to.value = this.later();
  }
}

export function aheadWords() {
  const minutes = Math.round(aheadMs() / 60000);
  if (!minutes) return "真实时间";
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  return `快了 ${[days && `${days} 天`, hours && `${hours} 小时`, rest && `${rest} 分`].filter(Boolean).join(" ")}`;
}
