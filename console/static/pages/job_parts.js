// Parts of the job: found by words or a scan, asked for, taken, used. The stock is the server's, so nothing of it waits.

const { reactive } = globalThis.Vue;

export function useParts({ api, base, bridge, show, tell, say }) {
  const state = reactive({ text: "", found: null, busy: "", amounts: {}, doubt: "", removed: {} });
  const senders = new Map();

  /** One submission for each button, so that pressing twice does it once. */
  async function post(deed, facts, button = deed) {
    if (!senders.has(button)) senders.set(button, api.submission(`${base}/do/${deed}`));
    state.busy = button;
    try {
      const answer = await senders.get(button)(facts);
      show(answer);
      return answer;
    } finally {
      state.busy = "";
    }
  }

  async function search() {
    if (!state.text.trim()) return;
    state.doubt = "";
    try {
      const answer = await post("find_part", { text: state.text.trim() });
      state.found = answer.more.parts;
      for (const part of state.found) state.amounts[part.id] ??= "1";
      if (!state.found.length) say(answer.message);
    } catch (error) {
      tell(error);
    }
  }

  async function scan() {
    try {
      const text = await bridge.scan();
      if (!text) return;
      state.text = text.slice(0, 100);
      await search();
    } catch (error) {
      tell(error);
    }
  }

  async function ask(part) {
    const facts = { lines: [{ part_id: part.id, quantity: state.amounts[part.id] }], fits_anyway: state.doubt === part.id };
    try {
      const { message } = await post("ask_parts", facts, `ask:${part.id}`);
      state.found = null;
      state.text = "";
      state.doubt = "";
      say(message);
    } catch (error) {
      if (error.code === "part_does_not_fit") state.doubt = part.id;
      tell(error);
    }
  }

  async function act(deed, facts, button) {
    try {
      say((await post(deed, facts, button)).message);
    } catch (error) {
      tell(error);
    }
  }

  const id = (piece) => `${piece.part_id}:${piece.lot}`;
  const pieces = (piece, quantity) => ({ part_id: piece.part_id, lot: piece.lot, quantity });

  return reactive({
    state,
    search,
    scan,
    ask,
    id,
    reserved: () => act("ask_reserved", {}, "reserved"),
    cancel: (request) => act("cancel_request", { request_id: request.id }, `cancel:${request.id}`),
    take: (transfer) => act("take_parts", { transfer_id: transfer.id, rev: transfer.rev }, `take:${transfer.id}`),
    use: (piece) => act("use_part", { ...pieces(piece, state.amounts[id(piece)] ?? piece.quantity), removed: state.removed[id(piece)] ?? "" }, `use:${id(piece)}`),
    useOwn: (part) => act("use_part", { part_id: part.id, lot: "", quantity: state.amounts[part.id], removed: "" }, `use:${part.id}`),
    unuse: (piece) => act("unuse_part", pieces(piece, piece.quantity), `unuse:${id(piece)}`),
  });
}
