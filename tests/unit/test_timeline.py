"""The time line: every event has its words, every second its node, and everybody reads what is theirs."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.sections import BYTES
from cards.text_closing import HAPPENED, NODE_LABEL
from cards.timeline import line_words, paged, timeline
from domain.files.model import Attachment
from domain.kernel.localtime import duration
from domain.kernel.messages import Event
from domain.policies.timeline import timeline_view
from domain.registry import POLICIES
from domain.workorder.events import WorkOrderEvent
from domain.workorder.field_events import FieldStep
from domain.workorder.status import Status
from domain.workorder.timeline import Node, Recorded, segments, totals
from domain.workorder.views import NodeTotal, TimelineLine, TimelineView
from tests.fakes.files import MemoryFiles
from tests.fakes.memory import memory
from tests.support.builders import AT, CHEN, LI, NUMBER, QIAN, ZHAO, work_order


def every_event(parent: type[Event] = WorkOrderEvent) -> Iterator[type[Event]]:
    """Give every kind of event of a work order."""
    for child in parent.__subclasses__():
        if child is not FieldStep and child.__module__.startswith("domain."):
            yield child
        yield from every_event(child)


def recorded(name: str, actor: object = ZHAO, minutes: float = 0, **payload: Any) -> Recorded:
    """Return one event as it was kept."""
    changes = payload.pop("changes", {})
    at = AT + timedelta(minutes=minutes)
    return Recorded(
        name=name, actor_id=str(actor), channel="dingtalk", occurred_at=at, payload=payload, changes=changes
    )


def status(name: str, before: str, after: str, minutes: float, **more: Any) -> Recorded:
    """Return an event that moved the work order."""
    return recorded(name, minutes=minutes, changes={"status": (before, after), **more})


HISTORY = [
    recorded("WorkOrderRegistered", CHEN, description="不制冷", changes={"status": (None, "new")}),
    recorded("WorkOrderOffered", technician_id=str(LI), reason="就近", from_id=None, minutes=1),
    recorded("WorkOrderNoteAdded", ZHAO, kind="text", text="客户难缠", minutes=2),
    recorded("WorkOrderNoteAdded", CHEN, kind="text", text="门卫找老张", minutes=3),
    recorded("PriorityChanged", before="P3", after="P1", reason="停产", minutes=4),
    recorded("TechnicianArrived", LI, assignee_id=str(LI), far=True, distance_m=5200, minutes=5),
    recorded("WorkOrderSettled", QIAN, amount_fen=38050, payer="contract", note="成本 200", minutes=6),
    recorded("WorkOrderClosed", "system", skip_reason="", minutes=7),
]


def read_by(person: Any, history: list[Recorded] = HISTORY, page: int = 1) -> str:
    """Return the time line as somebody reads it."""
    order = work_order(Status.COMPLETED)
    uow = memory(order)
    uow.work_orders.history = lambda _: history
    view = timeline_view(order, uow.people.get(person), AT + timedelta(hours=1), uow)
    return timeline(paged(view, page)).text


def test_every_event_has_its_words_and_no_words_are_left_over():
    about_orders = {event.__name__ for event in every_event()}
    every_name = {event.__name__ for event in (*every_event(Event), *POLICIES)}

    assert about_orders <= set(HAPPENED) <= every_name


def test_every_node_has_a_label():
    assert set(NODE_LABEL) == set(Node)


@pytest.mark.parametrize("event", list(every_event()))
def test_the_words_of_an_event_take_only_facts_that_it_has(event: type[Event]):
    facts = dict.fromkeys(event.model_fields, "甲") | {"cause": "甲", "remedy": "乙"}
    line = TimelineLine(at=AT, who="李强", channel="dingtalk", name=event.__name__, facts=facts)

    by = "（系统）" if event.__name__ == "FollowUpOwed" else "（李强·钉钉）"
    assert by in line_words(line)


def test_the_desk_reads_who_did_what_through_which_door():
    told = read_by(ZHAO)

    assert "11月24日 09:01 派给 李强：就近（赵敏·钉钉）" in told
    assert "优先级 P3 → P1：停产" in told
    assert "【距现场 5200 米】" in told
    assert "关单（系统）" in told
    assert "380.50 元，合同承担（成本 200）" in told


def test_a_customer_reads_no_internal_note_no_offer_and_no_cost():
    told = read_by(CHEN)

    assert "门卫找老张" in told and "到达现场（李强·钉钉）" in told
    hidden = ("客户难缠", "派给", "P1", "5200", "380", "成本", "赵敏", "钱进")
    assert not any(words in told for words in hidden)


def test_a_technician_reads_notes_but_no_cost():
    told = read_by(LI)

    assert "380" not in told and "结算" in told


def test_finance_reads_the_cost():
    assert "380.50 元" in read_by(QIAN)


def test_a_customer_reads_a_price_that_is_theirs():
    settled = recorded("WorkOrderSettled", QIAN, amount_fen=38050, payer="customer", note="成本 200")

    told = read_by(CHEN, [HISTORY[0], settled])

    assert "380.50 元，客户付" in told and "成本" not in told


def test_a_long_time_line_is_read_page_by_page_and_every_page_fits():
    noted = [recorded("WorkOrderNoteAdded", ZHAO, kind="text", text=f"第 {n} 条" * 5) for n in range(200)]
    history = [HISTORY[0], *noted, HISTORY[-1]]
    pages = [read_by(ZHAO, history)]
    while "下一页请回复" in pages[-1]:
        pages.append(read_by(ZHAO, history, len(pages) + 1))

    assert all(len(page.encode()) <= BYTES and "◆ 合计" in page for page in pages)
    lines = [line for page in pages for line in page.splitlines() if line.startswith("11月24日")]
    assert len(lines) == len(history) and "报修：不制冷" in lines[0] and "关单" in lines[-1]
    assert f"第 2/{len(pages)} 页" in pages[1]
    assert f"下一页请回复：时间线 {NUMBER} 2；最新的请回复：时间线 {NUMBER} {len(pages)}" in pages[0]


def test_beyond_the_last_page_is_the_last_page_and_a_short_time_line_has_no_pages():
    assert read_by(ZHAO, page=9) == read_by(ZHAO)
    assert "页" not in read_by(ZHAO)


def test_a_step_counts_from_when_it_is_said_to_have_happened():
    claimed = (AT + timedelta(minutes=20)).isoformat()
    history = [
        recorded("WorkOrderRegistered", changes={"status": (None, "new")}),
        status("WorkOrderAccepted", "new", "accepted", 10),
        recorded(
            "TechnicianDeparted",
            minutes=60,
            claimed_at=claimed,
            changes={"status": ("accepted", "en_route")},
        ),
        status("WorkOrderCancelled", "en_route", "cancelled", 70),
    ]

    spent = totals(segments(history, AT + timedelta(days=3)))

    assert spent == {Node.DISPATCH: 600, Node.PREPARATION: 600, Node.TRAVEL: 3000}


def test_a_hold_is_counted_as_what_it_waits_for():
    held = {"hold_reason": ("", "part")}
    history = [
        recorded("WorkOrderRegistered", changes={"status": (None, "new")}),
        status("WorkOrderAccepted", "new", "accepted", 10),
        status("WorkOrderHeld", "accepted", "on_hold", 20, **held),
        status("WorkOrderResumed", "on_hold", "accepted", 80, hold_reason=("part", "")),
        status("WorkOrderCancelled", "accepted", "cancelled", 90),
    ]

    spent = totals(segments(history, AT + timedelta(days=3)))

    assert spent == {Node.DISPATCH: 600, Node.PREPARATION: 1200, Node.WAITING_PART: 3600}


def test_the_time_between_a_close_and_its_reopening_is_nobody_s_work():
    history = [
        recorded("WorkOrderRegistered", changes={"status": (None, "new")}),
        status("WorkOrderClosed", "new", "closed", 10),
        status("WorkOrderReopened", "closed", "dispatching", 70),
        status("WorkOrderCancelled", "dispatching", "cancelled", 80),
    ]

    spent = totals(segments(history, AT + timedelta(days=3)))

    assert spent == {Node.DISPATCH: 1200, Node.CLOSED: 3600}


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([one for one in Status if one not in (Status.CLOSED, Status.CANCELLED)]),
            st.floats(0, 10**6),
            st.none() | st.floats(-(10**6), 2 * 10**6),
        ),
        max_size=20,
    ),
    rest=st.floats(0, 10**6),
)
def test_the_nodes_of_any_history_add_up_whatever_was_recorded_afterwards(steps: Any, rest: float):
    at, before = AT, "new"
    history = [recorded("WorkOrderRegistered", changes={"status": (None, "new")})]
    for to, seconds, ago in steps:
        at += timedelta(seconds=seconds)
        claimed = (at - timedelta(seconds=ago)).isoformat() if ago is not None else None
        minutes = (at - AT).total_seconds() / 60
        moved = {"status": (before, to.value)}
        history.append(recorded("WorkStarted", minutes=minutes, claimed_at=claimed, changes=moved))
        before = to.value
    until = at + timedelta(seconds=rest)

    found = segments(history, until)

    assert sum(totals(found).values()) == int(until.timestamp()) - int(AT.timestamp())
    assert all(one.to_at == next_one.from_at for one, next_one in pairwise(found))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0秒"),
        (40, "40秒"),
        (387, "6分27秒"),
        (720, "12分"),
        (3900, "1小时5分"),
        (7200, "2小时"),
        (90000, "1天1小时"),
    ],
)
def test_a_duration_is_short(seconds: int, words: str):
    assert duration(seconds) == words


def test_the_cause_of_lateness_is_named():
    view = TimelineView(
        number=NUMBER,
        status=Status.IN_PROGRESS,
        lines=(),
        totals=(NodeTotal(node=Node.DISPATCH, seconds=600), NodeTotal(node=Node.WAITING_PART, seconds=5400)),
        seconds=6000,
    )

    told = timeline(view).text

    assert "用时最长：等配件 1小时30分，占 90%" in told
    assert "派工 10分，等配件 1小时30分" in told


def picture_of(number: int, sha256: str, **changes: Any) -> Attachment:
    """Return a picture of the work order that was fetched."""
    facts = {"state": "kept", "media": "image", "platform": "dingtalk", "sender_id": LI, "source_key": "k"}
    made = Attachment(id=UUID(int=number), work_order_id=work_order().id, sha256=sha256, **facts | changes)
    made.media_ref, made.sent_at = f"m{number}", AT + timedelta(minutes=number)
    return made


@pytest.mark.parametrize(("reader", "told"), [(ZHAO, True), (LI, True), (CHEN, False)])
def test_our_own_people_read_that_a_picture_is_no_new_one(reader: Any, told: bool):
    order = work_order(Status.COMPLETED)
    order.assignee_id = LI
    uow = memory(order)
    pictures = (picture_of(1, "a", reused_from=UUID(int=9)), picture_of(2, "b"), picture_of(3, "b"))
    uow.files = MemoryFiles(*pictures)
    uow.files.numbers[UUID(int=9)] = "WO-20260101-0009"
    sent = [recorded("WorkOrderNoteAdded", LI, kind="image", text="", media_ref=f"m{n}") for n in (1, 2, 3)]
    uow.work_orders.history = lambda _: [HISTORY[0], *sent]

    shown = timeline(timeline_view(order, uow.people.get(reader), AT, uow)).text

    assert ("【照片在 WO-20260101-0009 用过】" in shown) is told
    assert shown.count("【与前面的照片相同】") == int(told)


@pytest.mark.parametrize(
    ("outcome", "done", "words"),
    [
        ("told", "remind_desk", "处理时限 100%：提醒调度员（"),
        ("skipped", "", "处理时限 100%：不符合规则里写的条件，没有触发（"),
    ],
)
def test_a_step_that_was_left_out_says_so(outcome: str, done: str, words: str):
    facts = {"kind": "resolution", "step": "100%", "outcome": outcome, "done": done}
    line = TimelineLine(at=AT, who="", channel="", name="StepFired", facts=facts)

    assert words in line_words(line)
