"""What the approval area needs of storage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.approval.model import Absence, ProcessInstance, ProcessTask, ProcessVersion
from domain.engine.process import Definition
from domain.kernel.ports import UnitOfWork


@dataclass(frozen=True)
class PublishedProcess:
    """One published version, read."""

    version: int
    definition: Definition
    document: Mapping[str, Any]
    published_by: str
    published_at: datetime
    note: str


class Processes(Protocol):
    """Published definitions, running instances, tasks and absences."""

    def names(self) -> Sequence[str]:
        """Return the names of every process that was ever published."""

    def current(self, name: str) -> PublishedProcess | None:
        """Return the newest version of a process, or None where there is none."""

    def first_current(self, names: Sequence[str]) -> PublishedProcess | None:
        """Return the newest version of the first of these processes that was ever published."""

    def version(self, name: str, number: int) -> PublishedProcess | None:
        """Return one version, or None."""

    def versions(self, name: str) -> Sequence[PublishedProcess]:
        """Return every version, newest first."""

    def add_version(self, row: ProcessVersion) -> None:
        """Keep a new version.

        Raises:
            ConcurrentUpdate: somebody published the same version number at once.
        """

    def add_instance(self, instance: ProcessInstance) -> None:
        """Keep a new instance."""

    def find(self, instance_id: UUID) -> ProcessInstance | None:
        """Return one instance, or None, without a lock."""

    def lock(self, instance_id: UUID) -> ProcessInstance | None:
        """Return one instance, locked on its first reading in the transaction, or None."""

    def get(self, instance_id: UUID) -> ProcessInstance:
        """Return one instance, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """

    def by_number(self, *numbers: str) -> Sequence[ProcessInstance]:
        """Return the instances people call by one of these numbers, newest first, without a lock."""

    def running(self, name: str, limit: int) -> Sequence[ProcessInstance]:
        """Return running instances of a process, oldest first, without a lock."""

    def of_initiator(self, person_id: UUID, limit: int) -> Sequence[ProcessInstance]:
        """Return what somebody asked for, newest first, without work orders' own processes."""

    def add_task(self, task: ProcessTask) -> None:
        """Keep a new task."""

    def task(self, task_id: UUID) -> ProcessTask | None:
        """Return one task, or None, without a lock; lock its instance before deciding."""

    def tasks(self, instance_id: UUID) -> Sequence[ProcessTask]:
        """Return every task of an instance, in order."""

    def open_tasks(self, person_id: UUID, limit: int) -> Sequence[ProcessTask]:
        """Return what waits for somebody, the first due first."""

    def count_open(self, person_id: UUID) -> int:
        """Return how much waits for somebody."""

    def absence(self, person_id: UUID) -> Absence | None:
        """Return when somebody is away, or None where nothing is kept; it may be over or to come."""

    def keep_absence(self, absence: Absence) -> None:
        """Keep an absence in place of an earlier one."""

    def drop_absence(self, person_id: UUID) -> None:
        """Forget an absence."""

    def next_number(self, day: date) -> str:
        """Return the day's next request number, e.g. `SP-20261130-0001`."""


class ApprovalUnitOfWork(UnitOfWork, Protocol):
    """One transaction over processes."""

    @property
    def processes(self) -> Processes:
        """Return the processes."""
