"""Requests for parts, and hand-overs from one holder to another."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from adapters.storage.dialect import OFFERED_STATE
from adapters.storage.flushing import flush
from adapters.storage.repositories.locking import Locked
from adapters.storage.repositories.old_parts import SqlOldParts
from domain.parts.model.documents import PartsRequest, PartsRequestLine, Transfer, TransferLine

_OFFERED: ColumnElement[bool] = Transfer.state == OFFERED_STATE


class SqlHandOvers(SqlOldParts):
    """The hand-overs port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Locked(session, PartsRequest, "领料单")
        self._transfers = Locked(session, Transfer, "交接单")

    def add_request(self, request: PartsRequest, lines: Sequence[PartsRequestLine]) -> None:
        """Keep a request; its reservations may be written before or after it."""
        self._requests.add(request.id, request)
        flush(self._session)
        self._session.add_all(lines)

    def request(self, request_id: UUID) -> PartsRequest:
        """Return one request, locked on its first reading in the transaction."""
        return self._requests.get(request_id)

    def find_request(self, request_id: UUID) -> PartsRequest | None:
        """Return one request, or None, without a lock."""
        return self._requests.find(request_id)

    def request_lines(self, request_id: UUID) -> Sequence[PartsRequestLine]:
        """Return the lines of a request, in order."""
        query = select(PartsRequestLine).where(PartsRequestLine.request_id == request_id)
        return self._session.execute(query.order_by(PartsRequestLine.no)).scalars().all()

    def lines_of_requests(self, request_ids: Collection[UUID]) -> Mapping[UUID, Sequence[PartsRequestLine]]:
        """Return the lines of several requests, each in order; a request without lines is left out."""
        query = select(PartsRequestLine).where(PartsRequestLine.request_id.in_(request_ids))
        found: dict[UUID, list[PartsRequestLine]] = {}
        for line in self._session.execute(query.order_by(PartsRequestLine.no)).scalars():
            found.setdefault(line.request_id, []).append(line)
        return found

    def request_numbered(self, number: str) -> PartsRequest | None:
        """Return the request of a number, or None, without a lock."""
        return self._session.execute(select(PartsRequest).where(PartsRequest.number == number)).scalar()

    def requests_at(
        self, place_ids: Collection[UUID], states: Collection[str], limit: int
    ) -> Sequence[PartsRequest]:
        """Return requests at places in some states, oldest first, without a lock."""
        query = select(PartsRequest).where(
            PartsRequest.place_id.in_(sorted(place_ids)), PartsRequest.state.in_(sorted(states))
        )
        query = query.order_by(PartsRequest.created_at, PartsRequest.number).limit(limit)
        return self._session.execute(query).scalars().all()

    def requests_of(self, technician_id: UUID, limit: int) -> Sequence[PartsRequest]:
        """Return what somebody asked for, newest first, without a lock."""
        query = select(PartsRequest).where(PartsRequest.technician_id == technician_id)
        query = query.order_by(PartsRequest.created_at.desc()).limit(limit)
        return self._session.execute(query).scalars().all()

    def requests_for(self, work_order_id: UUID) -> Sequence[PartsRequest]:
        """Return the requests for a job, oldest first, without a lock."""
        query = select(PartsRequest).where(PartsRequest.work_order_id == work_order_id)
        query = query.order_by(PartsRequest.created_at, PartsRequest.number)
        return self._session.execute(query).scalars().all()

    def add_transfer(self, transfer: Transfer, lines: Sequence[TransferLine]) -> None:
        """Keep a hand-over."""
        self._transfers.add(transfer.id, transfer)
        flush(self._session)
        self._session.add_all(lines)

    def transfer(self, transfer_id: UUID) -> Transfer:
        """Return one hand-over, locked on its first reading in the transaction."""
        return self._transfers.get(transfer_id)

    def find_transfer(self, transfer_id: UUID) -> Transfer | None:
        """Return one hand-over, or None, without a lock."""
        return self._transfers.find(transfer_id)

    def transfer_numbered(self, number: str) -> Transfer | None:
        """Return the hand-over of a number, or None, without a lock."""
        return self._session.execute(select(Transfer).where(Transfer.number == number)).scalar()

    def transfer_lines(self, transfer_id: UUID) -> Sequence[TransferLine]:
        """Return the lines of a hand-over, in order."""
        query = select(TransferLine).where(TransferLine.transfer_id == transfer_id)
        return self._session.execute(query.order_by(TransferLine.no)).scalars().all()

    def offered_to(self, person_id: UUID, place_ids: Collection[UUID], limit: int) -> Sequence[Transfer]:
        """Return the hand-overs that somebody, or a storekeeper of these places, has to take."""
        for_anybody = and_(Transfer.receiver_id.is_(None), Transfer.to_id.in_(sorted(place_ids)))
        return self._offered(or_(Transfer.receiver_id == person_id, for_anybody), limit)

    def offered_from(self, place_ids: Collection[UUID], limit: int) -> Sequence[Transfer]:
        """Return the hand-overs from these places that nobody took yet, oldest first."""
        return self._offered(Transfer.from_id.in_(sorted(place_ids)), limit)

    def offered(self, limit: int) -> Sequence[Transfer]:
        """Return every hand-over that nobody took yet, oldest first."""
        return self._offered(_OFFERED, limit)

    def of_order(self, work_order_id: UUID) -> Sequence[Transfer]:
        """Return every hand-over about a job, oldest first."""
        query = select(Transfer).where(Transfer.work_order_id == work_order_id)
        return self._session.execute(query.order_by(Transfer.created_at, Transfer.number)).scalars().all()

    def of_request(self, request_id: UUID) -> Sequence[Transfer]:
        """Return every hand-over of a request, oldest first, without a lock."""
        query = select(Transfer).where(Transfer.request_id == request_id)
        return self._session.execute(query.order_by(Transfer.created_at, Transfer.number)).scalars().all()

    def _offered(self, which: ColumnElement[bool], limit: int) -> Sequence[Transfer]:
        query = select(Transfer).where(_OFFERED, which)
        query = query.order_by(Transfer.created_at, Transfer.number).limit(limit)
        return self._session.execute(query).scalars().all()
