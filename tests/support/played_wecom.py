"""A played WeCom with people, a callback receiver and a client, for tests of the sandbox itself."""

import threading
from typing import Any
from xml.etree import ElementTree

import requests
from flask import Flask, Response, request

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.http import LoopbackServer
from sandbox.core.journal import Entry, Journal
from sandbox.wecom import CallbackCrypto, WecomSandbox, sign

CUSTOMER = "wmQ4tCAAAAqHFT1tYb5y3kXn2J8ZpLdA"


class Receiver:
    """A callback URL that answers the check and keeps what it decrypts."""

    def __init__(self, wecom: WecomSandbox) -> None:
        self.crypto = CallbackCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
        self.answers: list[tuple[int, bytes]] = []
        self.echo_suffix = ""
        self.sealed: list[bytes] = []
        self.opened: list[ElementTree.Element] = []
        self._lock = threading.Lock()
        app = Flask("receiver")
        app.add_url_rule("/wecom/callback", view_func=self._serve, methods=["GET", "POST"])
        self.server = LoopbackServer(app)
        self.server.start()
        self.url = f"{self.server.base_url}/wecom/callback"

    def _serve(self) -> Response:
        if request.method == "GET":
            cipher = request.args["echostr"]
            return Response(self.crypto.decrypt(cipher) + self.echo_suffix)
        body = request.get_data()
        cipher = ElementTree.fromstring(body).findtext("Encrypt") or ""
        expected = sign(self.crypto.token, request.args["timestamp"], request.args["nonce"], cipher)
        assert request.args["msg_signature"] == expected
        with self._lock:
            self.sealed.append(body)
            self.opened.append(ElementTree.fromstring(self.crypto.decrypt(cipher)))
            status, answer = self.answers.pop(0) if self.answers else (200, b"")
        return Response(answer, status)


class World:
    """A sandbox with two members, a customer, a connected receiver and a client that holds a token."""

    def __init__(self) -> None:
        self.clock, self.faults = SandboxClock(), Faults()
        self.journal = Journal(self.clock)
        self.wecom = WecomSandbox(self.clock, self.journal, self.faults)
        self.wecom.start()
        self.wecom.add_member("Li.Tech", "李工", "13800000001")
        self.wecom.add_member("wang.tech", "王工")
        self.wecom.add_customer(CUSTOMER, "张女士")
        self.receiver = Receiver(self.wecom)
        self.token = ""

    def stop(self) -> None:
        self.wecom.stop()
        self.receiver.server.stop()

    def get(self, operation: str, **query: str) -> dict[str, Any]:
        answer = requests.get(f"{self.wecom.api_base}/cgi-bin/{operation}", params=query, timeout=5).json()
        assert isinstance(answer, dict)
        return answer

    def fresh_token(self) -> str:
        self.token = self.get("gettoken", corpid=self.wecom.corp_id, corpsecret=self.wecom.secret)[
            "access_token"
        ]
        return self.token

    def call(self, operation: str, **body: Any) -> dict[str, Any]:
        url = f"{self.wecom.api_base}/cgi-bin/{operation}"
        query = {"access_token": self.token or self.fresh_token()}
        answer = requests.post(url, params=query, json=body, timeout=5)
        assert answer.status_code == 200
        return dict(answer.json())

    def send(self, to: str, msgtype: str = "text", **body: Any) -> dict[str, Any]:
        body = body or {"text": {"content": "你好"}}
        return self.call("message/send", touser=to, agentid=self.wecom.agent_id, msgtype=msgtype, **body)

    def card(self, to: str, name: str, **changes: Any) -> dict[str, Any]:
        return self.send(to, "template_card", template_card={**offer(name), **changes})

    def hook(self, **body: Any) -> dict[str, Any]:
        return dict(requests.post(self.wecom.webhook_url, json=body, timeout=5).json())

    def received(self, number: int = 1) -> list[ElementTree.Element]:
        def enough() -> bool:
            return len(self.receiver.opened) >= number

        self.journal.wait_for(enough, 3, f"{number} callbacks")
        return self.receiver.opened

    def entries(self, kind: str, number: int = 1) -> list[Entry]:
        def enough() -> list[Entry] | None:
            found = self.journal.entries(kind)
            return found if len(found) >= number else None

        return self.journal.wait_for(enough, 3, f"{number} × {kind}")

    def kf_text(self, **more: Any) -> dict[str, Any]:
        kf = {"touser": CUSTOMER, "open_kfid": self.wecom.kf_open_kfid, "msgtype": "text"}
        return self.call("kf/send_msg", **kf, text={"content": "收到"}, **more)

    def take_over(self) -> None:
        place = {"open_kfid": self.wecom.kf_open_kfid, "external_userid": CUSTOMER}
        assert self.call("kf/service_state/trans", **place, service_state=1)["errcode"] == 0

    def kf_token(self) -> str:
        return self.received()[-1].findtext("Token") or ""


def offer(task_id: str) -> dict[str, Any]:
    eta = [{"id": "60", "text": "1 小时"}, {"id": "120", "text": "2 小时"}]
    return {
        "card_type": "button_interaction",
        "main_title": {"title": "新工单 0007", "desc": "压缩机不启动"},
        "horizontal_content_list": [{"keyname": "客户", "value": "华东制药"}],
        "task_id": task_id,
        "button_selection": {"question_key": "eta", "title": "到场", "option_list": eta, "selected_id": "60"},
        "button_list": [{"text": "接单", "key": "job.accept"}, {"text": "拒单", "key": "job.decline"}],
        "action_menu": {"action_list": [{"text": "静音", "key": "menu.mute"}]},
    }
