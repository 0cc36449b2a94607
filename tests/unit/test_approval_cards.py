"""The card of an approval task in every state, on every platform."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.dingtalk.cards import VALUE_LIMIT, markdown_body
from adapters.wecom.cards import TITLE_CHARS, template_card
from cards.approval import approval, tally
from cards.spec import Card, Tone, plain_text
from domain.approval.views import ApprovalView, Remark, Seat
from domain.kernel.money import grouped_yuan
from sandbox.wecom.cards import check_card

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
NUMBER = "SP-20261130-0001"
ACTIONS = ("agree", "refuse", "delegate", "return", "add", "ask")
SURNAMES = "王李赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


class Nothing:
    def is_media(self, media_id: str) -> bool:
        return False

    def is_member(self, userid: str) -> bool:
        return False


def view(**changes: object) -> ApprovalView:
    facts: dict[str, object] = {
        "task_id": UUID(int=1),
        "instance_id": UUID(int=2),
        "version": 3,
        "number": NUMBER,
        "title": "维修费用",
        "node": "服务总监审批",
        "mode": "all",
        "amount_fen": 500_001,
        "reason": "压缩机抱轴，客户停产，需要更换",
        "initiator": "李强",
        "due_at": DUE,
        "why": "费用大于 5000 元（费用 5000.01 元）",
        "actions": ACTIONS,
    }
    return ApprovalView.model_validate(facts | changes)


def card(**changes: object) -> Card:
    return approval(view(**changes))


def seats(*states: str) -> tuple[Seat, ...]:
    return tuple(Seat(name=f"{SURNAMES[n]}经理", state=state, at=AT) for n, state in enumerate(states))


def decided(outcome: str, **changes: object) -> Card:
    facts = {"decided": outcome, "decided_by": "张经理", "decided_at": AT, "actions": ()}
    return card(**(facts | changes))


TEN = seats(*["agreed"] * 3, *["open"] * 6, "absent")
THIRTY = seats(*["agreed"] * 12, *["open"] * 15, *["absent"] * 3)
STATES: dict[str, dict[str, object]] = {
    "open": {},
    "of ten": {"seats": TEN},
    "of thirty": {"seats": THIRTY, "reason": "原" * 200},
    "raised": {"before_fen": 480_000},
    "late": {"late": True},
    "substitute": {"principal": "张经理"},
    "waiting": {"actions": ()},
    "agreed": {"decided": "agreed", "decided_by": "张经理", "decided_at": AT, "actions": ()},
    "refused": {"decided": "refused", "decided_by": "张经理", "comment": "太贵", "actions": ()},
    "cancelled": {"decided": "cancelled", "seats": seats("agreed", "refused"), "actions": ()},
    "withdrawn": {"decided": "cancelled", "ended": "withdrawn", "actions": ()},
    "sent back": {"actions": ("resubmit", "withdraw")},
    "unknown": {"decided": "expired", "ended": "done", "actions": ()},
}


def test_amount_and_reason_come_first():
    shown = card()

    assert shown.title == f"待审批：维修费用 {NUMBER}"
    assert shown.fields[:2] == (("金额", "5,000.01 元"), ("原因", "压缩机抱轴，客户停产，需要更换"))
    assert ("申请人", "李强") in shown.fields
    assert ("时限", "12月1日 18:00 前") in shown.fields
    assert ("触发条件", "费用大于 5000 元（费用 5000.01 元）") in shown.fields


def test_every_action_is_a_button_with_its_words():
    buttons = card().buttons

    assert [button.label for button in buttons] == ["同意", "拒绝", "转交", "退回", "加签", "问一句"]
    assert buttons[0].words == f"同意 {NUMBER}"
    assert (buttons[0].style, buttons[1].style) == ("primary", "danger")
    assert buttons[0].action.pack() == f"1:approval.agree:{UUID(int=1)}:3"


def test_a_raised_amount_names_the_one_before():
    assert card(before_fen=480_000).fields[0] == ("金额", "5,000.01 元（原批准 4,800 元，已上调）")


def test_an_amount_that_did_not_rise_is_not_called_raised():
    assert card(before_fen=500_001).fields[0] == ("金额", "5,000.01 元")
    assert card(before_fen=600_000).fields[0] == ("金额", "5,000.01 元（原批准 6,000 元）")


@pytest.mark.parametrize(
    ("fen", "said"), [(0, "0"), (5, "0.05"), (480_000, "4,800"), (123_456_789, "1,234,567.89")]
)
def test_large_sums_are_grouped(fen: int, said: str):
    assert grouped_yuan(fen) == said


def test_no_amount_is_no_field():
    assert card(amount_fen=None).fields[0][0] == "原因"


def test_lateness_is_loud():
    late = card(late=True)

    assert (late.status, late.tone) == ("待审批，已超时", Tone.DANGER)
    assert ("时限", "12月1日 18:00 前（已超时）") in late.fields
    assert late.hint.startswith("已超过时限")


def test_a_substitute_reads_for_whom():
    assert ("代理", "您代 张经理 审批") in card(principal="张经理").fields


def test_one_approver_needs_no_tally():
    assert tally(view(seats=seats("open"))) == ""


def test_ten_seats_are_told_by_name():
    assert tally(view(seats=TEN)) == (
        "已同意 3/10：王经理、李经理、赵经理；"
        "待审批：钱经理、孙经理、周经理、吴经理、郑经理 等 6 人；缺席：陈经理"
    )


def test_thirty_seats_stay_short():
    said = tally(view(seats=THIRTY))

    assert said == (
        "已同意 12/30：王经理、李经理、赵经理 等 12 人；"
        "待审批：蒋经理、沈经理、韩经理 等 15 人；缺席：华经理、金经理、魏经理"
    )
    assert len(said) < 80


@pytest.mark.parametrize(
    ("mode", "head"),
    [
        ("vote", "已同意 1/3（满 2 票通过）：王经理"),
        ("any", "一人同意即可，已同意 1/3：王经理"),
        ("sequence", "依次审批，已同意 1/3：王经理"),
    ],
)
def test_the_tally_tells_how_a_step_is_decided(mode: str, head: str):
    said = tally(view(mode=mode, needs=2, seats=seats("agreed", "open", "waiting")))

    assert said == f"{head}；待审批：李经理；未轮到：赵经理"


def test_who_handed_the_task_on_has_no_vote():
    assert tally(view(seats=seats("delegated", "agreed", "open"))) == (
        "已同意 1/2：李经理；待审批：赵经理；已转交：王经理"
    )


def test_remarks_stand_below_the_newest_last():
    said = (Seat(name="王总", state="agreed", comment="下不为例", at=AT),)
    remarks = (Remark(name="李强", text="客户同意分期", at=DUE),)

    assert card(seats=said, remarks=remarks).body == "意见：\n王总：下不为例\n李强：客户同意分期"


def test_many_long_remarks_are_cut():
    remarks = tuple(Remark(name="李强", text=f"{n}" * 300, at=AT.replace(minute=n)) for n in range(9))
    body = card(remarks=remarks).body

    assert "更早的 5 条意见没有列出" in body
    assert len(body) < 300


def test_who_agreed_reads_it_without_buttons():
    shown = decided("agreed")

    assert (shown.title, shown.buttons) == (f"已同意：维修费用 {NUMBER}", ())
    assert shown.hint == "已由 张经理 同意，11月30日 10:00。"


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"decided": "refused", "comment": "价格过高"}, "已由 张经理 拒绝（价格过高），11月30日 10:00。"),
        ({"decided": "agreed", "ended": "approved"}, "已由 张经理 同意，11月30日 10:00。申请已通过。"),
        ({"decided": "delegated", "decided_by": "李强"}, "已转交给 李强，11月30日 10:00。"),
        ({"decided": "removed"}, "已由 张经理 减签，无需您再审批，11月30日 10:00。"),
        ({"decided": "waiting"}, "等其他人先审批，之后会再到您这里，11月30日 10:00。"),
        (
            {
                "decided": "agreed",
                "decided_at": None,
                "seats": (Seat(name="张经理（代 王总）", state="agreed", at=DUE),),
            },
            "已由 张经理 同意，12月1日 18:00。",
        ),
        (
            {"decided": "cancelled", "seats": (Seat(name="王总", state="refused", comment="价格过高"),)},
            "已有人拒绝：王总（价格过高），无需您再审批，11月30日 10:00。",
        ),
        (
            {"decided": "cancelled", "mode": "any", "seats": (Seat(name="王总", state="agreed"),)},
            "已由 王总 同意，无需您再审批，11月30日 10:00。",
        ),
        (
            {"decided": "cancelled", "ended": "withdrawn", "decided_by": ""},
            "申请人 李强 已撤回，无需您再审批，11月30日 10:00。",
        ),
        ({"decided": "cancelled", "ended": "terminated"}, "流程已终止，无需您再审批，11月30日 10:00。"),
        ({"decided": "cancelled"}, "已不需要您审批，11月30日 10:00。"),
    ],
)
def test_the_end_is_told_in_ordinary_words(changes: dict[str, object], hint: str):
    assert decided(str(changes["decided"]), **changes).hint == hint


def test_what_was_sent_back_is_to_be_changed():
    shown = card(actions=("resubmit", "withdraw"), node="退回修改")

    assert (shown.title, shown.status) == (f"请修改：维修费用 {NUMBER}", "已退回，待修改")
    assert [button.label for button in shown.buttons] == ["重新提交", "撤回"]
    assert [button.words for button in shown.buttons] == [f"重新提交 {NUMBER} 原因", f"撤回 {NUMBER}"]


@pytest.mark.parametrize("outcome", ["resubmitted", "removed", "claimed", "withdrawn", "again", "waiting"])
def test_every_outcome_of_the_engine_is_told(outcome: str):
    assert decided(outcome).hint.endswith("。")
    assert outcome not in plain_text(decided(outcome))


def test_a_withdrawn_request_is_titled_so():
    assert decided("cancelled", ended="withdrawn").title == f"已撤回：维修费用 {NUMBER}"


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_nothing_unfilled(state: str):
    shown = plain_text(card(**STATES[state]))

    assert "{" not in shown
    assert "None" not in shown


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_wecom(state: str):
    shown = card(**STATES[state])
    encoded = template_card(shown, task_id="a-1", home_url="https://fixloop.example.com")

    check_card(encoded, Nothing())
    assert len(shown.title) <= TITLE_CHARS
    assert "5,000.01 元" in str(encoded)


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_dingtalk(state: str):
    body = markdown_body(card(**STATES[state]), VALUE_LIMIT)

    assert len(body.encode()) <= VALUE_LIMIT
    assert "5,000.01 元" in body
