// People's words and the platforms' Markdown as nodes: bold, colours they know, links, mentions, lists, quotes.
import { h } from "./dom.js";

const COMMAND = "dtmd://dingtalkclient/sendMessage?content=";
const INLINE = /\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^*\n]+)\*\*|<font color=["']?([#\w]+)["']?>([^<]*)<\/font>|(https?:\/\/[^\s，。；、）)】]+)|(@[\u4e00-\u9fff\w]{1,20})/g;
const PLAIN = /(https?:\/\/[^\s，。；、）)】]+)|(@[\u4e00-\u9fff\w]{1,20})/g;
// WeCom's clients turn this one tag of an app's text into a link.
const TAGGED = new RegExp(`<a href="(https?://[^"\\s<>]+)">([^<>]+)</a>|${PLAIN.source}`, "g");
const COLOURS = { info: "info", comment: "comment", warning: "warning" };

function link(label, address, say) {
  if (address.startsWith(COMMAND) && say) {
    const words = decodeURIComponent(address.slice(COMMAND.length).replace(/\+/g, " "));
    return h("button", { class: "command", type: "button", title: `点了就会说：${words}`, onclick: () => say(words) }, label);
  }
  if (!/^https?:\/\//.test(address)) return document.createTextNode(label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function words(text, tagged = false) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(tagged ? TAGGED : PLAIN)) {
    const [url, mention] = found.slice(-2);
    if (found.index > from) nodes.push(document.createTextNode(text.slice(from, found.index)));
    if (url || mention) nodes.push(url ? link(url, url) : h("span", { class: "mention" }, mention));
    else nodes.push(link(found[2], found[1]));
    from = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function inline(text, say) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, label, address, bold, colour, coloured, url, mention] = found;
    if (found.index > from) nodes.push(document.createTextNode(text.slice(from, found.index)));
    if (label) nodes.push(link(label, address, say));
    else if (bold) nodes.push(h("strong", {}, inline(bold, say)));
    else if (colour) nodes.push(h("span", { class: `font ${COLOURS[colour] || (/^#|red/i.test(colour) ? "warning" : "")}` }, coloured));
    else if (url) nodes.push(link(url, url));
    else nodes.push(h("span", { class: "mention" }, mention));
    from = found.index + whole.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

export function markdown(text, say) {
  const lines = text.replace(/<br\s*\/?>/gi, "\n").split("\n").map((line) => line.trimEnd());
  return h("div", { class: "markdown" }, lines.filter((line, at) => line || (at && lines[at - 1])).map((line) => {
    const heading = line.match(/^#{1,6}\s+(.*)$/);
    if (heading) return h("p", { class: "heading" }, inline(heading[1], say));
    const quote = line.match(/^>\s?(.*)$/);
    if (quote) return h("p", { class: "quoted" }, inline(quote[1], say));
    const item = line.match(/^\s*(?:[-*]|(\d+\.))\s+(.*)$/);
    if (item) return h("p", { class: "item" }, h("span", { class: "dot" }, item[1] || "•"), h("span", {}, inline(item[2], say)));
    if (/^-{3,}$/.test(line)) return h("hr");
    return h("p", {}, inline(line, say));
  }));
}
