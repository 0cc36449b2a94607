// The only place that makes elements. Texts become text nodes; nothing is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  plus: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  dots: "M6 12h.01M12 12h.01M18 12h.01",
  photo: "M4 6h16v12H4zM4 15l4-4 4 4 3-3 5 5M15.5 9.5h.01",
  mic: "M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  pin: "M12 20s6-5.4 6-10a6 6 0 0 0-12 0c0 4.6 6 10 6 10zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  door: "M14 4h5v16h-5M10 8l4 4-4 4M14 12H4",
  at: "M15.5 12a3.5 3.5 0 1 0-7 0 3.5 3.5 0 0 0 7 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.4 6.8",
  quote: "M5 7h6v6c0 2-1.5 3.5-4 4M13 7h6v6c0 2-1.5 3.5-4 4",
  wave: "M6 10v4M10 7v10M14 9v6M18 11v2",
  file: "M7 4h7l4 4v12H7zM14 4v4h4",
  camera: "M4 8h4l1.5-2h5L16 8h4v11H4zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  close: "M6 6l12 12M18 6L6 18",
  scan: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16",
};

export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child === null || child === undefined || child === false) continue;
    else element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

// A count that changes in place: what is redrawn under somebody's finger swallows the click.
export function badge() {
  const element = h("span", { class: "badge", hidden: true });
  return { element, show(count) { element.hidden = !count; element.textContent = count > 99 ? "99+" : count || ""; } };
}

// Abbreviates as the clients do: a person's given name, the beginning of anything longer.
export function initials(name) {
  return /^[\u4e00-\u9fff]{2,3}$/.test(name) ? name.slice(-2) : name.slice(0, 2);
}

export function tint(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return `tint${sum % 8}`;
}

export function avatar(name, extra = "") {
  return h("span", { class: `avatar ${tint(name)} ${extra}`, "aria-hidden": "true" }, initials(name));
}

// Both platforms live in China, wherever the browser is.
const SHORT = { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false };
const short = new Intl.DateTimeFormat("zh-CN", SHORT);
const long = new Intl.DateTimeFormat("zh-CN", { ...SHORT, second: "2-digit" });

const day = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric", weekday: "short" });

// With the day, where it is not today's on the clock at hand.
export const when = (ms, now) => (day.format(ms) === day.format(now) ? clock(ms) : `${day.format(ms)} ${clock(ms)}`);
export const moment = (ms, seconds = false) => `${weekday.format(ms)} ${clock(ms, seconds)}`;
export const clock = (ms, seconds = false) => (seconds ? long : short).format(ms);
