"""The played WeCom itself: what it refuses, what it shows, how it calls back."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from sandbox.core.faults import Fault
from sandbox.wecom import CallbackCrypto, CryptoError, VerificationFailed, sign
from tests.support.played_wecom import World, offer

OFFICIAL_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
OFFICIAL_CIPHER = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/s"
    "YYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJ"
    "YuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGU"
    "callcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDY"
    "A5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.stop()


@pytest.fixture
def linked(world: World) -> World:
    world.wecom.connect(world.receiver.url)
    return world


def test_the_official_vector_is_signed_and_opened() -> None:
    crypto = CallbackCrypto("QDG6eK", OFFICIAL_KEY, "wx5823bf96d3bd56c7")

    message = ElementTree.fromstring(crypto.decrypt(OFFICIAL_CIPHER))

    signature = sign("QDG6eK", "1409659813", "1372623149", OFFICIAL_CIPHER)
    assert signature == "477715d11cdb4164915debcba66cb864d751f3e6"
    assert (message.findtext("Content"), message.findtext("FromUserName")) == ("hello", "mycreate")


def test_every_padding_length_survives_and_another_receiver_is_refused() -> None:
    crypto = CallbackCrypto("t", OFFICIAL_KEY, "ww1")

    assert all(crypto.decrypt(crypto.encrypt("x" * length)) == "x" * length for length in range(70))
    with pytest.raises(CryptoError, match="-40005"):
        crypto.decrypt(crypto.encrypt("x", "ww2"))


def test_a_url_that_adds_a_line_break_is_not_connected(world: World) -> None:
    world.receiver.echo_suffix = "\n"

    with pytest.raises(VerificationFailed):
        world.wecom.connect(world.receiver.url)

    assert world.wecom.callback_url == ""


def test_token_errors_come_before_parameter_errors(world: World) -> None:
    assert world.get("message/send")["errcode"] == 41001
    assert world.get("message/send", access_token="no")["errcode"] == 40014
    assert world.get("gettoken", corpid=world.wecom.corp_id, corpsecret="no")["errcode"] == 40001
    assert world.get("message/send", access_token=world.fresh_token())["errcode"] == 40058


def test_a_token_expires_and_can_be_revoked(world: World) -> None:
    first = world.fresh_token()
    world.clock.advance(7201)
    expired = world.send("li.tech")["errcode"]
    second = world.fresh_token()
    world.wecom.revoke_tokens()

    assert (expired, world.send("li.tech")["errcode"]) == (42001, 40014)
    assert first != second != world.fresh_token()
    assert world.send("li.tech")["errcode"] == 0


def test_json_is_read_without_a_content_type_and_secrets_stay_out_of_the_journal(world: World) -> None:
    url = f"{world.wecom.api_base}/cgi-bin/user/getuserid?access_token={world.fresh_token()}"
    answer = requests.post(url, data=b'{"mobile":"13800000001"}', headers={"Content-Type": ""}, timeout=5)

    assert answer.json()["userid"] == "Li.Tech"
    assert world.token not in str(world.journal.entries("call"))
    assert world.wecom.secret not in str(world.journal.entries("call"))


def test_some_bad_receivers_are_listed_and_only_bad_ones_are_an_error(world: World) -> None:
    partly = world.send("LI.TECH|Nobody|wang.tech")

    assert (partly["errcode"], partly["invaliduser"]) == (0, "nobody")
    assert [entry.chat for entry in world.journal.entries("shown")] == ["user:Li.Tech", "user:wang.tech"]
    assert world.send("nobody")["errcode"] == 81013
    assert world.call("message/send", touser="@all", agentid=1, msgtype="text")["errcode"] == 301002
    assert world.send("@all", text={"content": ""})["errcode"] == 44004


def test_a_long_text_is_cut_at_2048_bytes_between_characters(world: World) -> None:
    world.send("li.tech", text={"content": "修" * 1000})

    assert world.wecom.chat("user:Li.Tech")[-1].text == "修" * 682


def test_the_31st_message_of_a_minute_vanishes_without_an_error(world: World) -> None:
    codes = {world.send("li.tech")["errcode"] for _ in range(31)}
    dropped = world.journal.entries("dropped")
    world.clock.advance(61)
    world.send("li.tech")

    assert codes == {0}
    assert [entry.chat for entry in dropped] == ["user:Li.Tech"]
    assert len(world.wecom.chat("user:Li.Tech")) == 31


def test_the_same_json_twice_is_shown_once_when_the_check_is_on(world: World) -> None:
    for _ in range(2):
        world.send("li.tech", text={"content": "一次"}, enable_duplicate_check=1)

    assert len(world.wecom.chat("user:Li.Tech")) == 1


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        (42014, {"task_id": "a b"}),
        (42014, {"task_id": ""}),
        (42031, {"card_type": "poster"}),
        (42033, {"main_title": {}}),
        (42038, {"button_list": [{"key": "k"}]}),
        (42039, {"button_list": [{"text": "x"}]}),
        (40058, {"button_list": []}),
        (42035, {"horizontal_content_list": [{"keyname": "k"}] * 7}),
        (42042, {"jump_list": [{"title": "t"}] * 4}),
        (42051, {"action_menu": {"action_list": [{"text": "a", "key": "k"}] * 2}}),
        (42043, {"button_selection": {"option_list": [{"id": "1", "text": "x"}]}}),
        (42045, {"card_type": "text_notice"}),
    ],
)
def test_a_faulty_card_is_refused_with_its_code(linked: World, code: int, changes: dict[str, Any]) -> None:
    assert linked.card("li.tech", "job-1", **changes)["errcode"] == code
    assert linked.wecom.chat("user:Li.Tech") == []


def test_interactive_cards_need_a_callback_url_and_a_new_task_id(world: World) -> None:
    without = world.card("li.tech", "job-1")["errcode"]
    world.wecom.connect(world.receiver.url)

    assert (without, world.card("li.tech", "job-1")["errcode"]) == (43012, 0)
    assert world.card("li.tech", "job-1")["errcode"] == 42014


def test_a_press_calls_back_and_its_code_updates_only_the_presser_once(linked: World) -> None:
    sent = linked.card("li.tech|wang.tech", "job-1")
    linked.wecom.member_presses("li.tech", "接单", contains="华东制药", selected={"eta": ["120"]})
    event = linked.received()[0]
    change = {
        "userids": ["li.tech", "wang.tech"],
        "agentid": linked.wecom.agent_id,
        "button": {"replace_name": "已接单"},
    }
    code = event.findtext("ResponseCode")

    first = linked.call("message/update_template_card", response_code=code, **change)
    again = linked.call("message/update_template_card", response_code=code, **change)

    assert (event.findtext("EventKey"), event.findtext("TaskId")) == ("job.accept", "job-1")
    assert event.findtext("SelectedItems/SelectedItem/OptionIds/OptionId") == "120"
    assert (first["invaliduser"], again["errcode"]) == (["wang.tech"], 42022)
    assert linked.wecom.chat("user:Li.Tech")[0].buttons == ("静音",)
    assert "〔已接单〕" in linked.wecom.chat("user:Li.Tech")[0].text
    assert linked.wecom.chat("user:wang.tech")[0].buttons == ("接单", "拒单", "静音")
    change["userids"] = ["wang.tech"]
    assert (
        linked.call("message/update_template_card", response_code=sent["response_code"], **change)["errcode"]
        == 0
    )
    with pytest.raises(LookupError, match="接单"):
        linked.wecom.member_presses("wang.tech", "接单")


def test_a_whole_new_card_replaces_the_old_one_until_72_hours_passed(linked: World) -> None:
    early, late = (linked.card("li.tech", name)["response_code"] for name in ("job-1", "job-2"))
    notice = {
        "card_type": "text_notice",
        "main_title": {"title": "已由王工接单"},
        "card_action": {"type": 1, "url": "https://example.com"},
    }
    change = {"userids": ["li.tech"], "agentid": linked.wecom.agent_id, "template_card": notice}

    assert linked.call("message/update_template_card", response_code=early, **change)["errcode"] == 0
    assert linked.call("message/update_template_card", response_code="?", **change)["errcode"] == 40058
    assert linked.wecom.chat("user:Li.Tech")[0].text == "已由王工接单"
    linked.clock.advance(72 * 3600 + 1)
    linked.fresh_token()
    assert linked.call("message/update_template_card", response_code=late, **change)["errcode"] == 42022


def test_member_words_survive_markup_and_an_invented_press_arrives(linked: World) -> None:
    msgid = linked.wecom.member_says("li.tech", "停机 ]]> <b>&amp;")
    text = linked.received(1)[0]
    linked.wecom.press_raw("wang.tech", "job.accept", "job-404")

    assert (text.findtext("Content"), text.findtext("MsgId")) == ("停机 ]]> <b>&amp;", msgid)
    assert linked.received(2)[1].findtext("TaskId") == "job-404"


def test_members_send_media_and_places_and_enter(linked: World) -> None:
    linked.wecom.member_sends("li.tech", "image", content=b"\x89PNG\r\n\x1a\nreal")
    media_id = linked.received(1)[0].findtext("MediaId") or ""
    linked.wecom.member_sends("li.tech", "location", Label="张江")
    assert linked.received(2)[1].findtext("Label") == "张江"
    linked.wecom.member_enters("li.tech")

    assert linked.received(3)[2].findtext("Event") == "enter_agent"
    url = f"{linked.wecom.api_base}/cgi-bin/media/get"
    query = {"access_token": linked.fresh_token(), "media_id": media_id}
    assert requests.get(url, params=query, timeout=5).content == b"\x89PNG\r\n\x1a\nreal"
    linked.clock.advance(3 * 86400)
    query["access_token"] = linked.fresh_token()
    assert requests.get(url, params=query, timeout=5).json()["errcode"] == 40007


def test_uploads_are_checked_for_emptiness_type_and_size(world: World) -> None:
    url = f"{world.wecom.api_base}/cgi-bin/media/upload?access_token={world.fresh_token()}&type="

    def upload(kind: str, content: bytes) -> dict[str, Any]:
        return dict(requests.post(url + kind, files={"media": ("报告.pdf", content)}, timeout=5).json())

    assert upload("file", b"")["errcode"] == 44001
    assert upload("file", b"12345")["errcode"] == 40006
    assert upload("voice", b"0" * (2 * 1024 * 1024 + 1))["errcode"] == 45001
    assert upload("image", b"not an image")["errcode"] == 40123
    media_id = upload("file", b"123456")["media_id"]
    assert world.send("li.tech", "file", file={"media_id": media_id})["errcode"] == 0
    assert world.send("li.tech", "image", image={"media_id": media_id})["errcode"] == 40007


def test_a_failing_callback_is_retried_three_times_and_then_lost(linked: World) -> None:
    linked.wecom.retry_after_s = 0.05
    linked.receiver.answers = [(500, b"")] * 4

    linked.wecom.member_says("li.tech", "丢了")
    linked.entries("lost")

    assert [entry.data["status"] for entry in linked.journal.entries("callback")] == [500] * 4
    assert len(set(linked.receiver.sealed)) == 1


def test_retries_may_be_encrypted_anew_and_duplicates_ordered(linked: World) -> None:
    linked.wecom.retry_after_s, linked.wecom.reencrypt_retries = 0.05, True
    linked.receiver.answers = [(302, b""), (200, b"")]
    linked.wecom.member_says("li.tech", "再来")
    linked.received(2)
    linked.wecom.duplicate_callbacks = 2
    linked.wecom.member_says("li.tech", "三份")

    assert [element.findtext("Content") for element in linked.received(5)] == ["再来"] * 2 + ["三份"] * 3
    assert len(set(linked.receiver.sealed)) == 3


def test_a_passive_reply_is_shown_and_one_with_wrong_names_is_not(linked: World) -> None:
    for sender, to in ((linked.wecom.corp_id, "Li.Tech"), ("Li.Tech", linked.wecom.corp_id)):
        names = f"<ToUserName>{to}</ToUserName><FromUserName>{sender}</FromUserName>"
        cipher = linked.receiver.crypto.encrypt(
            f"<xml>{names}<MsgType>text</MsgType><Content>在</Content></xml>"
        )
        signature = sign(linked.wecom.token, "1", "2", cipher)
        sealed = f"<Encrypt>{cipher}</Encrypt><MsgSignature>{signature}</MsgSignature>"
        reply = f"<xml>{sealed}<TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>".encode()
        linked.receiver.answers.append((200, reply))
    linked.wecom.member_says("li.tech", "在吗")
    linked.entries("shown")
    linked.wecom.member_says("li.tech", "在吗")
    linked.entries("dropped")

    assert [message.text for message in linked.wecom.chat("user:Li.Tech")] == ["在吗", "在", "在吗"]


def test_tampered_and_stale_callbacks_can_be_made(linked: World) -> None:
    query, body = linked.wecom.encrypt_callback("<xml/>", timestamp="1409659813", receive_id="ww-other")

    assert query["timestamp"] == "1409659813"
    assert linked.wecom.post_raw(body, query).status == 500


def test_a_group_robot_takes_twenty_messages_a_minute(world: World) -> None:
    text = {"content": "超时", "mentioned_list": ["wang.tech"]}

    assert [world.hook(msgtype="text", text=text)["errcode"] for _ in range(21)] == [0] * 20 + [45009]
    world.clock.advance(61)
    assert world.hook(msgtype="template_card", template_card=offer("j"))["errcode"] == 42031
    assert world.hook(msgtype="markdown", markdown={"content": "x" * 4097})["errcode"] == 40058
    assert world.wecom.chat(f"group:{world.wecom.webhook_key}")[0].text == "超时 @wang.tech"
    assert (
        requests.post(world.wecom.webhook_url + "x", json={"msgtype": "text"}, timeout=5).json()["errcode"]
        == 93000
    )


def test_faults_are_honoured_field_by_field(world: World) -> None:
    html, limited = Fault(status=502, body="<html>502"), Fault(error={"errcode": 45009})
    for fault in (html, limited, Fault(drop=True), Fault(reset=True), Fault(delay_s=0.1)):
        world.faults.once("message/send", fault)
    url = f"{world.wecom.api_base}/cgi-bin/message/send?access_token={world.fresh_token()}"
    body = {
        "touser": "li.tech",
        "agentid": world.wecom.agent_id,
        "msgtype": "text",
        "text": {"content": "嗨"},
    }

    broken = requests.post(url, json=body, timeout=5)
    assert (broken.status_code, broken.text) == (502, "<html>502")
    assert world.send("li.tech")["errcode"] == 45009
    assert (world.send("li.tech")["errcode"], world.wecom.chat("user:Li.Tech")) == (0, [])
    with pytest.raises(requests.ConnectionError):
        world.send("li.tech")
    assert len(world.wecom.chat("user:Li.Tech")) == 1
    assert world.send("li.tech")["errcode"] == 0
