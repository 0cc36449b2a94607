// Compiled from report.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: c560fce54ac5ab4d4702e7de9b0e53b6f19ce355db89cbce50f1b713aeb77325
const { createElementVNode: _createElementVNode, toDisplayString: _toDisplayString, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, resolveComponent: _resolveComponent, createVNode: _createVNode, withCtx: _withCtx, createTextVNode: _createTextVNode, renderList: _renderList, Fragment: _Fragment, normalizeClass: _normalizeClass, withModifiers: _withModifiers } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_field = _resolveComponent("van-field")
  const _component_van_cell_group = _resolveComponent("van-cell-group")
  const _component_van_button = _resolveComponent("van-button")

  return (_openBlock(), _createElementBlock("main", { class: "page" }, [
    (_ctx.receipt)
      ? (_openBlock(), _createElementBlock("section", {
          key: 0,
          class: "sheet receipt",
          role: "status"
        }, [
          _createElementVNode("p", {
            class: "receipt-mark",
            "aria-hidden": "true"
          }, "✓"),
          _createElementVNode("h1", null, _toDisplayString(_ctx.receipt.joined ? "已经在处理" : "报修已收到"), 1 /* TEXT */),
          _createElementVNode("p", { class: "receipt-number" }, _toDisplayString(_ctx.receipt.number), 1 /* TEXT */),
          (_ctx.receipt.joined)
            ? (_openBlock(), _createElementBlock("p", { key: 0 }, _toDisplayString(_ctx.receipt.message), 1 /* TEXT */))
            : (_openBlock(), _createElementBlock("p", { key: 1 }, "技师接单后会与您联系，进展随时可以查看。请保存这个编号。")),
          (_ctx.receipt.wished)
            ? (_openBlock(), _createElementBlock("p", {
                key: 2,
                class: "soft"
              }, "希望上门：" + _toDisplayString(_ctx.receipt.wished), 1 /* TEXT */))
            : _createCommentVNode("v-if", true),
          (_ctx.receipt.status_url)
            ? (_openBlock(), _createElementBlock("a", {
                key: 3,
                class: "act main link-act",
                href: _ctx.receipt.status_url
              }, "查看维修进度", 8 /* PROPS */, ["href"]))
            : _createCommentVNode("v-if", true),
          _createElementVNode("button", {
            type: "button",
            class: "act",
            onClick: _ctx.again
          }, "再报一个故障", 8 /* PROPS */, ["onClick"])
        ]))
      : (_openBlock(), _createElementBlock("form", {
          key: 1,
          onSubmit: _withModifiers(_ctx.submit, ["prevent"]),
          novalidate: ""
        }, [
          _createElementVNode("h1", null, "设备报修"),
          _createElementVNode("section", {
            class: "sheet machine",
            "aria-label": "要报修的设备"
          }, [
            _createElementVNode("p", { class: "machine-name" }, _toDisplayString(_ctx.data.machine), 1 /* TEXT */),
            _createElementVNode("dl", { class: "facts" }, [
              (_ctx.data.model)
                ? (_openBlock(), _createElementBlock("div", { key: 0 }, [
                    _createElementVNode("dt", null, "型号"),
                    _createElementVNode("dd", null, _toDisplayString(_ctx.data.model), 1 /* TEXT */)
                  ]))
                : _createCommentVNode("v-if", true),
              _createElementVNode("div", null, [
                _createElementVNode("dt", null, "序列号"),
                _createElementVNode("dd", null, _toDisplayString(_ctx.data.serial), 1 /* TEXT */)
              ]),
              (_ctx.data.site)
                ? (_openBlock(), _createElementBlock("div", { key: 1 }, [
                    _createElementVNode("dt", null, "位置"),
                    _createElementVNode("dd", null, _toDisplayString(_ctx.data.site), 1 /* TEXT */)
                  ]))
                : _createCommentVNode("v-if", true)
            ])
          ]),
          _createVNode(_component_van_cell_group, { inset: "" }, {
            default: _withCtx(() => [
              _createVNode(_component_van_field, {
                modelValue: _ctx.facts.fault,
                "onUpdate:modelValue": $event => ((_ctx.facts.fault) = $event),
                name: "fault",
                type: "textarea",
                rows: "4",
                "label-align": "top",
                label: "出了什么问题",
                placeholder: "例如：不制冷，面板报警 E7，早上开始的",
                maxlength: 1000,
                required: "",
                "error-message": _ctx.errors.fault
              }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"])
            ]),
            _: 1 /* STABLE */
          }),
          _createElementVNode("section", {
            class: "sheet",
            "aria-labelledby": "photos-head"
          }, [
            _createElementVNode("h2", { id: "photos-head" }, [
              _createTextVNode("照片"),
              _createElementVNode("span", { class: "soft" }, "（选填，最多 " + _toDisplayString(_ctx.most) + " 张）", 1 /* TEXT */)
            ]),
            _createElementVNode("ul", { class: "photos" }, [
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.photos.list, (photo, at) => {
                return (_openBlock(), _createElementBlock("li", {
                  key: photo.url,
                  class: "photo"
                }, [
                  _createElementVNode("img", {
                    src: photo.url,
                    alt: `第 ${at + 1} 张照片`
                  }, null, 8 /* PROPS */, ["src", "alt"]),
                  (photo.part)
                    ? (_openBlock(), _createElementBlock("span", {
                        key: 0,
                        class: "photo-part",
                        role: "status"
                      }, _toDisplayString(Math.round(photo.part * 100)) + "%", 1 /* TEXT */))
                    : (photo.error)
                      ? (_openBlock(), _createElementBlock("button", {
                          key: 1,
                          type: "button",
                          class: "photo-again",
                          onClick: $event => (_ctx.photos.send(photo))
                        }, "重传", 8 /* PROPS */, ["onClick"]))
                      : _createCommentVNode("v-if", true),
                  _createElementVNode("button", {
                    type: "button",
                    class: "photo-drop",
                    "aria-label": `删除第 ${at + 1} 张照片`,
                    onClick: $event => (_ctx.photos.remove(photo))
                  }, "×", 8 /* PROPS */, ["aria-label", "onClick"])
                ]))
              }), 128 /* KEYED_FRAGMENT */)),
              (_ctx.photos.list.length < _ctx.most)
                ? (_openBlock(), _createElementBlock("li", { key: 0 }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "photo-add",
                      disabled: _ctx.photos.busy,
                      onClick: _ctx.photos.choose
                    }, [
                      _createElementVNode("span", {
                        "aria-hidden": "true",
                        class: "plus"
                      }, "＋"),
                      _createTextVNode("添加照片")
                    ], 8 /* PROPS */, ["disabled", "onClick"])
                  ]))
                : _createCommentVNode("v-if", true)
            ]),
            (_ctx.errors.photos)
              ? (_openBlock(), _createElementBlock("p", {
                  key: 0,
                  class: "bad",
                  role: "alert"
                }, _toDisplayString(_ctx.errors.photos), 1 /* TEXT */))
              : _createCommentVNode("v-if", true)
          ]),
          _createVNode(_component_van_cell_group, { inset: "" }, {
            default: _withCtx(() => [
              _createVNode(_component_van_field, {
                modelValue: _ctx.facts.name,
                "onUpdate:modelValue": $event => ((_ctx.facts.name) = $event),
                name: "name",
                label: "姓名",
                placeholder: "怎么称呼您（选填）",
                maxlength: 30,
                autocomplete: "name",
                "error-message": _ctx.errors.name
              }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
              _createVNode(_component_van_field, {
                modelValue: _ctx.facts.mobile,
                "onUpdate:modelValue": $event => ((_ctx.facts.mobile) = $event),
                name: "mobile",
                type: "tel",
                label: "手机号",
                placeholder: "技师会打这个电话",
                maxlength: 20,
                required: "",
                autocomplete: "tel",
                "error-message": _ctx.errors.mobile
              }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"])
            ]),
            _: 1 /* STABLE */
          }),
          _createElementVNode("section", {
            class: "sheet",
            "aria-labelledby": "when-head"
          }, [
            _createElementVNode("h2", { id: "when-head" }, [
              _createTextVNode("希望上门时间"),
              _createElementVNode("span", { class: "soft" }, "（选填）")
            ]),
            _createElementVNode("div", { class: "chips" }, [
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.times, (one) => {
                return (_openBlock(), _createElementBlock("button", {
                  key: one,
                  type: "button",
                  class: _normalizeClass(["chip", { on: _ctx.facts.when === one }]),
                  "aria-pressed": String(_ctx.facts.when === one),
                  onClick: $event => (_ctx.facts.when = _ctx.facts.when === one ? '' : one)
                }, _toDisplayString(one), 11 /* TEXT, CLASS, PROPS */, ["aria-pressed", "onClick"]))
              }), 128 /* KEYED_FRAGMENT */))
            ]),
            _createVNode(_component_van_field, {
              modelValue: _ctx.facts.when,
              "onUpdate:modelValue": $event => ((_ctx.facts.when) = $event),
              name: "when",
              label: "其他时间",
              placeholder: "例如：后天下午两点以后",
              maxlength: 50,
              "error-message": _ctx.errors.when
            }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"])
          ]),
          _createElementVNode("p", { class: "soft note" }, "您的手机号只用于这次维修联系。"),
          _createElementVNode("div", { class: "bar" }, [
            _createVNode(_component_van_button, {
              type: "primary",
              "native-type": "submit",
              block: "",
              loading: _ctx.busy,
              disabled: _ctx.photos.busy
            }, {
              default: _withCtx(() => [
                _createTextVNode("提交报修")
              ]),
              _: 1 /* STABLE */
            }, 8 /* PROPS */, ["loading", "disabled"])
          ])
        ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
  ]))
}
