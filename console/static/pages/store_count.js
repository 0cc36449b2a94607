// A blind count: what is found is entered part by part; the books are shown by nobody before it is done.

const { nextTick, reactive } = globalThis.Vue;

export function useCount({ store, act, tell }) {
  const state = reactive({ piece: null, quantity: "", result: null, cancelling: false });

  /** Ask how many there are of what was scanned or chosen; a serial is there once, so nothing is asked. */
  async function take(piece) {
    const count = store.value.count;
    if (!count?.running) return tell("还没有开始盘点，请先点“开始盘点”。");
    if (piece.tracking !== "none" && !piece.lot) return tell(`${piece.name} 要按${piece.tracking === "serial" ? "序列号" : "批次"}盘点，请扫它的号码，或从下面选。`);
    if (piece.tracking === "serial") return enter(piece, "1");
    Object.assign(state, { piece, quantity: piece.counted ?? "" });
    await nextTick();
    const field = document.querySelector("input[name=counted]");
    field?.focus();
    return field?.select();
  }

  async function enter(piece, quantity) {
    const { id } = store.value.count;
    const answer = await act("enter", { count_id: id, part_id: piece.part_id, lot: piece.lot ?? "", quantity: String(quantity) });
    if (answer) Object.assign(state, { piece: null, quantity: "" });
  }

  async function start() {
    state.result = null;
    await act("start_count", {});
  }

  async function submit() {
    const answer = await act("submit_count", { count_id: store.value.count.id });
    if (answer) state.result = answer.more.count;
  }

  async function cancel() {
    const answer = await act("cancel_count", { count_id: store.value.count.id });
    if (answer) state.cancelling = false;
  }

  /** The count that is shown: the one that runs or waits, else the one that was done just now. */
  const shown = () => store.value.count ?? state.result;

  return { state, take, enter, start, submit, cancel, shown };
}
