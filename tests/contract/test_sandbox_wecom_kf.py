"""The played 微信客服: pulling, sending, states and welcomes."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.played_wecom import CUSTOMER, World


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.stop()


@pytest.fixture
def linked(world: World) -> World:
    world.wecom.connect(world.receiver.url)
    return world


def test_kf_messages_are_pulled_page_by_page(linked: World) -> None:
    linked.wecom.kf_page_size, linked.wecom.kf_empty_pages = 2, 1
    for number in range(3):
        linked.wecom.customer_says(CUSTOMER, f"第{number}句")
    event = linked.received(3)[0]
    body: dict[str, Any] = {"open_kfid": linked.wecom.kf_open_kfid, "token": linked.kf_token()}

    pages: list[dict[str, Any]] = []
    while not pages or pages[-1]["has_more"]:
        pages.append(linked.call("kf/sync_msg", **body))
        body["cursor"] = pages[-1]["next_cursor"]

    assert [len(page["msg_list"]) for page in pages] == [0, 2, 1]
    assert pages[2]["msg_list"][0]["text"] == {"content": "第2句"}
    assert event.find("FromUserName") is None
    linked.clock.advance(601)
    assert linked.call("kf/sync_msg", **body)["errcode"] == 95007
    del body["token"]
    assert {linked.call("kf/sync_msg", **body)["errcode"] for _ in range(21)} == {0, 45009}


def test_only_three_days_can_be_read_and_a_foreign_cursor_is_refused(world: World) -> None:
    world.wecom.customer_says(CUSTOMER, "旧")
    world.clock.advance(3 * 86400 + 1)
    world.wecom.customer_sends_location(CUSTOMER, name="厂区")
    world.wecom.add_kf_account("wk-other", "另一个")
    page = world.call("kf/sync_msg", open_kfid=world.wecom.kf_open_kfid)

    assert [message["msgtype"] for message in page["msg_list"]] == ["location"]
    assert world.call("kf/sync_msg", open_kfid="wk-other", cursor=page["next_cursor"])["errcode"] == 40058
    assert world.call("kf/sync_msg", open_kfid="wk-none")["errcode"] == 95004


def test_a_new_session_must_be_taken_over_and_allows_five_answers(world: World) -> None:
    world.wecom.customer_says(CUSTOMER, "坏了")
    assert world.kf_text()["errcode"] == 95018
    world.take_over()

    assert [world.kf_text()["errcode"] for _ in range(6)] == [0, 0, 0, 0, 0, 95001]
    world.wecom.customer_says(CUSTOMER, "还在吗")
    assert world.kf_text(msgid="out_1")["msgid"] == "out_1"
    assert [world.kf_text(msgid=bad)["errcode"] for bad in ("out_1", "", "a b")] == [40058] * 3
    world.clock.advance(48 * 3600 + 1)
    world.fresh_token()
    assert world.kf_text()["errcode"] == 95002


def test_a_menu_is_checked_and_its_entry_can_be_tapped(linked: World) -> None:
    linked.wecom.customer_says(CUSTOMER, "坏了")
    linked.take_over()
    click = {"type": "click", "click": {"id": "sev_1", "content": "停产"}}
    place = {"touser": CUSTOMER, "open_kfid": linked.wecom.kf_open_kfid, "msgtype": "msgmenu"}

    assert linked.call("kf/send_msg", **place, msgmenu={"list": [click] * 11})["errcode"] == 95008
    assert linked.call("kf/send_msg", **place, msgmenu={"list": [{"type": "x"}]})["errcode"] == 95009
    assert (
        linked.call("kf/send_msg", **place, msgmenu={"head_content": "程度？", "list": [click]})["errcode"]
        == 0
    )
    assert linked.wecom.chat(f"kf:{CUSTOMER}")[-1].buttons == ("停产",)
    linked.wecom.customer_taps(CUSTOMER, "停产")
    page = linked.call("kf/sync_msg", open_kfid=linked.wecom.kf_open_kfid)
    assert page["msg_list"][-1]["text"]["menu_id"] == "sev_1"


def test_a_welcome_code_works_once_and_is_not_given_again(world: World) -> None:
    for _ in range(2):
        world.wecom.customer_enters(CUSTOMER, scene="qr")
    events = [m["event"] for m in world.call("kf/sync_msg", open_kfid=world.wecom.kf_open_kfid)["msg_list"]]
    welcome = {"code": events[0]["welcome_code"], "msgtype": "text", "text": {"content": "欢迎"}}

    assert [world.call("kf/send_msg_on_event", **welcome)["errcode"] for _ in range(2)] == [0, 41050]
    welcome["code"] = events[1]["welcome_code"]
    world.clock.advance(21)
    assert world.call("kf/send_msg_on_event", **welcome)["errcode"] == 41050
    world.wecom.customer_enters(CUSTOMER)
    page = world.call("kf/sync_msg", open_kfid=world.wecom.kf_open_kfid)
    assert "welcome_code" not in page["msg_list"][-1]["event"]


def test_an_accepted_kf_message_can_fail_afterwards(world: World) -> None:
    world.wecom.customer_says(CUSTOMER, "坏了")
    world.take_over()
    world.kf_text(msgid="out_1")
    world.wecom.fail_sent("out_1", 10)

    event = world.call("kf/sync_msg", open_kfid=world.wecom.kf_open_kfid)["msg_list"][-1]["event"]
    assert (event["event_type"], event["fail_msgid"], event["fail_type"]) == ("msg_send_fail", "out_1", 10)
    assert [message.text for message in world.wecom.chat(f"kf:{CUSTOMER}")] == ["坏了"]


def test_the_bot_is_silent_while_a_human_serves(world: World) -> None:
    world.wecom.customer_says(CUSTOMER, "找人工")
    world.wecom.servicer_says(CUSTOMER, "wang.tech", "我来")
    place = {"open_kfid": world.wecom.kf_open_kfid, "external_userid": CUSTOMER}

    assert world.kf_text()["errcode"] == 95018
    assert world.call("kf/service_state/get", **place)["servicer_userid"] == "wang.tech"
    assert world.call("kf/service_state/trans", **place, service_state=1)["errcode"] == 95016
    assert world.call("kf/service_state/trans", **place, service_state=4)["msg_code"]
    assert world.kf_text()["errcode"] == 95013
    found = world.call("kf/customer/batchget", external_userid_list=[CUSTOMER, "wm-none"])
    assert (found["customer_list"][0]["nickname"], found["invalid_external_userid"]) == (
        "张女士",
        ["wm-none"],
    )
