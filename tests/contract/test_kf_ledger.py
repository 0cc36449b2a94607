"""The 微信客服 ledger: one puller per account, no wake lost, a page and its cursor together."""

from datetime import timedelta

import pytest

from adapters.storage.engine import Database
from adapters.storage.kf import TOKEN_LIFE, SqlKfLedger
from adapters.wecom.ports import KfClaim
from tests.support.builders import AT, KFID, inbound
from tests.support.storage import at_once, one, rows

LEASE_S = 60.0
AFTER_LEASE = AT + timedelta(seconds=61)


@pytest.fixture
def ledger(database: Database) -> SqlKfLedger:
    return SqlKfLedger(database)


def claimed(ledger: SqlKfLedger, at=AT) -> KfClaim:
    claim = ledger.claim(at, LEASE_S)
    assert claim is not None
    return claim


def finished(ledger: SqlKfLedger, claim: KfClaim, cursor: str = "c1", *page) -> KfClaim:
    return ledger.save_page(claim, cursor, page, finished=True, now=AT)


def test_nobody_is_pulled_who_was_not_woken(ledger: SqlKfLedger):
    assert ledger.claim(AT, LEASE_S) is None


def test_a_first_claim_begins_at_the_beginning(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    assert claimed(ledger) == KfClaim(KFID, cursor="", token="token", first_sync=True, wakes=1)


def test_one_account_is_pulled_by_one_worker(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    claims = at_once(4, lambda _: ledger.claim(AT, LEASE_S))

    assert len([claim for claim in claims if claim is not None]) == 1


def test_two_accounts_are_pulled_side_by_side(ledger: SqlKfLedger):
    for open_kfid in ("wk1", "wk2"):
        ledger.wake(open_kfid, "", AT)

    assert {claimed(ledger).open_kfid, claimed(ledger).open_kfid} == {"wk1", "wk2"}


def test_a_dead_worker_s_account_is_free_after_its_lease(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    claimed(ledger)

    assert ledger.claim(AT + timedelta(seconds=60), LEASE_S) is None
    assert ledger.claim(AFTER_LEASE, LEASE_S) is not None


def test_a_pulled_account_sleeps(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    finished(ledger, claimed(ledger))

    assert ledger.claim(AFTER_LEASE, LEASE_S) is None


def test_a_wake_during_a_pull_is_not_lost(ledger: SqlKfLedger):
    ledger.wake(KFID, "one", AT)
    claim = claimed(ledger)
    ledger.wake(KFID, "two", AT)

    finished(ledger, claim)

    again = claimed(ledger)
    assert (again.cursor, again.token, again.first_sync) == ("c1", "two", False)


def test_a_wake_between_two_pages_is_not_lost(ledger: SqlKfLedger):
    ledger.wake(KFID, "one", AT)
    claim = ledger.save_page(claimed(ledger), "c1", [], finished=False, now=AT)
    ledger.wake(KFID, "", AT)

    finished(ledger, claim, "c2")

    assert claimed(ledger).cursor == "c2"


def test_every_one_of_parallel_wakes_is_counted(ledger: SqlKfLedger):
    at_once(8, lambda _: ledger.wake(KFID, "", AT))

    assert claimed(ledger).wakes == 8


def test_a_timer_s_wake_keeps_the_callback_s_token(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    ledger.wake(KFID, "", AT)

    assert claimed(ledger).token == "token"


def test_an_old_token_is_not_used(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    assert claimed(ledger, AT + TOKEN_LIFE - timedelta(seconds=1)).token == "token"
    assert claimed(ledger, AT + TOKEN_LIFE + timedelta(minutes=2)).token == ""


def test_a_page_is_kept_with_its_cursor(database: Database, ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    page = [inbound(key="a"), inbound(key="b", history=True)]

    claim = ledger.save_page(claimed(ledger), "c1", page, finished=False, now=AT)

    assert claim.cursor == "c1"
    assert [tuple(row) for row in rows(database, "SELECT delivery_key, state FROM inbox ORDER BY seq")] == [
        ("a", "pending"),
        ("b", "history"),
    ]


def test_a_page_pulled_twice_is_kept_once(database: Database, ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    claim = claimed(ledger)

    for _ in range(2):
        ledger.save_page(claim, "c1", [inbound(key="a"), inbound(key="b")], finished=False, now=AT)

    assert one(database, "SELECT count(*) FROM inbox") == 2


def test_a_message_twice_in_one_page_is_kept_once(database: Database, ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    finished(ledger, claimed(ledger), "c1", inbound(key="a"), inbound(key="a"))

    assert one(database, "SELECT count(*) FROM inbox") == 1


def test_a_thousand_messages_of_one_page_are_kept(database: Database, ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    finished(ledger, claimed(ledger), "c1", *(inbound(key=f"k{n}") for n in range(1000)))

    assert one(database, "SELECT count(*) FROM inbox") == 1000


def test_an_empty_page_without_a_cursor_keeps_the_place(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    claim = ledger.save_page(claimed(ledger), "c1", [], finished=False, now=AT)

    assert finished(ledger, claim, "").cursor == "c1"


def test_an_account_is_synced_only_when_a_pull_was_finished(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)
    ledger.save_page(claimed(ledger), "c1", [], finished=False, now=AT)

    again = claimed(ledger, AFTER_LEASE)

    assert (again.cursor, again.first_sync) == ("c1", True)


def test_a_failed_pull_is_tried_again_at_its_moment(ledger: SqlKfLedger):
    ledger.wake(KFID, "token", AT)

    ledger.release(claimed(ledger), AT + timedelta(seconds=30))

    assert ledger.claim(AT + timedelta(seconds=29), LEASE_S) is None
    assert ledger.claim(AT + timedelta(seconds=30), LEASE_S) is not None
