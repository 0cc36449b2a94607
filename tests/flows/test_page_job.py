"""The job page over the wire: what it shows to whom, and what its buttons lead to."""

import re
from datetime import timedelta
from typing import Any

import pytest

from domain.workorder.commands import ReassignWorkOrder
from domain.workorder.model import WorkOrder
from tests.support.closing import by
from tests.support.field import ACCEPTED, EN_ROUTE, IN_PROGRESS, does, order_of
from tests.support.job_page import LI, REPORT, WANG, begin, job_page
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

HATEFUL = "<img src=x onerror=alert(1)>{{ 1 + 1 }}"
HERE = (31.2, 121.6)


def status(loop: Loop, order: WorkOrder) -> str:
    return order_of(loop, order.id).status


def goes_to_wang(loop: Loop, order: WorkOrder) -> None:
    """Let the service desk give the job to a colleague."""
    command = ReassignWorkOrder(
        work_order_id=order.id,
        technician_id=loop.person(WANG).id,
        expires_at=loop.clock.now() + timedelta(minutes=10),
        reason="李强堵在路上",
        **by(loop, "赵敏"),
    )
    does(loop, command)
    loop.settle()


def test_the_page_shows_what_a_technician_needs_on_the_road(loop: Loop) -> None:
    order = begin(loop, far=ACCEPTED)

    shown = job_page(loop, order).data()

    head = shown["head"]
    assert head["fault"] == "3号冷库机组不制冷了"
    assert head["contact"].startswith("陈静") and head["tel"] in head["contact"]
    assert head["address"] == "张江路 88 号"
    assert head["map_url"] == "https://uri.amap.com/marker?position=121.600000,31.200000"
    assert [step["name"] for step in shown["steps"] if step["at"]] == ["accept"]
    assert [step["name"] for step in shown["steps"] if "accepted" in step["from"]] == ["depart", "arrive"]


def test_five_presses_give_five_moments_and_places(loop: Loop) -> None:
    order = begin(loop, far=ACCEPTED)
    page = job_page(loop, order)

    for step in ("depart", "arrive", "start"):
        assert page.do(step, latitude=HERE[0], longitude=HERE[1]).status_code == 200
    done = page.do("complete", latitude=HERE[0], longitude=HERE[1], **REPORT)

    assert done.json()["message"].startswith(f"工单 {order.number} 已完工，服务报告已提交（第 1 版）")
    assert [step["at"] != "" for step in done.json()["data"]["steps"]] == [True] * 5
    for name in ("TechnicianDeparted", "TechnicianArrived", "WorkStarted", "WorkCompleted"):
        (event,) = loop.events(name)
        assert ((event["latitude"], event["longitude"]), event["backfilled"]) == (HERE, False)


def test_a_step_that_was_left_out_and_a_far_place_are_flagged_as_in_chat(loop: Loop) -> None:
    order = begin(loop, far=ACCEPTED)
    page = job_page(loop, order)

    refused = page.do("start")
    arrived = page.do("arrive", latitude=31.3, longitude=121.6).json()["data"]["steps"][2]

    assert refused.status_code == 409 and refused.json()["code"] == "step_too_early"
    assert re.fullmatch(r"距现场 111\d\d 米，跳过出发", arrived["flags"])


def test_a_phone_whose_clock_cannot_be_right_is_not_believed(loop: Loop) -> None:
    order = begin(loop, far=ACCEPTED)

    done = job_page(loop, order).do("depart", device_at="2020-01-01T00:00:00Z", minutes=40)

    assert "手机时间对不上，按收到的时间登记。" in done.json()["message"]
    assert loop.events("TechnicianDeparted")[0]["claimed_at"] is None


def test_a_step_is_taken_once_however_often_it_is_pressed(loop: Loop) -> None:
    order = begin(loop, far=ACCEPTED)
    one_tab, other_tab = job_page(loop, order), job_page(loop, order)

    answers = [one_tab.do("depart", "the-key-of-a-press") for _ in range(2)]
    answers.append(other_tab.do("depart"))
    reused = one_tab.do("arrive", "the-key-of-a-press")

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(loop.events("TechnicianDeparted")) == 1
    assert reused.status_code == 409 and reused.json()["code"] == "idempotency_conflict"


def test_a_colleague_and_a_former_assignee_see_nothing_of_the_job(loop: Loop) -> None:
    order = begin(loop, far=EN_ROUTE)
    mine, hers = job_page(loop, order), job_page(loop, order, WANG)
    before = hers.data()
    goes_to_wang(loop, order)

    after = mine.data()

    for shown in (before, after):
        assert set(shown) == {"owner", "now", "number", "held", "message"}
        assert shown["message"].startswith("这张工单已不在您名下")
    for deed in ("arrive", "hold", "note"):
        refused = mine.do(deed, **({"reason": "part"} if deed == "hold" else {}))
        assert refused.status_code == 409 and refused.json()["code"] == "conflict"
    assert hers.data()["head"]["status"] == "offered"
    assert status(loop, order) == "offered"


def test_the_card_leads_to_the_page_while_the_job_is_theirs(loop: Loop) -> None:
    order = begin(loop, far=EN_ROUTE)
    card = loop.li.card("到达", order.number, "打开作业页")
    (url,) = re.findall(r"\[打开作业页\]\((\S+)\)", card.text)
    goes_to_wang(loop, order)

    assert PageVisitor(url).data()["held"] is False
    assert loop.wang.card("接单", order.number, "打开作业页").text.count(url) == 0
    assert "打开作业页" not in loop.li.shown()[-1].text


def test_an_offer_is_accepted_or_declined_on_the_page(loop: Loop) -> None:
    order = begin(loop, far=EN_ROUTE)
    goes_to_wang(loop, order)
    page = job_page(loop, order, WANG)

    assert page.do("accept").status_code == 200
    assert status(loop, order) == "accepted"
    does(
        loop,
        ReassignWorkOrder(
            work_order_id=order.id,
            technician_id=loop.person(LI).id,
            expires_at=loop.clock.now() + timedelta(minutes=10),
            reason="还是李强近",
            **by(loop, "赵敏"),
        ),
    )
    declined = job_page(loop, order).do("decline", reason="车坏了")

    assert declined.json()["message"].startswith("已拒单") and declined.json()["data"]["held"] is False
    assert loop.events("WorkOrderDeclined")[0]["reason"] == "车坏了"


def test_a_job_waits_and_goes_on(loop: Loop) -> None:
    order = begin(loop)
    page = job_page(loop, order)
    an_hour_ago = (loop.clock.now() - timedelta(hours=1)).isoformat()

    held = page.do("hold", reason="part", note="压缩机三天后到", device_at=an_hour_ago)
    status_then = held.json()["data"]["head"]["status"]
    going = page.do("resume")

    assert held.json()["message"].startswith(f"工单 {order.number} 已挂起：等配件。会通知客户。")
    assert loop.events("WorkOrderHeld")[0]["note"].startswith("压缩机三天后到（手机离线时记于 ")
    assert (status_then, going.json()["data"]["head"]["status"]) == ("on_hold", "in_progress")


def test_words_are_kept_as_said_and_reach_the_customer(loop: Loop) -> None:
    order = begin(loop)
    page = job_page(loop, order)

    page.do("note", text=HATEFUL)
    told = page.do("tell", text="我再有半小时修好")

    assert told.json()["message"] == f"已转给客户（工单 {order.number}）。"
    assert loop.chen.hears("我再有半小时修好")
    assert loop.events("WorkOrderNoteAdded")[0]["text"] == HATEFUL
    assert any(HATEFUL[:20] in line for line in told.json()["data"]["lines"])
    assert "onerror" not in page.open().text


@pytest.mark.parametrize(
    ("deed", "body", "field"),
    [
        ("note", {"text": "长" * 10_000}, "text"),
        ("tell", {"text": "长" * 10_000}, "text"),
        ("complete", REPORT | {"remedy": "长" * 10_000}, "remedy"),
        ("complete", REPORT | {"hours": "一个半"}, "hours"),
        ("depart", {"latitude": 200}, "latitude"),
        ("depart", {"work_order_id": "00000000-0000-0000-0000-000000000000"}, "work_order_id"),
        ("note", {"photos": ["../../etc/passwd"]}, "photos.0"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(loop: Loop, deed: str, body: dict[str, Any], field: str):
    page = job_page(loop, begin(loop))

    refused = page.do(deed, **body)

    assert refused.status_code == 422 and refused.json()["message"].endswith("请按提示修改后再提交。")
    assert list(refused.json()["fields"]) == [field]


def test_a_job_that_is_over_says_so(loop: Loop) -> None:
    order = begin(loop, far=IN_PROGRESS)
    loop.zhao.says(f"取消 {order.number} 客户自己修好了")
    loop.settle()

    page = job_page(loop, order)

    assert page.data()["message"] == "这张工单已结束，不用再处理。"
    assert page.do("start").json()["code"] == "transition_not_allowed"
