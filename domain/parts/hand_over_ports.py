"""What the parts area needs of storage for requests, hand-overs, old parts and parts in machines."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from domain.parts.model.documents import (
    InstalledPart,
    OldPart,
    PartsRequest,
    PartsRequestLine,
    Transfer,
    TransferLine,
)


class HandOvers(Protocol):
    """Requests, hand-overs, old parts and parts in machines."""

    def add_request(self, request: PartsRequest, lines: Sequence[PartsRequestLine]) -> None:
        """Keep a request."""

    def request(self, request_id: UUID) -> PartsRequest:
        """Return one request, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """

    def find_request(self, request_id: UUID) -> PartsRequest | None:
        """Return one request, or None, without a lock."""

    def request_lines(self, request_id: UUID) -> Sequence[PartsRequestLine]:
        """Return the lines of a request, in order."""

    def lines_of_requests(self, request_ids: Collection[UUID]) -> Mapping[UUID, Sequence[PartsRequestLine]]:
        """Return the lines of several requests, each in order; a request without lines is left out."""

    def request_numbered(self, number: str) -> PartsRequest | None:
        """Return the request of a number, or None, without a lock."""

    def requests_at(
        self, place_ids: Collection[UUID], states: Collection[str], limit: int
    ) -> Sequence[PartsRequest]:
        """Return requests at places in some states, oldest first, without a lock."""

    def requests_of(self, technician_id: UUID, limit: int) -> Sequence[PartsRequest]:
        """Return what somebody asked for, newest first, without a lock."""

    def requests_for(self, work_order_id: UUID) -> Sequence[PartsRequest]:
        """Return the requests for a job, oldest first, without a lock."""

    def add_transfer(self, transfer: Transfer, lines: Sequence[TransferLine]) -> None:
        """Keep a hand-over."""

    def transfer(self, transfer_id: UUID) -> Transfer:
        """Return one hand-over, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """

    def find_transfer(self, transfer_id: UUID) -> Transfer | None:
        """Return one hand-over, or None, without a lock."""

    def transfer_numbered(self, number: str) -> Transfer | None:
        """Return the hand-over of a number, or None, without a lock."""

    def transfer_lines(self, transfer_id: UUID) -> Sequence[TransferLine]:
        """Return the lines of a hand-over, in order."""

    def offered_to(self, person_id: UUID, place_ids: Collection[UUID], limit: int) -> Sequence[Transfer]:
        """Return the hand-overs that somebody, or a storekeeper of these places, has to take."""

    def offered_from(self, place_ids: Collection[UUID], limit: int) -> Sequence[Transfer]:
        """Return the hand-overs from these places that nobody took yet, oldest first."""

    def offered(self, limit: int) -> Sequence[Transfer]:
        """Return every hand-over that nobody took yet, oldest first."""

    def of_order(self, work_order_id: UUID) -> Sequence[Transfer]:
        """Return every hand-over about a job, oldest first."""

    def of_request(self, request_id: UUID) -> Sequence[Transfer]:
        """Return every hand-over of a request, oldest first, without a lock."""

    def add_old_part(self, old: OldPart) -> None:
        """Keep an old part that has to come back."""

    def old_part(self, old_part_id: UUID) -> OldPart:
        """Return one old part, locked.

        Raises:
            NotFound: there is none.
        """

    def old_part_numbered(self, number: str) -> OldPart | None:
        """Return the old part of a number, or None, without a lock."""

    def old_parts(self, technician_id: UUID | None, states: Collection[str], limit: int) -> Sequence[OldPart]:
        """Return old parts of somebody, or of everybody, in some states, the first due first."""

    def old_parts_of(self, work_order_id: UUID) -> Sequence[OldPart]:
        """Return the old parts of a job."""

    def add_installed(self, installed: InstalledPart) -> None:
        """Keep that a part sits in a machine."""

    def installed_in(self, asset_id: UUID, limit: int) -> Sequence[InstalledPart]:
        """Return what sits, and sat, in a machine, newest first."""

    def installed_by(self, work_order_id: UUID) -> Sequence[InstalledPart]:
        """Return what a job put into its machine."""
