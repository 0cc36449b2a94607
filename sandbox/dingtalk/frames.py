"""The bytes that go down a Stream socket: frames and their data."""

import json
from typing import Any

from sandbox.dingtalk import ids
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import Card, Group, User

CALLBACK = "CALLBACK"
EVENT = "EVENT"
SYSTEM = "SYSTEM"


def frame(
    frame_type: str, topic: str, data: Any, *, app_id: str, connection_id: str, message_id: str, now_ms: int
) -> dict[str, Any]:
    """Build a downstream frame: `data` is a JSON string and every header a string."""
    return {
        "specVersion": "1.0",
        "type": frame_type,
        "headers": {
            "appId": app_id,
            "connectionId": connection_id,
            "contentType": "application/json",
            "messageId": message_id,
            "time": str(now_ms),
            "topic": topic,
        },
        "data": json.dumps(data, ensure_ascii=False),
    }


def disconnect_frame(reason: str, now_ms: int) -> dict[str, Any]:
    """Build a SYSTEM disconnect, which has neither specVersion nor messageId on the wire."""
    return {
        "type": SYSTEM,
        "headers": {"contentType": "application/json", "time": str(now_ms), "topic": "disconnect"},
        "data": json.dumps({"reason": reason}),
    }


def event_headers(settings: Settings, event_type: str, now_ms: int) -> dict[str, str]:
    """Return the headers which only events have."""
    return {
        "eventId": ids.short_hex(),
        "eventType": event_type,
        "eventCorpId": settings.corp_id,
        "eventBornTime": str(now_ms),
        "eventUnifiedAppId": settings.app_id,
    }


def robot_message(
    settings: Settings, sender: User, group: Group | None, *, msg_id: str, now_ms: int, session_url: str
) -> dict[str, Any]:
    """Build what every robot message carries; the caller adds msgtype and its part.

    A sender outside the corporation, or any sender while the app is unpublished, has no `senderStaffId`.
    """
    data: dict[str, Any] = {
        "msgId": msg_id,
        "createAt": now_ms,
        "conversationType": "2" if group else "1",
        "conversationId": group.conversation_id if group else sender.conversation_id,
        "senderId": sender.encrypted_id,
        "senderNick": sender.name,
        "senderPlatform": "Win",
        "isAdmin": False,
        "chatbotCorpId": settings.corp_id,
        "chatbotUserId": settings.chatbot_user_id,
        "robotCode": settings.robot_code,
        "sessionWebhook": session_url,
        "sessionWebhookExpiredTime": now_ms + settings.session_ttl_s * 1000,
    }
    if settings.app_published and not sender.userid.startswith("stranger:"):
        data |= {"senderStaffId": sender.userid, "senderCorpId": settings.corp_id}
    if group:
        data |= {
            "conversationTitle": group.title,
            "isInAtList": True,
            "atUsers": [{"dingtalkId": settings.chatbot_user_id}],
        }
    return data


def quota_exhausted(data: dict[str, Any]) -> dict[str, Any]:
    """Turn a robot message into what arrives when the month's pushes are used up: no content at all."""
    bare = {name: value for name, value in data.items() if name not in ("text", "content")}
    return bare | {
        "errorCode": "20001",
        "errorMessage": "受调用量超量影响，消息内容无法推送，请购买增量包或升级专业版",
    }


def card_callback(
    settings: Settings,
    card: Card,
    user: User,
    *,
    space_id: str,
    action_ids: list[str],
    params: dict[str, Any],
) -> dict[str, Any]:
    """Build the data of a card callback in the style that the settings ask for."""
    data: dict[str, Any] = {
        "type": "actionCallback",
        "outTrackId": card.out_track_id,
        "corpId": settings.corp_id,
        "userId": user.union_id if card.user_id_type == 2 else user.userid,
        "userIdType": card.user_id_type,
        "spaceId": space_id,
        "spaceType": "im",
        "extension": settings.card_extension,
    }
    if settings.card_value_only:
        old = {"cardPrivateData": {"actionIds": action_ids}, "params": params}
        return data | {"value": json.dumps(old, ensure_ascii=False)}
    content = json.dumps({"cardPrivateData": {"actionIds": action_ids, "params": params}}, ensure_ascii=False)
    return data | {"content": content, "value": content}
