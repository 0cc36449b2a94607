// Compiled from document.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: c54d53d11d929102de3244db27726ba3a1455f0b7635d3563514c1f4ac4c83ac
const { createElementVNode: _createElementVNode, toDisplayString: _toDisplayString, createTextVNode: _createTextVNode, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, renderList: _renderList } = globalThis.Vue;

export function render(_ctx, _cache) {
  return (_openBlock(), _createElementBlock("main", { class: "page" }, [
    _createElementVNode("h1", null, "服务单据"),
    _createElementVNode("p", { class: "soft" }, [
      _createTextVNode("工单 " + _toDisplayString(_ctx.data.number), 1 /* TEXT */),
      (_ctx.data.asset)
        ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
            _createTextVNode(" · " + _toDisplayString(_ctx.data.asset), 1 /* TEXT */)
          ], 64 /* STABLE_FRAGMENT */))
        : _createCommentVNode("v-if", true)
    ]),
    _createElementVNode("section", { class: "sheet" }, [
      (!_ctx.data.documents.length)
        ? (_openBlock(), _createElementBlock("p", { key: 0 }, "完工后，这里会有服务报告。"))
        : _createCommentVNode("v-if", true),
      (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.documents, (one) => {
        return (_openBlock(), _createElementBlock("a", {
          key: one.file,
          class: "act",
          href: `${_ctx.base}/${one.file}`
        }, "打开" + _toDisplayString(one.title) + "（PDF）", 9 /* TEXT, PROPS */, ["href"]))
      }), 128 /* KEYED_FRAGMENT */))
    ])
  ]))
}
