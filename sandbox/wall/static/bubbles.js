// One message as its client draws it. `acts` are what its reader can do: press, say, quote.
import { avatar, h, icon } from "./dom.js";
import { markdown, words } from "./text.js";

export function message(bubble, phone, chat, acts) {
  const grouped = chat.kind === "group" || chat.kind === "webhook";
  const body = draw(bubble, phone, acts);
  const quotable = acts.quote && (bubble.kind === "text" || bubble.kind === "markdown");
  const robot = bubble.side === "product" ? `robot ${phone.client}` : "";
  return h(
    "div",
    { class: `msg ${bubble.side}`, "data-id": bubble.id },
    avatar(bubble.who, robot),
    h("div", { class: "col" },
      grouped && bubble.side !== "me" ? h("span", { class: "who" }, bubble.who) : null,
      body,
      bubble.quote && bubble.kind !== "card" ? h("div", { class: "replied" }, bubble.quote.slice(0, 80)) : null,
      quotable ? h("button", { class: "quote", type: "button", title: "引用", onclick: () => acts.quote(bubble) }, icon("quote")) : null),
  );
}

function draw(bubble, phone, acts) {
  if (bubble.kind === "card") return card(bubble, acts);
  if (bubble.kind === "menu") return menu(bubble, acts);
  if (bubble.kind === "picture") return picture(bubble);
  if (bubble.kind === "place") return place(bubble);
  if (bubble.kind === "voice") return voice(bubble);
  if (bubble.kind === "file" || bubble.kind === "video") return file(bubble);
  if (bubble.kind === "markdown") return h("div", { class: "bubble" }, markdown(bubble.text, acts.say));
  return h("div", { class: "bubble text" }, words(bubble.text, bubble.side === "product" && phone.client === "wecom"));
}

function picture(bubble) {
  const address = `/media/${bubble.media.split("/").map(encodeURIComponent).join("/")}`;
  const image = h("img", { class: "picture", src: address, alt: "图片", loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "bubble broken" }, icon("photo"), "图片无法显示")));
  image.addEventListener("click", () => window.open(address, "_blank", "noopener"));
  return image;
}

function place(bubble) {
  return h("div", { class: "place" },
    h("div", { class: "place-name" }, bubble.text, bubble.address ? h("small", {}, bubble.address) : h("small", {}, bubble.where)),
    h("div", { class: "map" }, icon("pin")));
}

function voice(bubble) {
  const heard = bubble.text ? h("div", { class: "heard" }, bubble.text) : null;
  return h("div", { class: "voice-box" }, h("div", { class: "bubble voice" }, icon("wave"), "3″"), heard);
}

function file(bubble) {
  return h("div", { class: "bubble file" }, icon("file"), h("span", {}, bubble.text || (bubble.kind === "video" ? "视频" : "文件")));
}

// 微信客服's menu: words to tap, each in a line of its own.
function menu(bubble, acts) {
  return h("div", { class: "bubble menu" },
    bubble.text ? h("div", { class: "text" }, words(bubble.text)) : null,
    h("div", { class: "items" }, bubble.items.map((item) => {
      if (item.tap) return h("button", { type: "button", class: "tap", onclick: (event) => acts.press(bubble, item.text, event.target) }, item.text);
      if (/^https?:\/\//.test(item.url)) return h("a", { href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.text);
      return h("span", {}, item.text);
    })),
    bubble.tail ? h("div", { class: "tail" }, words(bubble.tail)) : null);
}

function card(bubble, acts) {
  const selected = {};
  return h("div", { class: "card" },
    bubble.source ? h("div", { class: "source" }, bubble.source) : null,
    h("div", { class: "head" }, h("strong", {}, bubble.title), bubble.status ? h("span", { class: "status" }, bubble.status) : null),
    bubble.emphasis ? h("div", { class: "emphasis" }, bubble.emphasis) : null,
    bubble.text ? markdown(bubble.text, acts.say) : null,
    bubble.quote ? h("div", { class: "quoted" }, bubble.quote) : null,
    bubble.rows.length ? h("dl", {}, bubble.rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, words(value))))) : null,
    bubble.note ? h("div", { class: "note" }, markdown(bubble.note, acts.say)) : null,
    bubble.questions.map((question) => form(question, selected)),
    bubble.replaced ? h("div", { class: "replaced" }, bubble.replaced) : null,
    buttons(bubble, selected, acts));
}

function buttons(bubble, selected, acts) {
  const all = bubble.buttons.map((button) => {
    if (button.url) return /^https?:\/\//.test(button.url) ? h("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text) : null;
    return h("button", { type: "button", class: `key style${button.style}`, onclick: (event) => acts.press(bubble, button.text, event.target, selected) }, button.text);
  });
  const menu = bubble.menu.map((label) =>
    h("button", { type: "button", class: "key plain", onclick: (event) => acts.press(bubble, label, event.target) }, label));
  return all.length + menu.length ? h("div", { class: "keys" }, all, menu) : null;
}

function form(question, selected) {
  const chosen = () => question.options.filter((option) => option.on).map((option) => option.id);
  selected[question.key] = chosen();
  const pick = (id, on) => {
    for (const option of question.options) {
      if (option.id === id) option.on = on;
      else if (!question.many) option.on = false;
    }
    selected[question.key] = chosen();
  };
  const name = `q${Math.random()}`;
  return h("fieldset", {}, h("legend", {}, question.title), question.options.map((option) =>
    h("label", {}, h("input", { type: question.many ? "checkbox" : "radio", name, checked: option.on, onchange: (event) => pick(option.id, event.target.checked) }), option.text)));
}
