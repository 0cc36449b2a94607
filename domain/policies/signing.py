"""Acceptance with a signature: the picture must be in the store before anything refers to it."""

from typing import Final

from domain.policies.ports import EveryUnitOfWork
from domain.workorder.closing_commands import SignOffWork
from domain.workorder.errors import SignatureLost
from domain.workorder.handlers.closing import sign_off_work

LEAST_BYTES: Final = 100
"""No picture of a name is smaller."""
MOST_BYTES: Final = 2 * 1024 * 1024


def sign_off(cmd: SignOffWork, uow: EveryUnitOfWork) -> None:
    """Accept the work.

    Raises:
        SignatureLost: the picture of the signature was not uploaded, or is none.
    """
    if cmd.signature is not None:
        file = uow.files.use(cmd.signature.image, cmd.issued_at)
        if file is None or file.mime != "image/png" or not LEAST_BYTES <= file.size <= MOST_BYTES:
            raise SignatureLost
    sign_off_work(cmd, uow)
