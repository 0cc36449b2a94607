"""Messages through a URL: the answer to a session and the custom group robot."""

import base64
import hashlib
import hmac
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.dingtalk import ids
from sandbox.dingtalk.call import Answer, Call, Route
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import CUSTOM_ROBOT, ROBOT, Message, World, group_chat
from sandbox.dingtalk.texts import WEBHOOK_BODY_BYTES, webhook_text

PER_MINUTE = 20
PENALTY = timedelta(minutes=10)
SKEW_MS = 3_600_000


@dataclass(frozen=True)
class Session:
    """Where a sessionWebhook leads, and until when."""

    chat: str
    expires_at: datetime


@dataclass
class CustomRobot:
    """A robot that only sends, into one group."""

    group: str
    secret: str = ""
    keywords: tuple[str, ...] = ()
    recent: deque[datetime] = field(default_factory=deque)
    blocked_until: datetime | None = None
    seen: set[str] = field(default_factory=set)


class WebhookApi:
    """Answers `/robot/send` and `/robot/sendBySession`."""

    def __init__(self, settings: Settings, world: World) -> None:
        self._settings, self._world = settings, world
        self._sessions: dict[str, Session] = {}
        self._robots: dict[str, CustomRobot] = {}
        self.base_url = ""

    def routes(self) -> list[Route]:
        """Return what this part answers; neither needs an access token of the app."""
        return [
            Route(
                "POST",
                "/robot/sendBySession",
                "robot/sendBySession",
                self._by_session,
                "oapi",
                token=False,
                counted=False,
            ),
            Route("POST", "/robot/send", "robot/send", self._by_robot, "oapi", token=False, counted=False),
        ]

    def open_session(self, chat: str) -> str:
        """Return a fresh sessionWebhook into a chat."""
        key = ids.short_hex()
        expires_at = self._world.clock.now() + timedelta(seconds=self._settings.session_ttl_s)
        self._sessions[key] = Session(chat, expires_at)
        return f"{self.base_url}/robot/sendBySession?session={key}"

    def add_robot(self, conversation_id: str, secret: str, keywords: tuple[str, ...]) -> str:
        """Put a custom robot into a group and return its webhook."""
        token = ids.short_hex() + ids.short_hex()
        self._robots[token] = CustomRobot(conversation_id, secret, keywords)
        return f"{self.base_url}/robot/send?access_token={token}"

    def _by_session(self, call: Call) -> Answer:
        session = self._sessions.get(call.query.get("session", ""))
        if session is None or session.expires_at <= self._world.clock.now():
            raise OapiError(300001, "session 不存在")
        self._show(call, session.chat, ROBOT)
        return {"errcode": 0, "errmsg": "ok"}

    def _by_robot(self, call: Call) -> Answer:
        token = call.query.get("access_token", "")
        if not token:
            raise OapiError(400101, "access_token不存在")
        robot = self._robots.get(token)
        if robot is None:
            raise OapiError(300001, "token is not exist")
        if "json" not in call.headers.get("content-type", ""):
            raise OapiError(43004, "无效的HTTP HEADER Content-Type")
        if self._world.group(robot.group).disbanded:
            raise OapiError(400013, "群已被解散")
        with self._world.lock:
            self._check_rate(robot)
        self._check_security(robot, call)
        uuid = str(call.body.get("msgUuid") or "")
        if uuid and uuid in robot.seen:
            return {"errcode": 0, "errmsg": "ok"}
        self._show(call, group_chat(robot.group), CUSTOM_ROBOT)
        robot.seen.add(uuid)
        return {"errcode": 0, "errmsg": "ok"}

    def _check_rate(self, robot: CustomRobot) -> None:
        """Block the robot for 10 minutes after the 21st message in a minute."""
        now = self._world.clock.now()
        while robot.recent and robot.recent[0] <= now - timedelta(minutes=1):
            robot.recent.popleft()
        blocked = robot.blocked_until is not None and now < robot.blocked_until
        if not blocked and len(robot.recent) >= PER_MINUTE:
            robot.blocked_until = now + PENALTY
            blocked = True
        if blocked:
            raise OapiError(130101, "send too fast, exceed 20 times per minute")
        robot.recent.append(now)

    def _check_security(self, robot: CustomRobot, call: Call) -> None:
        if robot.secret:
            timestamp = call.query.get("timestamp", "")
            if not timestamp.isdigit() or abs(self._world.clock.now_ms() - int(timestamp)) > SKEW_MS:
                raise OapiError(310000, "invalid timestamp")
            if not hmac.compare_digest(_sign(robot.secret, timestamp), call.query.get("sign", "").encode()):
                raise OapiError(310000, "sign not match")
        if robot.keywords and not any(word in _all_text(call.body) for word in robot.keywords):
            raise OapiError(310000, "keywords not in content")

    def _show(self, call: Call, chat: str, sender: str) -> None:
        if len(_all_text(call.body).encode()) > WEBHOOK_BODY_BYTES:
            raise OapiError(460101, "message too long")
        with self._world.lock:
            names = {user.userid: user.name for user in self._world.users.values()}
            mobiles = {user.mobile: user.name for user in self._world.users.values() if user.mobile}
        text = webhook_text(call.body, names, mobiles)
        if self._settings.is_unsafe(text):
            raise OapiError(430102, "unsafe text")
        if not call.silent:
            kind = str(call.body["msgtype"])
            self._world.post(Message(self._world.clock.now(), chat, sender, text, msg_key=kind))


def _sign(secret: str, timestamp: str) -> bytes:
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest)


def _all_text(value: Any) -> str:
    """Return every text of a body, joined."""
    if isinstance(value, dict):
        return " ".join(map(_all_text, value.values()))
    if isinstance(value, list):
        return " ".join(map(_all_text, value))
    return str(value)
