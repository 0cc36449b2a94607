"""A wall over both played platforms without a product: tests send what the product would, over the wire."""

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

import requests

from sandbox.dingtalk import DingtalkSandbox
from sandbox.wall import Act, Board, Chat, Code, Kind, Ledger, Phone, Playbill, Speaker, Wall
from tests.support.played_wecom import CUSTOMER, World

PNG = b"\x89PNG\r\n\x1a\n" + b"a photo"
MEMBERS = (Speaker("zhao", "赵调度"), Speaker("li", "李工"))
ZHANG, LIN, LI, DESK, ROBOTS = "zhang", "lin", "li", "desk", "robots"
MENU = {
    "head_content": "请确认",
    "list": [
        {"type": "click", "click": {"id": "1", "content": "确认报修"}},
        {"type": "view", "view": {"url": "https://example.com/", "content": "看说明"}},
    ],
    "tail_content": "谢谢",
}


class Walled:
    """Both platforms, five phones, the wall, and a page's side of it."""

    def __init__(self) -> None:
        self.world = World()
        self.wecom, self.journal = self.world.wecom, self.world.journal
        self.dingtalk = DingtalkSandbox(self.world.clock, self.journal, self.world.faults)
        for userid, name in (("li", "李工"), ("zhao", "赵调度"), ("qian", "外人")):
            self.dingtalk.add_user(userid, name)
        self.group = self.dingtalk.add_group("售后调度群", ["li", "zhao"])
        self.dingtalk.start()
        self.playbill = Playbill()
        self.was_reset = threading.Event()
        self.board = self.new_board()
        self.wall = Wall(self.board)
        self.wall.start()

    def new_board(
        self,
        *,
        followed: bool = False,
        labels: Callable[[str], Sequence[Code]] | None = None,
        ledger: Callable[[], Ledger] | None = None,
    ) -> Board:
        desk = Chat("desk", "售后调度群", Kind.GROUP, f"group:{self.group}", MEMBERS)
        robot = Chat("robot", "售后服务", Kind.ROBOT, "user:li")
        hook = Chat("hook", "通报群", Kind.WEBHOOK, f"group:{self.wecom.webhook_key}")
        phones = (
            Phone(
                ZHANG, "wechat", "张女士", "客户", CUSTOMER, (Chat("kf", "客服", Kind.KF, f"kf:{CUSTOMER}"),)
            ),
            Phone(LIN, "wecom", "李工", "技师", "Li.Tech", (Chat("app", "应用", Kind.APP, "user:Li.Tech"),)),
            Phone(LI, "dingtalk", "李工", "技师", "li", (robot, desk)),
            Phone(DESK, "dingtalk", "售后调度群", "群", "", (desk,)),
            Phone(ROBOTS, "wecom", "通报群", "群", "", (hook,)),
        )
        world = self.world
        return Board(
            world.clock,
            self.journal,
            world.faults,
            self.wecom,
            self.dingtalk,
            phones=phones,
            playbill=self.playbill,
            reset=self.was_reset.set,
            followed=followed,
            labels=labels,
            ledger=ledger,
        )

    def stop(self) -> None:
        self.wall.stop()
        self.dingtalk.stop()
        self.world.stop()

    # The page.

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(f"{self.wall.url}{path}", headers=headers, timeout=5)

    def post(self, path: str, facts: Any = None, data: Any = None, **headers: str) -> requests.Response:
        body = json.dumps(facts) if data is None else data
        sent = {"X-Wall-Token": self.wall.token, **headers}
        return requests.post(f"{self.wall.url}{path}", data=body, headers=sent, timeout=10)

    def does(self, path: str, **facts: Any) -> dict[str, Any]:
        answer = self.post(path, facts)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def events(self, until: str) -> list[tuple[str, dict[str, Any]]]:
        """Read the events of a new page up to the first of a name."""
        told: list[tuple[str, dict[str, Any]]] = []
        name = ""
        with requests.get(f"{self.wall.url}events", stream=True, timeout=10) as answer:
            answer.encoding = "utf-8"
            for line in answer.iter_lines(decode_unicode=True):
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    told.append((name, json.loads(line.removeprefix("data: "))))
                    if name == until:
                        break
        return told

    def shows(self, phone: str, chat: str) -> list[dict[str, Any]]:
        """Return the bubbles of a chat as a new page is told them."""
        told = self.events("beside")
        chats = [
            data for name, data in told if name == "chat" and (data["phone"], data["chat"]) == (phone, chat)
        ]
        return list(chats[0]["set"]) if chats else []

    # What the product would send.

    def send_menu(self) -> None:
        self.wecom.customer_says(CUSTOMER, "你好")
        self.wecom.strict_kf_state = False
        kf = {"touser": CUSTOMER, "open_kfid": self.wecom.kf_open_kfid, "msgtype": "msgmenu", "msgmenu": MENU}
        assert self.world.call("kf/send_msg", **kf)["errcode"] == 0

    def send_card(self, track: str, space: str = "IM_ROBOT.li", **changes: str) -> None:
        variables = {"title": "工单 1024", "status": "待接单", "body": "**故障**：<b>不制冷</b>"}
        variables |= {"btn1_text": "接单", "btn1_action": "1:wo.accept:1024", "btn1_show": "true", **changes}
        body = {
            "cardTemplateId": self.dingtalk.card_template_id,
            "outTrackId": track,
            "callbackType": "STREAM",
            "cardData": {"cardParamMap": variables},
            "openSpaceId": f"dtv1.card//{space}",
            "imGroupOpenSpaceModel": {"supportForward": False},
            "imGroupOpenDeliverModel": {"robotCode": self.dingtalk.robot_code},
            "imRobotOpenSpaceModel": {"supportForward": False},
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
        }
        answer = self.dingtalk_call("/v1.0/card/instances/createAndDeliver", body)
        assert answer["result"]["deliverResults"][0]["success"], answer

    def dingtalk_call(self, path: str, body: dict[str, Any], method: str = "POST") -> dict[str, Any]:
        base = self.dingtalk.api_base
        keys = {"appKey": self.dingtalk.client_id, "appSecret": self.dingtalk.client_secret}
        token = requests.post(f"{base}/v1.0/oauth2/accessToken", json=keys, timeout=5).json()["accessToken"]
        headers = {"x-acs-dingtalk-access-token": token}
        answer = requests.request(method, f"{base}{path}", json=body, headers=headers, timeout=5)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def act(key: str, play: Any) -> Act:
    """Return an act of this key."""
    return Act(key, f"第{key}幕", "", play)
