// 扫一扫: the labels that somebody would have at hand. An address opens a page, as on a real phone; any other code stays in
// the chat: as a photo of the label, or as the words that were read off it.
import { fill, h, icon } from "./dom.js";
import { toast } from "./store.js";

export async function scan(phone) {
  const key = encodeURIComponent(phone.facts.key);
  const response = await fetch(`/codes/${key}`).catch(() => null);
  if (!response?.ok) {
    toast(`${phone.facts.name}：现在扫不了，演示可能已经停止`);
    return;
  }
  const { codes } = await response.json();
  const { sheet } = phone;
  const close = () => { sheet.hidden = true; };
  const address = (code) => `/codes/${key}/${encodeURIComponent(code.key)}`;
  fill(sheet,
    h("div", { class: "sheet-head" }, h("strong", {}, "扫一扫"), h("small", {}, "手边有这些标签"),
      h("button", { type: "button", class: "drop", "aria-label": "关闭", onclick: close }, icon("close"))),
    h("div", { class: "labels" }, codes.length ? codes.map((code) => label(code, address(code), phone, close)) : h("p", { class: "empty" }, "手边没有可以扫的标签")));
  sheet.hidden = false;
  sheet.querySelector("button").focus();
}

function label(code, address, phone, close) {
  const act = (words, does) => h("button", { type: "button", class: "key", onclick: () => { close(); does(); } }, words);
  const { can } = phone.chat;
  return h("div", { class: "label", "data-code": code.key },
    h("img", { src: address, alt: `标签：${code.text}`, loading: "lazy" }),
    h("div", { class: "label-what" }, h("strong", {}, code.title), h("small", {}, code.url ? "网页" : code.text),
      h("div", { class: "keys" },
        code.url ? h("a", { class: "key style1", href: code.url, target: "_blank", rel: "noopener noreferrer", onclick: close }, "打开") : null,
        can.includes("photo") ? act("拍下发送", () => sendLabel(address, phone)) : null,
        can.includes("say") && !code.url ? act("发出文字", () => phone.do("say", { text: code.text })) : null)));
}

async function sendLabel(address, phone) {
  const content = await (await fetch(address)).blob();
  // Every photo is another one, as photos are: the same bytes twice would be taken for one.
  phone.photo(new Blob([content, `\n${Date.now()}`], { type: "image/png" }));
}
