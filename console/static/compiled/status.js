// Compiled from status.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: e7dad8c492038c1d300571deda9a02a3395603be7cf7a3d13b6410c32dd3d3cd
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, renderList: _renderList, Fragment: _Fragment, normalizeClass: _normalizeClass, resolveComponent: _resolveComponent, createVNode: _createVNode, withModifiers: _withModifiers, createTextVNode: _createTextVNode } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_field = _resolveComponent("van-field")

  return (_openBlock(), _createElementBlock("main", { class: "page" }, [
    _createElementVNode("header", { class: "head" }, [
      _createElementVNode("h1", null, _toDisplayString(_ctx.data.status), 1 /* TEXT */),
      _createElementVNode("p", { class: "soft" }, "工单 " + _toDisplayString(_ctx.data.number), 1 /* TEXT */)
    ]),
    (_ctx.data.notice)
      ? (_openBlock(), _createElementBlock("p", {
          key: 0,
          class: "sheet notice",
          role: "status"
        }, _toDisplayString(_ctx.data.notice), 1 /* TEXT */))
      : _createCommentVNode("v-if", true),
    (_ctx.data.next)
      ? (_openBlock(), _createElementBlock("section", {
          key: 1,
          class: "sheet next"
        }, [
          _createElementVNode("p", null, "技师已经完工，请您看一下结果。"),
          _createElementVNode("a", {
            class: "act main link-act",
            href: _ctx.data.next.url
          }, _toDisplayString(_ctx.data.next.label), 9 /* TEXT, PROPS */, ["href"])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.technician)
      ? (_openBlock(), _createElementBlock("section", {
          key: 2,
          class: "sheet who",
          "aria-labelledby": "who-head"
        }, [
          _createElementVNode("h2", { id: "who-head" }, _toDisplayString(_ctx.data.technician) + " 技师", 1 /* TEXT */),
          (_ctx.data.eta)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "eta"
              }, "预计 " + _toDisplayString(_ctx.data.eta) + " 到", 1 /* TEXT */))
            : _createCommentVNode("v-if", true),
          (_ctx.data.technician_mobile)
            ? (_openBlock(), _createElementBlock("a", {
                key: 1,
                class: "act link-act",
                href: `tel:${_ctx.data.technician_mobile}`
              }, "拨打 " + _toDisplayString(_ctx.data.technician_mobile), 9 /* TEXT, PROPS */, ["href"]))
            : _createCommentVNode("v-if", true)
        ]))
      : _createCommentVNode("v-if", true),
    _createElementVNode("section", {
      class: "sheet",
      "aria-labelledby": "steps-head"
    }, [
      _createElementVNode("h2", { id: "steps-head" }, "维修进度"),
      _createElementVNode("ol", { class: "steps" }, [
        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.steps, (step, at) => {
          return (_openBlock(), _createElementBlock("li", {
            key: step.label,
            class: _normalizeClass({ reached: step.reached, now: step.reached && !_ctx.data.steps[at + 1]?.reached }),
            "aria-current": step.reached && !_ctx.data.steps[at + 1]?.reached ? 'step' : undefined
          }, [
            _createElementVNode("span", { class: "step-label" }, _toDisplayString(step.label), 1 /* TEXT */),
            _createElementVNode("span", { class: "step-at" }, _toDisplayString(step.at || (step.reached ? "" : "待完成")), 1 /* TEXT */)
          ], 10 /* CLASS, PROPS */, ["aria-current"]))
        }), 128 /* KEYED_FRAGMENT */))
      ])
    ]),
    _createElementVNode("section", {
      class: "sheet",
      "aria-labelledby": "fault-head"
    }, [
      _createElementVNode("h2", { id: "fault-head" }, "您报修的内容"),
      _createElementVNode("p", { class: "words" }, _toDisplayString(_ctx.data.fault), 1 /* TEXT */),
      _createElementVNode("dl", { class: "facts" }, [
        (_ctx.data.asset)
          ? (_openBlock(), _createElementBlock("div", { key: 0 }, [
              _createElementVNode("dt", null, "设备"),
              _createElementVNode("dd", null, _toDisplayString(_ctx.data.asset), 1 /* TEXT */)
            ]))
          : _createCommentVNode("v-if", true),
        _createElementVNode("div", null, [
          _createElementVNode("dt", null, "报修时间"),
          _createElementVNode("dd", null, _toDisplayString(_ctx.data.reported_at), 1 /* TEXT */)
        ]),
        (_ctx.data.wished)
          ? (_openBlock(), _createElementBlock("div", { key: 1 }, [
              _createElementVNode("dt", null, "希望上门"),
              _createElementVNode("dd", null, _toDisplayString(_ctx.data.wished), 1 /* TEXT */)
            ]))
          : _createCommentVNode("v-if", true)
      ]),
      (_ctx.data.photos.length)
        ? (_openBlock(), _createElementBlock("ul", {
            key: 0,
            class: "photos"
          }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.photos, (photo, at) => {
              return (_openBlock(), _createElementBlock("li", {
                key: photo,
                class: "photo"
              }, [
                _createElementVNode("a", {
                  href: `${_ctx.base}/files/${photo}`,
                  "aria-label": `放大第 ${at + 1} 张照片`
                }, [
                  _createElementVNode("img", {
                    src: `${_ctx.base}/files/${photo}`,
                    alt: `第 ${at + 1} 张照片`,
                    loading: "lazy"
                  }, null, 8 /* PROPS */, ["src", "alt"])
                ], 8 /* PROPS */, ["href", "aria-label"])
              ]))
            }), 128 /* KEYED_FRAGMENT */))
          ]))
        : _createCommentVNode("v-if", true)
    ]),
    (_ctx.data.can_say)
      ? (_openBlock(), _createElementBlock("section", {
          key: 3,
          class: "sheet",
          "aria-labelledby": "say-head"
        }, [
          _createElementVNode("h2", { id: "say-head" }, "给技师留言"),
          _createElementVNode("form", {
            onSubmit: _withModifiers(_ctx.say, ["prevent"])
          }, [
            _createVNode(_component_van_field, {
              modelValue: _ctx.text,
              "onUpdate:modelValue": $event => ((_ctx.text) = $event),
              name: "text",
              type: "textarea",
              rows: "2",
              autosize: "",
              "label-align": "top",
              label: "留言内容",
              placeholder: "例如：到了请从东门进，找老周",
              maxlength: 500,
              "error-message": _ctx.errors.text
            }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
            _createElementVNode("div", { class: "acts" }, [
              _createElementVNode("button", {
                type: "submit",
                class: "act main",
                disabled: _ctx.busy || !_ctx.text.trim()
              }, "发送", 8 /* PROPS */, ["disabled"]),
              (_ctx.data.can_expedite)
                ? (_openBlock(), _createElementBlock("button", {
                    key: 0,
                    type: "button",
                    class: "act",
                    disabled: _ctx.busy,
                    onClick: _ctx.expedite
                  }, "催一下", 8 /* PROPS */, ["disabled", "onClick"]))
                : _createCommentVNode("v-if", true)
            ])
          ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"])
        ]))
      : _createCommentVNode("v-if", true),
    _createElementVNode("section", {
      class: "sheet",
      "aria-labelledby": "lines-head"
    }, [
      _createElementVNode("h2", { id: "lines-head" }, "经过"),
      _createElementVNode("ol", {
        class: "lines",
        reversed: ""
      }, [
        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.shown, (line, at) => {
          return (_openBlock(), _createElementBlock("li", { key: at }, [
            _createElementVNode("span", { class: "soft" }, _toDisplayString(line.at), 1 /* TEXT */),
            _createElementVNode("p", null, [
              _createTextVNode(_toDisplayString(line.what), 1 /* TEXT */),
              (line.flags)
                ? (_openBlock(), _createElementBlock("span", {
                    key: 0,
                    class: "soft"
                  }, "（" + _toDisplayString(line.flags) + "）", 1 /* TEXT */))
                : _createCommentVNode("v-if", true)
            ]),
            _createElementVNode("span", { class: "soft" }, _toDisplayString(line.by), 1 /* TEXT */)
          ]))
        }), 128 /* KEYED_FRAGMENT */))
      ]),
      (_ctx.data.lines.length > _ctx.shown.length)
        ? (_openBlock(), _createElementBlock("button", {
            key: 0,
            type: "button",
            class: "act",
            onClick: $event => (_ctx.all = true)
          }, "显示全部 " + _toDisplayString(_ctx.data.lines.length) + " 条", 9 /* TEXT, PROPS */, ["onClick"]))
        : _createCommentVNode("v-if", true)
    ])
  ]))
}
