"""How messages read in a chat: the msgKey table and the webhook message types."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.dingtalk.errors import ApiError, OapiError

# Which parameters each msgKey must have; `sampleActionCard2` to `5` follow from their number.
_REQUIRED: dict[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("title", "text", "messageUrl"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleVideo": ("duration", "videoMediaId", "videoType", "picMediaId"),
}
for _n in range(2, 6):
    _pairs = [f"action{part}{i}" for i in range(1, _n + 1) for part in ("Title", "URL")]
    _REQUIRED[f"sampleActionCard{_n}"] = ("title", "text", *_pairs)

MSG_PARAM_BYTES = 15_000
WEBHOOK_BODY_BYTES = 20_000
MAX_AT = 50


def robot_text(msg_key: Any, msg_param: Any) -> str:
    """Return how a robot message reads.

    Raises:
        ApiError: unknown msgKey, or a msgParam that is no JSON string with what the msgKey needs.
    """
    if not msg_key:
        raise ApiError("invalidParameter.msgKey.empty", "msgKey is empty")
    if msg_key not in _REQUIRED:
        raise ApiError("invalidParameter.msgKey.invalid", f"msgKey {msg_key} is invalid")
    if not msg_param:
        raise ApiError("miss.param.msgParam", "msgParam is empty")
    if not isinstance(msg_param, str):
        raise ApiError("invalidParameter.msgParam.invalid", "msgParam must be a JSON string")
    if len(msg_param.encode()) > MSG_PARAM_BYTES:
        raise ApiError("invalidParameter.msgParam.tooLong", "msgParam is too long")
    try:
        params = json.loads(msg_param)
    except ValueError:
        params = None
    if not isinstance(params, dict):
        raise ApiError("invalidParameter.msgParam.invalid", "msgParam is not a JSON object")
    missing = [
        name for name in _REQUIRED[msg_key] if not isinstance(params.get(name), str) or not params[name]
    ]
    if missing:
        raise ApiError("invalidParameter.msgParam.invalid", f"msgParam lacks {', '.join(missing)}")
    return _readable(msg_key, params)


def media_shown(msg_key: str, msg_param: str) -> str:
    """Return the media id in a robot message, or nothing; a picture may be named by a URL instead."""
    params = json.loads(msg_param)
    named = {
        "sampleImageMsg": "photoURL",
        "sampleAudio": "mediaId",
        "sampleFile": "mediaId",
        "sampleVideo": "videoMediaId",
    }
    media_id = str(params.get(named.get(msg_key, ""), ""))
    return media_id if media_id.startswith("@") else ""


def _readable(msg_key: str, params: dict[str, str]) -> str:
    if msg_key == "sampleText":
        return params["content"]
    if msg_key == "sampleImageMsg":
        return f"[图片] {params['photoURL']}"
    if msg_key == "sampleAudio":
        return "[语音]"
    if msg_key == "sampleVideo":
        return "[视频]"
    if msg_key == "sampleFile":
        return f"[文件] {params['fileName']}"
    if msg_key == "sampleLink":
        return f"{params['title']}\n{params['text']}\n{params['messageUrl']}"
    if msg_key == "sampleActionCard":
        return f"{params['text']}\n[{params['singleTitle']}]({params['singleURL']})"
    titles, urls = ("buttonTitle", "buttonUrl") if msg_key.endswith("6") else ("actionTitle", "actionURL")
    links = [f"[{params[titles + n]}]({params[urls + n]})" for n in "12345" if titles + n in params]
    return "\n".join([params["text"], *links])


def webhook_text(body: dict[str, Any], names: Mapping[str, str], mobiles: Mapping[str, str]) -> str:
    """Return how a session or custom robot message reads, with its mentions by the real rules.

    Args:
        names: display name of each userid.
        mobiles: display name of each mobile number.

    Raises:
        OapiError: unknown type or missing part.
    """
    kind = body.get("msgtype")
    part = body.get(str(kind))
    if kind not in ("text", "markdown", "actionCard", "feedCard", "link"):
        raise OapiError(400105, f"不支持的消息类型: {kind}")
    if not isinstance(part, dict):
        raise OapiError(40035, f"缺少参数 {kind}")
    text = _webhook_part(str(kind), part)
    return _with_mentions(str(kind), text, body.get("at"), names, mobiles)


def _webhook_part(kind: str, part: dict[str, Any]) -> str:
    if kind == "text":
        return _need(part, "content")
    if kind == "markdown":
        _need(part, "title")
        return _need(part, "text")
    if kind == "link":
        return "\n".join(_need(part, name) for name in ("title", "text", "messageUrl"))
    if kind == "feedCard":
        links = part.get("links")
        if not isinstance(links, list) or not links:
            raise OapiError(40035, "缺少参数 links")
        return "\n".join(f"[{_need(link, 'title')}]({_need(link, 'messageURL')})" for link in links)
    _need(part, "title")
    text = _need(part, "text")
    buttons = part.get("btns")
    if not buttons:
        return f"{text}\n[{_need(part, 'singleTitle')}]({_need(part, 'singleURL')})"
    return "\n".join(
        [text, *(f"[{_need(button, 'title')}]({_need(button, 'actionURL')})" for button in buttons)]
    )


def _with_mentions(
    kind: str, text: str, at: Any, names: Mapping[str, str], mobiles: Mapping[str, str]
) -> str:
    """Show mentions: text from `at` alone, markdown only where the token stands in the body, links never."""
    if not isinstance(at, dict):
        return text
    wanted = {str(key): names.get(str(key), str(key)) for key in at.get("atUserIds") or [] if key}
    wanted |= {str(key): mobiles.get(str(key), str(key)) for key in at.get("atMobiles") or [] if key}
    if len(wanted) > MAX_AT:
        raise OapiError(40035, "at人数超过50")
    if kind in ("markdown", "actionCard"):
        for key, name in wanted.items():
            text = text.replace(f"@{key}", f"@{name}")
        return text
    if kind != "text":
        return text
    everybody = ["@所有人"] if at.get("isAtAll") in (True, "true") else []
    missing = [f"@{name}" for key, name in wanted.items() if f"@{key}" not in text]
    for key, name in wanted.items():
        text = text.replace(f"@{key}", f"@{name}")
    return " ".join([*everybody, *missing, text])


def _need(part: Any, name: str) -> str:
    value = part.get(name) if isinstance(part, dict) else None
    if not isinstance(value, str) or not value:
        raise OapiError(40035, f"缺少参数 {name}")
    return value
