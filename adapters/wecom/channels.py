"""The WeCom rungs of the ladder: template card, text, 微信客服, its greeting, and the group robot."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from adapters.delivery.ports import Address, DeliveryError, Failure, Mention, Sent
from adapters.wecom.cards import cuts_question, template_card
from adapters.wecom.client import Answer, Api
from adapters.wecom.errors import SESSION_STATE, TASK_ID_USED
from adapters.wecom.media import MediaParts, WecomMedia
from adapters.wecom.menus import kf_body
from adapters.wecom.messages import markdown_body, text_body
from cards.spec import Card, Note

UPDATE_CODE_LIFE = timedelta(hours=72)

_BAD_PARAMETER = "40058"
# The session ended, has an exclusive servicer, or is in a state that cannot move to ours.
_HUMAN_HAS_IT = frozenset({"95013", "95015", "95016"})
# Narrow on purpose: `a|b` would address two people, `@all` everybody.
_USERID = re.compile(r"(?!@)[^|\s]{1,64}")
_KF_PART = re.compile(r"[0-9A-Za-z_-]{1,64}")


class WecomTextChannel:
    """Plain text to one member, and the files that follow it.

    Source: https://developer.work.weixin.qq.com/document/path/90236

    Args:
        client: calls the platform.
        agent_id: the app that speaks.
        media: sends files on; without it they are only mentioned.
    """

    def __init__(self, client: Api, agent_id: int, media: WecomMedia | None = None) -> None:
        self._client = client
        self._agent_id = agent_id
        self._parts = MediaParts(media)

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Send words and files; a resend shows twice, for they have no key on this platform.

        Raises:
            DeliveryError: read `failure`.
        """

        def show(body: dict[str, Any], key: str) -> Sent:
            return Sent(ref=str(self.post(to, body).get("msgid") or key))

        return self._parts.send(content, message_key, _text, show)

    def post(self, to: Address, body: dict[str, Any]) -> Answer:
        """Send one `message/send` to one member and insist that the member gets it."""
        data = {"touser": userid_of(to), "agentid": self._agent_id, **body}
        answer = self._client.call("post", "message/send", data=data)
        _insist(answer)
        return answer


class WecomCardChannel:
    """Template cards to one member, changed in place with the single-use code of their sending or press.

    Source: https://developer.work.weixin.qq.com/document/path/90236 (send) and 94888 (update)

    Args:
        client: calls the platform.
        agent_id: the app that speaks.
        home_url: where a press on a card without buttons leads.
        now: the clock.
    """

    def __init__(self, client: Api, agent_id: int, home_url: str, now: Callable[[], datetime]) -> None:
        self._client = client
        self._agent_id = agent_id
        self._home_url = home_url
        self._now = now
        self._text = WecomTextChannel(client, agent_id)

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Send a card; a note goes as text, and so does a question that a card would cut.

        Raises:
            DeliveryError: read `failure`.
        """
        if isinstance(content, Note) or cuts_question(content):
            return self._text.send(to, content, message_key=message_key)
        card = template_card(content, task_id=message_key, home_url=self._home_url)
        try:
            answer = self._text.post(to, {"msgtype": "template_card", "template_card": card})
        except DeliveryError as error:
            if error.code == str(TASK_ID_USED):
                return Sent(ref=message_key)  # An earlier try arrived; its code was lost with its answer.
            raise
        return self._sent(message_key, answer)

    def update(self, to: Address, shown: Sent, content: Card, *, message_key: str) -> Sent:
        """Replace this member's copy.

        Raises:
            DeliveryError: PERMANENT when the code is missing, spent or too old; send a new card then.
        """
        if not shown.update_code:
            raise DeliveryError("no_update_code", Failure.PERMANENT)
        if shown.update_until is not None and shown.update_until <= self._now():
            raise DeliveryError("update_code_expired", Failure.PERMANENT)
        data = {
            "userids": [userid_of(to)],
            "agentid": self._agent_id,
            "response_code": shown.update_code,
            "template_card": template_card(content, task_id=message_key, home_url=self._home_url),
        }
        answer = self._client.call("post", "message/update_template_card", data=data)
        _insist(answer)
        return self._sent(message_key, answer)

    def _sent(self, message_key: str, answer: Answer) -> Sent:
        code = answer.get("response_code")
        if not isinstance(code, str) or not code:
            return Sent(ref=message_key)
        return Sent(ref=message_key, update_code=code, update_until=self._now() + UPDATE_CODE_LIFE)


class KfTextChannel:
    """Text, a menu or files to a WeChat customer through 微信客服.

    Source: https://developer.work.weixin.qq.com/document/path/94677 (send) and 94669 (state)

    Args:
        client: calls the platform.
        media: sends files on; without it they are only mentioned.
    """

    def __init__(self, client: Api, media: WecomMedia | None = None) -> None:
        self._client = client
        self._parts = MediaParts(media)

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Send; a message id that the account already has counts as sent.

        Raises:
            DeliveryError: WAITING until the customer writes again; otherwise read `failure`.
        """
        return self._parts.send(content, message_key, kf_body, partial(self._show, to))

    def _show(self, to: Address, body: dict[str, Any], message_key: str) -> Sent:
        """Send one message, taking the session over first where that is needed."""
        open_kfid, external_userid = kf_parts(to)
        data = {"touser": external_userid, "open_kfid": open_kfid, "msgid": message_key, **body}
        try:
            return self._send(data, message_key)
        except DeliveryError as error:
            if error.code != str(SESSION_STATE):
                raise
        self._take_over(open_kfid, external_userid)
        try:
            return self._send(data, message_key)
        except DeliveryError as error:
            if error.code != str(SESSION_STATE):
                raise
        # The move was granted and the answer still refused: a human is being assigned; look again later.
        raise DeliveryError(str(SESSION_STATE), Failure.LIMITED, 60.0)

    def _send(self, data: dict[str, Any], message_key: str) -> Sent:
        try:
            answer = self._client.call("post", "kf/send_msg", data=data)
        except DeliveryError as error:
            if _is_known_msgid(error):
                return Sent(ref=message_key)
            raise
        return Sent(ref=str(answer.get("msgid") or message_key))

    def _take_over(self, open_kfid: str, external_userid: str) -> None:
        """Move the session to our assistant (state 1).

        Raises:
            DeliveryError: WAITING when a human has it or it ended: the next word of the customer reopens it.
        """
        state = {"open_kfid": open_kfid, "external_userid": external_userid, "service_state": 1}
        try:
            self._client.call("post", "kf/service_state/trans", data=state)
        except DeliveryError as error:
            if error.code in _HUMAN_HAS_IT:
                raise DeliveryError(error.code, Failure.WAITING) from None
            raise


class KfWelcomeChannel:
    """One greeting for a customer who has just opened the chat, within 20 s.

    Source: https://developer.work.weixin.qq.com/document/path/95122
    """

    def __init__(self, client: Api) -> None:
        self._client = client

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Greet.

        Raises:
            DeliveryError: PERMANENT when it is too late or was done before; otherwise read `failure`.
        """
        code = to.rest.split(":", 2)[2] if to.kind == "wecom_welcome" and to.rest.count(":") >= 2 else ""
        if not code:
            raise _bad_address(to)
        data = {"code": code, "msgid": message_key, **kf_body(content)}
        try:
            answer = self._client.call("post", "kf/send_msg_on_event", data=data)
        except DeliveryError as error:
            if _is_known_msgid(error):
                return Sent(ref=message_key)
            if error.failure is Failure.WAITING:
                raise DeliveryError(error.code, Failure.PERMANENT) from None
            raise
        return Sent(ref=str(answer.get("msgid") or message_key))


class WebhookChannel:
    """The group robot: markdown into one internal group; it never learns of an answer.

    Source: https://developer.work.weixin.qq.com/document/path/99110

    Args:
        client: calls the platform.
        url: the robot's full address with its key; a secret.
    """

    def __init__(self, client: Api, url: str) -> None:
        self._client = client
        self._url = url

    def send(
        self, to: Address, content: Card | Note, *, message_key: str, mentions: tuple[Mention, ...] = ()
    ) -> Sent:
        """Send markdown; the platform gives no message id, so a resend shows twice.

        Raises:
            DeliveryError: LIMITED for a minute beyond 20 messages a minute; otherwise read `failure`.
        """
        if to.kind != "wecom_webhook" or not self._url:
            raise _bad_address(to)
        called = [each.user_id for each in mentions if _USERID.fullmatch(each.user_id)]
        body = markdown_body(content, called)
        self._client.post_url(self._url, {"msgtype": "markdown", "markdown": body})
        return Sent(ref=message_key)


def userid_of(to: Address) -> str:
    """Return the member of `wecom_user:<userid>`.

    Raises:
        DeliveryError: PERMANENT when it names nobody, several people or everybody.
    """
    if to.kind != "wecom_user" or not _USERID.fullmatch(to.rest):
        raise _bad_address(to)
    return to.rest


def kf_parts(to: Address) -> tuple[str, str]:
    """Return account and customer of `wecom_kf:<open_kfid>:<external_userid>`.

    Raises:
        DeliveryError: PERMANENT when it does not name both.
    """
    open_kfid, _, external_userid = to.rest.partition(":")
    if to.kind != "wecom_kf" or not _KF_PART.fullmatch(open_kfid) or not _KF_PART.fullmatch(external_userid):
        raise _bad_address(to)
    return open_kfid, external_userid


def _text(content: Card | Note) -> dict[str, Any]:
    return {"msgtype": "text", "text": text_body(content)}


def _bad_address(to: Address) -> DeliveryError:
    return DeliveryError("bad_address", Failure.PERMANENT, detail=to.kind)


def _insist(answer: Answer) -> None:
    """Refuse an answer whose errcode is 0 although our one receiver is among the refused."""
    for field in ("invaliduser", "unlicenseduser"):
        if answer.get(field):
            raise DeliveryError(field, Failure.PERMANENT)


def _is_known_msgid(error: DeliveryError) -> bool:
    """Return whether the account already has our msgid.

    The page promises "an error" without a number. Ours is always well-formed, so a complaint about the msgid
    means that it was used; 40058 about anything else does not count.
    """
    return error.code == _BAD_PARAMETER and "msgid" in str(error)
