"""Old parts that have to come back, and parts that sit in machines."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.storage.repositories.locking import Locked
from domain.parts.model.documents import InstalledPart, OldPart


class SqlOldParts:
    """The half of the hand-overs port about old parts and machines, on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._old_parts = Locked(session, OldPart, "旧件")

    def add_old_part(self, old: OldPart) -> None:
        """Keep an old part that has to come back."""
        self._old_parts.add(old.id, old)

    def old_part(self, old_part_id: UUID) -> OldPart:
        """Return one old part, locked."""
        return self._old_parts.get(old_part_id)

    def old_part_numbered(self, number: str) -> OldPart | None:
        """Return the old part of a number, or None, without a lock."""
        return self._session.execute(select(OldPart).where(OldPart.number == number)).scalar()

    def old_parts(self, technician_id: UUID | None, states: Collection[str], limit: int) -> Sequence[OldPart]:
        """Return old parts of somebody, or of everybody, in some states, the first due first."""
        query = select(OldPart).where(OldPart.state.in_(sorted(states)))
        if technician_id is not None:
            query = query.where(OldPart.technician_id == technician_id)
        query = query.order_by(OldPart.due_at, OldPart.number).limit(limit)
        return self._session.execute(query).scalars().all()

    def old_parts_of(self, work_order_id: UUID) -> Sequence[OldPart]:
        """Return the old parts of a job."""
        query = select(OldPart).where(OldPart.work_order_id == work_order_id)
        return self._session.execute(query.order_by(OldPart.created_at, OldPart.number)).scalars().all()

    def add_installed(self, installed: InstalledPart) -> None:
        """Keep that a part sits in a machine."""
        self._session.add(installed)

    def installed_in(self, asset_id: UUID, limit: int) -> Sequence[InstalledPart]:
        """Return what sits, and sat, in a machine, newest first."""
        query = select(InstalledPart).where(InstalledPart.asset_id == asset_id)
        query = query.order_by(InstalledPart.installed_at.desc(), InstalledPart.id).limit(limit)
        return self._session.execute(query).scalars().all()

    def installed_by(self, work_order_id: UUID) -> Sequence[InstalledPart]:
        """Return what a job put into its machine."""
        query = select(InstalledPart).where(InstalledPart.work_order_id == work_order_id)
        query = query.order_by(InstalledPart.installed_at, InstalledPart.id)
        return self._session.execute(query).scalars().all()
