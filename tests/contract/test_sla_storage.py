"""Clocks, what was fired, mutes, wishes and the heartbeat, kept alike on both databases."""

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.storage.beating import GAP, SqlHeartbeat
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, NotFound
from domain.sla.model import SlaFiring, SlaMute, SlaSnooze
from tests.support.builders import AT, LI, ORDER, WANG, ZHAO
from tests.support.sla import DUE, clock, document, keep, order_id
from tests.support.storage import at_once, one, transaction

MINUTE = timedelta(minutes=1)


def firing(clock_id: UUID, step: str, **changes: object) -> SlaFiring:
    facts = {"clock_id": clock_id, "episode": 1, "step": step, "due_at": AT, "fired_at": AT, "late_s": 0}
    return SlaFiring(**{**facts, "outcome": "told", "late_reason": "", **changes})


def published(database: Database) -> str:
    try:
        keep(database, document())
    except ConcurrentUpdate:
        return "lost"
    return "published"


def test_nothing_counts_before_anything_is_published(database: Database):
    with transaction(database) as uow:
        assert uow.sla.current() is None
        with pytest.raises(NotFound):
            uow.sla.version(1)


def test_the_newest_version_counts_and_an_older_one_stays_as_it_was(database: Database):
    keep(database, document())
    keep(database, document(policy={"pause_on": []}))

    with transaction(database) as uow:
        assert (newest := uow.sla.current()) and newest.version == 2
        assert uow.sla.version(1).document.policies[0].pause_on == ("part", "customer")
        assert uow.sla.version(2).document.policies[0].pause_on == ()


def test_of_two_who_publish_at_once_only_one_gets_the_next_version(database: Database):
    ended = at_once(2, lambda _: published(database))

    assert one(database, "SELECT max(version) FROM sla_document") == ended.count("published")


def test_clocks_come_oldest_first_with_all_that_decides_them(database: Database):
    keep(database, document())
    first, second = clock(0), clock(0, kind="resolution", at=AT + MINUTE)
    keep(database, orders=1, clocks=[second, first])

    with transaction(database) as uow:
        found = uow.sla.clocks(order_id(0))

    assert [each.id for each in found] == [first.id, second.id]
    assert (found[0].rulings, found[0].pauses, found[0].due_at) == (first.rulings, [], AT + 20 * MINUTE)


def test_only_what_is_due_on_the_asked_work_orders_is_found(database: Database):
    keep(database, document())
    keep(database, orders=3, clocks=[clock(0), clock(1), clock(2, at=AT + MINUTE)])

    with transaction(database) as uow:
        found = uow.sla.due_clocks([order_id(0), order_id(2)], DUE)

    assert [each.work_order_id for each in found] == [order_id(0)]


def test_due_work_orders_come_once_and_the_longest_due_first(database: Database):
    keep(database, document())
    clocks = [clock(0, at=AT + MINUTE), clock(1), clock(1, kind="resolution", at=AT - 80 * MINUTE)]
    keep(database, orders=2, clocks=clocks)

    assert SqlDue(database).due_sla(DUE - MINUTE, 10) == [order_id(1)]
    assert SqlDue(database).due_sla(DUE + MINUTE, 10) == [order_id(1), order_id(0)]
    assert SqlDue(database).due_sla(DUE + MINUTE, 1) == [order_id(1)]


def test_a_step_cannot_be_fired_twice_in_an_episode(database: Database):
    keep(database, document())
    made = clock(0)
    keep(database, orders=1, clocks=[made])

    with transaction(database) as uow, pytest.raises(ConcurrentUpdate):
        uow.sla.add_firings([firing(made.id, "80%"), firing(made.id, "80%")])
        uow.commit()
    with transaction(database) as uow:
        uow.sla.add_firings([firing(made.id, "80%"), firing(made.id, "80%", episode=2)])
        uow.sla.add_firings([])
        uow.commit()

    assert one(database, "SELECT count(*) FROM sla_firing") == 2


def test_the_statement_accounts_for_every_step_of_its_period_alone(database: Database):
    keep(database, document())
    made, waiting = clock(0), clock(1)
    keep(database, orders=2, clocks=[made, waiting])
    steps = [
        firing(made.id, "80%", late_s=61, late_reason="backlog"),
        firing(made.id, "100%", outcome="muted"),
        firing(made.id, "120%", outcome="merged", late_s=60),
        firing(made.id, "150%", due_at=AT + 60 * MINUTE),
    ]
    with transaction(database) as uow:
        uow.sla.add_firings(steps)
        uow.commit()

    with transaction(database) as uow:
        found = uow.sla.statement("今天", AT, AT + 60 * MINUTE, 60)

    assert (found.told, found.muted, found.merged, found.open, found.due) == (1, 1, 1, 2, 5)
    assert [(each.number, each.late_s, each.reason) for each in found.steps] == [("W00000", 61, "backlog")]
    assert found.late == 1


def test_a_mute_counts_until_its_end_and_a_new_one_replaces_it(database: Database):
    keep(database, orders=2)
    with transaction(database) as uow:
        for until in (AT + MINUTE, AT + 5 * MINUTE):
            uow.sla.keep_mute(SlaMute(work_order_id=order_id(0), until=until, by_id=ZHAO, reason=""))
        uow.commit()

    with transaction(database) as uow:
        asked = [order_id(0), order_id(1)]
        assert uow.sla.muted(asked, AT + 4 * MINUTE) == {order_id(0)}
        assert uow.sla.muted(asked, AT + 5 * MINUTE) == set()
        uow.sla.drop_mute(order_id(0))
        assert uow.sla.mute(order_id(0)) is None


def test_a_wish_is_taken_once_and_only_when_its_time_has_come(database: Database):
    keep(database, document())
    made = clock(0)
    keep(database, orders=1, clocks=[made])
    with transaction(database) as uow:
        for who, due_at in ((LI, AT + MINUTE), (LI, AT + 3 * MINUTE), (WANG, AT + 9 * MINUTE)):
            uow.sla.keep_snooze(SlaSnooze(clock_id=made.id, person_id=who, episode=1, due_at=due_at))
        uow.commit()

    assert SqlDue(database).due_snoozes(AT + 2 * MINUTE, 10) == []
    assert SqlDue(database).due_snoozes(AT + 3 * MINUTE, 10) == [(made.id, LI)]
    with transaction(database) as uow:
        assert uow.sla.take_snooze(made.id, LI, AT + 2 * MINUTE) is None
        assert uow.sla.take_snooze(made.id, LI, AT + 3 * MINUTE) is not None
        assert uow.sla.take_snooze(made.id, LI, AT + 3 * MINUTE) is None


def test_people_call_a_work_order_by_its_number(database: Database):
    keep(database, orders=1)

    with transaction(database) as uow:
        assert uow.sla.number_of(order_id(0)) == "W00000"
        assert list(uow.sla.clocks(ORDER)) == []


def test_a_heart_that_never_beat_has_no_past(database: Database):
    assert SqlHeartbeat(database).last("scheduler") is None


def test_beats_without_a_gap_leave_the_beginning_where_it_was(database: Database):
    heart = SqlHeartbeat(database)

    for seconds in (0, 15, 75):
        heart.beat("scheduler", AT + timedelta(seconds=seconds))

    assert heart.last("scheduler") == (AT, AT + timedelta(seconds=75))


def test_a_silence_longer_than_a_gap_is_a_new_beginning(database: Database):
    heart, again = SqlHeartbeat(database), AT + GAP + timedelta(seconds=1)

    heart.beat("scheduler", AT)
    heart.beat("scheduler", again)

    assert heart.last("scheduler") == (again, again)


def test_a_replica_whose_clock_is_behind_changes_nothing(database: Database):
    heart = SqlHeartbeat(database)
    heart.beat("scheduler", AT)
    heart.beat("scheduler", AT + timedelta(seconds=30))

    for behind in (timedelta(seconds=1), timedelta(minutes=10), timedelta(days=1)):
        heart.beat("scheduler", AT - behind)

    assert heart.last("scheduler") == (AT, AT + timedelta(seconds=30))


def test_every_kind_of_process_has_a_heart_of_its_own(database: Database):
    heart = SqlHeartbeat(database)

    heart.beat("scheduler", AT)
    heart.beat("web", AT + MINUTE)

    assert heart.last("scheduler") == (AT, AT)
    with transaction(database) as uow:
        assert (uow.sla.up_since("web"), uow.sla.up_since("stream")) == (AT + MINUTE, None)
