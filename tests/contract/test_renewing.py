"""A card that could soon not be changed is owed once more, once, and only where somebody waits for it."""

from datetime import timedelta

import pytest

from adapters.delivery.ports import Sent
from adapters.storage.engine import Database
from adapters.storage.outbox import SqlOutbox
from adapters.storage.renewing import SqlRenewing
from tests.support.builders import AT, ORDER, notice
from tests.support.storage import at_once, attempt, transaction

ENDS = AT + timedelta(hours=72)
EARLY, LATE = ENDS - timedelta(hours=7), ENDS - timedelta(hours=1)
BEFORE = timedelta(hours=6)


def shown(database: Database, *, card: str = "work_order", code: str = "code1") -> SqlOutbox:
    """Let a card be on show whose code ends."""
    outbox = SqlOutbox(database)
    with transaction(database) as uow:
        uow.notify(notice("v1", card=card, subject_id=ORDER, living=True, view={"text": "v1"}))
        uow.commit()
    (owed,) = outbox.claim(AT, 60.0, 6)
    outbox.delivered(owed, attempt("wecom.card"), Sent(owed.message_key, code, ENDS if code else None))
    return outbox


def test_a_card_is_owed_anew_once_before_its_code_ends(database: Database):
    outbox = shown(database)
    renewing = SqlRenewing(database)
    assert renewing.renew_cards(EARLY, EARLY + BEFORE, 10) == 0

    looked_at = at_once(4, lambda _: renewing.renew_cards(LATE, LATE + BEFORE, 10))

    (again,) = outbox.claim(LATE, 60.0, 6)
    assert sum(looked_at) >= 1
    assert (again.anew, again.living, again.view, again.subject_id) == (True, True, {"text": "v1"}, ORDER)
    copy = outbox.copy_of(again)
    assert copy is not None
    assert copy.sent.update_code == "code1"


@pytest.mark.parametrize("facts", [{"code": ""}, {"card": "hold_choices"}])
def test_what_nobody_waits_for_is_left_alone(database: Database, facts: dict[str, str]):
    outbox = shown(database, **facts)

    SqlRenewing(database).renew_cards(LATE, LATE + BEFORE, 10)

    assert outbox.claim(LATE, 60.0, 6) == ()
