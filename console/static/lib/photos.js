// Photographs on the phone: refused with a reason, made small before they travel, sent with progress and patience.

import { Refusal, patiently, refusalOf } from "./api.js";

export const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.8;
const MOST_BYTES = 40 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const HEAD_BYTES = 16;
// Phones take up to 200 million; a picture of more is unpacked into more memory than a phone has.
const MOST_PIXELS = 200_000_000;

const TOO_LARGE = "这张照片超过 40 MB，请换一张，或者把相机的分辨率调低后重拍。";
const TOO_WIDE = "这张照片的像素太多，手机打不开，请换一张，或者把相机的分辨率调低后重拍。";
const EMPTY = "这个文件是空的，请重新选择照片。";
const NO_IMAGE = "这个文件不是照片，请选择 JPG 或 PNG 图片。";
const HEIC = "这部手机打不开 HEIC 照片，请在相机设置里改用“兼容性最佳”后重拍，或者截一张图再上传。";
const BROKEN = "这张照片打不开，可能已损坏，请换一张或重拍。";

const text = (bytes, from, to) => String.fromCharCode(...bytes.slice(from, to));

/** What the first bytes say a file is; its name and the browser's word for it prove nothing. */
export function kindOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(bytes, 1, 4) === "PNG" && bytes[0] === 0x89) return "png";
  if (text(bytes, 0, 4) === "GIF8") return "gif";
  if (text(bytes, 0, 2) === "BM") return "bmp";
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 12) === "WEBP") return "webp";
  if (text(bytes, 4, 8) === "ftyp" && /^(hei|hev|hi|mif|msf|avi)/.test(text(bytes, 8, 12))) return "heic";
  return "";
}

async function kindOfFile(file) {
  if (file.size === 0) throw new Refusal("photo_empty", EMPTY);
  if (file.size > MOST_BYTES) throw new Refusal("photo_too_large", TOO_LARGE);
  const kind = kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (kind === "") throw new Refusal("photo_kind", NO_IMAGE);
  return kind;
}

function element(url) {
  return new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => fail(new Error("not decoded"));
    image.src = url;
  });
}

// An <img> is turned the way the camera was held in every web view we know, and reads what the system can read, HEIC on
// an iPhone included; createImageBitmap does neither everywhere.
async function decoded(file, kind, use) {
  const url = URL.createObjectURL(file);
  try {
    const image = await element(url).catch(() => {
      throw kind === "heic" ? new Refusal("photo_heic", HEIC) : new Refusal("photo_broken", BROKEN);
    });
    return await use(image);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function drawn(image, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  // A transparent picture would become black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Refusal("photo_broken", BROKEN))), "image/jpeg", QUALITY);
  });
}

/**
 * Check a chosen file and make it at most 1600 px long, as a JPEG without the camera's data about place and owner.
 *
 * Returns `{blob, width, height, name}`; throws a Refusal with a sentence for the reader.
 */
export async function prepare(file) {
  const kind = await kindOfFile(file);
  return decoded(file, kind, async (image) => {
    if (image.naturalWidth * image.naturalHeight > MOST_PIXELS) throw new Refusal("photo_too_large", TOO_WIDE);
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(image.naturalWidth, image.naturalHeight));
    const width = Math.max(1, Math.round(image.naturalWidth * scale));
    const height = Math.max(1, Math.round(image.naturalHeight * scale));
    const blob = await drawn(image, width, height);
    return { blob, width, height, name: `${(file.name ?? "photo").replace(/\.[^.]*$/, "")}.jpg` };
  });
}

function sendOnce(url, { blob }, { onProgress, timeout_ms, held }) {
  return new Promise((done, fail) => {
    const call = new XMLHttpRequest();
    held.call = call;
    call.open("POST", url);
    call.timeout = timeout_ms;
    call.upload.onprogress = ({ loaded, total }) => onProgress(total ? Math.min(loaded / total, 1) : 0);
    call.onload = () => {
      if (call.status < 200 || call.status > 299) {
        fail(refusalOf(call.status, call.responseText, call.getResponseHeader("Retry-After")));
        return;
      }
      try {
        done(JSON.parse(call.responseText));
      } catch {
        fail(new Refusal("busy", "", { again: true }));
      }
    };
    call.onerror = () => fail(new Refusal("offline", "", { again: true }));
    call.ontimeout = () => fail(new Refusal("slow", "", { again: true }));
    call.onabort = () => fail(new Refusal("cancelled", "已取消上传，需要时请重新选择照片。"));
    call.send(blob);
  });
}

/**
 * Upload the bytes of a prepared photo, again when the network is lost half way; the server keeps the same bytes once.
 *
 * Args: `onProgress` is called with 0 to 1. Returns `{answer, cancel}`: a promise of the server's JSON, and a way out.
 */
export function upload(url, photo, { onProgress = () => {}, timeout_ms = TIMEOUT_MS, ...patience } = {}) {
  const held = { call: null, ended: false };
  const answer = patiently(() => {
    if (held.ended) throw new Refusal("cancelled", "已取消上传，需要时请重新选择照片。");
    onProgress(0);
    return sendOnce(url, photo, { onProgress, timeout_ms, held });
  }, patience);
  return {
    answer,
    cancel: () => {
      held.ended = true;
      held.call?.abort();
    },
  };
}
