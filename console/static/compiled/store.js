// Compiled from store.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: 7b3e72ede402b4311ce8d266edd124573b2daf883e342e43b36488b354f3d9df
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, renderList: _renderList, Fragment: _Fragment, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, createTextVNode: _createTextVNode, normalizeClass: _normalizeClass, vModelText: _vModelText, withDirectives: _withDirectives, withModifiers: _withModifiers, resolveComponent: _resolveComponent, withCtx: _withCtx, createVNode: _createVNode } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_van_popup = _resolveComponent("van-popup")

  return (_openBlock(), _createElementBlock("main", { class: "page store" }, [
    _createElementVNode("header", { class: "store-head" }, [
      _createElementVNode("h1", null, _toDisplayString(_ctx.store.place), 1 /* TEXT */),
      (_ctx.store.places.length)
        ? (_openBlock(), _createElementBlock("label", {
            key: 0,
            class: "other"
          }, [
            _createElementVNode("span", null, "换一个仓库"),
            _createElementVNode("select", {
              name: "place",
              onChange: $event => (_ctx.goTo($event.target.value))
            }, [
              _createElementVNode("option", { value: "" }, _toDisplayString(_ctx.store.place), 1 /* TEXT */),
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.store.places, (place) => {
                return (_openBlock(), _createElementBlock("option", {
                  key: place.url,
                  value: place.url
                }, _toDisplayString(place.name), 9 /* TEXT, PROPS */, ["value"]))
              }), 128 /* KEYED_FRAGMENT */))
            ], 40 /* PROPS, NEED_HYDRATION */, ["onChange"])
          ]))
        : _createCommentVNode("v-if", true)
    ]),
    _createElementVNode("nav", {
      class: "tabs",
      "aria-label": "做什么"
    }, [
      (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.tabs, (one) => {
        return (_openBlock(), _createElementBlock("button", {
          key: one.key,
          type: "button",
          class: _normalizeClass(["tab", { here: _ctx.tab === one.key }]),
          "aria-current": _ctx.tab === one.key ? 'true' : undefined,
          onClick: $event => (_ctx.tab = one.key)
        }, [
          _createTextVNode(_toDisplayString(one.label), 1 /* TEXT */),
          (one.count)
            ? (_openBlock(), _createElementBlock("span", {
                key: 0,
                class: "count"
              }, _toDisplayString(one.count), 1 /* TEXT */))
            : _createCommentVNode("v-if", true)
        ], 10 /* CLASS, PROPS */, ["aria-current", "onClick"]))
      }), 128 /* KEYED_FRAGMENT */))
    ]),
    (_ctx.tab === 'pick')
      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
          (!_ctx.store.picks.length)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "soft none"
              }, "没有要拣的领料单。"))
            : _createCommentVNode("v-if", true),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.store.picks, (pick) => {
            return (_openBlock(), _createElementBlock("article", {
              key: pick.id,
              class: "sheet"
            }, [
              _createElementVNode("button", {
                type: "button",
                class: "fold",
                "aria-expanded": _ctx.picks.state.open === pick.id,
                onClick: $event => (_ctx.picks.toggle(pick))
              }, [
                _createElementVNode("span", { class: "title" }, [
                  _createElementVNode("strong", null, _toDisplayString(pick.technician), 1 /* TEXT */),
                  _createTextVNode(" 领料 " + _toDisplayString(pick.lines.length) + " 种", 1 /* TEXT */)
                ]),
                _createElementVNode("span", { class: "soft" }, [
                  _createTextVNode(_toDisplayString(pick.number), 1 /* TEXT */),
                  (pick.order)
                    ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                        _createTextVNode(" · 工单 " + _toDisplayString(pick.order), 1 /* TEXT */)
                      ], 64 /* STABLE_FRAGMENT */))
                    : _createCommentVNode("v-if", true),
                  _createTextVNode(" · " + _toDisplayString(_ctx.clock(pick.since)), 1 /* TEXT */)
                ])
              ], 8 /* PROPS */, ["aria-expanded", "onClick"]),
              _createElementVNode("ul", { class: "lines" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(pick.lines, (line, index) => {
                  return (_openBlock(), _createElementBlock("li", {
                    key: index,
                    class: _normalizeClass({ done: _ctx.picks.left(pick, index) <= 0 })
                  }, [
                    _createElementVNode("div", { class: "line" }, [
                      _createElementVNode("span", { class: "what" }, [
                        _createElementVNode("strong", null, _toDisplayString(line.name), 1 /* TEXT */),
                        (line.spec)
                          ? (_openBlock(), _createElementBlock("span", {
                              key: 0,
                              class: "soft"
                            }, _toDisplayString(line.spec), 1 /* TEXT */))
                          : _createCommentVNode("v-if", true)
                      ]),
                      _createElementVNode("span", { class: "much" }, _toDisplayString(_ctx.picks.picked(pick, index)) + "/" + _toDisplayString(line.left) + _toDisplayString(line.unit), 1 /* TEXT */)
                    ]),
                    _createElementVNode("p", { class: "soft" }, [
                      (line.bins.length)
                        ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                            _createTextVNode("库位 " + _toDisplayString(line.bins.join('、')), 1 /* TEXT */)
                          ], 64 /* STABLE_FRAGMENT */))
                        : (!line.name.includes(line.code))
                          ? (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
                              _createTextVNode(_toDisplayString(line.code), 1 /* TEXT */)
                            ], 64 /* STABLE_FRAGMENT */))
                          : _createCommentVNode("v-if", true),
                      (line.issued !== '0')
                        ? (_openBlock(), _createElementBlock(_Fragment, { key: 2 }, [
                            _createTextVNode(" · 已出 " + _toDisplayString(line.issued) + _toDisplayString(line.unit), 1 /* TEXT */)
                          ], 64 /* STABLE_FRAGMENT */))
                        : _createCommentVNode("v-if", true)
                    ]),
                    (_ctx.picks.state.open === pick.id)
                      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                          (line.tracking === 'none')
                            ? (_openBlock(), _createElementBlock("div", {
                                key: 0,
                                class: "stepper",
                                role: "group",
                                "aria-label": `拣多少 ${line.name}`
                              }, [
                                _createElementVNode("button", {
                                  type: "button",
                                  class: "act small",
                                  "aria-label": `少一个 ${line.name}`,
                                  onClick: $event => (_ctx.picks.set(pick, index, _ctx.picks.picked(pick, index) - 1))
                                }, "−", 8 /* PROPS */, ["aria-label", "onClick"]),
                                _createElementVNode("input", {
                                  value: _ctx.picks.picked(pick, index),
                                  inputmode: "decimal",
                                  "aria-label": `${line.name} 数量`,
                                  name: "quantity",
                                  onChange: $event => (_ctx.picks.set(pick, index, $event.target.value))
                                }, null, 40 /* PROPS, NEED_HYDRATION */, ["value", "aria-label", "onChange"]),
                                _createElementVNode("button", {
                                  type: "button",
                                  class: "act small",
                                  "aria-label": `多一个 ${line.name}`,
                                  onClick: $event => (_ctx.picks.set(pick, index, _ctx.picks.picked(pick, index) + 1))
                                }, "+", 8 /* PROPS */, ["aria-label", "onClick"])
                              ], 8 /* PROPS */, ["aria-label"]))
                            : (_openBlock(), _createElementBlock("div", {
                                key: 1,
                                class: "lots"
                              }, [
                                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.picks.entry(pick, index).lots, (lot) => {
                                  return (_openBlock(), _createElementBlock("button", {
                                    key: lot,
                                    type: "button",
                                    class: "chip on",
                                    "aria-label": `去掉 ${lot}`,
                                    onClick: $event => (_ctx.picks.dropLot(pick, index, lot))
                                  }, _toDisplayString(lot) + " ×", 9 /* TEXT, PROPS */, ["aria-label", "onClick"]))
                                }), 128 /* KEYED_FRAGMENT */)),
                                (_ctx.picks.left(pick, index) > 0)
                                  ? (_openBlock(true), _createElementBlock(_Fragment, { key: 0 }, _renderList(line.lots.filter((one) => !_ctx.picks.entry(pick, index).lots.includes(one)), (lot) => {
                                      return (_openBlock(), _createElementBlock("button", {
                                        key: lot,
                                        type: "button",
                                        class: "chip",
                                        "aria-label": `选 ${lot}`,
                                        onClick: $event => (_ctx.picks.addLot(pick, index, lot))
                                      }, _toDisplayString(lot), 9 /* TEXT, PROPS */, ["aria-label", "onClick"]))
                                    }), 128 /* KEYED_FRAGMENT */))
                                  : _createCommentVNode("v-if", true)
                              ]))
                        ], 64 /* STABLE_FRAGMENT */))
                      : _createCommentVNode("v-if", true)
                  ], 2 /* CLASS */))
                }), 128 /* KEYED_FRAGMENT */))
              ]),
              (_ctx.picks.state.open === pick.id)
                ? (_openBlock(), _createElementBlock("div", {
                    key: 0,
                    class: "pair"
                  }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "act",
                      onClick: $event => (_ctx.picks.pickAll(pick))
                    }, "全部拣齐", 8 /* PROPS */, ["onClick"]),
                    _createElementVNode("button", {
                      type: "button",
                      class: "act main",
                      disabled: !_ctx.picks.basket(pick).length || _ctx.busy !== '',
                      onClick: $event => (_ctx.picks.issue(pick))
                    }, _toDisplayString(_ctx.picks.complete(pick) ? '全部出库' : '先出这些'), 9 /* TEXT, PROPS */, ["disabled", "onClick"])
                  ]))
                : _createCommentVNode("v-if", true)
            ]))
          }), 128 /* KEYED_FRAGMENT */)),
          (_ctx.store.more_picks)
            ? (_openBlock(), _createElementBlock("p", {
                key: 1,
                class: "soft none"
              }, "还有更早的没有列出，处理后会出现。"))
            : _createCommentVNode("v-if", true)
        ], 64 /* STABLE_FRAGMENT */))
      : _createCommentVNode("v-if", true),
    (_ctx.tab === 'receive')
      ? (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
          (!_ctx.store.purchases.length && !_ctx.store.transfers.length)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "soft none"
              }, "没有等着入库的东西。"))
            : _createCommentVNode("v-if", true),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.store.transfers, (transfer) => {
            return (_openBlock(), _createElementBlock("article", {
              key: transfer.id,
              class: "sheet"
            }, [
              _createElementVNode("h2", null, _toDisplayString(transfer.title), 1 /* TEXT */),
              _createElementVNode("p", { class: "soft" }, [
                _createTextVNode(_toDisplayString(transfer.sender) + "（" + _toDisplayString(transfer.source) + "）送来", 1 /* TEXT */),
                (transfer.reason)
                  ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                      _createTextVNode("：" + _toDisplayString(transfer.reason), 1 /* TEXT */)
                    ], 64 /* STABLE_FRAGMENT */))
                  : _createCommentVNode("v-if", true)
              ]),
              _createElementVNode("ul", { class: "lines" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(transfer.lines, (line, index) => {
                  return (_openBlock(), _createElementBlock("li", { key: index }, [
                    _createElementVNode("div", { class: "line" }, [
                      _createElementVNode("strong", null, _toDisplayString(line.name), 1 /* TEXT */),
                      _createElementVNode("span", null, [
                        _createTextVNode("×" + _toDisplayString(line.quantity) + _toDisplayString(line.unit), 1 /* TEXT */),
                        (line.lot)
                          ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                              _createTextVNode(_toDisplayString(line.lot), 1 /* TEXT */)
                            ], 64 /* STABLE_FRAGMENT */))
                          : _createCommentVNode("v-if", true)
                      ])
                    ])
                  ]))
                }), 128 /* KEYED_FRAGMENT */))
              ]),
              (_ctx.arrivals.state.refusing === transfer.id)
                ? (_openBlock(), _createElementBlock("label", {
                    key: 0,
                    class: "field"
                  }, [
                    _createElementVNode("span", null, "为什么拒收（可不填）"),
                    _withDirectives(_createElementVNode("input", {
                      "onUpdate:modelValue": $event => ((_ctx.arrivals.state.reason) = $event),
                      name: "reason",
                      maxlength: "200"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.arrivals.state.reason]
                    ])
                  ]))
                : _createCommentVNode("v-if", true),
              _createElementVNode("div", { class: "pair" }, [
                (_ctx.arrivals.state.refusing !== transfer.id)
                  ? (_openBlock(), _createElementBlock("button", {
                      key: 0,
                      type: "button",
                      class: "act",
                      onClick: $event => (_ctx.arrivals.state.refusing = transfer.id)
                    }, "拒收", 8 /* PROPS */, ["onClick"]))
                  : (_openBlock(), _createElementBlock("button", {
                      key: 1,
                      type: "button",
                      class: "act danger",
                      disabled: _ctx.busy !== '',
                      onClick: $event => (_ctx.arrivals.answer(transfer, 'refuse'))
                    }, "确定拒收", 8 /* PROPS */, ["disabled", "onClick"])),
                _createElementVNode("button", {
                  type: "button",
                  class: "act main",
                  disabled: _ctx.busy !== '',
                  onClick: $event => (_ctx.arrivals.answer(transfer, 'take'))
                }, "收下", 8 /* PROPS */, ["disabled", "onClick"])
              ])
            ]))
          }), 128 /* KEYED_FRAGMENT */)),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.store.purchases, (purchase) => {
            return (_openBlock(), _createElementBlock("article", {
              key: purchase.id,
              class: "sheet"
            }, [
              _createElementVNode("button", {
                type: "button",
                class: "fold",
                "aria-expanded": _ctx.arrivals.state.open === purchase.id,
                onClick: $event => (_ctx.arrivals.toggle(purchase))
              }, [
                _createElementVNode("span", { class: "title" }, [
                  _createElementVNode("strong", null, _toDisplayString(purchase.name), 1 /* TEXT */),
                  _createTextVNode(" 还差 " + _toDisplayString(purchase.missing) + _toDisplayString(purchase.unit), 1 /* TEXT */)
                ]),
                _createElementVNode("span", { class: "soft" }, [
                  _createTextVNode(_toDisplayString(purchase.number) + " · ", 1 /* TEXT */),
                  _createElementVNode("span", {
                    class: _normalizeClass({ bad: purchase.late })
                  }, _toDisplayString(purchase.status), 3 /* TEXT, CLASS */),
                  (purchase.expected)
                    ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                        _createTextVNode(" · " + _toDisplayString(purchase.expected), 1 /* TEXT */)
                      ], 64 /* STABLE_FRAGMENT */))
                    : _createCommentVNode("v-if", true),
                  (purchase.supplier)
                    ? (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
                        _createTextVNode(" · " + _toDisplayString(purchase.supplier), 1 /* TEXT */)
                      ], 64 /* STABLE_FRAGMENT */))
                    : _createCommentVNode("v-if", true)
                ])
              ], 8 /* PROPS */, ["aria-expanded", "onClick"]),
              (_ctx.arrivals.state.open === purchase.id)
                ? (_openBlock(), _createElementBlock("form", {
                    key: 0,
                    class: "receiving",
                    onSubmit: _withModifiers($event => (_ctx.arrivals.receive(purchase)), ["prevent"])
                  }, [
                    (purchase.tracking === 'serial')
                      ? (_openBlock(), _createElementBlock("div", {
                          key: 0,
                          class: "lots"
                        }, [
                          _createElementVNode("p", { class: "soft" }, "请逐个扫序列号，或在下面输入。已登记 " + _toDisplayString(_ctx.arrivals.facts(purchase).lots.length) + " 个。", 1 /* TEXT */),
                          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.arrivals.facts(purchase).lots, (lot) => {
                            return (_openBlock(), _createElementBlock("button", {
                              key: lot,
                              type: "button",
                              class: "chip on",
                              "aria-label": `去掉 ${lot}`,
                              onClick: $event => (_ctx.arrivals.dropLot(purchase, lot))
                            }, _toDisplayString(lot) + " ×", 9 /* TEXT, PROPS */, ["aria-label", "onClick"]))
                          }), 128 /* KEYED_FRAGMENT */))
                        ]))
                      : (_openBlock(), _createElementBlock("label", {
                          key: 1,
                          class: "field"
                        }, [
                          _createElementVNode("span", null, "到了多少（" + _toDisplayString(purchase.unit) + "）", 1 /* TEXT */),
                          _withDirectives(_createElementVNode("input", {
                            "onUpdate:modelValue": $event => ((_ctx.arrivals.facts(purchase).quantity) = $event),
                            name: "arrived",
                            inputmode: "decimal"
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                            [_vModelText, _ctx.arrivals.facts(purchase).quantity]
                          ])
                        ])),
                    (purchase.tracking === 'batch')
                      ? (_openBlock(), _createElementBlock("label", {
                          key: 2,
                          class: "field"
                        }, [
                          _createElementVNode("span", null, "批号"),
                          _withDirectives(_createElementVNode("input", {
                            "onUpdate:modelValue": $event => ((_ctx.arrivals.facts(purchase).batch) = $event),
                            name: "batch",
                            maxlength: "100"
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                            [_vModelText, _ctx.arrivals.facts(purchase).batch]
                          ])
                        ]))
                      : _createCommentVNode("v-if", true),
                    _createElementVNode("label", { class: "field" }, [
                      _createElementVNode("span", null, "这次的单价，元（不填按采购单）"),
                      _withDirectives(_createElementVNode("input", {
                        "onUpdate:modelValue": $event => ((_ctx.arrivals.facts(purchase).price) = $event),
                        name: "price",
                        inputmode: "decimal"
                      }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                        [_vModelText, _ctx.arrivals.facts(purchase).price]
                      ])
                    ]),
                    _createElementVNode("button", {
                      type: "submit",
                      class: "act main",
                      disabled: !_ctx.arrivals.ready(purchase) || _ctx.busy !== ''
                    }, "入库", 8 /* PROPS */, ["disabled"])
                  ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
                : _createCommentVNode("v-if", true)
            ]))
          }), 128 /* KEYED_FRAGMENT */))
        ], 64 /* STABLE_FRAGMENT */))
      : _createCommentVNode("v-if", true),
    (_ctx.tab === 'count')
      ? (_openBlock(), _createElementBlock(_Fragment, { key: 2 }, [
          (!_ctx.count.shown())
            ? (_openBlock(), _createElementBlock("section", {
                key: 0,
                class: "sheet"
              }, [
                _createElementVNode("h2", null, "盘点 " + _toDisplayString(_ctx.store.place), 1 /* TEXT */),
                _createElementVNode("p", { class: "soft" }, "开始后账面会留底，盘点时看不到账面数量。可以照常出入库。"),
                _createElementVNode("button", {
                  type: "button",
                  class: "act main wide",
                  disabled: _ctx.busy !== '',
                  onClick: $event => (_ctx.count.start())
                }, "开始盘点", 8 /* PROPS */, ["disabled", "onClick"])
              ]))
            : (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
                _createElementVNode("section", { class: "sheet" }, [
                  _createElementVNode("h2", null, "盘点 " + _toDisplayString(_ctx.count.shown().number), 1 /* TEXT */),
                  _createElementVNode("p", { class: "soft" }, _toDisplayString(_ctx.count.shown().status) + " · " + _toDisplayString(_ctx.count.shown().started_by) + " · 已录 " + _toDisplayString(_ctx.count.shown().entered) + "/" + _toDisplayString(_ctx.count.shown().total) + " 项", 1 /* TEXT */),
                  (_ctx.count.shown().hint)
                    ? (_openBlock(), _createElementBlock("p", {
                        key: 0,
                        class: "soft"
                      }, _toDisplayString(_ctx.count.shown().hint), 1 /* TEXT */))
                    : _createCommentVNode("v-if", true),
                  (_ctx.count.state.piece)
                    ? (_openBlock(), _createElementBlock("form", {
                        key: 1,
                        class: "counting",
                        onSubmit: _withModifiers($event => (_ctx.count.enter(_ctx.count.state.piece, _ctx.count.state.quantity)), ["prevent"])
                      }, [
                        _createElementVNode("label", { class: "field" }, [
                          _createElementVNode("span", null, [
                            _createTextVNode(_toDisplayString(_ctx.count.state.piece.name), 1 /* TEXT */),
                            (_ctx.count.state.piece.lot)
                              ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                                  _createTextVNode(_toDisplayString(_ctx.count.state.piece.lot), 1 /* TEXT */)
                                ], 64 /* STABLE_FRAGMENT */))
                              : _createCommentVNode("v-if", true),
                            _createTextVNode(" 一共有几" + _toDisplayString(_ctx.count.state.piece.unit), 1 /* TEXT */)
                          ]),
                          _withDirectives(_createElementVNode("input", {
                            "onUpdate:modelValue": $event => ((_ctx.count.state.quantity) = $event),
                            name: "counted",
                            inputmode: "decimal"
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                            [_vModelText, _ctx.count.state.quantity]
                          ])
                        ]),
                        _createElementVNode("div", { class: "pair" }, [
                          _createElementVNode("button", {
                            type: "button",
                            class: "act",
                            onClick: $event => (_ctx.count.state.piece = null)
                          }, "先不录", 8 /* PROPS */, ["onClick"]),
                          _createElementVNode("button", {
                            type: "submit",
                            class: "act main",
                            disabled: _ctx.count.state.quantity === '' || _ctx.busy !== ''
                          }, "记下", 8 /* PROPS */, ["disabled"])
                        ])
                      ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
                    : _createCommentVNode("v-if", true),
                  (_ctx.count.shown().running && !_ctx.count.state.piece)
                    ? (_openBlock(), _createElementBlock("div", {
                        key: 2,
                        class: "pair"
                      }, [
                        (!_ctx.count.state.cancelling)
                          ? (_openBlock(), _createElementBlock("button", {
                              key: 0,
                              type: "button",
                              class: "act",
                              onClick: $event => (_ctx.count.state.cancelling = true)
                            }, "取消盘点", 8 /* PROPS */, ["onClick"]))
                          : (_openBlock(), _createElementBlock("button", {
                              key: 1,
                              type: "button",
                              class: "act danger",
                              disabled: _ctx.busy !== '',
                              onClick: $event => (_ctx.count.cancel())
                            }, "确定取消", 8 /* PROPS */, ["disabled", "onClick"])),
                        _createElementVNode("button", {
                          type: "button",
                          class: "act main",
                          disabled: !_ctx.count.shown().entered || _ctx.busy !== '',
                          onClick: $event => (_ctx.count.submit())
                        }, "盘点完成", 8 /* PROPS */, ["disabled", "onClick"])
                      ]))
                    : _createCommentVNode("v-if", true)
                ]),
                (_ctx.count.shown().running)
                  ? (_openBlock(), _createElementBlock("section", {
                      key: 0,
                      class: "sheet"
                    }, [
                      _createElementVNode("h2", null, "还没有录（" + _toDisplayString(_ctx.count.shown().total - _ctx.count.shown().entered) + "）", 1 /* TEXT */),
                      _createElementVNode("ul", { class: "lines" }, [
                        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.count.shown().left, (line) => {
                          return (_openBlock(), _createElementBlock("li", {
                            key: `${line.part_id}${line.lot}`,
                            class: "line"
                          }, [
                            _createElementVNode("span", { class: "what" }, [
                              _createElementVNode("strong", null, _toDisplayString(line.name), 1 /* TEXT */),
                              (line.lot)
                                ? (_openBlock(), _createElementBlock("span", {
                                    key: 0,
                                    class: "soft"
                                  }, _toDisplayString(line.lot), 1 /* TEXT */))
                                : _createCommentVNode("v-if", true)
                            ]),
                            _createElementVNode("span", { class: "buttons" }, [
                              _createElementVNode("button", {
                                type: "button",
                                class: "act small",
                                "aria-label": `没有 ${line.name} ${line.lot}`,
                                disabled: _ctx.busy !== '',
                                onClick: $event => (_ctx.count.enter(line, '0'))
                              }, "没有", 8 /* PROPS */, ["aria-label", "disabled", "onClick"]),
                              _createElementVNode("button", {
                                type: "button",
                                class: "act small",
                                "aria-label": `录入 ${line.name} ${line.lot}`,
                                onClick: $event => (_ctx.count.take(line))
                              }, _toDisplayString(line.tracking === 'serial' ? '在' : '录数'), 9 /* TEXT, PROPS */, ["aria-label", "onClick"])
                            ])
                          ]))
                        }), 128 /* KEYED_FRAGMENT */))
                      ]),
                      (_ctx.count.shown().done.length)
                        ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                            _createElementVNode("h2", null, "已录"),
                            _createElementVNode("ul", { class: "lines" }, [
                              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.count.shown().done, (line) => {
                                return (_openBlock(), _createElementBlock("li", {
                                  key: `${line.part_id}${line.lot}`,
                                  class: "line"
                                }, [
                                  _createElementVNode("span", { class: "what" }, [
                                    _createElementVNode("strong", null, _toDisplayString(line.name), 1 /* TEXT */),
                                    (line.lot)
                                      ? (_openBlock(), _createElementBlock("span", {
                                          key: 0,
                                          class: "soft"
                                        }, _toDisplayString(line.lot), 1 /* TEXT */))
                                      : _createCommentVNode("v-if", true),
                                    _createTextVNode(" " + _toDisplayString(line.counted) + _toDisplayString(line.unit), 1 /* TEXT */)
                                  ]),
                                  _createElementVNode("span", { class: "buttons" }, [
                                    (line.tracking !== 'serial')
                                      ? (_openBlock(), _createElementBlock("button", {
                                          key: 0,
                                          type: "button",
                                          class: "act small",
                                          "aria-label": `改 ${line.name} ${line.lot}`,
                                          onClick: $event => (_ctx.count.take(line))
                                        }, "改", 8 /* PROPS */, ["aria-label", "onClick"]))
                                      : _createCommentVNode("v-if", true)
                                  ])
                                ]))
                              }), 128 /* KEYED_FRAGMENT */))
                            ])
                          ], 64 /* STABLE_FRAGMENT */))
                        : _createCommentVNode("v-if", true)
                    ]))
                  : (_openBlock(), _createElementBlock("section", {
                      key: 1,
                      class: "sheet"
                    }, [
                      _createElementVNode("h2", null, "差异"),
                      (!_ctx.count.shown().differences.length)
                        ? (_openBlock(), _createElementBlock("p", {
                            key: 0,
                            class: "soft"
                          }, "没有差异。"))
                        : (_openBlock(), _createElementBlock("ul", {
                            key: 1,
                            class: "lines"
                          }, [
                            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.count.shown().differences, (line, index) => {
                              return (_openBlock(), _createElementBlock("li", { key: index }, [
                                _createElementVNode("div", { class: "line" }, [
                                  _createElementVNode("strong", null, [
                                    _createTextVNode(_toDisplayString(line.name), 1 /* TEXT */),
                                    (line.lot)
                                      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                                          _createTextVNode(_toDisplayString(line.lot), 1 /* TEXT */)
                                        ], 64 /* STABLE_FRAGMENT */))
                                      : _createCommentVNode("v-if", true)
                                  ]),
                                  _createElementVNode("span", { class: "bad" }, _toDisplayString(line.difference) + _toDisplayString(line.unit), 1 /* TEXT */)
                                ]),
                                _createElementVNode("p", { class: "soft" }, "账面 " + _toDisplayString(line.booked) + "，实盘 " + _toDisplayString(line.counted), 1 /* TEXT */)
                              ]))
                            }), 128 /* KEYED_FRAGMENT */))
                          ])),
                      (_ctx.count.shown().differences.length)
                        ? (_openBlock(), _createElementBlock("p", {
                            key: 2,
                            class: "soft"
                          }, "差异金额 " + _toDisplayString(_ctx.count.shown().value) + " 元", 1 /* TEXT */))
                        : _createCommentVNode("v-if", true),
                      (!_ctx.store.count)
                        ? (_openBlock(), _createElementBlock("button", {
                            key: 3,
                            type: "button",
                            class: "act wide",
                            onClick: $event => (_ctx.count.start())
                          }, "再盘一次", 8 /* PROPS */, ["onClick"]))
                        : _createCommentVNode("v-if", true)
                    ]))
              ], 64 /* STABLE_FRAGMENT */))
        ], 64 /* STABLE_FRAGMENT */))
      : _createCommentVNode("v-if", true),
    _createElementVNode("form", {
      class: "bar scanning",
      onSubmit: _withModifiers($event => (_ctx.find(_ctx.code)), ["prevent"])
    }, [
      _withDirectives(_createElementVNode("input", {
        "onUpdate:modelValue": $event => ((_ctx.code) = $event),
        name: "code",
        "aria-label": "编码、条码或序列号",
        placeholder: "编码、条码或序列号",
        enterkeyhint: "search",
        autocomplete: "off",
        maxlength: "100"
      }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
        [_vModelText, _ctx.code]
      ]),
      _createElementVNode("button", {
        type: "submit",
        class: "act small",
        disabled: !_ctx.code.trim()
      }, "查找", 8 /* PROPS */, ["disabled"]),
      _createElementVNode("button", {
        type: "button",
        class: "act small main",
        onClick: _ctx.scan
      }, "扫码", 8 /* PROPS */, ["onClick"])
    ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]),
    _createVNode(_component_van_popup, {
      show: _ctx.meant.open,
      "onUpdate:show": $event => ((_ctx.meant.open) = $event),
      position: "bottom",
      round: "",
      "close-on-click-overlay": false,
      "safe-area-inset-bottom": "",
      role: "dialog",
      "aria-modal": "true",
      "aria-label": "选备件"
    }, {
      default: _withCtx(() => [
        _createElementVNode("div", { class: "choosing" }, [
          _createElementVNode("h2", null, "是哪一种？"),
          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.meant.pieces, (piece) => {
            return (_openBlock(), _createElementBlock("button", {
              key: piece.part_id,
              type: "button",
              class: "act",
              onClick: $event => (_ctx.use(piece, ''))
            }, _toDisplayString(piece.name) + " " + _toDisplayString(piece.spec), 9 /* TEXT, PROPS */, ["onClick"]))
          }), 128 /* KEYED_FRAGMENT */)),
          _createElementVNode("button", {
            type: "button",
            class: "act",
            onClick: $event => (_ctx.meant.open = false)
          }, "都不是", 8 /* PROPS */, ["onClick"])
        ])
      ]),
      _: 1 /* STABLE */
    }, 8 /* PROPS */, ["show", "onUpdate:show"])
  ]))
}
