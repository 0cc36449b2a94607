"""Definitions that between them have every kind of node and every rule."""

from domain.engine.process import Definition
from tests.support.process import approval, process

ESCALATE = {"within_min": 60, "do": "escalate"}
REMIND = {"within_min": 30, "do": "remind", "every_min": 20}

BLOCK = process(
    approval("first", "zhang", "wang", then="split", mode="any"),
    {"kind": "parallel", "id": "split", "title": "分头", "branches": ["votes", "row"], "join": "meet"},
    approval("votes", "zhang", "sun", "zhou", then="meet", mode="vote", pass_share=0.6),
    approval("row", "qian", "wu", then="row_again", mode="sequence", refusal="return"),
    approval("row_again", "zheng", then="meet", duplicates="ask"),
    {"kind": "join", "id": "meet", "next": "last"},
    approval("last", "sun", "qian", then="end", again_when_raised="amount"),
)
STEPS = process(
    approval("quote", "zhang", then="accept", again_when_raised="amount", skip_when="amount < 100"),
    {"kind": "task", "id": "accept", "title": "接受", "step": "accept", "next": "dear"},
    {
        "kind": "condition",
        "id": "dear",
        "title": "金额",
        "branches": [{"when": "amount > 500", "next": "boss"}],
        "default": "work",
    },
    approval(
        "boss",
        "sun",
        "wu",
        then="work",
        again_when_raised="amount",
        timeout=ESCALATE,
    ),
    {"kind": "task", "id": "work", "title": "完成", "step": "work", "next": "rest"},
    {"kind": "timer", "id": "rest", "title": "静置", "after_min": 90, "next": "tell"},
    {
        "kind": "cc",
        "id": "tell",
        "title": "告知",
        "to": [{"by": "relation", "relation": "initiator"}],
        "next": "do",
    },
    {"kind": "trigger", "id": "do", "title": "记账", "do": "book", "with": {"x": 1}, "next": "end"},
)
NESTED = process(
    {
        "kind": "parallel",
        "id": "outer",
        "title": "外层",
        "branches": ["urgent", "inner"],
        "join": "outer_join",
    },
    approval("urgent", "zhang", "li", then="after_urgent", emergency=True, self_approval="skip"),
    approval("after_urgent", "wang", then="outer_join", timeout=REMIND),
    {"kind": "parallel", "id": "inner", "title": "内层", "branches": ["left", "right"], "join": "inner_meet"},
    approval("left", "sun", then="inner_meet", timeout={"within_min": 50, "do": "agree"}),
    {"kind": "task", "id": "right", "title": "到场", "step": "arrive", "next": "inner_meet"},
    {"kind": "join", "id": "inner_meet", "title": "内汇合", "next": "checked"},
    approval("checked", "zhou", "qian", then="outer_join", mode="vote", pass_count=2, refusal="return"),
    {"kind": "join", "id": "outer_join", "title": "外汇合", "next": "close"},
    approval("close", "zhang", then="end", timeout={"within_min": 100, "do": "refuse"}),
)
KINDS: tuple[Definition, ...] = (BLOCK, STEPS, NESTED)
