// The service report: kept on the phone while it is filled in, checked here and again by the server's rule.

import { usePhotos } from "./job_photos.js";

const { computed, reactive, watch } = globalThis.Vue;

const MOST_PHOTOS = 12;
const KEEP_AFTER_MS = 400;
const MEASURED = /^-?\d{1,9}(\.\d{1,6})?$/;

const empty = (form) => ({
  cause: form.filled.cause,
  remedy: form.filled.remedy,
  hours: form.filled.hours,
  materials: form.filled.materials,
  checks: Object.fromEntries(form.items.filter((item) => !item.reading).map(({ key }) => [key, { passed: form.filled.checks[key]?.passed ?? null, remark: form.filled.checks[key]?.remark ?? "" }])),
  readings: Object.fromEntries(form.items.filter((item) => item.reading).map(({ key }) => [key, form.filled.readings[key] ?? ""])),
});

const copied = (value) => JSON.parse(JSON.stringify(value));

/** What is missing or cannot be read, by field; the server's rule decides, this only shows it before. */
function wrongIn(facts, form, photos) {
  const wrong = {};
  if (!facts.cause.trim()) wrong.cause = "请写明故障原因";
  if (!facts.remedy.trim()) wrong.remedy = "请写明怎么处理的";
  const hours = Number(facts.hours);
  if (facts.hours === "" || !(hours > 0)) wrong.hours = "请填工时，例如 1.5";
  else if (hours > Number(form.most_hours)) wrong.hours = `一次上门最多 ${form.most_hours} 小时`;
  for (const item of form.items) {
    if (item.reading) {
      const value = facts.readings[item.key];
      if (value === "" ? item.required : !MEASURED.test(value)) wrong[item.key] = "请填测到的数值，只写数字和小数点";
    } else {
      const { passed, remark } = facts.checks[item.key];
      if (passed === null && item.required) wrong[item.key] = "请选择合格或不合格";
      if (passed === false && !remark.trim()) wrong[item.key] = "不合格，请写明情况";
    }
  }
  if (form.items.some((item) => item.photo && item.required) && form.photo_count + photos.length === 0) wrong.photos = "请至少拍一张现场照片";
  return wrong;
}

/** Args: `form()` is the report part of the page's data; `queue` may come later, see `open`. */
export function useReport({ form, base, bridge, order, press, tell, after }) {
  const facts = reactive(empty(form()));
  const state = reactive({ wrong: {}, busy: false, kept: false, dirty: false, editing: false, ready: false });
  let drafts = null;
  let timer = 0;

  const name = () => `report:${order}:${form().amends ? form().version : "new"}`;
  const first = `report:${order}:new`;

  function keepSoon() {
    if (!state.ready) return;
    state.dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  }

  async function keep() {
    if (!state.ready) return;
    clearTimeout(timer);
    state.dirty = true;
    try {
      await drafts.keepForm(name(), { facts: copied(facts), photos: photos.plain() });
      Object.assign(state, { kept: true, dirty: false });
    } catch (error) {
      tell(error);
    }
  }

  const photos = usePhotos({ base, bridge, most: MOST_PHOTOS, onChange: keep, tell });
  watch(facts, keepSoon, { deep: true });
  // Where another tab or the chat filed the report meanwhile, what was typed here stays in view as its correction.
  watch(
    () => form()?.amends,
    (amends) => {
      if (amends && (state.kept || state.dirty)) state.editing = true;
    },
  );

  /** Take up what was kept on this phone; a checklist that was changed meanwhile loses nothing else. */
  async function open(queue) {
    drafts = queue;
    // What was typed before another tab or the chat filed the report is taken up as its correction.
    const kept = (await queue.loadForm(name())) ?? (await queue.loadForm(first));
    fill(kept?.facts ?? {});
    photos.restore(kept?.photos ?? []);
    state.kept = kept !== null;
    state.editing = kept !== null && form().amends;
    queueMicrotask(() => {
      state.ready = true;
    });
  }

  function fill(kept) {
    const blank = empty(form());
    Object.assign(facts, blank, kept, {
      checks: { ...blank.checks, ...kept.checks },
      readings: { ...blank.readings, ...kept.readings },
    });
  }

  function passAll() {
    for (const check of Object.values(facts.checks)) check.passed ??= true;
  }

  function body() {
    const known = new Set(form().items.map((item) => item.key));
    const checks = Object.entries(facts.checks).filter(([key, { passed }]) => known.has(key) && passed !== null);
    const readings = Object.entries(facts.readings).filter(([key, value]) => known.has(key) && value !== "");
    return {
      cause: facts.cause,
      remedy: facts.remedy,
      hours: facts.hours,
      materials: facts.materials,
      checks: checks.map(([key, { passed, remark }]) => ({ key, passed, remark })),
      readings: Object.fromEntries(readings),
    };
  }

  async function submit() {
    state.wrong = wrongIn(facts, form(), photos.state.list);
    if (Object.keys(state.wrong).length) {
      requestAnimationFrame(() => document.querySelector("#report .wrong")?.scrollIntoView({ block: "center" }));
      return;
    }
    state.busy = true;
    try {
      const form_name = name();
      const amends = form().amends;
      await press(amends ? "amend" : "complete", body(), amends ? "修改报告" : "完工报告", photos.plain());
      clearTimeout(timer);
      state.ready = false;
      await Promise.all([form_name, first].map(drafts.dropForm));
      photos.clear();
      state.kept = state.dirty = state.editing = false;
      after();
    } catch (error) {
      tell(error);
      await keep();
    } finally {
      state.busy = false;
    }
  }

  /** Begin the correction of the filed report with what it says. */
  async function edit() {
    await open(drafts);
    state.editing = true;
  }

  const checks = computed(() => form().items.filter((item) => !item.reading));
  const readings = computed(() => form().items.filter((item) => item.reading));
  return reactive({ facts, state, photos, checks, readings, open, edit, passAll, submit });
}
