// Compiled from job.html by `make front` with @vue/compiler-dom 3.5.45; do not edit.
// sha256 of the template: 65719073324fd38f5d870cf68d74acb18a49fbcced381db0ff6717f6a33cd972
const { toDisplayString: _toDisplayString, createElementVNode: _createElementVNode, normalizeClass: _normalizeClass, openBlock: _openBlock, createElementBlock: _createElementBlock, createCommentVNode: _createCommentVNode, renderList: _renderList, Fragment: _Fragment, createTextVNode: _createTextVNode, vModelText: _vModelText, withDirectives: _withDirectives, withModifiers: _withModifiers, vModelRadio: _vModelRadio, resolveComponent: _resolveComponent, createVNode: _createVNode, vShow: _vShow } = globalThis.Vue;

export function render(_ctx, _cache) {
  const _component_sign_pad = _resolveComponent("sign-pad")

  return (_openBlock(), _createElementBlock("main", {
    class: "page job",
    "data-ready": String(_ctx.state.ready)
  }, [
    _createElementVNode("header", { class: "job-head" }, [
      _createElementVNode("h1", null, "工单 " + _toDisplayString(_ctx.job.number), 1 /* TEXT */),
      (_ctx.job.held)
        ? (_openBlock(), _createElementBlock("p", {
            key: 0,
            class: _normalizeClass(["job-status", _ctx.job.head.tone])
          }, _toDisplayString(_ctx.job.head.label), 3 /* TEXT, CLASS */))
        : _createCommentVNode("v-if", true)
    ]),
    (_ctx.waiting.state.offline)
      ? (_openBlock(), _createElementBlock("p", {
          key: 0,
          class: "sheet job-note",
          role: "status"
        }, "现在没有网络。可以照常操作：步骤、进展、报告和照片先存在手机上，恢复后按顺序自动提交。"))
      : _createCommentVNode("v-if", true),
    (_ctx.waiting.state.steps.length)
      ? (_openBlock(), _createElementBlock("section", {
          key: 1,
          class: "sheet",
          "aria-labelledby": "waiting-title",
          id: "waiting"
        }, [
          _createElementVNode("h2", { id: "waiting-title" }, "还没提交（" + _toDisplayString(_ctx.waiting.state.steps.length) + "）", 1 /* TEXT */),
          _createElementVNode("ul", { class: "job-list" }, [
            (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.waiting.state.steps, (one) => {
              return (_openBlock(), _createElementBlock("li", {
                key: one.id
              }, [
                _createElementVNode("p", null, [
                  _createElementVNode("strong", null, _toDisplayString(one.label), 1 /* TEXT */),
                  _createTextVNode(),
                  _createElementVNode("span", { class: "soft" }, "手机时间 " + _toDisplayString(_ctx.timeOf(one.device_at)), 1 /* TEXT */)
                ]),
                (one.state === 'waiting')
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 0,
                      class: "soft"
                    }, _toDisplayString(!_ctx.job.held ? "没有提交" : _ctx.stuck ? "等前一步处理好再提交" : "等网络恢复后自动提交"), 1 /* TEXT */))
                  : (_openBlock(), _createElementBlock("p", {
                      key: 1,
                      class: "bad",
                      role: "alert"
                    }, _toDisplayString(one.message), 1 /* TEXT */)),
                (_ctx.isOver(one) && _ctx.wordsOf(one))
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 2,
                      class: "job-kept"
                    }, _toDisplayString(_ctx.wordsOf(one)), 1 /* TEXT */))
                  : _createCommentVNode("v-if", true),
                (_ctx.isOver(one) && one.facts.photos.length)
                  ? (_openBlock(), _createElementBlock("p", {
                      key: 3,
                      class: "soft"
                    }, "照片 " + _toDisplayString(one.facts.photos.length) + " 张也还在手机上。", 1 /* TEXT */))
                  : _createCommentVNode("v-if", true),
                (_ctx.isOver(one))
                  ? (_openBlock(), _createElementBlock("div", {
                      key: 4,
                      class: "job-acts"
                    }, [
                      (_ctx.job.held)
                        ? (_openBlock(), _createElementBlock("button", {
                            key: 0,
                            type: "button",
                            class: "act",
                            disabled: _ctx.state.busy !== '',
                            onClick: $event => (_ctx.again(one))
                          }, "再交一次", 8 /* PROPS */, ["disabled", "onClick"]))
                        : _createCommentVNode("v-if", true),
                      _createElementVNode("button", {
                        type: "button",
                        class: "act",
                        onClick: $event => (_ctx.drop(one))
                      }, "不要了", 8 /* PROPS */, ["onClick"])
                    ]))
                  : _createCommentVNode("v-if", true)
              ]))
            }), 128 /* KEYED_FRAGMENT */))
          ])
        ]))
      : _createCommentVNode("v-if", true),
    (_ctx.waiting.state.others)
      ? (_openBlock(), _createElementBlock("p", {
          key: 2,
          class: "sheet soft"
        }, "另有 " + _toDisplayString(_ctx.waiting.state.others) + " 步属于别的工单，会一起提交。", 1 /* TEXT */))
      : _createCommentVNode("v-if", true),
    (!_ctx.job.held)
      ? (_openBlock(), _createElementBlock("section", {
          key: 3,
          class: "sheet",
          role: "alert",
          id: "gone"
        }, [
          _createElementVNode("h2", null, "不能再处理"),
          _createElementVNode("p", null, _toDisplayString(_ctx.job.message), 1 /* TEXT */),
          (_ctx.waiting.state.steps.length)
            ? (_openBlock(), _createElementBlock("p", {
                key: 0,
                class: "soft"
              }, "上面的内容只存在这部手机上：可以复制文字发给现在的负责人或调度员，不需要时点“不要了”。"))
            : _createCommentVNode("v-if", true)
        ]))
      : (_openBlock(), _createElementBlock(_Fragment, { key: 4 }, [
          _createElementVNode("section", {
            class: "sheet",
            "aria-label": "故障和地址"
          }, [
            _createElementVNode("p", { class: "job-fault" }, _toDisplayString(_ctx.job.head.fault), 1 /* TEXT */),
            (_ctx.job.head.contact)
              ? (_openBlock(), _createElementBlock("div", {
                  key: 0,
                  class: "job-row"
                }, [
                  _createElementVNode("p", null, [
                    _createElementVNode("span", { class: "soft" }, "联系人"),
                    _createElementVNode("br"),
                    _createTextVNode(_toDisplayString(_ctx.job.head.contact), 1 /* TEXT */)
                  ]),
                  (_ctx.job.head.tel)
                    ? (_openBlock(), _createElementBlock("a", {
                        key: 0,
                        class: "act",
                        href: 'tel:' + _ctx.job.head.tel
                      }, "打电话", 8 /* PROPS */, ["href"]))
                    : _createCommentVNode("v-if", true)
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.head.address || _ctx.job.head.map_url)
              ? (_openBlock(), _createElementBlock("div", {
                  key: 1,
                  class: "job-row"
                }, [
                  _createElementVNode("p", null, [
                    _createElementVNode("span", { class: "soft" }, "地址"),
                    _createElementVNode("br"),
                    _createTextVNode(_toDisplayString(_ctx.job.head.address), 1 /* TEXT */)
                  ]),
                  (_ctx.job.head.map_url)
                    ? (_openBlock(), _createElementBlock("a", {
                        key: 0,
                        class: "act",
                        href: _ctx.job.head.map_url,
                        rel: "noreferrer"
                      }, "导航", 8 /* PROPS */, ["href"]))
                    : _createCommentVNode("v-if", true)
                ]))
              : _createCommentVNode("v-if", true),
            _createElementVNode("dl", { class: "job-facts" }, [
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.head.rows.filter(([label]) => _ctx.urgent.includes(label)), ([label, value]) => {
                return (_openBlock(), _createElementBlock(_Fragment, { key: label }, [
                  _createElementVNode("dt", null, _toDisplayString(label), 1 /* TEXT */),
                  _createElementVNode("dd", null, _toDisplayString(value), 1 /* TEXT */)
                ], 64 /* STABLE_FRAGMENT */))
              }), 128 /* KEYED_FRAGMENT */))
            ])
          ]),
          _createElementVNode("nav", {
            class: "job-tabs",
            "aria-label": "作业单的内容"
          }, [
            (_openBlock(), _createElementBlock(_Fragment, null, _renderList([['work', '作业'], ['parts', '备件'], ['report', '报告'], ['file', '资料']], ([name, label]) => {
              return _createElementVNode("button", {
                key: name,
                type: "button",
                "aria-pressed": _ctx.state.tab === name,
                onClick: $event => (_ctx.state.tab = name)
              }, _toDisplayString(label), 9 /* TEXT, PROPS */, ["aria-pressed", "onClick"])
            }), 64 /* STABLE_FRAGMENT */))
          ]),
          _withDirectives(_createElementVNode("div", { id: "work" }, [
            _createElementVNode("section", {
              class: "sheet",
              "aria-labelledby": "steps-title"
            }, [
              _createElementVNode("h2", { id: "steps-title" }, "步骤"),
              _createElementVNode("ol", { class: "job-steps" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.steps, (one) => {
                  return (_openBlock(), _createElementBlock("li", {
                    key: one.name,
                    class: _normalizeClass({ done: one.at, next: _ctx.next && _ctx.next.name === one.name })
                  }, [
                    _createElementVNode("p", null, [
                      _createElementVNode("strong", null, _toDisplayString(one.label), 1 /* TEXT */),
                      (one.at)
                        ? (_openBlock(), _createElementBlock("span", {
                            key: 0,
                            class: "soft"
                          }, _toDisplayString(one.at), 1 /* TEXT */))
                        : (_ctx.pending.has(one.name))
                          ? (_openBlock(), _createElementBlock("span", {
                              key: 1,
                              class: "warn"
                            }, "待提交"))
                          : _createCommentVNode("v-if", true),
                      (one.flags)
                        ? (_openBlock(), _createElementBlock("span", {
                            key: 2,
                            class: "warn"
                          }, _toDisplayString(one.flags), 1 /* TEXT */))
                        : _createCommentVNode("v-if", true)
                    ]),
                    (one.from.includes(_ctx.status))
                      ? (_openBlock(), _createElementBlock("button", {
                          key: 0,
                          type: "button",
                          class: _normalizeClass(["act", { main: _ctx.next.name === one.name }]),
                          disabled: !_ctx.state.ready || _ctx.state.busy !== '',
                          "data-step": one.name,
                          onClick: $event => (_ctx.step(one.name, one.label))
                        }, _toDisplayString(_ctx.state.busy === one.name ? (_ctx.state.locating ? "定位中…" : "提交中…") : one.name === "complete" ? "填报告完工" : one.label), 11 /* TEXT, CLASS, PROPS */, ["disabled", "data-step", "onClick"]))
                      : _createCommentVNode("v-if", true)
                  ], 2 /* CLASS */))
                }), 128 /* KEYED_FRAGMENT */))
              ]),
              (_ctx.status === 'accepted')
                ? (_openBlock(), _createElementBlock("div", {
                    key: 0,
                    class: "job-field"
                  }, [
                    _createElementVNode("label", { for: "minutes" }, "预计几分钟到（可不填）"),
                    _withDirectives(_createElementVNode("input", {
                      id: "minutes",
                      "onUpdate:modelValue": $event => ((_ctx.state.minutes) = $event),
                      type: "number",
                      inputmode: "numeric",
                      min: "1",
                      max: "1440",
                      placeholder: "例如 40"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.state.minutes]
                    ])
                  ]))
                : _createCommentVNode("v-if", true),
              (_ctx.status === 'offered')
                ? (_openBlock(), _createElementBlock("div", {
                    key: 1,
                    class: "job-acts"
                  }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "act",
                      onClick: $event => (_ctx.state.declining = !_ctx.state.declining)
                    }, "不能去，拒单", 8 /* PROPS */, ["onClick"])
                  ]))
                : _createCommentVNode("v-if", true),
              (_ctx.state.declining && _ctx.status === 'offered')
                ? (_openBlock(), _createElementBlock("form", {
                    key: 2,
                    onSubmit: _withModifiers(_ctx.refuse, ["prevent"])
                  }, [
                    _createElementVNode("div", { class: "job-field" }, [
                      _createElementVNode("label", { for: "why" }, "拒单原因"),
                      _withDirectives(_createElementVNode("input", {
                        id: "why",
                        "onUpdate:modelValue": $event => ((_ctx.state.why) = $event),
                        maxlength: "200",
                        required: "",
                        placeholder: "例如：在外地，赶不回来"
                      }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                        [
                          _vModelText,
                          _ctx.state.why,
                          void 0,
                          { trim: true }
                        ]
                      ])
                    ]),
                    _createElementVNode("button", {
                      type: "submit",
                      class: "act",
                      disabled: !_ctx.state.why || _ctx.state.busy !== ''
                    }, "提交拒单", 8 /* PROPS */, ["disabled"])
                  ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
                : _createCommentVNode("v-if", true),
              (_ctx.status === 'completed')
                ? (_openBlock(), _createElementBlock("p", {
                    key: 3,
                    class: "soft"
                  }, "已完工，等客户验收。客户在场时，可以请客户在下面签字。"))
                : _createCommentVNode("v-if", true),
              (_ctx.job.signed)
                ? (_openBlock(), _createElementBlock("p", {
                    key: 4,
                    class: _normalizeClass(_ctx.job.signed.valid ? 'good' : 'warn')
                  }, _toDisplayString(_ctx.job.signed.signer) + " " + _toDisplayString(_ctx.job.signed.at) + " 在报告第 " + _toDisplayString(_ctx.job.signed.version) + " 版上签字" + _toDisplayString(_ctx.job.signed.valid ? "。" : "，报告改过，签字已失效。"), 3 /* TEXT, CLASS */))
                : _createCommentVNode("v-if", true),
              (_ctx.job.papers_url)
                ? (_openBlock(), _createElementBlock("a", {
                    key: 5,
                    class: "act",
                    href: _ctx.job.papers_url
                  }, "服务单据（PDF，可打印）", 8 /* PROPS */, ["href"]))
                : _createCommentVNode("v-if", true),
              (_ctx.status === 'on_hold')
                ? (_openBlock(), _createElementBlock("div", {
                    key: 6,
                    class: "job-acts"
                  }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "act main",
                      disabled: _ctx.state.busy !== '',
                      "data-step": "resume",
                      onClick: _ctx.resume
                    }, "恢复处理", 8 /* PROPS */, ["disabled", "onClick"])
                  ]))
                : (['accepted', 'en_route', 'on_site', 'in_progress'].includes(_ctx.status))
                  ? (_openBlock(), _createElementBlock("div", {
                      key: 7,
                      class: "job-acts"
                    }, [
                      _createElementVNode("button", {
                        type: "button",
                        class: "act",
                        "aria-expanded": _ctx.state.holding,
                        onClick: $event => (_ctx.state.holding = !_ctx.state.holding)
                      }, "要等人或等件，挂起", 8 /* PROPS */, ["aria-expanded", "onClick"])
                    ]))
                  : _createCommentVNode("v-if", true),
              (_ctx.state.holding && _ctx.status !== 'on_hold')
                ? (_openBlock(), _createElementBlock("form", {
                    key: 8,
                    onSubmit: _withModifiers(_ctx.hold, ["prevent"])
                  }, [
                    _createElementVNode("fieldset", { class: "job-choices" }, [
                      _createElementVNode("legend", null, "在等什么"),
                      (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.hold_reasons, (one) => {
                        return (_openBlock(), _createElementBlock("label", {
                          key: one.value
                        }, [
                          _withDirectives(_createElementVNode("input", {
                            "onUpdate:modelValue": $event => ((_ctx.state.reason) = $event),
                            type: "radio",
                            name: "reason",
                            value: one.value
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue", "value"]), [
                            [_vModelRadio, _ctx.state.reason]
                          ]),
                          _createTextVNode(" " + _toDisplayString(one.label), 1 /* TEXT */)
                        ]))
                      }), 128 /* KEYED_FRAGMENT */))
                    ]),
                    _createElementVNode("div", { class: "job-field" }, [
                      _createElementVNode("label", { for: "wait" }, "说明（可不填）"),
                      _withDirectives(_createElementVNode("input", {
                        id: "wait",
                        "onUpdate:modelValue": $event => ((_ctx.state.wait) = $event),
                        maxlength: "500",
                        placeholder: "例如：压缩机三天后到"
                      }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                        [
                          _vModelText,
                          _ctx.state.wait,
                          void 0,
                          { trim: true }
                        ]
                      ])
                    ]),
                    _createElementVNode("button", {
                      type: "submit",
                      class: "act main",
                      disabled: !_ctx.state.reason || _ctx.state.busy !== ''
                    }, "挂起", 8 /* PROPS */, ["disabled"])
                  ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
                : _createCommentVNode("v-if", true)
            ]),
            (_ctx.job.head.status === 'completed' && _ctx.status === 'completed')
              ? (_openBlock(), _createElementBlock("section", {
                  key: 0,
                  class: "sheet",
                  "aria-labelledby": "sign-title",
                  id: "sign"
                }, [
                  _createElementVNode("h2", { id: "sign-title" }, "客户验收"),
                  _createElementVNode("dl", { class: "job-facts" }, [
                    _createElementVNode("dt", null, _toDisplayString(_ctx.job.report.labels.cause), 1 /* TEXT */),
                    _createElementVNode("dd", null, _toDisplayString(_ctx.job.report.filled.cause), 1 /* TEXT */),
                    _createElementVNode("dt", null, _toDisplayString(_ctx.job.report.labels.remedy), 1 /* TEXT */),
                    _createElementVNode("dd", null, _toDisplayString(_ctx.job.report.filled.remedy), 1 /* TEXT */),
                    _createElementVNode("dt", null, _toDisplayString(_ctx.job.report.labels.hours), 1 /* TEXT */),
                    _createElementVNode("dd", null, _toDisplayString(_ctx.job.report.filled.hours) + " 小时", 1 /* TEXT */),
                    (_ctx.job.report.filled.materials)
                      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                          _createElementVNode("dt", null, "用料"),
                          _createElementVNode("dd", null, _toDisplayString(_ctx.job.report.filled.materials), 1 /* TEXT */)
                        ], 64 /* STABLE_FRAGMENT */))
                      : _createCommentVNode("v-if", true)
                  ]),
                  (!_ctx.sign.state.open)
                    ? (_openBlock(), _createElementBlock("div", {
                        key: 0,
                        class: "job-acts"
                      }, [
                        _createElementVNode("button", {
                          type: "button",
                          class: "act main",
                          onClick: $event => (_ctx.sign.state.open = true)
                        }, "请客户签字", 8 /* PROPS */, ["onClick"])
                      ]))
                    : (_openBlock(), _createElementBlock("form", {
                        key: 1,
                        onSubmit: _withModifiers($event => (_ctx.sign.submit()), ["prevent"])
                      }, [
                        _createElementVNode("p", null, "请客户看过上面的内容，在这里签字表示验收。签在这部手机上，会记下是谁的手机。"),
                        _createElementVNode("div", { class: "job-field" }, [
                          _createElementVNode("label", { for: "signer" }, "签字人姓名"),
                          _withDirectives(_createElementVNode("input", {
                            id: "signer",
                            "onUpdate:modelValue": $event => ((_ctx.sign.state.signer) = $event),
                            maxlength: "50",
                            autocomplete: "off",
                            placeholder: "例如：陈静"
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                            [_vModelText, _ctx.sign.state.signer]
                          ])
                        ]),
                        _createVNode(_component_sign_pad, {
                          ref: "pad",
                          label: "请客户在这里签字"
                        }, null, 512 /* NEED_PATCH */),
                        _createElementVNode("div", { class: "job-acts" }, [
                          _createElementVNode("button", {
                            type: "button",
                            class: "act",
                            onClick: $event => (_ctx.sign.state.open = false)
                          }, "先不签", 8 /* PROPS */, ["onClick"]),
                          _createElementVNode("button", {
                            type: "submit",
                            class: "act main",
                            disabled: !_ctx.state.ready || _ctx.sign.state.busy
                          }, _toDisplayString(_ctx.sign.state.busy ? "提交中…" : "签好了，提交"), 9 /* TEXT, PROPS */, ["disabled"])
                        ])
                      ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.talks)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 1,
                  class: "sheet",
                  "aria-labelledby": "note-title"
                }, [
                  _createElementVNode("h2", { id: "note-title" }, "进展"),
                  _createElementVNode("form", {
                    onSubmit: _withModifiers(_ctx.note, ["prevent"])
                  }, [
                    _createElementVNode("fieldset", { class: "job-choices" }, [
                      _createElementVNode("legend", { class: "soft" }, "给谁看"),
                      _createElementVNode("label", null, [
                        _withDirectives(_createElementVNode("input", {
                          "onUpdate:modelValue": $event => ((_ctx.state.to) = $event),
                          type: "radio",
                          name: "to",
                          value: "note"
                        }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                          [_vModelRadio, _ctx.state.to]
                        ]),
                        _createTextVNode(" 记到时间线")
                      ]),
                      _createElementVNode("label", null, [
                        _withDirectives(_createElementVNode("input", {
                          "onUpdate:modelValue": $event => ((_ctx.state.to) = $event),
                          type: "radio",
                          name: "to",
                          value: "tell"
                        }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                          [_vModelRadio, _ctx.state.to]
                        ]),
                        _createTextVNode(" 发给客户")
                      ])
                    ]),
                    _createElementVNode("div", { class: "job-field" }, [
                      _createElementVNode("label", { for: "text" }, _toDisplayString(_ctx.state.to === "tell" ? "告诉客户" : "现在怎么样了"), 1 /* TEXT */),
                      _withDirectives(_createElementVNode("textarea", {
                        id: "text",
                        "onUpdate:modelValue": $event => ((_ctx.state.text) = $event),
                        rows: "2",
                        maxlength: _ctx.state.to === 'tell' ? 600 : 2000,
                        placeholder: _ctx.state.to === 'tell' ? '例如：我 10 分钟后到' : '例如：已拆机，正在检查电控板'
                      }, null, 8 /* PROPS */, ["onUpdate:modelValue", "maxlength", "placeholder"]), [
                        [
                          _vModelText,
                          _ctx.state.text,
                          void 0,
                          { trim: true }
                        ]
                      ])
                    ]),
                    _createElementVNode("div", { class: "job-photos" }, [
                      (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.notes.state.list, (photo) => {
                        return (_openBlock(), _createElementBlock("figure", {
                          key: photo.url
                        }, [
                          _createElementVNode("img", {
                            src: photo.url,
                            alt: "要发的照片"
                          }, null, 8 /* PROPS */, ["src"]),
                          (photo.part)
                            ? (_openBlock(), _createElementBlock("figcaption", { key: 0 }, _toDisplayString(Math.round(photo.part * 100)) + "%", 1 /* TEXT */))
                            : (photo.error)
                              ? (_openBlock(), _createElementBlock("figcaption", {
                                  key: 1,
                                  class: "warn"
                                }, _toDisplayString(photo.error), 1 /* TEXT */))
                              : _createCommentVNode("v-if", true),
                          _createElementVNode("button", {
                            type: "button",
                            class: "job-remove",
                            "aria-label": "去掉这张照片",
                            onClick: $event => (_ctx.notes.remove(photo))
                          }, "✕", 8 /* PROPS */, ["onClick"])
                        ]))
                      }), 128 /* KEYED_FRAGMENT */))
                    ]),
                    _createElementVNode("div", { class: "job-acts" }, [
                      _createElementVNode("button", {
                        type: "button",
                        class: "act",
                        disabled: _ctx.notes.state.busy || _ctx.notes.state.list.length >= _ctx.notes.most,
                        onClick: $event => (_ctx.notes.choose())
                      }, "加照片", 8 /* PROPS */, ["disabled", "onClick"]),
                      _createElementVNode("button", {
                        type: "submit",
                        class: "act main",
                        disabled: !_ctx.state.ready || _ctx.state.busy !== '' || (_ctx.state.to === 'tell' ? !_ctx.state.text : !_ctx.state.text && !_ctx.notes.state.list.length)
                      }, _toDisplayString(_ctx.state.to === "tell" ? "发给客户" : "记下"), 9 /* TEXT, PROPS */, ["disabled"])
                    ])
                  ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"])
                ]))
              : _createCommentVNode("v-if", true),
            _createElementVNode("section", {
              class: "sheet",
              "aria-labelledby": "lines-title"
            }, [
              _createElementVNode("h2", { id: "lines-title" }, "时间线"),
              _createElementVNode("ul", { class: "job-list soft" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.lines, (line, at) => {
                  return (_openBlock(), _createElementBlock("li", { key: at }, _toDisplayString(line), 1 /* TEXT */))
                }), 128 /* KEYED_FRAGMENT */))
              ])
            ])
          ], 512 /* NEED_PATCH */), [
            [_vShow, _ctx.state.tab === 'work']
          ]),
          _withDirectives(_createElementVNode("div", { id: "parts" }, [
            (_ctx.job.parts.lines.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 0,
                  class: "sheet",
                  "aria-labelledby": "parts-title"
                }, [
                  _createElementVNode("h2", { id: "parts-title" }, "这张单的备件"),
                  _createElementVNode("ul", { class: "job-list" }, [
                    (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.parts.lines, (line) => {
                      return (_openBlock(), _createElementBlock("li", { key: line }, _toDisplayString(line), 1 /* TEXT */))
                    }), 128 /* KEYED_FRAGMENT */))
                  ]),
                  (_ctx.job.parts.reserved)
                    ? (_openBlock(), _createElementBlock("div", {
                        key: 0,
                        class: "job-acts"
                      }, [
                        _createElementVNode("button", {
                          type: "button",
                          class: "act main",
                          disabled: _ctx.parts.state.busy !== '',
                          onClick: $event => (_ctx.parts.reserved())
                        }, "领预留的备件", 8 /* PROPS */, ["disabled", "onClick"])
                      ]))
                    : _createCommentVNode("v-if", true)
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.parts.to_take.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 1,
                  class: "sheet",
                  "aria-labelledby": "take-title"
                }, [
                  _createElementVNode("h2", { id: "take-title" }, "等您收下"),
                  (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.parts.to_take, (one) => {
                    return (_openBlock(), _createElementBlock("div", {
                      key: one.id,
                      class: "job-row"
                    }, [
                      _createElementVNode("p", null, _toDisplayString(one.words), 1 /* TEXT */),
                      _createElementVNode("button", {
                        type: "button",
                        class: "act main",
                        disabled: _ctx.parts.state.busy !== '',
                        onClick: $event => (_ctx.parts.take(one))
                      }, "收下", 8 /* PROPS */, ["disabled", "onClick"])
                    ]))
                  }), 128 /* KEYED_FRAGMENT */))
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.parts.in_hand.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 2,
                  class: "sheet",
                  "aria-labelledby": "hand-title"
                }, [
                  _createElementVNode("h2", { id: "hand-title" }, "在您车上"),
                  (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.parts.in_hand, (one) => {
                    return (_openBlock(), _createElementBlock("div", {
                      key: _ctx.parts.id(one),
                      class: "job-piece"
                    }, [
                      _createElementVNode("p", null, _toDisplayString(one.words), 1 /* TEXT */),
                      _createElementVNode("div", { class: "job-row" }, [
                        _createElementVNode("label", { class: "job-amount" }, [
                          _createTextVNode("用了"),
                          _withDirectives(_createElementVNode("input", {
                            "onUpdate:modelValue": $event => ((_ctx.parts.state.amounts[_ctx.parts.id(one)]) = $event),
                            type: "number",
                            inputmode: "decimal",
                            min: "0",
                            step: "any",
                            placeholder: one.quantity
                          }, null, 8 /* PROPS */, ["onUpdate:modelValue", "placeholder"]), [
                            [_vModelText, _ctx.parts.state.amounts[_ctx.parts.id(one)]]
                          ])
                        ]),
                        (one.tracked)
                          ? (_openBlock(), _createElementBlock("label", {
                              key: 0,
                              class: "job-amount"
                            }, [
                              _createTextVNode("换下的序列号"),
                              _withDirectives(_createElementVNode("input", {
                                "onUpdate:modelValue": $event => ((_ctx.parts.state.removed[_ctx.parts.id(one)]) = $event),
                                maxlength: "100",
                                placeholder: "可不填"
                              }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                                [
                                  _vModelText,
                                  _ctx.parts.state.removed[_ctx.parts.id(one)],
                                  void 0,
                                  { trim: true }
                                ]
                              ])
                            ]))
                          : _createCommentVNode("v-if", true),
                        _createElementVNode("button", {
                          type: "button",
                          class: "act main",
                          disabled: _ctx.parts.state.busy !== '',
                          onClick: $event => (_ctx.parts.use(one))
                        }, "已用上", 8 /* PROPS */, ["disabled", "onClick"])
                      ])
                    ]))
                  }), 128 /* KEYED_FRAGMENT */))
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.parts.used.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 3,
                  class: "sheet",
                  "aria-labelledby": "used-title"
                }, [
                  _createElementVNode("h2", { id: "used-title" }, "已用在这张单"),
                  (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.parts.used, (one) => {
                    return (_openBlock(), _createElementBlock("div", {
                      key: _ctx.parts.id(one),
                      class: "job-row"
                    }, [
                      _createElementVNode("p", null, _toDisplayString(one.words), 1 /* TEXT */),
                      _createElementVNode("button", {
                        type: "button",
                        class: "act",
                        disabled: _ctx.parts.state.busy !== '',
                        onClick: $event => (_ctx.parts.unuse(one))
                      }, "没用，退回", 8 /* PROPS */, ["disabled", "onClick"])
                    ]))
                  }), 128 /* KEYED_FRAGMENT */))
                ]))
              : _createCommentVNode("v-if", true),
            (_ctx.job.parts.requests.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 4,
                  class: "sheet",
                  "aria-labelledby": "requests-title"
                }, [
                  _createElementVNode("h2", { id: "requests-title" }, "申请中"),
                  (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.parts.requests, (one) => {
                    return (_openBlock(), _createElementBlock("div", {
                      key: one.id,
                      class: "job-row"
                    }, [
                      _createElementVNode("p", null, [
                        _createTextVNode(_toDisplayString(one.words), 1 /* TEXT */),
                        _createElementVNode("br"),
                        _createElementVNode("span", { class: "soft" }, _toDisplayString(one.state), 1 /* TEXT */)
                      ]),
                      _createElementVNode("button", {
                        type: "button",
                        class: "act",
                        disabled: _ctx.parts.state.busy !== '',
                        onClick: $event => (_ctx.parts.cancel(one))
                      }, "取消", 8 /* PROPS */, ["disabled", "onClick"])
                    ]))
                  }), 128 /* KEYED_FRAGMENT */))
                ]))
              : _createCommentVNode("v-if", true),
            _createElementVNode("section", {
              class: "sheet",
              "aria-labelledby": "find-title"
            }, [
              _createElementVNode("h2", { id: "find-title" }, "申请备件"),
              _createElementVNode("form", {
                onSubmit: _withModifiers($event => (_ctx.parts.search()), ["prevent"])
              }, [
                _createElementVNode("div", { class: "job-field" }, [
                  _createElementVNode("label", { for: "part" }, "编码、名称或序列号"),
                  _withDirectives(_createElementVNode("input", {
                    id: "part",
                    "onUpdate:modelValue": $event => ((_ctx.parts.state.text) = $event),
                    maxlength: "100",
                    enterkeyhint: "search",
                    placeholder: "例如：6204 或 启动电容"
                  }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                    [_vModelText, _ctx.parts.state.text]
                  ])
                ]),
                _createElementVNode("div", { class: "job-acts" }, [
                  _createElementVNode("button", {
                    type: "button",
                    class: "act",
                    disabled: _ctx.parts.state.busy !== '',
                    onClick: $event => (_ctx.parts.scan())
                  }, "扫码", 8 /* PROPS */, ["disabled", "onClick"]),
                  _createElementVNode("button", {
                    type: "submit",
                    class: "act main",
                    disabled: _ctx.parts.state.busy !== '' || !_ctx.parts.state.text.trim()
                  }, "查找", 8 /* PROPS */, ["disabled"])
                ])
              ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]),
              (_ctx.waiting.state.offline)
                ? (_openBlock(), _createElementBlock("p", {
                    key: 0,
                    class: "warn"
                  }, "备件要联网才能查和申请。"))
                : _createCommentVNode("v-if", true),
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.parts.state.found ?? [], (part) => {
                return (_openBlock(), _createElementBlock("div", {
                  key: part.id,
                  class: "job-piece"
                }, [
                  _createElementVNode("p", null, [
                    _createElementVNode("strong", null, _toDisplayString(part.name), 1 /* TEXT */),
                    _createTextVNode(" " + _toDisplayString(part.code) + " ", 1 /* TEXT */),
                    _createElementVNode("span", { class: "soft" }, _toDisplayString(part.spec), 1 /* TEXT */)
                  ]),
                  (!part.fits)
                    ? (_openBlock(), _createElementBlock("p", {
                        key: 0,
                        class: "warn"
                      }, "不适用于这台设备"))
                    : _createCommentVNode("v-if", true),
                  _createElementVNode("p", { class: "soft" }, [
                    _createTextVNode(_toDisplayString(part.places.length ? "有货：" + part.places.join("，") : "仓库暂无现货"), 1 /* TEXT */),
                    (part.own)
                      ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                          _createTextVNode("；您车上 " + _toDisplayString(part.own) + _toDisplayString(part.unit), 1 /* TEXT */)
                        ], 64 /* STABLE_FRAGMENT */))
                      : _createCommentVNode("v-if", true)
                  ]),
                  _createElementVNode("div", { class: "job-row" }, [
                    _createElementVNode("label", { class: "job-amount" }, [
                      _createTextVNode("数量（" + _toDisplayString(part.unit) + "）", 1 /* TEXT */),
                      _withDirectives(_createElementVNode("input", {
                        "onUpdate:modelValue": $event => ((_ctx.parts.state.amounts[part.id]) = $event),
                        type: "number",
                        inputmode: "decimal",
                        min: "0",
                        step: "any"
                      }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                        [_vModelText, _ctx.parts.state.amounts[part.id]]
                      ])
                    ]),
                    (part.own && !part.tracked)
                      ? (_openBlock(), _createElementBlock("button", {
                          key: 0,
                          type: "button",
                          class: "act",
                          disabled: _ctx.parts.state.busy !== '',
                          onClick: $event => (_ctx.parts.useOwn(part))
                        }, "用车上的", 8 /* PROPS */, ["disabled", "onClick"]))
                      : _createCommentVNode("v-if", true),
                    _createElementVNode("button", {
                      type: "button",
                      class: "act main",
                      disabled: _ctx.parts.state.busy !== '',
                      onClick: $event => (_ctx.parts.ask(part))
                    }, _toDisplayString(_ctx.parts.state.doubt === part.id ? "仍要领用" : "申请"), 9 /* TEXT, PROPS */, ["disabled", "onClick"])
                  ])
                ]))
              }), 128 /* KEYED_FRAGMENT */))
            ])
          ], 512 /* NEED_PATCH */), [
            [_vShow, _ctx.state.tab === 'parts']
          ]),
          _withDirectives(_createElementVNode("div", { id: "report" }, [
            (_ctx.job.report.amends && !_ctx.report.state.editing)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 0,
                  class: "sheet"
                }, [
                  _createElementVNode("h2", null, "服务报告 第 " + _toDisplayString(_ctx.job.report.version) + " 版", 1 /* TEXT */),
                  _createElementVNode("p", null, "报告已提交。要更正，客户会收到新的报告并重新验收。"),
                  _createElementVNode("div", { class: "job-acts" }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "act",
                      onClick: $event => (_ctx.report.edit())
                    }, "修改报告", 8 /* PROPS */, ["onClick"])
                  ])
                ]))
              : (!['in_progress', 'completed', 'signed_off'].includes(_ctx.status))
                ? (_openBlock(), _createElementBlock("section", {
                    key: 1,
                    class: "sheet"
                  }, [
                    _createElementVNode("h2", null, "完工报告"),
                    _createElementVNode("p", null, "点“开始处理”以后才能提交报告。可以先填，内容会存在手机上。")
                  ]))
                : _createCommentVNode("v-if", true),
            (!_ctx.job.report.amends || _ctx.report.state.editing)
              ? (_openBlock(), _createElementBlock("form", {
                  key: 2,
                  class: "sheet",
                  onSubmit: _withModifiers($event => (_ctx.report.submit()), ["prevent"])
                }, [
                  _createElementVNode("h2", null, _toDisplayString(_ctx.job.report.amends ? "修改报告" : "完工报告"), 1 /* TEXT */),
                  (_ctx.report.state.kept || _ctx.report.state.dirty)
                    ? (_openBlock(), _createElementBlock("p", {
                        key: 0,
                        class: "soft",
                        role: "status"
                      }, _toDisplayString(_ctx.report.state.dirty ? "正在存到手机…" : "已存在这部手机上，关掉页面也不会丢。"), 1 /* TEXT */))
                    : _createCommentVNode("v-if", true),
                  _createElementVNode("div", { class: "job-field" }, [
                    _createElementVNode("label", { for: "cause" }, _toDisplayString(_ctx.job.report.labels.cause) + "（必填）", 1 /* TEXT */),
                    _withDirectives(_createElementVNode("textarea", {
                      id: "cause",
                      "onUpdate:modelValue": $event => ((_ctx.report.facts.cause) = $event),
                      rows: "2",
                      maxlength: "1000",
                      placeholder: "例如：启动电容击穿"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.report.facts.cause]
                    ]),
                    (_ctx.report.state.wrong.cause)
                      ? (_openBlock(), _createElementBlock("p", {
                          key: 0,
                          class: "wrong bad",
                          role: "alert"
                        }, _toDisplayString(_ctx.report.state.wrong.cause), 1 /* TEXT */))
                      : _createCommentVNode("v-if", true)
                  ]),
                  _createElementVNode("div", { class: "job-field" }, [
                    _createElementVNode("label", { for: "remedy" }, _toDisplayString(_ctx.job.report.labels.remedy) + "（必填）", 1 /* TEXT */),
                    _withDirectives(_createElementVNode("textarea", {
                      id: "remedy",
                      "onUpdate:modelValue": $event => ((_ctx.report.facts.remedy) = $event),
                      rows: "3",
                      maxlength: "2000",
                      placeholder: "例如：更换启动电容，试机正常"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.report.facts.remedy]
                    ]),
                    (_ctx.report.state.wrong.remedy)
                      ? (_openBlock(), _createElementBlock("p", {
                          key: 0,
                          class: "wrong bad",
                          role: "alert"
                        }, _toDisplayString(_ctx.report.state.wrong.remedy), 1 /* TEXT */))
                      : _createCommentVNode("v-if", true)
                  ]),
                  _createElementVNode("div", { class: "job-field" }, [
                    _createElementVNode("label", { for: "hours" }, _toDisplayString(_ctx.job.report.labels.hours) + "（小时，必填）", 1 /* TEXT */),
                    _withDirectives(_createElementVNode("input", {
                      id: "hours",
                      "onUpdate:modelValue": $event => ((_ctx.report.facts.hours) = $event),
                      inputmode: "decimal",
                      maxlength: "6",
                      placeholder: "例如 1.5"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [
                        _vModelText,
                        _ctx.report.facts.hours,
                        void 0,
                        { trim: true }
                      ]
                    ]),
                    (_ctx.report.state.wrong.hours)
                      ? (_openBlock(), _createElementBlock("p", {
                          key: 0,
                          class: "wrong bad",
                          role: "alert"
                        }, _toDisplayString(_ctx.report.state.wrong.hours), 1 /* TEXT */))
                      : _createCommentVNode("v-if", true)
                  ]),
                  (_ctx.report.checks.length)
                    ? (_openBlock(), _createElementBlock("fieldset", {
                        key: 1,
                        class: "job-checks"
                      }, [
                        _createElementVNode("legend", null, "检查项"),
                        _createElementVNode("button", {
                          type: "button",
                          class: "act",
                          onClick: $event => (_ctx.report.passAll())
                        }, "没填的全部合格", 8 /* PROPS */, ["onClick"]),
                        (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.report.checks, (item) => {
                          return (_openBlock(), _createElementBlock("div", {
                            key: item.key,
                            class: "job-check"
                          }, [
                            _createElementVNode("p", {
                              id: 'label-' + item.key
                            }, [
                              _createTextVNode(_toDisplayString(item.label), 1 /* TEXT */),
                              (item.required)
                                ? (_openBlock(), _createElementBlock("span", { key: 0 }, "（必填）"))
                                : _createCommentVNode("v-if", true),
                              (item.photo)
                                ? (_openBlock(), _createElementBlock("span", {
                                    key: 1,
                                    class: "soft"
                                  }, " 要拍照"))
                                : _createCommentVNode("v-if", true)
                            ], 8 /* PROPS */, ["id"]),
                            _createElementVNode("div", {
                              class: "job-two",
                              role: "radiogroup",
                              "aria-labelledby": 'label-' + item.key
                            }, [
                              _createElementVNode("label", null, [
                                _withDirectives(_createElementVNode("input", {
                                  "onUpdate:modelValue": $event => ((_ctx.report.facts.checks[item.key].passed) = $event),
                                  type: "radio",
                                  name: 'check-' + item.key,
                                  value: true
                                }, null, 8 /* PROPS */, ["onUpdate:modelValue", "name"]), [
                                  [_vModelRadio, _ctx.report.facts.checks[item.key].passed]
                                ]),
                                _createTextVNode(" " + _toDisplayString(_ctx.job.report.found.passed), 1 /* TEXT */)
                              ]),
                              _createElementVNode("label", null, [
                                _withDirectives(_createElementVNode("input", {
                                  "onUpdate:modelValue": $event => ((_ctx.report.facts.checks[item.key].passed) = $event),
                                  type: "radio",
                                  name: 'check-' + item.key,
                                  value: false
                                }, null, 8 /* PROPS */, ["onUpdate:modelValue", "name"]), [
                                  [_vModelRadio, _ctx.report.facts.checks[item.key].passed]
                                ]),
                                _createTextVNode(" " + _toDisplayString(_ctx.job.report.found.failed), 1 /* TEXT */)
                              ])
                            ], 8 /* PROPS */, ["aria-labelledby"]),
                            (_ctx.report.facts.checks[item.key].passed === false)
                              ? (_openBlock(), _createElementBlock("div", {
                                  key: 0,
                                  class: "job-field"
                                }, [
                                  _createElementVNode("label", {
                                    for: 'remark-' + item.key
                                  }, "情况（不合格必填）", 8 /* PROPS */, ["for"]),
                                  _withDirectives(_createElementVNode("input", {
                                    id: 'remark-' + item.key,
                                    "onUpdate:modelValue": $event => ((_ctx.report.facts.checks[item.key].remark) = $event),
                                    maxlength: "500",
                                    placeholder: "例如：门封老化，需更换"
                                  }, null, 8 /* PROPS */, ["id", "onUpdate:modelValue"]), [
                                    [_vModelText, _ctx.report.facts.checks[item.key].remark]
                                  ])
                                ]))
                              : _createCommentVNode("v-if", true),
                            (_ctx.report.state.wrong[item.key])
                              ? (_openBlock(), _createElementBlock("p", {
                                  key: 1,
                                  class: "wrong bad",
                                  role: "alert"
                                }, _toDisplayString(_ctx.report.state.wrong[item.key]), 1 /* TEXT */))
                              : _createCommentVNode("v-if", true)
                          ]))
                        }), 128 /* KEYED_FRAGMENT */))
                      ]))
                    : _createCommentVNode("v-if", true),
                  (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.report.readings, (item) => {
                    return (_openBlock(), _createElementBlock("div", {
                      key: item.key,
                      class: "job-field"
                    }, [
                      _createElementVNode("label", {
                        for: 'reading-' + item.key
                      }, [
                        _createTextVNode(_toDisplayString(item.label), 1 /* TEXT */),
                        (item.unit)
                          ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                              _createTextVNode("（" + _toDisplayString(item.unit) + "）", 1 /* TEXT */)
                            ], 64 /* STABLE_FRAGMENT */))
                          : _createCommentVNode("v-if", true),
                        (item.required)
                          ? (_openBlock(), _createElementBlock(_Fragment, { key: 1 }, [
                              _createTextVNode("（必填）")
                            ], 64 /* STABLE_FRAGMENT */))
                          : _createCommentVNode("v-if", true)
                      ], 8 /* PROPS */, ["for"]),
                      _withDirectives(_createElementVNode("input", {
                        id: 'reading-' + item.key,
                        "onUpdate:modelValue": $event => ((_ctx.report.facts.readings[item.key]) = $event),
                        inputmode: "decimal",
                        maxlength: "17",
                        placeholder: "填测到的数值"
                      }, null, 8 /* PROPS */, ["id", "onUpdate:modelValue"]), [
                        [
                          _vModelText,
                          _ctx.report.facts.readings[item.key],
                          void 0,
                          { trim: true }
                        ]
                      ]),
                      (_ctx.report.state.wrong[item.key])
                        ? (_openBlock(), _createElementBlock("p", {
                            key: 0,
                            class: "wrong bad",
                            role: "alert"
                          }, _toDisplayString(_ctx.report.state.wrong[item.key]), 1 /* TEXT */))
                        : _createCommentVNode("v-if", true)
                    ]))
                  }), 128 /* KEYED_FRAGMENT */)),
                  _createElementVNode("div", { class: "job-field" }, [
                    _createElementVNode("label", { for: "materials" }, "用料（可不填）"),
                    _withDirectives(_createElementVNode("textarea", {
                      id: "materials",
                      "onUpdate:modelValue": $event => ((_ctx.report.facts.materials) = $event),
                      rows: "2",
                      maxlength: "1000",
                      placeholder: "例如：扎带 3 根"
                    }, null, 8 /* PROPS */, ["onUpdate:modelValue"]), [
                      [_vModelText, _ctx.report.facts.materials]
                    ])
                  ]),
                  _createElementVNode("h3", null, _toDisplayString(_ctx.job.report.labels.photo), 1 /* TEXT */),
                  (_ctx.job.report.photo_count)
                    ? (_openBlock(), _createElementBlock("p", {
                        key: 2,
                        class: "soft"
                      }, "已有 " + _toDisplayString(_ctx.job.report.photo_count) + " 张。", 1 /* TEXT */))
                    : _createCommentVNode("v-if", true),
                  _createElementVNode("div", { class: "job-photos" }, [
                    (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.report.photos.state.list, (photo) => {
                      return (_openBlock(), _createElementBlock("figure", {
                        key: photo.url
                      }, [
                        _createElementVNode("img", {
                          src: photo.url,
                          alt: "报告的照片"
                        }, null, 8 /* PROPS */, ["src"]),
                        (photo.part)
                          ? (_openBlock(), _createElementBlock("figcaption", { key: 0 }, _toDisplayString(Math.round(photo.part * 100)) + "%", 1 /* TEXT */))
                          : (photo.error)
                            ? (_openBlock(), _createElementBlock("figcaption", {
                                key: 1,
                                class: "warn"
                              }, [
                                _createTextVNode(_toDisplayString(photo.error) + " ", 1 /* TEXT */),
                                _createElementVNode("button", {
                                  type: "button",
                                  class: "job-retry",
                                  onClick: $event => (_ctx.report.photos.send(photo))
                                }, "重传", 8 /* PROPS */, ["onClick"])
                              ]))
                            : _createCommentVNode("v-if", true),
                        _createElementVNode("button", {
                          type: "button",
                          class: "job-remove",
                          "aria-label": "去掉这张照片",
                          onClick: $event => (_ctx.report.photos.remove(photo))
                        }, "✕", 8 /* PROPS */, ["onClick"])
                      ]))
                    }), 128 /* KEYED_FRAGMENT */))
                  ]),
                  (_ctx.report.state.wrong.photos)
                    ? (_openBlock(), _createElementBlock("p", {
                        key: 3,
                        class: "wrong bad",
                        role: "alert"
                      }, _toDisplayString(_ctx.report.state.wrong.photos), 1 /* TEXT */))
                    : _createCommentVNode("v-if", true),
                  _createElementVNode("div", { class: "job-acts" }, [
                    _createElementVNode("button", {
                      type: "button",
                      class: "act",
                      disabled: _ctx.report.photos.state.busy || _ctx.report.photos.state.list.length >= _ctx.report.photos.most,
                      onClick: $event => (_ctx.report.photos.choose())
                    }, "拍照或选照片", 8 /* PROPS */, ["disabled", "onClick"]),
                    _createElementVNode("button", {
                      type: "submit",
                      class: "act main",
                      disabled: !_ctx.state.ready || _ctx.report.state.busy || !(_ctx.status === 'in_progress' || _ctx.job.report.amends)
                    }, _toDisplayString(_ctx.report.state.busy ? "提交中…" : _ctx.job.report.amends ? "提交更正" : "提交并完工"), 9 /* TEXT, PROPS */, ["disabled"])
                  ])
                ], 40 /* PROPS, NEED_HYDRATION */, ["onSubmit"]))
              : _createCommentVNode("v-if", true)
          ], 512 /* NEED_PATCH */), [
            [_vShow, _ctx.state.tab === 'report']
          ]),
          _withDirectives(_createElementVNode("div", { id: "file" }, [
            _createElementVNode("section", {
              class: "sheet",
              "aria-labelledby": "order-title"
            }, [
              _createElementVNode("h2", { id: "order-title" }, "工单"),
              _createElementVNode("dl", { class: "job-facts" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.head.rows.filter(([label]) => !_ctx.urgent.includes(label)), ([label, value]) => {
                  return (_openBlock(), _createElementBlock(_Fragment, { key: label }, [
                    _createElementVNode("dt", null, _toDisplayString(label), 1 /* TEXT */),
                    _createElementVNode("dd", null, _toDisplayString(value), 1 /* TEXT */)
                  ], 64 /* STABLE_FRAGMENT */))
                }), 128 /* KEYED_FRAGMENT */))
              ])
            ]),
            (_ctx.job.before.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 0,
                  class: "sheet",
                  "aria-labelledby": "before-title"
                }, [
                  _createElementVNode("h2", { id: "before-title" }, "以前怎么处理的"),
                  _createElementVNode("ul", { class: "job-list" }, [
                    (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.before, (line) => {
                      return (_openBlock(), _createElementBlock("li", { key: line }, _toDisplayString(line), 1 /* TEXT */))
                    }), 128 /* KEYED_FRAGMENT */))
                  ])
                ]))
              : _createCommentVNode("v-if", true),
            _createElementVNode("section", {
              class: "sheet",
              "aria-labelledby": "asset-title"
            }, [
              _createElementVNode("h2", { id: "asset-title" }, "设备 " + _toDisplayString(_ctx.job.asset.name || "未登记"), 1 /* TEXT */),
              _createElementVNode("dl", { class: "job-facts" }, [
                (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.asset.rows, ([label, value]) => {
                  return (_openBlock(), _createElementBlock(_Fragment, { key: label }, [
                    _createElementVNode("dt", null, _toDisplayString(label), 1 /* TEXT */),
                    _createElementVNode("dd", null, _toDisplayString(value), 1 /* TEXT */)
                  ], 64 /* STABLE_FRAGMENT */))
                }), 128 /* KEYED_FRAGMENT */))
              ]),
              (_openBlock(true), _createElementBlock(_Fragment, null, _renderList([['在机部件', _ctx.job.asset.installed], ['更换备件', _ctx.job.asset.parts], ['维修保养记录', _ctx.job.asset.orders], ['这台设备的处理经过', _ctx.job.asset.attempts], ['合同', _ctx.job.contracts]], ([title, lines]) => {
                return (_openBlock(), _createElementBlock(_Fragment, { key: title }, [
                  (lines.length)
                    ? (_openBlock(), _createElementBlock(_Fragment, { key: 0 }, [
                        _createElementVNode("h3", null, _toDisplayString(title), 1 /* TEXT */),
                        _createElementVNode("ul", { class: "job-list" }, [
                          (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(lines, (line) => {
                            return (_openBlock(), _createElementBlock("li", { key: line }, _toDisplayString(line.replace(/^[·▶] /, "")), 1 /* TEXT */))
                          }), 128 /* KEYED_FRAGMENT */))
                        ])
                      ], 64 /* STABLE_FRAGMENT */))
                    : _createCommentVNode("v-if", true)
                ], 64 /* STABLE_FRAGMENT */))
              }), 128 /* KEYED_FRAGMENT */))
            ]),
            (_ctx.job.photos.length)
              ? (_openBlock(), _createElementBlock("section", {
                  key: 1,
                  class: "sheet",
                  "aria-labelledby": "photos-title"
                }, [
                  _createElementVNode("h2", { id: "photos-title" }, "照片"),
                  _createElementVNode("div", { class: "job-photos" }, [
                    (_openBlock(true), _createElementBlock(_Fragment, null, _renderList(_ctx.job.photos, (photo) => {
                      return (_openBlock(), _createElementBlock("figure", {
                        key: photo.sha256
                      }, [
                        _createElementVNode("a", {
                          href: _ctx.base + '/files/' + photo.sha256,
                          target: "_blank",
                          rel: "noreferrer",
                          "aria-label": '看大图 ' + photo.words
                        }, [
                          _createElementVNode("img", {
                            src: _ctx.base + '/files/' + photo.sha256,
                            alt: photo.words,
                            loading: "lazy"
                          }, null, 8 /* PROPS */, ["src", "alt"])
                        ], 8 /* PROPS */, ["href", "aria-label"]),
                        _createElementVNode("figcaption", null, [
                          _createTextVNode(_toDisplayString(photo.words), 1 /* TEXT */),
                          (photo.reused)
                            ? (_openBlock(), _createElementBlock("span", {
                                key: 0,
                                class: "warn"
                              }, " 在 " + _toDisplayString(photo.reused) + " 用过", 1 /* TEXT */))
                            : _createCommentVNode("v-if", true)
                        ])
                      ]))
                    }), 128 /* KEYED_FRAGMENT */))
                  ])
                ]))
              : _createCommentVNode("v-if", true)
          ], 512 /* NEED_PATCH */), [
            [_vShow, _ctx.state.tab === 'file']
          ])
        ], 64 /* STABLE_FRAGMENT */))
  ], 8 /* PROPS */, ["data-ready"]))
}
