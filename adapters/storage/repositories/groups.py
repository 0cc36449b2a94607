"""Messages that were addressed to the robot in groups."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.groups.model import GroupRequest
from domain.kernel.errors import NotFound


class SqlGroupRequests:
    """The group-requests port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._locked: dict[UUID, GroupRequest] = {}

    def get(self, request_id: UUID) -> GroupRequest:
        """Return one message, locked on its first reading in the transaction."""
        if request_id not in self._locked:
            query = select(GroupRequest).where(GroupRequest.id == request_id).with_for_update()
            found = self._session.execute(
                query, execution_options={"populate_existing": True}
            ).scalar_one_or_none()
            if found is None:
                raise NotFound(what="群消息")
            self._locked[request_id] = found
        return self._locked[request_id]

    def newest(self, group_key: str, limit: int) -> Sequence[GroupRequest]:
        """Return a group's newest messages, newest first."""
        query = select(GroupRequest).where(GroupRequest.group_key == group_key)
        return self._session.scalars(query.order_by(GroupRequest.created_at.desc()).limit(limit)).all()

    def add(self, request: GroupRequest) -> None:
        """Keep a new message."""
        self._session.add(request)
        self._locked[request.id] = request
