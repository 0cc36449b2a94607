"""`kf/send_msg` and `kf/send_msg_on_event`: the app writes to customers.

Source: D94677, D95122; https://developer.work.weixin.qq.com/document/path/94677
"""

import copy
import re
import secrets
from typing import Any

from sandbox.wecom.call import Call, Route, check_url, dict_of, dicts_of, optional_text, text_of
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.kf_codes import EventCodes
from sandbox.wecom.kf_sessions import ASSISTANT, ENDED, NEW, SESSION_S, KfSessions
from sandbox.wecom.kf_sync import account_of, customer_of
from sandbox.wecom.media import Media

_MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
_MOST = 5


class KfSending:
    """Check and deliver what an app sends to customers."""

    def __init__(self, corp: Corp, sessions: KfSessions, codes: EventCodes, media: Media) -> None:
        self._corp = corp
        self._sessions = sessions
        self._codes = codes
        self._media = media
        self._sent: dict[tuple[str, str], str] = {}

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {"kf/send_msg": Route(self.send), "kf/send_msg_on_event": Route(self.send_on_event)}

    def send(self, call: Call) -> dict[str, Any]:
        """Send inside 48 h and five messages after the customer's last word, in a state that allows it."""
        external_userid = customer_of(call.body, "touser", self._corp)
        open_kfid = account_of(call.body, self._sessions)
        msgid = self._msgid(call.body, open_kfid)
        msgtype, content = self._content(call.body)
        session = self._sessions.session(open_kfid, external_userid)
        if session.said_s and self._corp.now() - session.said_s > SESSION_S:
            raise ApiError(95002)
        if session.state == ENDED:
            raise ApiError(95013 if session.said_s else 95018)
        if session.state > ASSISTANT or (session.state == NEW and self._corp.strict_kf_state):
            raise ApiError(95018, f"state {session.state}")
        if session.sent >= _MOST:
            raise ApiError(95001)
        session.sent += 1
        session.state = ASSISTANT
        return self._deliver(call, open_kfid, external_userid, msgid, msgtype, content)

    def send_on_event(self, call: Call) -> dict[str, Any]:
        """Send one message with the code of an event."""
        msgtype = text_of(call.body, "msgtype", missing=40008, wrong=40008)
        code = self._codes.find(text_of(call.body, "code"), msgtype)
        msgid = self._msgid(call.body, code.open_kfid)
        msgtype, content = self._content(call.body)
        self._codes.spend(code)
        return self._deliver(call, code.open_kfid, code.external_userid, msgid, msgtype, content)

    def _deliver(
        self,
        call: Call,
        open_kfid: str,
        external_userid: str,
        msgid: str,
        msgtype: str,
        content: dict[str, Any],
    ) -> dict[str, Any]:
        self._sent[(open_kfid, msgid)] = external_userid
        chat = f"kf:{external_userid}"
        if call.silent:
            self._corp.dropped(chat, "fault on demand", msgid=msgid, msgtype=msgtype)
        else:
            self._corp.chats.post(chat, self._corp.posted("bot", msgtype, copy.deepcopy(content), msgid))
        return {"msgid": msgid}

    def fail(self, msgid: str, fail_type: int) -> None:
        """Withdraw a message that was accepted, and log the msg_send_fail event.

        Raises:
            LookupError: no such message was sent.
        """
        sent = [(place[0], customer) for place, customer in self._sent.items() if place[1] == msgid]
        if not sent:
            raise LookupError(f"no message {msgid!r} was accepted by kf/send_msg")
        open_kfid, external_userid = sent[0]
        chat = f"kf:{external_userid}"
        for message in self._corp.chats.copies(msgid).values():
            message.hidden = True
        self._corp.dropped(chat, f"msg_send_fail {fail_type}", msgid=msgid, fail_type=fail_type)
        part = {"event_type": "msg_send_fail", "fail_msgid": msgid, "fail_type": fail_type}
        self._sessions.log(open_kfid, external_userid, 4, "event", part)

    def _msgid(self, body: dict[str, Any], open_kfid: str) -> str:
        if "msgid" not in body:
            return secrets.token_hex(16)
        msgid = body["msgid"]
        if not isinstance(msgid, str) or not _MSGID.fullmatch(msgid):
            raise ApiError(40058, "msgid")
        if (open_kfid, msgid) in self._sent:
            raise ApiError(40058, "msgid was used before")
        return msgid

    def _content(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        msgtype = text_of(body, "msgtype", missing=40008, wrong=40008)
        if msgtype not in (
            "text",
            "image",
            "voice",
            "video",
            "file",
            "link",
            "miniprogram",
            "location",
            "msgmenu",
        ):
            raise ApiError(40008, msgtype)
        part = dict_of(body, msgtype)
        if msgtype == "text":
            text_of(part, "content", missing=44004, max_bytes=2048)
        elif msgtype == "msgmenu":
            _check_menu(part)
        elif msgtype == "link":
            text_of(part, "title", max_bytes=128)
            optional_text(part, "desc", max_bytes=512)
            check_url(text_of(part, "url"))
            self._check_media(part, "thumb_media_id")
        elif msgtype == "miniprogram":
            text_of(part, "appid")
            text_of(part, "title", max_bytes=64)
            text_of(part, "pagepath")
            self._check_media(part, "thumb_media_id")
        elif msgtype == "location":
            if not all(isinstance(part.get(key), int | float) for key in ("latitude", "longitude")):
                raise ApiError(40058, "latitude, longitude")
        else:
            self._check_media(part, "media_id")
        return msgtype, part

    def _check_media(self, part: dict[str, Any], key: str) -> None:
        if self._media.find(text_of(part, key, missing=41006)) is None:
            raise ApiError(40007, key)


def _check_menu(part: dict[str, Any]) -> None:
    optional_text(part, "head_content", max_bytes=1024)
    optional_text(part, "tail_content")
    for item in dicts_of(part, "list", 0, 10, 95008):
        kind = item.get("type")
        if kind not in ("click", "view", "miniprogram", "text"):
            raise ApiError(95009, str(kind))
        body = dict_of(item, kind)
        text_of(body, "content", max_bytes=128 if kind == "click" else 1024)
        if kind == "click":
            text_of(body, "id", max_bytes=64)
        elif kind == "view":
            check_url(text_of(body, "url"))
        elif kind == "miniprogram":
            text_of(body, "appid")
            text_of(body, "pagepath")
