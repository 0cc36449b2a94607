// Compiled from board.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: a3a185e6c6ffcb8a3d1a707f22c731375f4452988bf22fe8b178e9c6bf2c4100
const { createElementVNode: _createElementVNode, renderList: _renderList, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, toDisplayString: _toDisplayString, vModelSelect: _vModelSelect, withDirectives: _withDirectives, vModelCheckbox: _vModelCheckbox, createTextVNode: _createTextVNode, createCommentVNode: _createCommentVNode, normalizeClass: _normalizeClass, vModelRadio: _vModelRadio, vModelText: _vModelText, withModifiers: _withModifiers, resolveComponent: _resolveComponent, withCtx: _withCtx, createVNode: _createVNode } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_popup = _resolveComponent("van-popup")

  return (_openBlock(), _createElementBlock("main", { class: "page wide board" }, [
    _createElementVNode("header", { class: "board-head" }, [
      _createElementVNode("h1", null, "工单看板"),
      _createElementVNode("div", {
        class: "views",
        role: "group",
        "aria-label": "看什么"
      }, [
        _createElementVNode("button", {
          type: "button",
          class: "chip",
          "aria-pressed": _ctx.wanted.view === '',
          onClick: $event => (_ctx.wanted.view = '')
        }, "按节点", 8 /* PROPS */, ["aria-pressed", "onClick"]),
        _createElementVNode("button", {
          type: "button",
          class: "chip",
          "aria-pressed": _ctx.wanted.view === 'day',
          onClick: $event => (_ctx.wanted.view = 'day')
        }, "今天的技师", 8 /* PROPS */, ["aria-pressed", "onClick"])
      ]),
      _createElementVNode("div", {
        class: "filters",
        role: "group",
        "aria-label": "筛选"
      }, [
        _createElementVNode("label", null, [
          _createElementVNode("span", null, "区域"),
          _withDirectives(_createElementVNode("select", {
            "onUpdate:modelValue": $event => ((_ctx.wanted.region) = $event),
            name: "region"
          }, [
            _createElementVNode("option", { value: "" }, "全部区域"),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.board.regions, (region) => {
              return (_openBlock(), _createElementBlock("option", {
                key: region,
                value: region
              }, _toDisplayString(region), 9 /* TEXT, PROPS */, ["value"]))
            }), 128 /* KEYED_FRAGMENT */))
          ], 8 /* PROPS */, ["onUpdate:modelValue"]), [
            [_vModelSelect, _ctx.wanted.region]
          ])
        ]),
        _createElementVNode("label", null, [
          _createElementVNode("span", null, "技师"),
          _withDirectives(_createElementVNode("select", {
            "onUpdate:modelValue": $event => ((_ctx.wanted.technician) = $event),
            name: "technician"
          }, [
            _createElementVNode("option", { value: "" }, "全部技师"),
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.board.people, (one) => {
              return (_openBlock(), _createElementBlock("option", {
                key: one.id,
                value: one.id
              }, _toDisplayString(one.name), 9 /* TEXT, PROPS */, ["value"]))
            }), 128 /* KEYED_FRAGMENT */))
          ], 8 /* PROPS */, ["onUpdate:modelValue"]), [
            [_vModelSelect, _ctx.wanted.technician]
          ])
        ]),
        _createElementVNode("label", { class: "choice" }, [
          _withDirectives(_createElementVNode("input", {
            "onUpdate:modelValue": $event => ((_ctx.wanted.overdue) = $event),
            type: "checkbox",
            name: "overdue"
          }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
            [_vModelCheckbox, _ctx.wanted.overdue]
          ]),
          _createTextVNode("只看超时")
        ])
      ]),
      (_ctx.lost)
        ? (_openBlock(), _createElementBlock("p", {
            key: 0,
            class: "warn",
            role: "status"
          }, _toDisplayString(_ctx.lost), 1 /* TEXT */))
        : _createCommentVNode("v-if", true)
    ]),
    (_ctx.board.columns)
      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
          _createElementVNode("nav", {
            class: "tabs",
            "aria-label": "节点"
          }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.board.columns, (column) => {
              return (_openBlock(), _createElementBlock("button", {
                key: column.key,
                type: "button",
                class: _normalizeClass(["tab", { here: _ctx.tab === column.key }]),
                "aria-current": _ctx.tab === column.key ? 'true' : undefined,
                onClick: $event => (_ctx.tab = column.key)
              }, [
                _createTextVNode(_toDisplayString(column.label), 1 /* TEXT */),
                _createElementVNode("span", { class: "count" }, _toDisplayString(column.total), 1 /* TEXT */),
                (_ctx.lateIn(column))
                  ? (_openBlock(), _createElementBlock("span", {
                      key: 0,
                      class: "late-dot",
                      "aria-label": `${_ctx.lateIn(column)} 张超时`
                    }, _toDisplayString(_ctx.lateIn(column)), 9 /* TEXT, PROPS */, ["aria-label"]))
                  : _createCommentVNode("v-if", true)
              ], 10 /* CLASS, PROPS */, ["aria-current", "onClick"]))
            }), 128 /* KEYED_FRAGMENT */))
          ]),
          _createElementVNode("div", { class: "columns" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.board.columns, (column) => {
              return (_openBlock(), _createElementBlock("section", {
                key: column.key,
                class: _normalizeClass(["column", { here: _ctx.tab === column.key }]),
                "aria-label": column.label
              }, [
                _createElementVNode("h2", null, [
                  _createTextVNode(_toDisplayString(column.label), 1 /* TEXT */),
                  _createElementVNode("span", { class: "count" }, _toDisplayString(column.total), 1 /* TEXT */),
                  (_ctx.lateIn(column))
                    ? (_openBlock(), _createElementBlock("span", {
                        key: 0,
                        class: "late-dot",
                        "aria-label": `${_ctx.lateIn(column)} 张超时`
                      }, _toDisplayString(_ctx.lateIn(column)), 9 /* TEXT, PROPS */, ["aria-label"]))
                    : _createCommentVNode("v-if", true)
                ]),
                (!column.orders.length)
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 0,
                      class: "soft none"
                    }, "没有工单"))
                  : _createCommentVNode("v-if", true),
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.shown(column), (order) => {
                  return (_openBlock(), _createElementBlock("article", {
                    key: order.id,
                    class: _normalizeClass(["order", { late: _ctx.limit(order).late }])
                  }, [
                    _createElementVNode("p", { class: "line" }, [
                      _createElementVNode("span", {
                        class: _normalizeClass(["urgency", { urgent: _ctx.urgent(order) }])
                      }, _toDisplayString(order.urgency), 3 /* TEXT, CLASS */),
                      (order.kind)
                        ? (_openBlock(), _createElementBlock("span", {
                            key: 0,
                            class: "kind"
                          }, _toDisplayString(order.kind), 1 /* TEXT */))
                        : _createCommentVNode("v-if", true),
                      (_ctx.limit(order).words)
                        ? (_openBlock(), _createElementBlock("span", {
                            key: 1,
                            class: _normalizeClass(["limit", _ctx.limit(order).late ? 'bad' : 'good'])
                          }, _toDisplayString(_ctx.limit(order).words), 3 /* TEXT, CLASS */))
                        : _createCommentVNode("v-if", true)
                    ]),
                    _createElementVNode("h3", null, _toDisplayString(order.customer), 1 /* TEXT */),
                    _createElementVNode("p", { class: "fault" }, _toDisplayString(order.fault), 1 /* TEXT */),
                    _createElementVNode("p", { class: "soft" }, [
                      _createTextVNode(_toDisplayString(order.number), 1 /* TEXT */),
                      (order.region)
                        ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                            _createTextVNode(" · " + _toDisplayString(order.region), 1 /* TEXT */)
                          ], 64 /* STABLE_FRAGMENT */))
                        : _createCommentVNode("v-if", true)
                    ]),
                    (order.window)
                      ? (_openBlock(), _createElementBlock("p", {
                          key: 0,
                          class: "soft"
                        }, "预约 " + _toDisplayString(order.window), 1 /* TEXT */))
                      : _createCommentVNode("v-if", true),
                    (order.eta)
                      ? (_openBlock(), _createElementBlock("p", {
                          key: 1,
                          class: "soft"
                        }, "预计 " + _toDisplayString(_ctx.clock(order.eta)) + " 到", 1 /* TEXT */))
                      : _createCommentVNode("v-if", true),
                    _createElementVNode("p", { class: "line foot" }, [
                      _createElementVNode("span", null, [
                        _createElementVNode("strong", null, _toDisplayString(order.owner), 1 /* TEXT */),
                        _createTextVNode(" · 已 " + _toDisplayString(_ctx.age(order)), 1 /* TEXT */)
                      ]),
                      (_ctx.board.asks && order.does)
                        ? (_openBlock(), _createElementBlock("button", {
                            key: 0,
                            type: "button",
                            class: "act small",
                            "aria-label": `${order.does === 'offer' ? '派单' : '转单'} ${order.number}`,
                            onClick: $event => (_ctx.pick(order))
                          }, _toDisplayString(order.does === 'offer' ? '派单' : '转单'), 9 /* TEXT, PROPS */, ["aria-label", "onClick"]))
                        : _createCommentVNode("v-if", true)
                    ])
                  ], 2 /* CLASS */))
                }), 128 /* KEYED_FRAGMENT */)),
                (column.total > column.orders.length)
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 1,
                      class: "soft none"
                    }, "还有 " + _toDisplayString(column.total - column.orders.length) + " 张没有列出，请用上面的筛选。", 1 /* TEXT */))
                  : _createCommentVNode("v-if", true)
              ], 10 /* CLASS, PROPS */, ["aria-label"]))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ], 64 /* STABLE_FRAGMENT */))
      : _createCommentVNode("v-if", true),
    (_ctx.board.days)
      ? (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
          (!_ctx.board.days.length)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "soft none"
              }, "没有符合条件的技师。"))
            : _createCommentVNode("v-if", true),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.board.days, (day) => {
            return (_openBlock(), _createElementBlock("section", {
              key: day.id,
              class: "sheet day",
              "aria-label": day.name
            }, [
              _createElementVNode("h2", null, [
                _createTextVNode(_toDisplayString(day.name), 1 /* TEXT */),
                (day.region)
                  ? (_openBlock(), _createElementBlock("span", {
                      key: 0,
                      class: "soft"
                    }, " · " + _toDisplayString(day.region), 1 /* TEXT */))
                  : _createCommentVNode("v-if", true)
              ]),
              _createElementVNode("p", { class: "soft" }, _toDisplayString(day.open ? `手上 ${day.open} 张${_ctx.hours(day.minutes)}` : '空闲'), 1 /* TEXT */),
              _createElementVNode("ul", null, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(day.jobs, (job) => {
                  return (_openBlock(), _createElementBlock("li", {
                    key: job.id,
                    class: _normalizeClass({ late: _ctx.limit(job).late })
                  }, [
                    _createElementVNode("span", { class: "when" }, [
                      _createTextVNode(_toDisplayString(job.window ? job.window : '未约时间'), 1 /* TEXT */),
                      (job.clash)
                        ? (_openBlock(), _createElementBlock("strong", {
                            key: 0,
                            class: "bad"
                          }, " 时间冲突"))
                        : _createCommentVNode("v-if", true)
                    ]),
                    _createElementVNode("span", { class: "what" }, [
                      _createElementVNode("span", {
                        class: _normalizeClass(["urgency", { urgent: _ctx.urgent(job) }])
                      }, _toDisplayString(job.priority), 3 /* TEXT, CLASS */),
                      _createTextVNode(" " + _toDisplayString(job.customer) + "：" + _toDisplayString(job.fault), 1 /* TEXT */)
                    ]),
                    _createElementVNode("span", { class: "where" }, [
                      _createTextVNode(_toDisplayString(job.status) + " · " + _toDisplayString(job.number), 1 /* TEXT */),
                      (_ctx.limit(job).words)
                        ? (_openBlock(), _createElementBlock("span", {
                            key: 0,
                            class: _normalizeClass(_ctx.limit(job).late ? 'bad' : 'good')
                          }, " · " + _toDisplayString(_ctx.limit(job).words), 3 /* TEXT, CLASS */))
                        : _createCommentVNode("v-if", true)
                    ]),
                    (_ctx.board.asks && job.does)
                      ? (_openBlock(), _createElementBlock("button", {
                          key: 0,
                          type: "button",
                          class: "act small",
                          "aria-label": `转给别人 ${job.number}`,
                          onClick: $event => (_ctx.pick(job))
                        }, _toDisplayString(job.does === 'offer' ? '改派' : '转单'), 9 /* TEXT, PROPS */, ["aria-label", "onClick"]))
                      : _createCommentVNode("v-if", true)
                  ], 2 /* CLASS */))
                }), 128 /* KEYED_FRAGMENT */))
              ])
            ], 8 /* PROPS */, ["aria-label"]))
          }), 128 /* KEYED_FRAGMENT */))
        ], 64 /* STABLE_FRAGMENT */))
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
      "aria-label": "选技师"
    }, {
      default: _withCtx(() => [
        (_ctx.picked)
          ? (_openBlock(), _createElementBlock("form", {
              key: 0,
              class: "picking",
              onSubmit: _withModifiers(_ctx.ask, ["prevent"])
            }, [
              _createElementVNode("h2", null, _toDisplayString(_ctx.picked.does === 'reassign' ? '转单' : '派单') + " " + _toDisplayString(_ctx.picked.number), 1 /* TEXT */),
              _createElementVNode("p", { class: "soft" }, [
                _createTextVNode(_toDisplayString(_ctx.picked.fault), 1 /* TEXT */),
                (_ctx.picked.owner)
                  ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                      _createTextVNode("（现在：" + _toDisplayString(_ctx.picked.owner) + "）", 1 /* TEXT */)
                    ], 64 /* STABLE_FRAGMENT */))
                  : _createCommentVNode("v-if", true)
              ]),
              _createElementVNode("fieldset", null, [
                _createElementVNode("legend", null, "派给谁"),
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.picked.best, (one) => {
                  return (_openBlock(), _createElementBlock("label", {
                    key: one.id,
                    class: "choice who"
                  }, [
                    _withDirectives(_createElementVNode("input", {
                      "onUpdate:modelValue": $event => ((_ctx.form.technician) = $event),
                      type: "radio",
                      name: "technician",
                      value: one.id
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue", "value"]), [
                      [_vModelRadio, _ctx.form.technician]
                    ]),
                    _createElementVNode("span", null, [
                      _createElementVNode("strong", null, _toDisplayString(one.name), 1 /* TEXT */),
                      _createElementVNode("span", { class: "soft why" }, _toDisplayString(one.reason), 1 /* TEXT */)
                    ])
                  ]))
                }), 128 /* KEYED_FRAGMENT */)),
                (_ctx.picked.others.length)
                  ? (_openBlock(), _createElementBlock("label", {
                      key: 0,
                      class: "field"
                    }, [
                      _createElementVNode("span", null, "其他技师"),
                      _createElementVNode("select", {
                        value: _ctx.other,
                        name: "other",
                        onChange: $event => (_ctx.form.technician = $event.target.value)
                      }, [
                        _createElementVNode("option", { value: "" }, "不选"),
                        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.picked.others, (one) => {
                          return (_openBlock(), _createElementBlock("option", {
                            key: one.id,
                            value: one.id
                          }, _toDisplayString(one.name) + "（手上 " + _toDisplayString(one.open) + " 张）", 9 /* TEXT, PROPS */, ["value"]))
                        }), 128 /* KEYED_FRAGMENT */))
                      ], 40 /* PROPS, NEED_HYDRATION */, ["value", "onChange"])
                    ]))
                  : _createCommentVNode("v-if", true)
              ]),
              (_ctx.picked.does === 'reassign')
                ? (_openBlock(), _createElementBlock("label", {
                    key: 0,
                    class: "field"
                  }, [
                    _createElementVNode("span", null, "为什么转单"),
                    _withDirectives(_createElementVNode("textarea", {
                      "onUpdate:modelValue": $event => ((_ctx.form.reason) = $event),
                      name: "reason",
                      rows: "2",
                      maxlength: "200"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.form.reason]
                    ])
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
                  class: "act main",
                  disabled: _ctx.busy || _ctx.lacks
                }, _toDisplayString(_ctx.picked.does === 'reassign' ? '确定转单' : '确定派单'), 9 /* TEXT, PROPS */, ["disabled"])
              ])
            ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
          : _createCommentVNode("v-if", true)
      ]),
      _: 1 /* STABLE */
    }, 8 /* PROPS */, ["show", "onUpdate:show"])
  ]))
}
