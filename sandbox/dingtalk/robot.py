"""The robot's OpenAPI: 1:1 and group messages, recalls and downloads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response

from sandbox.dingtalk import ids
from sandbox.dingtalk.call import Answer, Call, Route
from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.limits import GroupPace
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import PLATFORM, ROBOT, Message, World, group_chat, one_line, user_chat
from sandbox.dingtalk.texts import media_shown, robot_text

MAX_USERS = 20
MAX_RECALLED = 20
RECALL_WITHIN = timedelta(hours=24)
SCOPE = "qyapi_robot_sendmsg"


@dataclass(frozen=True)
class Download:
    """A file that somebody sent to the robot."""

    data: bytes
    expires_at: datetime


class RobotApi:
    """Answers `/v1.0/robot/...`."""

    def __init__(self, settings: Settings, world: World, pace: GroupPace) -> None:
        self._settings, self._world, self._pace = settings, world, pace
        self._downloads: dict[str, Download] = {}
        self.base_url = ""

    def routes(self) -> list[Route]:
        """Return what this part answers."""

        def post(path: str, operation: str, handler: Any, scope: str = SCOPE) -> Route:
            return Route("POST", f"/v1.0/robot/{path}", operation, handler, scope=scope)

        return [
            post("oToMessages/batchSend", "robot/oToMessages/batchSend", self._send_to_users),
            post("groupMessages/send", "robot/groupMessages/send", self._send_to_group),
            post("otoMessages/batchRecall", "robot/otoMessages/batchRecall", self._recall_from_users),
            post("groupMessages/recall", "robot/groupMessages/recall", self._recall_from_group),
            post("messageFiles/download", "robot/messageFiles/download", self._download, ""),
            Route("GET", "/files/<name>", "files/get", self._file, token=False, counted=False),
        ]

    def keep_file(self, data: bytes) -> str:
        """Keep a file that a user sent and return its downloadCode."""
        code = ids.download_code()
        expires_at = self._world.clock.now() + timedelta(seconds=self._settings.download_ttl_s)
        self._downloads[code] = Download(data, expires_at)
        return code

    def kept(self, code: str) -> bytes:
        """Return a file that was kept, however old it is."""
        return self._downloads[code].data

    def _send_to_users(self, call: Call) -> Answer:
        self._check_robot(call)
        userids = call.body.get("userIds")
        if not isinstance(userids, list) or not userids:
            raise ApiError("invalidParameter.userIds.empty", "userIds is empty")
        if len(userids) > MAX_USERS:
            raise ApiError("invalidParameter.userIds.overMax", f"userIds exceeds {MAX_USERS}")
        text = self._text(call)
        key = ids.query_key()
        unknown = [userid for userid in userids if self._world.find_user(str(userid)) is None]
        held_back = [userid for userid in userids if userid in self._settings.flow_controlled]
        for userid in dict.fromkeys(userids):
            if userid not in unknown and userid not in held_back and not call.silent:
                self._show(user_chat(userid), text, call, key)
        return {
            "processQueryKey": key,
            "invalidStaffIdList": unknown,
            "flowControlledStaffIdList": held_back,
        }

    def _send_to_group(self, call: Call) -> Answer:
        self._check_robot(call)
        conversation_id = self._conversation_id(call)
        text = self._text(call)
        self._pace.check(conversation_id)
        key = ids.query_key()
        if not call.silent:
            self._show(group_chat(conversation_id), text, call, key)
        return {"processQueryKey": key}

    def _recall_from_users(self, call: Call) -> Answer:
        self._check_robot(call)
        return self._recall(call, "")

    def _recall_from_group(self, call: Call) -> Answer:
        self._check_robot(call)
        return self._recall(call, group_chat(self._conversation_id(call)))

    def _recall(self, call: Call, chat: str) -> Answer:
        keys = call.body.get("processQueryKeys")
        if not isinstance(keys, list) or not 0 < len(keys) <= MAX_RECALLED:
            raise ApiError("invalidParameter.processQueryKeys.invalid", "1 to 20 processQueryKeys")
        done: list[str] = []
        failed: dict[str, str] = {}
        now = self._world.clock.now()
        for key, messages in self._world.recall(map(str, keys), chat).items():
            if not messages:
                failed[key] = "processQueryKey not exist"
            elif any(message.at < now - RECALL_WITHIN for message in messages):
                failed[key] = "message is too old"
            else:
                done.append(key)
                self._hide([] if call.silent else messages)
        return {"successResult": done, "failedResult": failed}

    def _hide(self, messages: list[Message]) -> None:
        for message in messages:
            message.recalled = True
            self._world.journal.add(
                PLATFORM,
                "updated",
                chat=message.chat,
                text=f"机器人撤回了一条消息: {one_line(message.text)[:40]}",
                recalled=True,
            )

    def _download(self, call: Call) -> Answer:
        robot_code = call.body.get("robotCode")
        if not robot_code:
            raise ApiError("invalidParameter.robotCode.empty", "robotCode is empty")
        if robot_code != self._settings.robot_code:
            raise ApiError("invalidParameter.robotCode.auth", "robotCode does not own this file")
        kept = self._downloads.get(str(call.body.get("downloadCode")))
        if kept is None or kept.expires_at <= self._world.clock.now():
            raise ApiError("invalidParameter.robotCode.downloadCode", "downloadCode is wrong or expired")
        name = ids.short_hex()
        self._downloads[name] = kept
        return {"downloadUrl": f"{self.base_url}/files/{name}?Expires={int(kept.expires_at.timestamp())}"}

    def _file(self, call: Call) -> Answer:
        kept = self._downloads.get(call.path["name"])
        if kept is None or kept.expires_at <= self._world.clock.now():
            return Response(
                "<Error><Code>AccessDenied</Code></Error>", status=403, content_type="application/xml"
            )
        return Response(kept.data, content_type="application/octet-stream")

    def _check_robot(self, call: Call) -> None:
        robot_code = call.body.get("robotCode")
        if not robot_code:
            raise ApiError("invalidParameter.robotCode.empty", "robotCode is empty")
        if robot_code != self._settings.robot_code:
            raise ApiError("invalidParameter.robotCode.notExsit", "robot not exist")

    def _conversation_id(self, call: Call) -> str:
        conversation_id = call.text("openConversationId", "miss.openConversationId")
        with self._world.lock:
            group = self._world.groups.get(conversation_id)
        if group is None:
            raise ApiError("invalid.openConversationId", "openConversationId is invalid")
        if group.disbanded:
            raise ApiError("group.disbanded", "group is disbanded")
        if not group.has_robot:
            raise ApiError("resource.not.found", "robot is not in the group")
        return conversation_id

    def _text(self, call: Call) -> str:
        text = robot_text(call.body.get("msgKey"), call.body.get("msgParam"))
        if self._settings.is_unsafe(text):
            raise ApiError("contain.notAllowed.text", "text is not allowed")
        return text

    def _show(self, chat: str, text: str, call: Call, key: str) -> None:
        now = self._world.clock.now()
        msg_key = str(call.body["msgKey"])
        media_id = media_shown(msg_key, str(call.body["msgParam"]))
        self._world.post(Message(now, chat, ROBOT, text, msg_key=msg_key, query_key=key, media_id=media_id))
