// What of dingtalk-jsapi the pages use, as the global `dd` that DingTalk documents; bundled by vendor.mjs, for the package
// has no file that a browser could load. Telephones only: pages with a camera and a place are opened on those.

import "dingtalk-jsapi/entry/mobile.js";
import dd from "dingtalk-jsapi/core.js";
import { close$ as close } from "dingtalk-jsapi/api/biz/navigation/close.js";
import { scan$ as scan } from "dingtalk-jsapi/api/biz/util/scan.js";
import { get$ as get } from "dingtalk-jsapi/api/device/geolocation/get.js";

window.dd = Object.assign(dd, { biz: { navigation: { close }, util: { scan } }, device: { geolocation: { get } } });
