"""The ledger as somebody reads it: from decided to accepted, refused or acted upon, and what comes next."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.delivery.ports import Sent
from adapters.delivery.store import EXPIRED, Owed
from adapters.storage.engine import Database
from adapters.storage.notifications import counts, notifications
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tables import EventRow
from bootstrap.demo.ledger import read_ledger
from domain.kernel.notices import DESK, Notice
from sandbox.wall import Standing
from tests.support.builders import AT, CHEN_CHAT, LI, NAME, ORDER, WANG, notice
from tests.support.storage import attempt, transaction

SOON = AT + timedelta(seconds=5)
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


def owe(database: Database, *notices: Notice) -> None:
    with transaction(database) as uow:
        for each in notices:
            uow.notify(each)
        uow.commit()


def note(key: str, **changes: Any) -> Notice:
    return notice(key, card="note", view={"text": f"{key}\n第二行"}, **changes)


def happened(database: Database, actor_id: str, at: datetime) -> None:
    """Let somebody have done something with the work order."""
    with database.write() as session, session.begin():
        session.add(
            EventRow(
                name="WorkOrderAccepted",
                subject_id=ORDER,
                actor_id=actor_id,
                channel="dingtalk",
                correlation_id="c-1",
                occurred_at=at,
                payload={},
            )
        )


def claimed(outbox: SqlOutbox) -> Owed:
    (owed,) = outbox.claim(AT, 60.0, 1)
    return owed


def test_what_is_only_decided_has_no_attempt(database: Database):
    owe(database, note("您好"))

    (owed,) = notifications(database, 10)

    assert (owed.reader, owed.state, owed.tried, owed.accepted_at) == (NAME[LI], "pending", (), None)
    assert (owed.decided_at, owed.retry_at) == (AT, AT)


def test_what_a_platform_took_is_accepted_and_not_tried_again(database: Database, outbox: SqlOutbox):
    owe(database, note("您好"))
    outbox.delivered(claimed(outbox), attempt(at=SOON), Sent("ref"))

    (owed,) = notifications(database, 10)

    assert (owed.state, owed.accepted_at, owed.retry_at, owed.acted_at) == ("sent", SOON, None, None)


def test_what_failed_says_why_and_when_it_is_tried_again(database: Database, outbox: SqlOutbox):
    owe(database, note("您好"))
    outbox.retry(claimed(outbox), attempt(code="45009", at=SOON), LATER, 0)

    (shown,) = read_ledger(database).notifications

    assert (shown.standing, shown.next_at, shown.why) == (Standing.RETRYING, LATER, "平台答复 45009")
    assert [(one.at, one.way, one.code) for one in shown.attempts] == [(SOON, "钉钉文字", "45009")]


def test_a_dead_letter_is_marked(database: Database, outbox: SqlOutbox):
    owe(database, note("您好"))
    outbox.give_up(claimed(outbox), attempt(code="400002"))

    ledger = read_ledger(database)

    assert [one.standing for one in ledger.notifications] == [Standing.DEAD]
    assert ledger.counts == {Standing.DEAD: 1}


def test_what_came_too_late_is_no_dead_letter(database: Database, outbox: SqlOutbox):
    owe(database, note("您好"))
    outbox.give_up(claimed(outbox), attempt(code=EXPIRED))

    (shown,) = read_ledger(database).notifications

    assert (shown.standing, shown.why) == (Standing.DROPPED, "来不及了，不再发")


def test_who_does_something_with_the_record_afterwards_has_acted(database: Database, outbox: SqlOutbox):
    owe(database, note("您好", subject_id=ORDER))
    outbox.delivered(claimed(outbox), attempt(at=SOON), Sent("ref"))
    for actor_id, at in ((WANG, SOON + timedelta(seconds=1)), (LI, AT), (LI, LATER)):
        happened(database, str(actor_id), at)

    (shown,) = read_ledger(database).notifications

    assert (shown.standing, shown.acted_at) == (Standing.ACTED, LATER)


def test_a_chat_is_read_by_its_owner_and_a_group_by_nobody(database: Database):
    owe(database, note("a", audience=f"conversation:{CHEN_CHAT}"), note("b", audience=DESK))

    found = {owed.audience: owed.reader for owed in notifications(database, 10)}
    shown = {one.to for one in read_ledger(database).notifications}

    assert set(found.values()) == {"陈静", ""}
    assert shown == {"陈静", "售后调度群", "售后通报群"}


def test_the_newest_come_first_and_the_rest_is_only_counted(database: Database):
    owe(database, *(note(f"第{number}条") for number in range(5)))

    assert [one.what for one in read_ledger(database).notifications] == [f"第{n}条" for n in range(4, -1, -1)]
    assert len(notifications(database, 2)) == 2
    assert counts(database) == {"pending": 5}


def test_what_is_fetched_for_us_is_no_notification(database: Database):
    owe(database, notice("f", audience="media:dingtalk", card="fetch_media"))

    assert (notifications(database, 10), counts(database)) == ([], {})
