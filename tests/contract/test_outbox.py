"""The outbox: claimed by lease, one row of a lane at a time, nothing lost and nothing yesterday's."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.delivery.ports import Address, Sent
from adapters.delivery.store import Copy, Owed
from adapters.storage.engine import Database
from adapters.storage.outbox import SqlOutbox
from domain.kernel.notices import DESK, Notice
from tests.support.builders import AT, CHEN_CHAT, LI, ORDER, WANG, notice
from tests.support.storage import at_once, attempt, one, rows, transaction

LEASE_S = 60.0
SOON = AT + timedelta(seconds=1)
AFTER_LEASE = AT + timedelta(seconds=61)
CHAT = f"conversation:{CHEN_CHAT}"


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


def owe(database: Database, *notices: Notice, now: datetime = AT) -> None:
    with transaction(database, now) as uow:
        for each in notices:
            uow.notify(each)
        uow.commit()


def living(version: int, **changes: Any) -> Notice:
    key = f"v{version}"
    return notice(key, card="work_order", subject_id=ORDER, living=True, view={"text": key}, **changes)


def texts(claimed: Sequence[Owed]) -> list[str]:
    return [owed.view["text"] for owed in claimed]


def test_a_claimed_row_says_everything_the_pump_needs(database: Database, outbox: SqlOutbox):
    owe(database, living(1, expires_at=SOON))

    (owed,) = outbox.claim(AT, LEASE_S, 6)

    assert (owed.audience, owed.card, owed.view) == (f"person:{LI}", "work_order", {"text": "v1"})
    assert (owed.subject_id, owed.living, owed.rung, owed.attempts) == (ORDER, True, 0, 1)
    assert (owed.expires_at, owed.correlation_id, len(owed.message_key)) == (SOON, "c-1", 31)


def test_an_empty_outbox_gives_nothing(outbox: SqlOutbox):
    assert outbox.claim(AT, LEASE_S, 6) == ()


def test_the_same_notice_decided_twice_is_owed_once(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))
    owe(database, notice("a"))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["a"]


def test_the_same_living_notice_decided_twice_is_still_owed(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    owe(database, living(1))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["v1"]


def test_a_notice_to_the_desk_is_owed_to_each_of_its_groups(database: Database, outbox: SqlOutbox):
    owe(database, notice("a", audience=DESK))

    audiences = [owed.audience for owed in outbox.claim(AT, LEASE_S, 6)]

    assert audiences == ["desk:dingtalk_group:cid1", "desk:wecom_webhook:"]


def test_a_quiet_notice_spares_a_group_whose_cards_cannot_change(database: Database, outbox: SqlOutbox):
    owe(database, notice("a", audience=DESK, quiet=True))

    assert [owed.audience for owed in outbox.claim(AT, LEASE_S, 6)] == ["desk:dingtalk_group:cid1"]


def test_a_lease_that_was_renewed_ends_later(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))
    [claimed] = outbox.claim(AT, LEASE_S, 10)

    outbox.extend([claimed.seq], AT + timedelta(seconds=2 * LEASE_S))

    assert not outbox.claim(AT + timedelta(seconds=1.5 * LEASE_S), LEASE_S, 10)
    assert outbox.claim(AT + timedelta(seconds=3 * LEASE_S), LEASE_S, 10)


def test_what_is_claimed_is_nobody_else_s_until_the_lease_ends(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))
    outbox.claim(AT, LEASE_S, 6)

    assert outbox.claim(AT + timedelta(seconds=60), LEASE_S, 6) == ()
    (again,) = outbox.claim(AFTER_LEASE, LEASE_S, 6)
    assert (again.view, again.attempts) == ({"text": "a"}, 2)


def test_a_reclaimed_row_carries_the_same_key(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))

    keys = {outbox.claim(at, LEASE_S, 6)[0].message_key for at in (AT, AFTER_LEASE)}

    assert len(keys) == 1


def test_claimers_in_parallel_get_disjoint_rows(database: Database):
    owe(database, *(notice(f"n{n}", audience=f"conversation:dingtalk_user:{n}") for n in range(60)))

    def claim(_: int) -> list[int]:
        return [owed.seq for _ in range(3) for owed in SqlOutbox(database).claim(AT, LEASE_S, 6)]

    claimed = [seq for seqs in at_once(4, claim) for seq in seqs]
    claimed += [owed.seq for owed in SqlOutbox(database).claim(AT, LEASE_S, 60)]

    assert len(claimed) == len(set(claimed)) == 60


def test_a_claim_never_takes_more_than_it_asked_for(database: Database, outbox: SqlOutbox):
    owe(database, *(notice(f"n{n}", audience=f"conversation:dingtalk_user:{n}") for n in range(30)))

    assert len(outbox.claim(AT, LEASE_S, 6)) == 6


def test_only_the_earliest_row_of_a_lane_is_under_way(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"), notice("b"), notice("c", subject_id=ORDER))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["a", "c"]
    assert texts(outbox.claim(SOON, LEASE_S, 6)) == []


def test_the_next_of_a_lane_follows_when_the_first_is_delivered(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"), notice("b"))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    outbox.delivered(first, attempt(), Sent("r1"))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["b"]


def test_claimers_in_parallel_keep_the_order_of_a_lane(database: Database):
    owe(database, *(notice(f"n{n:02}") for n in range(12)))
    store, seen = SqlOutbox(database), list[str]()

    def pump(_: int) -> None:
        while len(seen) < 12:
            for owed in store.claim(AT, LEASE_S, 3):
                seen.append(owed.view["text"])
                store.delivered(owed, attempt(), Sent("r"))

    at_once(3, pump)

    assert seen == [f"n{n:02}" for n in range(12)]


def test_a_row_put_back_holds_its_lane_until_it_is_due(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"), notice("b"))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    outbox.retry(first, attempt(code="timeout"), AT + timedelta(seconds=9), first.rung)

    assert outbox.claim(AT + timedelta(seconds=8), LEASE_S, 6) == ()
    assert texts(outbox.claim(AT + timedelta(seconds=9), LEASE_S, 6)) == ["a"]


def test_attempts_are_counted_for_each_rung(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))
    seen: list[tuple[int, int]] = []

    for rung in (0, 0, 1, 1):
        (owed,) = outbox.claim(AT, LEASE_S, 6)
        seen.append((owed.rung, owed.attempts))
        outbox.retry(owed, attempt(code="x"), AT, rung)

    assert seen == [(0, 1), (0, 2), (0, 3), (1, 1)]


def test_a_newer_card_supersedes_the_pending_one_only_in_its_lane(database: Database, outbox: SqlOutbox):
    owe(database, living(1), living(1, audience=f"person:{WANG}"), notice("words", subject_id=ORDER))

    owe(database, living(2))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["v1", "words"]
    assert [row.state for row in rows(database, "SELECT state FROM outbox ORDER BY seq")] == [
        "superseded",
        "pending",
        "pending",
        "pending",
    ]


def test_of_two_cards_in_one_transaction_only_the_newer_is_owed(database: Database, outbox: SqlOutbox):
    owe(database, living(1), living(2))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["v2"]


def test_a_card_under_way_is_not_superseded_and_the_newer_follows(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    owe(database, living(2), now=SOON)

    assert outbox.claim(SOON, LEASE_S, 6) == ()
    outbox.delivered(first, attempt(), Sent("r1"))

    assert texts(outbox.claim(SOON, LEASE_S, 6)) == ["v2"]


def test_a_card_whose_pump_died_may_be_on_show_so_the_newer_waits_for_it(
    database: Database, outbox: SqlOutbox
):
    owe(database, living(1))
    outbox.claim(AT, LEASE_S, 6)

    owe(database, living(2), now=AFTER_LEASE)

    assert texts(outbox.claim(AFTER_LEASE, LEASE_S, 6)) == ["v1"]


def test_a_delivered_card_is_remembered_and_the_next_finds_it(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    assert outbox.copy_of(first) is None

    outbox.delivered(first, attempt("wecom.card"), Sent("t1", "code1", SOON))

    address = Address("dingtalk_user", "li")
    assert outbox.copy_of(first) == Copy("wecom.card", address, Sent("t1", "code1", SOON))


def test_a_card_delivered_again_names_its_newest_copy(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    for ref in ("t1", "t2"):
        outbox.delivered(first, attempt(), Sent(ref))

    copy = outbox.copy_of(first)
    assert copy is not None
    assert copy.sent.ref == "t2"


def test_a_forgotten_copy_is_gone_and_forgetting_it_again_is_harmless(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    outbox.delivered(first, attempt(), Sent("t1"))

    outbox.forget_copy(first)
    outbox.forget_copy(first)

    assert outbox.copy_of(first) is None


def test_words_leave_no_copy(database: Database, outbox: SqlOutbox):
    owe(database, notice("a", subject_id=ORDER))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    outbox.delivered(first, attempt(), Sent("t1"))

    assert one(database, "SELECT count(*) FROM card_copy") == 0


def test_a_press_brings_the_copy_a_fresh_update_code(database: Database, outbox: SqlOutbox):
    owe(database, living(1))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    outbox.delivered(first, attempt(), Sent("t1", "old"))

    with transaction(database) as uow:
        uow.renew_update_code("t1", "new")
        assert uow.card_audience("t1", ORDER) == f"person:{LI}"
        assert uow.card_audience("t9", ORDER) == uow.card_audience("t1", UUID(int=9)) == ""
        uow.commit()

    copy = outbox.copy_of(first)
    assert copy is not None
    assert (copy.sent.update_code, copy.sent.update_until) == ("new", AT + timedelta(hours=72))


def parked(database: Database, outbox: SqlOutbox, *keys: str) -> None:
    owe(database, *(notice(key, audience=CHAT) for key in keys))
    for _ in keys:
        (owed,) = outbox.claim(AT, LEASE_S, 6)
        outbox.wait(owed, attempt("wecom.kf", "95001"))


def test_a_waiting_row_waits_until_its_person_speaks(database: Database, outbox: SqlOutbox):
    parked(database, outbox, "a", "b")
    assert outbox.claim(AT + timedelta(days=9), LEASE_S, 6) == ()

    with transaction(database, SOON) as uow:
        uow.wake_waiting(CHAT)
        uow.commit()

    assert texts(outbox.claim(SOON, LEASE_S, 6)) == ["a"]


def test_somebody_else_s_words_wake_nobody(database: Database, outbox: SqlOutbox):
    parked(database, outbox, "a")

    with transaction(database) as uow:
        uow.wake_waiting(CHAT + "x")
        uow.commit()

    assert outbox.claim(AT, LEASE_S, 6) == ()


def test_a_waiting_row_does_not_hold_up_its_lane(database: Database, outbox: SqlOutbox):
    parked(database, outbox, "a")
    owe(database, notice("b", audience=CHAT))

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["b"]


def delivered_to_chat(database: Database, outbox: SqlOutbox) -> Owed:
    owe(database, notice("a", audience=CHAT))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    outbox.delivered(first, attempt("wecom.kf"), Sent(first.message_key))
    return first


def test_a_message_that_was_revoked_waits_and_goes_out_under_a_new_key(database: Database, outbox: SqlOutbox):
    first = delivered_to_chat(database, outbox)

    for _ in range(2):
        with transaction(database, SOON) as uow:
            uow.revoke(first.message_key, "4")
            uow.wake_waiting(CHAT)
            uow.commit()

    (again,) = outbox.claim(AFTER_LEASE, LEASE_S, 6)
    assert (again.view, again.message_key == first.message_key) == ({"text": "a"}, False)
    assert one(database, "SELECT count(*) FROM delivery WHERE outcome = 'revoked'") == 1


def test_a_message_that_was_revoked_may_be_resent_at_once(database: Database, outbox: SqlOutbox):
    first = delivered_to_chat(database, outbox)

    with transaction(database, SOON) as uow:
        uow.revoke(first.message_key, "4")
        uow.wake_waiting(CHAT)
        uow.commit()

    assert texts(outbox.claim(SOON, LEASE_S, 6)) == ["a"]


def test_revoking_what_we_never_sent_changes_nothing(database: Database, outbox: SqlOutbox):
    owe(database, notice("a", audience=CHAT))
    key = one(database, "SELECT message_key FROM outbox")

    with transaction(database) as uow:
        uow.revoke(key, "4")
        uow.revoke("unknown", "4")
        uow.commit()

    assert texts(outbox.claim(AT, LEASE_S, 6)) == ["a"]


def test_a_dead_row_is_never_claimed_again_and_frees_its_lane(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"), notice("b"))
    (first,) = outbox.claim(AT, LEASE_S, 6)

    outbox.give_up(first, attempt(code="no rung left"))

    assert texts(outbox.claim(AFTER_LEASE, LEASE_S, 6)) == ["b"]
    assert one(database, "SELECT last_error FROM outbox WHERE state = 'dead'") == "no rung left"


def test_every_attempt_is_in_the_ledger(database: Database, outbox: SqlOutbox):
    owe(database, notice("a"))
    (first,) = outbox.claim(AT, LEASE_S, 6)
    outbox.retry(first, attempt(code="x" * 500), AT, 0)
    (second,) = outbox.claim(AT, LEASE_S, 6)
    outbox.delivered(second, attempt(), Sent("r" * 200))

    ledger = rows(database, "SELECT outcome, length(code), length(ref) FROM delivery ORDER BY id")

    assert [tuple(row) for row in ledger] == [("failed", 100, 0), ("accepted", 0, 200)]


def test_a_person_s_identities_are_told(outbox: SqlOutbox):
    assert sorted(outbox.identities(LI)) == [("dingtalk", "li"), ("wecom", "Li.Tech")]
    assert outbox.identities(ORDER) == []
