"""The played DingTalk, seen through the vendor's own unmodified client and plain HTTP."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Fault, Faults
from sandbox.core.journal import Entry, Journal
from sandbox.dingtalk import DingtalkSandbox, PressResult
from tests.support.dingtalk_client import CARD_TOPIC, ROBOT_TOPIC, Client

BUILT_IN = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
Post = Callable[..., requests.Response]


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock()


@pytest.fixture
def journal(clock: SandboxClock) -> Journal:
    return Journal(clock)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def sandbox(clock: SandboxClock, journal: Journal, faults: Faults) -> Iterator[DingtalkSandbox]:
    played = DingtalkSandbox(clock, journal, faults)
    for userid, name in (("li", "李工"), ("wang", "王工"), ("zhao", "赵调度")):
        played.add_user(userid, name, mobile=f"1380000000{len(userid)}")
    played.start()
    yield played
    played.stop()


@pytest.fixture
def group(sandbox: DingtalkSandbox) -> str:
    return sandbox.add_group("售后调度群", ["li", "wang", "zhao"])


@pytest.fixture
def client(sandbox: DingtalkSandbox) -> Iterator[Client]:
    sdk = Client(sandbox)
    sandbox.wait_connected(5)
    yield sdk
    sdk.stop()


@pytest.fixture
def post(sandbox: DingtalkSandbox) -> Post:
    credentials = {"appKey": sandbox.client_id, "appSecret": sandbox.client_secret}
    answer = requests.post(f"{sandbox.api_base}/v1.0/oauth2/accessToken", json=credentials, timeout=5)
    token = answer.json()["accessToken"]

    def call(path: str, body: dict[str, Any], method: str = "POST") -> requests.Response:
        headers = {"x-acs-dingtalk-access-token": token}
        query = {"access_token": token}
        return requests.request(
            method, f"{sandbox.api_base}{path}", json=body, headers=headers, params=query, timeout=5
        )

    return call


def own_card(sandbox: DingtalkSandbox, space: str, track: str, **changes: Any) -> dict[str, Any]:
    variables = {"title": "工单 1024", "status": "待接单", "body": "空调不制冷"}
    variables |= {"btn1_text": "接单", "btn1_action": "1:wo.accept:1024", "btn1_show": "true"}
    return {
        "cardTemplateId": sandbox.card_template_id,
        "outTrackId": track,
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": variables},
        "openSpaceId": f"dtv1.card//{space}",
        "imGroupOpenSpaceModel": {"supportForward": False},
        "imGroupOpenDeliverModel": {"robotCode": sandbox.robot_code},
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
        **changes,
    }


def deliver(post: Post, body: dict[str, Any]) -> dict[str, Any]:
    answer = post("/v1.0/card/instances/createAndDeliver", body)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()["result"]["deliverResults"][0]
    return result


def acks(journal: Journal, topic: str) -> list[Entry]:
    return [entry for entry in journal.entries("ack") if entry.data.get("topic") == topic]


def open_ticket(sandbox: DingtalkSandbox) -> str:
    body = {"clientId": sandbox.client_id, "clientSecret": sandbox.client_secret, "subscriptions": []}
    answer = requests.post(f"{sandbox.api_base}/v1.0/gateway/connections/open", json=body, timeout=5)
    assert answer.headers["content-type"].startswith("application/xml"), "no Accept: application/json"
    headers = {"Accept": "application/json"}
    opened = requests.post(
        f"{sandbox.api_base}/v1.0/gateway/connections/open", json=body, headers=headers, timeout=5
    ).json()
    return f"{opened['endpoint']}?ticket={opened['ticket']}"


def test_a_message_reaches_the_client_and_is_acknowledged(
    sandbox: DingtalkSandbox, client: Client, journal: Journal, group: str
):
    msg_id = sandbox.user_says("li", "你好", group=group)
    journal.wait_for(lambda: acks(journal, ROBOT_TOPIC), 5, "ack")

    message = client.robot.received[0]
    assert message["msgId"] == msg_id
    assert message["text"]["content"] == " 你好"
    assert message["senderStaffId"] == "li"
    assert message["conversationId"] == group
    assert acks(journal, ROBOT_TOPIC)[0].data["code"] == 200


def test_a_stranger_has_no_staff_id_and_can_be_answered_by_the_session(
    sandbox: DingtalkSandbox, client: Client, journal: Journal, clock: SandboxClock
):
    sandbox.stranger_says("过客", "在吗")
    journal.wait_for(lambda: client.robot.received, 5, "message")

    message = client.robot.received[0]
    assert "senderStaffId" not in message
    body = {"msgtype": "text", "text": {"content": "请先绑定"}}
    assert requests.post(message["sessionWebhook"], json=body, timeout=5).json()["errcode"] == 0
    assert sandbox.chat("user:stranger:过客")[-1].text == "请先绑定"
    clock.advance(5401)
    assert requests.post(message["sessionWebhook"], json=body, timeout=5).json()["errcode"] == 300001


def test_an_unacknowledged_message_comes_again_with_the_same_msg_id(
    sandbox: DingtalkSandbox, client: Client, journal: Journal
):
    sandbox.redeliver_after_s = 0.1
    tries: list[int] = []

    def fail_once(_: dict[str, Any]) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("no ack")

    client.robot.answer = fail_once
    msg_id = sandbox.user_says("li", "重要")
    journal.wait_for(lambda: len(acks(journal, ROBOT_TOPIC)) == 2, 5, "second ack")

    assert [message["msgId"] for message in client.robot.received] == [msg_id, msg_id]
    assert [entry.data["no_ack"] for entry in acks(journal, ROBOT_TOPIC)] == [True, False]
    pushed = [e.data["message_id"] for e in journal.entries("callback") if e.data["msg_id"] == msg_id]
    assert len(set(pushed)) == 2


def test_duplicates_can_be_ordered(sandbox: DingtalkSandbox, client: Client, journal: Journal):
    sandbox.duplicate_deliveries = 2
    sandbox.user_says("li", "三次")

    journal.wait_for(lambda: len(acks(journal, ROBOT_TOPIC)) == 3, 5, "three acks")
    assert len({message["msgId"] for message in client.robot.received}) == 1


def test_nothing_is_queued_without_a_socket(sandbox: DingtalkSandbox, journal: Journal):
    sandbox.user_says("li", "有人吗")

    assert journal.entries("lost")[0].data["reason"] == "no subscribed socket is open"
    assert sandbox.chat("user:li")[0].text == "有人吗"


def test_a_press_changes_the_card_for_every_viewer(
    sandbox: DingtalkSandbox, client: Client, post: Post, group: str
):
    deliver(post, own_card(sandbox, f"IM_GROUP.{group}", "wo-1"))
    done = {"title": "工单 1024", "status": "已接单 李工"}
    client.card.answer = lambda _: {
        "cardData": {"cardParamMap": done},
        "userPrivateData": {"cardParamMap": {"hint": "由你负责"}},
    }

    result = sandbox.user_presses("li", "接单", contains="1024")

    assert (result.code, result.delivered, result.error) == (200, True, "")
    content = json.loads(client.card.received[0]["content"])["cardPrivateData"]
    assert content == {"actionIds": ["btn1"], "params": {"action": "1:wo.accept:1024"}}
    assert client.card.received[0]["value"] == client.card.received[0]["content"]
    assert sandbox.chat(f"group:{group}", "wang")[0].text == "工单 1024【已接单 李工】"
    assert sandbox.chat(f"group:{group}", "li")[0].text.endswith("由你负责")
    with pytest.raises(LookupError):
        sandbox.user_presses("wang", "接单")


def test_private_data_belongs_to_one_viewer(sandbox: DingtalkSandbox, post: Post, group: str):
    private = {"li": {"cardParamMap": {"btn1_show": "false"}}}
    deliver(post, own_card(sandbox, f"im_group.{group}", "wo-2", privateData=private))

    assert sandbox.chat(f"group:{group}", "li")[0].buttons == ()
    assert sandbox.chat(f"group:{group}", "wang")[0].buttons == ("接单",)


def test_a_late_answer_is_dropped(sandbox: DingtalkSandbox, client: Client, post: Post, journal: Journal):
    sandbox.card_window_s = 0.1
    deliver(post, own_card(sandbox, "IM_ROBOT.li", "wo-3"))
    released = threading.Event()

    def slow(_: dict[str, Any]) -> dict[str, Any]:
        released.wait(5)
        return {"cardData": {"cardParamMap": {"title": "晚了"}}}

    client.card.answer = slow
    result = sandbox.user_presses("li", "接单")
    released.set()
    journal.wait_for(lambda: any(e.data["late"] for e in acks(journal, CARD_TOPIC)), 5, "late ack")

    assert result.error and result.response is None
    assert sandbox.chat("user:li")[0].card is not None
    assert sandbox.chat("user:li")[0].buttons == ("接单",)


def test_the_built_in_template_has_request_buttons(sandbox: DingtalkSandbox, client: Client, post: Post):
    buttons = [
        {"text": "接单", "id": "accept", "request": True, "params": {"id": "accept"}},
        {"text": "详情", "url": "https://example.com"},
    ]
    variables = {
        "title": "工单",
        "markdown": "空调",
        "sys_full_json_obj": json.dumps({"msgButtons": buttons}),
    }
    changes = {"cardTemplateId": BUILT_IN, "cardData": {"cardParamMap": variables}}
    deliver(post, own_card(sandbox, "IM_ROBOT.li", "wo-4", **changes))

    assert sandbox.chat("user:li")[0].buttons == ("接单",)
    sandbox.card_value_only = True
    sandbox.user_presses("li", "接单")
    old = json.loads(client.card.received[0]["value"])
    assert old == {"cardPrivateData": {"actionIds": ["accept"]}, "params": {"id": "accept"}}
    assert "content" not in client.card.received[0]


def test_without_callback_type_a_press_never_arrives(sandbox: DingtalkSandbox, client: Client, post: Post):
    body = own_card(sandbox, "IM_ROBOT.li", "wo-5")
    del body["callbackType"]
    deliver(post, body)

    assert sandbox.user_presses("li", "接单") == PressResult(
        error="callbackType of this card is missing, not STREAM"
    )
    assert client.card.received == []


def test_a_ticket_opens_one_socket(sandbox: DingtalkSandbox, clock: SandboxClock):
    used, expired = open_ticket(sandbox), open_ticket(sandbox)
    with connect(used, proxy=None):
        sandbox.wait_connected(5)
    clock.advance(91)

    for uri in (used, expired):
        with pytest.raises(InvalidStatus), connect(uri, proxy=None):
            pass


def test_the_client_comes_back_after_a_disconnect(sandbox: DingtalkSandbox, client: Client, journal: Journal):
    sandbox.disconnect()
    journal.wait_for(lambda: len(journal.entries("connected")) == 2, 5, "second connection")
    sandbox.wait_connected(5)
    sandbox.user_says("li", "还在吗")

    journal.wait_for(lambda: client.robot.received, 5, "message on the new socket")


def test_pings_are_verified(sandbox: DingtalkSandbox, journal: Journal):
    sandbox.ping_interval_s = 0.05
    sdk = Client(sandbox)
    found = journal.wait_for(lambda: acks(journal, "ping"), 5, "ping ack")
    sdk.stop()

    assert found[0].data["opaque_mismatch"] is False


def test_a_half_open_socket_answers_no_ping(sandbox: DingtalkSandbox):
    with connect(open_ticket(sandbox), proxy=None, ping_interval=None, close_timeout=0.1) as socket:
        sandbox.wait_connected(5)
        assert socket.ping().wait(5)
        sandbox.half_open = True
        time.sleep(0.05)
        assert not socket.ping().wait(0.2)
        sandbox.half_open = False


def test_broken_frames_do_not_stop_the_gateway(sandbox: DingtalkSandbox, client: Client, journal: Journal):
    sandbox.push_raw({"type": "NEW", "headers": {"topic": "x"}, "data": "{"})
    sandbox.user_says("li", "之后")

    journal.wait_for(lambda: client.robot.received, 5, "message after the broken frame")


def test_robot_messages_name_who_was_not_reached(sandbox: DingtalkSandbox, post: Post, journal: Journal):
    sandbox.flow_controlled.add("wang")
    body = {
        "robotCode": sandbox.robot_code,
        "userIds": ["li", "wang", "nobody"],
        "msgKey": "sampleText",
        "msgParam": json.dumps({"content": "您好"}),
    }
    answer = post("/v1.0/robot/oToMessages/batchSend", body).json()

    assert answer["invalidStaffIdList"] == ["nobody"]
    assert answer["flowControlledStaffIdList"] == ["wang"]
    assert [m.text for m in sandbox.chat("user:li")] == ["您好"]
    assert journal.entries("shown", chat="user:wang") == []
    refused = post("/v1.0/robot/oToMessages/batchSend", body | {"msgParam": {"content": "x"}})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalidParameter.msgParam.invalid")


def test_card_refusals(sandbox: DingtalkSandbox, post: Post, group: str):
    path = "/v1.0/card/instances/createAndDeliver"
    body = own_card(sandbox, f"IM_GROUP.{group}", "wo-6")
    assert deliver(post, body)["success"] is True
    assert post(path, body).json()["code"] == "param.cardAlreadyExist"
    number = body | {"outTrackId": "wo-7", "cardData": {"cardParamMap": {"n": 1}}}
    assert post(path, number).json()["code"] == "param.invalid"
    sandbox.templates[sandbox.card_template_id].published = False
    assert post(path, body).json()["code"] == "param.templateUnpublished"
    missing = post("/v1.0/card/instances", {"outTrackId": "none", "cardData": {}}, "PUT")
    assert missing.json()["code"] == "param.cardNotExist"


def test_a_deliver_failure_hides_in_a_success(sandbox: DingtalkSandbox, post: Post):
    closed = sandbox.add_group("无机器人", ["li"], robot=False)

    assert deliver(post, own_card(sandbox, f"IM_GROUP.{closed}", "a"))["errorMsg"] == "chatbot not exist"
    assert deliver(post, own_card(sandbox, "IM_ROBOT.cidX+/==", "b"))["errorMsg"] == "spaceId is illegal"


def test_an_update_overwrites_unless_by_key(sandbox: DingtalkSandbox, post: Post):
    deliver(post, own_card(sandbox, "IM_ROBOT.li", "wo-8"))
    change = {"outTrackId": "wo-8", "cardData": {"cardParamMap": {"status": "已接单"}}}
    by_key = change | {"cardUpdateOptions": {"updateCardDataByKey": True}}

    assert post("/v1.0/card/instances", by_key, "PUT").json() == {"success": True, "result": True}
    assert sandbox.chat("user:li")[0].text == "工单 1024【已接单】\n空调不制冷"
    post("/v1.0/card/instances", change, "PUT")
    assert sandbox.chat("user:li")[0].text == "【已接单】"


def test_tokens_scopes_and_both_error_styles(sandbox: DingtalkSandbox, post: Post):
    found = post("/topapi/v2/user/get", {"userid": "li"}).json()
    assert found["result"]["unionid"] == sandbox.union_id_of("li")
    unknown = post("/topapi/v2/user/get", {"userid": "nobody"})
    assert (unknown.status_code, unknown.json()["errcode"]) == (200, 60121)
    sandbox.scopes.discard("Card.Instance.Write")
    denied = post("/v1.0/card/instances", {}, "PUT")
    assert denied.status_code == 403
    assert denied.json()["accessdenieddetail"] == {"requiredScopes": ["Card.Instance.Write"]}
    sandbox.expire_tokens()
    assert post("/v1.0/card/instances", {}, "PUT").json()["code"] == "InvalidAuthentication"
    assert post("/topapi/v2/user/get", {"userid": "li"}).json()["errcode"] == 42001


def test_faults_are_honoured(sandbox: DingtalkSandbox, faults: Faults, journal: Journal, post: Post):
    operation = "robot/oToMessages/batchSend"
    text = json.dumps({"content": "x"})
    body = {"robotCode": sandbox.robot_code, "userIds": ["li"], "msgKey": "sampleText", "msgParam": text}
    faults.once(operation, Fault(status=502, body="<html>Bad Gateway</html>"))
    faults.once(operation, Fault(error={"status": 500, "code": "system.busy"}))
    faults.once(operation, Fault(drop=True))
    faults.once(operation, Fault(reset=True))

    assert post(f"/v1.0/{operation}", body).text.startswith("<html>")
    assert post(f"/v1.0/{operation}", body).json()["code"] == "system.busy"
    assert post(f"/v1.0/{operation}", body).status_code == 200
    assert sandbox.chat("user:li") == []
    with pytest.raises(requests.ConnectionError):
        post(f"/v1.0/{operation}", body)
    assert len(sandbox.chat("user:li")) == 1
    assert sandbox.client_secret not in repr(journal.entries())
