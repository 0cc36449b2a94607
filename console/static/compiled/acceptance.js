// Compiled from acceptance.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: 63e8744a24cb37303b92fab63b580b12a4dac9a8388f9867540d16735d34a33e
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, createTextVNode: _createTextVNode, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, renderList: _renderList, vModelRadio: _vModelRadio, withDirectives: _withDirectives, normalizeClass: _normalizeClass, resolveComponent: _resolveComponent, createVNode: _createVNode, withModifiers: _withModifiers } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_field = _resolveComponent("van-field")
  const _component_sign_pad = _resolveComponent("sign-pad")

  return (_openBlock(), _createElementBlock("main", { class: "page" }, [
    _createElementVNode("header", { class: "head" }, [
      _createElementVNode("h1", null, _toDisplayString(_ctx.data.can_sign ? "请验收" : _ctx.data.can_rate ? "请评价" : _ctx.data.status), 1 /* TEXT */),
      _createElementVNode("p", { class: "soft" }, [
        _createTextVNode("工单 " + _toDisplayString(_ctx.data.number), 1 /* TEXT */),
        (_ctx.data.technician)
          ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
              _createTextVNode("，" + _toDisplayString(_ctx.data.technician) + " 技师", 1 /* TEXT */)
            ], 64 /* STABLE_FRAGMENT */))
          : _createCommentVNode("v-if", true)
      ])
    ]),
    (_ctx.data.notice)
      ? (_openBlock(), _createElementBlock("p", {
          key: 0,
          class: "sheet notice",
          role: "status"
        }, _toDisplayString(_ctx.data.notice), 1 /* TEXT */))
      : _createCommentVNode("v-if", true),
    (_ctx.data.signature && !_ctx.data.signature.valid)
      ? (_openBlock(), _createElementBlock("p", {
          key: 1,
          class: "sheet notice",
          role: "alert"
        }, _toDisplayString(_ctx.data.signature.words), 1 /* TEXT */))
      : _createCommentVNode("v-if", true),
    (_ctx.data.changed.length)
      ? (_openBlock(), _createElementBlock("section", {
          key: 2,
          class: "sheet",
          "aria-labelledby": "changed-head"
        }, [
          _createElementVNode("h2", { id: "changed-head" }, "这次改了什么"),
          _createElementVNode("ul", { class: "plain" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.changed, (one) => {
              return (_openBlock(), _createElementBlock("li", { key: one }, _toDisplayString(one), 1 /* TEXT */))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.can_rate && !_ctx.data.can_sign)
      ? (_openBlock(), _createElementBlock("form", {
          key: 3,
          class: "sheet",
          "aria-labelledby": "rate-head",
          onSubmit: _withModifiers(_ctx.rate, ["prevent"])
        }, [
          _createElementVNode("h2", { id: "rate-head" }, "这次服务怎么样"),
          _createElementVNode("fieldset", { class: "scores" }, [
            _createElementVNode("legend", { class: "soft" }, "打分，1 分最差，5 分最好"),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.scores, (one) => {
              return (_openBlock(), _createElementBlock("label", {
                key: one.score,
                class: _normalizeClass(["score", { on: _ctx.rating.score === one.score }])
              }, [
                _withDirectives(_createElementVNode("input", {
                  "onUpdate:modelValue": $event => ((_ctx.rating.score) = $event),
                  type: "radio",
                  name: "score",
                  value: one.score
                }, null, 8 /* PROPS */, ["onUpdate:modelValue", "value"]), [
                  [_vModelRadio, _ctx.rating.score]
                ]),
                _createElementVNode("span", { class: "score-number" }, _toDisplayString(one.score), 1 /* TEXT */),
                _createElementVNode("span", null, _toDisplayString(one.label), 1 /* TEXT */)
              ], 2 /* CLASS */))
            }), 128 /* KEYED_FRAGMENT */))
          ]),
          _createVNode(_component_van_field, {
            modelValue: _ctx.rating.comment,
            "onUpdate:modelValue": $event => ((_ctx.rating.comment) = $event),
            name: "comment",
            type: "textarea",
            rows: "2",
            autosize: "",
            "label-align": "top",
            label: "想说的话（选填）",
            placeholder: "例如：师傅准时，讲得很清楚",
            maxlength: 2000,
            "error-message": _ctx.errors.comment
          }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
          _createElementVNode("fieldset", { class: "scores" }, [
            _createElementVNode("legend", { class: "soft" }, "您愿意把我们推荐给同行吗？（选填，10 分最愿意）"),
            _createElementVNode("div", { class: "nps" }, [
              (_openBlock(), _createElementBlock(_Fragment, null, _renderList(11, (one) => {
                return _createElementVNode("label", {
                  key: one,
                  class: _normalizeClass(["score small", { on: _ctx.rating.nps === one - 1 }])
                }, [
                  _withDirectives(_createElementVNode("input", {
                    "onUpdate:modelValue": $event => ((_ctx.rating.nps) = $event),
                    type: "radio",
                    name: "nps",
                    value: one - 1
                  }, null, 8 /* PROPS */, ["onUpdate:modelValue", "value"]), [
                    [_vModelRadio, _ctx.rating.nps]
                  ]),
                  _createElementVNode("span", { class: "score-number" }, _toDisplayString(one - 1), 1 /* TEXT */)
                ], 2 /* CLASS */)
              }), 64 /* STABLE_FRAGMENT */))
            ])
          ]),
          (_ctx.errors.score)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "bad",
                role: "alert"
              }, _toDisplayString(_ctx.errors.score), 1 /* TEXT */))
            : _createCommentVNode("v-if", true),
          _createElementVNode("div", { class: "acts" }, [
            _createElementVNode("button", {
              type: "submit",
              class: "act main",
              disabled: _ctx.busy || !_ctx.rating.score
            }, "提交评价", 8 /* PROPS */, ["disabled"])
          ])
        ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.rating)
      ? (_openBlock(), _createElementBlock("section", {
          key: 4,
          class: "sheet",
          "aria-labelledby": "rated-head"
        }, [
          _createElementVNode("h2", { id: "rated-head" }, "您的评价：" + _toDisplayString(_ctx.data.rating.score) + " 分", 1 /* TEXT */),
          (_ctx.data.rating.comment)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "words"
              }, _toDisplayString(_ctx.data.rating.comment), 1 /* TEXT */))
            : _createCommentVNode("v-if", true),
          (_ctx.data.rating.nps !== null)
            ? (_openBlock(), _createElementBlock("p", {
                key: 1,
                class: "soft"
              }, "推荐度 " + _toDisplayString(_ctx.data.rating.nps) + " 分", 1 /* TEXT */))
            : _createCommentVNode("v-if", true)
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.report)
      ? (_openBlock(), _createElementBlock("section", {
          key: 5,
          class: "sheet",
          "aria-labelledby": "done-head"
        }, [
          _createElementVNode("h2", { id: "done-head" }, [
            _createTextVNode("服务报告"),
            _createElementVNode("span", { class: "soft" }, "（第 " + _toDisplayString(_ctx.data.report.version) + " 版，" + _toDisplayString(_ctx.data.report.filed) + "）", 1 /* TEXT */)
          ]),
          _createElementVNode("dl", { class: "facts tall" }, [
            _createElementVNode("div", null, [
              _createElementVNode("dt", null, "报修内容"),
              _createElementVNode("dd", null, _toDisplayString(_ctx.data.fault), 1 /* TEXT */)
            ]),
            (_ctx.data.asset)
              ? (_openBlock(), _createElementBlock("div", { key: 0 }, [
                  _createElementVNode("dt", null, "设备"),
                  _createElementVNode("dd", null, _toDisplayString(_ctx.data.asset), 1 /* TEXT */)
                ]))
              : _createCommentVNode("v-if", true),
            _createElementVNode("div", null, [
              _createElementVNode("dt", null, "故障原因"),
              _createElementVNode("dd", null, _toDisplayString(_ctx.data.report.cause), 1 /* TEXT */)
            ]),
            _createElementVNode("div", null, [
              _createElementVNode("dt", null, "处理措施"),
              _createElementVNode("dd", null, _toDisplayString(_ctx.data.report.remedy), 1 /* TEXT */)
            ]),
            (_ctx.data.report.parts.length || _ctx.data.report.materials)
              ? (_openBlock(), _createElementBlock("div", { key: 1 }, [
                  _createElementVNode("dt", null, "更换配件"),
                  _createElementVNode("dd", null, [
                    (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.report.parts, (part) => {
                      return (_openBlock(), _createElementBlock(_Fragment, { key: part }, [
                        _createTextVNode(_toDisplayString(part), 1 /* TEXT */),
                        _createElementVNode("br")
                      ], 64 /* STABLE_FRAGMENT */))
                    }), 128 /* KEYED_FRAGMENT */)),
                    _createTextVNode(_toDisplayString(_ctx.data.report.materials), 1 /* TEXT */)
                  ])
                ]))
              : _createCommentVNode("v-if", true),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.report.readings, (one) => {
              return (_openBlock(), _createElementBlock("div", {
                key: one.label
              }, [
                _createElementVNode("dt", null, _toDisplayString(one.label), 1 /* TEXT */),
                _createElementVNode("dd", null, _toDisplayString(one.value), 1 /* TEXT */)
              ]))
            }), 128 /* KEYED_FRAGMENT */)),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.report.checks, (one) => {
              return (_openBlock(), _createElementBlock("div", {
                key: one.label
              }, [
                _createElementVNode("dt", null, _toDisplayString(one.label), 1 /* TEXT */),
                _createElementVNode("dd", {
                  class: _normalizeClass({ bad: !one.passed })
                }, [
                  _createTextVNode(_toDisplayString(one.found), 1 /* TEXT */),
                  (one.remark)
                    ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                        _createTextVNode("：" + _toDisplayString(one.remark), 1 /* TEXT */)
                      ], 64 /* STABLE_FRAGMENT */))
                    : _createCommentVNode("v-if", true)
                ], 2 /* CLASS */)
              ]))
            }), 128 /* KEYED_FRAGMENT */)),
            (_ctx.data.amount)
              ? (_openBlock(), _createElementBlock("div", { key: 2 }, [
                  _createElementVNode("dt", null, "费用"),
                  _createElementVNode("dd", null, _toDisplayString(_ctx.data.amount), 1 /* TEXT */)
                ]))
              : _createCommentVNode("v-if", true)
          ]),
          (_ctx.data.report.photos.length)
            ? (_openBlock(), _createElementBlock("ul", {
                key: 0,
                class: "photos"
              }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.data.report.photos, (photo, at) => {
                  return (_openBlock(), _createElementBlock("li", {
                    key: photo,
                    class: "photo"
                  }, [
                    _createElementVNode("a", {
                      href: `${_ctx.base}/files/${photo}`,
                      "aria-label": `放大第 ${at + 1} 张现场照片`
                    }, [
                      _createElementVNode("img", {
                        src: `${_ctx.base}/files/${photo}`,
                        alt: `第 ${at + 1} 张现场照片`,
                        loading: "lazy"
                      }, null, 8 /* PROPS */, ["src", "alt"])
                    ], 8 /* PROPS */, ["href", "aria-label"])
                  ]))
                }), 128 /* KEYED_FRAGMENT */))
              ]))
            : _createCommentVNode("v-if", true)
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.signature && _ctx.data.signature.valid)
      ? (_openBlock(), _createElementBlock("section", {
          key: 6,
          class: "sheet",
          "aria-labelledby": "signed-head"
        }, [
          _createElementVNode("h2", { id: "signed-head" }, "签字"),
          _createElementVNode("img", {
            class: "signed",
            src: `${_ctx.base}/files/${_ctx.data.signature.image}`,
            alt: "签名"
          }, null, 8 /* PROPS */, ["src"]),
          _createElementVNode("p", { class: "soft" }, _toDisplayString(_ctx.data.signature.words), 1 /* TEXT */)
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.can_sign && !_ctx.rejecting)
      ? (_openBlock(), _createElementBlock("form", {
          key: 7,
          class: "sheet",
          "aria-labelledby": "sign-head",
          onSubmit: _withModifiers(_ctx.sign, ["prevent"])
        }, [
          _createElementVNode("h2", { id: "sign-head" }, "修好了，请签字验收"),
          _createVNode(_component_van_field, {
            modelValue: _ctx.signing.signer,
            "onUpdate:modelValue": $event => ((_ctx.signing.signer) = $event),
            name: "signer",
            label: "签字人",
            placeholder: "您的姓名",
            maxlength: 50,
            required: "",
            autocomplete: "name",
            "error-message": _ctx.errors.signer
          }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
          _createVNode(_component_sign_pad, {
            ref: "pad",
            label: "请用手指在这里签名",
            onChange: (count) => (_ctx.strokes = count)
          }, null, 8 /* PROPS */, ["onChange"]),
          _createElementVNode("p", { class: "soft" }, "签字只对上面这份服务报告有效，报告改动后会请您重新验收。"),
          _createElementVNode("div", { class: "acts column" }, [
            _createElementVNode("button", {
              type: "submit",
              class: "act main",
              disabled: _ctx.busy
            }, "验收通过，提交签字", 8 /* PROPS */, ["disabled"]),
            _createElementVNode("button", {
              type: "button",
              class: "act",
              onClick: $event => (_ctx.rejecting = true)
            }, "还没修好，不通过", 8 /* PROPS */, ["onClick"])
          ])
        ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
      : _createCommentVNode("v-if", true),
    (_ctx.data.can_sign && _ctx.rejecting)
      ? (_openBlock(), _createElementBlock("form", {
          key: 8,
          class: "sheet",
          "aria-labelledby": "reject-head",
          onSubmit: _withModifiers(_ctx.reject, ["prevent"])
        }, [
          _createElementVNode("h2", { id: "reject-head" }, "哪里还有问题"),
          _createVNode(_component_van_field, {
            modelValue: _ctx.reason,
            "onUpdate:modelValue": $event => ((_ctx.reason) = $event),
            name: "reason",
            type: "textarea",
            rows: "3",
            "label-align": "top",
            label: "请写明情况",
            placeholder: "例如：还是不制冷，噪音更大了",
            maxlength: 500,
            required: "",
            "error-message": _ctx.errors.reason
          }, null, 8 /* PROPS */, ["modelValue", "onUpdate:modelValue", "error-message"]),
          _createElementVNode("div", { class: "acts column" }, [
            _createElementVNode("button", {
              type: "submit",
              class: "act danger",
              disabled: _ctx.busy
            }, "不通过，请技师继续处理", 8 /* PROPS */, ["disabled"]),
            _createElementVNode("button", {
              type: "button",
              class: "act",
              onClick: $event => (_ctx.rejecting = false)
            }, "返回", 8 /* PROPS */, ["onClick"])
          ])
        ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
      : _createCommentVNode("v-if", true),
    _createElementVNode("div", { class: "acts" }, [
      (_ctx.data.papers_url)
        ? (_openBlock(), _createElementBlock("a", {
            key: 0,
            class: "act link-act",
            href: _ctx.data.papers_url
          }, "服务报告 PDF", 8 /* PROPS */, ["href"]))
        : _createCommentVNode("v-if", true),
      _createElementVNode("a", {
        class: "act link-act",
        href: _ctx.data.status_url
      }, "查看维修进度", 8 /* PROPS */, ["href"])
    ])
  ]))
}
