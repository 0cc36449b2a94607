// What was picked for which request; nothing is let out before 出库 is pressed.

const { reactive } = globalThis.Vue;

const number = (text) => Number(text) || 0;
const exact = (value) => String(Math.round(value * 1000) / 1000);

export function usePicks({ store, act, tell }) {
  // By request and place in its list: the quantity of a part, or the serials and batches of its pieces.
  const state = reactive({ open: store.value.picks.length === 1 ? store.value.picks[0].id : "", basket: {} });

  function entry(pick, index) {
    const key = `${pick.id}:${index}`;
    state.basket[key] ??= { quantity: 0, lots: [] };
    return state.basket[key];
  }

  const picked = (pick, index) => {
    const { quantity, lots } = entry(pick, index);
    return pick.lines[index].tracking === "serial" ? lots.length : quantity;
  };
  const left = (pick, index) => number(pick.lines[index].left) - picked(pick, index);

  function set(pick, index, value) {
    const most = number(pick.lines[index].left);
    entry(pick, index).quantity = Math.min(Math.max(0, number(value)), most);
  }

  function addLot(pick, index, lot) {
    const line = pick.lines[index];
    const own = entry(pick, index);
    if (own.lots.includes(lot)) return tell(`${lot} 已经扫过了，没有重复登记。`);
    if (line.tracking === "batch") {
      own.lots = [lot];
      own.quantity = number(line.left);
    } else own.lots.push(lot);
    return tell(`已拣 ${line.name}（${lot}）`);
  }

  function dropLot(pick, index, lot) {
    const own = entry(pick, index);
    own.lots = own.lots.filter((one) => one !== lot);
    if (pick.lines[index].tracking === "batch") own.quantity = 0;
  }

  function place(piece) {
    const wants = (pick) => pick.lines.findIndex((line, index) => line.part_id === piece.part_id && left(pick, index) > 0);
    const open = store.value.picks.find((pick) => pick.id === state.open);
    if (open) return { pick: open, index: wants(open) };
    const pick = store.value.picks.find((one) => wants(one) >= 0);
    return pick ? { pick, index: wants(pick) } : { pick: null, index: -1 };
  }

  /** Put what was scanned to the request that is open, or to the first one that wants it. */
  function take(piece) {
    const { pick, index } = place(piece);
    if (index < 0) {
      return tell(pick ? `${piece.name} 不在 ${pick.number} 里，或已经拣齐，没有登记。请核对实物。` : `没有领料单要 ${piece.name}，没有登记。请核对实物。`);
    }
    state.open = pick.id;
    const line = pick.lines[index];
    if (line.tracking === "none") {
      set(pick, index, line.left);
      return tell(`已拣 ${line.name} ×${line.left}`);
    }
    if (!piece.lot) return tell(`${line.name} 要登记${line.tracking === "serial" ? "序列号" : "批次"}，请扫它的号码或从下面选。`);
    return addLot(pick, index, piece.lot);
  }

  function basket(pick) {
    return pick.lines.flatMap((line, index) => {
      const { quantity, lots } = entry(pick, index);
      if (line.tracking === "serial") return lots.map((lot) => ({ part_id: line.part_id, quantity: "1", lot }));
      if (!quantity || (line.tracking === "batch" && !lots.length)) return [];
      return [{ part_id: line.part_id, quantity: exact(quantity), lot: lots[0] ?? "" }];
    });
  }

  function pickAll(pick) {
    pick.lines.forEach((line, index) => line.tracking === "none" && set(pick, index, line.left));
  }

  async function issue(pick) {
    const answer = await act("issue", { request_id: pick.id, lines: basket(pick) });
    if (!answer) return;
    for (const index of pick.lines.keys()) delete state.basket[`${pick.id}:${index}`];
    state.open = "";
  }

  const toggle = (pick) => {
    state.open = state.open === pick.id ? "" : pick.id;
  };
  const complete = (pick) => pick.lines.every((_, index) => left(pick, index) <= 0);

  return { state, entry, picked, left, set, addLot, dropLot, take, basket, pickAll, issue, toggle, complete };
}
