// What is wrong with the page in view for somebody who sees badly, has a big thumb or listens; as sentences.
(() => {
  const wrong = [];
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return box.width > 0 && box.height > 0 && style.visibility === "visible" && Number(style.opacity) > 0 && !one.closest("[aria-hidden=true]");
  };
  const name = (one) => {
    const words = (one.innerText || one.value || one.placeholder || one.className || "").toString().trim().slice(0, 40);
    return `<${one.tagName.toLowerCase()}> “${words}”`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  // The document.
  if (!document.documentElement.lang.startsWith("zh")) wrong.push("the document says no language");
  if (!document.title.trim()) wrong.push("the document has no title");
  const view = document.querySelector("meta[name=viewport]")?.content ?? "";
  if (/user-scalable=no|maximum-scale=1(\D|$)/.test(view)) wrong.push("the page cannot be made larger");
  // A telephone makes its view wider for what does not fit.
  const { width, scale } = window.visualViewport;
  if (document.documentElement.scrollWidth > Math.round(width * scale)) wrong.push(`wider than the screen: ${document.documentElement.scrollWidth} px`);
  for (const one of document.querySelectorAll("[tabindex]")) if (one.tabIndex > 0) wrong.push(`${name(one)} jumps the order of the tab key`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`two elements have the id ${id}`);

  // Headings.
  const levels = all("h1,h2,h3,h4,h5,h6").map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${levels.filter((level) => level === 1).length} main headings`);
  levels.forEach((level, at) => {
    if (at && level > levels[at - 1] + 1) wrong.push(`a heading of level ${level} follows one of level ${levels[at - 1]}`);
  });

  // Names.
  const label = (one) => {
    const by = (one.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => document.getElementById(id)?.innerText ?? "").join("");
    const labels = [...(one.labels ?? [])].map((each) => each.innerText).join("");
    return (one.getAttribute("aria-label") || by || labels || one.title || "").trim();
  };
  for (const one of all("input:not([type=hidden]),textarea,select")) if (!label(one)) wrong.push(`${name(one)} has no label`);
  for (const one of all("[role=radio],[role=checkbox],[role=switch],[role=slider],[role=textbox]")) {
    if (!label(one) && !one.innerText.trim()) wrong.push(`${name(one)} has no label`);
  }
  for (const one of all("button,a[href],[role=button],summary")) {
    const pictured = [...one.querySelectorAll("img")].map((each) => each.alt).join("");
    if (!(label(one) || one.innerText.trim() || pictured.trim())) wrong.push(`${name(one)} has no name`);
  }
  for (const one of all("img")) if (!one.hasAttribute("alt")) wrong.push(`${name(one)} has no alternative`);
  for (const one of all("canvas,svg[role=img]")) if (!label(one)) wrong.push(`${name(one)} has no name`);

  // Contrast.
  const parts = (colour) => {
    const found = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return found.length > 3 ? found : [...found, 1];
  };
  const over = (top, under) => {
    const alpha = top[3];
    return [0, 1, 2].map((at) => top[at] * alpha + under[at] * (1 - alpha)).concat(1);
  };
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      layers.push(parts(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const contrast = (one, colour, size, weight) => {
    const under = ground(one);
    if (!under) return;
    let faint = 1;
    for (let at = one; at; at = at.parentElement) faint *= Number(getComputedStyle(at).opacity);
    const ink = parts(colour);
    const top = over([ink[0], ink[1], ink[2], ink[3] * faint], under);
    const [high, low] = [light(top), light(under)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const large = size >= 24 || (size >= 18.66 && Number(weight) >= 700);
    if (ratio < (large ? 3 : 4.5)) wrong.push(`${name(one)} has a contrast of ${ratio.toFixed(2)}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const read = new Set();
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || read.has(one) || !shown(one) || one.closest("script,style,noscript,:disabled,[class*=-enter-active],[class*=-leave-active]")) continue;
    read.add(one);
    const style = getComputedStyle(one);
    contrast(one, style.color, parseFloat(style.fontSize), style.fontWeight);
    if (parseFloat(style.fontSize) < 12) wrong.push(`${name(one)} is smaller than 12 px`);
  }
  for (const one of all("textarea,select,input:not([type=radio],[type=checkbox],[type=file],[type=range])")) {
    const box = one.closest(".van-field__body") ?? one;
    const edges = ["Top", "Right", "Bottom", "Left"].map((side) => parseFloat(getComputedStyle(box)[`border${side}Width`]));
    if (!edges.every((edge) => edge > 0)) wrong.push(`${name(one)} is a box without a border`);
  }
  for (const one of all("input:not(:disabled),textarea:not(:disabled)")) {
    const style = getComputedStyle(one, one.value ? null : "::placeholder");
    if (one.value || one.placeholder) contrast(one, style.color, parseFloat(style.fontSize), style.fontWeight);
    if (parseFloat(getComputedStyle(one).fontSize) < 16) wrong.push(`${name(one)}: a telephone zooms into text smaller than 16 px`);
  }

  // Thumbs.
  const LEAST = 44;
  for (const one of all("button,a[href],input:not([type=hidden]),textarea,select,summary,[role=button],[role=radio],[role=checkbox]")) {
    if (one.matches(".picker") || (one.matches("a[href]") && getComputedStyle(one).display === "inline")) continue;
    const area = (one.closest("label,.van-cell") ?? one).getBoundingClientRect();
    const own = one.getBoundingClientRect();
    const [wide, high] = [Math.max(area.width, own.width), Math.max(area.height, own.height)];
    if (wide < LEAST - 0.5 || high < LEAST - 0.5) wrong.push(`${name(one)} is only ${Math.round(wide)}×${Math.round(high)} px large`);
  }
  return wrong;
})()
