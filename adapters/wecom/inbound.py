"""From one proven XML message to one Inbound."""

import hashlib
import json
import logging
import re

from pydantic import ValidationError

from adapters.inbound import Content, Inbound, Platform, Sender, UnsupportedContent
from adapters.wecom.payloads import EVENTS, KF_EVENT, MESSAGES, Head, KfWakePayload
from adapters.wecom.xml import CallbackMalformed, Tree

log = logging.getLogger(__name__)

_MSG_ID = re.compile(r"[0-9]{1,20}")


def read_head(tree: Tree) -> Head:
    """Return what every message has.

    Raises:
        CallbackMalformed: without it nobody can be answered.
    """
    try:
        return Head.model_validate(tree)
    except ValidationError as error:
        raise CallbackMalformed(f"message: {_fields(error)}") from None


def read_kf_wake(head: Head, tree: Tree) -> KfWakePayload | None:
    """Return the wake of a 微信客服 account, or None when the message is something else.

    Raises:
        CallbackMalformed: a wake that does not say which account.
    """
    if head.msg_type != "event" or head.event != KF_EVENT:
        return None
    try:
        return KfWakePayload.model_validate(tree)
    except ValidationError as error:
        raise CallbackMalformed(f"{KF_EVENT}: {_fields(error)}") from None


def to_inbound(head: Head, tree: Tree, raw: str) -> Inbound:
    """Return the message in the shape of every channel.

    What we do not know, or know and cannot read, is kept as unsupported: refusing it would lose it.
    """
    return Inbound(
        channel="wecom_app",
        delivery_key=delivery_key(head, tree),
        sender=Sender(platform=Platform.WECOM, user_id=head.userid),
        conversation=f"wecom_user:{head.userid}" if head.userid else "",
        sent_at=head.sent_at,
        content=_content(head, tree),
        raw=raw,
    )


def delivery_key(head: Head, tree: Tree) -> str:
    """Return the same key for every repeat of a message, and another one for every other message.

    An event has no id, and its second-resolution time loses real events; the digest covers every element.
    A MsgId was seen repeated for several people, so it counts together with the sender.
    """
    if head.msg_type != "event" and _MSG_ID.fullmatch(head.msg_id):
        return f"msg:{head.msg_id}:{head.userid}"
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _content(head: Head, tree: Tree) -> Content:
    is_event = head.msg_type == "event"
    model = EVENTS.get(head.event) if is_event else MESSAGES.get(head.msg_type)
    unsupported = UnsupportedContent(type_name=head.type_name, answerable=not is_event and bool(head.userid))
    if model is None:
        return unsupported
    try:
        return model.model_validate(tree).to_content()
    except ValidationError as error:
        log.warning("wecom %s could not be read: %s", head.type_name, _fields(error))
        return unsupported


def _fields(error: ValidationError) -> str:
    entries = error.errors(include_input=False, include_url=False)
    return "; ".join(f"{'.'.join(map(str, entry['loc']))}: {entry['msg']}" for entry in entries)
