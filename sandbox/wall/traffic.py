"""The journal as wire traffic: what went over the line, in which direction, how fast, with what answer."""

import json
from typing import Any

from sandbox.core.journal import Entry

_KINDS = frozenset({"call", "callback", "ack", "lost", "dropped"})
MOST_CHARS = 20_000
_DIRECTION = {"call": "in", "callback": "out", "ack": "in"}
_TOPICS = {
    "/v1.0/im/bot/messages/get": "stream 机器人消息",
    "/v1.0/card/instances/callback": "stream 卡片回传",
}


def is_traffic(entry: Entry) -> bool:
    """Return whether an entry went over the wire, or should have; pings that were answered are left out."""
    ping = entry.data.get("topic") == "ping" and not entry.data.get("no_ack")
    return entry.kind in _KINDS and not ping


def row(number: int, entry: Entry) -> dict[str, Any]:
    """Return one line of the list.

    `dir` is `in` for what the product sent, `out` for what it was sent, empty for what never travelled.
    """
    data = entry.data
    return {
        "n": number,
        "at": int(entry.at.timestamp() * 1000),
        "platform": entry.platform,
        "kind": entry.kind,
        "dir": _DIRECTION.get(entry.kind, ""),
        "path": _path(entry),
        "code": _code(entry),
        "ms": _latency_ms(data),
        "ok": _is_fine(entry),
        "disturbed": bool(data.get("disturbed") or data.get("fault")),
    }


def body(entry: Entry) -> str:
    """Return everything that is known of an entry as readable JSON, cut where it is endless."""
    text = json.dumps(entry.data, ensure_ascii=False, indent=2, default=str)
    return text if len(text) <= MOST_CHARS else text[:MOST_CHARS] + "\n…"


def _path(entry: Entry) -> str:
    data = entry.data
    name = data.get("operation") or data.get("what") or _TOPICS.get(str(data.get("topic")), data.get("topic"))
    return str(name or data.get("path") or data.get("reason") or entry.text)


def _code(entry: Entry) -> str:
    """Return the answer's code: the platform's own where there is one, else the HTTP status."""
    data = entry.data
    answer = data.get("answer")
    if isinstance(answer, dict):
        for name in ("errcode", "code"):
            if answer.get(name) not in (None, ""):
                return str(answer[name])
    if entry.kind in ("lost", "dropped"):
        return ""
    return str(data.get("status") or data.get("code") or "")


def _latency_ms(data: dict[str, Any]) -> float | None:
    if "latency_ms" in data:
        return float(data["latency_ms"])
    return round(float(data["latency_s"]) * 1000, 1) if data.get("latency_s") else None


def _is_fine(entry: Entry) -> bool:
    if entry.kind in ("lost", "dropped"):
        return False
    if entry.kind == "ack" and (entry.data.get("no_ack") or entry.data.get("late")):
        return False
    return _code(entry) in ("", "0", "200")
