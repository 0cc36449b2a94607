// Hides which chat the page was opened from. Every ability works without the vendors' scripts; theirs are used where the
// web view brought them along, or where the server's page config names a copy on our own host and a signed config.
//
// A page config's `platform` is "wecom", "dingtalk" or ""; its `sdk`, if any, is
//   {src, config, agent_config}   for WeCom: what wx.config and wx.agentConfig take
//   {src, config}                 for DingTalk: what dd.config takes; without config only what needs no signature
// Vendors' pages: WeCom D90506 and D90539 (JS-SDK), DingTalk "JSAPI 总览" (biz.util.scan, device.geolocation.get,
// biz.navigation.close).

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

const CALLS = {
  wecom: {
    found: () => window.wx,
    ready: (wx, { config, agent_config }) =>
      new Promise((done, fail) => {
        // Without a signature wx refuses every call.
        if (!config) throw new Error("no signed config");
        wx.config(config);
        wx.error(fail);
        wx.ready(() => (agent_config ? wx.agentConfig({ ...agent_config, success: done, fail }) : done()));
      }),
    scan: (wx) =>
      new Promise((done, fail) => {
        wx.scanQRCode({
          needResult: 1,
          scanType: ["qrCode", "barCode"],
          // A bar code comes as "CODE_128,7501…".
          success: ({ resultStr }) => done(resultStr.replace(/^[A-Z0-9_]+,/, "")),
          fail,
          cancel: () => done(""),
        });
      }),
    locate: (wx) =>
      new Promise((done, fail) => {
        const success = ({ latitude, longitude, accuracy }) => done({ latitude, longitude, accuracy });
        wx.getLocation({ type: "wgs84", success, fail, cancel: fail });
      }),
    close: (wx) => wx.closeWindow(),
  },
  dingtalk: {
    found: () => window.dd,
    ready: (dd, { config }) =>
      new Promise((done, fail) => {
        if (config) dd.config(config);
        dd.error?.(fail);
        dd.ready(done);
      }),
    scan: (dd) =>
      new Promise((onSuccess, onFail) => {
        dd.biz.util.scan({ type: "all", onSuccess: ({ text }) => onSuccess(text), onFail });
      }),
    // `coordinate: 0` is WGS 84; 1 would be the map maker's shifted one.
    locate: (dd) =>
      new Promise((onSuccess, onFail) => {
        dd.device.geolocation.get({ targetAccuracy: ACCURACY_M, coordinate: 0, withReGeocode: false, useCache: false, onSuccess, onFail });
      }),
    close: (dd) => dd.biz.navigation.close({}),
  },
};

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
 *   platform, sdk: from the page config, see above.
 *   readCode: `async (file) => text`, asks the server to read a code off a photo ("" when there is none); null when the
 *     page has no such address.
 */
export function createBridge({ platform = "", sdk = null, readCode = null } = {}) {
  const calls = CALLS[platform];
  let preparing = null;

  async function prepared() {
    if (!calls.found() && sdk?.src) await script(sdk.src);
    const vendor = calls.found();
    if (!vendor) throw new Error("no vendor's script here");
    await calls.ready(vendor, sdk ?? {});
    return vendor;
  }

  /** The vendor's object once it is ready, or null; asked once, and never waited for longer than four seconds. */
  function vendor() {
    if (!calls || (!sdk && !calls.found())) return Promise.resolve(null);
    preparing ??= withinTime(prepared(), READY_MS).catch((error) => {
      console.warn("the chat's own abilities are not available:", error);
      return null;
    });
    return preparing;
  }

  /** Read a bar code or QR code; "" when the user gave up. Throws a Refusal that asks to type. */
  async function scan() {
    const theirs = await vendor();
    if (theirs) {
      const text = await calls.scan(theirs).catch(() => null);
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
    if (theirs) calls.close(theirs);
    else if (window.WeixinJSBridge) window.WeixinJSBridge.call("closeWindow");
    else return false;
    return true;
  }

  return { platform, scan, location, pickImages, close };
}
