"""Published process definitions, running instances, approvers' tasks and absences."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from adapters.storage.flushing import flush
from adapters.storage.numbering import next_of
from domain.approval.model import Absence, ProcessInstance, ProcessTask, ProcessVersion, RequestSeries
from domain.approval.ports import PublishedProcess
from domain.engine.process import Definition
from domain.kernel.errors import NotFound

REQUEST = "SP-"
"""Numbers of requests begin with it; a work order's own process has the work order's number."""

_MOST_URGENT = (ProcessTask.due_at.is_(None), ProcessTask.due_at, ProcessTask.opened_at)


class SqlProcesses:
    """The processes port on SQLAlchemy.

    Args:
        versions: what this process has read; a published version never changes.
        counting: what numbers are taken on, so that nobody waits for another's transaction; None where there
            is one writer anyway. See docs/adr/0017-work-order-numbers-outside-the-transaction.md.
    """

    def __init__(
        self,
        session: Session,
        versions: dict[tuple[str, int], PublishedProcess],
        counting: Engine | None,
    ) -> None:
        self._session = session
        self._counting = counting
        self._versions = versions
        self._locked: dict[UUID, ProcessInstance] = {}
        self._tasks: dict[UUID, list[ProcessTask]] = {}

    def names(self) -> Sequence[str]:
        """Return the names of every process that was ever published."""
        query = select(ProcessVersion.name).distinct().order_by(ProcessVersion.name)
        return self._session.execute(query).scalars().all()

    def current(self, name: str) -> PublishedProcess | None:
        """Return the newest version of a process, or None where there is none."""
        query = select(func.max(ProcessVersion.version)).where(ProcessVersion.name == name)
        newest = self._session.execute(query).scalar_one_or_none()
        return None if newest is None else self.version(name, newest)

    def first_current(self, names: Sequence[str]) -> PublishedProcess | None:
        """Return the newest version of the first of these processes that was ever published."""
        query = select(ProcessVersion.name, func.max(ProcessVersion.version))
        query = query.where(ProcessVersion.name.in_(names)).group_by(ProcessVersion.name)
        newest = {row[0]: int(row[1]) for row in self._session.execute(query)}
        name = next((one for one in names if one in newest), None)
        return self.version(name, newest[name]) if name is not None else None

    def version(self, name: str, number: int) -> PublishedProcess | None:
        """Return one version, or None."""
        if (name, number) not in self._versions:
            row = self._session.get(ProcessVersion, (name, number))
            if row is None:
                return None
            self._versions[name, number] = read_version(row)
        return self._versions[name, number]

    def versions(self, name: str) -> Sequence[PublishedProcess]:
        """Return every version, newest first."""
        query = select(ProcessVersion).where(ProcessVersion.name == name)
        rows = self._session.execute(query.order_by(ProcessVersion.version.desc())).scalars()
        return [read_version(row) for row in rows]

    def add_version(self, row: ProcessVersion) -> None:
        """Keep a new version, or raise ConcurrentUpdate."""
        self._session.add(row)
        flush(self._session)

    def add_instance(self, instance: ProcessInstance) -> None:
        """Keep a new instance."""
        self._session.add(instance)
        self._locked[instance.id] = instance
        self._tasks[instance.id] = []

    def find(self, instance_id: UUID) -> ProcessInstance | None:
        """Return one instance, or None, without a lock."""
        return self._locked.get(instance_id) or self._session.get(ProcessInstance, instance_id)

    def lock(self, instance_id: UUID) -> ProcessInstance | None:
        """Return one instance, locked on its first reading in the transaction, or None."""
        if instance_id not in self._locked:
            query = select(ProcessInstance).where(ProcessInstance.id == instance_id).with_for_update()
            found = self._session.execute(query, execution_options={"populate_existing": True})
            instance = found.scalar_one_or_none()
            if instance is None:
                return None
            self._locked[instance_id] = instance
        return self._locked[instance_id]

    def get(self, instance_id: UUID) -> ProcessInstance:
        """Return one instance, locked on its first reading in the transaction."""
        instance = self.lock(instance_id)
        if instance is None:
            raise NotFound(what="审批")
        return instance

    def by_number(self, *numbers: str) -> Sequence[ProcessInstance]:
        """Return the instances people call by one of these numbers, newest first, without a lock."""
        query = select(ProcessInstance).where(ProcessInstance.number.in_(numbers))
        return self._session.execute(query.order_by(ProcessInstance.created_at.desc())).scalars().all()

    def running(self, name: str, limit: int) -> Sequence[ProcessInstance]:
        """Return running instances of a process, oldest first, without a lock."""
        query = select(ProcessInstance).where(
            ProcessInstance.name == name, ProcessInstance.status == "running"
        )
        return self._session.execute(query.order_by(ProcessInstance.created_at).limit(limit)).scalars().all()

    def of_initiator(self, person_id: UUID, limit: int) -> Sequence[ProcessInstance]:
        """Return what somebody asked for, newest first, without work orders' own processes."""
        query = select(ProcessInstance).where(
            ProcessInstance.initiator_id == person_id, ProcessInstance.number.startswith(REQUEST)
        )
        query = query.order_by(ProcessInstance.created_at.desc()).limit(limit)
        return self._session.execute(query).scalars().all()

    def add_task(self, task: ProcessTask) -> None:
        """Keep a new task."""
        self._session.add(task)
        self.tasks(task.instance_id)
        self._tasks[task.instance_id].append(task)

    def task(self, task_id: UUID) -> ProcessTask | None:
        """Return one task, or None, without a lock."""
        return self._session.get(ProcessTask, task_id)

    def tasks(self, instance_id: UUID) -> Sequence[ProcessTask]:
        """Return every task of an instance, in order; those of a locked instance are as they are now."""
        if instance_id not in self._tasks:
            query = select(ProcessTask).where(ProcessTask.instance_id == instance_id)
            found = self._session.execute(
                query.order_by(ProcessTask.no), execution_options={"populate_existing": True}
            )
            self._tasks[instance_id] = list(found.scalars())
        return list(self._tasks[instance_id])

    def open_tasks(self, person_id: UUID, limit: int) -> Sequence[ProcessTask]:
        """Return what waits for somebody, the first due first."""
        query = select(ProcessTask).where(
            ProcessTask.assignee_id == person_id, ProcessTask.closed_at.is_(None)
        )
        return self._session.execute(query.order_by(*_MOST_URGENT).limit(limit)).scalars().all()

    def count_open(self, person_id: UUID) -> int:
        """Return how much waits for somebody."""
        query = select(func.count()).where(
            ProcessTask.assignee_id == person_id, ProcessTask.closed_at.is_(None)
        )
        return self._session.execute(query).scalar_one()

    def absence(self, person_id: UUID) -> Absence | None:
        """Return when somebody is away, or None."""
        return self._session.get(Absence, person_id)

    def keep_absence(self, absence: Absence) -> None:
        """Keep an absence in place of an earlier one."""
        self._session.merge(absence)

    def drop_absence(self, person_id: UUID) -> None:
        """Forget an absence."""
        found = self._session.get(Absence, person_id)
        if found is not None:
            self._session.delete(found)

    def next_number(self, day: date) -> str:
        """Return the day's next request number.

        It is taken outside the transaction: a reorder rule asks for a purchase while it holds balances, and
        whoever asks for parts has a number before they hold any.
        """
        last = next_of(self._session, self._counting, RequestSeries, day=day)
        return f"{REQUEST}{day:%Y%m%d}-{last:04d}"


def read_version(row: ProcessVersion) -> PublishedProcess:
    """Return a version as it is used."""
    return PublishedProcess(
        version=row.version,
        definition=Definition.model_validate(row.document),
        document=row.document,
        published_by=row.published_by,
        published_at=row.published_at,
        note=row.note,
    )
