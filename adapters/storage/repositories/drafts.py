"""Requests that are not registered yet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, literal, select, text
from sqlalchemy.orm import Session

from domain.assets.model import Customer
from domain.intake.data import DraftState
from domain.intake.model import Draft
from domain.kernel.errors import NotFound
from domain.people.model import Person

# Literal, so that PostgreSQL finds the partial index that has the same words.
_LIVE = text("draft.state IN ('open', 'asking', 'summary')")


class SqlDrafts:
    """The drafts port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: dict[UUID, Draft] = {}

    def get(self, draft_id: UUID) -> Draft:
        """Return one draft, locked, or raise NotFound."""
        if draft_id not in self._held:
            found = self._locked(select(Draft).where(Draft.id == draft_id))
            if found is None:
                raise NotFound(what="报修")
        return self._held[draft_id]

    def find(self, draft_id: UUID) -> Draft | None:
        """Return one draft without a lock, or None."""
        return self._held.get(draft_id) or self._session.get(Draft, draft_id)

    def live_of(self, sender_key: str) -> Draft | None:
        """Return a sender's one live draft, locked, or None."""
        held = next(
            (one for one in self._held.values() if one.sender_key == sender_key and one.is_live), None
        )
        return held or self._locked(select(Draft).where(Draft.sender_key == sender_key, _LIVE))

    def expired_of(self, sender_key: str, since: datetime) -> Draft | None:
        """Return a sender's newest draft that expired since a moment, or None."""
        query = (
            select(Draft)
            .where(Draft.sender_key == sender_key, Draft.updated_at >= since)
            .where(Draft.state == DraftState.EXPIRED.value)
        )
        return self._session.execute(query.order_by(Draft.updated_at.desc()).limit(1)).scalar_one_or_none()

    def elsewhere(self, person_id: UUID, draft_id: UUID) -> Draft | None:
        """Return another live draft of the same person, or None."""
        query = select(Draft).where(Draft.person_id == person_id, _LIVE, Draft.id != draft_id)
        return self._session.execute(query.order_by(Draft.created_at).limit(1)).scalar_one_or_none()

    def siblings(self, person_id: UUID, draft_id: UUID) -> Sequence[Draft]:
        """Return the other live drafts of a person, locked, without those that somebody works at now."""
        query = select(Draft).where(Draft.person_id == person_id, _LIVE, Draft.id != draft_id)
        locked = query.order_by(Draft.created_at).with_for_update(skip_locked=True)
        found = self._session.execute(locked, execution_options={"populate_existing": True}).scalars().all()
        self._held |= {one.id: one for one in found}
        return found

    def confirm_in_turn(self, customer_id: UUID | None, person_id: UUID) -> None:
        """Let nobody else of the same customer, else the same person, register until the transaction ends.

        A lock that does not change the key lets others refer to the row meanwhile.
        """
        owner = Customer.id == customer_id if customer_id is not None else Person.id == person_id
        self._session.execute(select(literal(1)).where(owner).with_for_update(key_share=True))

    def at_work_order(self, work_order_id: UUID, person_id: UUID) -> Draft | None:
        """Return a person's newest draft that ended at this work order, or None."""
        query = select(Draft).where(Draft.work_order_id == work_order_id, Draft.person_id == person_id)
        return self._session.execute(query.order_by(Draft.updated_at.desc()).limit(1)).scalar_one_or_none()

    def add(self, draft: Draft) -> None:
        """Keep a new draft."""
        self._session.add(draft)
        self._held[draft.id] = draft

    def _locked(self, query: Select[Draft]) -> Draft | None:
        options = {"populate_existing": True}
        found = self._session.execute(query.with_for_update(), execution_options=options).scalar_one_or_none()
        if found is not None:
            self._held[found.id] = found
        return found
