"""The SLA port over lists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from adapters.storage.repositories.sla import ready
from domain.sla.model import SlaClock, SlaDocumentRow, SlaFiring, SlaMute, SlaSnooze
from domain.sla.ports import Published
from domain.workorder.model import WorkOrder


class MemorySla:
    """Nothing is published until a test does."""

    def __init__(self, orders: Mapping[UUID, WorkOrder]) -> None:
        self._orders = orders
        self.documents: list[SlaDocumentRow] = []
        self.kept: list[SlaClock] = []
        self.firings: list[SlaFiring] = []
        self.mutes: dict[UUID, SlaMute] = {}
        self.snoozes: dict[tuple[UUID, UUID], SlaSnooze] = {}
        self.alive_since: datetime | None = None

    def current(self) -> Published | None:
        return ready(self.documents[-1]) if self.documents else None

    def version(self, number: int) -> Published:
        return next(ready(one) for one in self.documents if one.version == number)

    def add_document(self, row: SlaDocumentRow) -> None:
        self.documents.append(row)

    def clocks(self, work_order_id: UUID) -> Sequence[SlaClock]:
        return [one for one in self.kept if one.work_order_id == work_order_id]

    def add_clock(self, clock: SlaClock) -> None:
        self.kept.append(clock)

    def clock(self, clock_id: UUID) -> SlaClock | None:
        return next((one for one in self.kept if one.id == clock_id), None)

    def due_clocks(self, work_order_ids: Collection[UUID], now: datetime) -> Sequence[SlaClock]:
        mine = [one for one in self.kept if one.work_order_id in set(work_order_ids)]
        return [one for one in mine if one.next_at is not None and one.next_at <= now]

    def add_firings(self, firings: Sequence[SlaFiring]) -> None:
        self.firings += firings

    def number_of(self, work_order_id: UUID) -> str:
        return self._orders[work_order_id].number

    def mute(self, work_order_id: UUID) -> SlaMute | None:
        return self.mutes.get(work_order_id)

    def muted(self, work_order_ids: Collection[UUID], at: datetime) -> Collection[UUID]:
        return {one.work_order_id for one in self.mutes.values() if one.until > at} & set(work_order_ids)

    def keep_mute(self, mute: SlaMute) -> None:
        self.mutes[mute.work_order_id] = mute

    def drop_mute(self, work_order_id: UUID) -> None:
        self.mutes.pop(work_order_id, None)

    def keep_snooze(self, snooze: SlaSnooze) -> None:
        self.snoozes[snooze.clock_id, snooze.person_id] = snooze

    def take_snooze(self, clock_id: UUID, person_id: UUID, now: datetime) -> SlaSnooze | None:
        found = self.snoozes.get((clock_id, person_id))
        return self.snoozes.pop((clock_id, person_id)) if found and found.due_at <= now else None

    def up_since(self, name: str) -> datetime | None:
        return self.alive_since
