"""What is said to the robot in a DingTalk group and to the AI bot in a WeCom group becomes something."""

from dataclasses import dataclass
from typing import Any

import pytest

from domain.people.model import Person
from tests.support.actors import NUMBER
from tests.support.desk import group_requests, order_numbered
from tests.support.intake import colleague, reporters
from tests.support.loop import Loop

FAULT = "LK-9001 机组漏水，很急"


@dataclass
class Group:
    """One group with somebody of the service desk, a technician and somebody else in it."""

    loop: Loop
    kind: str

    @property
    def chat(self) -> Any:
        return self.loop.desk if self.kind == "dingtalk" else self.loop.aibot_group

    @property
    def dispatcher(self) -> str:
        return "zhao" if self.kind == "dingtalk" else "zheng"

    @property
    def technician(self) -> str:
        return "wang" if self.kind == "dingtalk" else "sun"

    def answered(self, who: str) -> Any:
        """Return where a presser is answered: alone on DingTalk, by the AI bot where they pressed."""
        return getattr(self.loop, who) if self.kind == "dingtalk" else self.chat

    def says(self, who: str, text: str, **more: Any) -> None:
        """Let somebody mention the robot."""
        self.chat.says(who, text, **more)

    def presses(self, who: str, label: str) -> None:
        """Let somebody press a button of the newest card in the group."""
        self.chat.card(label)
        if self.kind == "dingtalk":
            self.loop.dingtalk.user_presses(who, label)
        else:
            self.chat.presses(who, label)

    def presses_twice(self, who: str, label: str) -> None:
        """Let somebody press a button a second time before the card has changed."""
        card = self.chat.card(label)
        if self.kind == "aibot":
            self.chat.presses(who, label, times=2)
            return
        (name,) = [name for name, text in card.card.items() if name.endswith("_text") and text == label]
        token = card.card[name.replace("_text", "_action")]
        self.loop.dingtalk.user_presses(who, label)
        self.loop.dingtalk.press_raw(who, card.out_track_id, [token], {"action": token})

    def makes_an_order(self, who: str, fault: str = FAULT) -> str:
        """Let somebody tell of a fault and press 建工单; return the number."""
        self.says(who, fault)
        self.presses(who, "建工单")
        return str(NUMBER.findall(self.chat.hears("已建工单", "WO-"))[-1])


@pytest.fixture(params=["dingtalk", "aibot"])
def group(request: pytest.FixtureRequest, loop: Loop) -> Group:
    return Group(loop, request.param)


def outcomes(loop: Loop) -> list[str]:
    return [event["outcome"] for event in loop.events("GroupMessageResolved")]


def test_a_fault_said_in_a_group_becomes_a_draft_and_then_one_order(group: Group, loop: Loop):
    group.says(group.dispatcher, FAULT)
    draft = group.chat.card("建工单", "漏水")
    assert "沪冷物流" in draft.text
    assert "LK-9001" in draft.text
    assert not loop.orders()

    group.presses(group.dispatcher, "建工单")

    number = NUMBER.findall(group.chat.hears("已建工单", "WO-"))[-1]
    loop.settle()
    order = loop.only_order()
    (kept,) = group_requests(loop)
    assert (order.number, order.details["source"]) == (number, "group")
    assert order.details["original_refs"] == [kept.original_ref]
    assert (order.customer_id, order.asset_id) == (kept.customer_id, kept.asset_id)
    assert outcomes(loop) == ["order"]
    assert loop.li.card("接单", number)


def test_a_customer_in_the_group_is_told_in_private(loop: Loop):
    group = Group(loop, "aibot")
    number = group.makes_an_order("lin", "制冰机一直报警不出冰")

    assert loop.lin.hears("已收到您的报修", number)
    order = loop.only_order()
    assert order.requester_id == loop.person("林涛").id
    assert order.origin == "wecom_user:lin"


def test_pressing_twice_makes_one_order(group: Group, loop: Loop):
    group.says(group.dispatcher, FAULT)

    group.presses_twice(group.dispatcher, "建工单")

    number = NUMBER.findall(group.chat.hears("已建工单", "WO-"))[-1]
    loop.settle()
    assert loop.only_order().number == number
    assert outcomes(loop) == ["order"]
    assert loop.refusals() == ["group_card_outdated"]
    assert not group.chat.has_button("建工单")


def test_what_is_no_request_is_dismissed_with_one_tap_and_corrected_with_one(group: Group, loop: Loop):
    group.says(group.dispatcher, FAULT)
    group.presses(group.dispatcher, "不是报修")
    group.chat.card("其实是报修", "不是报修")

    group.presses(group.dispatcher, "其实是报修")

    group.chat.hears("已建工单", "WO-")
    loop.settle()
    assert outcomes(loop) == ["not_a_request", "order"]


def test_an_order_that_was_none_is_undone_with_one_tap(group: Group, loop: Loop):
    number = group.makes_an_order(group.dispatcher)

    group.presses(group.dispatcher, "不是报修")

    group.chat.card("其实是报修")
    loop.settle()
    assert order_numbered(loop, number).status == "cancelled"
    assert "更正" in loop.events("WorkOrderCancelled")[0]["reason"]
    assert outcomes(loop) == ["order", "not_a_request"]


def test_an_order_made_after_a_correction_is_another_one(group: Group, loop: Loop):
    first = group.makes_an_order(group.dispatcher)
    group.presses(group.dispatcher, "不是报修")
    group.presses(group.dispatcher, "其实是报修")

    loop.settle()
    statuses = {order.number: order.status for order in loop.orders()}
    assert statuses.pop(first) == "cancelled"
    assert list(statuses.values()) == ["offered"]


def test_small_talk_ends_as_no_request_and_can_be_corrected(group: Group, loop: Loop):
    group.says(group.dispatcher, "今天食堂吃什么")

    group.chat.card("其实是报修")
    loop.settle()
    assert outcomes(loop) == ["not_a_request"]
    assert not loop.orders()


def test_danger_does_not_wait_for_a_press(group: Group, loop: Loop):
    group.says(group.dispatcher, "LK-9001 机组起火冒烟了，有人被困，快来")

    group.chat.hears("已建工单", "WO-")
    loop.settle()
    assert loop.only_order().priority == "P1"


def test_a_message_is_linked_to_an_open_order(group: Group, loop: Loop):
    number = loop.chen.reports()
    group.says(group.dispatcher, "LK-9001 还在漏水")
    group.presses(group.dispatcher, "关联到已有工单")

    group.presses(group.dispatcher, f"关联 {number[-4:]}")

    group.chat.hears("已关联", number)
    loop.settle()
    assert outcomes(loop) == ["linked"]
    assert len(loop.orders()) == 1
    assert loop.events("WorkOrderNoteAdded")[0]["text"] == "LK-9001 还在漏水"


def test_a_customer_who_is_linked_joins_and_leaves_again(loop: Loop):
    group = Group(loop, "aibot")
    number = colleague(loop, "何洁二", firm="C002").reports("制冰机不出冰")
    group.says("lin", "制冰机还是不出冰")
    group.presses("lin", f"关联 {number[-4:]}")
    group.chat.hears("已关联", number)
    loop.settle()
    (joined,) = reporters(loop)
    assert (joined.person_id, joined.left_at) == (loop.person("林涛").id, None)
    assert loop.only_order().reporter_count == 2

    group.presses("lin", "不是报修")

    group.chat.card("其实是报修")
    loop.settle()
    assert reporters(loop)[0].left_at is not None
    assert loop.only_order().reporter_count == 1
    assert outcomes(loop) == ["linked", "not_a_request"]


def test_words_do_what_the_buttons_do(group: Group, loop: Loop):
    group.says(group.dispatcher, FAULT)
    group.chat.card("建工单")

    group.says(group.dispatcher, "建工单")

    group.chat.hears("已建工单", "WO-")
    loop.settle()
    assert outcomes(loop) == ["order"]


def test_who_may_not_cancel_cannot_undo_somebody_else_s_order(group: Group, loop: Loop):
    number = group.makes_an_order(group.dispatcher)

    group.presses(group.technician, "不是报修")

    group.answered(group.technician).hears("没有权限")
    loop.settle()
    assert order_numbered(loop, number).status == "offered"


def test_somebody_unknown_is_asked_in_private_and_nothing_is_kept(loop: Loop):
    loop.aibot_group.says("stranger", FAULT)

    loop.other_member("stranger").hears("手机号")
    loop.settle()
    assert not group_requests(loop)
    assert not loop.aibot_group.shown()


def test_progress_in_a_group_shows_no_mobile_number(group: Group, loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.order_becomes("accepted")

    group.says(group.dispatcher, f"进度 {number}")

    shown = group.chat.hears(number, "负责人：李强")
    assert "13800000003" not in shown


# “@张三 去看一下”


def test_a_mention_becomes_an_assignment_with_one_tap(loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    loop.desk.says("zhao", f"去看一下 {number}", at=["wang"])
    Group(loop, "dingtalk").presses("zhao", "派给王芳")

    loop.wang.card("接单", number)
    loop.desk.hears("已把工单", number, "王芳")
    loop.settle()
    assert not loop.li.has_button("接单")
    assert outcomes(loop) == ["assigned"]


def test_the_ai_bot_knows_a_technician_by_name(loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    loop.aibot_group.says("zheng", f"@孙浩 去看一下 {number}")
    Group(loop, "aibot").presses("zheng", "派给孙浩")

    loop.sun.card("接单", number)


def test_without_a_number_the_group_s_last_order_is_meant(group: Group, loop: Loop):
    number = group.makes_an_order(group.dispatcher)
    loop.settle()
    name = "王芳" if group.kind == "dingtalk" else "孙浩"
    more = {"at": ["wang"]} if group.kind == "dingtalk" else {}

    group.says(group.dispatcher, f"@{name} 去看一下" if not more else "去看一下", **more)

    assert group.chat.card(f"派给{name}", number)


def test_an_accepted_order_is_taken_from_its_technician_by_the_same_tap(loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.order_becomes("accepted")

    loop.desk.says("zhao", f"去处理一下 {number}", at=["wang"])
    Group(loop, "dingtalk").presses("zhao", "派给王芳")

    loop.wang.card("接单", number)
    assert loop.li.hears(number, "已转给", "王芳")


def test_who_may_not_dispatch_cannot_assign_by_a_tap(group: Group, loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()
    name = "王芳" if group.kind == "dingtalk" else "孙浩"
    more = {"at": ["wang"]} if group.kind == "dingtalk" else {}
    group.says(group.technician, f"@{name} 去看一下 {number}" if not more else f"去看一下 {number}", **more)

    group.presses(group.technician, f"派给{name}")

    group.answered(group.technician).hears("没有权限", "派单")
    loop.settle()
    assert len(loop.events("WorkOrderOffered")) == 1


def test_an_assignment_nobody_wants_is_dropped(group: Group, loop: Loop):
    number = loop.chen.reports()
    loop.settle()
    name = "王芳" if group.kind == "dingtalk" else "孙浩"
    more = {"at": ["wang"]} if group.kind == "dingtalk" else {}
    group.says(group.dispatcher, f"@{name} 去看一下 {number}" if not more else f"去看一下 {number}", **more)

    group.presses(group.dispatcher, "不用")

    group.chat.hears("没有派单")
    loop.settle()
    assert outcomes(loop) == ["not_a_request"]


def test_a_mention_without_any_order_asks_which(loop: Loop):
    loop.desk.says("zhao", "去看一下", at=["wang"])

    assert loop.desk.hears("请带上工单号")


def test_a_customer_who_names_somebody_else_s_machine_learns_nothing_of_it(loop: Loop):
    loop.change(Person, customer_id=None)

    loop.aibot_group.says("lin", FAULT)

    loop.aibot_group.card("建工单", "漏水")
    loop.settle()
    assert not loop.aibot_group.told("沪冷物流")
    assert not loop.aibot_group.told("冷库机组")
