"""What a chat reads in which order, and what it is spared after it was silent for a while."""

from adapters.delivery.ports import Sent
from adapters.storage.engine import Database
from adapters.storage.outbox import SqlOutbox
from domain.kernel.notices import Notice
from tests.contract.test_outbox import CHAT, LEASE_S, SOON, living, outbox, owe, texts
from tests.support.builders import AT, ORDER, notice
from tests.support.storage import attempt, transaction

__all__ = ["outbox"]


def claimed(outbox: SqlOutbox) -> list[str]:
    """Deliver everything, one after the other, and return what it said."""
    said: list[str] = []
    while found := outbox.claim(SOON, LEASE_S, 6):
        for owed in found:
            said += texts([owed])
            outbox.delivered(owed, attempt("wecom.kf"), Sent(owed.message_key))
    return said


def park(outbox: SqlOutbox) -> None:
    """Let the platform refuse everything that is owed."""
    while found := outbox.claim(AT, LEASE_S, 6):
        for owed in found:
            outbox.wait(owed, attempt("wecom.kf", "95001"))


def speaks(database: Database, *answers: Notice) -> None:
    """Let the person speak, and decide what follows in the same transaction."""
    with transaction(database, SOON) as uow:
        uow.wake_waiting(CHAT)
        for answer in answers:
            uow.notify(answer)
        uow.commit()


def test_words_and_news_of_one_chat_follow_each_other(database: Database, outbox: SqlOutbox):
    owe(database, notice("why?", audience=CHAT), notice("kept", audience=CHAT, subject_id=ORDER))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["why?"]
    assert texts(outbox.claim(AT, LEASE_S, 6)) == []


def test_what_failed_does_not_hold_up_the_other_records_of_its_chat(database: Database, outbox: SqlOutbox):
    owe(database, notice("news", audience=CHAT, subject_id=ORDER), notice("answer", audience=CHAT))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    outbox.retry(first, attempt(code="defect"), SOON, 0)

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["answer"]


def test_a_newer_card_takes_the_place_of_one_that_waited(database: Database, outbox: SqlOutbox):
    owe(database, living(1, audience=CHAT))
    park(outbox)

    owe(database, living(2, audience=CHAT))
    park(outbox)
    speaks(database)

    assert claimed(outbox) == ["v2"]


def test_a_card_that_is_woken_by_the_very_words_that_answer_it_is_dropped(
    database: Database, outbox: SqlOutbox
):
    owe(database, living(1, audience=CHAT))
    park(outbox)

    speaks(database, living(2, audience=CHAT, quiet=True), notice("kept", audience=CHAT, subject_id=ORDER))

    assert claimed(outbox) == ["kept"]


def test_a_quiet_card_that_asks_takes_the_place_of_one_nobody_saw(database: Database, outbox: SqlOutbox):
    owe(database, living(1, audience=CHAT))
    park(outbox)

    speaks(database, living(2, audience=CHAT, quiet=True, asks=True))

    assert claimed(outbox) == ["v2"]


def test_a_quiet_card_is_spared_where_the_older_one_was_read(database: Database, outbox: SqlOutbox):
    owe(database, living(1, audience=CHAT))
    claimed(outbox)

    speaks(database, living(2, audience=CHAT, quiet=True, asks=True))

    assert claimed(outbox) == []
