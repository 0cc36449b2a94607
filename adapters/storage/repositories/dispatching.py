"""The rule table of dispatching."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.dispatching.model import DispatchRule


class SqlDispatchRules:
    """The dispatch-rules port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_order(self) -> Sequence[DispatchRule]:
        """Return every rule, the one that counts first at the front."""
        return self._session.scalars(select(DispatchRule).order_by(DispatchRule.position)).all()
