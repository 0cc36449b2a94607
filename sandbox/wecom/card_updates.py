"""`message/update_template_card`: response codes and what they may change.

Source: D94888; https://developer.work.weixin.qq.com/document/path/94888
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.wecom.call import Call, Route, dict_of, int_of, text_of
from sandbox.wecom.cards import World, advice, check_card, check_task_id
from sandbox.wecom.chats import Posted
from sandbox.wecom.corp import HOUR_S, Corp
from sandbox.wecom.errors import ApiError

_LIFE_S = 72 * HOUR_S


@dataclass
class ResponseCode:
    """The right to change one message once, for some of its receivers."""

    msgid: str
    may_change: set[str]
    issued_s: float
    used: bool = False


class CardUpdates:
    """Issue response codes and spend them."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._codes: dict[str, ResponseCode] = {}

    def routes(self, world: World) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {"message/update_template_card": Route(lambda call: self.update(call, world))}

    def issue(self, msgid: str, may_change: set[str]) -> str:
        """Return a new code for a message."""
        code = secrets.token_urlsafe(48)
        self._codes[code] = ResponseCode(msgid, may_change, self._corp.now())
        return code

    def update(self, call: Call, world: World) -> dict[str, Any]:
        """Change the card for the listed receivers and for nobody else."""
        code = self._find(call)
        change = self._change(call, world)
        userids = self._listed(call.body)
        self._claim_task_id(change, code.msgid)
        code.used = True
        changed = {name for name in userids if name in code.may_change}
        copies = self._corp.chats.copies(code.msgid)
        for userid in sorted(changed):
            chat = f"user:{userid}"
            if call.silent:
                self._corp.dropped(chat, "fault on demand", msgid=code.msgid)
            elif chat in copies:
                _apply(copies[chat], change)
                self._corp.chats.journal_update(chat, copies[chat])
        refused = [name for name in userids if name not in changed]
        return {"invaliduser": refused} if refused else {}

    def _find(self, call: Call) -> ResponseCode:
        if int_of(call, "agentid") != self._corp.agent_id:
            raise ApiError(42015)
        code = self._codes.get(text_of(call.body, "response_code", missing=40058))
        if code is None:
            raise ApiError(40058, "response_code")
        if code.used or self._corp.now() - code.issued_s > _LIFE_S:
            raise ApiError(42022)
        return code

    def _change(self, call: Call, world: World) -> dict[str, Any]:
        if call.body.get("template_card"):
            card = dict_of(call.body, "template_card")
            check_card(card, world)
            check_task_id(card, required=False)
            call.notes.extend(advice(card))
            replaced = card.get("replace_text") or ""
            if not isinstance(replaced, str):
                raise ApiError(40058, "replace_text")
            return {"card": card, "replaced": replaced}
        button = dict_of(call.body, "button", missing=40058)
        return {"replaced": text_of(button, "replace_name", missing=40058)}

    def _claim_task_id(self, change: dict[str, Any], msgid: str) -> None:
        """Let an update keep the card's task_id or bring one that is new."""
        task_id = change.get("card", {}).get("task_id")
        own = {message.task_id for message in self._corp.chats.copies(msgid).values()}
        if task_id and task_id not in own and task_id in self._corp.task_ids:
            raise ApiError(42014, "task_id was used before")
        if task_id:
            self._corp.task_ids.add(task_id)

    def _listed(self, body: dict[str, Any]) -> list[str]:
        everybody = sorted(member.userid for member in self._corp.members.values())
        lists = {key: _array(body, key) for key in ("userids", "partyids", "tagids")}
        if body.get("atall", 0) == 1:
            return everybody
        if not any(lists.values()):
            raise ApiError(40058, "userids, partyids and tagids are empty")
        names = [str(name) for name in lists["userids"]]
        known = [member.userid if (member := self._corp.member(name)) else name for name in names]
        return known + (everybody if any(str(party) == "1" for party in lists["partyids"]) else [])


def _array(body: dict[str, Any], key: str) -> list[Any]:
    value = body.get(key) or []
    if not isinstance(value, list) or len(value) > (1000 if key == "userids" else 100):
        raise ApiError(40058, f"{key} must be an array")
    return value


def _apply(message: Posted, change: dict[str, Any]) -> None:
    message.replaced = change["replaced"]
    if "card" in change:
        message.content = json.loads(json.dumps(change["card"]))
        message.task_id = message.content.get("task_id") or message.task_id
