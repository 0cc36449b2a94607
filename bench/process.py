"""How many steps the process engine decides in a second, and how much is stored of an instance."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.engine.process import Agree, Definition, ProcessState, start, step
from domain.engine.process.definition import Assign

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _approval(person: str, title: str, then: str) -> dict[str, Any]:
    asked = [{"by": "person", "person": person}]
    return {"kind": "approve", "id": person, "title": title, "approvers": asked, "next": then}


QUOTE = Definition.model_validate(
    {
        "name": "quote",
        "title": "报价审批",
        "about": "quote",
        "nodes": [
            {"kind": "start", "id": "start", "next": "lead"},
            _approval("lead", "主管", "dear"),
            {
                "kind": "condition",
                "id": "dear",
                "title": "金额",
                "branches": [{"when": "dear", "next": "boss"}],
                "default": "end",
            },
            _approval("boss", "经理", "cfo"),
            _approval("cfo", "财务", "end"),
            {"kind": "end", "id": "end", "result": "approved"},
        ],
    }
)
DATA = {"amount_fen": 1_250_000, "customer_id": "c-1042", "work_order": "WO-20260302-0007", "days": 3}
APPROVERS = ("lead", "boss", "cfo")


@dataclass(frozen=True)
class Dear:
    """A formula that costs nothing, so that only the engine is measured."""

    def holds(self, data: Mapping[str, Any]) -> bool:
        return bool(data["amount_fen"] > 500_000)

    def sentence(self) -> str:
        return "金额大于 5000 元"

    def trace(self, data: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
        return (("amount_fen", data["amount_fen"]),)


class Firm:
    """Everybody is there."""

    def people(self, who: Assign, data: Mapping[str, Any], initiator: str) -> tuple[str, ...]:
        return ()

    def substitute(self, person: str, now: datetime) -> str | None:
        return None

    def manager(self, person: str) -> str | None:
        return None

    def active(self, person: str) -> bool:
        return True

    def admins(self) -> tuple[str, ...]:
        return ("admin",)


def compiled(_: str) -> Dear:
    """Read a formula."""
    return Dear()


def measure(instances: int = 2_000) -> None:
    """Print the figures of a quote that three people approve."""
    print(f"\n== Process engine in memory, {instances:,} instances: start, condition, three approvals, end")
    _live(uuid4())
    begun = time.perf_counter()
    for _ in range(instances):
        _live(uuid4())
    took_s = time.perf_counter() - begun
    steps = instances * (1 + len(APPROVERS))
    print(f"   decided                   {steps / took_s:10,.0f} steps/s")
    stored = [_live(uuid4(), agree=number).stored() for number in range(len(APPROVERS) + 1)]
    begun = time.perf_counter()
    for _ in range(instances):
        _loaded_stepped_stored(stored[1])
    took_s = time.perf_counter() - begun
    print(f"   read, decided and written {instances / took_s:10,.0f} steps/s")
    sizes = ", ".join(f"{len(text.encode()):,}" for text in stored)
    print(f"   stored after each step    {sizes} bytes of JSON")


def _live(instance_id: UUID, agree: int = len(APPROVERS)) -> ProcessState:
    firm = Firm()
    state, _ = start(
        QUOTE,
        instance_id=instance_id,
        initiator="li",
        data=DATA,
        version=1,
        now=AT,
        directory=firm,
        compile=compiled,
    )
    for person in APPROVERS[:agree]:
        task = state.open_tasks[0].id
        state, _ = step(
            QUOTE, state, Agree(actor=person, task=task), now=AT, directory=firm, compile=compiled
        )
    return state


def _loaded_stepped_stored(text: str) -> str:
    state = ProcessState.model_validate_json(text)
    task = state.open_tasks[0]
    asked = Agree(actor=task.assignee, task=task.id)
    return step(QUOTE, state, asked, now=AT, directory=Firm(), compile=compiled)[0].stored()


if __name__ == "__main__":
    measure()
