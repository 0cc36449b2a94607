"""微信客服 behind the API: accounts, sessions, the three-day log and its cursors.

Source: D94670, D94669; https://developer.work.weixin.qq.com/document/path/94670
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.wecom.callbacks import Callbacks
from sandbox.wecom.corp import DAY_S, HOUR_S, Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.xml import to_xml

SESSION_S = 48 * HOUR_S
LOG_S = 3 * DAY_S
NEW, ASSISTANT, POOL, HUMAN, ENDED = range(5)


@dataclass
class Session:
    """One customer at one account.

    Args:
        state: 0 new, 1 assistant, 2 pool, 3 human, 4 ended or not started.
        said_s: when the customer last wrote, 0 for never.
        sent: messages of the app since then.
        welcomed_s: when the last welcome was sent, 0 for never.
    """

    state: int = ENDED
    servicer: str = ""
    said_s: float = 0.0
    sent: int = 0
    welcomed_s: float = 0.0
    scene: str = ""


@dataclass(frozen=True)
class Logged:
    """One entry of an account's log, in the order of arrival."""

    at_s: float
    message: dict[str, Any]


class KfSessions:
    """All accounts with their sessions and logs."""

    def __init__(self, corp: Corp, callbacks: Callbacks) -> None:
        self._corp = corp
        self._callbacks = callbacks
        self.accounts: dict[str, str] = {corp.kf_open_kfid: "售后服务"}
        self.servicers: dict[str, bool] = {}
        self.logs: dict[str, list[Logged]] = {}
        self.tokens: dict[str, tuple[str, float]] = {}
        self._sessions: dict[tuple[str, str], Session] = {}

    def session(self, open_kfid: str, external_userid: str) -> Session:
        """Return the session as it stands now; 48 h of silence end it."""
        session = self._sessions.setdefault((open_kfid, external_userid), Session())
        if session.state != ENDED and self._corp.now() - session.said_s > SESSION_S:
            session.state, session.servicer = ENDED, ""
        return session

    def customer_wrote(self, open_kfid: str, external_userid: str, msgtype: str, part: dict[str, Any]) -> str:
        """Log a customer's message, open the session if need be, notify the app and return the msgid."""
        with self._corp.lock:
            session = self.session(open_kfid, external_userid)
            if session.state == ENDED:
                session.state, session.servicer = NEW, ""
                if self._corp.kf_assign_to:
                    session.state, session.servicer = HUMAN, self._corp.kf_assign_to
            session.said_s, session.sent = self._corp.now(), 0
            return self.log(open_kfid, external_userid, 3, msgtype, part)

    def log(
        self,
        open_kfid: str,
        external_userid: str,
        origin: int,
        msgtype: str,
        part: dict[str, Any],
        servicer: str = "",
    ) -> str:
        """Append one message or event to the log and tell the app; origin 3 customer, 4 event, 5 servicer."""
        msgid = secrets.token_urlsafe(24)
        message: dict[str, Any] = {"msgid": msgid, "send_time": self._corp.clock.now_s(), "origin": origin}
        if msgtype == "event":
            part = {**part, "open_kfid": open_kfid, "external_userid": external_userid}
        else:
            message |= {"open_kfid": open_kfid, "external_userid": external_userid}
        if servicer:
            message["servicer_userid"] = servicer
        message |= {"msgtype": msgtype, msgtype: part}
        with self._corp.lock:
            self.logs.setdefault(open_kfid, []).append(Logged(self._corp.now(), message))
        self._notify(open_kfid)
        return msgid

    def _notify(self, open_kfid: str) -> None:
        token = "ENC" + secrets.token_urlsafe(60)
        self.tokens[token] = (open_kfid, self._corp.now())
        event = {
            "ToUserName": self._corp.corp_id,
            "CreateTime": self._corp.clock.now_s(),
            "MsgType": "event",
            "Event": "kf_msg_or_event",
            "Token": token,
            "OpenKfId": open_kfid,
        }
        self._callbacks.send(to_xml(event), "kf_msg_or_event", with_agent=False)


def cursor_at(open_kfid: str, index: int) -> str:
    """Return an opaque cursor, new at every call, that means a place in one account's log."""
    place = f"{_mark(open_kfid)}.{index}.{secrets.token_hex(3)}"
    return base64.urlsafe_b64encode(place.encode()).decode()


def place_of(cursor: str, open_kfid: str) -> int:
    """Return the place a cursor means.

    Raises:
        ApiError: 40058 for a cursor that is not ours or of another account.
    """
    try:
        mark, index, _ = base64.urlsafe_b64decode(cursor).decode().split(".")
        place = int(index)
    except (binascii.Error, ValueError) as error:
        raise ApiError(40058, "cursor") from error
    if mark != _mark(open_kfid):
        raise ApiError(40058, "cursor of another account")
    return place


def _mark(open_kfid: str) -> str:
    return hashlib.sha256(open_kfid.encode()).hexdigest()[:12]
