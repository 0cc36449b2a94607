// Hides which chat the page was opened from. Every ability works without the vendors' scripts. Within WeCom and DingTalk
// theirs are used: the first scan or location asks the server for `{src, config}`, loads the copy on our own host and
// hands it the signature for this very page; where any of that fails or takes too long, the page goes on without.
// Vendors' pages: WeCom D90506 and the README of @wecom/jssdk, DingTalk "JSAPI 总览" (biz.util.scan,
// device.geolocation.get, biz.navigation.close). See docs/adr/0040-the-chats-own-scripts.md.

import { Refusal } from "./api.js";

const READY_MS = 4000;
const LOCATION_MS = 12_000;
const ACCURACY_M = 200;

const NO_SCAN = "这里不能扫码，请手工输入编号。";
const NOT_READ = "没有从照片里认出码，请靠近、对正后重拍，或者手工输入编号。";
const NO_LOCATION = "没有取得定位，请打开手机定位并允许使用位置，或者不带定位继续。";

function withinTime(promise, ms) {
  let timer = 0;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error("too late")), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function script(src) {
  const url = new URL(src, location.href);
  if (url.origin !== location.origin) return Promise.reject(new Error("a page takes scripts from its own host only"));
  return new Promise((done, fail) => {
    const element = document.createElement("script");
    element.src = url.href;
    element.onload = done;
    element.onerror = () => fail(new Error(`not loaded: ${url.pathname}`));
    document.head.append(element);
  });
}

/** This page's URL as a chat wants it signed. */
const here = () => location.href.split("#", 1)[0];

const CALLS = {
  wecom: {
    script: () => window.ww,
    ready: (ww, { corpId, jsApiList, ...signed }, ask) =>
      new Promise((done, fail) => {
        const first = here();
        // It says itself which URL counts; some clients take the one that the page was first opened with.
        const getConfigSignature = async (url) => (url === first ? signed : (await ask(url)).config);
        ww.register({ corpId, jsApiList, getConfigSignature, onConfigSuccess: done, onConfigFail: fail });
      }),
    // A bar code comes as "CODE_128,7501…".
    scan: (ww) => ww.scanQRCode({ needResult: true, scanType: ["qrCode", "barCode"] }).then(({ resultStr }) => resultStr.replace(/^[A-Z0-9_]+,/, "")),
    gaveUp: ({ errMsg = "" }) => errMsg.endsWith(":cancel"),
    locate: (ww) => ww.getLocation({ type: "wgs84" }),
    close: (ww) => ww.closeWindow(),
  },
  dingtalk: {
    script: () => window.dd,
    ready: (dd, config) =>
      new Promise((done, fail) => {
        if (config) dd.config(config); // Without one only what needs no signature can be called.
        dd.error(fail);
        dd.ready(done);
      }),
    scan: (dd) => dd.biz.util.scan({ type: "all" }).then(({ text }) => text),
    gaveUp: ({ errorCode }) => String(errorCode) === "-1",
    // `coordinate: 0` is WGS 84; 1 would be the map maker's shifted one.
    locate: (dd) => dd.device.geolocation.get({ targetAccuracy: ACCURACY_M, coordinate: 0, withReGeocode: false, useCache: false }),
    close: (dd) => dd.biz.navigation.close({}),
  },
};

/** Which chat's web view this is, by what it says of itself; "" in WeChat and in browsers. */
export function chatHere(agent = navigator.userAgent) {
  if (/wxwork\//i.test(agent)) return "wecom";
  return /dingtalk\//i.test(agent) ? "dingtalk" : "";
}

function byBrowser() {
  return new Promise((done, fail) => {
    if (!navigator.geolocation) {
      fail(new Error("no geolocation"));
      return;
    }
    const options = { enableHighAccuracy: true, timeout: LOCATION_MS, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(({ coords }) => done(coords), fail, options);
  });
}

let picking = null;

/** Choose photographs with the phone's own dialogue; `camera` opens the camera at once. Returns files, [] when cancelled. */
export function pickImages({ most = 9, camera = false } = {}) {
  picking?.([]); // A dialogue that an old web view closed without a word.
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.multiple = most > 1 && !camera;
  if (camera) input.setAttribute("capture", "environment");
  input.className = "picker";
  input.tabIndex = -1;
  input.setAttribute("aria-hidden", "true");
  return new Promise((done) => {
    picking = (files) => {
      picking = null;
      input.remove();
      done(files);
    };
    input.addEventListener("change", () => picking?.([...input.files].slice(0, most)));
    input.addEventListener("cancel", () => picking?.([]));
    document.body.append(input); // Some web views answer only for an input in the document.
    input.click();
  });
}

async function byDetector(file) {
  const picture = await createImageBitmap(file);
  const [found] = await new window.BarcodeDetector().detect(picture);
  return found?.rawValue ?? "";
}

/**
 * The abilities of the phone, for one page.
 *
 * Args:
 *   platform: the chat.
 *   askSdk: `async (platform, url) => {src, config}`, asks the server for the chat's script and a signature for this page;
 *     null when the page has no such address.
 *   readCode: `async (file) => text`, asks the server to read a code off a photo ("" when there is none); null when the
 *     page has no such address.
 */
export function createBridge({ platform = chatHere(), askSdk = null, readCode = null } = {}) {
  const calls = CALLS[platform];
  let preparing = null;

  async function prepared() {
    const ask = (url) => askSdk(platform, url);
    const { src, config } = await ask(here());
    await script(src);
    const vendor = calls.script();
    await calls.ready(vendor, config, ask);
    return vendor;
  }

  /** The vendor's object once it is ready, or null; asked once, and never waited for longer than four seconds. */
  function vendor() {
    if (!calls || !askSdk) return Promise.resolve(null);
    preparing ??= withinTime(prepared(), READY_MS).catch((error) => {
      console.warn("the chat's own abilities are not available:", error);
      if (error?.again) preparing = null; // Without a network, or the platform was away: it may be there at the next press.
      return null;
    });
    return preparing;
  }

  /** Read a bar code or QR code; "" when the user gave up. Throws a Refusal that asks to type. */
  async function scan() {
    const theirs = await vendor();
    if (theirs) {
      const text = await calls.scan(theirs).catch((error) => (calls.gaveUp(error ?? {}) ? "" : null));
      if (text !== null) return String(text).trim();
    }
    if (!readCode && !window.BarcodeDetector) throw new Refusal("scan_unavailable", NO_SCAN);
    const [file] = await pickImages({ most: 1, camera: true });
    if (!file) return "";
    const text = (window.BarcodeDetector && (await byDetector(file).catch(() => ""))) || (readCode && (await readCode(file)));
    if (!text) throw new Refusal("scan_unread", NOT_READ);
    return text.trim();
  }

  /** Where the phone is: `{latitude, longitude, accuracy_m}` in WGS 84. Throws a Refusal; a step must be possible without. */
  async function location() {
    const theirs = await vendor();
    const told = (theirs && (await withinTime(calls.locate(theirs), LOCATION_MS).catch(() => null))) || (await byBrowser().catch(() => null));
    if (!told) throw new Refusal("location_unavailable", NO_LOCATION);
    return { latitude: Number(told.latitude), longitude: Number(told.longitude), accuracy_m: Math.round(Number(told.accuracy) || 0) };
  }

  /** Go back to the chat. Returns false where a page cannot close itself; then say 请点左上角返回聊天。 */
  async function close() {
    const theirs = await vendor();
    if (theirs) return calls.close(theirs).then(
      () => true,
      () => false,
    );
    window.WeixinJSBridge?.call("closeWindow");
    return Boolean(window.WeixinJSBridge);
  }

  return { platform, scan, location, pickImages, close };
}
