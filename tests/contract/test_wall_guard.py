"""What the wall refuses: other sites, other names, wrong tokens, what is nowhere; nothing changes."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.wall import Board
from tests.support.walled import DESK, LI, PNG, ZHANG, Walled

SAY = f"phones/{ZHANG}/kf/say"


@pytest.fixture(scope="module")
def standing() -> Iterator[Walled]:
    """One wall for all tests, because none of them may change anything."""
    walled = Walled()
    yield walled
    walled.stop()


@pytest.fixture
def walled(standing: Walled) -> Iterator[Walled]:
    yield standing
    assert not standing.journal.entries("said")
    assert not standing.journal.entries("pressed")


def error(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["error"])


@pytest.mark.parametrize("path", ["", "events", "static/main.js", "media/wecom/x", "wire/1"])
def test_another_host_name_is_not_answered(walled, path):
    assert error(walled.get(path, Host="evil.example:80"))[0] == 421
    assert error(walled.post(SAY, {"text": "x"}, Host="evil.example"))[0] == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Wall-Token": ""},
        {"X-Wall-Token": "guess"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", [SAY, "once/cut", "reset", "clock/day", "acts/a", "switches/wecom/mode"])
def test_another_site_cannot_do_anything(walled, path, headers):
    answer = walled.post(path, {"text": "x", "value": "down"}, **headers)

    assert answer.status_code == 403
    assert walled.board.switches.told()["wecom"]["mode"] == "ok"
    assert not walled.was_reset.is_set()
    assert walled.board.clock.ahead_s == 0


def test_another_site_cannot_read_either(walled):
    assert walled.get("events", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert walled.get("media/wecom/x", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert walled.get("", **{"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "facts", "status", "words"),
    [
        ("phones/nobody/kf/say", {"text": "x"}, 404, "墙上没有这部手机"),
        (f"phones/{ZHANG}/desk/say", {"text": "x"}, 404, "没有会话"),
        (f"phones/{ZHANG}/kf/fly", {}, 400, "平台不支持"),
        (SAY, {}, 400, "没有内容"),
        (SAY, {"text": "   "}, 400, "没有内容"),
        (SAY, {"text": 7}, 400, "应为文字"),
        (SAY, {"text": "长" * 20_001}, 413, "太长"),
        (SAY, {"text": "x", "speaker": "li"}, 400, "不能替别人说话"),
        (SAY, {"text": "x", "speaker": 7}, 400, "应为文字"),
        (SAY, ["x"], 400, "JSON 对象"),
        (f"phones/{DESK}/desk/say", {"text": "x"}, 400, "以谁的身份"),
        (f"phones/{DESK}/desk/say", {"text": "x", "speaker": "qian"}, 400, "以谁的身份"),
        (f"phones/{LI}/desk/say", {"text": "x", "at": "li"}, 400, "一组文字"),
        (f"phones/{LI}/desk/say", {"text": "x", "at": ["nobody"]}, 409, "没有这个人"),
        (f"phones/{LI}/desk/say", {"text": "x", "quoting": "99"}, 404, "已经不在"),
        (f"phones/{ZHANG}/kf/press", {"bubble": "none", "label": "接单"}, 404, "已经不在"),
        (f"phones/{ZHANG}/kf/place", {"text": "门", "latitude": 91, "longitude": 0}, 400, "纬度"),
        (f"phones/{ZHANG}/kf/place", {"text": "门", "latitude": True, "longitude": 0}, 400, "纬度"),
        ("switches/telegram/mode", {"value": "down"}, 404, "没有这个平台"),
        ("switches/wecom/mode", {"value": "explode"}, 400, "开关"),
        ("switches/wecom/mode", {"value": ["down"]}, 400, "开关"),
        ("switches/wecom/twice", {"value": "yes"}, 400, "开关"),
        ("switches/wecom/secret", {"value": True}, 400, "开关"),
        ("once/explode", {}, 404, "没有这个操作"),
        ("clock/year", {}, 400, "时钟"),
        ("acts/none", {}, 404, "一幕"),
        ("nowhere", {}, 404, "没有"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(walled, path, facts, status, words):
    told = error(walled.post(path, facts))

    assert told[0] == status
    assert words in told[1]


def test_a_button_that_is_not_there_cannot_be_pressed(walled):
    walled.send_card("mine")
    card = walled.shows(LI, "robot")[-1]

    told = error(walled.post(f"phones/{LI}/robot/press", {"bubble": card["id"], "label": "删除一切"}))

    assert told == (409, "这条消息上现在没有“删除一切”按钮")


def test_a_member_who_does_not_see_a_card_cannot_press_it_in_the_groups_name(walled):
    walled.send_card("c1")
    card = walled.shows(LI, "robot")[-1]

    told = error(
        walled.post(f"phones/{DESK}/desk/press", {"bubble": card["id"], "label": "接单", "speaker": "zhao"})
    )

    assert told[0] == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 415), (b"<svg onload=alert(1)>", 415), (b"GIF89a....", 415), (b"MZ" + bytes(90), 415)],
)
def test_only_pictures_are_sent_as_pictures(walled, content, status):
    assert walled.post(f"phones/{ZHANG}/kf/photo", data=content).status_code == status


@pytest.mark.parametrize(
    ("path", "size"), [(SAY, 257 * 1024), (f"phones/{ZHANG}/kf/photo", 10 * 1024 * 1024 + 1)]
)
def test_a_body_that_is_too_large_is_not_read(walled, path, size):
    """The length alone decides, so the test need not send that much."""
    host = walled.wall.url.removeprefix("http://").rstrip("/")
    request = requests.Request("POST", f"{walled.wall.url}{path}", data=PNG).prepare()
    request.headers.update({"X-Wall-Token": walled.wall.token, "Content-Length": str(size), "Host": host})

    with requests.Session() as session:
        answer = session.send(request, timeout=5)

    assert error(answer)[0] == 413


@pytest.mark.parametrize(
    "name", ["../phones.py", "..%2fphones.py", "%2e%2e/%2e%2e/core/http.py", "no.js", ""]
)
def test_only_the_pages_own_files_are_served(walled, name):
    assert walled.get(f"static/{name}").status_code in (404, 405)


@pytest.mark.parametrize("name", ["wecom/x", "dingtalk/x", "dingtalk-sent/x", "other/x", "wecom/../../x"])
def test_media_that_nobody_sent_is_not_found(walled, name):
    assert walled.get(f"media/{name}").status_code == 404


def test_what_is_no_picture_is_never_shown_as_one(walled):
    code = walled.dingtalk._robot.keep_file(b"<script>alert(1)</script>")

    answer = walled.get(f"media/dingtalk-sent/{code}")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert (answer.headers["Content-Disposition"], answer.headers["X-Content-Type-Options"]) == (
        "attachment",
        "nosniff",
    )


@pytest.mark.parametrize("path", ["", "static/main.js", "media/wecom/x"])
def test_every_answer_has_the_strict_policy(walled, path):
    policy = walled.get(path).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("'self'", "")


def test_a_wall_without_reset_says_so(walled):
    board: Board = walled.new_board()
    board.reset = None
    walled.wall.show(board)

    told = error(walled.post("reset"))

    walled.wall.show(walled.board)
    assert told == (404, "这里不能重置")


def test_get_does_nothing(walled: Any):
    assert walled.get(SAY).status_code == 405
