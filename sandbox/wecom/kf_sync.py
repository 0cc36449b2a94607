"""`kf/sync_msg` and the calls about accounts, customers and states.

Source: D94670, D94669, D95159; https://developer.work.weixin.qq.com/document/path/94670
"""

import bisect
from typing import Any

from sandbox.wecom.call import Call, Route, int_of, optional_text, text_of
from sandbox.wecom.corp import MINUTE_S, Corp, Window
from sandbox.wecom.errors import ApiError
from sandbox.wecom.kf_codes import EventCodes
from sandbox.wecom.kf_sessions import (
    ASSISTANT,
    ENDED,
    HUMAN,
    LOG_S,
    NEW,
    POOL,
    KfSessions,
    cursor_at,
    place_of,
)

_TOKEN_S = 600
_MOVES = {
    NEW: {ASSISTANT, POOL, HUMAN},
    ASSISTANT: {ASSISTANT, POOL, HUMAN},
    POOL: {HUMAN},
    HUMAN: {HUMAN, ENDED},
    ENDED: set[int](),
}


class KfReading:
    """Everything an app may read or change at its kf accounts, except sending."""

    def __init__(self, corp: Corp, sessions: KfSessions, codes: EventCodes) -> None:
        self._corp = corp
        self._sessions = sessions
        self._codes = codes
        self._tokenless = Window(MINUTE_S)

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {
            "kf/sync_msg": Route(self.sync),
            "kf/service_state/get": Route(self.get_state),
            "kf/service_state/trans": Route(self.change_state),
            "kf/customer/batchget": Route(self.customers),
            "kf/account/list": Route(self.list_accounts),
            "kf/servicer/list": Route(self.list_servicers, post=False),
        }

    def sync(self, call: Call) -> dict[str, Any]:
        """Answer one page of the account's log after the cursor."""
        open_kfid = account_of(call.body, self._sessions)
        self._check_token(optional_text(call.body, "token"), open_kfid)
        limit = int_of(call, "limit", 1000)
        if not 1 <= limit <= 1000 or int_of(call, "voice_format", 0) not in (0, 1):
            raise ApiError(40058, "limit, voice_format")
        cursor = optional_text(call.body, "cursor", max_bytes=64)
        log = self._sessions.logs.get(open_kfid, [])
        oldest = bisect.bisect_left(log, self._corp.now() - LOG_S, key=lambda logged: logged.at_s)
        start = min(max(place_of(cursor, open_kfid) if cursor else 0, oldest), len(log))
        if self._corp.kf_empty_pages > 0 and start < len(log):
            self._corp.kf_empty_pages -= 1
            return {"next_cursor": cursor_at(open_kfid, start), "has_more": 1, "msg_list": []}
        end = min(start + min(limit, self._corp.kf_page_size), len(log))
        page = [logged.message for logged in log[start:end]]
        return {"next_cursor": cursor_at(open_kfid, end), "has_more": int(end < len(log)), "msg_list": page}

    def _check_token(self, token: str, open_kfid: str) -> None:
        now = self._corp.now()
        if not token:
            if self._tokenless.full(now, self._corp.kf_tokenless_per_min):
                raise ApiError(45009, "without token")
            self._tokenless.add(now)
            return
        owner, issued_s = self._sessions.tokens.get(token, ("", 0.0))
        if owner != open_kfid or now - issued_s > _TOKEN_S:
            raise ApiError(95007)

    def get_state(self, call: Call) -> dict[str, Any]:
        """Answer the state of one session."""
        open_kfid = account_of(call.body, self._sessions)
        session = self._sessions.session(open_kfid, customer_of(call.body, "external_userid", self._corp))
        return {"service_state": session.state, "servicer_userid": session.servicer}

    def change_state(self, call: Call) -> dict[str, Any]:
        """Move a session; the first move to 2 or 3 and the end bring a msg_code."""
        open_kfid = account_of(call.body, self._sessions)
        external_userid = customer_of(call.body, "external_userid", self._corp)
        target = int_of(call, "service_state")
        session = self._sessions.session(open_kfid, external_userid)
        if target not in _MOVES[session.state]:
            raise ApiError(95016, f"{session.state} to {target}")
        servicer = self._servicer(call) if target == HUMAN else ""
        came_from, session.state, session.servicer = session.state, target, servicer
        self._corp.journal.add(
            "wecom",
            "updated",
            chat=f"kf:{external_userid}",
            text=f"（会话状态 {came_from} → {target}）",
            service_state=target,
            servicer=servicer,
        )
        if target in (ASSISTANT, came_from):
            return {}
        return {"msg_code": self._codes.issue_for_state(open_kfid, external_userid, target)}

    def _servicer(self, call: Call) -> str:
        servicer = text_of(call.body, "servicer_userid")
        if servicer not in self._sessions.servicers:
            raise ApiError(95014)
        if not self._sessions.servicers[servicer]:
            raise ApiError(95019)
        return servicer

    def customers(self, call: Call) -> dict[str, Any]:
        """Answer nicknames of up to a hundred customers."""
        names = call.body.get("external_userid_list")
        if not isinstance(names, list) or not 1 <= len(names) <= 100:
            raise ApiError(40058, "external_userid_list")
        names = [str(name) for name in names]
        found = [self._customer(name, call) for name in names if name in self._corp.customers]
        unknown = [name for name in names if name not in self._corp.customers]
        return {"customer_list": found, "invalid_external_userid": unknown}

    def _customer(self, external_userid: str, call: Call) -> dict[str, Any]:
        customer = self._corp.customers[external_userid]
        facts: dict[str, Any] = {
            "external_userid": external_userid,
            "nickname": customer.nickname,
            "avatar": "",
            "gender": 0,
        }
        if call.body.get("need_enter_session_context") == 1:
            session = self._sessions.session(self._corp.kf_open_kfid, external_userid)
            facts["enter_session_context"] = {"scene": session.scene, "scene_param": ""}
        return facts

    def list_accounts(self, call: Call) -> dict[str, Any]:
        """Answer the kf accounts the app may use."""
        offset, limit = int_of(call, "offset", 0), int_of(call, "limit", 100)
        accounts = [
            {"open_kfid": open_kfid, "name": name, "avatar": "", "manage_privilege": True}
            for open_kfid, name in self._sessions.accounts.items()
        ]
        return {"account_list": accounts[offset : offset + limit]}

    def list_servicers(self, call: Call) -> dict[str, Any]:
        """Answer who serves, 0 for on duty and 1 for off."""
        account_of(call.query, self._sessions)
        people = [{"userid": name, "status": int(not on)} for name, on in self._sessions.servicers.items()]
        return {"servicer_list": people}


def account_of(body: dict[str, Any], sessions: KfSessions) -> str:
    """Return the account named in a call, 95000 or 95004 otherwise."""
    open_kfid = text_of(body, "open_kfid", missing=95000, wrong=95000)
    if open_kfid not in sessions.accounts:
        raise ApiError(95004)
    return open_kfid


def customer_of(body: dict[str, Any], key: str, corp: Corp) -> str:
    """Return the customer named in a call, 40096 otherwise."""
    external_userid = text_of(body, key)
    if external_userid not in corp.customers:
        raise ApiError(40096)
    return external_userid
