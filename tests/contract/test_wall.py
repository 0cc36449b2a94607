"""The wall shows what the platforms hold, and what is done on it goes through the platforms' actors."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.wall import Wall
from sandbox.wall.feed import Feed
from sandbox.wall.traffic import body
from tests.support.dingtalk import wait_until
from tests.support.dingtalk_client import Client
from tests.support.played_wecom import CUSTOMER
from tests.support.walled import DESK, LI, LIN, PNG, ROBOTS, ZHANG, Walled, act


@pytest.fixture
def walled() -> Iterator[Walled]:
    walled = Walled()
    yield walled
    walled.stop()


@pytest.fixture
def client(walled: Walled) -> Iterator[Client]:
    """The vendor's client, so that presses reach somebody."""
    sdk = Client(walled.dingtalk)
    walled.dingtalk.wait_connected(10)
    yield sdk
    sdk.stop()


def last(walled: Walled, phone: str, chat: str) -> dict[str, Any]:
    return walled.shows(phone, chat)[-1]


def until(name: str, events: Iterator[str]) -> dict[str, Any]:
    """Read events up to the first of a name; of several of one name the last one stays."""
    told: dict[str, Any] = {}
    while name not in told:
        lines = next(events).splitlines()
        if lines[0].startswith("event: "):
            told[lines[0].removeprefix("event: ")] = json.loads(lines[1].removeprefix("data: "))
    return told


def said(walled: Walled) -> list[tuple[str, str]]:
    return [(entry.chat, entry.text) for entry in walled.journal.entries("said")]


# What is seen.


def test_a_customers_words_stand_on_the_customers_side(walled):
    walled.wecom.customer_says(CUSTOMER, "<b>坏了</b>")

    bubble = last(walled, ZHANG, "kf")

    assert (bubble["side"], bubble["who"], bubble["kind"], bubble["text"]) == (
        "me",
        "张女士",
        "text",
        "<b>坏了</b>",
    )


def test_a_menu_is_shown_with_what_can_be_tapped_and_what_is_a_link(walled):
    walled.send_menu()

    bubble = last(walled, ZHANG, "kf")

    assert (bubble["kind"], bubble["side"], bubble["text"], bubble["tail"]) == (
        "menu",
        "product",
        "请确认",
        "谢谢",
    )
    assert [(item["text"], item["tap"]) for item in bubble["items"]] == [
        ("确认报修", True),
        ("看说明", False),
    ]
    assert bubble["items"][1]["url"] == "https://example.com/"


def test_a_template_card_is_shown_with_rows_form_buttons_and_menu(walled):
    walled.wecom.connect(walled.world.receiver.url)
    walled.world.card("Li.Tech", "t1")

    bubble = last(walled, LIN, "app")

    assert (bubble["kind"], bubble["title"], bubble["text"]) == ("card", "新工单 0007", "压缩机不启动")
    assert bubble["rows"] == [["客户", "华东制药"]]
    assert [button["text"] for button in bubble["buttons"]] == ["接单", "拒单"]
    assert bubble["menu"] == ["静音"]
    assert [(one["id"], one["on"]) for one in bubble["questions"][0]["options"]] == [
        ("60", True),
        ("120", False),
    ]


def test_a_dingtalk_card_is_shown_by_its_variables_and_changes_in_place(walled):
    walled.send_card("c1")
    before = last(walled, LI, "robot")
    change = {"outTrackId": "c1", "cardData": {"cardParamMap": {"status": "已接单", "btn1_show": "false"}}}
    change["cardUpdateOptions"] = {"updateCardDataByKey": True}
    walled.dingtalk_call("/v1.0/card/instances", change, "PUT")

    after = last(walled, LI, "robot")

    assert (before["title"], before["status"], before["buttons"][0]["text"]) == (
        "工单 1024",
        "待接单",
        "接单",
    )
    assert before["text"] == "**故障**：<b>不制冷</b>"
    assert (after["id"], after["status"], after["buttons"]) == (before["id"], "已接单", [])


def test_the_robots_group_shows_what_the_webhook_brought_and_nothing_can_be_said_there(walled):
    walled.world.hook(msgtype="markdown", markdown={"content": "**日报** <font color='info'>3</font>"})

    bubble = last(walled, ROBOTS, "hook")
    refused = walled.post(f"phones/{ROBOTS}/hook/say", {"text": "收到", "speaker": "li"})

    assert (bubble["kind"], bubble["side"]) == ("markdown", "product")
    assert refused.status_code == 400
    assert "平台不支持" in refused.json()["error"]


def test_an_open_page_is_told_only_what_changed(walled):
    walled.wecom.customer_says(CUSTOMER, "第一句")
    events = Feed(walled.board, lambda: False).events()
    first = until("beside", events)
    walled.wecom.customer_says(CUSTOMER, "第二句")

    second = until("chat", events)

    assert [bubble["text"] for bubble in first["chat"]["set"]] == ["第一句"]
    assert [bubble["text"] for bubble in second["chat"]["set"]] == ["第二句"]
    assert walled.wall.token not in str(first)


def test_an_open_page_begins_anew_when_another_board_is_shown(walled):
    told: list[str] = []
    reading = threading.Thread(target=lambda: told.extend(name for name, _ in walled.events("again")))
    reading.start()

    # The page may not be open yet; a page that opens later sees the newest board at once.
    while reading.is_alive():
        walled.wall.show(walled.new_board())
        reading.join(0.1)

    assert (told[0], told[-1]) == ("hello", "again")


def test_wire_traffic_tells_direction_path_code_latency_and_the_decrypted_body(walled):
    walled.wecom.connect(walled.world.receiver.url)
    walled.does(f"phones/{LIN}/app/say", text="我的工单")
    walled.world.received()
    walled.world.entries("callback")

    rows = [row for name, data in walled.events("beside") if name == "wire" for row in data["rows"]]
    callback = next(row for row in rows if row["kind"] == "callback")
    opened = walled.get(f"wire/{callback['n']}").text

    assert (callback["platform"], callback["dir"], callback["path"], callback["code"]) == (
        "wecom",
        "out",
        "text",
        "200",
    )
    assert callback["ms"] >= 0
    assert "<Content>" in opened
    assert "我的工单" in opened


def test_no_secret_stands_in_the_traffic(walled):
    walled.world.fresh_token()
    walled.send_card("c1")

    bodies = "".join(body(entry) for entry in walled.journal.entries())

    for secret in (walled.wecom.secret, walled.dingtalk.client_secret, walled.world.token):
        assert secret not in bodies


# What is done.


@pytest.mark.parametrize(
    ("phone", "chat", "name"),
    [(ZHANG, "kf", f"kf:{CUSTOMER}"), (LIN, "app", "user:Li.Tech"), (LI, "robot", "user:li")],
)
def test_words_are_said_in_the_owners_chat(walled, phone, chat, name):
    walled.does(f"phones/{phone}/{chat}/say", text=" 进度 ")

    assert (name, last(walled, phone, chat)["text"]) == (said(walled)[-1][0], "进度")


def test_a_menu_is_tapped_with_its_id(walled):
    walled.send_menu()
    bubble = last(walled, ZHANG, "kf")

    walled.does(f"phones/{ZHANG}/kf/press", bubble=bubble["id"], label="确认报修")

    entry = walled.wecom._kf.logs[walled.wecom.kf_open_kfid][-1].message
    assert entry["text"] == {"content": "确认报修", "menu_id": "1"}


def test_a_template_card_is_pressed_with_the_form_as_it_was_filled(walled):
    walled.wecom.connect(walled.world.receiver.url)
    walled.world.card("Li.Tech", "t1")
    walled.world.card("Li.Tech", "t2")
    older, _ = walled.shows(LIN, "app")

    walled.does(f"phones/{LIN}/app/press", bubble=older["id"], label="接单", selected={"eta": ["120"]})

    event = walled.world.received()[-1]
    assert (event.findtext("TaskId"), event.findtext("EventKey")) == ("t1", "job.accept")
    assert event.findtext(".//OptionId") == "120"


def test_the_button_of_this_very_card_is_pressed_on_dingtalk(walled, client):
    walled.send_card("c1")
    walled.send_card("c2")
    older, _ = walled.shows(LI, "robot")

    told = walled.does(f"phones/{LI}/robot/press", bubble=older["id"], label="接单")

    assert (told["code"], told["error"]) == (200, "")
    assert client.card.received[-1]["outTrackId"] == "c1"


def test_a_card_in_the_group_is_pressed_as_whoever_was_chosen(walled, client):
    walled.send_card("g1", f"IM_GROUP.{walled.group}")

    walled.does(
        f"phones/{DESK}/desk/press", bubble=last(walled, DESK, "desk")["id"], label="接单", speaker="zhao"
    )

    assert client.card.received[-1]["userId"] == "zhao"


def test_in_the_group_one_mentions_others_and_quotes(walled, client):
    walled.does(f"phones/{LI}/desk/say", text="谁有空")
    first = last(walled, DESK, "desk")

    walled.does(f"phones/{DESK}/desk/say", text="你去吧", speaker="zhao", at=["li"], quoting=first["id"])

    shown = last(walled, LI, "desk")
    assert (shown["who"], shown["side"], "@李工" in shown["text"]) == ("赵调度", "them", True)
    assert "谁有空" in shown["quote"]
    wait_until(lambda: len(client.robot.received) == 2, "both messages")
    assert "谁有空" in str(client.robot.received[-1]["text"])


@pytest.mark.parametrize(("phone", "chat"), [(ZHANG, "kf"), (LIN, "app"), (LI, "robot"), (LI, "desk")])
def test_a_photo_is_sent_and_shown(walled, phone, chat):
    answer = walled.post(f"phones/{phone}/{chat}/photo", data=PNG)

    bubble = last(walled, phone, chat)
    shown = walled.get(f"media/{bubble['media']}")
    assert answer.status_code == 200
    assert (bubble["kind"], shown.content, shown.headers["Content-Type"]) == ("picture", PNG, "image/png")


@pytest.mark.parametrize(("phone", "chat"), [(ZHANG, "kf"), (LIN, "app"), (LI, "robot")])
def test_a_voice_is_sent(walled, phone, chat):
    walled.does(f"phones/{phone}/{chat}/voice", text="压缩机换好了")

    bubble = last(walled, phone, chat)
    assert bubble["kind"] == "voice"
    assert bubble["text"] == ("压缩机换好了" if phone == LI else "")


@pytest.mark.parametrize(("phone", "chat"), [(ZHANG, "kf"), (LIN, "app")])
def test_a_place_is_sent_where_the_platform_brings_it_to_the_product(walled, phone, chat):
    walled.does(f"phones/{phone}/{chat}/place", text="三号门", latitude=31.2, longitude=121.6)

    bubble = last(walled, phone, chat)
    assert (bubble["kind"], bubble["text"]) == ("place", "三号门")
    assert walled.post(f"phones/{LI}/robot/place", {"text": "三号门"}).status_code == 400


@pytest.mark.parametrize(("phone", "chat"), [(ZHANG, "kf"), (LIN, "app")])
def test_a_chat_is_entered(walled, phone, chat):
    walled.does(f"phones/{phone}/{chat}/enter")

    assert "进入" in said(walled)[-1][1]


# Faults, clock and acts.


@pytest.mark.parametrize(("mode", "errcode"), [("ok", 0), ("throttle", 45009), ("drop", 0)])
def test_a_fault_disturbs_what_the_product_calls(walled, mode, errcode):
    walled.does("switches/wecom/mode", value=mode)

    answer = walled.world.send("Li.Tech")

    assert answer["errcode"] == errcode
    assert bool(walled.shows(LIN, "app")) == (mode == "ok")
    assert walled.board.switches.told()["wecom"]["mode"] == mode


def test_switches_turn_back_and_the_other_platform_stays_as_it_was(walled):
    for value in ("down", "ok"):
        walled.does("switches/dingtalk/mode", value=value)
    for name in ("twice", "lost"):
        walled.does(f"switches/wecom/{name}", value=True)

    told = walled.board.switches.told()

    assert (told["dingtalk"]["mode"], told["dingtalk"]["twice"], told["wecom"]["twice"]) == (
        "ok",
        False,
        True,
    )
    assert (walled.wecom.duplicate_callbacks, walled.wecom.drop_callbacks) == (1, True)


def test_the_connection_is_cut_and_tokens_expire(walled, client):
    token = walled.world.fresh_token()

    walled.does("once/cut")
    walled.does("once/expire_wecom")
    walled.does("once/expire_dingtalk")

    assert walled.world.get("kf/account/list", access_token=token)["errcode"] in (40014, 42001)
    wait_until(lambda: walled.dingtalk.connections() >= 1, "the client to come back", 15)


def test_an_act_is_played_once_at_a_time_and_told(walled):
    go = threading.Event()

    def play() -> None:
        walled.playbill.narrate("  ✓ 看到了")
        assert go.wait(10)

    walled.playbill.offer([act("a", play)])
    walled.does("acts/a")
    again = walled.post("acts/a")
    go.set()
    wait_until(lambda: not walled.playbill.told()["running"], "the end")

    assert (again.status_code, "正在演" in again.json()["error"]) == (409, True)
    assert walled.playbill.told()["lines"] == ["  ✓ 看到了", "✓ “第a幕”演完了"]


def test_an_act_that_misses_a_step_says_which(walled):
    def play() -> None:
        raise LookupError("客户看到回执")

    walled.playbill.offer([act("a", play)])
    walled.does("acts/a")
    wait_until(lambda: not walled.playbill.told()["running"], "the end")

    assert walled.playbill.told()["lines"] == ["✗ “第a幕”没有演完：客户看到回执"]


def test_everything_is_made_anew_on_request(walled):
    walled.does("reset")

    assert walled.was_reset.wait(5)


def test_a_wall_that_never_started_stops(walled):
    Wall(walled.new_board()).stop()
