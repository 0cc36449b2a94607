"""Writing what changed, so that a race that was lost is called by its name."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from adapters.storage.dialect import is_duplicate
from domain.kernel.errors import ConcurrentUpdate


def flush(session: Session) -> None:
    """Write what changed.

    Raises:
        ConcurrentUpdate: somebody changed the same record, or took the same unique key, meanwhile.
    """
    try:
        session.flush()
    except StaleDataError as error:
        raise ConcurrentUpdate from error
    except IntegrityError as error:
        if is_duplicate(error):
            raise ConcurrentUpdate from error
        raise
