"""Reservations: what is kept for somebody where it is."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from adapters.storage.dialect import HELD_STATE
from adapters.storage.repositories.locking import AS_IT_IS_NOW, Locked
from domain.kernel.errors import NotFound
from domain.parts.model.stock import Reservation

_HELD: ColumnElement[bool] = Reservation.state == HELD_STATE


class SqlReservations:
    """The reservations' half of the stock port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reservations = Locked(session, Reservation, "备件预留")

    def add_reservation(self, reservation: Reservation) -> None:
        """Keep a reservation."""
        self._reservations.add(reservation.id, reservation)

    def find_reservation(self, reservation_id: UUID) -> Reservation:
        """Return one reservation, without a lock."""
        found = self._reservations.find(reservation_id)
        if found is None:
            raise NotFound(what="备件预留")
        return found

    def reservation(self, reservation_id: UUID) -> Reservation:
        """Return one reservation as it is now, locked; its balance is locked before."""
        return self._reservations.get(reservation_id)

    def held_for(self, work_order_id: UUID) -> Sequence[Reservation]:
        """Return what is kept for a job now, oldest first, without a lock."""
        return self._held(Reservation.work_order_id == work_order_id)

    def held_of(self, request_id: UUID) -> Sequence[Reservation]:
        """Return what is kept for a request now, without a lock."""
        return self._held(Reservation.request_id == request_id)

    def newest_held(self, part_id: UUID, place_id: UUID) -> Sequence[Reservation]:
        """Return what is kept of a part at a place, newest first, locked."""
        query = select(Reservation).where(
            _HELD, Reservation.part_id == part_id, Reservation.place_id == place_id
        )
        query = query.order_by(Reservation.created_at.desc(), Reservation.id).with_for_update()
        return self._session.execute(query, execution_options=AS_IT_IS_NOW).scalars().all()

    def _held(self, whose: ColumnElement[bool]) -> Sequence[Reservation]:
        query = select(Reservation).where(_HELD, whose)
        return self._session.execute(query.order_by(Reservation.created_at, Reservation.id)).scalars().all()
