"""`message/send` and `message/recall`: the app writes to members.

Source: D90236, D94867; https://developer.work.weixin.qq.com/document/path/90236
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.wecom.bodies import Bodies
from sandbox.wecom.call import Call, Route, dict_of, int_of, optional_text, text_of
from sandbox.wecom.card_updates import CardUpdates
from sandbox.wecom.cards import advice, check_card, check_task_id, needs_callback
from sandbox.wecom.corp import DAY_S, HOUR_S, MINUTE_S, Corp, Member, Window
from sandbox.wecom.errors import ApiError
from sandbox.wecom.media import Media

_PER_MINUTE = 30
_PER_HOUR = 1000


@dataclass
class Audience:
    """Who is addressed: members that can be reached and names that cannot."""

    members: dict[str, Member] = field(default_factory=dict)
    invalid: dict[str, list[str]] = field(default_factory=dict)

    def refused(self) -> dict[str, str]:
        """Return the non-empty `invalid…` fields of the answer."""
        return {key: "|".join(names) for key, names in self.invalid.items() if names}


class Messages:
    """Everything an app may send, and its recall."""

    def __init__(self, corp: Corp, media: Media, updates: CardUpdates) -> None:
        self._corp = corp
        self._media = media
        self._bodies = Bodies(media)
        self._updates = updates
        self._rates: dict[str, tuple[Window, Window]] = {}
        self._sent_s: dict[str, float] = {}
        self._same: dict[str, float] = {}

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {"message/send": Route(self.send), "message/recall": Route(self.recall)}

    def is_media(self, media_id: str) -> bool:
        """Return whether the file lives."""
        return self._media.find(media_id) is not None

    def is_member(self, userid: str) -> bool:
        """Return whether the member exists."""
        return self._corp.member(userid) is not None

    def send(self, call: Call) -> dict[str, Any]:
        """Check everything, then show the message to each member who may have one more."""
        self._check_agent(call)
        audience = self._audience(call.body)
        msgtype = text_of(call.body, "msgtype", missing=40008, wrong=40008)
        content = self._content(call, msgtype)
        if not audience.members:
            raise ApiError(81013)
        task_id = self._claim_task_id(content) if msgtype == "template_card" else ""
        msgid = secrets.token_urlsafe(36)
        self._sent_s[msgid] = self._corp.now()
        reason = "fault on demand" if call.silent else self._duplicate(call)
        for member in audience.members.values():
            self._deliver(member, msgtype, content, msgid, task_id, reason)
        answer: dict[str, Any] = {**audience.refused(), "msgid": msgid}
        if msgtype == "template_card" and needs_callback(content):
            answer["response_code"] = self._updates.issue(msgid, set(audience.members))
        return answer

    def _check_agent(self, call: Call) -> None:
        if call.body.get("agentid") in (None, ""):
            raise ApiError(41011)
        try:
            agent_id = int_of(call, "agentid")
        except ApiError as error:
            raise ApiError(40056) from error
        if agent_id != self._corp.agent_id:
            raise ApiError(301002)

    def _audience(self, body: dict[str, Any]) -> Audience:
        names = {key: _split(body, key) for key in ("touser", "toparty", "totag")}
        audience = Audience(invalid={"invaliduser": [], "invalidparty": [], "invalidtag": names["totag"]})
        if names["touser"] == ["@all"]:
            names = {"touser": list(self._corp.members), "toparty": [], "totag": []}
            audience.invalid["invalidtag"] = []
        if not any(names.values()):
            raise ApiError(40003, "touser, toparty and totag are empty")
        if len(names["touser"]) > 1000:
            raise ApiError(40032)
        if max(len(names["toparty"]), len(names["totag"])) > 100:
            raise ApiError(40058, "toparty, totag")
        for party in names["toparty"]:  # everybody belongs to the root department, there is no other
            names["touser"] += list(self._corp.members) if party == "1" else []
            audience.invalid["invalidparty"] += [] if party == "1" else [party]
        self._sort_out(names["touser"], audience)
        return audience

    def _sort_out(self, userids: list[str], audience: Audience) -> None:
        for name in userids:
            member = self._corp.member(name)
            if member is None:
                audience.invalid["invaliduser"].append(name.lower())
            elif member.userid in self._corp.unlicensed_users:
                audience.invalid.setdefault("unlicenseduser", []).append(name.lower())
            else:
                audience.members[member.userid] = member

    def _content(self, call: Call, msgtype: str) -> dict[str, Any]:
        if msgtype != "template_card":
            return self._bodies.check(msgtype, call.body)
        card = dict_of(call.body, "template_card")
        check_card(card, self)
        if needs_callback(card) and not self._corp.has_callback:
            raise ApiError(43012)
        call.notes.extend(advice(card))
        return card

    def _claim_task_id(self, card: dict[str, Any]) -> str:
        task_id = check_task_id(card, required=needs_callback(card))
        if task_id in self._corp.task_ids:
            raise ApiError(42014, "task_id was used before")
        if task_id:
            self._corp.task_ids.add(task_id)
        return task_id

    def _duplicate(self, call: Call) -> str:
        if call.body.get("enable_duplicate_check", 0) != 1:
            return ""
        interval = min(int_of(call, "duplicate_check_interval", 1800), 4 * HOUR_S)
        same = json.dumps(call.body, sort_keys=True)
        seen_s = self._same.get(same)
        now = self._corp.now()
        if seen_s is not None and now - seen_s < interval:
            return "duplicate"
        self._same[same] = now
        return ""

    def _deliver(
        self, member: Member, msgtype: str, content: dict[str, Any], msgid: str, task_id: str, reason: str
    ) -> None:
        chat = f"user:{member.userid}"
        now = self._corp.now()
        windows = self._rates.setdefault(member.userid, (Window(MINUTE_S), Window(HOUR_S)))
        if not reason and (windows[0].full(now, _PER_MINUTE) or windows[1].full(now, _PER_HOUR)):
            reason = "rate limit of this member"
        if reason:
            self._corp.dropped(chat, reason, msgid=msgid, msgtype=msgtype, task_id=task_id)
            return
        for window in windows:
            window.add(now)
        copy_of_content = json.loads(json.dumps(content))
        self._corp.chats.post(chat, self._corp.posted("bot", msgtype, copy_of_content, msgid, task_id))

    def recall(self, call: Call) -> dict[str, Any]:
        """Take a message back from every chat within a day."""
        msgid = text_of(call.body, "msgid")
        sent_s = self._sent_s.get(msgid)
        if sent_s is None:
            raise ApiError(40058, "msgid")
        if self._corp.now() - sent_s > DAY_S:
            raise ApiError(42052)
        for chat, message in self._corp.chats.copies(msgid).items():
            message.hidden = True
            self._corp.journal.add("wecom", "updated", chat=chat, text="（已撤回）", msgid=msgid)
        return {}


def _split(body: dict[str, Any], key: str) -> list[str]:
    return [name for name in optional_text(body, key).split("|") if name]
