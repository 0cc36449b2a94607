"""The processes port over lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from adapters.storage.repositories.processes import read_version
from domain.approval.model import Absence, ProcessInstance, ProcessTask, ProcessVersion
from domain.approval.ports import PublishedProcess
from domain.kernel.errors import NotFound


class MemoryProcesses:
    """Nothing is published until a test does."""

    def __init__(self) -> None:
        self.published: list[ProcessVersion] = []
        self.instances: dict[UUID, ProcessInstance] = {}
        self.kept: list[ProcessTask] = []
        self.absences: dict[UUID, Absence] = {}
        self._last: dict[date, int] = {}

    def publish(self, document: Mapping[str, Any]) -> None:
        """Keep a version as it is, unchecked."""
        version = 1 + sum(one.name == document["name"] for one in self.published)
        row = ProcessVersion(name=document["name"], version=version, title=document["title"], note="")
        row.document, row.published_by = dict(document), "system"
        self.published.append(row)

    def names(self) -> Sequence[str]:
        return sorted({one.name for one in self.published})

    def current(self, name: str) -> PublishedProcess | None:
        return next(iter(self.versions(name)), None)

    def first_current(self, names: Sequence[str]) -> PublishedProcess | None:
        return next((found for name in names if (found := self.current(name)) is not None), None)

    def version(self, name: str, number: int) -> PublishedProcess | None:
        return next((one for one in self.versions(name) if one.version == number), None)

    def versions(self, name: str) -> Sequence[PublishedProcess]:
        return [read_version(one) for one in reversed(self.published) if one.name == name]

    def add_version(self, row: ProcessVersion) -> None:
        self.published.append(row)

    def add_instance(self, instance: ProcessInstance) -> None:
        instance.rev = 1
        self.instances[instance.id] = instance

    def find(self, instance_id: UUID) -> ProcessInstance | None:
        return self.instances.get(instance_id)

    def lock(self, instance_id: UUID) -> ProcessInstance | None:
        return self.instances.get(instance_id)

    def get(self, instance_id: UUID) -> ProcessInstance:
        if instance_id not in self.instances:
            raise NotFound(what="审批")
        return self.instances[instance_id]

    def by_number(self, *numbers: str) -> Sequence[ProcessInstance]:
        return [one for one in reversed(self.instances.values()) if one.number in numbers]

    def running(self, name: str, limit: int) -> Sequence[ProcessInstance]:
        found = [one for one in self.instances.values() if (one.name, one.status) == (name, "running")]
        return found[:limit]

    def of_initiator(self, person_id: UUID, limit: int) -> Sequence[ProcessInstance]:
        found = [one for one in self.instances.values() if one.initiator_id == person_id]
        return [one for one in reversed(found) if one.number.startswith("SP-")][:limit]

    def add_task(self, task: ProcessTask) -> None:
        self.kept.append(task)

    def task(self, task_id: UUID) -> ProcessTask | None:
        return next((one for one in self.kept if one.id == task_id), None)

    def tasks(self, instance_id: UUID) -> Sequence[ProcessTask]:
        return [one for one in self.kept if one.instance_id == instance_id]

    def open_tasks(self, person_id: UUID, limit: int) -> Sequence[ProcessTask]:
        return [one for one in self.kept if one.assignee_id == person_id and one.closed_at is None][:limit]

    def count_open(self, person_id: UUID) -> int:
        return len(self.open_tasks(person_id, len(self.kept)))

    def absence(self, person_id: UUID) -> Absence | None:
        return self.absences.get(person_id)

    def keep_absence(self, absence: Absence) -> None:
        self.absences[absence.person_id] = absence

    def drop_absence(self, person_id: UUID) -> None:
        self.absences.pop(person_id, None)

    def next_number(self, day: date) -> str:
        self._last[day] = self._last.get(day, 0) + 1
        return f"SP-{day:%Y%m%d}-{self._last[day]:04d}"
