// Compiled from sample.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: d371b7cdb6fe6d738cbd48b9a62ef17ffc85ebf92cdae02d025a31392b8b6873
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, resolveComponent: _resolveComponent, createVNode: _createVNode, renderList: _renderList, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, createBlock: _createBlock, withCtx: _withCtx, createCommentVNode: _createCommentVNode, createTextVNode: _createTextVNode, withModifiers: _withModifiers } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_field = _resolveComponent("van-field")
  const _component_van_cell = _resolveComponent("van-cell")
  const _component_van_cell_group = _resolveComponent("van-cell-group")
  const _component_sign_pad = _resolveComponent("sign-pad")
  const _component_van_button = _resolveComponent("van-button")

  return (_openBlock(), _createElementBlock("main", {
    class: "page",
    id: "sample"
  }, [
    _createElementVNode("h1", null, _toDisplayString(_ctx.data.heading), 1 /* TEXT */),
    _createElementVNode("form", {
      class: "sheet",
      onSubmit: _withModifiers(_ctx.submit, ["prevent"])
    }, [
      _createVNode(_component_van_cell_group, {
        inset: "",
        title: "报修"
      }, {
        default: _withCtx(() => [
          _createVNode(_component_van_field, {
            modelValue: _ctx.facts.fault,
            "onUpdate:modelValue": $event => ((_ctx.facts.fault) = $event),
            name: "fault",
            label: "故障",
            placeholder: "例如：不制冷",
            "error-message": _ctx.errors.fault
          }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.rows, (row) => {
            return (_openBlock(), _createBlock(_component_van_cell, {
              key: row.label,
              title: row.label,
              value: row.value,
              icon: "location-o"
            }, null, 8 /* PROPS */, ["title", "value"]))
          }), 128 /* KEYED_FRAGMENT */))
        ]),
        _: 1 /* STABLE */
      }),
      (_ctx.receipt)
        ? (_openBlock(), _createElementBlock("p", {
            key: 0,
            class: "good",
            id: "receipt",
            style: {"font-weight":"600"}
          }, "已收到，编号 " + _toDisplayString(_ctx.receipt) + "。", 1 /* TEXT */))
        : _createCommentVNode("v-if", true),
      _createVNode(_component_sign_pad, {
        ref: "pad",
        onChange: (count) => (_ctx.strokes = count)
      }, null, 8 /* PROPS */, ["onChange"]),
      _createElementVNode("div", { class: "bar" }, [
        _createVNode(_component_van_button, {
          type: "primary",
          "native-type": "submit",
          block: "",
          loading: _ctx.busy
        }, {
          default: _withCtx(() => [
            _createTextVNode("提交")
          ]),
          _: 1 /* STABLE */
        }, 8 /* PROPS */, ["loading"])
      ])
    ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"])
  ]))
}
