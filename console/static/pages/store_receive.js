// What arrives: purchases with their serials, and what technicians and other stores send.

const { reactive } = globalThis.Vue;

export function useArrivals({ store, act, tell }) {
  const state = reactive({ open: "", facts: {}, refusing: "", reason: "" });

  function facts(purchase) {
    state.facts[purchase.id] ??= { quantity: purchase.tracking === "serial" ? "" : purchase.missing, lots: [], batch: "", price: "" };
    return state.facts[purchase.id];
  }

  const opened = () => store.value.purchases.find((one) => one.id === state.open);

  function addLot(purchase, lot) {
    const own = facts(purchase);
    if (own.lots.includes(lot)) tell(`${lot} 已经扫过了，没有重复登记。`);
    else if (own.lots.length >= Number(purchase.missing)) tell(`${purchase.number} 只差 ${purchase.missing}${purchase.unit}，没有登记。请核对数量。`);
    else own.lots.push(lot);
  }

  function dropLot(purchase, lot) {
    facts(purchase).lots = facts(purchase).lots.filter((one) => one !== lot);
  }

  /** Take a code that is no part's for the serial of what is open; false where nothing is waited for. */
  function takeNew(text) {
    const purchase = opened();
    if (!purchase || purchase.tracking !== "serial" || [purchase.code, purchase.barcode].includes(text)) return false;
    addLot(purchase, text);
    return true;
  }

  function take(piece) {
    const purchase = store.value.purchases.find((one) => one.part_id === piece.part_id);
    if (!purchase) return tell(`没有等着入库的 ${piece.name}，没有登记。请核对实物。`);
    state.open = purchase.id;
    return tell(`${purchase.number} ${piece.name}，还差 ${purchase.missing}${purchase.unit}`);
  }

  const lots = (purchase) => {
    const own = facts(purchase);
    if (purchase.tracking === "serial") return own.lots;
    return purchase.tracking === "batch" && own.batch.trim() ? [own.batch.trim()] : [];
  };
  const quantity = (purchase) => (purchase.tracking === "serial" ? String(facts(purchase).lots.length) : String(facts(purchase).quantity));
  const ready = (purchase) => Number(quantity(purchase)) > 0 && (purchase.tracking === "none" || lots(purchase).length > 0);

  async function receive(purchase) {
    const { price } = facts(purchase);
    const price_fen = String(price).trim() === "" ? null : Math.round(Number(price) * 100);
    const answer = await act("receive", { purchase_id: purchase.id, quantity: quantity(purchase), lots: lots(purchase), price_fen });
    if (!answer) return;
    delete state.facts[purchase.id];
    state.open = "";
  }

  async function answer(transfer, deed) {
    const done = await act(deed, { transfer_id: transfer.id, version: transfer.version, reason: deed === "refuse" ? state.reason : "" });
    if (done) Object.assign(state, { refusing: "", reason: "" });
  }

  const toggle = (purchase) => {
    state.open = state.open === purchase.id ? "" : purchase.id;
  };

  return { state, facts, addLot, dropLot, takeNew, take, lots, ready, receive, answer, toggle };
}
