"""The inbox: taken in once, answered once, worked off in order by one worker at a time."""

from datetime import timedelta

import pytest

from adapters.inbound import Answer, Inbound
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.inbox import RETRY_LIMIT
from tests.support.builders import AT, CHEN_ID, inbound
from tests.support.storage import at_once, one, rows, transaction

ANSWER = Answer(card="work_order", view={"number": "WO-20261124-0001"})
SOON = AT + timedelta(seconds=1)


def taken_in(database: Database, *deliveries: Inbound, state: str = "pending") -> list[int | None]:
    """Take deliveries in, and return their rows."""
    with transaction(database) as uow:
        made = [
            uow.inbox.admit(each, state=state, now=AT, correlation_id=f"c-{each.delivery_key}"[:36])
            for each in deliveries
        ]
        uow.commit()
    return made


def settled(database: Database, seq: int | None) -> None:
    with transaction(database) as uow:
        uow.inbox.settle(seq or 0, state="done")
        uow.commit()


def next_pending(database: Database, at=AT) -> str:
    seq = SqlDue(database).next_pending(at)
    return one(database, "SELECT delivery_key FROM inbox WHERE seq = :seq", seq=seq) if seq else ""


def test_a_delivery_is_taken_in_once(database: Database):
    first, again = taken_in(database, inbound(key="a"), inbound("something else", key="a"))

    assert (first is not None, again) == (True, None)
    assert one(database, "SELECT count(*) FROM inbox") == 1


def test_the_same_key_on_another_channel_is_another_delivery(database: Database):
    other = inbound(key="a").model_copy(update={"channel": "wecom_app"})

    assert None not in taken_in(database, inbound(key="a"), other)


def test_a_repeat_is_answered_as_the_first_was(database: Database):
    (seq,) = taken_in(database, inbound(key="a"), state="done")
    with transaction(database) as uow:
        uow.inbox.settle(seq or 0, state="done", answer=ANSWER)
        uow.commit()

    with transaction(database) as uow:
        assert uow.inbox.stored_answer(inbound(key="a")) == ANSWER


def test_a_repeat_before_any_answer_gets_an_empty_one(database: Database):
    taken_in(database, inbound(key="a"), state="done")

    with transaction(database) as uow:
        assert uow.inbox.stored_answer(inbound(key="a")) == Answer()


def test_a_delivery_taken_in_by_parallel_threads_is_taken_in_once(database: Database):
    results = at_once(5, lambda _: taken_in(database, inbound(key="a"))[0])

    assert len([seq for seq in results if seq is not None]) == 1


def test_what_was_undone_was_never_delivered(database: Database):
    with transaction(database) as uow:
        uow.inbox.admit(inbound(key="a"), state="done", now=AT, correlation_id="c")

    assert taken_in(database, inbound(key="a")) != [None]


def test_pending_deliveries_are_worked_off_in_their_order(database: Database):
    seqs = taken_in(database, *(inbound(key=key, sender=key) for key in "abc"))
    order: list[str] = []

    for seq in seqs:
        order.append(next_pending(database))
        settled(database, seq)

    assert (order, next_pending(database)) == (["a", "b", "c"], "")


def test_a_sender_s_later_words_wait_for_the_earlier_ones(database: Database):
    first, _ = taken_in(database, inbound(key="a"), inbound(key="b"))
    with transaction(database) as uow:
        assert uow.inbox.postpone(first or 0, AT)
        uow.commit()

    assert next_pending(database) == ""
    assert next_pending(database, AT + timedelta(seconds=2)) == "a"


def test_another_sender_s_words_do_not_wait(database: Database):
    first, _ = taken_in(database, inbound(key="a"), inbound(key="b", sender="wmOther"))
    with transaction(database) as uow:
        uow.inbox.postpone(first or 0, AT)
        uow.commit()

    assert next_pending(database) == "b"


@pytest.mark.parametrize("state", ["done", "held", "history", "failed"])
def test_only_pending_deliveries_are_worked_off(database: Database, state: str):
    taken_in(database, inbound(key="a"), state=state)

    assert next_pending(database) == ""


def test_held_words_are_released_in_their_order_for_their_sender_only(database: Database):
    taken_in(database, inbound(key="a"), inbound(key="x", sender="wmOther"), inbound(key="b"), state="held")

    with transaction(database) as uow:
        uow.release_held("wecom_external", CHEN_ID)
        uow.commit()

    states = dict(tuple(row) for row in rows(database, "SELECT delivery_key, state FROM inbox"))
    assert states == {"a": "pending", "b": "pending", "x": "held"}
    assert next_pending(database) == "a"


def test_words_said_while_bound_come_after_the_held_ones(database: Database):
    taken_in(database, inbound(key="a"), state="held")
    taken_in(database, inbound(key="b"))

    with transaction(database) as uow:
        uow.release_held("wecom_external", CHEN_ID)
        uow.commit()

    assert next_pending(database) == "a"


def test_a_locked_delivery_comes_whole_with_its_correlation_id(database: Database):
    said = inbound("漏油😀\n第二行", key="a")
    (seq,) = taken_in(database, said)

    with transaction(database) as uow:
        assert uow.inbox.lock_pending(seq or 0) == (said, "c-a")


def test_of_two_workers_one_gets_the_delivery(database: Database):
    (seq,) = taken_in(database, inbound(key="a"))

    def work(_: int) -> bool:
        with transaction(database) as uow:
            locked = uow.inbox.lock_pending(seq or 0)
            if locked is not None:
                uow.inbox.settle(seq or 0, state="done")
            uow.commit()
            return locked is not None

    assert sorted(at_once(4, work)) == [False, False, False, True]


def test_a_settled_delivery_cannot_be_locked_again(database: Database):
    (seq,) = taken_in(database, inbound(key="a"))
    settled(database, seq)

    with transaction(database) as uow:
        assert uow.inbox.lock_pending(seq or 0) is None


def test_a_defect_is_tried_again_a_few_times_and_then_left_for_an_operator(database: Database):
    (seq,) = taken_in(database, inbound(key="a"))
    again: list[bool] = []

    for _ in range(RETRY_LIMIT):
        with transaction(database) as uow:
            again.append(uow.inbox.postpone(seq or 0, AT))
            uow.commit()

    assert again == [True] * (RETRY_LIMIT - 1) + [False]
    assert one(database, "SELECT state FROM inbox") == "failed"


def test_an_operator_s_case_no_longer_holds_up_its_sender(database: Database):
    first, _ = taken_in(database, inbound(key="a"), inbound(key="b"))
    with transaction(database) as uow:
        uow.inbox.settle(first or 0, state="failed")
        uow.commit()

    assert next_pending(database) == "b"


def test_the_longest_keys_of_a_platform_fit(database: Database):
    said = inbound("长" * 10_000, key="k" * 128, sender="u" * 128)

    (seq,) = taken_in(database, said)

    with transaction(database) as uow:
        assert uow.inbox.lock_pending(seq or 0) == (said, "c-" + "k" * 34)
