"""What stands around the DingTalk adapter: payloads, cards, and a receiver that does as it is told."""

import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from adapters.inbound import Answer, Inbound
from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone

NOW = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
ORDER_ID = UUID("7b6f3c1e-2d4a-4e5f-8a9b-0c1d2e3f4a5b")
NUMBER = "WO-20260601-0001"
ACCEPT = CardAction("wo.accept", ORDER_ID, 3)
DECLINE = CardAction("wo.decline", ORDER_ID, 3)

_PAYLOADS = Path(__file__).parent.parent / "payloads" / "dingtalk"


def now() -> datetime:
    return NOW


def real_now() -> datetime:
    return datetime.now(UTC)


def payload(name: str) -> dict[str, Any]:
    """Return the data of a frame as DingTalk would push it."""
    data: dict[str, Any] = json.loads((_PAYLOADS / f"{name}.json").read_text("utf-8"))
    return data


def offer_card(**changes: Any) -> Card:
    """Return the card that offers a job, with two buttons."""
    parts: dict[str, Any] = {
        "title": f"工单 {NUMBER}",
        "status": "待接单",
        "tone": Tone.INFO,
        "fields": (("客户", "示例电子"), ("故障", "二号注塑机漏油")),
        "body": "早上开机后开始漏油，已停机。",
        "hint": "请在 10 分钟内接单",
        "buttons": (
            Button("接单", ACCEPT, f"接单 {NUMBER}", ButtonStyle.PRIMARY),
            Button("拒单", DECLINE, f"拒单 {NUMBER} 原因"),
        ),
    }
    return Card(**(parts | changes))


def accepted_card(by: str = "李工") -> Card:
    """Return the card after somebody took the job: no buttons any more."""
    return offer_card(status=f"已接单（{by}）", tone=Tone.SUCCESS, hint="", buttons=())


def render(name: str, view: Mapping[str, object]) -> Card | Note:
    """Lay out the one card these tests know."""
    if name != "accepted":
        raise KeyError(name)
    return accepted_card(str(view.get("by", "李工")))


class ScriptedReceiver:
    """Remembers every Inbound; slow or failing on demand.

    Args:
        answer: returned for everything.
        delay_s: how long each receive takes.
        failures: how many receives raise before the first that works.
    """

    def __init__(self, answer: Answer | None = None, delay_s: float = 0.0, failures: int = 0) -> None:
        self.answer = answer or Answer()
        self.delay_s = delay_s
        self.failures = failures
        self.received: list[Inbound] = []
        self.finished: list[Inbound] = []
        self._lock = threading.Lock()

    def receive(self, inbound: Inbound) -> Answer:
        with self._lock:
            self.received.append(inbound)
            failing = self.failures > 0
            self.failures -= failing
        if self.delay_s:
            time.sleep(self.delay_s)
        if failing:
            raise RuntimeError("the inbox cannot be written")
        with self._lock:
            self.finished.append(inbound)
        return self.answer
