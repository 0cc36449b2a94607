// Compiled from task.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: 23beafd72eb029a39f2fd00ab435b8b195b65ddb34c8c340c3cd16096d84d5a9
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, normalizeClass: _normalizeClass, createTextVNode: _createTextVNode, renderList: _renderList, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, vModelRadio: _vModelRadio, withDirectives: _withDirectives, vModelText: _vModelText, vModelCheckbox: _vModelCheckbox, withModifiers: _withModifiers, resolveComponent: _resolveComponent, withCtx: _withCtx, createVNode: _createVNode } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_popup = _resolveComponent("van-popup")

  return (_openBlock(), _createElementBlock("main", { class: "page task" }, [
    _createElementVNode("header", { class: "task-head" }, [
      _createElementVNode("h1", null, _toDisplayString(_ctx.task.title), 1 /* TEXT */),
      _createElementVNode("p", { class: "soft" }, [
        _createTextVNode(_toDisplayString(_ctx.task.number) + " · ", 1 /* TEXT */),
        _createElementVNode("strong", {
          class: _normalizeClass(["task-status", _ctx.task.tone])
        }, _toDisplayString(_ctx.task.status), 3 /* TEXT, CLASS */)
      ])
    ]),
    _createElementVNode("section", {
      class: "sheet",
      "aria-label": "申请内容"
    }, [
      _createElementVNode("dl", { class: "facts" }, [
        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.facts, ([label, value]) => {
          return (_openBlock(), _createElementBlock(_Fragment, { key: label }, [
            _createElementVNode("dt", null, _toDisplayString(label), 1 /* TEXT */),
            _createElementVNode("dd", {
              class: _normalizeClass({ amount: label === '金额' })
            }, _toDisplayString(value), 3 /* TEXT, CLASS */)
          ], 64 /* STABLE_FRAGMENT */))
        }), 128 /* KEYED_FRAGMENT */))
      ]),
      (_ctx.task.hint)
        ? (_openBlock(), _createElementBlock("p", {
            key: 0,
            class: "soft"
          }, _toDisplayString(_ctx.task.hint), 1 /* TEXT */))
        : _createCommentVNode("v-if", true)
    ]),
    (_ctx.photos.length)
      ? (_openBlock(), _createElementBlock("section", {
          key: 0,
          class: "sheet"
        }, [
          _createElementVNode("h2", null, "附件照片"),
          _createElementVNode("div", { class: "photos" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.photos, (url, index) => {
              return (_openBlock(), _createElementBlock("button", {
                key: url,
                type: "button",
                class: "photo",
                "aria-label": `放大第 ${index + 1} 张照片`,
                onClick: $event => (_ctx.enlarge(index))
              }, [
                _createElementVNode("img", {
                  src: url,
                  alt: "",
                  loading: "lazy"
                }, null, 8 /* PROPS */, ["src"])
              ], 8 /* PROPS */, ["aria-label", "onClick"]))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.task.seats.length > 1)
      ? (_openBlock(), _createElementBlock("section", {
          key: 1,
          class: "sheet"
        }, [
          _createElementVNode("h2", null, _toDisplayString(_ctx.task.mode), 1 /* TEXT */),
          (_ctx.task.tally)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "soft"
              }, _toDisplayString(_ctx.task.tally), 1 /* TEXT */))
            : _createCommentVNode("v-if", true),
          _createElementVNode("ul", { class: "seats" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.seats, (seat, index) => {
              return (_openBlock(), _createElementBlock("li", { key: index }, [
                _createElementVNode("span", { class: "seat-name" }, _toDisplayString(seat.name), 1 /* TEXT */),
                _createElementVNode("span", {
                  class: _normalizeClass(["seat-state", seat.state])
                }, _toDisplayString(seat.label), 3 /* TEXT, CLASS */),
                (seat.comment)
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 0,
                      class: "said"
                    }, _toDisplayString(seat.comment), 1 /* TEXT */))
                  : _createCommentVNode("v-if", true),
                (seat.at)
                  ? (_openBlock(), _createElementBlock("time", {
                      key: 1,
                      class: "soft",
                      datetime: seat.at
                    }, _toDisplayString(_ctx.clock(seat.at)), 9 /* TEXT, PROPS */, ["datetime"]))
                  : _createCommentVNode("v-if", true)
              ]))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.task.steps.length || _ctx.task.remarks.length)
      ? (_openBlock(), _createElementBlock("section", {
          key: 2,
          class: "sheet"
        }, [
          _createElementVNode("h2", null, "已经过的步骤"),
          _createElementVNode("ol", { class: "way" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.steps, (step, index) => {
              return (_openBlock(), _createElementBlock("li", {
                key: `s${index}`
              }, [
                _createElementVNode("p", null, [
                  _createElementVNode("strong", null, _toDisplayString(step.name), 1 /* TEXT */),
                  _createTextVNode(" " + _toDisplayString(step.state), 1 /* TEXT */),
                  (step.node)
                    ? (_openBlock(), _createElementBlock("span", {
                        key: 0,
                        class: "soft"
                      }, " · " + _toDisplayString(step.node), 1 /* TEXT */))
                    : _createCommentVNode("v-if", true)
                ]),
                (step.comment)
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 0,
                      class: "said"
                    }, _toDisplayString(step.comment), 1 /* TEXT */))
                  : _createCommentVNode("v-if", true),
                (step.at)
                  ? (_openBlock(), _createElementBlock("time", {
                      key: 1,
                      class: "soft",
                      datetime: step.at
                    }, _toDisplayString(_ctx.clock(step.at)), 9 /* TEXT, PROPS */, ["datetime"]))
                  : _createCommentVNode("v-if", true)
              ]))
            }), 128 /* KEYED_FRAGMENT */)),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.remarks, (one, index) => {
              return (_openBlock(), _createElementBlock("li", {
                key: `r${index}`
              }, [
                _createElementVNode("p", null, [
                  _createElementVNode("strong", null, _toDisplayString(one.name), 1 /* TEXT */),
                  _createTextVNode(" 说")
                ]),
                _createElementVNode("p", { class: "said" }, _toDisplayString(one.text), 1 /* TEXT */),
                _createElementVNode("time", {
                  class: "soft",
                  datetime: one.at
                }, _toDisplayString(_ctx.clock(one.at)), 9 /* TEXT, PROPS */, ["datetime"])
              ]))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.task.actions.includes('ask'))
      ? (_openBlock(), _createElementBlock("p", {
          key: 3,
          class: "ask"
        }, [
          _createElementVNode("button", {
            type: "button",
            class: "act",
            onClick: $event => (_ctx.begin('ask'))
          }, "先问申请人一句", 8 /* PROPS */, ["onClick"])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.main.length)
      ? (_openBlock(), _createElementBlock("div", {
          key: 4,
          class: "bar"
        }, [
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.main, (verb) => {
            return (_openBlock(), _createElementBlock("button", {
              key: verb,
              type: "button",
              class: _normalizeClass(["act", { main: verb === 'agree', danger: verb === 'refuse' }]),
              onClick: $event => (_ctx.begin(verb))
            }, _toDisplayString(_ctx.LABELS[verb]), 11 /* TEXT, CLASS, PROPS */, ["onClick"]))
          }), 128 /* KEYED_FRAGMENT */))
        ]))
      : _createCommentVNode("v-if", true),
    _createVNode(_component_van_popup, {
      show: _ctx.form.open,
      "onUpdate:show": $event => ((_ctx.form.open) = $event),
      position: "bottom",
      round: "",
      "close-on-click-overlay": false,
      "safe-area-inset-bottom": "",
      role: "dialog",
      "aria-modal": "true",
      "aria-label": _ctx.LABELS[_ctx.form.verb]
    }, {
      default: _withCtx(() => [
        _createElementVNode("form", {
          class: "deciding",
          onSubmit: _withModifiers(_ctx.decide, ["prevent"])
        }, [
          _createElementVNode("h2", null, [
            _createTextVNode(_toDisplayString(_ctx.LABELS[_ctx.form.verb]), 1 /* TEXT */),
            (_ctx.amount && _ctx.form.verb !== 'ask')
              ? (_openBlock(), _createElementBlock("span", { key: 0 }, " · " + _toDisplayString(_ctx.amount), 1 /* TEXT */))
              : _createCommentVNode("v-if", true)
          ]),
          (_ctx.form.verb === 'return')
            ? (_openBlock(), _createElementBlock("fieldset", { key: 0 }, [
                _createElementVNode("legend", null, "退回到"),
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.back_to, (place) => {
                  return (_openBlock(), _createElementBlock("label", {
                    key: place.to,
                    class: "choice"
                  }, [
                    _withDirectives(_createElementVNode("input", {
                      "onUpdate:modelValue": $event => ((_ctx.form.to) = $event),
                      type: "radio",
                      name: "to",
                      value: place.to
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue", "value"]), [
                      [_vModelRadio, _ctx.form.to]
                    ]),
                    _createTextVNode(_toDisplayString(place.label), 1 /* TEXT */)
                  ]))
                }), 128 /* KEYED_FRAGMENT */))
              ]))
            : _createCommentVNode("v-if", true),
          _createElementVNode("label", { class: "field" }, [
            _createElementVNode("span", null, _toDisplayString(_ctx.form.verb === 'ask' ? '想问什么' : _ctx.form.verb === 'agree' ? '意见（可不填）' : '原因'), 1 /* TEXT */),
            _withDirectives(_createElementVNode("textarea", {
              "onUpdate:modelValue": $event => ((_ctx.form.comment) = $event),
              name: "comment",
              rows: "3",
              maxlength: "500"
            }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
              [_vModelText, _ctx.form.comment]
            ])
          ]),
          (_ctx.form.verb === 'refuse' || _ctx.form.verb === 'return')
            ? (_openBlock(), _createElementBlock("div", {
                key: 1,
                class: "quick"
              }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.task.reasons, (reason) => {
                  return (_openBlock(), _createElementBlock("button", {
                    key: reason,
                    type: "button",
                    class: "chip",
                    onClick: $event => (_ctx.form.comment = reason)
                  }, _toDisplayString(reason), 9 /* TEXT, PROPS */, ["onClick"]))
                }), 128 /* KEYED_FRAGMENT */))
              ]))
            : _createCommentVNode("v-if", true),
          (_ctx.form.verb === 'return')
            ? (_openBlock(), _createElementBlock("label", {
                key: 2,
                class: "choice"
              }, [
                _withDirectives(_createElementVNode("input", {
                  "onUpdate:modelValue": $event => ((_ctx.form.straight) = $event),
                  type: "checkbox",
                  name: "straight"
                }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                  [_vModelCheckbox, _ctx.form.straight]
                ]),
                _createTextVNode("改好后直接回到我这里")
              ]))
            : _createCommentVNode("v-if", true),
          _createElementVNode("div", { class: "pair" }, [
            _createElementVNode("button", {
              type: "button",
              class: "act",
              onClick: $event => (_ctx.form.open = false)
            }, "取消", 8 /* PROPS */, ["onClick"]),
            _createElementVNode("button", {
              type: "submit",
              class: _normalizeClass(["act", _ctx.form.verb === 'refuse' ? 'danger' : 'main']),
              disabled: _ctx.busy || _ctx.lacks
            }, "确定" + _toDisplayString(_ctx.LABELS[_ctx.form.verb]), 11 /* TEXT, CLASS, PROPS */, ["disabled"])
          ])
        ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"])
      ]),
      _: 1 /* STABLE */
    }, 8 /* PROPS */, ["show", "onUpdate:show", "aria-label"])
  ]))
}
